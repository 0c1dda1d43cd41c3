"""How a member joins its mapping, in YAML and JSON alike."""

from __future__ import annotations

from ...text.report import Diagnostic, Label, Report, quoted
from ..document import Node


def add_member(
    members: dict[str, tuple[Node, Node]], key: Node, value: Node, report: Report
) -> None:
    """Add a member whose key is text; of two with one key the first stays, and the second is a finding."""
    name = str(key.value)
    first = members.get(name)
    if first is None:
        members[name] = key, value
        return
    message = f"the key {quoted(name)} stands twice in one mapping"
    also = (Label(first[0].span, "first here"),)
    help = "keep one of them, or rename one"
    report.add(Diagnostic("AM006", message, Label(key.span, "and again here"), also, help))
