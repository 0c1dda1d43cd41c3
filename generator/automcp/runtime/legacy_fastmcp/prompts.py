"""What `fastmcp.prompts` and its modules offered: prompts made of functions, as fastmcp 2 and 3 made them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, cast

from fastmcp.exceptions import PromptError
from fastmcp.prompts import Message as Now
from fastmcp.prompts import base as _base
from fastmcp.prompts import function_prompt as _function_prompt
from fastmcp.server.dependencies import without_injected_parameters
from fastmcp.utilities.docstring_parsing import parse_docstring
from fastmcp.utilities.types import get_cached_typeadapter
from mcp.types import PromptMessage, TextContent
from pydantic_core import to_json

from .before import FASTMCP
from .elsewhere import found
from .surface import read_docstring

_NOTE = re.compile(
    r"\n*Provide a value matching the following JSON schema: (?P<schema>.*)\. Encode non-string values as JSON\.$",
    re.DOTALL,
)
_NOTED = "Provide as a JSON string matching the following schema: "


class FunctionPrompt(_function_prompt.FunctionPrompt):
    """A prompt made of a function."""

    enabled: bool = True

    @classmethod
    def from_function(cls, fn: Callable[..., Any], **words: Any) -> Any:
        """Make a prompt of a function."""
        enabled = words.pop("enabled", None)
        for gone in ("task", "context_kwarg"):
            words.pop(gone, None)
        made: Any = super().from_function(fn, **words)
        now = parse_docstring(fn)
        description, texts = read_docstring(fn)
        if now.description and made.description == now.description:
            made.description = description
        for argument in made.arguments or ():
            argument.description = _described(
                argument.description, now.parameters.get(argument.name), texts.get(argument.name)
            )
        made.enabled = enabled is not False
        return made

    def _convert_string_arguments(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """The arguments as what their parameters say: read as JSON first, then as they are."""
        known = inspect.signature(without_injected_parameters(self.fn)).parameters
        return {
            name: _converted(name, value, known[name].annotation) if name in known else value
            for name, value in kwargs.items()
        }

    def enable(self) -> None:
        """Show the prompt."""
        self.enabled = True

    def disable(self) -> None:
        """Hide the prompt."""
        self.enabled = False

    def convert_result(self, raw_value: Any) -> Any:
        """What the function returned, as messages."""
        if FASTMCP < (3,) and not isinstance(raw_value, _base.PromptResult | str):
            items = cast(
                "list[Any]", raw_value if isinstance(raw_value, list | tuple) else [raw_value]
            )
            return super().convert_result([_message(item) for item in items])
        return super().convert_result(raw_value)


def _converted(name: str, value: Any, kind: Any) -> Any:
    """An argument as its parameter's type. Raises `PromptError` if it is none."""
    if kind is inspect.Parameter.empty or kind is str or not isinstance(value, str):
        return value
    try:
        adapter: Any = get_cached_typeadapter(kind)
        try:
            return adapter.validate_json(value)
        except (ValueError, TypeError):
            return adapter.validate_python(value)
    except (ValueError, TypeError) as error:
        told = f"Could not convert argument {name!r} with value '{value}' to expected type {kind}."
        raise PromptError(f"{told} Error: {error}") from error


def _described(now: str | None, derived: str | None, before: str | None) -> str | None:
    """An argument's description as it was: with another note about its schema, or none before 2.9."""
    note = _NOTE.search(now or "")
    text = (now or "")[: note.start()] if note else (now or "")
    if derived and text == derived:
        text = before or ""
    if note is None or FASTMCP < (2, 9):
        return text or None
    said = _NOTED + note["schema"]
    return f"{text}\n\n{said}" if text else said


def _message(item: Any) -> Any:
    """What a function of fastmcp 2 returned in a list, as a message."""
    if isinstance(item, Now | str):
        return item
    if isinstance(item, PromptMessage):
        return Now(content=item.content, role=item.role)
    return Now(
        content=TextContent(type="text", text=to_json(item, fallback=str).decode()), role="user"
    )


def make_as_before() -> None:
    """Let whatever makes a prompt of a function make it as it was made, once."""
    now: Any = _base.Prompt
    if getattr(now.from_function, "__func__", None) is not _from_function:
        type.__setattr__(now, "from_function", classmethod(cast("Any", _from_function)))


def _from_function(_: Any, fn: Callable[..., Any], **words: Any) -> Any:
    return FunctionPrompt.from_function(fn, **words)


def user_message(content: Any, **words: Any) -> Any:
    """A message of the user."""
    return Now(content, role="user", **words)


def assistant_message(content: Any, **words: Any) -> Any:
    """A message of the assistant."""
    return Now(content, role="assistant", **words)


def __getattr__(name: str) -> Any:
    if name == "UserMessage":
        return user_message
    if name == "AssistantMessage":
        return assistant_message
    return found(name, "fastmcp.prompts", "fastmcp.prompts.base", "fastmcp.prompts.function_prompt")
