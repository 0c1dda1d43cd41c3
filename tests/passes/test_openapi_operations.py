"""Operations of OpenAPI: what they are called, what they take and send, what they give back."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from automcp.importers.openapi import Selection
from automcp.text.report import Report

from .openapi import OK, codes, document, imported, operation


def request(parameters: str, path: str = "/x", method: str = "get", version: str = "3.0.3") -> Any:
    """The parameters and the HTTP request of one operation, and what was lost."""
    found = imported(
        document(f"{path!r}: {{{method}: {{parameters: [{parameters}], {OK}}}}}", version=version)
    )
    one = operation(found.spec)
    return one.get("params", {}), one["run"]["http"], codes(found)


@pytest.mark.parametrize(
    ("parameter", "params", "http"),
    [
        (
            "{name: a, in: query, schema: {type: string}}",
            "{a: {type: string, optional: true}}",
            "{query: {a: '{a}'}}",
        ),
        (
            "{name: a, in: query, required: true, description: d, schema: {type: integer}}",
            "{a: {type: integer, description: d}}",
            "{query: {a: '{a}'}}",
        ),
        # What was not sent is not sent: the API knows its own defaults.
        (
            "{name: a, in: query, schema: {type: integer, default: 20}}",
            "{a: {type: integer, description: 'Default: `20`.', optional: true}}",
            "{query: {a: '{a}'}}",
        ),
        (
            "{name: a, in: query, description: 'By default, all.', schema: {type: string, default: all}}",
            "{a: {type: string, description: 'By default, all.', optional: true}}",
            "{query: {a: '{a}'}}",
        ),
        (
            "{name: a, in: query, deprecated: true, example: x, schema: {type: string}}",
            "{a: {type: string, examples: [x], optional: true, deprecated: true}}",
            "{query: {a: '{a}'}}",
        ),
        (
            "{name: a, in: query, examples: {one: {value: x}, two: {externalValue: 'http://x'}}, schema: {type: string}}",
            "{a: {type: string, examples: [x], optional: true}}",
            "{query: {a: '{a}'}}",
        ),
        # styles, where they are not what goes without saying
        (
            "{name: a, in: query, explode: true, style: form, schema: {type: array, items: {type: string}}}",
            "{a: {type: array, items: {type: string}, optional: true}}",
            "{query: {a: '{a}'}}",
        ),
        (
            "{name: a, in: query, explode: false, schema: {type: array, items: {type: string}}}",
            "{a: {type: array, items: {type: string}, optional: true}}",
            "{query: {a: {value: '{a}', explode: false}}}",
        ),
        (
            "{name: a, in: query, explode: false, schema: {type: string}}",
            "{a: {type: string, optional: true}}",
            "{query: {a: '{a}'}}",
        ),
        (
            "{name: a, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}",
            "{a: {type: array, items: {type: string}, optional: true}}",
            "{query: {a: {value: '{a}', style: pipeDelimited}}}",
        ),
        (
            "{name: a, in: query, style: deepObject, explode: true, schema: {type: object}}",
            "{a: {type: object, optional: true}}",
            "{query: {a: {value: '{a}', style: deepObject}}}",
        ),
        (
            "{name: a, in: query, allowReserved: true, schema: {type: string}}",
            "{a: {type: string, optional: true}}",
            "{query: {a: {value: '{a}', reserved: true}}}",
        ),
        (
            "{name: a, in: query, content: {application/json: {schema: {type: object}}}}",
            "{a: {type: object, optional: true}}",
            "{query: {a: {value: '{a}', style: json}}}",
        ),
        (
            "{name: X-A, in: header, schema: {type: string}}",
            "{X-A: {type: string, optional: true}}",
            "{headers: {X-A: '{X-A}'}}",
        ),
        (
            "{name: a, in: cookie, schema: {type: string}}",
            "{a: {type: string, optional: true}}",
            "{cookies: {a: '{a}'}}",
        ),
        # Only one value is possible: nobody has to say it.
        (
            "{name: version, in: query, required: true, schema: {type: string, enum: ['2{x}']}}",
            "{}",
            "{query: {version: '2{{x}}'}}",
        ),
        (
            "{name: X-V, in: header, required: true, schema: {type: integer, enum: [2]}}",
            "{}",
            "{headers: {X-V: 2}}",
        ),
        # OpenAPI describes these elsewhere.
        ("{name: Accept, in: header, schema: {type: string}}", "{}", "{}"),
        ("{name: content-type, in: header, required: true, schema: {type: string}}", "{}", "{}"),
        ("{name: Authorization, in: header, schema: {type: string}}", "{}", "{}"),
        # Some model APIs refuse other names.
        (
            "{name: 'filter[kind]', in: query, schema: {type: string}}",
            "{filter_kind: {type: string, optional: true}}",
            "{query: {'filter[kind]': '{filter_kind}'}}",
        ),
        (
            "{name: '$top', in: query, schema: {type: integer}}",
            "{top: {type: integer, optional: true}}",
            "{query: {$top: '{top}'}}",
        ),
        (
            "{name: settings.token, in: query, schema: {type: string}}",
            "{token: {type: string, optional: true}}",
            "{query: {settings.token: '{token}'}}",
        ),
        (
            "{name: größe, in: query, schema: {type: string}}",
            "{grosse: {type: string, optional: true}}",
            "{query: {größe: '{grosse}'}}",
        ),
        (
            "{name: 大きさ, in: query, schema: {type: string}}",
            "{value: {type: string, optional: true}}",
            "{query: {大きさ: '{value}'}}",
        ),
    ],
)
def test_parameter(parameter: str, params: str, http: str) -> None:
    taken, sent, lost = request(parameter)
    assert taken == yaml.safe_load(params)
    assert sent == {"get": "/x", **yaml.safe_load(http)}
    assert lost == []


@pytest.mark.parametrize(
    ("parameter", "style"),
    [
        ("{name: a, in: path, required: true, schema: {type: string}}", None),
        ("{name: a, in: path, required: true, style: simple, schema: {type: array}}", None),
        (
            "{name: a, in: path, required: true, explode: true, schema: {type: array}}",
            {"explode": True},
        ),
        (
            "{name: a, in: path, required: true, style: label, schema: {type: string}}",
            {"style": "label"},
        ),
        (
            "{name: a, in: path, style: matrix, explode: true, schema: {type: object}}",
            {"style": "matrix", "explode": True},
        ),
        (
            "{name: a, in: path, content: {application/json: {schema: {type: object}}}}",
            {"style": "json"},
        ),
    ],
)
def test_path_parameter(parameter: str, style: Any) -> None:
    taken, sent, lost = request(parameter, "/x/{a}")
    assert "optional" not in taken["a"]
    assert sent == {"get": "/x/{a}", **({"path": {"a": style}} if style else {})}
    assert lost == []


def test_one_name_in_several_places() -> None:
    taken, sent, _ = request(
        "{name: id, in: query, schema: {type: string}}, {name: id, in: path, schema: {type: integer}}, "
        "{name: ID, in: header, schema: {type: string}}, {name: i-d, in: cookie, schema: {type: string}}",
        "/x/{id}",
    )
    assert list(taken) == ["id", "id_query", "ID_header", "i-d"]
    assert sent == {
        "get": "/x/{id}",
        "query": {"id": "{id_query}"},
        "headers": {"ID": "{ID_header}"},
        "cookies": {"i-d": "{i-d}"},
    }


@pytest.mark.parametrize(
    ("path", "parameters", "sent", "lost"),
    [
        ("/a/{b}", "", "/a/{b}", ["AM621"]),
        ("/a", "{name: b, in: path, schema: {type: string}}", "/a", ["AM621"]),
        ("/a/{b-c}/{d:e}", "{name: b-c, in: path}, {name: 'd:e', in: path}", "/a/{b-c}/{d_e}", []),
        ("/a/{b}.{c}", "{name: b, in: path}, {name: c, in: path}", "/a/{b}.{c}", []),
        ("/a/{}/}{", "", "/a/{{}}/}}{{", []),
        ("/a b/ü", "", "/a b/ü", []),
        ("/a#b", "", "/a", ["AM621"]),
    ],
)
def test_paths(path: str, parameters: str, sent: str, lost: list[str]) -> None:
    _, http, found = request(parameters, path)
    assert http == {"get": sent}
    assert found == lost


def test_a_query_in_the_path() -> None:
    taken, http, _ = request("{name: id, in: path}", "/a?action=get{x}&id={id}&flag")
    assert taken == {"id": {"type": "string"}}
    assert http == {
        "get": "/a",
        "query": {"action": "get{{x}}", "id": "{id}", "flag": ""},
    }


def test_the_query_as_a_whole() -> None:
    """OpenAPI 3.2."""
    whole = "content: {application/x-www-form-urlencoded: {schema: {type: object}}}"
    taken, http, lost = request(f"{{name: q, in: querystring, {whole}}}", version="3.2.0")
    assert (taken, http, lost) == (
        {"q": {"type": "object", "optional": True}},
        {"get": "/x", "query": {"q": "{q}"}},
        [],
    )


@pytest.mark.parametrize(
    ("paths", "why"),
    [
        ("/x: {get: {parameters: [{$ref: '#/nowhere'}]}}", "a parameter cannot be found"),
        ("/x: {get: {parameters: [{name: a}]}}", "is no parameter"),
        ("/x: {get: {parameters: [{name: 'a b', in: header}]}}", "cannot be the name of a header"),
        (
            "/x: {post: {requestBody: {$ref: 'https://example.com/x.yaml'}}}",
            "its body cannot be found",
        ),
        ("/x: {post: {requestBody: {content: {multipart/mixed: {}}}}}", "cannot be sent"),
        # Methods of OpenAPI have a key of their own, others are sent in capitals, and CONNECT is for proxies.
        ("/x: {additionalOperations: {GET: {}}}", "do not have that method"),
        ("/x: {additionalOperations: {Copy: {}}}", "do not have that method"),
        ("/x: {additionalOperations: {'a b': {}}}", "do not have that method"),
        ("/x: {additionalOperations: {CONNECT: {}}}", "do not have that method"),
        ("/x: {additionalOperations: {COPY: {$ref: '#/nowhere'}}}", "COPY /x is left out"),
        ("/x: {$ref: '#/nowhere'}", "there is nothing at"),
        ("/a/../b: {get: {responses: {}}}", "cannot be appended"),
        ('"/a\\u0007": {get: {responses: {}}}', "cannot be appended"),
    ],
)
def test_operations_are_left_out_with_a_reason(paths: str, why: str) -> None:
    found = imported(
        document(f"/ok: {{get: {{}}}}, {paths}".replace("{get: {}}", f"{{get: {{{OK}}}}}"))
    )
    (loss,) = found.losses
    assert loss.code == "AM604"
    assert why in loss.message
    assert found.operations == 1


def test_parameters_of_the_path_and_references_everywhere() -> None:
    found = imported(
        document(
            "'/x/{id}': {$ref: '#/components/pathItems/X', summary: The X.}",
            "pathItems: {X: {parameters: [{$ref: '#/components/parameters/Id'}, {name: a, in: query, schema: {type: string}}], "
            "put: {parameters: [{name: a, in: query, required: true, schema: {type: integer}}], "
            "requestBody: {$ref: '#/components/requestBodies/B'}, responses: {'200': {$ref: '#/components/responses/R', description: Other.}}}}}, "
            "parameters: {Id: {name: id, in: path, required: true, schema: {type: string}}}, "
            "requestBodies: {B: {$ref: '#/components/requestBodies/C'}, C: {content: {text/plain: {schema: {type: string}}}}}, "
            "responses: {R: {description: Fine., content: {application/json: {schema: {type: array, items: {type: string}}}}}}",
            version="3.1.0",
        )
    )
    assert operation(found.spec) == {
        "description": "The X.",
        "params": {
            "id": {"type": "string"},
            "a": {"type": "integer"},
            "body": {"type": "string", "optional": True},
        },
        "returns": {"type": "array", "items": {"type": "string"}},
        "idempotent": True,
        "run": {"http": {"put": "/x/{id}", "query": {"a": "{a}"}, "body": "{body}", "as": "text"}},
    }
    assert codes(found) == []


@pytest.mark.parametrize(
    ("item", "name", "line", "effect"),
    [
        ("query: {%s}", "query", "QUERY /x/{id}", "reads"),
        ("additionalOperations: {COPY: {%s}}", "copy", "COPY /x/{id}", None),
        ("additionalOperations: {M-SEARCH: {%s}}", "m_search", "M-SEARCH /x/{id}", None),
        (
            "additionalOperations: {COPY: {operationId: copyTo, %s}}",
            "copy_to",
            "COPY /x/{id}",
            None,
        ),
    ],
)
def test_methods_of_3_2(item: str, name: str, line: str, effect: str | None) -> None:
    body = "requestBody: {content: {text/plain: {}}}"
    said = f"parameters: [{{name: id, in: path, schema: {{type: string}}}}], {body}, {OK}"
    found = imported(document(f"'/x/{{id}}': {{{item % said}}}", version="3.2.0"))
    one = operation(found.spec, "x", name)
    assert one["run"]["http"] == {"request": line, "body": "{body}", "as": "text"}
    assert (one.get("effect"), codes(found)) == (effect, [])


@pytest.mark.parametrize("pattern", ["query", "QUERY", "QUERY /x/*", "COPY", "COPY /x/**", "/x/1"])
def test_other_methods_are_selected_like_any(pattern: str) -> None:
    item = f"query: {{{OK}}}, additionalOperations: {{COPY: {{{OK}}}}}"
    text = document(f"/x/1: {{{item}}}, /x/2: {{get: {{{OK}}}}}", version="3.2.0")
    found = imported(text, selection=Selection((pattern,)))
    assert found.operations == (2 if pattern.startswith("/") else 1)


@pytest.mark.parametrize(
    ("method", "effect"),
    [
        ("get", {"effect": "reads"}),
        ("head", {"effect": "reads"}),
        ("options", {"effect": "reads"}),
        ("trace", {"effect": "reads"}),
        ("post", {}),
        ("patch", {}),
        ("put", {"idempotent": True}),
        ("delete", {"effect": "destroys", "idempotent": True}),
    ],
)
def test_effects(method: str, effect: Any) -> None:
    one = operation(imported(document(f"/x: {{{method}: {{{OK}}}}}")).spec)
    assert {key: one[key] for key in ("effect", "idempotent") if key in one} == effect


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("", {"description": "GET /x"}),
        ("summary: All of it,", {"description": "All of it"}),
        ("description: All of it.,", {"description": "All of it."}),
        ("summary: All, description: All of it.,", {"title": "All", "description": "All of it."}),
        ("summary: All, description: All,", {"description": "All"}),
        ("deprecated: true, summary: All,", {"description": "Deprecated. All"}),
    ],
)
def test_texts(said: str, wanted: Any) -> None:
    one = operation(imported(document(f"/x: {{get: {{{said} {OK}}}}}")).spec)
    assert {key: one[key] for key in ("title", "description") if key in one} == wanted


def tools(paths: str, more: str = "") -> list[str]:
    spec = imported(document(paths, more=more)).spec
    return [f"{key}.{one}" for key, each in spec["groups"].items() for one in each["operations"]]


@pytest.mark.parametrize(
    ("path", "method", "said", "wanted"),
    [
        ("/pets", "get", "tags: [pets], operationId: listPets", "pets.list"),
        ("/pets", "get", "tags: [pets], operationId: pets_list_pets", "pets.list"),
        ("/orders", "post", "tags: [Orders], operationId: Orders_placeOrder", "orders.place"),
        ("/orders", "get", "tags: [Orders], operationId: Orders_getOrder", "orders.get"),
        (
            "/a",
            "get",
            "tags: [actions], operationId: actions/get-allowed-actions",
            "actions.get_allowed_actions",
        ),
        (
            "/k",
            "get",
            "tags: [users], operationId: users/list-keys-for-user",
            "users.list_keys_for_user",
        ),
        (
            "/t",
            "get",
            "tags: [albums], operationId: get-an-albums-tracks",
            "albums.get_an_albums_tracks",
        ),
        # which service and which version it is goes without saying
        ("/pets", "get", "tags: [pets], operationId: v1ListPets", "pets.list"),
        ("/pets", "get", "tags: [pets], operationId: shop.v2.pets.list", "pets.list"),
        ("/pets", "get", "tags: [Shop, pets], operationId: listPets", "pets.list"),
        ("/pets", "get", "tags: [default], operationId: listPets", "pets.list"),
        ("/pets", "get", "tags: [Pets], operationId: pets/list", "pets.list"),
        ("/pets/{id}", "get", "tags: [pets], operationId: getPetById", "pets.get_by_id"),
        ("/pets/{id}", "get", "tags: [pet], operationId: get_pet", "pet.get"),
        ("/pets", "get", "tags: [pets], operationId: pets", "pets.get"),
        ("/pets", "get", "tags: [pets], operationId: PetsController_findAll", "pets.find_all"),
        (
            "/items/{item_id}",
            "get",
            "tags: [items], operationId: read_item_items__item_id__get",
            "items.read",
        ),
        ("/x", "get", "tags: [Store Orders & More], operationId: x", "store_orders_more.x"),
        ("/x", "get", "tags: [Ünïcödé], operationId: 'get»x«'", "unicode.get_x"),
        ("/users", "get", "tags: [ユーザー], operationId: 一覧", "users.list"),
        ("/ユーザー", "get", "tags: [ユーザー]", "api.get"),
        ("/3d", "get", "tags: [3D Secure], operationId: 2fa", "x_3d_secure.x_2fa"),
        # without an id
        ("/pets", "get", "", "pets.list"),
        ("/pets", "post", "", "pets.create"),
        ("/pets/{id}", "get", "", "pets.get"),
        ("/pets/{id}", "put", "", "pets.replace"),
        ("/pets/{id}", "patch", "", "pets.update"),
        ("/pets/{id}", "delete", "", "pets.delete"),
        ("/pets/{id}", "head", "", "pets.check"),
        ("/pets/{id}/photos", "get", "", "pets.list_photos"),
        ("/pets/{id}/photos", "post", "", "pets.create_photo"),
        ("/pets/{id}/photos/{n}", "get", "", "pets.get_photo"),
        ("/api/v2/pets", "get", "", "pets.list"),
        ("/v1/stock", "get", "", "stock.get"),
        ("/", "get", "", "api.get"),
        ("/{id}", "get", "", "api.get"),
    ],
)
def test_names(path: str, method: str, said: str, wanted: str) -> None:
    said = f"{said}, {OK}" if said else OK
    assert tools(f"{path!r}: {{{method}: {{{said}}}}}") == [wanted]


def test_names_that_are_there_twice() -> None:
    paths = ", ".join(
        f"/a{n}: {{get: {{tags: [a], operationId: {name}, {OK}}}}}"
        for n, name in enumerate(("getX", "get_x", "get-X", "listPets", "pets/list"))
    )
    assert tools(paths) == ["a.get_x", "a.get_x_2", "a.get_x_3", "a.list_pets", "a.pets_list"]


def test_names_that_would_be_one_without_the_stutter_keep_it() -> None:
    paths = f"/a: {{get: {{tags: [pets], operationId: listPets, {OK}}}}}, /b: {{get: {{tags: [pets], operationId: list, {OK}}}}}"
    assert tools(paths) == ["pets.list_pets", "pets.list"]


def test_names_do_not_start_with_the_number_behind_a_stutter() -> None:
    paths = ", ".join(
        f"/{n}: {{get: {{tags: [search], operationId: search{n}, {OK}}}}}" for n in ("", "-1", "-2")
    )
    assert tools(paths) == ["search.get", "search.search_1", "search.search_2"]
    paths = ", ".join(f"/a{n}: {{get: {{operationId: call-{n}, {OK}}}}}" for n in (1, 2))
    assert tools(paths) == ["a1.call_1", "a2.call_2"]


def test_names_of_tools_have_room_for_64_letters() -> None:
    long = "get" + "".join(f"Word{n}" for n in range(30))
    found = imported(
        document(
            f"/a: {{get: {{tags: [{'group' * 12}], operationId: {long}, {OK}}}, post: {{tags: [{'group' * 12}], operationId: {long}X, {OK}}}}}"
        )
    )
    ((group, each),) = found.spec["groups"].items()
    assert all(len(f"{group}_{name}") <= 64 for name in each["operations"])
    assert len(each["operations"]) == 2
    assert set(codes(found)) == {"AM620"}


def test_names_do_not_depend_on_what_is_imported() -> None:
    paths = f"/a: {{get: {{tags: [p], operationId: getX, {OK}}}}}, /b: {{get: {{tags: [p], operationId: get_x, {OK}}}}}"
    spec = imported(document(paths), selection=Selection(include=("/b",))).spec
    assert list(spec["groups"]["p"]["operations"]) == ["get_x_2"]


OPERATIONS = (
    "/orders: {{get: {{tags: [Orders], operationId: Orders_listOrders, {OK}}}}}",
    "/orders/a: {{post: {{tags: [Orders], operationId: Orders_placeOrder, {OK}}}}}",
    "/orders/b: {{get: {{tags: [Orders], operationId: Orders_getOrder, {OK}}}}}",
    "/pets: {{get: {{tags: [Shop Pets], operationId: shop.pets.list, {OK}}}}}",
    "/x: {{get: {{tags: [Shop], operationId: x, {OK}}}}}",
    "/y: {{get: {{operationId: drive.files.list, {OK}}}}}",
    "/v1/z: {{get: {{{OK}}}}}",
)


@pytest.mark.parametrize("missing", range(len(OPERATIONS)))
def test_names_do_not_depend_on_what_else_there_is(missing: int) -> None:
    written = [one.format(OK=OK) for one in OPERATIONS]
    every = tools(", ".join(written))
    assert every == ["orders.list", "orders.place", "orders.get", "shop_pets.pets_list", "x.get", "y.drive_files_list", "z.get"]  # fmt: skip
    rest = tools(", ".join(one for at, one in enumerate(written) if at != missing))
    assert rest == [one for at, one in enumerate(every) if at != missing]
    assert tools(written[missing]) == [every[missing]]


def test_groups_say_what_the_tags_say() -> None:
    more = "tags: [{name: Store Orders, description: What was bought.}]"
    spec = imported(
        document(f"/x: {{get: {{tags: [Store Orders], operationId: a, {OK}}}}}", more=more)
    ).spec
    group = spec["groups"]["store_orders"]
    assert (group["title"], group["description"]) == ("Store Orders", "What was bought.")


@pytest.mark.parametrize(
    ("include", "exclude", "wanted"),
    [
        ((), (), "abcd"),
        (("tag:pets",), (), "ab"),
        (("tag:P*",), ("GET",), "b"),
        (("/pets",), (), "ab"),
        (("/pets/**",), (), "abc"),
        (("/*",), (), "abd"),
        (("/**",), ("/pets/*",), "abd"),
        (("GET /**",), (), "acd"),
        (("post",), (), "b"),
        (("a", "D"), (), "ad"),
        ((), ("tag:*",), "cd"),
    ],
)
def test_selection(include: tuple[str, ...], exclude: tuple[str, ...], wanted: str) -> None:
    report = Report()
    text = document(
        f"/pets: {{get: {{tags: [Pets], operationId: a, {OK}}}, post: {{tags: [pets], operationId: b, {OK}}}}}, "
        f"'/pets/{{id}}': {{get: {{operationId: c, parameters: [{{name: id, in: path}}], {OK}}}}}, /orders: {{get: {{operationId: d, {OK}}}}}"
    )
    found = imported(text, selection=Selection(include, exclude), report=report)
    names = [name for each in found.spec["groups"].values() for name in each["operations"]]
    assert "".join(sorted(names)) == wanted
    assert found.operations + found.skipped == 4
    assert list(report) == []


@pytest.mark.parametrize(
    ("pattern", "help"),
    [
        ("tag:pet", "did you mean `pets`?"),
        ("tag:nope", 'tags are: "pets", "stores"'),
        ("/nowhere", "a pattern is `tag:NAME`"),
    ],
)
def test_a_tag_that_nothing_has_is_told_with_those_that_there_are(pattern: str, help: str) -> None:
    report = Report()
    text = document(
        f"/x: {{get: {{tags: [pets, stores], {OK}}}}}, /y: {{get: {{tags: [pets], {OK}}}}}"
    )
    imported(text, selection=Selection(exclude=(pattern,)), report=report)
    [found] = report
    assert found.help is not None
    assert found.help.startswith(help)


def test_patterns_that_fit_nothing_are_told() -> None:
    report = Report()
    imported(
        document(f"/x: {{get: {{{OK}}}}}"), selection=Selection(exclude=("tag:x",)), report=report
    )
    assert [one.code for one in report] == ["AM628"]
