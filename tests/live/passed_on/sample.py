"""A server that is not ours, for a compiled one to pass everything on to."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path
from typing import Any

from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp_types import (
    Completion,
    ElicitRequest,
    ElicitRequestFormParams,
    InputRequiredResult,
    SamplingMessage,
    TextContent,
)
from pydantic import BaseModel

logging.disable()
app = MCPServer("sample", version="1.0")
LOG = Path(__file__).with_suffix(".log")


def note(text: str) -> None:
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"{text}\n")


@app.tool()
async def wait(seconds: float, context: Context[Any, Any]) -> str:
    """Take a while, and tell of it."""
    note("began")
    await context.report_progress(1, 2, "half of it")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        note("cancelled")
        raise
    return "done"


@app.tool()
async def hang() -> str:
    """Do nothing for a long time."""
    try:
        await asyncio.sleep(600)
    except asyncio.CancelledError:
        note("cancelled")
        raise
    return "done"


class Sure(BaseModel):
    sure: bool


@app.tool()
async def ask(context: Context[Any, Any]) -> str:
    """Ask the user."""
    return str(await context.elicit("Sure?", Sure))


@app.tool()
async def sample(context: Context[Any, Any]) -> str:
    """Ask the model."""
    said = SamplingMessage(role="user", content=TextContent(type="text", text="Hello"))
    session: Any = context.session
    return str(await session.create_message([said], max_tokens=10))


@app.tool()
async def rounds() -> InputRequiredResult | str:
    """Ask the user without looking whether anybody is there to be asked."""
    form = ElicitRequestFormParams(message="Sure?", requested_schema=Sure.model_json_schema())
    return InputRequiredResult(input_requests={"sure": ElicitRequest(params=form)})


@app.tool()
def capable() -> str:
    """Refuse clients that cannot be asked."""
    needed: Any = {"requiredCapabilities": {"elicitation": {}}}
    raise MCPError(-32021, "This needs a client that declares elicitation.", needed)


@app.tool()
def header(name: str, context: Context[Any, Any]) -> str:
    """An HTTP header."""
    return (context.headers or {}).get(name, "")


@app.tool()
def environment(name: str) -> str:
    """A variable of the environment."""
    return os.environ.get(name, "")


@app.resource("x://fixed", mime_type="text/markdown")
def fixed() -> str:
    """A text."""
    return "# Fixed"


@app.resource("x://image", mime_type="image/png", meta={"of": "a cat"})
def image() -> bytes:
    """A picture."""
    return b"\x89PNG"


@app.resource("x://bytes/{name}")
def of_bytes(name: str) -> bytes:
    """Bytes, though it is listed as a text."""
    return b"\xff" + name.encode()


@app.resource("x://files/{+path}")
def file(path: str) -> str:
    """What is at a path."""
    return f"<{path}>"


@app.resource("x://pages/{id}{?language}")
def page(id: str, language: str = "en") -> str:
    """A page."""
    if id == "none":
        raise ResourceNotFoundError("there is no such page")
    if id == "broken":
        raise ValueError("not for callers")
    return f"{id} in {language}"


@app.prompt()
def greet(name: str, mood: str = "good") -> list[str]:
    """Greet somebody."""
    return [f"Hello {name}!", f"Mood: {mood}"]


@app.prompt()
def plain() -> str:
    """Say nothing in particular."""
    return "Well."


@app.completion()
async def complete(reference: Any, argument: Any, context: Any) -> Completion | None:
    known = dict(context.arguments or {}) if context else {}
    if argument.name == "name":
        return Completion(
            values=[f"{argument.value}1", f"{argument.value}2"], total=9, has_more=True
        )
    if argument.name == "language":
        return Completion(values=[f"{argument.value} for {known}"], total=1, has_more=False)
    return None


if __name__ == "__main__":
    if sys.argv[1:]:
        app.run("streamable-http", port=int(sys.argv[1]))
    else:
        app.run("stdio")
