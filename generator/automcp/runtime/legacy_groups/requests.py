"""Operations of `khivemcp`, which take one `request`, as operations like all others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from importlib import metadata
from typing import Any, cast

from packaging.version import InvalidVersion, Version

from .context import context_parameter

_FIRST_BARE, _FIRST_WITHOUT_DOTS = Version("1"), Version("0.1.3")
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


def usual_separator() -> str | None:
    """What stands between group and operation in names of tools, by the release of `khivemcp` that is there.

    From 1 on, nothing does: tools go by the names of their operations alone.
    """
    said = getattr(sys.modules.get("khivemcp"), "__version__", None)
    try:
        release = Version(str(said) if said else metadata.version("khivemcp"))
    except (metadata.PackageNotFoundError, InvalidVersion):
        return "."
    if release >= _FIRST_BARE:
        return None
    return "_" if release >= _FIRST_WITHOUT_DOTS else "."
