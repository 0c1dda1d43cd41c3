"""Nothing of a document is lost without a word: each part of one is broken in turn."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, cast

import pytest
import yaml
from automcp.importers.openapi import import_openapi
from automcp.text.report import Rejected, Report
from automcp.text.source import Source

from .openapi import OK, codes, document, imported

WHOLE = """
openapi: 3.1.0
info: {title: Shop, version: 1.0.0, description: All of it.}
servers: [{url: "https://api.example.com", description: Here.}]
tags: [{name: pets, description: Pets.}]
security: [{token: []}]
paths:
  /pets/{id}:
    description: One pet.
    parameters: [{$ref: "#/components/parameters/Id"}]
    get:
      tags: [pets]
      summary: Read a pet
      operationId: readPet
      parameters:
        - {name: tags, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {name: shape, in: query, content: {application/json: {schema: {$ref: "#/components/schemas/Shape"}}}}
        - name: size
          in: query
          required: true
          description: How large.
          schema: {type: integer}
          examples: {small: {$ref: "#/components/examples/Small"}}
      responses:
        "200":
          description: A pet.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
        "400": {description: No., content: {application/json: {schema: {$ref: "#/components/schemas/Problems"}}}}
        "401": {description: Unknown., content: {text/plain: {schema: {$ref: "#/components/schemas/Text"}}}}
        "404": {$ref: "#/components/responses/Missing"}
    put:
      tags: [pets]
      operationId: replacePet
      requestBody: {$ref: "#/components/requestBodies/Pet"}
      responses: {"204": {description: Done.}, "409": {description: Taken.}}
  /pictures:
    post:
      operationId: draw
      description: Draws a picture.
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [photo]
              properties: {photo: {type: string, format: binary}, tags: {type: array, items: {type: string}}}
            encoding: {photo: {contentType: image/png}, tags: {style: spaceDelimited, explode: false}}
      responses: {"200": {description: Text., content: {text/csv: {schema: {$ref: "#/components/schemas/Text"}}}}}
components:
  securitySchemes: {token: {$ref: "#/components/securitySchemes/real"}, real: {type: http, scheme: bearer}}
  parameters: {Id: {name: id, in: path, required: true, schema: {type: string}}}
  examples: {Small: {value: 1}}
  responses: {Missing: {description: Not there., content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}}}
  requestBodies: {Pet: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
  schemas:
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Cat", dog: Dog}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, friends: {type: array, items: {$ref: "#/components/schemas/Dog"}}}}
    Shape: {type: object, properties: {sides: {type: integer, minimum: 3}}}
    Error: {type: object, properties: {code: {type: integer}}}
    Problems: {type: array, items: {$ref: "#/components/schemas/Error"}}
    Text: {type: string}
"""
RENAMED = ("get", "put", "post", "operationId", "summary", "description", "tags", "responses", "requestBody", "content", "schema", "encoding", "explode", "style", "security", "examples", "example")  # fmt: skip
"""Fields that get a name that OpenAPI does not know."""


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    """All members and items, each with the path of what holds it."""
    inside = cast(
        "Iterable[tuple[Any, Any]]", node.items() if isinstance(node, dict) else enumerate(node)
    )
    for key, value in inside:
        yield path, key, value
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def outcome(whole: Any) -> tuple[str | None, Counter[tuple[str, str]]]:
    """The spec of a document, and what is said of it."""
    report = Report()

    def read(path: str) -> Source:
        raise FileNotFoundError(2, "No such file or directory", path)

    try:
        found = import_openapi(Source("api.json", json.dumps(whole)), read, report, top="")
    except Rejected as rejected:
        return None, Counter((one.code, one.message) for one in rejected.report)
    said = Counter((one.code, one.message) for one in (*report, *found.losses))
    return json.dumps(found.spec), said


def broken() -> Iterator[tuple[str, str, Any]]:
    """The document with one thing wrong in it: what was done, where, and the document."""
    whole = yaml.safe_load(WHOLE)
    for path, key, value in places(whole):
        if (
            key == "version"
            or not path
            or path[-1] in ("properties", "mapping", "examples")
            or "Small" in path
        ):
            continue
        changes: list[tuple[str, Any]] = [] if isinstance(value, int | float) else [("number", 7)]
        if key == "$ref":
            changes.append(("nowhere", f"{value}_gone"))
        for kind, new in changes:
            mutant = copy.deepcopy(whole)
            holder(mutant, path)[key] = new
            yield kind, "/".join(map(str, (*path, key))), mutant
        if key in RENAMED:
            mutant = copy.deepcopy(whole)
            holder(mutant, path)[f"{key}x"] = holder(mutant, path).pop(key)
            yield "renamed", "/".join(map(str, (*path, key))), mutant


def holder(node: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        node = node[step]
    return node


def test_whatever_is_broken_is_told() -> None:
    before, said = outcome(yaml.safe_load(WHOLE))
    silent: list[str] = []
    number = 0
    for kind, place, mutant in broken():
        number += 1
        after, now = outcome(mutant)
        if after is not None and after != before and not now - said:
            silent.append(f"{kind}: {place}")
        if kind == "nowhere":
            # An operation without one of its parameters, or without its body, is another operation.
            assert {"AM603", "AM604"} & {code for code, _ in now - said}, place
    assert number > 200
    assert silent == []


@pytest.mark.parametrize(
    ("operation", "lost"),
    [
        # errors say all that they say, or that they do not
        (
            "responses: {'200': {description: x}, '400': {description: x, content: {application/json: {schema: {$ref: '#/no'}}}}}",
            ["AM603", "AM631"],
        ),
        ("responses: {'200': {description: x}, '400': {description: Why.}}", ["AM631"]),
        (
            "responses: {'200': {description: x}, '400': {description: x, content: {application/json: {schema: {type: array}}}}}",
            ["AM631"],
        ),
        (
            "responses: {'200': {description: x}, '400': {description: x, content: {application/json: {schema: {type: object}}, text/plain: {}}}}",
            ["AM622"],
        ),
        ("responses: {'200': {description: x}, '304': {description: Same.}}", ["AM623"]),
        # what is no JSON has no schema
        (
            "responses: {'200': {description: x, content: {text/csv: {schema: {$ref: '#/no'}}}}}",
            ["AM603"],
        ),
        (
            "responses: {'200': {description: x, content: {application/xml: {schema: {type: object}}}}}",
            ["AM622"],
        ),
        # fields that OpenAPI does not have, or that have something else in them
        (f"{OK}, respones: {{}}", ["AM610"]),
        (f"{OK}, parameters: {{}}", ["AM602"]),
        (f"{OK}, tags: [a, b]", ["AM626"]),
        (f"{OK}, externalDocs: {{url: x}}", ["AM626"]),
        (f"{OK}, deprecated: 'yes'", ["AM602"]),
        (f"{OK}, security: [token]", ["AM602"]),
        (f"{OK}, security: {{token: []}}", ["AM602"]),
        (f"{OK}, parameters: [{{name: a, in: query, allowEmptyValue: true}}]", ["AM621"]),
        (f"{OK}, parameters: [{{name: a, in: query, type: string}}]", ["AM610"]),
        (
            f"{OK}, parameters: [{{name: a, in: query, content: {{application/json: {{}}, text/plain: {{}}}}}}]",
            ["AM622"],
        ),
        (
            f"{OK}, parameters: [{{name: a, in: query, schema: {{}}, examples: {{b: {{$ref: '#/no'}}}}}}]",
            ["AM603"],
        ),
        (f"{OK}, x-anything: 1", []),
    ],
)
def test_told(operation: str, lost: list[str]) -> None:
    assert codes(imported(document(f"/x: {{get: {{{operation}}}}}"))) == lost


def test_security_that_cannot_be_read_is_not_taken_for_none() -> None:
    schemes = "securitySchemes: {token: {type: http, scheme: bearer}}"
    whole = document(
        f"/x: {{get: {{security: token, {OK}}}}}, /y: {{get: {{{OK}}}}}",
        schemes,
        more="security: [{token: []}]",
    )
    found = imported(whole)
    for group in found.spec["groups"].values():
        for one in group["operations"].values():
            assert "auth" not in one["run"]["http"]


def test_examples_are_found_where_they_stand() -> None:
    parameter = "{name: a, in: query, schema: {type: string}, examples: {b: {$ref: '#/components/examples/B'}}}"
    found = imported(
        document(f"/x: {{get: {{parameters: [{parameter}], {OK}}}}}", "examples: {B: {value: hi}}")
    )
    (group,) = found.spec["groups"].values()
    (one,) = group["operations"].values()
    assert one["params"]["a"]["examples"] == ["hi"]
