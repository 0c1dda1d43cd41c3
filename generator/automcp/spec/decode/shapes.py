"""The kinds of value that the spec format is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a name has to look like.

    Attributes:
        regex: Anchored at both ends; Python and ECMA-262 read it alike.
        meaning: The same in words, behind "has to be".
    """

    regex: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Text:
    """A string; `pattern` narrows it."""

    pattern: Pattern | None = None
    empty: bool = True


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, both included."""

    minimum: float
    maximum: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormatVersion:
    """The number of the format that the spec is written in."""

    supported: int


@dataclass(frozen=True, slots=True)
class Duration:
    """Seconds as a number, or text such as `10s`."""


@dataclass(frozen=True, slots=True)
class JsonSchema:
    """A JSON Schema 2020-12: a mapping or a boolean."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class AnyMapping:
    """Any JSON object."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind of item."""

    item: Shape


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from chosen names to one kind of value."""

    value: Shape
    names: Pattern | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record.

    Attributes:
        description: For readers of the format's JSON Schema; a sentence.
        examples: Values that show it, for editors.
    """

    key: str
    shape: Shape
    description: str
    required: bool = False
    default: bool | str | None = None
    examples: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys.

    Attributes:
        name: What it is called, such as `operation`; unique in the format.
        is_schema: Whether every other key is one of JSON Schema, instead of a mistake.
        is_boolean: Whether `true` and `false`, which are schemas too, may stand in its place.
        exclusive: Pairs of keys that cannot stand together.
    """

    name: str
    description: str
    fields: tuple[Field, ...]
    is_schema: bool = False
    is_boolean: bool = False
    exclusive: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(field.key for field in self.fields))

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __getitem__(self, key: str) -> Field:
        return self.fields[self.keys.index(key)]


@dataclass(frozen=True, slots=True)
class NameOr:
    """A bare name, or a record that says more."""

    name: Text
    record: Record


@dataclass(frozen=True, slots=True)
class FlagOrTexts:
    """`true` or `false`, or a list of texts."""


Shape: TypeAlias = (
    Text
    | Flag
    | FlagOrTexts
    | Number
    | Choice
    | FormatVersion
    | Duration
    | JsonSchema
    | Anything
    | AnyMapping
    | ListOf
    | MapOf
    | Record
    | NameOr
)
