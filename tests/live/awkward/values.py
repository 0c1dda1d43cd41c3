"""Numbers, texts, constants, arrays and whole-value schemas."""

from __future__ import annotations

from .case import Case, thing

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
HUGE = 10**40

VALUES = [
    Case("root_boolean", True, [None, 1, "x", [], {"a": [{}]}], []),
    Case("root_false", False, [], [None, 1, {}]),
    Case("root_empty", {}, [None, 1, "x", [[]], {"$ref": 1}], []),
    Case("root_scalar", {"type": "integer"}, [0, -1, 1.0, HUGE], ["1", True, 1.5, None]),
    Case(
        "lax_coercion",
        thing({"n": WHOLE, "b": {"type": "boolean"}, "f": {"type": "number"}, "s": TEXT}),
        [{"n": 1, "b": True, "f": 1, "s": "1"}],
        [
            {"n": "1"},
            {"n": True},
            {"b": "yes"},
            {"b": 1},
            {"b": 0},
            {"f": "1.5"},
            {"f": True},
            {"s": 1},
        ],
    ),
    Case(
        "float_as_integer", thing({"n": WHOLE}), [{"n": 1.0}, {"n": -3.0}, {"n": 1e3}], [{"n": 1.5}]
    ),
    Case(
        "big_integers", {"type": "integer"}, [2**53 + 1, 2**63, 2**64 + 1, -HUGE, HUGE], [1.5, "9"]
    ),
    Case(
        "big_bounds",
        {"type": "integer", "minimum": -(2**70), "maximum": 2**70},
        [2**70, -(2**70), 0],
        [2**70 + 1, -(2**70) - 1],
    ),
    Case(
        "numbers",
        {"type": "number"},
        [0, -0.0, 1e308, 5e-324, 0.1, 12345678901234567890],
        ["0", False, None],
    ),
    Case(
        "bounds",
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        [0.5, 1e-300],
        [0, 1, 0.0, 1.0],
    ),
    Case(
        "multiple_of_decimal",
        {"type": "number", "multipleOf": 0.01},
        [0.07, 19.99, 4.02],
        [0.075],
        unjudged="it divides binary fractions",
    ),
    Case(
        "const_mix",
        thing({"f": {"const": 1.5}, "o": {"const": {"a": [1, None]}}, "l": {"const": [True, "x"]}}),
        [{"f": 1.5, "o": {"a": [1, None]}, "l": [True, "x"]}],
        [{"f": 1.25}, {"o": {"a": [1]}}, {"l": [1, "x"]}, {"o": {}}],
    ),
    Case("const_null", {"const": None}, [None], [0, "", False, {}]),
    Case("const_zero", {"const": 0}, [0, 0.0, -0.0], [False, None, "0"]),
    Case("const_false", {"const": False}, [False], [0, None, ""]),
    Case("const_float_integer", {"const": 1.0}, [1, 1.0], [True, "1"]),
    Case("type_null", {"type": ["null"]}, [None], [0, "null", False]),
    Case("enum_int_bool", {"enum": [1, True]}, [1, True, 1.0], [0, False, "1"]),
    Case("enum_ints", {"enum": [0, 1]}, [0, 1], [True, False, "0"]),
    Case(
        "enum_mixed",
        {"enum": ["a", 1, 1.5, None, True, {"k": [1]}, []]},
        ["a", 1, 1.5, None, True, {"k": [1]}, []],
        [False, {"k": []}, "1", 2],
    ),
    Case(
        "enum_texts",
        {"enum": ["", " ", "a b", "class", "1", "é", "A", "a", "\n", "'\"\\", "{{ x }}", "mro"]},
        ["", " ", "class", "\n", "'\"\\", "{{ x }}", "A"],
        ["b", "  ", None],
    ),
    Case(
        "enum_null", thing({"a": {"enum": [None, "x"]}}), [{}, {"a": None}, {"a": "x"}], [{"a": ""}]
    ),
    Case(
        "enum_3000",
        {"enum": [f"v{number}" for number in range(3000)]},
        ["v0", "v2999"],
        ["v3000", ""],
    ),
    Case(
        "enum_3000_ints",
        thing({"n": {"enum": list(range(3000))}}),
        [{"n": 0}, {"n": 2999}],
        [{"n": 3000}, {"n": True}],
    ),
    Case(
        "pattern_unicode",
        {"type": "string", "pattern": r"^\p{Lu}\p{Ll}*$"},
        ["Éa", "Ab", "Ж"],
        ["a", "éA", ""],
        unjudged=r"Python's `re` has no `\p`",
    ),
    Case(
        "pattern_lookahead",
        {"type": "string", "pattern": r"^(?=.*\d)(?!.*\s).{4,}$"},
        ["abc1", "1234"],
        ["abcd", "a 1b", "a1"],
    ),
    Case("pattern_unanchored", {"type": "string", "pattern": "b+"}, ["abc", "b"], ["ac", ""]),
    Case(
        "pattern_quotes",
        {"type": "string", "pattern": "^[\"'\\\\/]+$"},
        ["\"'", "\\", "/"],
        ["a", ""],
    ),
    Case(
        "pattern_digits",
        {"type": "string", "pattern": r"^\d+$"},
        ["12"],
        ["१२", "a"],
        unjudged=r"Python's `\d` takes every script's digits, ECMA's only ASCII ones",
    ),
    Case(
        "lengths",
        {"type": "string", "minLength": 2, "maxLength": 3},
        ["ab", "😀😀", "e\u0301x"],
        ["a", "abcd", "😀"],
    ),
    Case(
        "texts",
        TEXT,
        [
            "",
            "\x00",
            "\u2028",
            "\U0001f600",
            "\ufeff",
            "</script>",
            "\r\n",
            "a" * 10_000,
            '{"a": 1}',
            "null",
        ],
        [None, 1],
    ),
    Case(
        "prefix_items",
        {"type": "array", "prefixItems": [TEXT, WHOLE], "items": False, "minItems": 2},
        [["a", 1]],
        [["a"], ["a", 1, 2], [1, "a"], []],
    ),
    Case(
        "prefix_items_rest",
        {"type": "array", "prefixItems": [TEXT], "items": WHOLE},
        [[], ["a"], ["a", 1, 2]],
        [[1], ["a", "b"]],
    ),
    Case(
        "prefix_items_open",
        {"type": "array", "prefixItems": [TEXT, {"type": "boolean"}]},
        [["a"], ["a", True, None, {}]],
        [["a", 1], [True]],
    ),
    Case(
        "prefix_items_short",
        {"type": "array", "prefixItems": [TEXT, WHOLE], "items": False},
        [[], ["a"], ["a", 1]],
        [["a", 1, 1], [1]],
    ),
    Case(
        "prefix_of_models",
        {
            "type": "array",
            "prefixItems": [thing({"a": WHOLE}), thing({"a": TEXT})],
            "minItems": 2,
            "maxItems": 2,
        },
        [[{"a": 1}, {"a": "1"}]],
        [[{"a": "1"}, {"a": 1}], [{}]],
    ),
    Case(
        "unique_items",
        {"type": "array", "items": WHOLE, "uniqueItems": True},
        [[3, 1, 2], []],
        [[1, 1], [1, 2, 1.0]],
    ),
    Case(
        "unique_items_objects",
        {"type": "array", "uniqueItems": True},
        [[{"a": 1}, {"a": 2}], [1, True, 0, False], [[1], [True]]],
        [[{"a": 1, "b": 2}, {"b": 2, "a": 1}], [[1], [1.0]]],
    ),
    Case(
        "contains",
        {"type": "array", "contains": {"type": "integer"}},
        [[1], ["a", 1, None]],
        [[], ["a"], [True]],
    ),
    Case(
        "contains_bounds",
        {"type": "array", "contains": {"const": 1}, "minContains": 2, "maxContains": 3},
        [[1, 1], [1, 0, 1, 1]],
        [[1], [1, 1, 1, 1]],
    ),
    Case(
        "min_contains_0",
        {"type": "array", "contains": {"const": 1}, "minContains": 0},
        [[], [2], [1]],
        ["x"],
    ),
    Case(
        "array_bounds",
        {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": ["number", "null"]}},
        [[1], [None, 1.5]],
        [[], [1, 2, 3], ["1"]],
    ),
    Case("empty_array", {"type": "array", "items": False}, [[]], [[None]]),
    Case(
        "matrix",
        {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
        [[], [[]], [[1, 2.5], [3]]],
        [[1], [["1"]]],
    ),
    Case("array_of_any", {"type": "array"}, [[], [1, "a", None, [], {}]], [{}, "[]"]),
    Case("nested_deep", {}, [[[[[[[[[[{"a": [[[{"b": [[]]}]]]}]]]]]]]]]], []),
    Case(
        "unknown_keywords",
        {
            "type": "integer",
            "x-order": 3,
            "nullable": True,
            "example": "x",
            "units": {"$ref": "#/nowhere"},
        },
        [1],
        [None, "1"],
    ),
    Case("formats_unknown", {"type": "string", "format": "int64"}, ["anything"], [1]),
    Case(
        "content",
        {"type": "string", "contentMediaType": "application/json", "contentEncoding": "base64"},
        ["e30=", "no base64!"],
        [1],
    ),
    Case("numeric_format", {"type": "integer", "format": "int32"}, [1, 2**40], ["1"]),
]
