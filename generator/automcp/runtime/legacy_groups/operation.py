"""The decorator that makes a method an operation."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import anyio.to_thread
from pydantic import BaseModel

from .context import context_parameter

__all__ = ["operation"]


def operation(
    schema: type[BaseModel] | None = None,
    name: str | None = None,
    policy: str | None = None,
) -> Callable[[Callable[..., Any]], Any]:
    """The decorated method is an operation of its group.

    Args:
        schema: What its arguments are read into; the method gets that one object.
        name: What it is called; as the method, if it says nothing.
        policy: The permission that callers need where they are known.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        takes = _Context.of(function, schema)
        others = _own_parameters(function, schema, takes.name)

        @wraps(function)
        async def run(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            # The context is no argument: it is taken out before the rest is checked.
            ctx = kwargs.pop("ctx", None) if takes.apart else None
            if schema is not None and not args:
                rest = {key: kwargs.pop(key) for key in others & kwargs.keys()}
                args, kwargs = (schema(**kwargs),), rest
            if takes.name is not None and len(args) <= takes.place:
                kwargs.setdefault(takes.name, ctx)
            return await _call(function, self, *args, **kwargs)

        described: Any = run
        described.is_operation = True
        described.op_name = name or getattr(function, "__name__", "operation")
        described.schema = schema
        described.policy = policy
        described.doc = function.__doc__
        described.requires_context = takes.name is not None
        return described

    return decorate


class _Context(NamedTuple):
    """How a method takes its context.

    Attributes:
        name: Its parameter; `None` if it takes none.
        place: How many arguments stand before it.
        apart: Whether `ctx` among the arguments of a call is the context, and nothing else.
    """

    name: str | None
    place: int
    apart: bool

    @classmethod
    def of(cls, function: Callable[..., Any], schema: type[BaseModel] | None) -> _Context:
        parameters = inspect.signature(function).parameters
        name = context_parameter(function)
        if name is not None:
            return cls(name, list(parameters).index(name) - 1, apart=True)
        members = schema.model_fields if schema is not None else {}
        return cls(None, 0, apart="ctx" not in parameters and "ctx" not in members)


def _own_parameters(
    function: Callable[..., Any], schema: type[BaseModel] | None, takes: str | None
) -> frozenset[str]:
    """The parameters of a method beside itself, its context and the object that its schema makes."""
    if schema is None:
        return frozenset()
    parameters = inspect.signature(function).parameters.values()
    plain = [one.name for one in parameters if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]  # fmt: skip
    members = {*schema.model_fields, *(one.alias for one in schema.model_fields.values())}
    return frozenset(plain[2:]) - {takes} - members


async def _call(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Call a method; a plain one in a thread, so that it holds up nobody else."""
    if inspect.iscoroutinefunction(function):
        return await function(*args, **kwargs)
    found = await anyio.to_thread.run_sync(
        lambda: function(*args, **kwargs), abandon_on_cancel=True
    )
    return await found if inspect.isawaitable(found) else found
