"""The Python type of every field and alias, each skeleton spelled once however many fields have it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .skeleton import Alias, Definition, Record, Skeleton, mentions, renamed
from .spelling import Question, spelled

_STAND_IN = "record_"
"""No record has such a name: theirs are in Pascal case."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """The types of everything that was asked about, as source text.

    Attributes:
        aliases: What each alias stands for.
        fields: By record and Python name of the field.
    """

    aliases: Mapping[str, str]
    fields: Mapping[tuple[str, str], str]


def annotate(definitions: Iterable[Definition]) -> Annotations:
    """The Python types of all definitions.

    Raises:
        RuntimeError: datamodel-code-generator did not answer as it should.
    """
    asked = list(definitions)
    shapes = _Shapes(asked)
    places = {
        (one.name, field.name): shapes.place(field.type)
        for one in asked
        if isinstance(one, Record)
        for field in one.fields
    }
    answer = spelled(shapes.question())
    texts = [_Text(text) for text in answer.shapes]
    fields = {key: texts[at].filled(names) for key, (at, names) in places.items()}
    return Annotations(answer.aliases, fields)


@lru_cache(maxsize=1 << 16)
def names_in(annotation: str) -> frozenset[str]:
    """Every name that an annotation mentions."""
    return frozenset(
        node.id for node in ast.walk(ast.parse(annotation)) if isinstance(node, ast.Name)
    )


class _Shapes:
    """The skeletons that differ by more than the names of the records in them.

    What stands in a record has no influence on how a reference to it is spelled, so one name is as good as
    another. What an alias stands for may have, so skeletons that mention one stay as they are.
    """

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self._records = {one.name for one in definitions if isinstance(one, Record)}
        self._aliases = {one.name: one.type for one in definitions if isinstance(one, Alias)}
        self._shapes: dict[str, Skeleton] = {}
        self._at: dict[str, int] = {}
        # By identity, which holds as long as the definitions do: many fields share one.
        self._placed: dict[int, tuple[int, tuple[str, ...]]] = {}

    def place(self, skeleton: Skeleton) -> tuple[int, tuple[str, ...]]:
        """The number of a skeleton's shape, and the records that its stand-ins stand for."""
        known = self._placed.get(id(skeleton))
        if known is None:
            known = self._placed[id(skeleton)] = self._new_place(skeleton)
        return known

    def _new_place(self, skeleton: Skeleton) -> tuple[int, tuple[str, ...]]:
        names = tuple(dict.fromkeys(mentions(skeleton)))
        if names and self._records.issuperset(names):
            stand_ins = {name: f"{_STAND_IN}{at}" for at, name in enumerate(names)}
            skeleton = renamed(skeleton, stand_ins)
        else:
            names = ()
        key = repr(skeleton)
        self._shapes.setdefault(key, skeleton)
        return self._at.setdefault(key, len(self._at)), names

    def question(self) -> Question:
        """Everything to ask about."""
        shapes = tuple(self._shapes.values())
        mentioned = (name for one in (*self._aliases.values(), *shapes) for name in mentions(one))
        records = dict.fromkeys(name for name in mentioned if name not in self._aliases)
        return Question(self._aliases, tuple(records), shapes)


class _Text:
    """A type with stand-ins in it."""

    def __init__(self, text: str) -> None:
        self._data = text.encode()
        self._places = sorted(
            (node.col_offset, node.end_col_offset or 0, int(node.id.removeprefix(_STAND_IN)))
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Name) and node.id.startswith(_STAND_IN)
        )

    def filled(self, names: Sequence[str]) -> str:
        """The type with the names in place of the stand-ins."""
        parts: list[bytes] = []
        done = 0
        for start, end, at in self._places:
            parts += (self._data[done:start], names[at].encode())
            done = end
        return b"".join((*parts, self._data[done:])).decode()
