"""Runs any function so that whatever it raises arrives as one kind of error."""

from __future__ import annotations

import inspect
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import ParamSpec, TypeVar, cast, overload

from .breaker import Clock
from .errors import OperationError
from .safe import REDACTED, is_secret, printable, redacted

P = ParamSpec("P")
T = TypeVar("T")


@overload
async def execute_with_boundary(
    func: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
) -> T: ...


@overload
async def execute_with_boundary(func: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...


async def execute_with_boundary(
    func: Callable[..., object], *args: object, **kwargs: object
) -> object:
    """Call `func`, await what it gives if that can be awaited, and give the result.

    Raises:
        OperationError: Any `Exception` that it raised, as the cause; the context has `function`, `args`,
            `kwargs` (secrets redacted) and `timestamp` (seconds since 1970). Cancellation and other
            exceptions that are no `Exception` pass.
    """
    return await bounded(func, args, kwargs, time.time)


async def bounded(
    func: Callable[..., object],
    args: tuple[object, ...],
    kwargs: Mapping[str, object],
    clock: Clock,
) -> object:
    """What `execute_with_boundary` does, with a clock of the caller's choice."""
    try:
        result = func(*args, **kwargs)
        return await cast("Awaitable[object]", result) if inspect.isawaitable(result) else result
    except Exception as error:
        context = {
            "function": getattr(func, "__qualname__", repr(func)),
            "args": _arguments(func, args),
            "kwargs": redacted(kwargs),
            "timestamp": clock(),
        }
        raise OperationError(printable(str(error)) or type(error).__name__, context) from error


def _arguments(func: Callable[..., object], args: tuple[object, ...]) -> tuple[object, ...]:
    try:
        names = list(inspect.signature(func).parameters)
    except (TypeError, ValueError):
        names = []
    return tuple(
        REDACTED if at < len(names) and is_secret(names[at]) else redacted(value)
        for at, value in enumerate(args)
    )
