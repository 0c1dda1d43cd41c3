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
        noun: What the text is.
    """

    regex: str
    meaning: str
    noun: str = "name"


@dataclass(frozen=True, slots=True)
class Text:
    """A string; `pattern` narrows it."""

    pattern: Pattern | None = None
    empty: bool = True


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, a number or a flag."""


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
class Size:
    """Bytes as a whole number, or text such as `10MB`."""


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
    empty: bool = True


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
        one_of: Keys of which exactly one has to be there.
        needs: Keys, each with others of which one has to be there, too.
    """

    name: str
    description: str
    fields: tuple[Field, ...]
    is_schema: bool = False
    is_boolean: bool = False
    exclusive: tuple[tuple[str, str], ...] = ()
    one_of: tuple[str, ...] = ()
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keys: tuple[str, ...] = field(init=False)
    known: frozenset[str] = field(init=False)
    required: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        keys = tuple(field.key for field in self.fields)
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "known", frozenset(keys))
        required = tuple(field.key for field in self.fields if field.required)
        object.__setattr__(self, "required", required)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __getitem__(self, key: str) -> Field:
        return self.fields[self.keys.index(key)]


@dataclass(frozen=True, slots=True)
class Either:
    """A short form, or a long one: a mapping or a list."""

    short: Shape
    long: Record | ListOf


Shape: TypeAlias = (
    Text
    | Flag
    | Scalar
    | Number
    | Choice
    | FormatVersion
    | Duration
    | Size
    | JsonSchema
    | Anything
    | AnyMapping
    | ListOf
    | MapOf
    | Record
    | Either
)
