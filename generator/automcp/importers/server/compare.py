"""Compares what a compiled spec would advertise with what the server does that it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from ...text.report import Diagnostic, Level, quoted
from .capture import Captured, Wire

_SCHEMAS = (("inputSchema", "takes"), ("outputSchema", "gives"))


def differences(captured: Captured, advertised: Sequence[Wire]) -> Iterator[Diagnostic]:
    """A note (`AM655`) for each schema that would go out otherwise than it came in.

    Args:
        advertised: The tools of the compiled server, as they are on the wire.
    """
    ours = {one["name"]: one for one in advertised}
    for tool in captured.tools:
        other = ours.get(tool["name"])
        for key, what in _SCHEMAS:
            if other is not None and _plain(tool.get(key)) != _plain(other.get(key)):
                message = f"what the tool {quoted(tool['name'])} {what} is said in other words"
                yield Diagnostic("AM655", message, level=Level.NOTE)


def _plain(schema: object) -> object:
    """A schema without what says nothing: that nothing is required."""
    if isinstance(schema, dict):
        members = cast("Wire", schema)
        return {key: value for key, value in members.items() if (key, value) != ("required", [])}
    return schema
