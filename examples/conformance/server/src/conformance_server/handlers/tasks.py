"""Handlers of the tasks group: tools that may run on as tasks."""

from __future__ import annotations

import anyio

from .._runtime.server.errors import ProtocolError
from ..contract import Context
from ..errors import Intended
from ..questions import DELETE, FIRST_INPUT, SECOND_INPUT, USER_NAME


class Tasks:
    """Tools that may run on as tasks."""

    async def greet(self, name: str, context: Context) -> str:
        """Greets at once."""
        return f"Hello, {name}!"

    async def slow_compute(self, seconds: float, label: str | None, context: Context) -> str:
        """Takes its time."""
        await anyio.sleep(seconds)
        return f"Computed {label or 'something'} in {seconds} s."

    async def failing_job(self, context: Context) -> None:
        """Fails after a second."""
        await anyio.sleep(1)
        raise Intended

    async def protocol_error_job(self, context: Context) -> None:
        """Ends in a protocol error."""
        raise ProtocolError(-32603, "This job ends in a protocol error.")

    async def confirm_delete(self, filename: str, context: Context) -> str:
        """Asks before it deletes."""
        reply = await context.ask(DELETE.saying(f"Delete {filename} for good?"))
        deleted = reply.content is not None and reply.content.confirm
        return f"{'Deleted' if deleted else 'Kept'} {filename}."

    async def multi_input(self, context: Context) -> str:
        """Asks two things."""
        first, second = await context.ask_all(FIRST_INPUT, SECOND_INPUT)
        told = [reply.content.name if reply.content else "nothing" for reply in (first, second)]
        return f"Got {told[0]} and {told[1]}."

    async def test_tool_with_task(self, context: Context) -> str:
        """Asks the user's name, and goes on as a task."""
        reply = await context.ask(USER_NAME)
        return f"Hello, {reply.content.name if reply.content else 'stranger'}!"
