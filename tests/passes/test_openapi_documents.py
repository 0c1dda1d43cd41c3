"""Whole documents: files, versions, servers, security, overlays, what is hostile or broken."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from automcp.importers.openapi import import_openapi
from automcp.text.render import render_all
from automcp.text.report import Rejected, Report
from automcp.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st

from .openapi import OK, codes, document, errors_of, imported, operation

GET = f"/x: {{get: {{{OK}}}}}"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Pet Shop", "pet-shop"),
        ("GitHub v3 REST API", "github"),
        ("The Plaid API", "plaid"),
        ("GitHub's official OpenAPI spec", "github"),
        ("API", "api"),
        ("3D Models", "models"),
        ("Größe & Gewicht", "grosse-gewicht"),
        ("ペット", "service"),
        ("", "service"),
        ("{{evil}} \\u001b[31m", "evil-31m"),
    ],
)
def test_name_of_the_service(title: str, name: str) -> None:
    text = f'openapi: 3.0.0\ninfo: {{title: "{title}", version: 1.10}}\npaths: {{{GET}}}'
    spec = imported(text).spec
    assert (spec["name"], spec["version"]) == (name, "1.10")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("openapi: 4.0.0", "nobody here knows"),
        ("openapi: 3.9.0", "nobody here knows"),
        ("swagger: '1.2'", "nobody here knows"),
        ("openapi: [3]", "nobody here knows"),
        ("info: {}", "without `openapi` or `swagger`"),
        ("- openapi", "no mapping"),
        ("automcp: 1", "without `openapi` or `swagger`"),
    ],
)
def test_what_is_no_openapi(text: str, why: str) -> None:
    with pytest.raises(Rejected) as caught:
        imported(text)
    (finding,) = caught.value.report
    assert finding.code == "AM601"
    assert why in finding.message


@pytest.mark.parametrize(
    "text", ["openapi: 3.0.0\npaths: {", '{"openapi": "3.0.0", "paths": ', "", "a: b: c"]
)
def test_half_a_document(text: str) -> None:
    with pytest.raises(Rejected):
        imported(text)


@pytest.mark.parametrize(
    "text",
    [
        "openapi: 3.0.0",
        "openapi: 3.1.0\npaths:",
        "openapi: 3.2.0\npaths: []\ncomponents: 3\ninfo: x\nservers: {}\ntags: a\nsecurity: 1",
        "openapi: 3.0.0\npaths: {/x: 3, /y: {get: 4}, y: {}, /z: {get: {parameters: 3, responses: [], requestBody: x, tags: 1, security: x}}}",
        "swagger: 2.0\npaths: {/z: {get: {parameters: [3], responses: {200: 4}}}}\ndefinitions: 7\nhost: 3",
        "openapi: 3.0.0\npaths: {/x: {get: {responses: {200: {content: {a: 3, application/json: {schema: 3}}}}}}}",
        "openapi: 3.0.0\nservers: [{url: '{'}, 3]\npaths: {/x: {get: {servers: [{url: 'https://{a}b'}]}}}",
    ],
)
def test_documents_of_wrong_types(text: str) -> None:
    """No crash, and a spec that compiles or says why not."""
    imported(text)


# Files


def test_files_beside_each_other() -> None:
    main = "openapi: 3.0.0\nservers: [{url: 'https://example.com'}]\npaths: {/x: {$ref: './paths/x.yaml'}}"
    files = {
        "docs/paths/x.yaml": "get: {parameters: [{$ref: '../common.json#/Id'}], responses: {200: {description: x, content: "
        "{application/json: {schema: {$ref: '../schemas/pet.yml'}}}}}}",
        "docs/common.json": '{"Id": {"name": "id", "in": "query", "schema": {"$ref": "schemas/pet.yml#/properties/id"}}}',
        "docs/schemas/pet.yml": "type: object\nproperties: {id: {type: integer}, mother: {$ref: '#'}, owner: {$ref: owner.yml}}",
        "docs/schemas/owner.yml": "type: object\nproperties: {pets: {type: array, items: {$ref: pet.yml}}}",
    }
    found = imported(main, files, name="docs/api.yaml", top="docs")
    assert found.spec["schemas"] == {
        "id": {"type": "integer"},
        "pet": {
            "type": "object",
            "properties": {
                "id": {"type": "integer"},
                "mother": {"$ref": "#/schemas/pet"},
                "owner": {"$ref": "#/schemas/owner"},
            },
        },
        "owner": {
            "type": "object",
            "properties": {"pets": {"type": "array", "items": {"$ref": "#/schemas/pet"}}},
        },
    }
    assert codes(found) == []


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("https://example.com/a.yaml", "nothing is fetched"),
        ("//example.com/a.yaml", "nothing is fetched"),
        ("file:///etc/passwd.yaml", "nothing is fetched"),
        ("/etc/a.yaml", "leads out"),
        ("../a.yaml", "leads out"),
        ("a/../../a.yaml", "leads out"),
        ("..\\\\a.yaml", "leads out"),
        ("%2e%2e/a.yaml", "leads out"),
        ("a.txt", "is no file that is read"),
        ("missing.yaml", "no such file"),
        ("api.yaml#/nope", "there is nothing at"),
        ("#nope", "no anchor"),
    ],
)
def test_references_that_are_not_followed(reference: str, why: str) -> None:
    files = {"docs/b.yaml": "{}", "a.yaml": "{type: string}", "etc/a.yaml": "{}"}
    schema = f'{{$ref: "{reference}"}}'
    text = document(
        f"/x: {{get: {{responses: {{200: {{description: x, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}"
    )
    found = imported(text, files, name="docs/api.yaml", top="docs")
    (loss,) = found.losses
    assert loss.code == "AM603"
    assert why in loss.message
    assert operation(found.spec)["returns"] == {}


def test_standard_input_has_no_files() -> None:
    text = document("/x: {$ref: a.yaml}")
    found = imported(text, {"a.yaml": f"get: {{{OK}}}"}, name="<stdin>", top=None)
    (loss,) = found.losses
    assert "standard input" in loss.message
    assert (
        imported(text, {"docs/a.yaml": f"get: {{{OK}}}"}, name="<stdin>", top="docs").operations
        == 1
    )


# Servers


def api(more: str = "", paths: str = GET) -> Any:
    return imported(
        f"openapi: 3.0.0\ninfo: {{title: Shop, version: '1'}}\n{more}\npaths: {{{paths}}}"
    )


@pytest.mark.parametrize(
    ("servers", "url", "settings", "lost"),
    [
        (
            "[{url: 'https://api.example.com/v1/'}]",
            "{settings.base_url}",
            {
                "base_url": {
                    "type": "string",
                    "default": "https://api.example.com/v1",
                    "description": "Where the API is.",
                }
            },
            [],
        ),
        (
            "[{url: 'https://{region}.example.com:{port}/v1', variables: {region: {enum: [eu, us], default: eu, description: Where.}, port: {default: '8443'}}}]",
            "https://{settings.region}.example.com:{settings.port}/v1",
            {
                "region": {
                    "type": "string",
                    "enum": ["eu", "us"],
                    "default": "eu",
                    "description": "Where.",
                },
                "port": {"type": "string", "default": "8443"},
            },
            [],
        ),
        (
            "[{url: 'https://{tenant}.example.com', variables: {tenant: {default: '{your-tenant}'}}}]",
            "https://{settings.tenant}.example.com",
            {"tenant": {"type": "string"}},
            [],
        ),
    ],
)
def test_servers(servers: str, url: str, settings: Any, lost: list[str]) -> None:
    found = api(f"servers: {servers}")
    assert found.spec["backends"]["api"]["http"]["url"] == url
    assert found.spec["settings"] == settings
    assert codes(found) == lost


@pytest.mark.parametrize(
    ("servers", "url"),
    [
        ("", "{settings.base_url}"),
        ("servers: [{url: /v1/}]", "{settings.base_url}/v1"),
        ("servers: [{url: 'https://user@example.com'}]", "{settings.base_url}"),
        ("servers: [{url: 'https://example.com/?a=b'}]", "{settings.base_url}"),
        ("servers: [{url: 'javascript:alert(1)'}]", "{settings.base_url}"),
    ],
)
def test_servers_without_a_host_have_to_be_set(servers: str, url: str) -> None:
    found = api(servers)
    assert found.spec["backends"]["api"]["http"]["url"] == url
    assert "default" not in found.spec["settings"]["base_url"]
    assert codes(found) == ["AM625"]


def test_other_servers_are_told() -> None:
    found = api("servers: [{url: 'https://a.example.com'}, {url: 'https://b.example.com'}]")
    assert codes(found) == ["AM625"]


def test_operations_on_other_servers() -> None:
    found = api(
        "servers: [{url: 'https://api.example.com'}]",
        f"{GET}, /up: {{servers: [{{url: 'https://uploads.example.com'}}], post: {{{OK}}}, put: {{servers: [{{url: 'https://api.example.com'}}], {OK}}}}}",
    )
    backends = {key: one["http"]["url"] for key, one in found.spec["backends"].items()}
    assert backends == {"api": "{settings.base_url}", "uploads": "{settings.uploads_url}"}
    calls = [
        one["run"]["http"]["backend"]
        for each in found.spec["groups"].values()
        for one in each["operations"].values()
    ]
    assert calls == ["api", "uploads", "api"]


# Security


def secured(schemes: str, security: str = "", *operations: str) -> Any:
    """The settings, the backend, and the `auth` of each operation, and what was lost."""
    listed = operations or ("",)
    paths = ", ".join(
        f"/x{n}: {{get: {{{one + ', ' if one else ''}{OK}}}}}" for n, one in enumerate(listed)
    )
    more = f"security: {security}" if security else ""
    found = imported(document(paths, f"securitySchemes: {{{schemes}}}", more=more))
    http = found.spec["backends"]["api"]["http"]
    calls = [
        one["run"]["http"].get("auth")
        for each in found.spec["groups"].values()
        for one in each["operations"].values()
    ]
    settings = {key: one for key, one in found.spec["settings"].items() if key != "base_url"}
    return settings, http.get("auth"), http.get("use"), calls, codes(found)


@pytest.mark.parametrize(
    ("scheme", "names", "wanted", "lost"),
    [
        ("{type: http, scheme: bearer}", ["token"], {"bearer": "{settings.token}"}, []),
        ("{type: http, scheme: Bearer}", ["token"], {"bearer": "{settings.token}"}, []),
        (
            "{type: http, scheme: basic}",
            ["user", "password"],
            {"basic": {"user": "{settings.user}", "password": "{settings.password}"}},
            [],
        ),
        (
            "{type: apiKey, in: header, name: X-Key}",
            ["api_key"],
            {"key": "{settings.api_key}", "header": "X-Key"},
            [],
        ),
        (
            "{type: apiKey, in: query, name: key}",
            ["api_key"],
            {"key": "{settings.api_key}", "query": "key"},
            [],
        ),
        (
            "{type: apiKey, in: cookie, name: sid}",
            ["api_key"],
            {"key": "{settings.api_key}", "cookie": "sid"},
            [],
        ),
        (
            "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}}",
            ["client_id", "client_secret"],
            {
                "oauth": {
                    "token_url": "https://example.com/token",
                    "client_id": "{settings.client_id}",
                    "client_secret": "{settings.client_secret}",
                    "scopes": ["read"],
                }
            },
            [],
        ),
        (
            "{type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://x', tokenUrl: 'https://y', scopes: {}}}}",
            ["token"],
            {"bearer": "{settings.token}"},
            ["AM624"],
        ),
        (
            "{type: openIdConnect, openIdConnectUrl: 'https://x'}",
            ["token"],
            {"bearer": "{settings.token}"},
            ["AM624"],
        ),
        ("{type: mutualTLS}", [], None, ["AM624"]),
        ("{type: http, scheme: digest}", [], None, ["AM624"]),
        ("{type: apiKey, in: body, name: x}", [], None, ["AM624"]),
        ("{type: apiKey, in: header, name: 'a b'}", [], None, ["AM624"]),
    ],
)
def test_schemes(scheme: str, names: list[str], wanted: Any, lost: list[str]) -> None:
    settings, auth, use, calls, losses = secured(f"Auth: {scheme}", "[{Auth: [read]}]")
    assert list(settings) == names
    assert auth == ({"auth": wanted} if wanted else None)
    assert (use, calls, losses) == (None, [None], lost)
    assert all(one["optional"] for one in settings.values())
    assert [key for key, one in settings.items() if one.get("secret")] == [
        name for name in names if name not in ("user", "client_id")
    ]


TWO = "token: {type: http, scheme: bearer}, key: {type: apiKey, in: header, name: X-Key}"


_SECURITY: list[tuple[str, list[str], Any, Any]] = [
    ("[{token: []}, {key: []}]", [""], None, [None]),
    ("[{key: []}, {token: []}]", [""], None, [None]),
    ("[{token: [], key: []}]", [""], [["token", "key"]], [None]),
    ("[{token: []}, {}]", ["security: [{key: []}]"], None, [None]),
    ("[{token: []}]", ["", "", "security: []"], None, [None, None, []]),
    ("[{token: []}]", ["", "", "security: [{key: []}]"], ["token"], [None, None, ["key"]]),
    ("[{token: []}]", ["", "", "security: [{}]"], None, [None, None, [[]]]),
    # No rule for all: the most frequent one is written once.
    ("", ["security: [{token: []}]", "security: [{token: []}]", ""], None, [None, None, []]),
    # Schemes that nothing uses are offered.
    ("", ["", ""], ["token", "key", []], [None, None]),
]


@pytest.mark.parametrize(("security", "operations", "use", "calls"), _SECURITY)
def test_security(security: str, operations: list[str], use: Any, calls: Any) -> None:
    _, _, used, found, lost = secured(TWO, security, *operations)
    assert (used, found, lost) == (use, calls, [])


def test_an_alternative_that_cannot_be_used_is_left_out() -> None:
    schemes = f"{TWO}, tls: {{type: mutualTLS}}"
    _, auth, _, calls, lost = secured(
        schemes, "[{tls: []}, {token: []}, {tls: [], key: []}, {nope: []}]"
    )
    assert list(auth) == ["token"]
    assert (calls, sorted(lost)) == ([None], ["AM624", "AM624"])


def test_keys_that_are_listed_as_parameters_too_are_sent_once() -> None:
    """Callers are not asked for the service's secrets."""
    parameters = "parameters: [{name: x-key, in: header, schema: {type: string}}, {name: q, in: query, schema: {type: string}}]"
    found = imported(
        document(
            f"/x: {{get: {{{parameters}, {OK}}}, put: {{security: [], {parameters}, {OK}}}}}",
            "securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}",
            more="security: [{key: []}]",
        )
    )
    taken = [
        list(one["params"])
        for each in found.spec["groups"].values()
        for one in each["operations"].values()
    ]
    assert taken == [["q"], ["x-key", "q"]]


