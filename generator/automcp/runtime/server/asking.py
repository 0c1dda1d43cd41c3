"""Puts a handler's questions to the client, in whichever way the connection's era has for it.

Until 2025-11-25 a server sends requests of its own and waits. From 2026-07-28 on (multi round-trip
requests) it answers the call with what it needs to know, and the client repeats the call with the
answers; then the handler runs again from its start, and each question that has its answer returns at once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from inspect import isawaitable
from secrets import token_hex
from typing import Any, cast

from anyio import create_task_group

from ..shared.model import Json, to_json
from .errors import INVALID_PARAMS, ProtocolError, missing_capability
from .questions import BadReply, Question
from .request import Request, Wire

_MOST_TRIES = 3
_UNSAID = object()


class Pause(BaseException):
    """Ends a run of a handler that has to wait for answers. No failure: `except Exception` lets it pass."""


class Asking:
    """The questions of one call.

    Attributes:
        pending: What the client has to answer before the handler can go on, by key.
    """

    def __init__(self, request: Request, params: Wire) -> None:
        self._request = request
        self._answers = cast("dict[str, Json]", params.get("inputResponses") or {})
        state = _state(params.get("requestState"))
        self._given = cast("dict[str, Json]", state.get("answers") or {})
        self._kept = cast("dict[str, Json]", state.get("kept") or {})
        self._asked = Counter[str]()
        self.pending: dict[str, Json] = {}

    async def ask(self, questions: Sequence[Question[Any]]) -> list[Any]:
        """The answers, in the order of the questions.

        Raises:
            Pause: The client has to answer first (2026-07-28).
            ProtocolError: The client cannot be asked, or answered with an error, or never with what fits.
        """
        self._require(questions)
        keyed = [(self._key(one), one) for one in questions]
        if not self._request.modern:
            return await self._send_all(keyed)
        answers = [self._answer(key, one) for key, one in keyed]
        if _UNSAID in answers:
            raise Pause
        return answers

    async def once(self, key: str, compute: Callable[[], object]) -> Json:
        """The value of `compute`, which is called in the first run only."""
        if key not in self._kept:
            value = compute()
            self._kept[key] = to_json(
                await cast("Awaitable[object]", value) if isawaitable(value) else value
            )
        return self._kept[key]

    def result(self) -> Wire:
        """What tells the client to answer and to come back (MCP 2026-07-28, multi round-trip requests)."""
        state: Wire = {"answers": self._given, "kept": self._kept}
        text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        return {
            "resultType": "input_required",
            "inputRequests": self.pending,
            "requestState": text,
        }

    def _require(self, questions: Sequence[Question[Any]]) -> None:
        missing: Wire = {}
        for one in questions:
            if not declares(self._request.capabilities, one.needs):
                missing.update(one.needs)
        if missing:
            raise missing_capability(missing)

    def _key(self, question: Question[Any]) -> str:
        """The key of this asking: the same question asked again, say in a loop, is another one."""
        self._asked[question.key] += 1
        count = self._asked[question.key]
        return question.key if count == 1 else f"{question.key}_{count}"

    def _answer(self, key: str, question: Question[Any]) -> Any:
        """The answer, or a note that the client has to give one."""
        answer = self._known(key, question)
        if answer is _UNSAID:
            self.pending[key] = {"method": question.method, "params": question.params()}
        return answer

    def _known(self, key: str, question: Question[Any]) -> Any:
        """The answer that came with the call, now or in an earlier round."""
        fresh = self._answers.get(key)
        result = self._given.get(key, fresh)
        if isinstance(result, dict):
            try:
                answer = question.read(result)
            except BadReply:
                pass
            else:
                self._given[key] = result
                return answer
        return _UNSAID

    async def _send_all(self, keyed: Sequence[tuple[str, Question[Any]]]) -> list[Any]:
        """All answers. Several questions go out at once, and one failure ends them all."""
        answers = list[Any]([None] * len(keyed))

        async def fill(at: int) -> None:
            answers[at] = await self._send(*keyed[at])

        if len(keyed) == 1:
            await fill(0)
            return answers
        try:
            async with create_task_group() as tasks:
                for at in range(len(keyed)):
                    tasks.start_soon(fill, at)
        except ExceptionGroup as group:
            raise group.exceptions[0] from None
        return answers

    async def _send(self, key: str, question: Question[Any]) -> Any:
        # A task goes on with what was answered before it became one.
        known = self._known(key, question)
        if known is not _UNSAID:
            return known
        reason = ""
        for _ in range(_MOST_TRIES):
            result = await self._request.send(question.method, _sent(question))
            try:
                return question.read(result)
            except BadReply as bad:
                reason = str(bad)
        raise ProtocolError(INVALID_PARAMS, f"The answer to {key} does not fit: {reason}")


def _sent(question: Question[Any]) -> Wire:
    """What goes out as a request; a page then needs an id that no other question has (MCP 2025-11-25)."""
    params = question.params()
    return {**params, "elicitationId": token_hex(8)} if "url" in params else params


def declares(capabilities: Mapping[str, Json], needed: Mapping[str, Json]) -> bool:
    """Whether a client's capabilities have all that is needed.

    `elicitation: {}` stands for `elicitation: {form: {}}` (MCP 2025-11-25, elicitation).
    """
    return all(_has(capabilities.get(name), name, wanted) for name, wanted in needed.items())


def _has(declared: Json, name: str, wanted: Json) -> bool:
    if not isinstance(declared, dict):
        return False
    if name == "elicitation" and not declared:
        declared = {"form": {}}
    return not isinstance(wanted, dict) or all(key in declared for key in wanted)


def _state(text: Json) -> Wire:
    """What the kernel wrote down in an earlier round; the dialect has verified that it is ours."""
    if not isinstance(text, str):
        return {}
    try:
        state: object = json.loads(text)
    except ValueError:
        raise ProtocolError(INVALID_PARAMS, "The request state is not this server's.") from None
    return cast("Wire", state) if isinstance(state, dict) else {}
