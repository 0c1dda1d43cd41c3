"""What the official conformance suite has a client do, done with the runtime of the generated clients.

    MCP_CONFORMANCE_SCENARIO=tools_call python examples/conformance/client_scenarios.py http://localhost:3000/mcp

The suite starts it once for each scenario, watches what it sends, and expects exit code 0.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeAlias

from automcp.runtime.client import (
    Answered,
    AutoMCPClient,
    Callbacks,
    ClientGroup,
    HttpServer,
    Question,
    Root,
    SampleAnswer,
    SampleQuestion,
    given,
)

Scenario: TypeAlias = Callable[[str], Coroutine[Any, Any, None]]


def main() -> None:
    """Run the scenario that the environment names."""
    scenario = os.environ.get("MCP_CONFORMANCE_SCENARIO", "initialize")
    url = sys.argv[-1]
    if scenario.startswith("auth/"):
        # Imported where it is needed: the suite starts forty processes at once.
        from client_login import provider

        asyncio.run(
            _logged_in(HttpServer(url=url, auth=asyncio.run(provider(scenario, url, context()))))
        )
        return
    run = SCENARIOS.get(scenario)
    if run is None:
        sys.exit(f"unknown scenario: {scenario}")
    asyncio.run(run(url))


def context() -> dict[str, Any]:
    """What the suite gives the scenario to work with."""
    return json.loads(os.environ.get("MCP_CONFORMANCE_CONTEXT") or "{}")


def client(server: str | HttpServer, callbacks: Callbacks | None = None) -> AutoMCPClient:
    """A client that speaks the revision which is tested; connecting lists the server's tools."""
    wanted = os.environ.get("MCP_CONFORMANCE_PROTOCOL_VERSION", "")
    legacy = wanted != "" and wanted < "2026"
    config = {"protocol": "2025-11-25" if legacy else "auto", "retry_count": 1}
    return AutoMCPClient("conformance", config, server=server, callbacks=callbacks)


async def call(client: AutoMCPClient, tool: str, arguments: Mapping[str, object]) -> None:
    """Call a tool by its full name; the suite also wants to see calls that fail."""
    await ClientGroup(client, "tools").outcome(tool, arguments)


async def _connect(url: str) -> None:
    async with client(url):
        pass


async def _connect_as_before(url: str) -> None:
    # The suite's server for this one speaks no later revision, whatever it says is tested.
    os.environ["MCP_CONFORMANCE_PROTOCOL_VERSION"] = "2025-11-25"
    await _connect(url)


async def _add(url: str) -> None:
    async with client(url) as connected:
        await call(connected, "add_numbers", {"a": 5, "b": 3})


async def _add_with_all_abilities(url: str) -> None:
    able = Callbacks(elicit=_accept, sample=_sample, roots=_roots)
    async with client(url, able) as connected:
        await call(connected, "add_numbers", {"a": 5, "b": 3})


async def _reconnect(url: str) -> None:
    async with client(url) as connected:
        await call(connected, "test_reconnection", {})


async def _echo_schema(url: str) -> None:
    async with client(url) as connected:
        schema = connected.surface.tool("json_schema_2020_12_tool")["inputSchema"]
        await call(connected, "json_schema_echo", {"schema": schema})


async def _call_all(url: str) -> None:
    async with client(url) as connected:
        for tool in connected.surface.tools:
            await call(connected, str(tool["name"]), _arguments(tool["inputSchema"]))


async def _use_everything(url: str) -> None:
    async with client(url) as connected:
        for tool in connected.surface.tools:
            await call(connected, str(tool["name"]), _arguments(tool["inputSchema"]))
        for resource in await connected.list_resources():
            await connected.read_resource(resource.uri)
        for prompt in await connected.list_prompts():
            await connected.prompt(prompt.name, {one.name: "x" for one in prompt.arguments})


async def _replay_calls(url: str) -> None:
    async with client(url) as connected:
        for wanted in context().get("toolCalls", ()):
            # `null` stands for what is not given, which a typed client does not send.
            arguments = {name: given(value) for name, value in wanted["arguments"].items()}
            await call(connected, wanted["name"], arguments)


async def _accept_defaults(url: str) -> None:
    async with client(url, Callbacks(elicit=_accept)) as connected:
        await call(connected, "test_client_elicitation_defaults", {})


async def _several_rounds(url: str) -> None:
    able = Callbacks(elicit=lambda question: Answered.accept({"confirmed": True}))
    async with client(url, able) as connected:
        for tool in (
            "test_mrtr_echo_state",
            "test_mrtr_unrelated",
            "test_mrtr_no_state",
            "test_mrtr_no_result_type",
        ):
            await call(connected, tool, {})


async def _logged_in(server: HttpServer) -> None:
    async with client(server, Callbacks(elicit=_accept)) as connected:
        for tool in connected.surface.tools[:1]:
            await call(connected, str(tool["name"]), {})


def _accept(question: Question) -> Answered:
    return Answered.accept()


def _sample(question: SampleQuestion) -> SampleAnswer:
    return SampleAnswer("", model="none")


def _roots() -> Sequence[Root]:
    return ()


def _arguments(schema: Any) -> dict[str, Any]:
    """The least arguments that such a schema takes."""
    plain: dict[str, Any] = {
        "string": "x",
        "integer": 0,
        "number": 0,
        "boolean": False,
        "array": [],
        "object": {},
    }
    properties = schema.get("properties", {})
    return {
        name: plain.get(properties.get(name, {}).get("type"), "x")
        for name in schema.get("required", ())
    }


SCENARIOS: dict[str, Scenario] = {
    "initialize": _connect,
    "tools_call": _add,
    "sse-retry": _reconnect,
    "json-schema-ref-no-deref": _connect_as_before,
    "json-schema-2020-12-preservation": _echo_schema,
    "request-metadata": _add_with_all_abilities,
    "http-standard-headers": _use_everything,
    "http-invalid-tool-headers": _call_all,
    "http-custom-headers": _replay_calls,
    "elicitation-sep1034-client-defaults": _accept_defaults,
    "sep-2322-client-request-state": _several_rounds,
}
"""All but those of `auth/`, which differ in how one logs in."""


if __name__ == "__main__":
    main()
