"""Nodes to declarations: what the format allows, and every mistake once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from automcp.spec.decode import decode
from automcp.spec.decode.durations import seconds
from automcp.spec.document import At, Document
from automcp.spec.load import load_all
from automcp.text.report import Diagnostic, Rejected, Report
from automcp.text.source import Source

from .nodes import plain

HEAD = 'automcp: 1\nname: shop\nversion: "1.0"\n'
FULL = (
    HEAD
    + """
title: The shop
description: Sells.
instructions: Look first.
website: https://example.com
naming: "{group}.{operation}"
lifespan: true
include: [./more.yaml]
settings:
  api_key: {type: string, secret: true, env: SHOP_KEY, optional: false, minLength: 3}
errors:
  OutOfStock: {description: None left., data: {type: object}, retryable: true}
schemas:
  Order: {type: object}
  Any: true
groups:
  orders:
    title: Orders
    description: About orders.
    operations:
      create:
        title: Create
        description: Places one.
        params:
          sku: {type: string}
          "a b": {type: integer, optional: true, default: 1}
        returns: {$ref: "#/schemas/Order"}
        structured: false
        effect: destroys
        idempotent: true
        open_world: false
        errors: [OutOfStock]
        timeout: 500ms
        uses: [progress, log]
        examples:
          - {name: one, description: The first., params: {sku: x}, returns: null}
          - {name: two, error: OutOfStock}
          - {name: three, error: {name: OutOfStock, data: {left: 0}}}
      ping: {}
      raw: {input: true, params_: 1}
