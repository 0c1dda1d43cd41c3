"""The types of `mcp` 1: those of `mcp` 2, read and written by the names of the wire.

A class is made when it is first asked for: there are some 200, and a server names a dozen.
"""

from __future__ import annotations

from typing import Any, cast

import mcp.types as _now
from pydantic import AnyUrl, BaseModel, ConfigDict, model_validator

from .wire_names import speak

speak()

_RENAMED = {"Content": "ContentBlock", "ResourceReference": "ResourceTemplateReference"}
"""What `mcp` 2 calls otherwise."""

_LISTED = ("Resource", "TextResourceContents", "BlobResourceContents")
"""What was read into a URL, and therefore written as `AnyUrl` writes it."""

NAMES = frozenset(name for name in dir(_now) if not name.startswith("_")) | {
    *_RENAMED,
    "AnyUrl",
    "ServerResult",
}
# For `from mcp.types import *`; no type checker sees through it.
globals()["__all__"] = sorted(NAMES)


class Legacy(BaseModel):
    """Adds to a type of `mcp` 2 what those of `mcp` 1 had: their names, URLs, and further members."""

    model_config = ConfigDict(extra="allow")

    @model_validator(mode="before")
    @classmethod
    def _plain_urls(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        given = cast("dict[str, Any]", data)
        plain = {
            key: str(value) if isinstance(value, AnyUrl) else value for key, value in given.items()
        }
        if cls.__name__ in _LISTED and isinstance(plain.get("uri"), str):
            plain["uri"] = str(AnyUrl(plain["uri"]))
        return plain


def server_result(root: Any) -> Any:
    """What wrapped a result in `mcp` 1: the result itself is enough now."""
    return root


_made: dict[str, Any] = {"AnyUrl": AnyUrl, "ServerResult": server_result}


def __getattr__(name: str) -> Any:
    found = _made.get(name)
    if found is None:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _legacy(getattr(_now, _RENAMED.get(name, name)))
        _made[name] = found
    return found


def _legacy(now: Any) -> object:
    """The legacy form of what `mcp.types` has: a subclass for a model; unions and constants stay."""
    if not (isinstance(now, type) and issubclass(now, BaseModel)):
        return cast("object", now)
    return type(now.__name__, (Legacy, now), {"__module__": __name__, "__doc__": now.__doc__})
