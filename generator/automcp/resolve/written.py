"""A schema where the spec says it, and what its references turn out to mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ..ir.values import Json
from ..spec.document import Node
from ..spec.keywords import Path
from ..text.source import Span
from .anatomy import Anatomy


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """One schema of the spec: a named one, a parameter's, an `input`, a `returns`, an error's `data`.

    Attributes:
        at: The name that it has in the spec, for findings about the whole of it.
        value: What it says as JSON, for everybody and therefore not to be changed.
        prefix: The steps to where it stands inside a published document; `()` if it is the document.
    """

    node: Node
    anatomy: Anatomy
    at: Span
    value: Json
    prefix: Path = ()


@dataclass(frozen=True, slots=True)
class Local:
    """A place in the schema that the reference is written in."""

    path: Path


@dataclass(frozen=True, slots=True)
class Shared:
    """A named schema, by its key."""

    key: str


Target: TypeAlias = Local | Shared


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A schema all of whose references lead somewhere.

    Attributes:
        targets: What a reference means, by the schema that holds it and its keyword.
        mentions: The keys of the named schemas that it mentions itself, in order.
    """

    written: Written
    targets: Mapping[tuple[Path, str], Target]
    mentions: tuple[str, ...]
