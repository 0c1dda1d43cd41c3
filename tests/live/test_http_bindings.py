"""A compiled service whose operations are HTTP requests: called over stdio, and an API on a socket sees what comes."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult

from ..golden.cases import FOLDER, compiled
from ..runtime.http.scripted_api import Asked, ScriptedApi, answer, serving
from .compiled import lay_out
from .dialects import environment

pytestmark = [pytest.mark.slow, pytest.mark.anyio]
PNG = b"\x89PNG\r\n\x1a\n\x00\xff"
PET = {"id": "7", "name": "Rex", "tags": ["good"]}
LETTERS = ["a", "b", "c", "d", "e"]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the golden case."""
    folder = tmp_path_factory.mktemp("compiled")
    lay_out(compiled("http_bindings").files, folder)
    return folder / "server" / "src"


def script(asked: Asked) -> bytes:
    """What the API answers."""
    url = urlsplit(asked.target)
    path = url.path.removeprefix("/v1")
    query = parse_qs(url.query)
    known: dict[str, bytes] = {
        "/token": answer(json.dumps({"access_token": "fetched", "token_type": "bearer"})),
        "/pets/7": answer(json.dumps({"data": PET})),
        "/pets/8": answer('{"title":"Gone","detail":"no pet 8"}', 404, "application/problem+json"),
        "/pets/7/photo": answer(PNG, media_type="image/png"),
        "/pets/8/photo": answer("<html>", media_type="text/html"),
        "/pets/7/anything": answer("ä".encode("latin-1"), media_type="text/plain; charset=latin-1"),
        "/pets/7/story": answer("Once.\n", media_type="text/plain"),
        "/pets/7/thumbnail": answer(PNG, media_type="image/png"),
        "/pets/9/story": answer('{"message":"later"}', 503, headers=(("Retry-After", "3600"),)),
    }
    if path in known:
        return known[path]
    if path == "/pets":
        return _pets(asked, query)
    if path in ("/cursors", "/numbers", "/offsets"):
        return _page(path, query)
    return answer("{}")


def _pets(asked: Asked, query: Mapping[str, list[str]]) -> bytes:
    if asked.method == "POST":
        name = json.loads(asked.body)["name"]
        return answer(json.dumps(PET)) if name == "Rex" else answer('{"code":3,"detail":"no"}', 422)
    return answer("[5]" if query["status"] == ["sold"] else json.dumps([PET]))


def _page(path: str, query: Mapping[str, list[str]]) -> bytes:
    if path == "/cursors":
        at = int(query.get("after", ["0"])[0])
        following = {"next": at + 2} if at + 2 < len(LETTERS) else {}
        return answer(json.dumps({"data": LETTERS[at : at + 2], **following}))
    at = int(query["from"][0]) if path == "/offsets" else 2 * int(query["page"][0]) - 2
    return answer(json.dumps(LETTERS[at : at + 2]))


@asynccontextmanager
async def called(
    package: Path, python: str = sys.executable, /, **settings: str
) -> AsyncGenerator[tuple[Client, ScriptedApi]]:
    """A client of the compiled server, and the API that it works with."""
    async with serving(script) as api:
        own = {f"PET_API_{name.upper()}": value for name, value in settings.items()}
        command = StdioServerParameters(
            command=python,
            args=["-m", "pet_api_server"],
            env={
                **os.environ,
                "PYTHONPATH": str(package),
                "NO_PROXY": "127.0.0.1",
                "PET_API_BASE_URL": f"{api.url}/v1",
                **own,
            },
        )
        async with Client(stdio_client(command)) as client:
            yield client, api


def value(result: CallToolResult) -> Any:
    assert not result.is_error, result
    content: dict[str, Any] = result.structured_content or {}
    return content.get("result", content)


def failure(result: CallToolResult) -> dict[str, Any]:
    assert result.is_error, result
    return result.structured_content["error"]


