"""The types of `mcp` 1: those of `mcp` 2, read and written by the names of the wire.

A class is made when it is first asked for: there are some 200, and a server names a dozen.
"""

from __future__ import annotations

from importlib import import_module
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin

import mcp.types as _now
from pydantic import AnyUrl, BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from typing_extensions import override

from . import roots
from .wire_names import speak

speak()

_RENAMED = {"Content": "ContentBlock", "ResourceReference": "ResourceTemplateReference"}
"""What `mcp` 2 calls otherwise."""

_LISTED = ("Resource", "TextResourceContents", "BlobResourceContents")
"""What was read into a URL, and therefore written as `AnyUrl` writes it."""

_WORDS: dict[str, Any] = {
    **{f"TASK_{word.upper()}": word for word in ("forbidden", "optional", "required")},
    **{
        f"TASK_STATUS_{word.upper()}": word
        for word in ("cancelled", "completed", "failed", "input_required", "working")
    },
}
"""Constants that `mcp` 2 has no names for."""

NAMES = frozenset(name for name in dir(_now) if not name.startswith("_")) | {
    *_RENAMED,
    *_WORDS,
    *roots.NAMES,
    "AnyUrl",
}
# For `from mcp.types import *`; no type checker sees through it.
globals()["__all__"] = sorted(NAMES)


class Legacy(BaseModel):
    """Adds to a type of `mcp` 2 what those of `mcp` 1 had: their names, URLs, schemas, and further members."""

    model_config = ConfigDict(extra="allow")

    @model_validator(mode="before")
    @classmethod
    def _plain_urls(cls, data: Any) -> Any:
        if isinstance(data, BaseModel) and type(data) in cls.__mro__[1:]:
            # What the SDK made is as good as what legacy code makes.
            return data.model_dump(by_alias=True, exclude_unset=True)
        if not isinstance(data, dict):
            return data
        given = cast("dict[str, Any]", data)
        plain = {
            key: str(value) if isinstance(value, AnyUrl) else value for key, value in given.items()
        }
        if cls.__name__ in _LISTED and isinstance(plain.get("uri"), str):
            plain["uri"] = str(AnyUrl(plain["uri"]))
        return plain

    @override
    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        shapes = import_module(f"{__package__}.shapes")
        shape = getattr(shapes, cls.__name__, None) if cls.__module__ == __name__ else None
        return handler(core_schema if shape is None else shape.__pydantic_core_schema__)


_made: dict[str, Any] = {"AnyUrl": AnyUrl, **_WORDS}


def __getattr__(name: str) -> Any:
    found = _made.get(name)
    if found is None:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in roots.NAMES:
            found = roots.union(name)
        else:
            found = _legacy(getattr(_now, _RENAMED.get(name, name)))
        _made[name] = found
    return found


def _legacy(now: Any) -> object:
    """The legacy form of what `mcp.types` has: a subclass for a model, a union of such for a union."""
    if get_origin(now) in (Union, UnionType):
        parts = tuple(_part(one) for one in get_args(now))
        return cast("object", Union[parts])  # pyright: ignore[reportInvalidTypeArguments] # noqa: UP007
    if not (isinstance(now, type) and issubclass(now, BaseModel)):
        return cast("object", now)
    return type(now.__name__, (Legacy, now), {"__module__": __name__, "__doc__": now.__doc__})


def _part(now: Any) -> Any:
    """A member of a union: by the name that it has, if it has one, so that it is one class wherever it is named."""
    name = getattr(now, "__name__", "")
    return __getattr__(name) if getattr(_now, name, None) is now else now
