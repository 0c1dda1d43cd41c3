"""Reads the JSON that a backend answered as what an operation returns."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, partial
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypeForm

from ..shared.failure import BackendError, plain_line
from ..shared.model import Json, typed
from ..shared.path import Step, spell

T = TypeVar("T")


def read(kind: TypeForm[T], value: Json) -> T:
    """`value` as `kind`: nothing converted, nothing lost, members by their names on the wire.

    Raises:
        BackendError: It is none; the message says where and why.
    """
    try:
        return cast("T", typed(_reader(cast("Hashable", kind)), value))
    except ValidationError as error:
        said = "the answer is empty or null, and" if value is None else "the answer"
        raise BackendError(f"{said} does not fit: {problem(error)}") from error


def problem(error: ValidationError) -> str:
    """What pydantic found first: the place and the reason, in one line."""
    first = error.errors(include_input=False, include_url=False)[0]
    # What pydantic adds to a path is about unions: which of their members it tried.
    at = spell(step for step in first["loc"] if _is_step(step))
    return plain_line(f"{at or 'the value'}: {first['msg']}")


def _is_step(step: Step) -> bool:
    return isinstance(step, int) or not any(char in step for char in "[]()")


@lru_cache(maxsize=1 << 10)
def _reader(kind: Any) -> Callable[[Json], object]:
    # By wire names only: `from_` beside `from` is an extra property like any other.
    return partial(
        TypeAdapter[object](kind).validate_python, strict=True, by_alias=True, by_name=False
    )
