"""Builds the classes of a legacy source anew from their literal bodies, for their schemas alone."""

from __future__ import annotations

import ast
import dataclasses
import types
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

import typing_extensions
from pydantic import BaseModel

from ..survey import Source
from .bindings import Outside
from .literals import Unknown
from .values import Values

_HARMLESS_METHODS = frozenset(
    {
        "__str__", "__repr__", "__len__", "__iter__", "__contains__", "__getitem__", "__bool__", "__lt__",
        "model_post_init",
    }
)  # fmt: skip
_HARMLESS = frozenset(
    {
        "builtins.property", "builtins.staticmethod", "builtins.classmethod", "functools.cached_property",
        "pydantic.field_validator", "pydantic.model_validator",
    }
)  # fmt: skip
"""Decorators of methods that say nothing about a schema."""
_DATACLASS = frozenset({"dataclasses.dataclass"})


def rebuilt(values: Values, source: Source, node: ast.ClassDef) -> Any:
    """A class with the same fields.

    Raises:
        Unknown: Its body says something else than fields and methods.
    """
    if node.keywords and [one.arg for one in node.keywords] != ["total"]:
        raise Unknown(f"class `{node.name}` is made by a metaclass")
    dataclass = _as_dataclass(values, source, node)
    bases = tuple(values.of(source, one) for one in node.bases)
    kind = _kind(bases, node, dataclass)
    body = _body(values, source, node, kind)
    module = values.names.layout.name(source)
    if kind == "typeddict":
        return _typed_dict(values, source, node, bases, body, module)
    fill = {"__module__": module, "__qualname__": node.name, **body}
    made: Any = types.new_class(node.name, bases, {}, lambda names: _fill(names, fill))
    return dataclasses.dataclass(made) if dataclass else made


def _fill(names: Any, fill: dict[str, Any]) -> None:
    for name, value in fill.items():
        names[name] = value


def _kind(bases: tuple[Any, ...], node: ast.ClassDef, dataclass: bool) -> str:
    if dataclass and not bases:
        return "dataclass"
    if any(one in (typing.TypedDict, typing_extensions.TypedDict) for one in bases) or (
        bases and all(typing_extensions.is_typeddict(one) for one in bases)
    ):
        return "typeddict"
    if bases and all(isinstance(one, type) for one in bases) and not dataclass:
        if all(issubclass(one, BaseModel) for one in bases):
            return "model"
        if issubclass(bases[-1], Enum) and all(
            one in (str, int) or issubclass(one, Enum) for one in bases
        ):
            return "enum"
    raise Unknown(f"class `{node.name}` is neither a model, an enumeration nor a record")


def _as_dataclass(values: Values, source: Source, node: ast.ClassDef) -> bool:
    for one in node.decorator_list:
        made = one.func if isinstance(one, ast.Call) else one
        found = values.names.of(source, made)
        named = found.name if isinstance(found, Outside) else ""
        said = {word.arg for word in getattr(one, "keywords", [])}
        if named not in _DATACLASS or said - {"frozen", "slots", "eq", "repr"}:
            raise Unknown(f"class `{node.name}` is decorated")
    return bool(node.decorator_list)


def _body(values: Values, source: Source, node: ast.ClassDef, kind: str) -> dict[str, Any]:
    """The names that a class body binds, with what is said of its fields."""
    said: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for one in node.body:
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
            if one is node.body[0] and isinstance(one.value.value, str):
                said["__doc__"] = one.value.value
        elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and kind != "enum":
            fields[one.target.id] = values.annotation(source, one.annotation)
            if one.value is not None:
                said[one.target.id] = values.of(source, one.value)
        elif isinstance(one, ast.Assign) and kind in ("enum", "model"):
            said.update(_assigned(values, source, node, one, kind))
        elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and kind != "typeddict":
            _check_method(values, source, node, one)
        elif not isinstance(one, ast.Pass):
            raise Unknown(f"the body of class `{node.name}` says more than fields")
    if fields or kind != "enum":
        said["__annotations__"] = fields
    return said


def _assigned(
    values: Values, source: Source, node: ast.ClassDef, one: ast.Assign, kind: str
) -> Iterator[tuple[str, Any]]:
    for target in one.targets:
        if not isinstance(target, ast.Name) or (kind == "model" and target.id != "model_config"):
            raise Unknown(f"the body of class `{node.name}` says more than fields")
        yield target.id, values.of(source, one.value)


def _check_method(
    values: Values, source: Source, node: ast.ClassDef, one: ast.FunctionDef | ast.AsyncFunctionDef
) -> None:
    dunder = one.name.startswith("__") or one.name.startswith("model_")
    if dunder and one.name not in _HARMLESS_METHODS:
        raise Unknown(f"class `{node.name}` has a method `{one.name}`")
    for each in one.decorator_list:
        made = each.func if isinstance(each, ast.Call) else each
        found = values.names.of(source, made)
        setter = isinstance(made, ast.Attribute) and made.attr in ("setter", "deleter")
        if not setter and (not isinstance(found, Outside) or found.name not in _HARMLESS):
            raise Unknown(f"a method of class `{node.name}` is decorated by `{ast.unparse(made)}`")
        modes = [word for word in getattr(each, "keywords", []) if word.arg == "mode"]
        if any(getattr(word.value, "value", "") not in ("before", "after") for word in modes):
            raise Unknown(f"a validator of class `{node.name}` decides what is accepted")


def _typed_dict(
    values: Values,
    source: Source,
    node: ast.ClassDef,
    bases: tuple[Any, ...],
    body: dict[str, Any],
    module: str,
) -> Any:
    if len(bases) != 1 or bases[0] not in (typing.TypedDict, typing_extensions.TypedDict):
        raise Unknown(f"class `{node.name}` inherits a record")
    total = all(values.of(source, one.value) for one in node.keywords)
    # pydantic refuses the one of `typing` before Python 3.12; both have the same schema.
    record: Any = typing_extensions.TypedDict
    made = record(node.name, body["__annotations__"], total=total)
    made.__module__ = module
    if "__doc__" in body:
        made.__doc__ = body["__doc__"]
    return made
