"""What imported operations carry, answer, and fail with."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from .openapi import codes, document, imported, operation


def sent(
    body: str,
    components: str = "",
    *,
    parameters: str = "",
    path: str = "/x",
    version: str = "3.0.3",
) -> Any:
    """The parameters and the HTTP request of an operation with a body, and what was lost."""
    text = document(
        f"{path!r}: {{post: {{parameters: [{parameters}], requestBody: {{{body}}}, responses: {{'204': {{description: x}}}}}}}}",
        components,
        version=version,
    )
    found = imported(text)
    one = operation(found.spec)
    return one.get("params", {}), one["run"]["http"], codes(found)


def as_json(schema: str, *, required: bool = True) -> str:
    return f"required: {str(required).lower()}, content: {{application/json: {{schema: {schema}}}}}"


def test_a_few_members_become_parameters() -> None:
    schema = (
        "{type: object, required: [name], properties: {name: {type: string, description: Its name.}, "
        "age: {type: integer, default: 1}, 'the-kind': {type: string, nullable: true}}}"
    )
    assert sent(as_json(schema)) == (
        {
            "name": {"type": "string", "description": "Its name."},
            "age": {"type": "integer", "description": "Default: `1`.", "optional": True},
            "the-kind": {"type": ["string", "null"], "optional": True},
        },
        {"post": "/x", "body": "{*}"},
        [],
    )


def test_members_beside_other_parameters_are_named() -> None:
    schema = "{properties: {name: {type: string}, 'x[y]': {type: string}}}"
    _, http, _ = sent(as_json(schema), parameters="{name: id, in: path}", path="/x/{id}")
    assert http == {"post": "/x/{id}", "body": {"name": "{name}", "x[y]": "{x_y}"}}


def test_what_others_mention_too_is_one_parameter_of_its_name() -> None:
    schema = "schemas: {NewPet: {type: object, properties: {name: {type: string}, mate: {$ref: '#/components/schemas/NewPet'}}}}"
    params, http, _ = sent(as_json("{$ref: '#/components/schemas/NewPet'}"), schema)
    assert params == {"new_pet": {"$ref": "#/schemas/NewPet"}}
    assert http == {"post": "/x", "body": "{new_pet}"}
    alone = "schemas: {NewPet: {type: object, properties: {name: {type: string}}}}"
    params, _, _ = sent(as_json("{$ref: '#/components/schemas/NewPet'}"), alone)
    assert params == {"name": {"type": "string", "optional": True}}


OBJECT = "type: object, properties: {a: {type: string}, b: {type: string}}"


@pytest.mark.parametrize(
    ("schema", "parameters"),
    [
        (f"{{{OBJECT}, additionalProperties: true}}", ""),
        (f"{{{OBJECT}, additionalProperties: {{type: string}}}}", ""),
        (f"{{{OBJECT}, minProperties: 1}}", ""),
        (f"{{{OBJECT}, anyOf: [{{required: [a]}}, {{required: [b]}}]}}", ""),
        (f"{{{OBJECT}, nullable: true}}", ""),
        (f"{{{OBJECT}, required: [a, c]}}", ""),
        ("{allOf: [{type: object}]}", ""),
        ("{oneOf: [{type: object}, {type: string}]}", ""),
        ("{type: array, items: {type: string}}", ""),
        ("{type: object}", ""),
        # clashes
        (f"{{{OBJECT}}}", "{name: a, in: query}"),
        (f"{{{OBJECT}}}", "{name: A, in: header}"),
        ("{type: object, properties: {a-b: {type: string}, a_b: {type: string}}}", ""),
        # too many
        ("{type: object, properties: {" + ", ".join(f"p{n}: {{}}" for n in range(17)) + "}}", ""),
    ],
)
def test_other_bodies_are_one_parameter(schema: str, parameters: str) -> None:
    taken, http, _ = sent(as_json(schema), parameters=parameters)
    assert "body" in taken
    assert http["body"] == "{body}"


def test_a_body_that_may_be_left_out() -> None:
    """Parameters could not say that either all of it is there, or nothing."""
    schema = "{type: object, required: [a], properties: {a: {type: string}}}"
    taken, http, _ = sent(as_json(schema, required=False))
    assert taken["body"]["optional"] is True
    assert http["body"] == "{body}"
    taken, http, _ = sent(
        as_json("{type: object, properties: {a: {type: string}}}", required=False)
    )
    assert list(taken) == ["a"]
    assert sent(as_json("{type: object, properties: {}}", required=False))[:2] == (
        {},
        {"post": "/x"},
    )


def test_shared_bodies_stay_shared() -> None:
    taken, _, _ = sent(
        "required: true, description: All of it., content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}",
        "schemas: {A: {allOf: [{type: object}]}}",
    )
    assert taken == {"body": {"$ref": "#/schemas/A", "description": "All of it."}}


def test_a_name_that_is_taken() -> None:
    taken, http, _ = sent(as_json("{type: string}"), parameters="{name: body, in: query}")
    assert list(taken) == ["body", "body_body"]
    assert http["body"] == "{body_body}"


@pytest.mark.parametrize(
    ("content", "params", "http", "lost"),
    [
        (
            "{application/merge-patch+json: {schema: {type: array}}}",
            "{body: {type: array}}",
            "{body: '{body}', as: application/merge-patch+json}",
            [],
        ),
        (
            "{'application/json; charset=utf-8': {schema: {type: array}}}",
            "{body: {type: array}}",
            "{body: '{body}'}",
            [],
        ),
        ("{'*/*': {schema: {type: array}}}", "{body: {type: array}}", "{body: '{body}'}", []),
        (
            "{text/plain: {schema: {type: string, maxLength: 3}}}",
            "{body: {type: string, maxLength: 3}}",
            "{body: '{body}', as: text}",
            [],
        ),
        (
            "{application/xml: {schema: {type: object}}}",
            "{body: {type: string}}",
            "{body: '{body}', as: application/xml}",
            ["AM622"],
        ),
        (
            "{application/octet-stream: {schema: {type: string, format: binary}}}",
            "{body: {type: string, contentEncoding: base64}}",
            "{body: '{body}', as: binary}",
            [],
        ),
        (
            "{image/png: {}}",
            "{body: {type: string, contentEncoding: base64}}",
            "{body: '{body}', as: image/png}",
            [],
        ),
        (
            "{image/*: {}}",
            "{body: {type: string, contentEncoding: base64}}",
            "{body: '{body}', as: binary}",
            [],
        ),
        (
            (
                "{application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array}, b: {type: object}}, required: [a]}, "
                "encoding: {a: {explode: false}, b: {style: deepObject, explode: true}}}}"
            ),
            "{a: {type: array}, b: {type: object, optional: true}}",
            "{body: '{*}', as: form, parts: {a: {explode: false}, b: {style: deepObject}}}",
            [],
        ),
        (
            (
                "{multipart/form-data: {schema: {type: object, required: [photo], properties: {photo: {type: string, format: binary, description: P}, "
                "more: {type: array, items: {type: string, format: binary}}, name: {type: string}, raw: {type: string}}}, "
                "encoding: {photo: {contentType: image/png}, more: {contentType: 'image/png, image/jpeg'}, raw: {contentType: text/csv}}}}"
            ),
            (
                "{photo: {type: string, contentEncoding: base64, description: P}, "
                "more: {type: array, items: {type: string, contentEncoding: base64}, optional: true}, "
                "name: {type: string, optional: true}, raw: {type: string, optional: true}}"
            ),
            "{body: '{*}', as: multipart, parts: {photo: {file: true, media_type: image/png}, more: {file: true}, raw: {media_type: text/csv}}}",
            ["AM622"],
        ),
        # JSON first, whatever comes first
        (
            "{text/plain: {}, multipart/form-data: {schema: {type: object}}, application/json: {schema: {type: array}}}",
            "{body: {type: array}}",
            "{body: '{body}'}",
            ["AM622"],
        ),
        (
            "{application/json-patch+json: {schema: {type: array}}, application/merge-patch+json: {schema: {type: array}}}",
            "{body: {type: array}}",
            "{body: '{body}', as: application/merge-patch+json}",
            ["AM622"],
        ),
    ],
)
def test_media_types(content: str, params: str, http: str, lost: list[str]) -> None:
    assert sent(f"required: true, content: {content}") == (
        yaml.safe_load(params),
        {"post": "/x", **yaml.safe_load(http)},
        lost,
    )


def test_files_of_3_1_are_told_by_their_media_type() -> None:
    body = "required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {contentMediaType: image/png}, b: {type: string, contentMediaType: image/png, contentEncoding: base64}}}}}"
    _, http, _ = sent(body, version="3.1.0")
    assert http["parts"] == {"a": {"file": True, "media_type": "image/png"}}


def answered(responses: str, method: str = "get", components: str = "") -> tuple[Any, list[str]]:
    """The members of an operation that say what it answers."""
    found = imported(document(f"/x: {{{method}: {{responses: {{{responses}}}}}}}", components))
    one = operation(found.spec)
    http = {key: value for key, value in one["run"]["http"].items() if key != method}
    kept = {key: one[key] for key in ("returns", "content") if key in one}
    return {**kept, **http}, codes(found)


TEXT = "content: {application/json: {schema: {type: array}}}"


@pytest.mark.parametrize(
    ("responses", "wanted", "lost"),
    [
        (f"'200': {{description: x, {TEXT}}}", "{returns: {type: array}}", []),
        ("'200': {description: x}", "{}", []),
        ("'204': {description: x}", "{}", []),
        (f"default: {{description: x, {TEXT}}}", "{returns: {type: array}}", []),
        (f"'2XX': {{description: x, {TEXT}}}", "{returns: {type: array}}", []),
        (f"2xx: {{description: x, {TEXT}}}", "{returns: {type: array}}", []),
        (
            f"'302': {{description: x}}, '200': {{description: x, {TEXT}}}",
            "{returns: {type: array}}",
            ["AM623"],
        ),
        (
            f"'200': {{description: x, {TEXT}}}, '204': {{description: x}}",
            "{returns: {type: [array, 'null']}}",
            [],
        ),
        (
            f"'200': {{description: x, {TEXT}}}, '201': {{description: x, {TEXT}}}",
            "{returns: {type: array}}",
            [],
        ),
        (
            f"'200': {{description: x, {TEXT}}}, '202': {{description: x, content: {{application/json: {{schema: {{type: object}}}}}}}}",
            "{returns: {anyOf: [{type: array}, {type: object}]}}",
            [],
        ),
        ("'200': {description: x, content: {application/json: {}}}", "{returns: {}}", []),
        # a text in JSON is not the text itself
        (
            "'200': {description: x, content: {application/json: {schema: {type: string}}}}",
            "{returns: {type: string}, answer: json}",
            [],
        ),
        (
            "'200': {description: x, content: {text/csv: {schema: {type: string}}}}",
            "{returns: {type: string}, headers: {Accept: text/csv}}",
            [],
        ),
        (
            "'200': {description: x, content: {image/png: {}}}",
            "{content: [image], headers: {Accept: image/png}}",
            [],
        ),
        ("'200': {description: x, content: {audio/*: {}}}", "{content: [audio]}", []),
        (
            "'200': {description: x, content: {application/pdf: {schema: {type: string, format: binary}}}}",
            "{returns: {type: string, contentEncoding: base64, contentMediaType: application/pdf}, headers: {Accept: application/pdf}, answer: bytes}",
            [],
        ),
        (
            "'200': {description: x, content: {application/vnd.shop.v1+json: {schema: {type: array}}}}",
            "{returns: {type: array}, headers: {Accept: application/vnd.shop.v1+json}}",
            [],
        ),
        (
            "'200': {description: x, content: {text/html: {}, application/json: {schema: {type: array}}}}",
            "{returns: {type: array}}",
            ["AM622"],
        ),
        (
            "'200': {description: x, content: {text/event-stream: {}}}",
            "{returns: {type: string}, headers: {Accept: text/event-stream}}",
            ["AM622"],
        ),
        (
            f"'200': {{description: x, {TEXT}}}, '201': {{description: x, content: {{image/png: {{}}}}}}",
            "{returns: {type: array}}",
            ["AM623"],
        ),
        (
            f"'200': {{$ref: '#/nowhere'}}, '201': {{description: x, {TEXT}}}",
            "{returns: {type: array}}",
            ["AM603"],
        ),
        ("ok: {description: x}", "{}", ["AM602"]),
        ("'200': {description: x, headers: {Link: {schema: {type: string}}}}", "{}", ["AM626"]),
        ("'200': {description: x, links: {Next: {operationId: next}}}", "{}", ["AM626"]),
    ],
)
def test_answers(responses: str, wanted: str, lost: list[str]) -> None:
    assert answered(responses) == (yaml.safe_load(wanted), lost)


def test_head_has_no_answer() -> None:
    assert answered(f"'200': {{description: x, {TEXT}}}", "head") == ({}, [])


def failing(*responses: str, components: str = "") -> tuple[Any, list[Any]]:
    """The errors of a spec, and those of each operation by status."""
    parts = [
        f"/x{n}: {{get: {{operationId: x{n}, responses: {{{one}}}}}}}"
        for n, one in enumerate(responses)
    ]
    spec = imported(document(", ".join(parts), components)).spec
    calls = [
        one["run"]["http"].get("errors", {})
        for each in spec["groups"].values()
        for one in each["operations"].values()
    ]
    return spec.get("errors", {}), calls


def problem(schema: str = "{$ref: '#/components/schemas/Problem'}") -> str:
    return f"{{description: Told., content: {{application/json: {{schema: {schema}}}}}}}"


PROBLEM = "schemas: {Problem: {type: object, properties: {title: {type: string}}}}"


def test_errors_are_declared_once() -> None:
    errors, calls = failing(
        f"'404': {problem()}, '422': {problem()}, default: {problem()}, '200': {{description: x}}",
        f"'404': {problem()}, '429': {problem()}, 5XX: {problem()}, '200': {{description: x}}",
        components=PROBLEM,
    )
    data = {"$ref": "#/schemas/Problem"}
    assert errors == {
        "NotFound": {"description": "Told.", "data": data},
        "Unprocessable": {"description": "Told.", "data": data},
        "ApiError": {"description": "Told.", "data": data},
        "TooManyRequests": {"description": "Told.", "data": data, "retryable": True},
        "ServerError": {"description": "Told.", "data": data},
    }
    assert calls == [
        {"404": "NotFound", "422": "Unprocessable", "default": "ApiError"},
        {"404": "NotFound", "429": "TooManyRequests", "5XX": "ServerError"},
    ]


def test_errors_are_called_after_components_that_say_something() -> None:
    components = (
        "responses: {pet_is_gone: {description: Gone., content: {application/json: {schema: {type: object}}}}, "
        "ErrorResponse: {description: Bad., content: {application/json: {schema: {type: object}}}}, "
        "InternalError: {description: Oops., content: {application/json: {schema: {type: object}}}}}"
    )
    errors, calls = failing(
        "'404': {$ref: '#/components/responses/pet_is_gone'}, '400': {$ref: '#/components/responses/ErrorResponse'}, "
        "'500': {$ref: '#/components/responses/InternalError'}",
        "'410': {$ref: '#/components/responses/pet_is_gone'}",
        components=components,
    )
    assert list(errors) == ["PetIsGone", "BadRequest", "ServerError"]
    assert calls == [
        {"404": "PetIsGone", "400": "BadRequest", "500": "ServerError"},
        {"410": "PetIsGone"},
    ]


def test_errors_that_carry_something_else_have_another_name() -> None:
    errors, calls = failing(
        f"'404': {problem()}",
        f"""'404': {problem("{$ref: '#/components/schemas/Missing'}")}""",
        components="schemas: {Problem: {type: object}, Missing: {type: object, properties: {id: {}}}, NotFoundMissing: {type: string}}",
    )
    assert list(errors) == ["NotFound", "NotFoundMissing"]
    assert calls == [{"404": "NotFound"}, {"404": "NotFoundMissing"}]


def test_errors_of_many_shapes_say_what_all_have() -> None:
    shapes = [
        "{type: object, required: [ok, a], properties: {ok: {type: boolean}, error: {enum: [a]}, a: {}}}",
        "{type: object, required: [ok], properties: {ok: {type: boolean}, error: {enum: [b]}}}",
        "{type: object, required: [ok], properties: {ok: {type: boolean}, error: {enum: [c]}, c: {}}}",
    ]
    ok = "'200': {description: x}"
    errors, calls = failing(*(f"{ok}, default: {problem(shape)}" for shape in shapes))
    assert errors["ApiError"]["data"] == {
        "type": "object",
        "properties": {"ok": {"type": "boolean"}, "error": {}},
        "required": ["ok"],
    }
    assert calls == [{"default": "ApiError"}] * 3


@pytest.mark.parametrize(
    ("response", "wanted"),
    [
        ("'404': {description: No.}", {"NotFound": {"description": "No."}}),
        ("'404': {}", {"NotFound": {"description": "There is no such thing."}}),
        ("'401': {description: Who?}", {}),
        ("'500': {description: Oops.}", {}),
        (f"'400': {problem('{type: string}')}", {"BadRequest": {"description": "Told."}}),
        (
            f"'418': {problem('{type: object}')}",
            {"Status418": {"description": "Told.", "data": {"type": "object"}}},
        ),
        (
            f"'400': {problem('{properties: {a: {}}}')}",
            {
                "BadRequest": {
                    "description": "Told.",
                    "data": {"type": "object", "properties": {"a": {}}},
                }
            },
        ),
        (
            f"'400': {problem('{type: object, nullable: true}')}",
            {"BadRequest": {"description": "Told."}},
        ),
    ],
)
def test_errors(response: str, wanted: Any) -> None:
    assert failing(response)[0] == wanted


def test_errors_are_not_called_like_schemas() -> None:
    errors, calls = failing(
        f"'404': {problem()}, '409': {problem()}",
        components="schemas: {Problem: {$ref: '#/components/schemas/NotFound'}, NotFound: {type: object, properties: {a: {$ref: '#/components/schemas/ConflictData'}}}, ConflictData: {}}",
    )
    assert list(errors) == ["NotFoundError", "ConflictError"]
    assert calls == [{"404": "NotFoundError", "409": "ConflictError"}]
