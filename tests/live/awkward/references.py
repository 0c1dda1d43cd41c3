"""References: recursion, anchors, embedded resources, escapes, other files."""

from __future__ import annotations

from .case import Case, thing

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
JSON_VALUE = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "array", "items": {"$ref": "#"}},
        {"type": "object", "additionalProperties": {"$ref": "#"}},
    ]
}
ABROAD = "`jsonschema` is not told of the files"

REFERENCES = [
    Case(
        "recursive_root",
        thing(
            {"value": WHOLE, "children": {"type": "array", "items": {"$ref": "#"}}},
            required=["value"],
        ),
        [
            {"value": 1},
            {
                "value": 1,
                "children": [
                    {"value": 2, "children": []},
                    {"value": 3, "children": [{"value": 4}]},
                ],
            },
        ],
        [
            {"value": 1, "children": [{}]},
            {"value": 1, "children": [{"value": 2, "children": [{"value": "3"}]}]},
        ],
    ),
    Case(
        "recursive_tree",
        {
            "$ref": "#/$defs/Tree",
            "$defs": {
                "Tree": thing(
                    {
                        "left": {"$ref": "#/$defs/Tree"},
                        "right": {"anyOf": [{"$ref": "#/$defs/Tree"}, {"type": "null"}]},
                        "v": WHOLE,
                    }
                )
            },
        },
        [{}, {"left": {"v": 1}, "right": None}, {"right": {"left": {}}}],
        [{"left": None}, {"right": {"left": {"v": "1"}}}],
    ),
    Case(
        "mutual",
        {
            "$ref": "#/$defs/A",
            "$defs": {
                "A": thing({"b": {"$ref": "#/$defs/B"}}),
                "B": thing({"a": {"$ref": "#/$defs/A"}, "n": WHOLE}, required=["n"]),
            },
        },
        [{}, {"b": {"n": 1, "a": {"b": {"n": 2}}}}],
        [{"b": {}}, {"b": {"n": 1, "a": {"b": {}}}}],
    ),
    Case(
        "json_value", JSON_VALUE, [None, 1, "x", [1, [2, {"a": [None]}]], {"a": {"b": [True]}}], []
    ),
    Case(
        "recursive_list",
        {"type": "array", "items": {"$ref": "#"}},
        [[], [[], [[]]]],
        [[1], [[[None]]]],
    ),
    Case(
        "recursive_map",
        {"type": "object", "additionalProperties": {"$ref": "#"}},
        [{}, {"a": {"b": {}}}],
        [{"a": {"b": 1}}],
    ),
    Case(
        "anchor",
        {"$ref": "#item", "$defs": {"x": {"$anchor": "item", "type": "integer"}}},
        [1],
        ["1"],
    ),
    Case(
        "anchor_in_property",
        thing({"a": {"$anchor": "a", "type": "integer"}, "b": {"$ref": "#a"}}),
        [{"a": 1, "b": 2}],
        [{"b": "2"}],
    ),
    Case(
        "id_refs",
        {
            "$id": "https://schemas.example/root.json",
            "$ref": "item.json",
            "$defs": {
                "i": {
                    "$id": "item.json",
                    **thing({"n": {"$ref": "#/$defs/N"}}),
                    "$defs": {"N": WHOLE},
                }
            },
        },
        [{}, {"n": 1}],
        [{"n": "1"}, 1],
    ),
    Case(
        "id_without_base",
        {"$ref": "urn:example:n", "$defs": {"n": {"$id": "urn:example:n", "type": "integer"}}},
        [1],
        ["1"],
    ),
    Case(
        "dynamic_ref",
        {
            "$dynamicAnchor": "node",
            **thing({"next": {"$dynamicRef": "#node"}, "n": WHOLE}, required=["n"]),
        },
        [{"n": 1}, {"n": 1, "next": {"n": 2}}],
        [{"n": 1, "next": {}}, {}],
    ),
    Case(
        "dynamic_ref_extended",
        {
            "$id": "https://schemas.example/strict-tree",
            "$dynamicAnchor": "node",
            "$ref": "tree",
            "unevaluatedProperties": False,
            "$defs": {
                "tree": {
                    "$id": "https://schemas.example/tree",
                    "$dynamicAnchor": "node",
                    **thing(
                        {
                            "data": True,
                            "children": {"type": "array", "items": {"$dynamicRef": "#node"}},
                        }
                    ),
                }
            },
        },
        [{"children": [{"data": 1}]}],
        [{"children": [{"daat": 1}]}, {"daat": 1}],
    ),
    Case(
        "into_properties",
        thing({"a": {"type": "integer", "minimum": 3}, "b": {"$ref": "#/properties/a"}}),
        [{"a": 3, "b": 4}],
        [{"b": 2}],
    ),
    Case(
        "into_items",
        {"type": "array", "prefixItems": [{"type": "integer"}, {"$ref": "#/prefixItems/0"}]},
        [[1, 2]],
        [[1, "2"]],
    ),
    Case(
        "escaped_pointers",
        {
            "$defs": {
                "a/b": WHOLE,
                "c~d": TEXT,
                "e%f": {"type": "boolean"},
                "g h": {"type": "null"},
                'i"j': {"const": 1},
            },
            **thing(
                {
                    "1": {"$ref": "#/$defs/a~1b"},
                    "2": {"$ref": "#/$defs/c~0d"},
                    "3": {"$ref": "#/$defs/e%25f"},
                    "4": {"$ref": "#/$defs/g%20h"},
                    "5": {"$ref": "#/$defs/i%22j"},
                }
            ),
        },
        [{"1": 1, "2": "x", "3": True, "4": None, "5": 1}],
        [{"1": "1"}, {"2": 2}, {"3": 1}, {"4": 0}, {"5": 2}],
    ),
    Case(
        "defs_named_as_types",
        {
            "$defs": {
                "Field": thing({"List": {"$ref": "#/$defs/List"}}),
                "List": {"type": "array", "items": {"$ref": "#/$defs/Optional"}},
                "Optional": thing({"Any": {"$ref": "#/$defs/Any"}}),
                "Any": {"type": "integer"},
                "Model": {"type": "string"},
                "str": {"type": "boolean"},
                "None": {"type": "null"},
                "dict": {"type": "object", "additionalProperties": {"$ref": "#/$defs/str"}},
            },
            **thing(
                {
                    "field": {"$ref": "#/$defs/Field"},
                    "model": {"$ref": "#/$defs/Model"},
                    "map": {"$ref": "#/$defs/dict"},
                    "none": {"$ref": "#/$defs/None"},
                }
            ),
        },
        [{"field": {"List": [{"Any": 1}]}, "model": "x", "map": {"a": True}, "none": None}],
        [{"field": {"List": [{"Any": "1"}]}}, {"model": 1}, {"map": {"a": 1}}, {"none": 0}],
    ),
    Case(
        "defs_spelled_alike",
        {
            "$defs": {
                "my-item": WHOLE,
                "my_item": TEXT,
                "MyItem": thing({"a": WHOLE}),
                "my item": thing({"a": TEXT}),
            },
            **thing(
                {
                    "a": {"$ref": "#/$defs/my-item"},
                    "b": {"$ref": "#/$defs/my_item"},
                    "c": {"$ref": "#/$defs/MyItem"},
                    "d": {"$ref": "#/$defs/my%20item"},
                }
            ),
        },
        [{"a": 1, "b": "x", "c": {"a": 1}, "d": {"a": "1"}}],
        [{"a": "x"}, {"b": 1}, {"c": {"a": "1"}}, {"d": {"a": 1}}],
    ),
    Case(
        "ref_with_siblings",
        {
            "$defs": {"N": {"type": "number", "minimum": 0}},
            "$ref": "#/$defs/N",
            "maximum": 9,
            "type": "integer",
            "description": "Both hold.",
        },
        [0, 9],
        [-1, 10, 1.5],
    ),
    Case(
        "ref_chain",
        {
            "$defs": {
                "a": {"$ref": "#/$defs/b"},
                "b": {"$ref": "#/$defs/c"},
                "c": {"type": "integer"},
            },
            "$ref": "#/$defs/a",
        },
        [1],
        ["1"],
    ),
    Case(
        "ref_in_allof",
        {
            "$defs": {"Base": thing({"id": WHOLE}, required=["id"])},
            "allOf": [{"$ref": "#/$defs/Base"}, thing({"name": TEXT}, required=["name"])],
        },
        [{"id": 1, "name": "x"}],
        [{"id": 1}, {"name": "x"}, {"id": "1", "name": "x"}],
    ),
    Case(
        "boolean_defs",
        {
            "$defs": {"yes": True, "no": False},
            **thing({"a": {"$ref": "#/$defs/yes"}, "b": {"$ref": "#/$defs/no"}}),
        },
        [{}, {"a": None}],
        [{"b": 1}],
    ),
    Case(
        "definitions",
        {"definitions": {"N": WHOLE}, "type": "array", "items": {"$ref": "#/definitions/N"}},
        [[1]],
        [["1"]],
    ),
    Case(
        "unused_defs",
        {"$defs": {"Lonely": thing({"x": {"$ref": "#/$defs/Lonely"}})}, "type": "integer"},
        [1],
        ["1"],
    ),
    Case(
        "nested_defs",
        thing({"a": {"$ref": "#/properties/a/$defs/N", "$defs": {"N": WHOLE}}}),
        [{"a": 1}],
        [{"a": "1"}],
    ),
    Case(
        "conditional_ref",
        {
            "$defs": {"N": WHOLE},
            "if": {"$ref": "#/$defs/N"},
            "then": {"minimum": 5},
            "else": {"type": "string"},
        },
        [5, "x"],
        [4, None],
    ),
    Case(
        "union_of_refs",
        {
            "$defs": {
                "A": thing({"t": {"const": "a"}, "x": WHOLE}, required=["t"]),
                "B": thing({"t": {"const": "b"}, "x": TEXT}, required=["t"]),
            },
            "type": "array",
            "items": {"oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}]},
        },
        [[{"t": "a", "x": 1}, {"t": "b", "x": "1"}], []],
        [[{"t": "a", "x": "1"}], [{"t": "c"}]],
    ),
    Case(
        "three_files",
        {"$ref": "a.yaml#/schemas/Node"},
        [{"n": 1}, {"n": 1, "b": {"c": {"a": {"n": 2}}}}],
        [{}, {"n": 1, "b": {"c": {"a": {}}}}, {"n": 1, "b": {"c": {"a": {"n": "2"}}}}],
        ABROAD,
        {
            "a.yaml": "schemas:\n  Node: {type: object, properties: {n: {type: integer}, b: {$ref: 'b.yaml#/schemas/Node'}}, required: [n]}\n",
            "b.yaml": "schemas:\n  Node: {type: object, properties: {c: {$ref: './c.yaml#/schemas/Node'}}}\n",
            "c.yaml": "schemas:\n  Node: {type: object, properties: {a: {$ref: 'a.yaml#/schemas/Node'}}}\n",
        },
    ),
    Case(
        "into_another_file",
        thing({"list": {"type": "array", "items": {"$ref": "./d.yaml#/schemas/Word"}}}),
        [{"list": ["ab"]}, {}],
        [{"list": ["a"]}],
        ABROAD,
        {"d.yaml": "schemas: {Word: {type: string, minLength: 2}}\n"},
    ),
]
