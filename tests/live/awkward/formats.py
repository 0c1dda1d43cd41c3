"""Formats: asserted, and the text stays as it was written."""

from __future__ import annotations

from typing import Any

from .case import Case, thing

MISSING = "it has no check for this format"


def format_case(name: str, valid: list[Any], invalid: list[Any], unjudged: str = MISSING) -> Case:
    schema = {"type": "string", "format": name}
    return Case(name.replace("-", "_"), schema, valid, [*invalid, 1, None], unjudged)


FORMATS = [
    format_case(
        "date",
        ["2024-02-29", "0001-01-01"],
        ["2023-02-29", "2024-2-9", "20240229", "2024-02-29T00:00:00Z", "0", ""],
        "",
    ),
    format_case(
        "date-time",
        ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.123456789+05:30", "2024-01-01t00:00:00z"],
        [
            "2024-01-01T00:00:00",
            "2024-01-01",
            "1700000000",
            "2024-01-01 00:00:00Z",
            "2024-13-01T00:00:00Z",
        ],
    ),
    format_case("time", ["12:00:00Z", "23:59:59.5+01:00"], ["12:00:00", "25:00:00Z", "noon"]),
    format_case(
        "duration", ["P1W", "P7D", "P1Y2M3DT4H5M6S", "PT0S"], ["P", "1D", "PT", "P1.5D", "P1Y2W"]
    ),
    format_case(
        "email", ["a@b.example", "A.B+c@D.example"], ["a", "@b", "a@"], "it takes all that has an @"
    ),
    format_case(
        "idn-email", ["ö@bücher.example", "a@b.example"], ["ö", "@"], "it takes all that has an @"
    ),
    format_case("hostname", ["a.example", "xn--nxasmq6b"], ["-a", "a_b", "a..b"]),
    format_case(
        "idn-hostname", ["실례.테스트", "a.example"], ["-x"], "it needs a package of its own"
    ),
    format_case("ipv4", ["1.2.3.4"], ["1.2.3", "01.2.3.4", "256.1.1.1", "1.2.3.4/24"], ""),
    format_case(
        "ipv6", ["::1", "2001:DB8::a", "::ffff:1.2.3.4"], ["::1::", "1.2.3.4", "::1%eth0"], ""
    ),
    format_case(
        "uri",
        ["http://a.example", "http://a.example/", "urn:isbn:1", "HTTP://A.example:80/%7e?q#f"],
        ["//a.example", "/a", "http://a b", "a"],
    ),
    format_case("uri-reference", ["a", "../b?c#d", "//x", ""], ["\\\\a\\b", "a b"]),
    format_case("iri", ["http://bücher.example/ä"], ["bücher", "http://a b"]),
    format_case("iri-reference", ["ä/ö", "#ü"], ["\\\\a"]),
    format_case("uri-template", ["http://a.example/{id}", "{?x*}"], ["{", "http://a/{"]),
    format_case(
        "uuid",
        ["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"],
        ["2eb8aa08aa9811eab4aa73b441d16380", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "x"],
        "",
    ),
    format_case("json-pointer", ["", "/a~0b/0"], ["a", "/~2"]),
    format_case("relative-json-pointer", ["0", "1/a", "0#"], ["/a", "01"]),
    format_case("regex", ["^a+$", ""], ["(", "a**("], "it asks Python's `re`"),
    Case(
        "format_roundtrip",
        thing(
            {
                name: {"type": "string", "format": kind}
                for name, kind in {
                    "url": "uri",
                    "at": "date-time",
                    "span": "duration",
                    "day": "date",
                    "id": "uuid",
                    "ip": "ipv6",
                }.items()
            }
        ),
        [
            {
                "url": "http://a.example",
                "at": "2024-01-01T00:00:00.5+00:00",
                "span": "P1W",
                "day": "2024-01-01",
                "id": "2EB8AA08-aa98-11ea-b4aa-73b441d16380",
                "ip": "2001:db8:0::1",
            },
            {"url": "HTTP://a.example/%7E", "at": "2024-01-01t00:00:00-00:00", "span": "PT36H"},
        ],
        [{"url": "a"}, {"at": "x"}, {"span": "1 week"}, {"day": ""}, {"id": "0"}, {"ip": "1"}],
        MISSING,
    ),
    Case(
        "datetime_naive",
        thing({"at": {"type": "string", "format": "date-time"}}),
        [{"at": "2024-01-01T10:00:00Z"}],
        [{"at": "2024-01-01T10:00:00"}, {"at": 1700000000}, {"at": "1700000000"}],
        MISSING,
    ),
    Case(
        "date_loose",
        thing({"on": {"type": "string", "format": "date"}}),
        [{"on": "2024-01-01"}],
        [{"on": "2024-01-01T00:00:00"}, {"on": 0}, {"on": "0"}, {"on": "1700000000"}],
    ),
    Case("format_of_numbers", {"format": "date"}, [1, None, "2024-01-01", {}], ["x"]),
    Case(
        "format_annotated",
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "string",
            "format": "date",
        },
        ["x", "2024-01-01", ""],
        [1],
        "it is told to assert every format",
    ),
    Case(
        "format_annotated_inside",
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **thing({"at": {"format": "date-time"}, "to": {"format": "email"}}),
        },
        [{"at": "x", "to": "y"}],
        [1],
        "it is told to assert every format",
    ),
]
