"""What can be sent: texts without control characters, headers that are the spec's to set."""

from __future__ import annotations

import re

from ..ir.backends import Configured, Piece, Template
from ..spec.document import At
from ..text.report import quoted
from .kinds import SCALARS
from .templates import Scope, Shared

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
FRAMING = frozenset(
    ("connection", "content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade")
)
"""Headers that say how a request is sent, which is not the spec's affair (RFC 9110, 7.6.1)."""


def passable(at: At[str], scope: Scope, *, needed: bool = False, lists: bool = False) -> Template:
    """The template of a text that a program or the file system gets.

    Args:
        needed: Whether what it mentions has to be there.
        lists: Whether a list may stand for several texts.
    """
    if "\0" in at.value:
        scope.shared.add("AM237", "a text cannot hold the character 0 here", at.span)
    kinds = SCALARS | {"array"} if lists else SCALARS
    return scope.template(at, needed=needed, whole=kinds)


def check_named(program: Template, at: At[str], scope: Scope) -> None:
    """Report a program without a name, as far as the defaults of settings tell."""
    pieces = (_assumed(piece, scope) for piece in program.pieces)
    if not at.value.strip() or (program.pieces and all(one == "" for one in pieces)):
        message = "the program has no name"
        scope.shared.add("AM237", message, at.span, "such as `git`, or the path of a program")


def _assumed(piece: Piece, scope: Scope) -> str | None:
    """What a part of a program's name comes to, blanks left out; `None` if that cannot be told."""
    if isinstance(piece, Configured):
        default = scope.shared.settings[piece.key].default
        return default.strip() if isinstance(default, str) else None
    return piece.strip() if isinstance(piece, str) else None


def check_header(
    name: At[str], value: At[str] | None, shared: Shared, *, own: bool = False
) -> None:
    """Report a header that cannot be set, or cannot hold its value.

    Args:
        own: Whether it is a backend's, which may say what the host is called.
    """
    folded = name.value.lower()
    if folded in FRAMING or (folded == "host" and not own):
        message = f"the header {quoted(name.value)} cannot be set here"
        help = "the host is the backend's, and how a request is framed is seen to"
        shared.add("AM237", message, name.span, help)
    if value is not None and _CONTROL.search(value.value):
        shared.add("AM237", "a header cannot hold control characters", value.span)
