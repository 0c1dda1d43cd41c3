"""Applies overlays: documents of actions that change another document (OpenAPI Overlay 1.0).

What an overlay says keeps its place in the overlay, so that findings lead to where it is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...spec.document import Node
from ...text.report import Diagnostic, Label, Level, Report, quoted
from .reading import Json, flag, is_list, is_mapping, is_object, items, member, members, plain, said

if TYPE_CHECKING:
    from jsonpath import JSONPath

Path = tuple[str | int, ...]
_VERSIONS = re.compile(r"1\.[0-9]+(?:\.[0-9]+)?")


def overlaid(document: Node, overlay: Node, report: Report) -> Node:
    """A document with the changes of one overlay.

    An action whose target leads nowhere does nothing, which is a warning here: it is probably misspelt.
    """
    version = member(overlay, "overlay")
    said_version = "" if version is None else str(version.value or "")
    if not _VERSIONS.fullmatch(said_version):
        at = (version or overlay).span
        message = "this is no overlay: it has no `overlay: 1.0.0`"
        report.add(Diagnostic("AM627", message, Label(at)))
        return document
    # Searched as plain values, which stay in step with the nodes.
    values: Json = plain(document)
    for action in items(member(overlay, "actions")):
        document, values = _acted(document, values, action, report)
    return document


def _acted(document: Node, values: Json, action: Node, report: Report) -> tuple[Node, Json]:
    target = member(action, "target")
    query = _compiled(said(action, "target"), target or action, report)
    if query is None:
        return document, values
    paths = [tuple(match.parts) for match in query.finditer(values)]
    if not paths:
        message = f"nothing is at {quoted(said(action, 'target'))}"
        at = Label((target or action).span)
        report.add(Diagnostic("AM627", message, at, level=Level.WARNING))
    update = member(action, "update")
    # From behind, so that what is removed from a list moves nothing that is still to come.
    for path in sorted(paths, key=_place_in_order, reverse=True):
        if flag(action, "remove"):
            document = _changed(document, path, None)
            _remove(values, path)
        elif update is not None:
            document = _changed(document, path, update)
            values = _set(values, path, _merged_value(_value_at(values, path), update))
    return document, values


def _compiled(text: str, at: Node, report: Report) -> JSONPath | None:
    from jsonpath import JSONPathEnvironment, JSONPathError
    from jsonpath.path import JSONPath

    try:
        found = JSONPathEnvironment(strict=True).compile(text)
    except (JSONPathError, RecursionError) as problem:
        why = str(problem).partition("\n")[0] or "it cannot be read"
        message = f"{quoted(text)} is no JSONPath (RFC 9535): {why}"
        report.add(Diagnostic("AM627", message, Label(at.span)))
        return None
    return found if isinstance(found, JSONPath) else None


def _place_in_order(path: Path) -> list[tuple[bool, int, str]]:
    return [
        (isinstance(step, int), step if isinstance(step, int) else 0, str(step)) for step in path
    ]


def _changed(node: Node, path: Path, update: Node | None) -> Node:
    """The node with `update` merged in at a path; without what is there, if there is no update."""
    if not path:
        return _merged(node, update) if update is not None else Node({}, node.span)
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        listed = list(items(node))
        if rest or update is not None:
            listed[step] = _changed(listed[step], rest, update)
        else:
            del listed[step]
        return Node(tuple(listed), node.span)
    parts = dict(members(node))
    if rest or update is not None:
        key, value = parts[step]
        parts[step] = key, _changed(value, rest, update)
    else:
        del parts[step]
    return Node(parts, node.span)


def _merged(node: Node, update: Node) -> Node:
    """Objects are merged member by member; to a list, `update` is one more item (Overlay 1.0, 4.4.3.1)."""
    if is_mapping(node) and is_mapping(update):
        parts = dict(members(node))
        for name, (key, value) in members(update).items():
            parts[name] = (key, _joined(parts[name][1], value)) if name in parts else (key, value)
        return Node(parts, node.span)
    if isinstance(node.value, tuple):
        return Node((*node.value, update), node.span)
    return update


def _joined(node: Node, update: Node) -> Node:
    """What becomes of a member that both have: lists are put one behind the other."""
    if isinstance(node.value, tuple) and isinstance(update.value, tuple):
        return Node((*node.value, *update.value), node.span)
    return _merged(node, update) if is_mapping(node) and is_mapping(update) else update


def _merged_value(value: Json, update: Node) -> Json:
    said_update = plain(update)
    if is_object(value) and is_object(said_update):
        return _merged_objects(value, said_update)
    return [*value, said_update] if is_list(value) else said_update


def _merged_objects(value: dict[str, Json], update: dict[str, Json]) -> Json:
    merged = dict(value)
    for key, new in update.items():
        old: Json = merged.get(key)
        if is_object(old) and is_object(new):
            merged[key] = _merged_objects(old, new)
        else:
            merged[key] = [*old, *new] if is_list(old) and is_list(new) else new
    return merged


def _value_at(values: Json, path: Path) -> Json:
    for step in path:
        values = values[step]
    return values


def _set(values: Json, path: Path, value: Json) -> Json:
    if not path:
        return value
    _value_at(values, path[:-1])[path[-1]] = value
    return values


def _remove(values: Json, path: Path) -> None:
    if path:
        del _value_at(values, path[:-1])[path[-1]]
