"""What `run: http` becomes: the statements of a method, and nothing else than text of what a spec says."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest

from ..live.compiled import emit, service

TEXT = {"type": "string"}


def spec(run: dict[str, Any], **operation: Any) -> str:
    shown = {
        "description": "It.",
        "params": {"v": TEXT},
        "returns": {"type": "object"},
        **operation,
    }
    backends = {
        "api": {"http": {"url": "https://a.example", "auth": {"key": {"key": "{settings.key}", "header": "K"}}}},
        "other": {"http": {"url": "https://b.example"}},
    }  # fmt: skip
    return json.dumps(
        {
            "automcp": 1,
            "name": "it",
            "version": "1",
            "settings": {"key": {"type": "string", "secret": True, "optional": True}, "n": {"type": "integer", "default": 1}},
            "errors": {"Gone": {"description": "Gone."}},
            "backends": backends,
            "groups": {"g": {"description": "It.", "operations": {"op": {**shown, "run": {"http": {"backend": "api", **run}}}}}},
        }
    )  # fmt: skip


def module(name: str, text: str) -> ast.Module:
    files = {file.path: file.text for file in emit(service(text), ("server",))}
    return ast.parse(files[f"server/src/it_server/{name}.py"])


def statements(text: str) -> list[str]:
    """The body of the only method, docstring aside, on a line for each statement."""
    (method,) = [one for one in ast.walk(module("bindings/g", text)) if isinstance(one, ast.AsyncFunctionDef)]  # fmt: skip
    return [ast.unparse(one) for one in method.body[1:]]


def send(*given: str) -> str:
    return f"await self._api.send({', '.join(given)})"


@pytest.mark.parametrize(
    ("run", "operation", "expected"),
    [
        ({"get": "/x"}, {"effect": "reads"}, send("'GET'", "'/x'", "again=True")),
        ({"post": "/x"}, {}, send("'POST'", "'/x'")),
        ({"put": "/x"}, {"idempotent": True}, send("'PUT'", "'/x'", "again=True")),
        ({"get": "/a b/{v}/{{c}}/ü"}, {}, send("'GET'", "f\"/a%20b/{simple('v', v)}/%7Bc%7D/%C3%BC\"")),
        ({"get": "/{v}", "path": {"v": {"style": "matrix", "explode": True}}}, {}, send("'GET'", "f\"/{matrix('v', v, explode=True)}\"")),
        ({"get": "/x", "query": {"q": "{v}"}}, {}, send("'GET'", "'/x'", "query=[form('q', v)]")),
        ({"get": "/x", "query": {"q": 5, "n": "{settings.n}"}}, {}, send("'GET'", "'/x'", "query=[form('q', 5), form('n', context.settings.n)]")),
        ({"get": "/x", "query": {"q": {"value": "{v}", "explode": False, "reserved": True}}}, {}, send("'GET'", "'/x'", "query=[form('q', v, explode=False, reserved=True)]")),
        ({"get": "/x", "query": {"q": {"value": "{v}", "style": "json"}}}, {}, send("'GET'", "'/x'", "query=[form('q', as_json('q', v))]")),
        ({"get": "/x", "headers": {"X": "a {v}"}}, {}, send("'GET'", "'/x'", "headers=[header('X', f'a {v}')]")),
        ({"get": "/x", "cookies": {"c": {"value": "{v}", "explode": False}}}, {}, send("'GET'", "'/x'", "cookies=[cookie('c', v, explode=False)]")),
        ({"post": "/x", "body": {"a": ["{v}", 1, None]}}, {}, send("'POST'", "'/x'", "body=json_body({'a': [v, 1, None]})")),
        ({"post": "/x", "body": "{*}"}, {}, send("'POST'", "'/x'", "body=json_body({'v': v})")),
        ({"post": "/x", "body": "{v}", "as": "text/csv"}, {}, send("'POST'", "'/x'", "body=text_body(v, media_type='text/csv')")),
        ({"post": "/x", "body": "{v}", "as": "image/png"}, {}, send("'POST'", "'/x'", "body=binary_body('v', v, media_type='image/png')")),
        ({"get": "/x", "auth": []}, {}, send("'GET'", "'/x'", "auth=()")),
        ({"get": "/x", "auth": ["key"]}, {}, send("'GET'", "'/x'")),
        ({"get": "/x", "errors": {"404": "Gone", "5XX": "Gone", "default": "Gone"}}, {}, send("'GET'", "'/x'", "errors={404: Gone, '5XX': Gone, 'default': Gone}")),
    ],
)  # fmt: skip
def test_requests(run: dict[str, Any], operation: dict[str, Any], expected: str) -> None:
    sent, read = statements(spec(run, **operation))
    assert sent == f"reply = {expected}"
    assert read == "return read(dict[str, Any], reply.json())"


@pytest.mark.parametrize(
    ("run", "operation", "expected"),
    [
        ({"at": "/a"}, {}, "return read(dict[str, Any], reply.json('/a'))"),
        ({}, {"returns": TEXT}, "return reply.text()"),
        ({"answer": "bytes"}, {"returns": TEXT}, "return reply.base64()"),
        ({"answer": "json"}, {"returns": TEXT}, "return read(str, reply.json())"),
        ({}, {"returns": {"type": "integer"}}, "return read(int, reply.json())"),
        ({"answer": "text"}, {"returns": {"enum": ["a", "b"]}}, "return read(Literal['a', 'b'], reply.text())"),
        ({}, {"content": ["image"]}, "return block(reply, Image)"),
        ({}, {"content": ["text", "audio"]}, "return block(reply, Text, Audio)"),
        ({"answer": "json", "at": "/a"}, {"content": ["text"]}, "return Text(word(reply.json('/a')))"),
    ],
)  # fmt: skip
def test_answers(run: dict[str, Any], operation: dict[str, Any], expected: str) -> None:
    text = spec({"get": "/x", **run}, **operation)
    if "content" in operation:
        document = json.loads(text)
        del document["groups"]["g"]["operations"]["op"]["returns"]
        text = json.dumps(document)
    assert statements(text)[-1] == expected


def test_an_operation_that_answers_nothing_reads_nothing() -> None:
    document = json.loads(spec({"delete": "/x/{v}"}))
    del document["groups"]["g"]["operations"]["op"]["returns"]
    assert statements(json.dumps(document)) == [send("'DELETE'", "f\"/x/{simple('v', v)}\"")]


EVIL = ['"]) or exit() #', "a\nb", "{x}", "{{y}}", "back\\slash", "q'\"", "\u202e", "%s", "\u2028", "\0", "😀", "'''"]  # fmt: skip


@pytest.mark.parametrize("name", EVIL)
def test_what_a_spec_says_stays_text(name: str) -> None:
    doubled = name.replace("{", "{{").replace("}", "}}")
    run = {"post": "/x/{v}", "query": {name: "{v}", "q": doubled}, "body": {name: "{v}", "t": doubled}, "as": "form", "parts": {name: {"explode": False}}, "at": "/" + name.replace("~", "~0")}  # fmt: skip
    tree = module("bindings/g", spec(run))
    said = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)]
    assert said.count(name) == 5
    called = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    assert "exit" not in called


@pytest.mark.parametrize("key", ["a'b", 'a"b', "a\\b", "a'\"\\b", "x y", "from"])
def test_a_path_says_every_name_that_a_parameter_can_have(key: str) -> None:
    text = spec({"get": f"/x/{{{key}}}/{{{key}}}/y"}, params={key: TEXT})
    tree = module("bindings/g", text)
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and ast.unparse(one.func) == "simple"]  # fmt: skip
    assert [ast.literal_eval(one.args[0]) for one in calls] == [key, key]


def test_backends() -> None:
    tree = module("backends", spec({"get": "/x"}))
    made = [
        ast.unparse(one)
        for one in ast.walk(tree)
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "HttpApi"
    ]
    assert made == [
        "HttpApi('https://a.example', schemes={'key': ApiKey('header', 'K', revealed(settings.key), variables=('IT_KEY',))}, auth=(('key',),), agent='it/1')",
        "HttpApi('https://b.example', agent='it/1')",
    ]
