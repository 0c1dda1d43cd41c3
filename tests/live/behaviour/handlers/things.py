"""Handlers that do right and wrong things, by the name of the thing."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import anyio

from .._runtime.server.errors import NotFound, ProtocolError
from .._runtime.server.offers import Variables
from .._runtime.server.result import Result
from .._runtime.shared.content import Image, Message, ResourceLink, Text
from ..contract import Context
from ..errors import Closed, Missing
from ..models import MissingData, Thing
from ..questions import CONFIRM


class Things:
    """Things of all kinds."""

    async def find(self, id: str, size: Any, unit: str, context: Context) -> Thing:
        """Find a thing by its name."""
        print("stray words on stdout")
        match id:
            case "closed":
                raise Closed
            case "missing":
                raise Missing(data=MissingData(id=id))
            case "crash":
                raise RuntimeError("password=hunter2")
            case "exit":
                sys.exit(3)
            case "group":
                raise ExceptionGroup("several", [RuntimeError("hunter2")])
            case "protocol":
                raise ProtocolError(-32050, "later", {"seconds": 5})
            case "empty":
                raise NotImplementedError
            case "hang":
                await anyio.sleep_forever()
            case "wrong":
                return cast("Thing", {"size": "big"})
            case "nothing":
                return cast("Thing", None)
            case "date":
                return cast("Thing", {"id": "x", "when": date(2026, 1, 1)})
            case _:
                pass
        return Thing(id=f"{id} {size!r} {unit}", size=1.0)

    async def list_(self, context: Context) -> list[Thing]:
        """All things."""
        return [Thing(id="a"), Thing(id="b", size=2)]

    async def count(self, context: Context) -> int:
        """How many things there are."""
        return context.state.count

    async def plain(self, context: Context) -> str:
        """A word."""
        return "thing"

    async def drop(self, context: Context) -> None:
        """Drop all things."""

    def blocking(self, context: Context) -> str:
        """Takes its time in a thread."""
        time.sleep(0.1)
        return "done"

    async def report(self, context: Context) -> str:
        """Says what it is doing."""
        await context.progress(1, 2, "half")
        await context.log("debug", {"step": 1})
        await context.log("error", "trouble")
        await context.progress(2, 2)
        return "reported"

    async def picture(self, context: Context) -> list[Text | Image]:
        """A picture."""
        return [Text("A picture:"), Image(b"png", "image/png")]

    async def mixed(self, context: Context) -> Result[Any]:
        """A number and what it looks like."""
        return Result({"n": 1}, [Text("one"), ResourceLink("things://about", "about")], {"m": 1})

    async def raw(self, arguments: Any, context: Context) -> Any:
        """Takes anything that fits a schema."""
        return arguments

    async def ask(self, context: Context) -> str:
        """Asks the user."""
        reply = await context.ask(CONFIRM)
        return f"{reply.action} {reply.content}"

    async def needy(self, context: Context) -> str:
        """Needs a model."""
        return "has one"

    async def greet(self, context: Context) -> str:
        """Greets with what it is set up with."""
        return f"{context.settings.greeting} {context.caller}"

    async def wait(self, seconds: float, context: Context) -> str:
        """Waits, and counts who waits."""
        context.state.waiting += 1
        try:
            await anyio.sleep(seconds)
        finally:
            context.state.waiting -= 1
        return "waited"

    async def waiting(self, context: Context) -> int:
        """How many wait."""
        return context.state.waiting

    async def icon(self, context: Context) -> bytes:
        """A picture."""
        return b"\x89PNG"

    async def one(self, id: str, unit: str | None, context: Context) -> Thing:
        """One thing."""
        match id:
            case "missing":
                raise Missing(data=MissingData(id=id))
            case "nowhere":
                raise NotFound
            case "crash":
                raise RuntimeError("password=hunter2")
            case _:
                return Thing(id=f"{id} {unit}")

    async def complete_one_id(
        self, value: str, others: Variables, context: Context
    ) -> Sequence[str]:
        """What the name may be."""
        return [name for name in ("alpha", "alps", "beta") if name.startswith(value)]

    async def advert(self, id: str, tone: str | None, context: Context) -> list[Message | str]:
        """Praises a thing."""
        if id == "crash":
            raise RuntimeError("password=hunter2")
        return [f"Praise {id} in a tone that is {tone}.", Message("assistant", Text("Well."))]

    async def complete_advert_id(
        self, value: str, others: Variables, context: Context
    ) -> Sequence[str]:
        """What the name may be."""
        if value == "crash":
            raise RuntimeError("password=hunter2")
        return [f"{value}{others.text_or_none('tone')}"]
