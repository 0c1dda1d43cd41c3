"""The decorator of `khivemcp`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

__all__ = ["operation"]

MARK = "__khivemcp_op_meta__"
"""Where a method says that it is an operation, and which."""


def operation(
    name: str | None = None,
    description: str | None = None,
    schema: type[BaseModel] | None = None,
    auth: list[str] | None = None,
    rate_limit: bool = False,
    accepts_context: bool | None = None,
) -> Callable[[Callable[..., Any]], Any]:
    """The decorated method is an operation, which takes one `request`.

    Args:
        name: What it is called in its group; as the method, if it says nothing.
        description: What models are told; the method's docstring, if it says nothing.
        schema: What the request is read into.
        auth: The permissions that callers need.

    Raises:
        TypeError: What is decorated is no async method.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        if not inspect.iscoroutinefunction(function):
            raise TypeError(f"operation needs an `async def`, and {function!r} is none")
        local = name or function.__name__
        told = description or inspect.getdoc(function) or f"Executes the '{local}' operation."
        if schema is not None:
            told += f"Input schema: {schema.model_json_schema()}."
        takes = "ctx" in inspect.signature(function).parameters
        said = {
            "local_name": local,
            "description": told,
            "is_khivemcp_operation": True,
            "schema": schema,
            "auth_required": auth,
            "rate_limited": rate_limit,
            "accepts_context": takes if accepts_context is None else accepts_context,
        }
        setattr(function, MARK, said)
        return function

    return decorate