def test_settings_of_several_schemes_of_a_kind() -> None:
    schemes = "UserAuth: {type: http, scheme: bearer}, AdminAuth: {type: http, scheme: bearer}, BotToken: {type: apiKey, in: header, name: Authorization}"
    settings, _, _, _, _ = secured(schemes, "[{UserAuth: []}, {AdminAuth: []}, {BotToken: []}]")
    assert list(settings) == ["token", "admin_token", "bot_token"]


# Swagger 2.0


def swagger(paths: str, more: str = "") -> Any:
    return imported(
        f"swagger: '2.0'\ninfo: {{title: Shop, version: '1'}}\nhost: example.com\nbasePath: /v1\n{more}\npaths: {{{paths}}}"
    )


@pytest.mark.parametrize(
    ("more", "url"),
    [
        ("", "https://example.com/v1"),
        ("schemes: [http, https]", "https://example.com/v1"),
        ("schemes: [http]", "http://example.com/v1"),
    ],
)
def test_swagger_hosts(more: str, url: str) -> None:
    assert swagger(GET, more).spec["settings"]["base_url"]["default"] == url


def test_swagger_parameters() -> None:
    found = swagger(
        "'/x/{id}': {get: {parameters: [{name: id, in: path, required: true, type: integer, format: int64}, "
        "{name: a, in: query, type: array, items: {type: string}}, {name: b, in: query, type: array, items: {type: string}, collectionFormat: multi}, "
        "{name: c, in: query, type: array, items: {type: string}, collectionFormat: pipes}, {name: d, in: header, type: string, default: x}], "
        f"{OK}}}}}"
    )
    one = operation(found.spec)
    assert one["params"]["id"] == {"type": "integer", "format": "int64"}
    assert one["params"]["d"] == {
        "type": "string",
        "description": "Default: `x`.",
        "optional": True,
    }
    assert one["run"]["http"] == {
        "get": "/x/{id}",
        "query": {
            "a": {"value": "{a}", "explode": False},
            "b": "{b}",
            "c": {"value": "{c}", "style": "pipeDelimited"},
        },
        "headers": {"d": "{d}"},
    }
    assert codes(found) == []


