"""A schema that is easy to get wrong, and values with their verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """One row of the tables.

    Attributes:
        valid: Values that fit the schema, by hand.
        invalid: Values that do not.
        unjudged: Why the `jsonschema` package cannot confirm the verdicts, if it cannot.
        files: What other files of the spec the schema refers to.
    """

    name: str
    schema: Any
    valid: list[Any]
    invalid: list[Any]
    unjudged: str = ""
    files: dict[str, str] = field(default_factory=dict[str, str])


def closed(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The schema of an object that has no other properties."""
    return {**thing(properties, **more), "additionalProperties": False}


def thing(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The schema of an object with these properties."""
    return {"type": "object", "properties": properties, **more}
