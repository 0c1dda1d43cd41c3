"""What the spec promises, tried in memory with stand-ins for the handlers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias, cast, get_type_hints

import pytest
from pet_api_server import build_server
from pet_api_server import errors as declared
from pet_api_server._runtime.sdk.testing import connect
from pet_api_server._runtime.server.errors import ProtocolError
from pet_api_server._runtime.shared.definitions import expanded
from pet_api_server.contract import Handlers
from pet_api_server.settings import Settings
from pydantic import TypeAdapter

pytestmark = pytest.mark.anyio
HERE = Path(__file__).parent
SURFACE: Any = expanded(json.loads((HERE / "surface.json").read_text("utf-8")))
CASES: dict[str, Any] = json.loads((HERE / "cases.json").read_text("utf-8"))
TOOLS = {"method": "tools/list", "member": "tools", "items": SURFACE["tools"]}
LISTS = [pytest.param(one, id=one["method"]) for one in (TOOLS, *SURFACE["others"])]
CONSTRAINTS = [
    pytest.param(case, id=f"{case['tool']}-{case['constraint']}") for case in CASES["constraints"]
]
ERRORS = [pytest.param(case, id=f"{case['of']}-{case['error']}") for case in CASES["errors"]]
UNKNOWN = [pytest.param(case, id=case["method"]) for case in CASES["unknown"]]

INVALID_PARAMS = -32602
Build: TypeAlias = Callable[[Exception], Any]


RAISED: list[Exception] = []
"""The last of these is what all handlers raise."""
BUILT: list[tuple[Settings, Any]] = []
"""The latest server: a large one takes a while to build."""


class StandIn:
    """Handlers that all do one thing: raise what they are to raise now."""

    def __getattr__(self, name: str) -> StandIn:
        return self

    async def __call__(self, *_: object, **arguments: object) -> object:
        raise RAISED[-1]


@pytest.fixture
def build(settings: Settings) -> Build:
    """Gives a server whose handlers raise an error."""

    def built(error: Exception) -> Any:
        RAISED[:] = [error]
        if not BUILT or BUILT[0][0] != settings:
            BUILT[:] = [(settings, build_server(cast(Handlers, StandIn()), settings=settings))]
        return BUILT[0][1]

    return built


async def failure(connection: Any, method: str, params: dict[str, Any]) -> dict[str, Any]:
    """What a request that fails says of it: in the result of a tool, in the error of anything else."""
    try:
        result: Any = await connection.request(method, params)
    except ProtocolError as error:
        return cast("dict[str, Any]", cast("dict[str, Any]", error.data)["error"])
    assert result["isError"], result
    return cast("dict[str, Any]", result["structuredContent"]["error"])


def errors_of(module: ModuleType) -> dict[str, Any]:
    """A package's own errors by their names on the wire."""
    own = (
        kind for kind in vars(module).values() if getattr(kind, "__module__", "") == module.__name__
    )
    return {kind.name: kind for kind in own if hasattr(kind, "name")}


@pytest.mark.parametrize("listed", LISTS)
async def test_what_is_advertised_is_the_specs(listed: dict[str, Any], build: Build) -> None:
    items: list[Any] = []
    async with connect(build(NotImplementedError())) as connection:
        page: Any = await connection.request(listed["method"], {})
        items += page[listed["member"]]
        while "nextCursor" in page:
            page = await connection.request(listed["method"], {"cursor": page["nextCursor"]})
            items += page[listed["member"]]
    assert items == listed["items"]


@pytest.mark.parametrize("case", CONSTRAINTS)
async def test_the_server_checks_the_constraint(case: dict[str, Any], build: Build) -> None:
    async with connect(build(NotImplementedError())) as connection:
        if "accepted" in case:
            inside = {"name": case["tool"], "arguments": case["accepted"]}
            failed = await failure(connection, "tools/call", inside)
            assert failed["name"] == "NotImplemented", "refused arguments that the schema accepts"
        if isinstance(case["refused"], dict):
            outside = {"name": case["tool"], "arguments": cast("dict[str, Any]", case["refused"])}
            failed = await failure(connection, "tools/call", outside)
            assert failed["name"] == "InvalidArguments"


@pytest.mark.parametrize("case", ERRORS)
async def test_the_server_tells_of_a_declared_error(case: dict[str, Any], build: Build) -> None:
    if case["params"].get("arguments", {}) is None:
        pytest.skip(
            "no arguments could be made up for this operation: give it an example in the spec"
        )
    kind = errors_of(declared)[case["error"]]
    if "data" in case:
        data = TypeAdapter[Any](get_type_hints(kind)["data"]).validate_python(case["data"])
        server = build(kind(data=data))
    else:
        server = build(kind())
    async with connect(server) as connection:
        failed = await failure(connection, case["method"], case["params"])
    assert failed["name"] == case["error"]
    assert failed.get("data") == case.get("data")


@pytest.mark.parametrize("case", UNKNOWN)
async def test_what_is_not_there_is_refused(case: dict[str, Any], build: Build) -> None:
    async with connect(build(NotImplementedError())) as connection:
        with pytest.raises(ProtocolError) as refused:
            await connection.request(case["method"], case["params"])
    assert refused.value.code == INVALID_PARAMS
