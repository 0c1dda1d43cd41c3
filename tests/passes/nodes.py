"""Spec text to plain values, for tests of the passes behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from automcp.spec.document import Node
from automcp.spec.load import load
from automcp.text.report import Diagnostic, Report
from automcp.text.source import Source


def plain(node: Node) -> Any:
    """What a node means, without places."""
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    if isinstance(node.value, Mapping):
        return {key: plain(value) for key, (_, value) in node.value.items()}
    return node.value


def read(text: str, name: str = "spec.yaml") -> tuple[Node, list[Diagnostic]]:
    """The node of a text, and what there is to say about it."""
    report = Report()
    return load(Source(name, text), report), list(report)


def value_of(text: str, name: str = "spec.yaml") -> Any:
    """What a text means; it must have no findings."""
    node, found = read(text, name)
    assert found == []
    return plain(node)