@pytest.mark.parametrize(
    ("parameters", "more", "params", "http"),
    [
        (
            "{name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}",
            "",
            "{pet: {$ref: '#/schemas/Pet'}}",
            "{body: '{pet}'}",
        ),
        (
            "{name: a, in: formData, type: string, required: true, description: d}, {name: b, in: formData, type: array, items: {type: string}}",
            "",
            "{a: {type: string, description: d}, b: {type: array, items: {type: string}, optional: true}}",
            "{body: '{*}', as: form, parts: {b: {explode: false}}}",
        ),
        (
            "{name: a, in: formData, type: file, required: true}, {name: b, in: formData, type: string}",
            "",
            "{a: {type: string, contentEncoding: base64}, b: {type: string, optional: true}}",
            "{body: '{*}', as: multipart, parts: {a: {file: true}}}",
        ),
        (
            "{name: pet, in: body, schema: {type: array}}",
            "consumes: [text/xml, application/json], ",
            "{pet: {type: array, optional: true}}",
            "{body: '{pet}'}",
        ),
    ],
)
def test_swagger_bodies(parameters: str, more: str, params: str, http: str) -> None:
    found = swagger(
        f"/x: {{post: {{{more}parameters: [{parameters}], {OK}}}}}",
        "definitions: {Pet: {type: object, discriminator: kind, minProperties: 1}}",
    )
    one = operation(found.spec)
    assert one["params"] == yaml.safe_load(params)
    assert one["run"]["http"] == {"post": "/x", **yaml.safe_load(http)}


