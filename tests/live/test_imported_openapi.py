"""An OpenAPI document, imported and compiled: called over stdio, and the API that it describes sees what comes."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from ..imports.test_cases import CASES
from ..runtime.http.scripted_api import Asked, ScriptedApi, answer, serving
from .compiled import emit, lay_out, service
from .test_http_bindings import failure, value

pytestmark = [pytest.mark.slow, pytest.mark.anyio]
JPEG = b"\xff\xd8\xff\x00"
# A date without a zone, which `format: date-time` does not allow: APIs send that.
ORDER: dict[str, Any] = {"id": "7", "lines": [], "at": "2026-11-21 10:00"}
PLANT = {"id": 7, "name": "Basil", "growth": {"cycle": "annual"}}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of what the imported shop is compiled to."""
    folder = tmp_path_factory.mktemp("imported")
    text = (CASES / "shop" / "spec.yaml").read_text("utf-8")
    lay_out(emit(service(text, "spec.yaml"), ("server",)), folder)
    return folder / "server" / "src"


def script(asked: Asked) -> bytes:
    """What the API answers."""
    path = asked.target.partition("?")[0].removeprefix("/v2")
    if (asked.method, path) == ("GET", "/plants"):
        return answer(json.dumps({"items": [PLANT], "next": None}))
    if path == "/plants/404":
        return answer('{"title": "No plant 404", "status": 404}', 404, "application/problem+json")
    if asked.method == "DELETE" or path == "/uploads/plants/7/photo":
        return answer(b"", 204)
    if path == "/plants/7/photo":
        return answer(JPEG, media_type="image/jpeg")
    return answer(json.dumps(ORDER if path == "/orders" else PLANT))


@asynccontextmanager
async def called(package: Path) -> AsyncGenerator[tuple[Client, ScriptedApi]]:
    """A client of the compiled server, and the API that it works with."""
    async with serving(script) as api:
        command = StdioServerParameters(
            command=sys.executable,
            args=["-m", "garden_shop_server"],
            env={
                **os.environ,
                "PYTHONPATH": str(package),
                "NO_PROXY": "127.0.0.1",
                "GARDEN_SHOP_BASE_URL": f"{api.url}/v2",
                "GARDEN_SHOP_UPLOADS_URL": f"{api.url}/uploads",
                "GARDEN_SHOP_API_KEY": "secret",
            },
        )
        async with Client(stdio_client(command)) as client:
            yield client, api


async def test_requests_are_those_of_the_document(package: Path) -> None:
    grown = {"name": "Basil", "growth": {"cycle": "annual"}}
    calls: list[tuple[str, dict[str, Any], Any]] = [
        (
            "plants_list",
            {"kind": ["fern", "herb"], "height_gt": 3},
            {"items": [PLANT], "next": None},
        ),
        ("plants_list", {}, {"items": [PLANT], "next": None}),
        ("plants_create", {"plant": grown}, PLANT),
        ("plants_get", {"plantId": 7}, PLANT),
        ("plants_update", {"plantId": 7, "body": {"height": None}}, PLANT),
        ("orders_place", {"from": "Ada", "lines": [{"plant": 7, "count": 1}]}, ORDER),
    ]
    async with called(package) as (client, api):
        for tool, arguments, wanted in calls:
            assert value(await client.call_tool(tool, arguments)) == wanted
        assert not (await client.call_tool("plants_delete", {"plantId": 7})).is_error
    assert [(asked.method, asked.target) for asked in api.asked] == [
        ("GET", "/v2/plants?kind=fern,herb&height%5Bgt%5D=3"),
        ("GET", "/v2/plants"),
        ("POST", "/v2/plants"),
        ("GET", "/v2/plants/7"),
        ("PATCH", "/v2/plants/7"),
        ("POST", "/v2/orders"),
        ("DELETE", "/v2/plants/7"),
    ]
    bodies = [json.loads(asked.body) if asked.body else None for asked in api.asked]
    assert bodies[2] == grown
    assert bodies[4] == {"height": None}
    assert bodies[5] == {"from": "Ada", "lines": [{"plant": 7, "count": 1}]}
    assert api.asked[4].header("Content-Type") == "application/merge-patch+json"
    assert {asked.header("X-Api-Key") for asked in api.asked} == {"secret"}


async def test_files_come_and_go(package: Path) -> None:
    photo = base64.b64encode(JPEG).decode()
    async with called(package) as (client, api):
        shown = await client.call_tool("plants_get_photo", {"plantId": 7})
        kept = await client.call_tool("plants_set_photo", {"plantId": 7, "photo": photo})
    assert (shown.content[0].type, getattr(shown.content[0], "data", None)) == ("image", photo)
    assert not kept.is_error
    first, second = api.asked
    assert (first.header("Accept"), first.header("X-Api-Key")) == ("image/jpeg", None)
    assert second.target == "/uploads/plants/7/photo"
    assert JPEG in second.body
    assert b"image/jpeg" in second.body


async def test_what_the_document_forbids_is_not_sent(package: Path) -> None:
    async with called(package) as (client, api):
        wrong = [
            await client.call_tool("plants_get", {"plantId": 0}),
            await client.call_tool("plants_list", {"kind": ["rock"]}),
            await client.call_tool(
                "plants_create", {"plant": {"name": "x", "growth": {"cycle": "monthly"}}}
            ),
            await client.call_tool("plants_update", {"plantId": 7, "body": {}}),
        ]
    assert [failure(one)["name"] for one in wrong] == ["InvalidArguments"] * 4
    assert api.asked == []


async def test_errors_of_the_document_are_those_of_the_service(package: Path) -> None:
    async with called(package) as (client, _):
        missing = failure(await client.call_tool("plants_get", {"plantId": 404}))
    assert (missing["name"], missing["data"]) == (
        "NotFound",
        {"title": "No plant 404", "status": 404},
    )
