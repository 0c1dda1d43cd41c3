"""Knows files that are no specs, and which command takes them."""

from __future__ import annotations

from collections.abc import Mapping

from ...text.report import Diagnostic, Label
from ..document import Node


def other_format(node: Node) -> Diagnostic | None:
    """The one thing to say of a file that is written in another format; nothing of a spec, however broken it is."""
    members = _members(node)
    if "automcp" in members:
        return None
    file = node.span.source.name
    for key in ("openapi", "swagger"):
        if key in members:
            help = f"`automcp import openapi {file}` makes a spec of it"
            return _said("an OpenAPI document", members[key][0], help)
    if "mcpServers" in members:
        help = f"`automcp import server --config {file} NAME` makes a spec of one of its servers"
        return _said("a client's configuration", members["mcpServers"][0], help)
    groups = _groups(members)
    if groups is None:
        return None
    help = f"`automcp serve {file}` serves it as it is; `--check` says what is wrong with it"
    return _said("a configuration of service groups", groups, help)


def _said(what: str, key: Node, help: str) -> Diagnostic:
    return Diagnostic("AM112", f"this is {what}, and no spec", Label(key.span), help=help)


def _groups(members: Mapping[str, tuple[Node, Node]]) -> Node | None:
    """Where it is seen that a file names classes of operations."""
    if "class_path" in members:
        return members["class_path"][0]
    if "groups" not in members:
        return None
    for key, (place, group) in _members(members["groups"][1]).items():
        if ":" in key or "class_path" in _members(group):
            return place
    return None


def _members(node: Node) -> Mapping[str, tuple[Node, Node]]:
    return node.value if isinstance(node.value, Mapping) else {}