def test_swagger_answers() -> None:
    found = swagger(
        "/a: {get: {responses: {200: {description: x, schema: {$ref: '#/definitions/Pet'}}, 404: {$ref: '#/responses/Missing'}}}}, "
        "/b: {get: {produces: [image/png], responses: {200: {description: x, schema: {type: file}}}}}, "
        "/c: {get: {produces: [text/plain], responses: {200: {description: x, schema: {type: string}}}}}",
        "definitions: {Pet: {type: object, properties: {a: {type: string, x-nullable: true}}}}\n"
        "responses: {Missing: {description: None., schema: {type: object}}}",
    )
    assert operation(found.spec, "a", "get")["returns"] == {"$ref": "#/schemas/Pet"}
    assert operation(found.spec, "a", "get")["run"]["http"]["errors"] == {"404": "Missing"}
    assert operation(found.spec, "b", "get")["content"] == ["image"]
    assert operation(found.spec, "c", "get")["run"]["http"]["headers"] == {"Accept": "text/plain"}
    assert found.spec["schemas"]["Pet"]["properties"]["a"] == {"type": ["string", "null"]}


def test_swagger_security() -> None:
    found = swagger(
        GET,
        "securityDefinitions: {a: {type: basic}, b: {type: oauth2, flow: application, tokenUrl: 'https://example.com/t', scopes: {}}, "
        "c: {type: oauth2, flow: implicit, authorizationUrl: 'https://x', scopes: {}}, d: {type: apiKey, in: query, name: k}}\n"
        "security: [{a: []}, {b: [x]}, {c: []}, {d: []}]",
    )
    auth = found.spec["backends"]["api"]["http"]["auth"]
    assert [next(iter(one)) for one in auth.values()] == ["basic", "oauth", "bearer", "key"]
    assert codes(found) == ["AM624"]


