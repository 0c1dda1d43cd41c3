"""Reads the JSON that a backend answered as what an operation returns."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, partial
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypeForm

from ..shared.failure import BackendError, plain_line
from ..shared.model import Json, typed
from ..shared.path import spell, walked

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
        raise BackendError(f"{said} does not fit: {problem(error, value)}") from error


def problem(error: ValidationError, value: object) -> str:
    """What pydantic found first in a value: the place and the reason, in one line."""
    first = error.errors(include_input=False, include_url=False)[0]
    at = spell(walked(first["loc"], value))
    return plain_line(f"{at or 'the value'}: {first['msg']}")


@lru_cache(maxsize=1 << 10)
def _reader(kind: Any) -> Callable[[Json], object]:
    # By wire names only: `from_` beside `from` is an extra property like any other.
    return partial(
        TypeAdapter[object](kind).validate_python, strict=True, by_alias=True, by_name=False
    )
