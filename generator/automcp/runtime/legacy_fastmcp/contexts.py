"""What `Context` and its module offered in fastmcp 2 and 3, where fastmcp 4 has it no more, or otherwise."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import mcp.types as types
from fastmcp.server.context import Context
from fastmcp.server.dependencies import get_http_request

from .before import FASTMCP
from .elsewhere import found

_state: ContextVar[dict[str, Any] | None] = ContextVar("_state", default=None)
"""What a request of fastmcp 2 keeps: middleware and functions share it."""


@contextmanager
def fresh_state() -> Generator[None]:
    """Give a request a state of its own."""
    token = _state.set({})
    try:
        yield
    finally:
        _state.reset(token)


def _set_state(self: Context, key: str, value: Any) -> None:
    """Keep something until the request is answered."""
    kept = _state.get()
    if kept is None:
        _state.set({key: value})
    else:
        kept[key] = value


def _get_state(self: Context, key: str) -> Any:
    """What was kept by a key; `None` if nothing was."""
    return (_state.get() or {}).get(key)


async def _list_roots(self: Context) -> list[Any]:
    """The roots of the client."""
    session: Any = self.session
    return list((await session.list_roots()).roots)


async def _sample(
    self: Context,
    messages: Any,
    system_prompt: str | None = None,
    include_context: Any = None,
    temperature: float | None = None,
    max_tokens: int | None = None,
    model_preferences: Any = None,
    **_: Any,
) -> Any:
    """What the client's model answers."""
    session: Any = self.session
    answer = await session.create_message(
        _messages(messages),
        max_tokens=max_tokens or 512,
        system_prompt=system_prompt,
        include_context=include_context,
        temperature=temperature,
        model_preferences=_preferences(model_preferences),
        related_request_id=self.request_id,
    )
    return answer.content


def _messages(said: Any) -> list[Any]:
    """What a model is asked: a text, or messages and texts."""
    found: list[Any] = []
    for one in [said] if isinstance(said, str) else said:
        if isinstance(one, str):
            content = types.TextContent(type="text", text=one)
            found.append(types.SamplingMessage(role="user", content=content))
        else:
            found.append(one)
    return found


def _preferences(said: Any) -> Any:
    """Which models are preferred: a name, several, or the preferences themselves."""
    if isinstance(said, str):
        said = [said]
    if isinstance(said, list):
        hints: Any = [types.ModelHint(name=str(one)) for one in said]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return types.ModelPreferences(hints=hints)
    return said


def _http_request(self: Context) -> Any:
    """The request that came over HTTP. Raises `RuntimeError` if there is none."""
    return get_http_request()


async def _tools_changed(self: Context) -> None:
    """Say that the list of tools changed."""
    await self.session.send_tool_list_changed()


async def _resources_changed(self: Context) -> None:
    """Say that the list of resources changed."""
    await self.session.send_resource_list_changed()


async def _prompts_changed(self: Context) -> None:
    """Say that the list of prompts changed."""
    await self.session.send_prompt_list_changed()


_GONE = {
    "get_http_request": _http_request,
    "list_roots": _list_roots,
    "sample": _sample,
    "send_prompt_list_changed": _prompts_changed,
    "send_resource_list_changed": _resources_changed,
    "send_tool_list_changed": _tools_changed,
}
_OF_2 = {"get_state": _get_state, "set_state": _set_state}
"""Are awaited since 3."""


def speak_as_before() -> None:
    """Add to `Context` what it had, once."""
    for name, method in _GONE.items():
        if not hasattr(Context, name):
            setattr(Context, name, method)
    if FASTMCP < (3,):
        for name, method in _OF_2.items():
            setattr(Context, name, method)


def __getattr__(name: str) -> Any:
    return found(name, "fastmcp.server.context")
