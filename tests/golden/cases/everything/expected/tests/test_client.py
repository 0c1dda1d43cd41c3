"""The compiled client, with a server of stand-ins and with your handlers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias, cast, get_type_hints

import pytest
from bookshelf_client import BookshelfClient, DeclaredError, InvalidArguments, OperationError
from bookshelf_client import errors as raised
from bookshelf_server import build_server
from bookshelf_server import errors as declared
from bookshelf_server.contract import Handlers
from bookshelf_server.settings import Settings
from pydantic import TypeAdapter

pytestmark = pytest.mark.anyio
CASES: dict[str, Any] = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))
CONSTRAINTS = [
    pytest.param(case, id=f"{case['tool']}-{case['constraint']}") for case in CASES["constraints"]
]
ERRORS = [
    pytest.param(case, id=f"{case['of']}-{case['error']}")
    for case in CASES["errors"]
    if "operation" in case
]
EXAMPLES = [pytest.param(case, id=f"{case['tool']}-{case['name']}") for case in CASES["examples"]]

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
            server = build_server(cast(Handlers, StandIn()), settings=settings)
            BUILT[:] = [(settings, server.lowlevel)]
        return BUILT[0][1]

    return built


def errors_of(module: ModuleType) -> dict[str, Any]:
    """A package's own errors by their names on the wire."""
    own = (
        kind for kind in vars(module).values() if getattr(kind, "__module__", "") == module.__name__
    )
    return {kind.name: kind for kind in own if hasattr(kind, "name")}


def plain(data: object) -> Any:
    """Typed data as the JSON that was sent."""
    return TypeAdapter[Any](Any).dump_python(data, by_alias=True, exclude_unset=True)


async def test_the_server_is_the_one_that_the_client_was_compiled_for(build: Build) -> None:
    async with BookshelfClient(build(NotImplementedError()), {"verify": "strict"}):
        """Connecting compares what the server lists with what the spec says."""


@pytest.mark.parametrize("case", CONSTRAINTS)
async def test_the_client_checks_the_constraint(case: dict[str, Any], build: Build) -> None:
    async with BookshelfClient(build(NotImplementedError()), {"verify": "off"}) as client:
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
async def test_a_declared_error_arrives_as_itself(case: dict[str, Any], build: Build) -> None:
    arguments = case["params"]["arguments"]
    if arguments is None:
        pytest.skip(
            "no arguments could be made up for this operation: give it an example in the spec"
        )
    error = errors_of(declared)[case["error"]]
    if "data" in case:
        data = TypeAdapter[Any](get_type_hints(error)["data"]).validate_python(case["data"])
        server = build(error(data=data))
    else:
        server = build(error())
    async with BookshelfClient(server, {"retry_count": 1, "verify": "off"}) as client:
        with pytest.raises(DeclaredError) as caught:
            await client.groups[case["group"]].execute(case["operation"], arguments)
    assert type(caught.value) is errors_of(raised)[case["error"]]
    if "data" in case:
        assert plain(caught.value.data) == case["data"]


@pytest.mark.parametrize("case", EXAMPLES)
async def test_the_client_reads_the_answer(
    case: dict[str, Any], handlers: Handlers, settings: Settings
) -> None:
    async with BookshelfClient(build_server(handlers, settings=settings).lowlevel) as client:
        outcome = await client.groups[case["group"]].outcome(case["operation"], case["arguments"])
    failed = outcome.error
    if failed is not None and failed.context.get("error") == "NotImplemented":
        pytest.skip(str(failed))
    assert (failed.name if isinstance(failed, DeclaredError) else failed) == case.get("error")
    if "returns" in case:
        assert outcome.data == case["returns"]
