"""One file operation below a backend's root."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from ...ir.backends import FilesBackend
from ...ir.bindings import BYTE_LIMIT, ENTRY_LIMIT, FileCall
from ...ir.model import Effect
from ...spec.bindings import FileDecl
from ...spec.document import At
from ...text.report import Label, quoted
from ...text.source import Span
from ..backends import Backends
from ..kinds import SCALARS
from ..requests import passable
from ..templates import Scope
from .promise import Promise

Act: TypeAlias = Literal["read", "write", "append", "list", "stat", "delete"]

_GIVES = {"read": "string", "list": "array", "stat": "object"}
_ENTRY = {"path": "string", "type": "string", "size": "number", "modified": "string"}
"""What `list` and `stat` tell (`runtime/files/entries.py`)."""
_OF_FILES = ("read", "write", "append", "delete")
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
    for path in (declared.path, declared.pattern):
        if path is not None:
            _check_path(path, act if path is declared.path else "list", scope)
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
    is_binary = declared.binary is not None and declared.binary.value
    kinds = frozenset(["string"]) if is_binary else SCALARS
    call = FileCall(
        backend=backend.key if backend else "",
        act=cast("Act", act),
        path=passable(declared.path, scope, needed=True),
        content=None if content is None else scope.template(content, needed=True, whole=kinds),
        binary=is_binary,
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
        return
    is_list = gives == "array"
    promise.has_room_for(declared.act, gives, "object" if is_list else None)
    if gives != "string":
        promise.has_room_for_record(declared.act, _ENTRY, of_items=is_list)


def _check_path(at: At[str], act: str, scope: Scope) -> None:
    """Report what leads out of the root, whatever its placeholders stand for."""
    steps = at.value.split("/")
    if at.value.startswith("/") or ".." in steps:
        message = f"{quoted(at.value)} leads out of the root of the backend"
        help = "paths are relative to it, and have no `..`"
        scope.shared.add("AM237", message, at.span, help)
    elif act in _OF_FILES and not set(steps) - {"", "."}:
        message = f"{quoted(at.value)} is the root itself, and no file to {act}"
        scope.shared.add("AM237", message, at.span)