# Overlays


@pytest.mark.parametrize(
    ("actions", "wanted"),
    [
        ("[{target: $.info, update: {title: Other}}]", ["other", "a", "x"]),
        ("[{target: $, update: {info: {title: Other}}}]", ["other", "a", "x"]),
        ("[{target: '$.paths[\"/b\"]', remove: true}]", ["shop", "a"]),
        ("[{target: '$.paths[?@.get.deprecated == true]', remove: true}]", ["shop", "a"]),
        ("[{target: '$.paths.*.get', update: {tags: [all]}}]", ["shop", "all", "x"]),
        ("[{target: '$.paths.*.get.tags', update: z}]", ["shop", "z", "x"]),
        (
            "[{target: '$.paths.*.get.tags', update: z}, {target: '$..tags[0]', remove: true}]",
            ["shop", "a", "z"],
        ),
    ],
)
def test_overlays(actions: str, wanted: Any) -> None:
    text = document(
        f"/a: {{get: {{tags: [], {OK}}}}}, /b: {{get: {{deprecated: true, tags: [x], {OK}}}}}"
    )
    found = imported(text, overlays=(f"overlay: 1.0.0\ninfo: {{}}\nactions: {actions}",))
    assert [found.spec["name"], *found.spec["groups"]] == wanted


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        ("actions: []", "this is no overlay"),
        ("overlay: 1.0.0\nactions: [{target: 'paths..['}]", "is no JSONPath"),
    ],
)
def test_overlays_that_cannot_be_applied(overlay: str, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        imported(document(GET), overlays=(overlay,))
    (finding,) = caught.value.report
    assert finding.code == "AM627"
    assert message in finding.message


def test_overlays_that_find_nothing() -> None:
    report = Report()
    imported(
        document(GET),
        overlays=("overlay: 1.0.0\nactions: [{target: $.nothing, remove: true}]",),
        report=report,
    )
    assert [(one.code, one.level) for one in report] == [("AM627", "warning")]


# Losses


def test_what_is_no_operation_is_counted() -> None:
    callbacks = "callbacks: {a: {}, b: {}, c: {}, d: {}}"
    found = imported(
        document(
            f"/x: {{post: {{{callbacks}, {OK}}}}}",
            version="3.1.0",
            more="webhooks: {new: {post: {}}}",
        )
    )
    assert codes(found) == ["AM626"] * 5
    told = [one.message for one in found.losses.summed()]
    assert told[0] == 'the webhook "new" is left out'
    assert told[1].startswith("4 times: callbacks are left out; the first: ")


def test_losses_have_places() -> None:
    text = document(
        "/x: {get: {parameters: [{name: a, in: query, schema: {type: text}}], responses: {}}}"
    )
    (loss,) = imported(text).losses
    assert loss.at is not None
    assert loss.at.span.text == "text"


def test_large_schemas_of_answers_are_not_published() -> None:
    members = ", ".join(
        f"member_{n}: {{type: string, description: {'word ' * 20}}}" for n in range(600)
    )
    text = document(
        "/x: {get: {responses: {200: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}",
        f"schemas: {{A: {{type: object, properties: {{{members}}}}}}}",
    )
    found = imported(text)
    assert operation(found.spec)["structured"] is False
    assert codes(found) == ["AM630"]
    assert found.size.total < 1000


# Hostile documents

NASTY = '"\\x1b]0;x\\x07{settings.token} {{a}} \'q\' \\"d\\" \\n  - b: c # d\\u2028 %s"'


def test_hostile_texts_are_texts() -> None:
    text = document(
        f"/x: {{post: {{summary: {NASTY}, description: {NASTY}, tags: [{NASTY}], operationId: {NASTY}, "
        f"parameters: [{{name: {NASTY}, in: query, description: {NASTY}, schema: {{enum: [{NASTY}, b], default: {NASTY}}}}}, "
        f"{{name: fixed, in: query, required: true, schema: {{enum: [{NASTY}]}}}}], "
        f"requestBody: {{content: {{{NASTY}: {{schema: {{type: string}}}}}}}}, "
        f"responses: {{200: {{description: {NASTY}, content: {{{NASTY}: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}",
        f"schemas: {{A: {{title: {NASTY}, type: object, properties: {{{NASTY}: {{type: string}}}}}}}}",
        more=f"tags: [{{name: {NASTY}, description: {NASTY}}}]",
    )
    found = imported(text)
    assert "\x1b" not in render_all(found.losses)
    assert operation(found.spec)["run"]["http"]["query"]["fixed"].startswith(
        "\x1b]0;x\x07{{settings.token}} {{{{a}}}}"
    )


def test_hostile_paths_are_paths() -> None:
    found = imported(
        document(f'"/x/{{{{settings.token}}}}/{{*}}/{{settings.base_url}}": {{get: {{{OK}}}}}')
    )
    (key,) = [key for key in operation(found.spec)["params"] if key.startswith("base")]
    assert "{settings." not in operation(found.spec)["run"]["http"]["get"]
    assert key == "base_url"


def test_large_documents_take_linear_time() -> None:
    """It ends: were anything quadratic, 20 000 of one name would take hours."""
    parts: dict[str, Any] = {
        f"/a/{n}": {"get": {"operationId": "same", "tags": ["a"], "responses": {}}}
        for n in range(4000)
    }
    schemas: dict[str, Any] = {
        f"犬{n}": {"$ref": f"#/components/schemas/犬{n + 1}"} for n in range(4000)
    }
    schemas["犬4000"] = {"enum": [str(n) for n in range(10_000)]}
    parts["/b"] = {
        "get": {
            "responses": {
                "200": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/犬0"}}
                    }
                }
            }
        }
    }
    text = json.dumps({"openapi": "3.0.0", "paths": parts, "components": {"schemas": schemas}})
    found = import_openapi(Source("a.json", text), lambda _: Source("", ""), Report(), top="")
    assert found.operations == 4001
    assert len(found.spec["schemas"]) == 4001


