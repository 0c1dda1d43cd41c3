"""Writes down resources and prompts of a server, and what people are shown of whatever it offers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from ...runtime.shared.uri_template import UriTemplate
from ...text.report import Diagnostic, Level, quoted
from .capture import Wire

Spec: TypeAlias = "dict[str, Any]"

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")

UPSTREAM = "upstream"
"""What the server is called in a spec that passes everything on to it."""


@dataclass(frozen=True, slots=True)
class Through:
    """What is written is passed on to the server.

    Attributes:
        completes: Whether it completes values. Which ones, it does not say; asked for others, it has none.
    """

    completes: bool


def is_addressable(resource: Wire, losses: list[Diagnostic]) -> bool:
    """Whether a spec can say where a resource is; reported if not."""
    address = str(resource["uri"])
    try:
        UriTemplate.parse(address)
        problem = None if _SCHEME.match(address) else "it has no scheme"
    except ValueError as error:
        problem = str(error)
    if problem is not None:
        message = f"the resource {quoted(address)} is left out: {problem}"
        losses.append(Diagnostic("AM657", message, level=Level.NOTE))
    return problem is None


def resource(one: Wire, through: Through | None) -> Spec:
    """A resource or template; `uri` is its address."""
    said: Spec = {"uri": one["uri"]}
    for key, member in (("title", "title"), ("description", "description"), ("mime", "mimeType")):
        if one.get(member):
            said[key] = one[member]
    mime = str(one.get("mimeType") or "text/plain")
    if not mime.startswith("text/") and not mime.endswith(("json", "xml", "yaml", "javascript")):
        said["binary"] = True
    notes = cast("Wire", one.get("annotations") or {})
    for key, member in (
        ("audience", "audience"),
        ("priority", "priority"),
        ("modified", "lastModified"),
    ):
        if notes.get(member) not in (None, []):
            said[key] = notes[member]
    if isinstance(one.get("size"), int):
        said["size"] = one["size"]
    if through is not None:
        variables = _completable(str(one["uri"])) if through.completes else ()
        if variables:
            said["variables"] = {name: {"complete": True} for name in variables}
        said["run"] = {"proxy": {"backend": UPSTREAM}}
    return said | shown(one)


def _completable(address: str) -> tuple[str, ...]:
    """The variables of a template that a spec can name."""
    try:
        template = UriTemplate.parse(address)
    except ValueError:
        return ()
    names = dict.fromkeys(variable.name for variable in template.variables)
    return tuple(name for name in names if name.isidentifier() and name.isascii())


def prompt(one: Wire, through: Through | None) -> Spec:
    """A prompt and its arguments."""
    said: Spec = {}
    for key in ("title", "description"):
        if one.get(key):
            said[key] = one[key]
    arguments: Spec = {}
    for each in cast("list[Wire]", one.get("arguments") or []):
        about: Spec = {"description": each["description"]} if each.get("description") else {}
        if not each.get("required"):
            about["optional"] = True
        if through is not None and through.completes:
            about["complete"] = True
        arguments[each["name"]] = about
    if arguments:
        said["arguments"] = arguments
    if through is not None:
        said["run"] = {"proxy": one["name"]}
    return said | shown(one)


def shown(one: Wire) -> Spec:
    """The pictures, the tags and the rest of `_meta` of anything that a server offers."""
    return icons(one) | _meta(one)


def icons(one: Wire) -> Spec:
    """The pictures of anything, or of the server itself."""
    listed = cast("list[Wire]", one.get("icons") or [])
    keys = (("src", "src"), ("mime", "mimeType"), ("sizes", "sizes"), ("theme", "theme"))
    icons = [{key: each[member] for key, member in keys if each.get(member)} for each in listed]
    return {"icons": icons} if icons else {}


def _meta(one: Wire) -> Spec:
    meta = dict(cast("Wire", one.get("_meta") or {}))
    said: Spec = {}
    tags = meta.get("tags")
    if (
        isinstance(tags, list)
        and tags
        and all(isinstance(tag, str) for tag in cast("list[object]", tags))
    ):
        said["tags"] = meta.pop("tags")
    return {"meta": meta, **said} if meta else said
