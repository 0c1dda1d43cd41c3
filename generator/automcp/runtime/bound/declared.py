"""Makes a declared error of what a backend said when it failed."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import get_annotations
from typing import Any, get_type_hints

from pydantic import BaseModel

from ..shared.failure import BackendError, DeclaredError, plain_line
from ..shared.model import Json
from .reading import read


def declared(
    kind: type[DeclaredError], message: str, data: Json = None, *, only_known: bool = False
) -> DeclaredError | BackendError:
    """The error, to be raised; a `BackendError` if its data is not what the spec says.

    Args:
        message: What a backend said; if that is nothing, what the spec says of the error.
        data: What the error carries, if the spec says that it carries something.
        only_known: Leave out members that the error's data does not name.
    """
    said = [plain_line(message)] if message.strip() else []
    carried = _carried(kind)
    if carried is None:
        return kind(*said)
    if only_known and isinstance(data, dict):
        data = _known(carried, data)
    make: Any = kind
    try:
        error: DeclaredError = make(*said, data=read(carried, data))
    except BackendError as misfit:
        return BackendError(f"{kind.name}: {message} ({misfit.message})")
    return error


def _carried(kind: type[DeclaredError]) -> Any:
    """The type of what an error carries; `None` if it carries nothing."""
    return get_type_hints(kind)["data"] if "data" in get_annotations(kind) else None


def _known(carried: Any, data: Mapping[str, Json]) -> Json:
    if not (isinstance(carried, type) and issubclass(carried, BaseModel)):
        return dict(data)
    fields = carried.model_fields
    names = {field.alias or name for name, field in fields.items()}
    return {key: value for key, value in data.items() if key in names}
