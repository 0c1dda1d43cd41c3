"""What may be named, and called, when the expressions of a legacy source are worked out."""

from __future__ import annotations

import builtins
import collections.abc
import dataclasses
import datetime
import decimal
import enum
import inspect
import pathlib
import textwrap
import typing
import uuid
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import annotated_types
import pydantic
import typing_extensions

from .members import annotations_of_tool, icon, of_fastapi

_BUILTINS = frozenset(
    {
        "bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "object", "set", "str", "tuple", "type",
    }
)  # fmt: skip
_STANDARD: Mapping[str, frozenset[str]] = {
    "builtins": _BUILTINS,
    "collections.abc": frozenset(map(str, vars(collections.abc)["__all__"])),
    "datetime": frozenset({"date", "datetime", "time", "timedelta"}),
    "decimal": frozenset({"Decimal"}),
    "enum": frozenset({"Enum", "IntEnum", "StrEnum"}),
    "pathlib": frozenset({"Path", "PurePath"}),
    "typing": frozenset(map(str, vars(typing)["__all__"])),
    "typing_extensions": frozenset(map(str, vars(typing_extensions)["__all__"])),
    "uuid": frozenset({"UUID"}),
}
_PYDANTIC = frozenset(
    {
        "AnyHttpUrl", "AnyUrl", "BaseModel", "FilePath", "FiniteFloat", "HttpUrl", "Json", "NegativeFloat",
        "NegativeInt", "NonNegativeFloat", "NonNegativeInt", "NonPositiveFloat", "NonPositiveInt", "PositiveFloat",
        "PositiveInt", "StrictBool", "StrictFloat", "StrictInt", "StrictStr",
    }
)  # fmt: skip
_PLACES: Mapping[str, Any] = {
    "builtins": builtins,
    "collections.abc": collections.abc,
    "datetime": datetime,
    "decimal": decimal,
    "enum": enum,
    "pathlib": pathlib,
    "typing": typing,
    "typing_extensions": typing_extensions,
    "uuid": uuid,
}

METHODS = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "join", "replace", "format"})
"""Methods of texts that may be called."""

CALLED: Mapping[str, Callable[..., Any]] = {
    "annotated_types.Ge": annotated_types.Ge,
    "annotated_types.Gt": annotated_types.Gt,
    "annotated_types.Le": annotated_types.Le,
    "annotated_types.Len": annotated_types.Len,
    "annotated_types.Lt": annotated_types.Lt,
    "annotated_types.MaxLen": annotated_types.MaxLen,
    "annotated_types.MinLen": annotated_types.MinLen,
    "builtins.dict": dict,
    "builtins.float": float,
    "builtins.frozenset": frozenset,
    "builtins.int": int,
    "builtins.list": list,
    "builtins.set": set,
    "builtins.str": str,
    "builtins.tuple": tuple,
    "dataclasses.field": dataclasses.field,
    "datetime.timedelta": datetime.timedelta,
    "decimal.Decimal": decimal.Decimal,
    "enum.auto": enum.auto,
    "fastapi.Body": of_fastapi,
    "fastapi.Cookie": of_fastapi,
    "fastapi.Header": of_fastapi,
    "fastapi.Query": of_fastapi,
    "inspect.cleandoc": inspect.cleandoc,
    "mcp.Icon": icon,
    "mcp.ToolAnnotations": annotations_of_tool,
    "mcp.types.Icon": icon,
    "mcp.types.ToolAnnotations": annotations_of_tool,
    "pathlib.Path": pathlib.Path,
    "pydantic.AliasChoices": pydantic.AliasChoices,
    "pydantic.ConfigDict": pydantic.ConfigDict,
    "pydantic.Field": pydantic.Field,
    "pydantic.StringConstraints": pydantic.StringConstraints,
    "pydantic.conint": pydantic.conint,
    "pydantic.confloat": pydantic.confloat,
    "pydantic.conlist": pydantic.conlist,
    "pydantic.constr": pydantic.constr,
    "pydantic.fields.Field": pydantic.Field,
    "textwrap.dedent": textwrap.dedent,
}
"""Functions and classes that are called with what was worked out: they make values, and touch nothing."""


@cache
def outside(name: str) -> Any:
    """What a dotted name stands for.

    Raises:
        LookupError: It is none of those that are known to be harmless.
    """
    module, _, last = name.rpartition(".")
    if module == "pydantic" and last in _PYDANTIC:
        return getattr(pydantic, last)
    if module == "datetime" and last == "UTC":
        raise LookupError(name)
    if last in _STANDARD.get(module, ()):
        return getattr(_PLACES[module], last)
    raise LookupError(name)
