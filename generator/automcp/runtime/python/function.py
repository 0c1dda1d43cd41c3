"""Calls a function that knows nothing of the service, by what its own annotations say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from inspect import isawaitable, iscoroutinefunction
from typing import Any, cast, get_type_hints

import anyio.to_thread
import pydantic_core
from pydantic import PydanticUserError, TypeAdapter, ValidationError

from ..bound.reading import problem
from ..bound.values import sent
from ..shared.failure import ArgumentError, BackendError
from ..shared.model import UNSET, Json, Model, to_json

AnyFunction = Callable[..., object]


async def call(function: AnyFunction, /, **arguments: object) -> Json:
    """What `function` returns, as JSON. A plain function runs in a worker thread.

    Args:
        arguments: By the names of its parameters; what is `UNSET` is left out. Each becomes what the function's
            annotation asks for: a date, a dataclass, a model of its own.

    Raises:
        ArgumentError: An argument cannot become what is asked for.
        BackendError: The answer is no JSON.
        Exception: What the function raises.
    """
    return _plain(await blocks(function, **arguments))


async def blocks(function: AnyFunction, /, **arguments: object) -> Any:
    """The same, returned as it is: content blocks, or a `Result`."""
    given = _converted(function, arguments)
    if iscoroutinefunction(function):
        return await function(**given)
    answer = await anyio.to_thread.run_sync(partial(function, **given), abandon_on_cancel=True)
    # A plain function may still hand out a coroutine, as decorated ones do.
    return await answer if isawaitable(answer) else answer


def _converted(function: AnyFunction, arguments: Mapping[str, object]) -> dict[str, object]:
    wanted = _parameters(function)
    return {
        name: wanted[name](name, value) if name in wanted else _handed(value)
        for name, value in arguments.items()
        if value is not UNSET
    }


def _handed(value: object) -> object:
    """The argument of a parameter that says nothing: plain JSON; the context as it is."""
    try:
        return sent(value)
    except TypeError:
        return value


@lru_cache(maxsize=1 << 10)
def _parameters(function: AnyFunction) -> dict[str, Callable[[str, object], object]]:
    try:
        hints = get_type_hints(function)
    except (NameError, TypeError, AttributeError, SyntaxError):
        # What an annotation mentions may exist for type checkers only.
        return {}
    return {
        name: partial(_taken, adapter)
        for name, hint in hints.items()
        if name != "context" and (adapter := _adapter(hint)) is not None
    }


def _adapter(hint: Any) -> TypeAdapter[Any] | None:
    try:
        return TypeAdapter(hint)
    except (PydanticUserError, TypeError):
        return None


def _taken(adapter: TypeAdapter[Any], name: str, value: object) -> object:
    try:
        return adapter.validate_python(sent(value))
    except ValidationError as error:
        raise ArgumentError(
            name, f"is nothing that the function takes: {problem(error, value)}"
        ) from error


def _plain(answer: object) -> Json:
    try:
        return cast("Json", pydantic_core.to_jsonable_python(_unpacked(answer), by_alias=True))
    except (ValueError, TypeError, pydantic_core.PydanticSerializationError) as error:
        raise BackendError(
            f"the function returned a {type(answer).__name__}, which is no JSON"
        ) from error


def _unpacked(answer: object) -> object:
    """The answer with JSON in place of the service's models, in which nobody's defaults are put."""
    if isinstance(answer, Model):
        return to_json(answer)
    if isinstance(answer, list | tuple):
        return [_unpacked(item) for item in cast("list[object]", answer)]
    if isinstance(answer, dict):
        members = cast("dict[object, object]", answer)
        return {key: _unpacked(member) for key, member in members.items()}
    return answer
