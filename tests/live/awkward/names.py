"""Property names: keywords, methods, types, symbols, and names that fall together."""

from __future__ import annotations

import keyword
from typing import Any

from .case import Case, closed, thing

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}


def named(name: str, *keys: str) -> Case:
    """Properties of these names, each an integer, all of them required and no other allowed."""
    whole: dict[str, Any] = {key: number for number, key in enumerate(keys)}
    return Case(
        name,
        closed(dict.fromkeys(keys, WHOLE), required=list(keys)),
        [whole],
        [{**whole, keys[0]: "0"}, {key: whole[key] for key in keys[1:]}, {**whole, "else_": 1}],
    )


NAMES = [
    named("keywords", *(word for word in keyword.kwlist), "match", "case", "type", "_"),
    named(
        "pydantic_methods",
        "copy",
        "json",
        "schema",
        "dict",
        "construct",
        "validate",
        "parse_obj",
        "model_config",
        "model_fields",
        "model_dump",
        "model_validate",
        "model_post_init",
        "fields",
        "model_extra",
        "model_fields_set",
    ),
    named(
        "dunders",
        "__init__",
        "__class__",
        "__dict__",
        "__slots__",
        "__fields__",
        "__proto__",
        "constructor",
        "prototype",
        "__pydantic_extra__",
        "__root__",
        "__doc__",
    ),
    named(
        "of_ours",
        "self",
        "cls",
        "context",
        "arguments",
        "sent",
        "absent",
        "value",
        "Model",
        "UNSET",
        "given",
        "to_json",
        "result",
        "error",
    ),
    named(
        "types",
        "str",
        "int",
        "float",
        "bool",
        "list",
        "dict",
        "object",
        "None",
        "Any",
        "Literal",
        "Field",
        "Optional",
        "date",
        "datetime",
        "bytes",
        "set",
        "tuple",
    ),
    named("spellings", "userId", "user_id", "user-id", "UserId", "user id", "USER_ID", "userID"),
    named("underscores", "_a", "__a", "a_", "a__", "a", "_"),
    named("trailing", "from", "from_", "class_", "class", "class__"),
    named(
        "symbols",
        "",
        " ",
        "-",
        "+",
        "@id",
        "$ref_",
        "a.b",
        "a/b",
        "a~b",
        "a~0b",
        "a~1b",
        "1",
        "1a",
        "%",
        "#",
        "😀",
        "äöü",
        "日本",
    ),
    named(
        "quotes",
        'a"b',
        "a'b",
        "a\\b",
        "a\nb",
        "a\tb",
        '"""',
        "'''",
        "a\rb",
        "\x00",
        "\x1b[31m",
        "\u2028",
        "\u202e",
        "{{ a }}",
        "{a}",
        "%(a)s",
        "# a",
        "\\N{DASH}",
    ),
    named(
        "unicode",
        "\ufb01",
        "fi",
        "\u00c5",
        "\u212b",
        "A\u030a",
        "\u017f",
        "s",
        "\u00aa",
        "\u212a",
        "K",
    ),
    named("long_name", "x" * 2_000, "x" * 2_001),
    Case(
        "ref_property",
        thing({"$ref": TEXT, "$defs": WHOLE, "$id": TEXT}),
        [{"$ref": "#/nowhere", "$defs": 1, "$id": "x"}],
        [{"$ref": 1}, {"$defs": {}}, {"$id": None}],
    ),
    Case(
        "keyword_properties",
        thing(
            {
                "type": TEXT,
                "properties": WHOLE,
                "required": {"type": "boolean"},
                "enum": {"type": "array"},
                "default": TEXT,
                "items": WHOLE,
            }
        ),
        [{"type": "x", "properties": 1, "required": True, "enum": [1], "default": "d", "items": 2}],
        [{"type": 1}, {"properties": {}}, {"required": []}, {"enum": {}}],
    ),
    Case(
        "ref_in_data",
        thing(
            {
                "a": {"const": {"$ref": "#/nowhere"}},
                "b": {"default": {"$ref": "#/x"}, "examples": [{"$id": "y"}]},
            }
        ),
        [{"a": {"$ref": "#/nowhere"}}, {"b": {"$ref": "z"}}],
        [{"a": {"$ref": "#/$defs"}}, {"a": {}}],
    ),
    Case(
        "alias_beside_name",
        thing({"from": WHOLE, "from_": TEXT}),
        [{"from_": "x"}, {"from": 1}, {"from": 1, "from_": "x"}],
        [{"from": "x"}, {"from_": 1}],
    ),
    Case(
        "extra_like_alias",
        thing({"from": WHOLE}),
        [{"from_": "not it"}, {"from": 1, "from_": None}],
        [{"from": None}],
    ),
    Case(
        "extra_like_method",
        thing({"a": WHOLE}),
        [{"copy": 1, "json": 2, "model_config": {}, "__class__": "x", "model_dump": None}],
        [{"a": "1"}],
    ),
    Case(
        "field_like_type",
        thing(
            {
                "int": TEXT,
                "str": WHOLE,
                "list": {"type": "array", "items": WHOLE},
                "more": {"type": "array", "items": TEXT},
                "bool": {"type": "boolean"},
                "also": {"type": "boolean"},
            }
        ),
        [{"int": "a", "str": 1, "list": [1], "more": ["a"], "bool": True, "also": False}],
        [{"int": 1}, {"str": "a"}, {"list": ["a"]}, {"more": [1]}, {"also": 1}],
    ),
    Case(
        "field_like_its_type",
        thing(
            {"Date": {"$ref": "#/$defs/Date"}, "other": {"$ref": "#/$defs/Date"}},
            **{"$defs": {"Date": thing({"y": WHOLE})}},
        ),
        [{"Date": {"y": 1}, "other": {"y": 2}}],
        [{"other": {"y": "2"}}],
    ),
    Case(
        "texts_of_code",
        {
            "type": "object",
            "title": '"""; import os',
            "description": "quotes \"\"\" ''' and \\ and {{ braces }} {% x %}\n\x1b[31m\u202e",
            "properties": {
                "a": {"type": "integer", "description": 'ends in a quote"', "title": "\\"}
            },
        },
        [{"a": 1}],
        [{"a": "1"}],
    ),
]
