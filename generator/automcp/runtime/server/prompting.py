"""Prompts: checks the arguments, runs the handler, and makes messages of what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from ..shared.content import Message, Text, message_to_wire
from ..shared.model import Json, to_json
from ..shared.path import shorten
from ..shared.surface import Surface
from .access import Access
from .answer import Unfit
from .context import RequestContext
from .errors import INVALID_PARAMS, ProtocolError, Unknown
from .execution import Paused, Raised, Returned, runner
from .failures import as_protocol_error, crash, failure, overdue
from .offers import Prompt, Variables
from .request import Caller, Wire
from .result import Verbatim


class Prompts:
    """All prompts of a service."""

    def __init__(self, surface: Surface, offers: Iterable[Prompt[Any]]) -> None:
        self._prompts = {cast("str", one["name"]): one for one in surface.listed("prompts")}
        self._messages = cast("Mapping[str, list[Wire]]", surface.section("messages"))
        self._offers = {offer.prompt: (offer, runner(offer)) for offer in offers}
        self._access = Access(surface, "prompts")
        for name in self._offers.keys() - self._prompts.keys():
            raise ValueError(f"surface.json has no prompt {name}")
        for name in self._prompts.keys() - self._offers.keys() - self._messages.keys():
            raise ValueError(f"nothing answers the prompt {name}")

    def admitted(self, caller: Caller | None) -> list[Wire]:
        """The prompts that the caller may see."""
        return self._access.admitted(list(self._prompts.values()), "name", caller)

    def find(self, name: str, caller: Caller | None) -> Wire:
        """A prompt as it is on the wire. Raises `Unknown`."""
        prompt = self._prompts.get(name)
        if prompt is None or not self._access.admits(name, caller):
            raise Unknown(f"Unknown prompt: {shorten(name, 100)}")
        return prompt

    async def answer(
        self, name: str, arguments: Mapping[str, str], context: RequestContext[Any, Any]
    ) -> Wire:
        """The result of getting a prompt. Raises `ProtocolError`."""
        prompt = self.find(name, context.caller)
        if name not in self._offers or not self._offers[name][0].unchecked:
            _check_arguments(prompt, arguments)
        described: Wire = {"description": prompt["description"]} if "description" in prompt else {}
        if name in self._messages:
            return {**described, "messages": _filled(self._messages[name], arguments)}
        offer, run = self._offers[name]
        about: Wire = {"prompt": name}
        try:
            match await run(Variables(arguments), context):
                case Returned(Verbatim(result)):
                    return {**described, **result}
                case Returned(value):
                    return {**described, "messages": _messages(value)}
                case Raised(error):
                    raise as_protocol_error(failure(offer, error), about)
                case Paused():
                    assert context.asking is not None
                    return context.asking.result()
                case _:
                    raise as_protocol_error(overdue(offer, repeatable=True), about)
        except Exception as error:
            if isinstance(error, ProtocolError):
                raise
            raise as_protocol_error(crash(offer.label, error), about) from None


def _check_arguments(prompt: Wire, arguments: Mapping[str, str]) -> None:
    declared = cast("Sequence[Wire]", prompt.get("arguments") or ())
    name = cast("str", prompt["name"])
    for one in declared:
        if one.get("required") is True and one["name"] not in arguments:
            raise ProtocolError(INVALID_PARAMS, f"{name} needs the argument {one['name']}.")
    known = {cast("str", one["name"]) for one in declared}
    for key in arguments:
        if key not in known:
            raise ProtocolError(INVALID_PARAMS, f"{name} has no argument {shorten(key, 100)}.")


def _filled(messages: Sequence[Wire], arguments: Mapping[str, str]) -> list[Json]:
    """The spec's own messages, with the arguments in them."""

    def value(found: re.Match[str]) -> str:
        return arguments.get(found[1], "")

    return [
        {
            "role": one["role"],
            "content": {"type": "text", "text": _PLACE.sub(value, cast("str", one["text"]))},
        }
        for one in messages
    ]


_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_-]*)\}")


def _messages(value: object) -> list[Json]:
    listed = cast("Sequence[object]", value) if isinstance(value, list | tuple) else [value]
    return [_message(one) for one in listed]


def _message(value: object) -> Json:
    if isinstance(value, str):
        value = Message("user", Text(value))
    if not isinstance(value, Message):
        raise Unfit(f"returned a {type(value).__name__}, which is no message")
    try:
        return to_json(message_to_wire(value))
    except (TypeError, ValueError) as error:
        raise Unfit(f"returned a message that is none: {error}") from error
