"""Operations of `khivemcp`, which take one `request`, as operations like all others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from importlib import metadata
from typing import Any, cast

from .context import context_parameter

_NAMES = ("khivemcp", "hivemcp", "automcp")
"""What the package was called, the last first: its decorators mark methods with the name of their day."""


def said_of(method: object) -> Mapping[str, Any] | None:
    """What a method says of itself as an operation of `khivemcp`; `None` if it is none."""
    for name in _NAMES:
        found = getattr(method, f"__{name}_op_meta__", None)
        if isinstance(found, dict):
            members = cast("dict[str, Any]", found)
            if members.get(f"is_{name}_operation") is True:
                return members
    return None


def adapted(method: Callable[..., Any]) -> Any:
    """A bound method of a group as an operation: what is told of it, and what it is called with.

    Its request is read into its schema, whichever release of the decorator made it.
    """
    said = said_of(method) or {}
    schema = said.get("schema")
    takes = context_parameter(method)

    @wraps(method)
    async def run(request: Any = None, ctx: Any = None) -> Any:
        if schema is not None and not isinstance(request, schema):
            read = schema.model_validate_json if isinstance(request, str | bytes) else schema.model_validate  # fmt: skip
            request = read(request)
        context = {takes: ctx} if takes is not None else {}
        return await method(request=request, **context)

    described: Any = run
    described.is_operation = True
    described.op_name = said["local_name"]
    described.schema = None
    described.policy = None
    described.permissions = tuple(said.get("auth_required") or ())
    described.doc = said["description"]
    described.requires_context = takes is not None
    return described


def names_are_bare() -> bool:
    """Whether tools go by the names of their operations alone, as from `khivemcp` 1 on, if that is installed."""
    try:
        return int(metadata.version("khivemcp").partition(".")[0]) >= 1
    except (metadata.PackageNotFoundError, ValueError):
        return False
