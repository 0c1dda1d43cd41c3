"""Alternatives, conjunctions, negations and conditions."""

from __future__ import annotations

from .case import Case, closed, thing

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
CAT = thing({"kind": {"const": "cat"}, "lives": WHOLE}, required=["kind", "lives"])
DOG = thing({"kind": {"const": "dog"}, "name": TEXT}, required=["kind", "name"])

UNIONS = [
    Case(
        "oneof_exclusive",
        {"oneOf": [{"multipleOf": 3}, {"multipleOf": 5}]},
        [
            3,
            10,
        ],
        [15, 7, 30],
    ),
    Case(
        "oneof_objects_overlap",
        {"oneOf": [thing({"a": WHOLE}, required=["a"]), thing({"b": WHOLE}, required=["b"])]},
        [{"a": 1}, {"b": 1}, {"a": 1, "b2": 1}],
        [{"a": 1, "b": 1}, {}, {"a": "1"}],
    ),
    Case(
        "oneof_number_kinds",
        {"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 2}]},
        [1, 2.5, 0],
        [3, 2.0, 1.5, "1"],
    ),
    Case(
        "anyof_order",
        {"anyOf": [{"type": "number"}, WHOLE, TEXT]},
        [1, 1.5, "1", -0.0],
        [None, True, []],
    ),
    Case(
        "anyof_string_first",
        {"anyOf": [TEXT, WHOLE, {"type": "boolean"}]},
        ["1", 1, True, "true", False, 0],
        [None, 1.5],
    ),
    Case(
        "anyof_objects",
        {"anyOf": [thing({"a": WHOLE}), thing({"a": TEXT, "b": WHOLE})]},
        [{"a": 1}, {"a": "1"}, {"a": "1", "b": 2}, {"a": 1, "b": "x"}, {}],
        [{"a": None}, {"a": "1", "b": "x"}],
    ),
    Case(
        "anyof_same_shape",
        {"anyOf": [closed({"n": {"type": "number"}}), closed({"n": TEXT, "more": TEXT})]},
        [{"n": 1}, {"n": "1"}, {"n": "1", "more": ""}, {}],
        [{"n": 1, "more": ""}, {"other": 1}],
    ),
    Case(
        "anyof_arrays",
        {"anyOf": [{"type": "array", "items": WHOLE}, {"type": "array", "items": TEXT}]},
        [[], [1, 2], ["1", "2"]],
        [[1, "2"], [None]],
    ),
    Case(
        "discriminated",
        {"oneOf": [CAT, DOG]},
        [{"kind": "cat", "lives": 9}, {"kind": "dog", "name": "Rex", "lives": "many"}],
        [{"kind": "cat", "name": "Rex"}, {"kind": "cow", "name": "x"}, {"lives": 9}],
    ),
    Case(
        "discriminated_openapi",
        {
            "$defs": {"Cat": CAT, "Dog": DOG},
            "oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}],
            "discriminator": {"propertyName": "kind"},
        },
        [{"kind": "cat", "lives": 9}, {"kind": "dog", "name": "Rex"}],
        [{"kind": "dog", "lives": 9}, {}],
    ),
    Case(
        "allof_plain",
        {"allOf": [thing({"a": WHOLE}, required=["a"]), thing({"b": TEXT})]},
        [{"a": 1}, {"a": 1, "b": "x"}],
        [{"b": "x"}, {"a": 1, "b": 1}],
    ),
    Case(
        "allof_tightened",
        {
            "allOf": [
                thing({"a": {"type": "number", "minimum": 0}}),
                thing({"a": {"type": "integer", "maximum": 9}}, required=["a"]),
            ]
        },
        [{"a": 0}, {"a": 9}],
        [{"a": -1}, {"a": 10}, {"a": 1.5}, {}],
    ),
    Case(
        "allof_two_patterns",
        {"type": "string", "allOf": [{"pattern": "a"}, {"pattern": "b"}]},
        ["ab", "ba", "xbya"],
        ["a", "b", ""],
    ),
    Case(
        "allof_with_siblings",
        thing({"a": WHOLE}, allOf=[{"required": ["a"]}, {"maxProperties": 1}]),
        [{"a": 1}],
        [{}, {"a": 1, "b": 2}],
    ),
    Case("not_const", {"not": {"const": "no"}}, ["yes", 1, None, {}], ["no"]),
    Case("not_type", {"not": {"type": ["string", "null"]}}, [1, True, [], {}], ["", None]),
    Case("not_anything", {"not": {}}, [], [1, None, {}, "x"]),
    Case(
        "if_then_else",
        thing(
            {"country": {"enum": ["US", "NL"]}, "zip": TEXT},
            required=["country", "zip"],
            **{
                "if": {"properties": {"country": {"const": "US"}}},
                "then": {"properties": {"zip": {"pattern": "^[0-9]{5}$"}}},
                "else": {"properties": {"zip": {"pattern": "^[0-9]{4}[A-Z]{2}$"}}},
            },
        ),
        [{"country": "US", "zip": "12345"}, {"country": "NL", "zip": "1234AB"}],
        [{"country": "US", "zip": "1234AB"}, {"country": "NL", "zip": "12345"}, {"country": "US"}],
    ),
    Case(
        "if_without_then",
        {"if": {"type": "integer"}, "else": {"type": "string"}},
        [1, "x"],
        [1.5, None],
    ),
    Case("then_without_if", {"type": "integer", "then": {"minimum": 5}}, [1], ["1"]),
    Case("unsatisfiable", {"type": "string", "allOf": [{"type": "integer"}]}, [], ["x", 1, None]),
    Case("unsatisfiable_enum", {"type": "string", "enum": [1, 2]}, [], [1, "1", None]),
    Case("enum_empty", {"enum": []}, [], [1, None, "x", {}]),
    Case("type_empty_union", {"anyOf": [False, False]}, [], [1, None]),
    Case("nullable_type_list", {"type": ["integer", "null"]}, [1, None, 10**20], ["1", False, 1.5]),
    Case(
        "nullable_object",
        {"type": ["object", "null"], "properties": {"a": WHOLE}},
        [None, {}, {"a": 1}],
        [{"a": None}, []],
    ),
    Case(
        "nullable_ref",
        {"$defs": {"T": thing({"a": WHOLE})}, "anyOf": [{"$ref": "#/$defs/T"}, {"type": "null"}]},
        [None, {}, {"a": 1}],
        [{"a": "1"}, 0],
    ),
    Case(
        "nullable_enum",
        {"type": ["string", "null"], "enum": ["a", None]},
        ["a", None],
        ["b", "None", ""],
    ),
    Case(
        "every_type",
        {"type": ["string", "number", "boolean", "array", "object", "null"]},
        ["1", 1, 1.5, True, [], {}, None],
        [],
    ),
    Case(
        "string_or_list",
        {"anyOf": [TEXT, {"type": "array", "items": TEXT}]},
        ["a", ["a"], []],
        [1, [1], None],
    ),
    Case(
        "string_or_object",
        {"oneOf": [TEXT, closed({"text": TEXT}, required=["text"])]},
        ["a", {"text": "a"}],
        [{"text": 1}, {}, 5],
    ),
    Case(
        "union_with_defaults",
        {
            "anyOf": [
                thing({"a": {**WHOLE, "default": 1}, "kind": {"const": "x"}}),
                thing({"a": {**TEXT, "default": "q"}}),
            ]
        },
        [{}, {"kind": "x"}, {"a": "1"}, {"a": 1}],
        [{"a": None}],
    ),
    Case(
        "titled_arms",
        {
            "oneOf": [
                thing({"a": WHOLE}, title="Same", required=["a"]),
                thing({"b": WHOLE}, title="Same", required=["b"]),
            ]
        },
        [{"a": 1}, {"b": 1}],
        [{}, {"a": 1, "b": 1}],
    ),
    Case(
        "equal_titles",
        thing({"x": thing({"a": WHOLE}, title="Item"), "y": thing({"a": TEXT}, title="Item")}),
        [{"x": {"a": 1}, "y": {"a": "1"}}],
        [{"x": {"a": "1"}}, {"y": {"a": 1}}],
    ),
]