""".replace(", params_: 1", "")
)
MORE = "automcp: 1\nschemas: {Line: {type: object}}\n"


def decoded(spec: str, more: str = MORE) -> Document:
    files = {"spec.yaml": spec, "more.yaml": more}
    report = Report()
    source = Source("spec.yaml", spec)
    return decode(load_all(source, lambda path: Source(path, files[path]), report), report)


def mistakes(spec: str, more: str = MORE) -> list[Diagnostic]:
    with pytest.raises(Rejected) as raised:
        decoded(spec, more)
    return list(raised.value.report)


def value(at: At[str] | At[bool] | At[float] | None) -> object:
    return None if at is None else at.value


def test_the_head() -> None:
    document = decoded(FULL)
    assert document.source == "spec.yaml"
    texts = (document.name, document.version, document.title, document.description)
    assert [value(text) for text in texts] == ["shop", "1.0", "The shop", "Sells."]
    rest = (document.instructions, document.website, document.naming, document.lifespan)
    assert [value(part) for part in rest] == [
        "Look first.",
        "https://example.com",
        "{group}.{operation}",
        True,
    ]
    assert list(document.files) == ["spec.yaml", "more.yaml"]
    assert document.name.span.text == "shop"


def test_declarations() -> None:
    declared = decoded(FULL).declared
    (setting,) = declared.settings
    assert (setting.name.value, plain(setting.schema)) == (
        "api_key",
        {"type": "string", "minLength": 3},
    )
    assert [value(part) for part in (setting.env, setting.secret, setting.optional)] == [
        "SHOP_KEY",
        True,
        False,
    ]
    (error,) = declared.errors
    assert (error.name.value, error.description.value, value(error.retryable)) == (
        "OutOfStock",
        "None left.",
        True,
    )
    assert error.data is not None
    assert plain(error.data) == {"type": "object"}
    assert [(schema.name.value, plain(schema.schema)) for schema in declared.schemas] == [
        ("Order", {"type": "object"}),
        ("Any", True),
    ]
    (included,) = decoded(FULL).included
    assert [schema.name.span.source.name for schema in included.schemas] == ["more.yaml"]


def test_operations() -> None:
    (group,) = decoded(FULL).declared.groups
    assert (group.name.value, value(group.title), value(group.description)) == (
        "orders",
        "Orders",
        "About orders.",
    )
    create, ping, raw = group.operations
    assert create.params is not None
    assert [
        (param.name.value, plain(param.schema), value(param.optional)) for param in create.params
    ] == [("sku", {"type": "string"}, None), ("a b", {"type": "integer", "default": 1}, True)]
    flags = (create.structured, create.idempotent, create.open_world)
    assert [value(flag) for flag in flags] == [False, True, False]
    assert (value(create.effect), value(create.timeout)) == ("destroys", 0.5)
    assert [at.value for at in (*create.errors, *create.uses)] == ["OutOfStock", "progress", "log"]
    nothing = replace(ping, name=create.name, span=create.span)
    assert all(
        getattr(nothing, name) in (None, ())
        for name in nothing.__slots__
        if name not in ("name", "span", "shown")
    )
    assert raw.input is not None
    assert (plain(raw.input), raw.params) == (True, None)


def test_examples() -> None:
    one, two, three = decoded(FULL).declared.groups[0].operations[0].examples
    assert one.returns is not None
    assert one.params is not None
    assert (one.name.value, value(one.description), plain(one.params)) == (
        "one",
        "The first.",
        {"sku": "x"},
    )
    assert (plain(one.returns), one.error) == (None, None)
    assert (value(two.error), two.error_data, two.returns) == ("OutOfStock", None, None)
    assert three.error_data is not None
    assert (value(three.error), plain(three.error_data)) == ("OutOfStock", {"left": 0})


def test_no_parameters_is_not_the_same_as_not_said() -> None:
    spec = HEAD + "groups: {g: {operations: {a: {params: {}}, b: {}}}}"
    first, second = decoded(spec).declared.groups[0].operations
    assert (first.params, second.params) == ((), None)


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("---\n", [("AM101", "")]),
        ("7", [("AM101", "7")]),
        ("automcp: true\nx: 1", [("AM105", "true")]),
        ("automcp: '1'", [("AM105", "'1'")]),
        ("automcp:\nname: 1", [("AM105", "automcp")]),
        ("name: shop", [("AM102", "name"), ("AM102", "name")]),
        (HEAD + "title: 7\nlifespan: 'yes'", [("AM101", "7"), ("AM101", "'yes'")]),
        (HEAD + "groups: {g: }", [("AM101", "g")]),
        (HEAD + "groups: {g: {operations: {a b: {}}}}", [("AM106", "a b")]),
        (HEAD + "errors: {E: {description: d, dta: {}}}", [("AM103", "dta")]),
        (HEAD + "errors: {E: {descripton: d}}", [("AM103", "descripton")]),
        (HEAD + "schemas: {A: 7, B: null, C: [], D: text}", [("AM101", part) for part in ("7", "null", "[]", "text")]),
        (HEAD + "settings: {a: true}", [("AM101", "true")]),
        (HEAD + "include: [1, '']", [("AM101", "1"), ("AM109", "''"), ("AM014", "''")]),
        (HEAD + "a: &a {x: 1}\nb: *a", [("AM103", "a"), ("AM103", "b")]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_once_at_the_smallest_place(
    spec: str, found: list[tuple[str, str]]
) -> None:
    told = [
        (diagnostic.code, diagnostic.at.span.text)
        for diagnostic in mistakes(spec)
        if diagnostic.at is not None
    ]
    assert sorted(told) == sorted(found)


def test_included_files_are_checked_too() -> None:
    (found,) = mistakes(HEAD + "include: [more.yaml]", "version: '1'")
    assert found.at is not None
    assert (found.code, found.at.span.source.name) == ("AM103", "more.yaml")


@pytest.mark.parametrize(
    ("spec", "mended"),
    [
        (HEAD + "title: 1.20", HEAD + 'title: "1.20"'),
        (HEAD + "lifespan: yes", HEAD + "lifespan: true"),
        (HEAD + "include: more.yaml", HEAD + "include: [more.yaml]"),
        (HEAD + "schmas: {}", HEAD + "schemas: {}"),
        (HEAD + "schemas: {A: string}", HEAD + "schemas: {A: {type: string}}"),
        (
            HEAD + "groups: {g: {operations: {o: {effect: read}}}}",
            HEAD + "groups: {g: {operations: {o: {effect: reads}}}}",
        ),
    ],
)
def test_a_fix_mends_the_spec(spec: str, mended: str) -> None:
    (found,) = mistakes(spec)
    assert found.fix is not None
    span = found.fix.span
    assert spec[: span.start] + found.fix.text + spec[span.end :] == mended
    decoded(mended)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("10s", 10.0),
        ("500ms", 0.5),
        ("700ms", 0.7),
        ("2m", 120.0),
        ("1.5h", 5400.0),
        (3, 3.0),
        (0.25, 0.25),
        (0, None),
        (-1, None),
        ("0s", None),
        ("10 s", None),
        ("10", None),
        ("1e3s", None),
        ("s", None),
        ("١s", None),
        ("9" * 400 + "s", None),
        (1e300, None),
        (True, None),
        (None, None),
    ],
)
def test_seconds(written: object, wanted: float | None) -> None:
    assert seconds(written) == wanted
