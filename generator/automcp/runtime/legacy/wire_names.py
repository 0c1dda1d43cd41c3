"""Lets legacy code read and write what the SDK itself makes by the names of the wire, as `result.isError`.

The types of `mcp` 2 have other attributes. What is added here is only found where nothing else is: code that asks
`getattr(result, "isError", False)` would otherwise be told `False` for ever, and fail silently.
"""

from __future__ import annotations

from typing import Any, cast, get_args

from mcp.types import JSONRPCMessage, Tool
from pydantic import BaseModel
from pydantic.alias_generators import to_snake


def by_wire_name(self: BaseModel, name: str) -> Any:
    """An attribute by the name that it has on the wire. Raises `AttributeError` if there is none."""
    found = _field(self, name)
    if found is not None:
        return getattr(self, found)
    # `mcp` 1 wrapped messages: the wrapped one was the `root`.
    return self if name == "root" else _missing(self, name)


def set_by_wire_name(self: BaseModel, name: str, value: Any) -> None:
    """Set an attribute, be it by the name that it has on the wire."""
    _set(self, _field(self, name) or name, value)


def dumped(self: BaseModel, **words: Any) -> Any:
    """The model as a dictionary: by the names of the wire, but for `meta`, as `mcp` 1 called its attributes."""
    # What legacy code put in is of classes of its own, whose further members count.
    said = {"serialize_as_any": True, **words}
    if words.get("by_alias") is not None:
        return _dump(self, **said)
    return _plain_meta(_dump(self, **{**said, "by_alias": True}))


def dumped_json(self: BaseModel, **words: Any) -> Any:
    """The model as JSON, by the names of the wire."""
    said = {"serialize_as_any": True, **words}
    by_alias = said.pop("by_alias", None)
    return _dump_json(self, by_alias=True if by_alias is None else by_alias, **said)


def _field(model: BaseModel, name: str) -> str | None:
    fields = type(model).model_fields
    snake = to_snake(name)
    if name.startswith("_") or snake == name or name in fields or snake not in fields:
        return None
    return snake


def _plain_meta(value: Any) -> Any:
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {"meta" if key == "_meta" else key: _plain_meta(one) for key, one in members.items()}
    if isinstance(value, list):
        return [_plain_meta(one) for one in cast("Any", value)]
    return value


_missing: Any = vars(BaseModel)["__getattr__"]
"""What pydantic itself does for names that it does not find at first: private and further members."""
_set: Any = vars(BaseModel)["__setattr__"]
_dump: Any = BaseModel.model_dump
_dump_json: Any = BaseModel.model_dump_json


def speak() -> None:
    """Add the names of the wire to all types of the SDK, once."""
    bases = {base for one in (Tool, *get_args(JSONRPCMessage)) for base in one.__mro__}
    for base in bases:
        if BaseModel in base.__bases__:
            type.__setattr__(base, "__getattr__", by_wire_name)
            type.__setattr__(base, "__setattr__", set_by_wire_name)
            type.__setattr__(base, "model_dump", dumped)
            type.__setattr__(base, "model_dump_json", dumped_json)
