"""Finds the operations of a document, with all that their path items say about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...spec.document import Node
from ...text.report import quoted
from .documents import Documents, Located, Unresolved
from .fields import unknown_fields
from .losses import Losses
from .reading import is_mapping, items, member, members, said, text_of

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
"""Methods that have a key of their own in a spec, too."""
OWN_FIELDS = (*METHODS, "query")
"""Methods that have a field of their own in OpenAPI."""
_TOKEN = re.compile(r"(?!CONNECT$)[!#$%&'*+.^_`|~0-9A-Z-]+")


@dataclass(frozen=True, slots=True)
class Found:
    """One operation, where the document has it.

    Attributes:
        method: In small letters if OpenAPI has a field of that name; else as it is sent.
        item: The path item that it is in.
    """

    path: str
    method: str
    operation: Located
    item: Located

    @property
    def node(self) -> Node:
        return self.operation.node

    @property
    def label(self) -> str:
        """How people find it: `GET /pets`."""
        return f"{self.sent} {self.path}"

    @property
    def sent(self) -> str:
        """The method as it is sent."""
        return self.method.upper() if self.method in OWN_FIELDS else self.method


class Refused(Exception):
    """An operation that cannot be imported; says why, and where."""

    def __init__(self, message: str, at: Node | None = None, help: str | None = None) -> None:
        super().__init__(message)
        self.at = at
        self.help = help


def find_operations(documents: Documents, losses: Losses) -> Iterator[Found]:
    """Every operation, in the order of the document."""
    root = Located(documents.root.root, documents.root)
    for path, (key, node) in members(member(root.node, "paths")).items():
        if path.startswith("x-"):
            continue
        if not path.startswith("/"):
            message = f"the path {quoted(path)} does not start with `/`, and is left out"
            losses.warn("AM602", message, key)
            continue
        try:
            item = _path_item(documents, root.at(node))
        except Unresolved as problem:
            losses.warn("AM604", f"{quoted(path)} is left out: {problem}", node, problem.help)
            continue
        if not is_mapping(item.node):
            losses.warn("AM602", f"{quoted(path)} is no mapping, and is left out", node)
            continue
        unknown_fields(item.node, losses)
        yield from _operations(documents, path, item, losses)


def _operations(documents: Documents, path: str, item: Located, losses: Losses) -> Iterator[Found]:
    for method, (key, node) in members(item.node).items():
        if method in OWN_FIELDS:
            yield from _operation(documents, (path, method), key, item, item.at(node), losses)
    for method, (key, node) in members(member(item.node, "additionalOperations")).items():
        if method.lower() in OWN_FIELDS or not _TOKEN.fullmatch(method):
            message = f"{method} {path} is left out: bound operations do not have that method"
            losses.warn("AM604", message, key)
        else:
            yield from _operation(documents, (path, method), key, item, item.at(node), losses)


def _operation(
    documents: Documents,
    named: tuple[str, str],
    key: Node,
    item: Located,
    at: Located,
    losses: Losses,
) -> Iterator[Found]:
    """The operation at a path with a method, unless there is none."""
    found = Found(*named, at, item)
    try:
        # OpenAPI allows no reference here; bundlers and authors of many files use them all the same.
        operation = documents.follow(at)
    except Unresolved as problem:
        losses.warn("AM604", f"{found.label} is left out: {problem}", at.node, problem.help)
        return
    if members(operation.node):
        yield replace(found, operation=Located(operation.node, operation.base))
    else:
        losses.warn("AM602", f"{found.label} says nothing, and is left out", key)


def _path_item(documents: Documents, item: Located) -> Located:
    """The path item itself; what stands beside its `$ref` comes first."""
    beside = {key: pair for key, pair in members(item.node).items() if key != "$ref"}
    found = documents.follow(item)
    if not beside or found.node is item.node:
        return found
    return Located(Node({**members(found.node), **beside}, found.node.span), found.base)


def parameters(documents: Documents, found: Found) -> list[Located]:
    """The parameters of an operation: those of its path item, unless it has others of that name and place.

    Raises:
        Refused: One of them cannot be found.
    """
    chosen: dict[tuple[str, str], Located] = {}
    for place in (found.item, found.operation):
        for node in items(member(place.node, "parameters")):
            try:
                one = documents.follow(place.at(node))
            except Unresolved as problem:
                message = f"a parameter cannot be found: {problem}"
                raise Refused(message, node, problem.help) from problem
            key = (text_of(member(one.node, "name")) or "", said(one.node, "in"))
            chosen[key] = one
    return list(chosen.values())
