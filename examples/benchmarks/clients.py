"""The typed client beside the SDK's: calls in memory, of one server, so that the difference is the client's.

Both calls end in the same model. The typed client's is a method of the compiled client, as it is: with checked
arguments and answers, a time limit, attempts, breaker and metrics. The SDK's is `Client.call_tool`, which checks the answer,
and `model_validate` of the structured content; it has nothing else of all that, and no time limit. The server is the
compiled one, in the same process: its part of a call is the same for both, and in both figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import anyio
from automcp.runtime.client.client import AutoMCPClient
from automcp.runtime.client.handling import ErrorHandlingGroup
from mcp import Client

from . import messages, service
from .handwritten import answer_name, tool_names
from .sampling import Measure, in_turns

TYPED = "typed client"
SDK = "SDK client"
ROUNDS = {"small": (12, 100), "100k": (8, 8)}
"""Rounds, and calls in each."""


def measure(project: Path, first_of: Path) -> list[Measure]:
    """Measure in a process of its own, which imports what was compiled.

    Args:
        project: A compiled project with a few tools.
        first_of: One with many.
    """
    found: list[Measure] = []
    for what, path in (("calls", project), ("first", first_of)):
        command = [sys.executable, "-m", __name__, what, str(path)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"the clients cannot be measured:\n{done.stderr}")
        found += [Measure(**one) for one in json.loads(done.stdout)]
    return found


def main() -> None:
    """Print the measures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("calls", "first"))
    parser.add_argument("project", type=Path)
    chosen = parser.parse_args()
    project: Path = chosen.project
    sys.path[:0] = [str(service.server_path(project)), str(service.client_path(project))]
    measures: list[Measure] = []
    anyio.run(_calls if chosen.what == "calls" else _first_calls, measures)
    json.dump([vars(one) for one in measures], sys.stdout)


@dataclass(frozen=True)
class _Made:
    """What was compiled, which exists only at run time."""

    client: Any
    server: Any
    models: Any

    @classmethod
    def imported(cls) -> _Made:
        client, server = import_module(service.CLIENT), import_module(service.MODULE)
        return cls(
            client.BenchClient, server.build_server, import_module(f"{service.CLIENT}.models")
        )


async def _calls(measures: list[Measure]) -> None:
    tool = tool_names(1)[0]
    made = _Made.imported()
    answer = getattr(made.models, answer_name(tool))
    async with made.client(made.server()) as typed, Client(made.server()) as plain:
        method = getattr(typed.work, tool.removeprefix("work_"))

        async def by_type(arguments: Mapping[str, Any]) -> None:
            await method(**arguments)

        async def by_name(arguments: Mapping[str, Any]) -> None:
            result = await plain.call_tool(tool, dict(arguments))
            answer.model_validate(result.structured_content)

        for size, (rounds, calls) in ROUNDS.items():
            title = f"client call in memory, {size}"
            measures.append(Measure(f"client_{size}", title, "us"))
            ways = {TYPED: by_type, SDK: by_name}
            await _in_turns(measures[-1], ways, messages.ARGUMENTS[size], rounds, calls)
    await _overhead(measures)


async def _in_turns(
    measure: Measure,
    ways: Mapping[str, Callable[[Mapping[str, Any]], Awaitable[None]]],
    arguments: Mapping[str, Any],
    rounds: int,
    calls: int,
) -> None:
    for way in ways.values():
        await way(arguments)
    turns: list[str] = []
    in_turns(ways, rounds, lambda name, _: turns.append(name))
    for name in turns:
        way = ways[name]
        began = time.perf_counter()
        for _ in range(calls):
            await way(arguments)
        measure.add(name, (time.perf_counter() - began) / calls * 1e6)


async def _first_calls(measures: list[Measure]) -> None:
    """The first call on a connection: the SDK's client lists all tools before it."""
    made = _Made.imported()
    server = made.server()
    tool = tool_names(1)[0]
    answer = getattr(made.models, answer_name(tool))
    measures.append(Measure("client_first_call_500", "first call, 500 tools", "ms"))
    for _ in range(6):
        async with made.client(server, {"verify": "off"}) as typed:
            began = time.perf_counter()
            await getattr(typed.work, tool.removeprefix("work_"))(**messages.SMALL)
            measures[-1].add(TYPED, (time.perf_counter() - began) * 1e3)
        async with Client(server) as plain:
            began = time.perf_counter()
            result = await plain.call_tool(tool, dict(messages.SMALL))
            answer.model_validate(result.structured_content)
            measures[-1].add(SDK, (time.perf_counter() - began) * 1e3)


async def _overhead(measures: list[Measure]) -> None:
    """What attempts, circuit breaker and metrics cost a call that succeeds."""

    class Measured(ErrorHandlingGroup):
        async def through(self, send: Callable[[], Awaitable[int]]) -> None:
            began = self.client.clock()
            _, attempts = await self._retried("measured", send, int)
            self._succeeded("measured", attempts, self.client.clock() - began)

    group = Measured(AutoMCPClient("measured"), "measured")

    async def send() -> int:
        return 1

    async def direct() -> None:
        await send()

    calls = 20_000
    measures.append(Measure("client_overhead", "attempts, breaker and metrics", "us"))
    for _ in range(8):
        for name, way in (("with", lambda: group.through(send)), ("without", direct)):
            began = time.perf_counter()
            for _ in range(calls):
                await way()
            measures[-1].add(name, (time.perf_counter() - began) / calls * 1e6)


if __name__ == "__main__":
    main()
