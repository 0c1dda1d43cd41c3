"""What the kinds of content are called in Python, and what an operation that answers with them returns."""

from __future__ import annotations

from collections.abc import Iterable

from ...ir.model import Operation
from ...ir.offers import Resource

CLASSES = {
    "text": "Text",
    "image": "Image",
    "audio": "Audio",
    "resource": "EmbeddedResource",
    "link": "ResourceLink",
}
"""The class of each kind, in `_runtime/shared/content.py`."""


ANY_BLOCK = "Block"
"""What stands there for all of them together."""


def blocks(kinds: Iterable[str]) -> str:
    """The annotation of one block of these kinds."""
    listed = tuple(kinds)
    if set(listed) == CLASSES.keys():
        return ANY_BLOCK
    return " | ".join(CLASSES[kind] for kind in listed)


def handed_over(operation: Operation, value: str) -> str:
    """The annotation of what a handler gives.

    Args:
        value: The annotation of the operation's value.
    """
    if not operation.content:
        return value
    if operation.output is not None:
        return f"Result[{value}]"
    one = blocks(operation.content)
    return f"{one} | Sequence[{one}]"


def held_by(resource: Resource, value: str | None) -> str:
    """The annotation of what a resource holds, as callers get it.

    Args:
        value: The annotation of its JSON, if it holds some.
    """
    if value is not None:
        return value
    return "bytes" if resource.content == "bytes" else "str"


def read_by(resource: Resource, value: str | None) -> str:
    """The annotation of what a resource's handler gives.

    Args:
        value: As for `held_by`.
    """
    # Another server's parts and types are its own to say.
    if resource.run is not None and value is None:
        return "Contents"
    return held_by(resource, value)
