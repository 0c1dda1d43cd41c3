"""What each declared error looks like as an exception class, on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.model import Service
from .models import Types
from .text import docstring, prose, quoted


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """One declared error.

    Attributes:
        key: Its name on the wire, as a literal.
        message: What it says unless it is told otherwise, as a literal.
        data: The annotation of what it carries, or `None`.
    """

    name: str
    key: str
    doc: str
    message: str
    data: str | None
    retryable: bool


def error_classes(service: Service, types: Types) -> Iterator[ErrorClass]:
    """All declared errors, in spec order."""
    for error in service.errors:
        yield ErrorClass(
            name=types.errors[error.key],
            key=quoted(error.key),
            doc=docstring(error.description, 4),
            message=quoted(prose(error.description)),
            data=types.data.get(error.key),
            retryable=error.retryable,
        )
