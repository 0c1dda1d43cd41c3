"""What the spec promises, tried in memory with stand-ins for the handlers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any, cast, get_type_hints

import pytest
from awkward_names_client import AwkwardNamesClient, DeclaredError, InvalidArguments, OperationError
from awkward_names_client import errors as raised
from awkward_names_server import build_server
from awkward_names_server import errors as declared
from awkward_names_server.contract import Handlers
from mcp import Client
from pydantic import TypeAdapter

pytestmark = pytest.mark.anyio
HERE = Path(__file__).parent
SURFACE: list[dict[str, Any]] = json.loads((HERE / "surface.json").read_text("utf-8"))
CASES: dict[str, Any] = json.loads((HERE / "cases.json").read_text("utf-8"))
CONSTRAINTS = [
    pytest.param(case, id=f"{case['tool']}-{case['constraint']}") for case in CASES["constraints"]
]
ERRORS = [pytest.param(case, id=f"{case['tool']}-{case['error']}") for case in CASES["errors"]]


class StandIn:
    """Handlers that all do one thing: raise what they were given."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> StandIn:
        return self

    async def __call__(self, **arguments: object) -> object:
        raise self._error


def stand_in(error: Exception) -> Handlers:
    return cast(Handlers, StandIn(error))


def failure(result: Any) -> dict[str, Any]:
    """What an error result says about itself."""
    assert result.is_error, result
    return cast("dict[str, Any]", result.structured_content["error"])


def errors_of(module: ModuleType) -> dict[str, Any]:
    """A package's own errors by their names on the wire."""
    own = (
        kind for kind in vars(module).values() if getattr(kind, "__module__", "") == module.__name__
    )
    return {kind.name: kind for kind in own if hasattr(kind, "name")}


def plain(data: object) -> Any:
    """Typed data as the JSON that was sent."""
    return TypeAdapter[Any](Any).dump_python(data, by_alias=True, exclude_unset=True)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_the_advertised_tools_are_the_specs(mode: str) -> None:
    server = build_server(stand_in(NotImplementedError()))
    async with Client(server, mode=mode) as client:
        listed = (await client.list_tools()).tools
    assert [
        tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in listed
    ] == SURFACE


@pytest.mark.parametrize("case", CONSTRAINTS)
async def test_the_server_checks_the_constraint(case: dict[str, Any]) -> None:
    server = build_server(stand_in(NotImplementedError()))
    async with Client(server) as client:
        if "accepted" in case:
            inside = await client.call_tool(case["tool"], case["accepted"])
            assert failure(inside)["name"] == "NotImplemented", (
                "refused arguments that the schema accepts"
            )
        if isinstance(case["refused"], dict):
            outside = await client.call_tool(case["tool"], cast("dict[str, Any]", case["refused"]))
            assert failure(outside)["name"] == "InvalidArguments"


@pytest.mark.parametrize("case", CONSTRAINTS)
async def test_the_client_checks_the_constraint(case: dict[str, Any]) -> None:
    server = build_server(stand_in(NotImplementedError()))
    async with AwkwardNamesClient(server) as client:
        group = client.groups[case["group"]]
        if "accepted" in case:
            with pytest.raises(OperationError) as reached:
                await group.execute(case["operation"], case["accepted"])
            assert reached.value.context["error"] == "NotImplemented", (
                "refused arguments that the schema accepts"
            )
        with pytest.raises(InvalidArguments) as refused:
            await group.execute(case["operation"], case["refused"])
        assert refused.value.attempts == 0, "sent arguments that the schema refuses"


@pytest.mark.parametrize("case", ERRORS)
async def test_a_declared_error_arrives_as_itself(case: dict[str, Any]) -> None:
    if case["arguments"] is None:
        pytest.skip(
            "no arguments could be made up for this operation: give it an example in the spec"
        )
    error = errors_of(declared)[case["error"]]
    if "data" in case:
        data = TypeAdapter[Any](get_type_hints(error)["data"]).validate_python(case["data"])
        server = build_server(stand_in(error(data=data)))
    else:
        server = build_server(stand_in(error()))
    async with AwkwardNamesClient(server, {"retry_count": 1}) as client:
        with pytest.raises(DeclaredError) as caught:
            await client.groups[case["group"]].execute(case["operation"], case["arguments"])
    assert type(caught.value) is errors_of(raised)[case["error"]]
    if "data" in case:
        assert plain(caught.value.data) == case["data"]
