"""Finds the operations of a document, with all that their path items say about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...spec.document import Node
from ...text.report import quoted
from .documents import Documents, Located, Unresolved
from .fields import unknown_fields
from .losses import Losses
from .reading import is_mapping, items, member, members, said, text_of

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
_NOT_YET = ("query",)


@dataclass(frozen=True, slots=True)
class Found:
    """One operation, where the document has it.

    Attributes:
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
        return f"{self.method.upper()} {self.path}"


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
        if method in METHODS:
            try:
                # OpenAPI allows no reference here; bundlers and authors of many files use them all the same.
                operation = documents.follow(item.at(node))
            except Unresolved as problem:
                message = f"{method.upper()} {path} is left out: {problem}"
                losses.warn("AM604", message, node, problem.help)
                continue
            if not members(operation.node):
                losses.warn("AM602", f"{method.upper()} {path} says nothing, and is left out", key)
                continue
            yield Found(path, method, Located(operation.node, operation.base), item)
        elif method in _NOT_YET:
            _leave_out(method, path, key, losses)
    for method, (key, _) in members(member(item.node, "additionalOperations")).items():
        _leave_out(method, path, key, losses)


def _leave_out(method: str, path: str, key: Node, losses: Losses) -> None:
    message = f"{method.upper()} {path} is left out: bound operations do not have that method"
    losses.warn("AM604", message, key, kind="methods that bound operations do not have")


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
