"""Absolute URLs of which settings may be a part."""

from __future__ import annotations

from ..ir.backends import Configured, Template
from ..ir.values import Absent
from ..spec.document import At
from ..text.report import quoted
from .access import is_page
from .templates import Scope


def url_template(at: At[str], scope: Scope) -> Template:
    """The template of an absolute URL of which only settings are a part."""
    found = scope.template(at, needed=True)
    assumed = assumed_text(found, scope)
    if assumed is not None and (not is_page(assumed) or set(assumed) & set("?#@")):
        message = f"{quoted(assumed)} is no absolute URL that paths can be appended to"
        help = "such as `https://api.example.com/v1`"
        scope.shared.add("AM237", message, at.span, help)
    return found


def assumed_text(template: Template, scope: Scope) -> str | None:
    """The text that a template becomes with the defaults of settings; `None` if that cannot be told."""
    said = ""
    for piece in template.pieces:
        if isinstance(piece, str):
            said += piece
        elif isinstance(piece, Configured):
            default = scope.shared.settings[piece.key].default
            if isinstance(default, str):
                said += default
            elif isinstance(default, int):
                said += str(default)
            elif said and isinstance(default, Absent):
                said += "1"
            else:
                return None
    return said or None
