"""What is asked of a database, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..shared.failure import BackendError
from ..shared.model import Json
from .statement import Statement


@dataclass(frozen=True, slots=True)
class Query:
    """One statement and its values.

    Attributes:
        values: By the names of its parameters, every one of them.
        writes: Whether it may change anything.
        most: How many rows are wanted at most; `None` if it is about changes, not about rows.
    """

    statement: Statement
    values: Mapping[str, Json]
    writes: bool
    most: int | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a statement gave.

    Attributes:
        columns: The names of the columns.
        rows: At most one more than were wanted, so that too many can be told from enough.
        changed: How many rows were inserted, updated or deleted.
    """

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = field(default_factory=list[Sequence[object]])
    changed: int = 0


class Conflict(BackendError):
    """A value that must be unique is there already, or a row that is referred to is not there."""