async def test_every_style_arrives(package: Path) -> None:
    point = {"x": 1, "y": -0.5}
    words = ["a b", "c/d", "é"]
    async with called(package) as (client, api):
        path = {"text": "a/b", "list": [1, 2], "point": point, "a 'b\"": "ü"}
        assert value(await client.call_tool("styles_path", path)) == {}
        await client.call_tool("styles_awkward", {"a'b": "x y"})
        some = {"list": words, "point": point, "filter": {"a": {"b": [1, 2]}}, "flag": True}
        await client.call_tool("styles_query", some)
        await client.call_tool("styles_query", {})
        await client.call_tool("styles_headers", {"list": words, "point": point})
        dots = failure(await client.call_tool("styles_awkward", {"a'b": ".."}))
        empty = failure(await client.call_tool("styles_awkward", {"a'b": ""}))
        evil = failure(await client.call_tool("styles_headers", {"list": ["a\r\nX-Evil: 1"]}))
    assert [asked.target for asked in api.asked] == [
        "/v1/s/a%2Fb/;list=1;list=2/.x=1.y=-0.5/%7Bbraces%7D/%C3%A4?a%20%27b%22=%C3%BC",
        "/v1/s/x%20y/end",
        ("/v1/s?form=a%20b&form=c%2Fd&form=%C3%A9&flat=a%20b,c%2Fd,%C3%A9&space=a%20b%20c%2Fd%20%C3%A9"
        "&pipe=a%20b%7Cc%2Fd%7C%C3%A9&reserved=a%20b,c/d,%C3%A9&x=1&y=-0.5"
        "&deep%5Ba%5D%5Bb%5D=1&deep%5Ba%5D%5Bb%5D=2&json=%7B%22a%22%3A%7B%22b%22%3A%5B1%2C2%5D%7D%7D"
        "&flag=true&both=true%20at%20main"),
        "/v1/s",
        "/v1/s",
    ]  # fmt: skip
    last = api.asked[-1]
    assert last.header("X-List") == "a b,c/d,Ã©"
    assert last.header("X-Point") == "x=1,y=-0.5"
    assert json.loads(last.header("X-Json") or "") == point
    assert last.header("Cookie") == "list=a%20b; list=c%2Fd; list=%C3%A9; point=x,1,y,-0.5"
    assert last.header("X-Tenant") == "main"
    assert last.header("User-Agent") == "pet-api/1.2.0"
    assert {one["name"] for one in (dots, empty, evil)} == {"InvalidArguments"}
    assert empty["details"] == [
        {"path": "a'b", "message": "must not be empty: it is part of a path"}
    ]


async def test_every_body_arrives(package: Path) -> None:
    wire = base64.b64encode(PNG).decode()
    async with called(package, api_key="k") as (client, api):
        await client.call_tool("bodies_form", {"name": "a&b", "tags": ["x", "y"]})
        await client.call_tool("bodies_upload", {"photo": wire, "reply": {"n": 1}})
        await client.call_tool("bodies_text", {"text": "größer"})
        await client.call_tool("bodies_binary", {"data": wire})
        await client.call_tool("pets_patch", {"id": "7", "name": "Max", "more": [1.0, None]})
        wrong = failure(await client.call_tool("bodies_binary", {"data": "no base64!"}))
    form, upload, text, binary, patch = api.asked
    assert (form.body, form.header("Content-Type")) == (b"name=a%26b&tags=x,y", "application/x-www-form-urlencoded")  # fmt: skip
    assert b'name="photo"; filename="photo"\r\nX-Tenant: main\r\nContent-Type: image/png\r\n\r\n' + PNG in upload.body  # fmt: skip
    assert b'name="more"\r\nContent-Type: application/json\r\n\r\n{"n":1}\r\n' in upload.body
    assert b"title" not in upload.body
    assert (text.body, text.header("Content-Type")) == ("# größer".encode(), "text/markdown")
    assert binary.body == PNG
    assert (patch.method, json.loads(patch.body)) == ("PATCH", {"id": "7", "name": "Max", "more": [1.0, None]})  # fmt: skip
    assert wrong["name"] == "InvalidArguments"


