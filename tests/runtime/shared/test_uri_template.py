"""URI templates: the examples of RFC 6570, and reading values back."""

from __future__ import annotations

import pytest
from automcp.runtime.shared.uri_template import UriTemplate, Value
from hypothesis import given
from hypothesis import strategies as st

VALUES: dict[str, Value] = {
    "count": ["one", "two", "three"],
    "dom": ["example", "com"],
    "dub": "me/too",
    "hello": "Hello World!",
    "half": "50%",
    "var": "value",
    "who": "fred",
    "base": "http://example.com/home/",
    "path": "/foo/bar",
    "list": ["red", "green", "blue"],
    "keys": {"semi": ";", "dot": ".", "comma": ","},
    "v": "6",
    "x": "1024",
    "y": "768",
    "empty": "",
    "empty_keys": {},
}

EXPANDED = [
    ("O{empty}X", "OX"),
    ("O{undef}X", "OX"),
    ("{x,y}", "1024,768"),
    ("{x,hello,y}", "1024,Hello%20World%21,768"),
    ("?{x,undef}", "?1024"),
    ("{var:3}", "val"),
    ("{var:30}", "value"),
    ("{list}", "red,green,blue"),
    ("{list*}", "red,green,blue"),
    ("{keys}", "semi,%3B,dot,.,comma,%2C"),
    ("{keys*}", "semi=%3B,dot=.,comma=%2C"),
    ("{half}", "50%25"),
    ("{+hello}", "Hello%20World!"),
    ("{+half}", "50%25"),
    ("{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex"),
    ("{+base}index", "http://example.com/home/index"),
    ("{+path}/here", "/foo/bar/here"),
    ("here?ref={+path}", "here?ref=/foo/bar"),
    ("{+path,x}/here", "/foo/bar,1024/here"),
    ("{+path:6}/here", "/foo/b/here"),
    ("{+keys*}", "semi=;,dot=.,comma=,"),
    ("{#x,hello,y}", "#1024,Hello%20World!,768"),
    ("{#path:6}here", "#/foo/bhere"),
    ("foo{#empty}", "foo#"),
    ("foo{#undef}", "foo"),
    ("{.who,who}", ".fred.fred"),
    ("www{.dom*}", "www.example.com"),
    ("X{.var:3}", "X.val"),
    ("X{.keys*}", "X.semi=%3B.dot=..comma=%2C"),
    ("X{.empty_keys*}", "X"),
    ("{/var,x}/here", "/value/1024/here"),
    ("{/var:1,var}", "/v/value"),
    ("{/list*,path:4}", "/red/green/blue/%2Ffoo"),
    ("{/keys*}", "/semi=%3B/dot=./comma=%2C"),
    ("{;x,y,empty}", ";x=1024;y=768;empty"),
    ("{;v,empty,who}", ";v=6;empty;who=fred"),
    ("{;list*}", ";list=red;list=green;list=blue"),
    ("{?x,y,empty}", "?x=1024&y=768&empty="),
    ("{?var:3}", "?var=val"),
    ("{?list}", "?list=red,green,blue"),
    ("{?keys*}", "?semi=%3B&dot=.&comma=%2C"),
    ("{&x,y,empty}", "&x=1024&y=768&empty="),
    ("?fixed=yes{&x}", "?fixed=yes&x=1024"),
    ("a%20b", "a%20b"),
    ("ü", "%C3%BC"),
]


@pytest.mark.parametrize(("template", "uri"), EXPANDED)
def test_a_template_is_filled_in(template: str, uri: str) -> None:
    assert UriTemplate.parse(template).expand(VALUES) == uri


@pytest.mark.parametrize(
    ("template", "uri", "values"),
    [
        ("a://{id}/x", "a://1/x", {"id": "1"}),
        ("a://{id}/x", "a://1%2F2/x", {"id": "1/2"}),
        ("a://{id}", "a://1/2", None),
        ("a://{id}", "a://", None),
        ("a://{id}", "b://1", None),
        ("a:///{+path}", "a:///b/c.txt", {"path": "b/c.txt"}),
        ("a://{+path}/end", "a://b/end/c/end", {"path": "b/end/c"}),
        ("a://{x}-{y}", "a://1-2-3", {"x": "1", "y": "2-3"}),
        ("a://{x,y}", "a://1,2", {"x": "1", "y": "2"}),
        ("a://x{/p*}", "a://x/b/c", {"p": ["b", "c"]}),
        ("a://x{/p*}", "a://x", {}),
        ("a://{id}{?q,r*}", "a://1?q=2&r=3&r=4", {"id": "1", "q": "2", "r": ["3", "4"]}),
        ("a://{id}{?q}", "a://1", {"id": "1"}),
        ("a://{id}{?q}", "a://1?other=2", None),
        ("a://{id}{?q}", "a://1?q=2&q=3", None),
        ("a://x{#f}", "a://x#y", {"f": "y"}),
        ("a://x", "a://x", {}),
        ("a://ü/{id}", "a://%C3%BC/1", {"id": "1"}),
    ],
)
def test_values_are_read_back(
    template: str, uri: str, values: dict[str, str | list[str]] | None
) -> None:
    assert UriTemplate.parse(template).match(uri) == values


@pytest.mark.parametrize(
    "template", ["{", "a}", "{}", "{a b}", "{a:0}", "{a:10000}", "{a:x}", "{?}", "{a,}", "{=a}", " ", '"', "{a*:3}"]
)  # fmt: skip
def test_what_is_no_template_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        UriTemplate.parse(template)


@given(st.text(min_size=1), st.text(min_size=1))
def test_what_was_filled_in_comes_back(first: str, second: str) -> None:
    template = UriTemplate.parse("a://{first}/b{?second}")
    values = {"first": first, "second": second}
    assert template.match(template.expand(values)) == values


@given(st.text(max_size=200))
def test_any_address_is_read_or_not(uri: str) -> None:
    for text in ("a://{x}{+y}{/z*}{?q*}{#f}", "{+a}{+b}{+c}{+d}"):
        UriTemplate.parse(text).match(uri)


def test_long_addresses_take_no_time() -> None:
    """Not exponential: with backtracking, this would not come to an end."""
    template = UriTemplate.parse("a://" + "{+a}x" * 50)
    assert template.match("a://" + "yx" * 3_900) is not None
    assert template.match("a://" + "x" * 7_000 + "y") is None
