"""A hand-written service with a little of everything, on mcp 1."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from automcp.runtime.mcp1.app import CompiledServer
from automcp.runtime.server.auth import Auth
from automcp.runtime.server.offers import Offer, Operation, Resource, Variables
from automcp.runtime.server.questions import Form
from automcp.runtime.shared.model import Json, Model
from automcp.runtime.shared.surface import Surface

Context = Any
FORM: Json = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
ANSWER: Json = {"type": "object", "properties": {"result": {}}, "required": ["result"]}
TOOLS = ("echo", "log", "ask", "wait", "change", "leave", "shout", "who")
DOCUMENT: dict[str, Any] = {
    "server": {
        "name": "everything",
        "version": "4.5.6",
        "title": "Everything",
        "description": "A little of everything.",
        "instructions": "Try it.",
        "website": "https://example.com/everything",
        "icons": [{"src": "https://example.com/icon.png", "mimeType": "image/png"}],
    },
    "tools": [
        {"name": name, "inputSchema": {"type": "object"}, "outputSchema": ANSWER} for name in TOOLS
    ],
    "wrapped": [*TOOLS],
    "resources": [
        {"uri": "file:///a/../b", "name": "odd", "mimeType": "text/plain"},
        {"uri": "doc://watched", "name": "watched", "mimeType": "text/plain"},
    ],
    "templates": [{"uriTemplate": "doc://{id}/data", "name": "data", "mimeType": "text/plain"}],
    "prompts": [{"name": "greet", "arguments": [{"name": "name", "required": True}]}],
    "messages": {"greet": [{"role": "user", "text": "Hello {name}"}]},
    "literals": {"doc://watched": "calm"},
    "completions": {"prompts": {"greet": {"name": ["Ada", "Alan", "Bob"]}}},
    "subscribable": ["doc://watched"],
    "questions": {"name": {"message": "Who?", "form": FORM}},
    "policies": {"tools": {"who": [{"scopes": ["staff"]}]}},
    "health": "/health",
    "extensions": {"com.example/more": {"level": 1}},
}
SURFACE = Surface(DOCUMENT)
EVENTS: list[str] = []


class Name(Model):
    name: str


NAME = Form[Name].of("name", SURFACE, Name)


@asynccontextmanager
async def lifespan(_: object) -> AsyncGenerator[str]:
    EVENTS.append("open")
    try:
        yield "state"
    finally:
        EVENTS.append("close")


def build_server(auth: Auth | None = None, **options: Any) -> CompiledServer[str, None]:
    """The service; `options` are the SDK's."""
    offers = [*_operations(), *_more()]
    return CompiledServer(SURFACE, offers, lifespan=lifespan, auth=auth, **options)


def _operations() -> Iterator[Offer[Any]]:
    async def echo(arguments: dict[str, Json], context: Context) -> object:
        return {**arguments, "state": context.state}

    async def log(_: object, context: Context) -> object:
        for level in ("debug", "info", "error"):
            await context.log(level, {"level": level, "nothing": None})
        for step in range(3):
            await context.progress(step, 2, None)
        return None

    async def ask(_: object, context: Context) -> object:
        reply = await context.ask(NAME)
        return [reply.action, reply.content and reply.content.name]

    async def wait(_: object, context: Context) -> object:
        EVENTS.append("waiting")
        try:
            await anyio.sleep_forever()
        finally:
            EVENTS.append("given up")

    async def change(_: object, context: Context) -> object:
        await context.tools_changed()
        await context.resource_updated("doc://watched")
        return None

    async def leave(_: object, context: Context) -> object:
        await context.close_stream()
        await anyio.sleep(0.2)
        return "came back"

    def shout(_: object, context: Context) -> object:
        print("to nobody")
        subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
        return sys.stdin.read()

    async def who(_: object, context: Context) -> object:
        caller = context.caller
        return [caller.client, sorted(caller.scopes)] if caller else None

    for handler in (echo, log, ask, wait, change, leave, shout, who):
        yield Operation(handler.__name__, None, handler, handler=handler)


def _more() -> Iterator[Offer[Any]]:
    async def odd(_: Variables, context: Context) -> str:
        return "as it was written"

    async def data(variables: Variables, context: Context) -> str:
        return variables.text("id")

    yield Resource("file:///a/../b", odd, handler=odd)
    yield Resource("doc://{id}/data", data, handler=data)


if __name__ == "__main__":
    from automcp.runtime.mcp1.serving import main

    logging.disable()
    main(build_server, "everything")