async def test_answers_come_back(package: Path) -> None:
    async with called(package) as (client, api):
        assert value(await client.call_tool("pets_find", {"tags": ["a", "b"]})) == [PET]
        assert api.asked[-1].target == "/v1/pets?status=available&tags=a%7Cb&version=2"
        assert value(await client.call_tool("pets_read", {"id": "7"})) == PET
        assert value(await client.call_tool("pets_story", {"id": "7"})) == "Once.\n"
        assert value(await client.call_tool("pets_thumbnail", {"id": "7"})) == base64.b64encode(PNG).decode()  # fmt: skip
        (photo,) = (await client.call_tool("pets_photo", {"id": "7"})).content
        assert photo.model_dump(exclude_none=True, by_alias=False) == {"type": "image", "data": base64.b64encode(PNG).decode(), "mime_type": "image/png"}  # fmt: skip
        (text,) = (await client.call_tool("pets_anything", {"id": "7"})).content
        assert text.model_dump(exclude_none=True, by_alias=False) == {"type": "text", "text": "ä"}
        for by in ("cursors", "numbers", "offsets"):
            assert value(await client.call_tool(f"pages_{by}", {})) == LETTERS


async def test_failures_come_back(package: Path) -> None:
    async with called(package, token="t") as (client, _):
        gone = failure(await client.call_tool("pets_read", {"id": "8"}))
        refused = failure(await client.call_tool("pets_add", {"name": "No"}))
        misfit = failure(await client.call_tool("pets_find", {"status": "sold"}))
        html = failure(await client.call_tool("pets_photo", {"id": "8"}))
        later = failure(await client.call_tool("pets_story", {"id": "9"}))
    assert gone == {"name": "PetNotFound", "message": "Gone: no pet 8"}
    assert (refused["name"], refused["message"], refused["data"]["code"]) == ("Refused", "no", 3)
    assert misfit["name"] == html["name"] == later["name"] == "BackendFailed"
    assert misfit["message"].startswith("the answer does not fit: [0]: ")
    assert html["message"] == "the API answered 200 OK with text/html, which is not what the operation gives"  # fmt: skip
    assert later["message"] == "the API answered 503 Service Unavailable: later (it asks to wait for 3600 seconds)"  # fmt: skip
    assert later["retryable"] is True


@pytest.mark.parametrize("sdk", ["mcp1", "fastmcp4"])
async def test_other_sdks(sdk: str, tmp_path: Path) -> None:
    shutil.copy(FOLDER / "http_bindings" / "spec.yaml", tmp_path)
    settings = f'spec = "spec.yaml"\n[targets.server]\nout = "server"\nsdk = "{sdk}"\n'
    (tmp_path / "automcp.toml").write_text(settings, "utf-8")
    generate = [sys.executable, "-m", "automcp", "generate", str(tmp_path)]
    subprocess.run(generate, check=True, capture_output=True)
    python = environment(sdk, tmp_path / "server")
    async with called(tmp_path / "server" / "src", str(python), token="t1") as (client, api):
        assert value(await client.call_tool("pets_read", {"id": "7"})) == PET
        gone = failure(await client.call_tool("pets_read", {"id": "8"}))
        html = failure(await client.call_tool("pets_photo", {"id": "8"}))
    assert (gone["name"], html["name"]) == ("PetNotFound", "BackendFailed")
    assert api.asked[0].header("Authorization") == "Bearer t1"


async def test_credentials_are_what_is_configured(package: Path) -> None:
    add = {"name": "Rex", "weight": None, "request": "r1"}
    async with called(package, client_id="me", client_secret="hunter2") as (client, api):
        assert value(await client.call_tool("pets_add", add)) == PET
        nobody = failure(await client.call_tool("pets_remove", {"id": "7"}))
    token, added = api.asked
    assert (token.target, token.body) == ("/v1/token", b"grant_type=client_credentials&scope=read%20write")  # fmt: skip
    assert added.header("Authorization") == "Bearer fetched"
    assert added.header("Idempotency-Key") == "r1"
    assert json.loads(added.body) == {
        "name": "Rex",
        "weight": None,
        "origin": {"by": "mcp of main"},
    }
    assert nobody["message"] == "the server has no credentials for the API: set PET_API_API_KEY"

    async with called(package, api_key="k 1", user="u", password="p") as (client, api):
        await client.call_tool("pets_read", {"id": "7"})
        await client.call_tool("pets_patch", {"id": "7"})
        await client.call_tool("pets_remove", {"id": "7"})
    read, patch, remove = api.asked
    assert (read.header("X-Api-Key"), read.header("Authorization")) == ("k 1", "Basic dTpw")
    assert patch.target == "/v1/pets/7?api_key=k%201"
    assert remove.header("Cookie") == "sid=k 1"
