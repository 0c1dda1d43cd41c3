"""One file operation below a backend's root."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from ...ir.backends import FilesBackend
from ...ir.bindings import BYTE_LIMIT, ENTRY_LIMIT, FileCall
from ...ir.model import Effect
from ...spec.bindings import FileDecl
from ...text.report import Label
from ...text.source import Span
from ..backends import Backends
from ..requests import passable
from ..templates import Scope
from .promise import Promise

Act: TypeAlias = Literal["read", "write", "append", "list", "stat", "delete"]

_GIVES = {"read": "string", "list": "array", "stat": "object"}
_CHANGES = ("write", "append", "delete")


def file_call(
    declared: FileDecl, at: Span, scope: Scope, promise: Promise, backends: Backends
) -> FileCall | None:
    """The file operation; `None` if its backend is unknown, which is reported.

    Args:
        at: Where the binding stands.
    """
    backend = backends.find(FilesBackend, declared.backend, at)
    act = declared.act.value
    _check_answer(declared, promise)
    if act in _CHANGES and promise.effect is Effect.READS:
        message = f"an operation that reads cannot {act}"
        also = (Label(promise.effect_place, "it says that it only reads"),)
        help = "write `effect: writes` or `effect: destroys`"
        scope.shared.add("AM239", message, declared.act.span, help, also)
    errors = {what.value: name for what, name in declared.errors}
    if "exists" in errors and act != "write":
        message = f"`{act}` makes no file, so none can be there already"
        scope.shared.add("AM237", message, errors["exists"].span)
    content, pattern = declared.content, declared.pattern
    call = FileCall(
        backend=backend.key if backend else "",
        act=cast("Act", act),
        path=passable(declared.path, scope, needed=True),
        content=None if content is None else scope.template(content, needed=True),
        binary=declared.binary is not None and declared.binary.value,
        pattern=None if pattern is None else passable(pattern, scope),
        limit=declared.limit.value
        if declared.limit
        else ENTRY_LIMIT
        if act == "list"
        else BYTE_LIMIT,
        missing=errors["missing"].value if "missing" in errors else None,
        exists=errors["exists"].value if "exists" in errors else None,
    )
    return call if backend else None


def _check_answer(declared: FileDecl, promise: Promise) -> None:
    is_text = declared.act.value == "read" and not (declared.binary and declared.binary.value)
    promise.can_hold(f"`{declared.act.value}`", ("text",) if is_text else ())
    gives = _GIVES.get(declared.act.value)
    if gives is None:
        promise.has_no_answer(declared.act)
    else:
        promise.has_room_for(declared.act, gives)