def test_deep_documents() -> None:
    """As deep as the reader allows; what is deeper once it is lowered, the compiler refuses with a word."""
    schema: Any = {"type": "string"}
    for _ in range(40):
        schema = {"nullable": True, "allOf": [schema]}
    text = json.dumps(
        {
            "openapi": "3.0.0",
            "paths": {
                "/x": {
                    "get": {
                        "responses": {"200": {"content": {"application/json": {"schema": schema}}}}
                    }
                }
            },
        }
    )
    found = import_openapi(Source("a.json", text), lambda _: Source("", ""), Report(), top="")
    assert all("AM005" in one for one in errors_of(found.spec))


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(
        [
            "a",
            "string",
            "object",
            "#/components/schemas/A",
            "#/paths",
            "query",
            "path",
            "application/json",
            "x",
            "{id}",
        ]
    )
)
_KEYS = st.sampled_from(
    ["type", "properties", "items", "allOf", "oneOf", "nullable", "enum", "required", "$ref", "discriminator", "name", "in", "schema",
     "content", "application/json", "200", "default", "responses", "parameters", "requestBody", "get", "post", "tags", "servers", "url", "security",
     "additionalProperties", "readOnly", "propertyName", "mapping", "operationId", "multipart/form-data", "encoding", "explode", "style"]
)  # fmt: skip
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(
    version=st.sampled_from(["2.0", "3.0.0", "3.1.0", "3.2.0"]),
    item=_VALUES,
    schema=_VALUES,
    more=_VALUES,
)
def test_no_document_breaks_the_importer(version: str, item: Any, schema: Any, more: Any) -> None:
    """Whatever is in it, there is a spec that compiles, or a finding."""
    key = "swagger" if version == "2.0" else "openapi"
    root = {
        key: version,
        "info": more,
        "paths": {"/x/{id}": item, "/y": {"get": more, "post": item}},
        "security": more,
    }
    root |= {
        "components": {"schemas": {"A": schema}, "securitySchemes": more},
        "definitions": {"A": schema},
        "servers": more,
    }
    found = import_openapi(
        Source("a.json", json.dumps(root)), lambda _: Source("", "{}"), Report(), top=""
    )
    assert errors_of(found.spec) == []
    for loss in found.losses:
        render_all([loss])
