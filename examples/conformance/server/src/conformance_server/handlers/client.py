"""Handlers of the client group: tools that talk with the client while they run."""

from __future__ import annotations

import json
from typing import Any

import anyio

from .._runtime.server.errors import ProtocolError
from .._runtime.server.questions import Form, Sample
from .._runtime.shared.model import to_json
from ..contract import Context
from ..questions import CHOICES, DEFAULTS, RESPONSE, USER_NAME

_PAUSE = 0.05
"""Seconds between two messages, for the suite to tell them apart."""


class Client:
    """Tools that talk with the client while they run."""

    async def test_tool_with_logging(self, context: Context) -> str:
        """Sends three log messages."""
        await context.log("info", "Tool execution started")
        await anyio.sleep(_PAUSE)
        await context.log("info", "Tool processing data")
        await anyio.sleep(_PAUSE)
        await context.log("info", "Tool execution completed")
        return "Tool with logging executed successfully"

    async def test_logging_tool(self, context: Context) -> str:
        """Sends one log message."""
        await context.log("info", "Logged")
        return "Logged one message."

    async def test_tool_with_progress(self, context: Context) -> str:
        """Reports progress three times."""
        for done in (0, 50, 100):
            await context.progress(done, 100, f"Completed step {done} of 100")
            await anyio.sleep(_PAUSE)
        return "Reported progress three times."

    async def test_sampling(self, prompt: str, context: Context) -> str:
        """Asks the client's model."""
        said = await context.ask(Sample(prompt, max_tokens=100))
        return f"LLM response: {said.text}"

    async def test_elicitation(self, message: str, context: Context) -> str:
        """Asks the user."""
        return f"User response: {await _told(RESPONSE.saying(message), context)}"

    async def test_elicitation_sep1034_defaults(self, context: Context) -> str:
        """Asks the user, with a default for each kind of field."""
        return f"Elicitation result: {await _told(DEFAULTS, context)}"

    async def test_elicitation_sep1330_enums(self, context: Context) -> str:
        """Asks the user to choose, in each way that a form has for it."""
        return f"Elicitation completed: {await _told(CHOICES, context)}"

    async def test_streaming_elicitation(self, context: Context) -> str:
        """Asks the user's name."""
        return await _told(USER_NAME, context)

    async def test_reconnection(self, context: Context) -> str:
        """Lets go of the client, which comes back for the answer."""
        await context.log("info", "Before disconnect")
        await context.close_stream()
        await anyio.sleep(0.2)
        await context.log("info", "After reconnect")
        return "Reconnection test completed"

    async def test_missing_capability(self, context: Context) -> str:
        """Needs a client that offers its model."""
        return "The client declared its model."

    async def test_trigger_tool_change(self, context: Context) -> str:
        """Says that the list of tools is another one."""
        await context.tools_changed()
        return "tool list changed"

    async def test_trigger_prompt_change(self, context: Context) -> str:
        """Says that the list of prompts is another one."""
        await context.prompts_changed()
        return "prompt list changed"


async def _told(form: Form[Any], context: Context) -> str:
    """What the user did. The suite's answers need not fit the form, and are to be told all the same."""
    try:
        reply = await context.ask(form)
    except ProtocolError as error:
        return f"not answered: {error.message}"
    content = json.dumps(to_json(reply.content)) if reply.content else "{}"
    return f"action={reply.action}, content={content}"
