"""What a resource of another server holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TypeVar

from typing_extensions import TypeForm

from ..bound.reading import read
from ..client.resources import ResourceContents
from ..server.result import Part
from ..shared.failure import BackendError
from ..shared.model import Json

T = TypeVar("T")


def parts(contents: Iterable[ResourceContents], uri: str) -> list[Part]:
    """The parts; the one at the address that was asked for is at whatever address this server has for it."""
    return [
        Part(one.body, one.mime_type, None if one.uri == uri else one.uri, one.meta)
        for one in contents
    ]


def value_of(kind: TypeForm[T], held: Sequence[Part], server: str) -> T:
    """The JSON of the part that was asked for, or of the first one, as `kind`.

    Raises:
        BackendError: There is none, it is no JSON, or it does not fit.
    """
    part = next((one for one in held if one.uri is None), held[0] if held else None)
    if part is None:
        raise BackendError(f"{server} answered without any content")
    try:
        value: Json = json.loads(part.body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BackendError(f"{server} answered what is no JSON") from error
    return read(kind, value)


def _refuse(constant: str) -> Json:
    raise ValueError(f"{constant} is no JSON")
