"""Members that the protocol does not name: `mcp` 1 sent them as they were, `mcp` 2 leaves them out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, cast

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

_answers: ContextVar[list[Any] | None] = ContextVar("answers", default=None)


def told(answer: Any) -> Any:
    """Remember the answer to the request that is being answered."""
    answers = _answers.get()
    if answers is not None:
        answers.append(answer)
    return answer


async def keep(ctx: Any, call_next: Callable[[Any], Awaitable[Any]]) -> Any:
    """Middleware that adds to an answer what was left out of it."""
    answers: list[Any] = []
    token = _answers.set(answers)
    try:
        shown = await call_next(ctx)
    finally:
        _answers.reset(token)
    if answers:
        _add(shown, answers[-1])
    return shown


def _add(shown: Any, made: Any) -> None:
    if isinstance(made, BaseModel) and isinstance(shown, dict):
        members = cast("dict[str, Any]", shown)
        further: Mapping[str, Any] = made.__pydantic_extra__ or {}
        for name, value in further.items():
            if value is not None:
                members.setdefault(name, to_jsonable_python(value))
        for name, field in type(made).model_fields.items():
            _add(members.get(field.alias or name), getattr(made, name))
    elif isinstance(made, list) and isinstance(shown, list):
        pairs = zip(cast("Iterable[Any]", shown), cast("Iterable[Any]", made), strict=False)
        for one, other in pairs:
            _add(one, other)
