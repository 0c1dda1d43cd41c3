"""The unions of messages as `mcp` 1 had them: classes around a `root`, where the message itself is enough now."""

from __future__ import annotations

from typing import Any, Final

import mcp.types as now
from pydantic import TypeAdapter

NAMES: Final = (
    "ClientNotification",
    "ClientRequest",
    "ClientResult",
    "JSONRPCMessage",
    "ServerNotification",
    "ServerRequest",
    "ServerResult",
)


class _Union(type):
    """Makes messages out of what they are wrapped around, and knows which messages belong to a union."""

    def __call__(cls, root: Any) -> Any:
        return root

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, getattr(now, cls.__name__))

    def model_validate(cls, data: Any, **words: Any) -> Any:
        """Read a message. Raises `ValidationError` if it is none of them."""
        return TypeAdapter[Any](getattr(now, cls.__name__)).validate_python(data, **words)

    def model_validate_json(cls, data: str | bytes, **words: Any) -> Any:
        """Read a message from JSON. Raises `ValidationError` if it is none of them."""
        return TypeAdapter[Any](getattr(now, cls.__name__)).validate_json(data, **words)


def union(name: str) -> Any:
    """The class that stands for a union of messages."""
    return _Union(
        name, (), {"__module__": __name__, "__doc__": f"One of the messages of `{name}`."}
    )
