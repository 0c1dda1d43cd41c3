"""The types of `mcp` 1: those of `mcp` 2, read and written by the names of the wire.

A class is made when it is first asked for: there are some 200, and a server names a dozen.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

import mcp.types as _now
from pydantic import (
    AnyUrl,
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    TypeAdapter,
    UrlConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from typing_extensions import override

from . import roots
from .wire_names import speak

speak()

_RENAMED = {"Content": "ContentBlock", "ResourceReference": "ResourceTemplateReference"}
"""What `mcp` 2 calls otherwise."""

Url = Annotated[AnyUrl, UrlConstraints(host_required=False)]
"""A URL of any scheme; `file:///x` has no host."""

_AT_URLS = frozenset(
    {
        "Resource", "ResourceLink", "ResourceContents", "TextResourceContents", "BlobResourceContents",
        "ReadResourceRequestParams", "SubscribeRequestParams", "UnsubscribeRequestParams",
        "ResourceUpdatedNotificationParams",
    }
)  # fmt: skip
"""What has a URL, which is a text in `mcp` 2: legacy code compares it with those that callers ask for."""

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
    def _as_given(cls, data: Any) -> Any:
        if isinstance(data, BaseModel) and type(data) in cls.__mro__[1:]:
            # What the SDK made is as good as what legacy code makes.
            return data.model_dump(by_alias=True, exclude_unset=True)
        if not isinstance(data, dict):
            return data
        plain = {
            key: str(value) if isinstance(value, AnyUrl) and key != "uri" else value
            for key, value in cast("dict[str, Any]", data).items()
        }
        return {**plain, **_inside(cls, plain)}

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
        return cast("object", _any_of(parts))
    if not (isinstance(now, type) and issubclass(now, BaseModel)):
        return cast("object", now)
    body: dict[str, Any] = {"__module__": __name__, "__doc__": now.__doc__}
    if now.__name__ in _AT_URLS:
        body["__annotations__"] = {"uri": Url}
    return type(now.__name__, (Legacy, now), body)


def _any_of(parts: tuple[Any, ...]) -> Any:
    made: Any = Union
    return made[parts]


@cache
def _reader(kinds: tuple[Any, ...]) -> TypeAdapter[Any]:
    return TypeAdapter[Any](_any_of(kinds))


def _inside(cls: type[BaseModel], given: dict[str, Any]) -> dict[str, Any]:
    """Members that are given as dictionaries, as legacy types: those keep what the protocol does not name."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        items: list[Any] = list(cast("Any", value)) if isinstance(value, list) else [value]
        kinds = _nested(cls).get(key) if any(isinstance(one, dict) for one in items) else None
        if kinds:
            reader = _reader(kinds)
            read = [reader.validate_python(each) for each in items]
            found[key] = read if isinstance(value, list) else read[0]
    return found


@cache
def _nested(cls: type[BaseModel]) -> dict[str, tuple[Any, ...]]:
    """The types of a model's members that are of the protocol, by both names of each."""
    return {
        key: _models(field.annotation)
        for name, field in cls.model_fields.items()
        for key in (name, field.alias or name)
    }


def _models(annotation: Any) -> tuple[Any, ...]:
    """The types of the protocol that an annotation names, as legacy types."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        known = getattr(_now, annotation.__name__, None) is annotation
        return (_part(annotation),) if known else ()
    return tuple(one for each in get_args(annotation) for one in _models(each))


def _part(now: Any) -> Any:
    """A member of a union: by the name that it has, if it has one, so that it is one class wherever it is named."""
    name = getattr(now, "__name__", "")
    return __getattr__(name) if getattr(_now, name, None) is now else now
