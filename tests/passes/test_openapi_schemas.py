"""Schemas of OpenAPI, all versions, as JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from .openapi import codes, document, imported, operation


def lowered(schema: str, components: str = "", version: str = "3.0.3") -> tuple[Any, list[str]]:
    """A schema of an answer as the spec has it, and the codes of what was lost."""
    answer = f'responses: {{"200": {{description: x, content: {{application/json: {{schema: {schema}}}}}}}}}'
    found = imported(
        document(f"/x: {{get: {{{answer}}}}}", f"schemas: {{{components}}}", version=version)
    )
    return operation(found.spec)["returns"], codes(found)


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        # nullable
        ("{type: string, nullable: true}", "{type: [string, 'null']}"),
        ("{type: string, nullable: false}", "{type: string}"),
        ("{nullable: true}", "{}"),
        (
            "{type: string, nullable: true, enum: [a, b]}",
            "{type: [string, 'null'], enum: [a, b, null]}",
        ),
        (
            "{type: string, nullable: true, enum: [a, null]}",
            "{type: [string, 'null'], enum: [a, null]}",
        ),
        ("{enum: [1, 2], nullable: true}", "{enum: [1, 2, null]}"),
        (
            "{nullable: true, description: d, allOf: [{type: object}]}",
            "{description: d, anyOf: [{type: object}, {type: 'null'}]}",
        ),
        (
            "{nullable: true, type: object, allOf: [{type: object}, {minProperties: 1}]}",
            "{anyOf: [{type: object, allOf: [{type: object}, {minProperties: 1}]}, {type: 'null'}]}",
        ),
        (
            "{nullable: true, anyOf: [{type: string}, {type: integer}]}",
            "{anyOf: [{type: string}, {type: integer}, {type: 'null'}]}",
        ),
        # `null` would fit two branches of it
        (
            "{nullable: true, oneOf: [{type: string, nullable: true}, {type: integer}]}",
            "{anyOf: [{oneOf: [{type: [string, 'null']}, {type: integer}]}, {type: 'null'}]}",
        ),
        ("{x-nullable: true, type: integer}", "{type: [integer, 'null']}"),
        # bounds
        (
            "{type: number, minimum: 0, exclusiveMinimum: true}",
            "{type: number, exclusiveMinimum: 0}",
        ),
        ("{type: number, minimum: 0, exclusiveMinimum: false}", "{type: number, minimum: 0}"),
        (
            "{type: number, maximum: 9, exclusiveMaximum: true}",
            "{type: number, exclusiveMaximum: 9}",
        ),
        ("{type: number, exclusiveMinimum: true}", "{type: number}"),
        ("{type: number, exclusiveMinimum: 3}", "{type: number, exclusiveMinimum: 3}"),
        # examples, formats, decoration
        ("{type: string, example: a}", "{type: string, examples: [a]}"),
        ("{type: string, examples: [a, b]}", "{type: string, examples: [a, b]}"),
        ("{type: string, format: byte}", "{type: string, contentEncoding: base64}"),
        ("{type: string, format: int64}", "{type: string, format: int64}"),
        ("{type: string, xml: {name: x}, x-y: 1}", "{type: string}"),
        ("{type: object, additionalProperties: true}", "{type: object}"),
        ("{type: object, additionalProperties: {}}", "{type: object}"),
        (
            "{type: object, additionalProperties: false}",
            "{type: object, additionalProperties: false}",
        ),
        ("{type: object, required: []}", "{type: object}"),
        # older drafts
        (
            "{type: array, items: [{type: string}, {type: integer}]}",
            "{type: array, prefixItems: [{type: string}, {type: integer}]}",
        ),
        (
            "{type: array, items: [{type: string}], additionalItems: {type: integer}}",
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
        ),
        (
            "{type: object, dependencies: {a: [b], c: {required: [d]}}}",
            "{type: object, dependentRequired: {a: [b]}, dependentSchemas: {c: {required: [d]}}}",
        ),
        # what YAML takes for something else
        (
            "{type: string, enum: [yes, 1.0, true, 007]}",
            "{type: string, enum: ['yes', '1.0', 'true', '007']}",
        ),
        ("{type: [string, null]}", "{type: [string, 'null']}"),
        # order: the type first, then what it is about, the words behind
        (
            "{description: d, maxLength: 3, type: string}",
            "{type: string, maxLength: 3, description: d}",
        ),
    ],
)
def test_lowered_without_a_loss(schema: str, wanted: str) -> None:
    found, lost = lowered(schema)
    assert found == yaml.safe_load(wanted)
    assert list(found) == list(yaml.safe_load(wanted))
    assert lost == []


@pytest.mark.parametrize(
    ("schema", "wanted", "code"),
    [
        ("{type: datetime}", "{}", "AM611"),
        ("{type: [string, text]}", "{}", "AM611"),
        ("{type: string, pattern: '(?P<x>a'}", "{type: string}", "AM611"),
        ("{type: string, minLength: -1}", "{type: string}", "AM611"),
        ("{type: string, minLength: '1'}", "{type: string}", "AM611"),
        ("{type: string, required: true}", "{type: string}", "AM611"),
        ("{type: number, multipleOf: 0}", "{type: number}", "AM611"),
        ("{type: string, enum: []}", "{type: string}", "AM611"),
        ("{type: string, enum: a}", "{type: string}", "AM611"),
        ("{type: integer, default: many}", "{type: integer}", "AM611"),
        ("{type: object, properties: [a]}", "{type: object}", "AM611"),
        ("{allOf: {type: string}}", "{}", "AM611"),
        ("{type: object, patternProperties: {'(': {}}}", "{type: object}", "AM611"),
        ("{type: string, alias: title}", "{type: string}", "AM610"),
        ("{type: string, nullable: yes please}", "{type: string}", "AM611"),
        ("{type: string, externalDocs: {url: x}}", "{type: string}", "AM626"),
        ("{type: object, discriminator: {propertyName: kind}}", "{type: object}", "AM612"),
        ("{type: object, discriminator: kind}", "{type: object}", "AM612"),
        ("{$ref: '#/components/schemas/Nope'}", "{}", "AM603"),
        ("{$ref: 'https://example.com/x.yaml'}", "{}", "AM603"),
        ("{$ref: '../x.yaml#/A'}", "{}", "AM603"),
        ("{$ref: 3}", "{}", "AM602"),
        ("{$ref: '#'}", "{}", "AM602"),
        ("{items: text}", "{items: {}}", "AM602"),
    ],
)
def test_lowered_with_a_loss(schema: str, wanted: str, code: str) -> None:
    found, lost = lowered(schema)
    assert found == yaml.safe_load(wanted)
    assert lost == [code]


def test_no_default_is_no_loss() -> None:
    assert lowered("{type: integer, default: null}") == ({"type": "integer"}, [])


SHARED = "Pet: {type: object, properties: {name: {type: string}}}"


def test_references_in_3_0_know_no_siblings_but_words_and_null() -> None:
    found, lost = lowered(
        "{$ref: '#/components/schemas/Pet', description: d, minProperties: 1}", SHARED
    )
    assert found == {"$ref": "#/schemas/Pet", "description": "d"}
    assert lost == ["AM610"]
    found, lost = lowered("{$ref: '#/components/schemas/Pet', nullable: true}", SHARED)
    assert found == {"anyOf": [{"$ref": "#/schemas/Pet"}, {"type": "null"}]}
    assert lost == []


def test_references_in_3_1_have_siblings() -> None:
    schema = "{$ref: '#/components/schemas/Pet', description: d, minProperties: 1}"
    found, lost = lowered(schema, SHARED, "3.1.0")
    assert found == {"$ref": "#/schemas/Pet", "minProperties": 1, "description": "d"}
    assert lost == []


KINDS = (
    "Cat: {type: object, properties: {kind: {type: string}, indoor: {type: boolean}}}, "
    "Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [dog]}}}"
)


@pytest.mark.parametrize(
    ("discriminator", "wanted"),
    [
        (
            "{propertyName: kind, mapping: {cat: Cat, tom: '#/components/schemas/Cat', dog: Dog}}",
            {
                "oneOf": [
                    {
                        "$ref": "#/schemas/Cat",
                        "properties": {"kind": {"enum": ["cat", "tom"]}},
                        "required": ["kind"],
                    },
                    {"$ref": "#/schemas/Dog"},
                ]
            },
        ),
        # A name of a schema is no promise that the API sends it.
        ("{propertyName: kind}", {"anyOf": [{"$ref": "#/schemas/Cat"}, {"$ref": "#/schemas/Dog"}]}),
    ],
)
def test_discriminators_become_part_of_the_branches(discriminator: str, wanted: Any) -> None:
    schema = (
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], "
        f"discriminator: {discriminator}}}"
    )
    assert lowered(schema, KINDS) == (wanted, [])


@pytest.mark.parametrize(
    ("mapping", "code"),
    [("{cat: '#/nowhere'}", "AM603"), ("{bird: '#/components/schemas/Bird'}", "AM612")],
)
def test_discriminators_that_mean_another_schema_are_told(mapping: str, code: str) -> None:
    schema = (
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], "
        f"discriminator: {{propertyName: kind, mapping: {mapping}}}}}"
    )
    wanted = {"anyOf": [{"$ref": "#/schemas/Cat"}, {"$ref": "#/schemas/Dog"}]}
    assert lowered(schema, f"{KINDS}, Bird: {{type: object}}") == (wanted, [code])


def test_base_classes_of_discriminators_are_not_mistaken_for_their_values() -> None:
    """The enum of the base says what kinds there are, not which one this is."""
    components = (
        "Pet: {type: object, properties: {kind: {type: string, enum: [cat, dog]}}}, "
        "Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}, Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}"
    )
    schema = (
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], "
        "discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}}"
    )
    found, lost = lowered(schema, components)
    assert [branch["properties"]["kind"] for branch in found["oneOf"]] == [
        {"const": "cat"},
        {"const": "dog"},
    ]
    assert lost == []


def spec_of(components: str, version: str = "3.0.3", *, body: bool = False) -> Any:
    """A spec whose one operation returns A, and takes A if `body`."""
    carried = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}"
    answer = f'responses: {{"200": {{description: x, {carried}}}}}'
    sent = f"requestBody: {{required: true, {carried}}}, " if body else ""
    text = document(
        f"/x: {{post: {{{sent}{answer}}}}}", f"schemas: {{{components}}}", version=version
    )
    return imported(text).spec


def test_unused_schemas_are_left_out_and_the_rest_keeps_its_order() -> None:
    spec = spec_of(
        "Unused: {type: string}, C: {type: string}, A: {properties: {c: {$ref: '#/components/schemas/C'}, b: {$ref: '#/components/schemas/B'}}}, B: {type: integer}"
    )
    assert list(spec["schemas"]) == ["C", "A", "B"]


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["Pet", "pet"], ["Pet", "pet2"]),
        (["pet-shop", "Pet Shop"], ["pet-shop", "PetShop2"]),
        (["a.b.Pet", "c.Owner"], ["Pet", "Owner"]),
        (["io.v1.Pet", "io.v2.Pet"], ["V1Pet", "V2Pet"]),
        (
            ["Page[Pet]", "Größe", "ペット", "犬", "1st", "a b"],
            ["PagePet", "Grosse", "Schema", "Schema2", "X1st", "AB"],
        ),
        (["x{y}", 'q"uote', "back\\slash"], ["XY", "QUote", "BackSlash"]),
    ],
)
def test_names_of_schemas(names: list[str], wanted: list[str]) -> None:
    parts = ", ".join(
        f"{name!r}: {{type: object, description: d}}".replace("\\\\", "\\") for name in names
    )
    pointers = [name.replace("~", "~0").replace("/", "~1") for name in names]
    members = ", ".join(
        f"p{at}: {{$ref: '#/components/schemas/{one}'}}" for at, one in enumerate(pointers)
    )
    spec = spec_of(f"{parts}, A: {{type: object, properties: {{{members}}}}}")
    assert list(spec["schemas"]) == [*wanted, "A"]


def test_references_lead_anywhere() -> None:
    spec = spec_of(
        "A: {type: object, properties: {a: {$ref: '#/components/schemas/B/properties/in~1ner'}, "
        "b: {$ref: '#/components/schemas/B/properties/other/properties/deep'}}}, "
        "B: {type: object, properties: {in/ner: {type: string}, other: {$ref: '#/components/schemas/C'}}}, "
        "C: {type: object, properties: {deep: {type: integer}}}"
    )
    assert spec["schemas"] == {
        "A": {
            "type": "object",
            "properties": {
                "a": {"$ref": "#/schemas/BInNer"},
                "b": {"$ref": "#/schemas/BOtherDeep"},
            },
        },
        "BInNer": {"type": "string"},
        "BOtherDeep": {"type": "integer"},
    }


def test_identifiers_anchors_and_dynamic_references() -> None:
    spec = spec_of(
        "A: {type: object, properties: {a: {$ref: '#here'}, b: {$ref: 'https://example.com/b'}, c: {$dynamicRef: '#node'}}}, "
        "B: {$id: 'https://example.com/b', type: object, properties: {own: {$ref: '#/$defs/Own'}}, $defs: {Own: {type: integer}}}, "
        "C: {$anchor: here, type: string}, D: {$dynamicAnchor: node, type: boolean}",
        "3.1.0",
    )
    assert spec["schemas"] == {
        "A": {
            "type": "object",
            "properties": {
                "a": {"$ref": "#/schemas/C"},
                "b": {"$ref": "#/schemas/B"},
                "c": {"$ref": "#/schemas/D"},
            },
        },
        "B": {"type": "object", "properties": {"own": {"$ref": "#/schemas/Own"}}},
        "C": {"type": "string"},
        "D": {"type": "boolean"},
        "Own": {"type": "integer"},
    }


def test_recursion() -> None:
    spec = spec_of(
        "A: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/A'}}}}"
    )
    assert spec["schemas"]["A"]["properties"]["children"]["items"] == {"$ref": "#/schemas/A"}


@pytest.mark.parametrize(
    "components",
    [
        "A: {$ref: '#/components/schemas/A'}",
        "A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}",
        "A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object}]}, B: {anyOf: [{$ref: '#/components/schemas/A'}]}",
        "A: {nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}",
        "A: {not: {$ref: '#/components/schemas/A'}}",
    ],
)
def test_schemas_that_are_only_themselves(components: str) -> None:
    """The spec compiles: `imported` looks."""
    spec_of(components, body=True)


ACCESS = (
    "A: {type: object, required: [id, name, password], properties: {id: {type: integer, readOnly: true}, "
    "name: {type: string}, password: {type: string, writeOnly: true}, sub: {$ref: '#/components/schemas/B'}}}, "
    "B: {type: object, required: [made], properties: {made: {type: string, readOnly: true}}}, "
)


def test_callers_are_not_asked_for_what_they_cannot_send() -> None:
    spec = spec_of(ACCESS, body=True)
    one = operation(spec)
    assert one["params"] == {"a": {"$ref": "#/schemas/AInput"}}
    sent = spec["schemas"]["AInput"]
    assert (list(sent["properties"]), sent["required"]) == (
        ["name", "password", "sub"],
        ["name", "password"],
    )
    assert sent["properties"]["sub"] == {"$ref": "#/schemas/BInput"}
    assert spec["schemas"]["A"]["required"] == ["id", "name"]
    assert spec["schemas"]["A"]["properties"]["sub"] == {"$ref": "#/schemas/B"}
    assert spec["schemas"]["BInput"] == {"type": "object"}
    assert spec["schemas"]["B"]["required"] == ["made"]


def test_schemas_stay_shared_where_access_makes_no_difference() -> None:
    spec = spec_of(
        "A: {type: object, minProperties: 1, properties: {id: {type: integer, readOnly: true}, name: {type: string}}}",
        body=True,
    )
    assert list(spec["schemas"]) == ["A"]
    assert operation(spec)["params"] == {"a": {"$ref": "#/schemas/A"}}


def test_read_only_members_of_all_parts() -> None:
    spec = spec_of(
        "A: {allOf: [{$ref: '#/components/schemas/B'}, {required: [id, name]}]}, "
        "B: {type: object, properties: {id: {type: integer, readOnly: true}, name: {type: string}}}",
        body=True,
    )
    assert spec["schemas"]["A"]["allOf"][1] == {"required": ["id", "name"]}
    assert spec["schemas"]["AInput"]["allOf"][1] == {"required": ["name"]}


def test_titles_that_say_the_name_once_more() -> None:
    spec = spec_of(
        "A: {title: A, type: object, properties: {pet_id: {title: Pet Id, type: integer}, x: {title: Other, type: string}}}",
        "3.1.0",
    )
    assert spec["schemas"]["A"] == {
        "type": "object",
        "properties": {
            "pet_id": {"type": "integer"},
            "x": {"type": "string", "title": "Other"},
        },
    }


def test_a_name_like_a_keyword_is_a_name() -> None:
    spec = spec_of(
        "A: {type: object, properties: {default: {$ref: '#/components/schemas/B'}, enum: {type: string}, "
        "$ref2: {type: string}}}, B: {type: string}"
    )
    assert spec["schemas"]["A"]["properties"]["default"] == {"$ref": "#/schemas/B"}
    assert spec["schemas"]["B"] == {"type": "string"}


def test_data_that_looks_like_a_reference_is_data() -> None:
    spec = spec_of("A: {type: object, example: {$ref: '#/nowhere'}, enum: [{$ref: x}]}")
    assert spec["schemas"]["A"] == {
        "type": "object",
        "enum": [{"$ref": "x"}],
        "examples": [{"$ref": "#/nowhere"}],
    }
