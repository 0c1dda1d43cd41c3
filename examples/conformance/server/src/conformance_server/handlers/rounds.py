"""Handlers of the rounds group: tools that need answers before they can end."""

from __future__ import annotations

from typing import Any

from .._runtime.server.questions import Question, Roots, Sample
from ..contract import Context
from ..questions import CONFIRM, STEP1, STEP2, USER_NAME


class Rounds:
    """Tools that need answers before they can end."""

    async def test_input_required_result_elicitation(self, context: Context) -> str:
        """Asks the user's name."""
        reply = await context.ask(USER_NAME)
        return f"Hello, {reply.content.name if reply.content else 'stranger'}!"

    async def test_input_required_result_sampling(self, context: Context) -> str:
        """Asks the client's model."""
        question = Sample("What is the capital of France?", max_tokens=100, key="capital_question")
        return f"Model said: {(await context.ask(question)).text}"

    async def test_input_required_result_list_roots(self, context: Context) -> str:
        """Asks where the client works."""
        roots = await context.ask(Roots("client_roots"))
        return f"Client exposed {len(roots)} root(s)."

    async def test_input_required_result_request_state(self, context: Context) -> str:
        """Asks and remembers what it asked."""
        before = await context.once("nonce", lambda: "remembered")
        await context.ask(CONFIRM)
        return f"state-ok: {before}"

    async def test_input_required_result_multiple_inputs(self, context: Context) -> str:
        """Asks three things at once."""
        greeting = Sample("Generate a greeting", max_tokens=50, key="greeting")
        _, said, roots = await context.ask_all(USER_NAME, greeting, Roots("client_roots"))
        return f"All inputs received: {said.text}, {len(roots)} root(s)."

    async def test_input_required_result_multi_round(self, context: Context) -> str:
        """Asks one thing after the other."""
        first = await context.ask(STEP1)
        second = await context.ask(STEP2)
        name = first.content.name if first.content else "Nobody"
        return f"{name} likes {second.content.color if second.content else 'nothing'}."

    async def test_input_required_result_tampered_state(self, context: Context) -> str:
        """Trusts no state that it did not write."""
        await context.ask(CONFIRM)
        return "state-ok"

    async def test_input_required_result_capabilities(self, context: Context) -> str:
        """Asks only what the client declared that it answers."""
        sample = Sample("Say hello", max_tokens=50, key="sample")
        wanted: list[Question[Any]] = [one for one in (sample, USER_NAME) if context.can_ask(one)]
        await context.ask_all(*wanted)
        return f"Asked {len(wanted)} thing(s)."
