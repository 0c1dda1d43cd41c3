"""Objects: which properties there are, must be, must not be."""

from __future__ import annotations

from .case import Case, closed, thing

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}

OBJECTS = [
    Case("optional_not_null", thing({"a": TEXT}), [{}, {"a": "x"}], [{"a": None}, {"a": 1}]),
    Case(
        "optional_nullable",
        thing({"a": {"type": ["string", "null"]}}),
        [{}, {"a": None}, {"a": "x"}],
        [{"a": 1}],
    ),
    Case(
        "required_nullable",
        thing({"a": {"type": ["string", "null"]}}, required=["a"]),
        [{"a": None}, {"a": ""}],
        [{}, {"a": 0}],
    ),
    Case(
        "pattern_props",
        {"type": "object", "patternProperties": {"^n_": WHOLE, "^s_": TEXT}},
        [{}, {"n_a": 1, "s_a": "x"}, {"other": [None]}],
        [{"n_a": "1"}, {"s_a": 1}],
    ),
    Case(
        "pattern_props_closed",
        {
            "type": "object",
            "patternProperties": {"^n_": WHOLE, "^s_": TEXT},
            "additionalProperties": False,
        },
        [{}, {"n_a": 1, "s_a": "x"}],
        [{"other": 1}, {"n_a": None}],
    ),
    Case(
        "pattern_props_with_fields",
        thing(
            {"id": WHOLE},
            required=["id"],
            patternProperties={"^x-": TEXT},
            additionalProperties=False,
        ),
        [{"id": 1}, {"id": 1, "x-a": "b"}],
        [{"id": 1, "x-a": 2}, {"id": 1, "y": "z"}, {"x-a": "b"}],
    ),
    Case(
        "pattern_props_typed_rest",
        thing(
            {"id": WHOLE},
            patternProperties={"^s_": TEXT},
            additionalProperties={"type": "boolean"},
        ),
        [{"id": 1, "s_a": "x", "other": True}],
        [{"other": 1}, {"id": True}, {"s_a": False}],
    ),
    Case(
        "pattern_overlaps_property",
        thing({"x-n": WHOLE}, patternProperties={"^x-": {"minimum": 3}, "n$": {"maximum": 5}}),
        [{"x-n": 4}, {"x-m": 9}],
        [{"x-n": 2}, {"x-n": 6}, {"x-n": 4.5}, {"x-m": 1}],
    ),
    Case(
        "required_no_property",
        thing({"a": WHOLE}, required=["a", "b"]),
        [{"a": 1, "b": None}, {"b": {"c": [1]}, "a": 2}],
        [{"a": 1}, {"b": 1}],
    ),
    Case(
        "required_only",
        {"type": "object", "required": ["a"]},
        [{"a": 1}, {"a": None, "b": 2}],
        [{}, {"b": 1}],
    ),
    Case(
        "min_props_with_fields",
        thing({"a": WHOLE, "b": WHOLE}, minProperties=1, maxProperties=2),
        [{"a": 1}, {"c": 1, "d": 2}],
        [{}, {"a": 1, "b": 2, "c": 3}],
    ),
    Case(
        "not_required",
        thing({"a": WHOLE, "b": WHOLE}, **{"not": {"required": ["a", "b"]}}),
        [{}, {"a": 1}, {"b": 1}],
        [{"a": 1, "b": 2}],
    ),
    Case(
        "dependent_required",
        thing({"card": TEXT, "address": TEXT}, dependentRequired={"card": ["address"]}),
        [{}, {"address": "x"}, {"card": "1", "address": "x"}],
        [{"card": "1"}],
    ),
    Case(
        "dependent_schemas",
        thing(
            {"card": TEXT},
            dependentSchemas={"card": {"properties": {"cvc": WHOLE}, "required": ["cvc"]}},
        ),
        [{}, {"cvc": "any"}, {"card": "1", "cvc": 2}],
        [{"card": "1"}, {"card": "1", "cvc": "2"}],
    ),
    Case(
        "property_names",
        {"type": "object", "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}},
        [{}, {"abc": 1}],
        [{"ABC": 1}, {"abcd": 1}],
    ),
    Case(
        "property_names_enum",
        {
            "type": "object",
            "propertyNames": {"enum": ["a", "b"]},
            "additionalProperties": {"type": "number"},
        },
        [{"a": 1.5}, {"a": 1, "b": 2}],
        [{"c": 1}, {"a": "1"}],
    ),
    Case(
        "false_property",
        thing({"a": WHOLE, "gone": False}),
        [{}, {"a": 1}, {"b": 1}],
        [{"gone": None}, {"a": 1, "gone": 1}],
    ),
    Case("true_property", thing({"any": True}), [{}, {"any": None}, {"any": [1, {}]}], [[], 1]),
    Case(
        "additional_true",
        thing({"a": WHOLE}, additionalProperties=True),
        [{"a": 1, "b": None}],
        [{"a": "1"}],
    ),
    Case("additional_false", closed({"a": WHOLE}), [{}, {"a": 1}], [{"b": 1}, {"a": 1, "A": 1}]),
    Case(
        "additional_typed",
        thing({"a": TEXT}, additionalProperties=WHOLE),
        [{"a": "x", "b": 1}],
        [{"b": "x"}, {"a": 1}],
    ),
    Case(
        "additional_null",
        thing({}, additionalProperties={"type": "null"}),
        [{}, {"a": None}],
        [{"a": 0}],
    ),
    Case(
        "map_of_models",
        {
            "type": "object",
            "additionalProperties": thing({"n": WHOLE, "from": TEXT}, required=["n"]),
        },
        [{}, {"a": {"n": 1}, "b": {"n": 2, "from": "x", "more": None}}],
        [{"a": {}}, {"a": {"n": "1"}}, {"a": None}],
    ),
    Case(
        "map_of_lists_of_maps",
        {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {"type": "object", "additionalProperties": WHOLE},
            },
        },
        [{"a": [{}, {"b": 1}]}],
        [{"a": [{"b": "1"}]}, {"a": {"b": 1}}],
    ),
    Case("empty_object", {"type": "object"}, [{}, {"a": {"b": {}}}], [[], "", None]),
    Case("closed_empty", {"type": "object", "additionalProperties": False}, [{}], [{"a": 1}]),
    Case(
        "unevaluated_false",
        {
            "type": "object",
            "allOf": [{"properties": {"a": WHOLE}}],
            "properties": {"b": TEXT},
            "unevaluatedProperties": False,
        },
        [{}, {"a": 1, "b": "x"}],
        [{"c": 1}, {"a": 1, "b": "x", "c": 1}, {"a": "1"}],
    ),
    Case(
        "unevaluated_typed",
        thing(
            {"a": WHOLE},
            anyOf=[{"properties": {"b": TEXT}}, True],
            unevaluatedProperties={"type": "boolean"},
        ),
        [{"a": 1, "b": "x", "c": True}],
        [{"c": 1}],
    ),
    Case(
        "unevaluated_items",
        {"type": "array", "prefixItems": [WHOLE], "contains": TEXT, "unevaluatedItems": False},
        [[1, "a"], [1, "a", "b"]],
        [[1, "a", 2], [1]],
    ),
    Case(
        "defaults",
        thing(
            {
                "text": {"type": "string", "default": 'it\'s "x"\n\\'},
                "number": {"type": "number", "default": 1.5},
                "flag": {"type": "boolean", "default": False},
                "nothing": {"type": ["string", "null"], "default": None},
                "list": {"type": "array", "items": WHOLE, "default": [1, 2]},
                "map": {"type": "object", "additionalProperties": WHOLE, "default": {"a": 1}},
                "model": {**thing({"n": WHOLE}, required=["n"]), "default": {"n": 3}},
                "choice": {"enum": ["a", "b"], "default": "b"},
                "any": {"default": {"x": [None, True]}},
            }
        ),
        [
            {},
            {"text": "y"},
            {"model": {"n": 1}, "list": [], "map": {}, "nothing": None, "flag": True},
        ],
        [{"text": None}, {"number": "1.5"}, {"list": ["1"]}, {"model": {}}, {"choice": "c"}],
    ),
    Case(
        "default_on_required",
        thing({"a": {"type": "integer", "default": 7}}, required=["a"]),
        [{"a": 7}, {"a": 8}],
        [{}, {"a": None}],
    ),
    Case(
        "nested_defaults",
        thing({"outer": {**thing({"inner": {**WHOLE, "default": 4}}), "default": {}}}),
        [{}, {"outer": {}}, {"outer": {"inner": 4}}],
        [{"outer": {"inner": "4"}}],
    ),
    Case(
        "deep",
        thing(
            {
                "a": thing(
                    {
                        "b": thing(
                            {"c": {"type": "array", "items": thing({"d": WHOLE}, required=["d"])}}
                        )
                    }
                )
            }
        ),
        [{"a": {"b": {"c": [{"d": 1}, {"d": 2, "e": 3}]}}}, {"a": {"x": 1}}],
        [{"a": {"b": {"c": [{}]}}}, {"a": {"b": {"c": [{"d": "1"}]}}}],
    ),
    Case(
        "read_and_write_only",
        thing(
            {
                "id": {**WHOLE, "readOnly": True},
                "secret": {**TEXT, "writeOnly": True, "deprecated": True},
            }
        ),
        [{"id": 1, "secret": "x"}],
        [{"id": "1"}],
    ),
    Case(
        "without_a_type",
        {"properties": {"a": WHOLE}, "required": ["a"]},
        [{"a": 1}, 5, "text", None, [1]],
        [{}, {"a": "1"}],
    ),
]
