"""Turns the spec's names into words, and words into the names that each language's custom wants."""

from __future__ import annotations

import keyword
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

FILLER = "x"
"""Stands in front of a name that could not start an identifier, or for one without any letter."""

_ANNOTATION_WORDS = frozenset(
    [
        "bool",
        "bytes",
        "dict",
        "float",
        "frozenset",
        "int",
        "list",
        "object",
        "property",
        "set",
        "str",
        "tuple",
        "type",
    ]
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as words, in the case that they were written in; never without a word.

    Attributes:
        text: The name as it was written.
        words: Its words. Each is made of identifier characters, the first starts like an identifier.
    """

    text: str
    words: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Name:
        """Split `text` at punctuation and where the case says that a word starts.

        A digit belongs to the word in front of it: `orderV2` has the words `order` and `V2`.
        Text without small letters (`OUT_OF_STOCK`) says nothing by its case and becomes lower case.
        """
        return _parsed(text)

    @property
    def snake(self) -> str:
        """`out_of_stock`; may be a keyword, as part of a longer name may."""
        return _snake(self.words)

    @property
    def kebab(self) -> str:
        """`out-of-stock`."""
        return self.snake.replace("_", "-")

    @property
    def constant(self) -> str:
        """`OUT_OF_STOCK`."""
        return _normal("_".join(word.upper() for word in self.words))

    @property
    def pascal(self) -> str:
        """`OutOfStock`, keeping capitals that the spec wrote (`HTTPError`); never a keyword."""
        return _pascal(self.words)

    @property
    def attribute(self) -> str:
        """`snake`, safe as the name of a member of a class.

        Besides keywords it avoids the builtins that annotations mention: a method called `list`
        would be what `list[str]` means in the rest of its class.
        """
        snake = self.snake
        return snake + "_" if keyword.iskeyword(snake) or snake in _ANNOTATION_WORDS else snake

    @property
    def parameter(self) -> str:
        """`snake`, safe as the name of a parameter of a method."""
        snake = self.snake
        return snake + "_" if keyword.iskeyword(snake) or snake in ("self", "cls") else snake


@lru_cache(maxsize=1 << 16)
def python_name(text: str) -> str:
    """The `attribute` form of any text."""
    return Name.parse(text).attribute


# A spec has few names, and each is asked about many times.
@lru_cache(maxsize=1 << 16)
def _parsed(text: str) -> Name:
    return Name(text, _words(text))


def _words(text: str) -> tuple[str, ...]:
    normal = unicodedata.normalize("NFKC", text)
    runs = "".join(char if _is_word(char) else " " for char in normal).split()
    if any(char.islower() for char in normal):
        words = tuple(word for run in runs for word in _split_by_case(run))
    else:
        words = tuple(run.lower() for run in runs)
    if not words:
        words = (FILLER,)
    return words if words[0].isidentifier() else (FILLER + words[0], *words[1:])


# Names have few characters, and asking the tables of Unicode takes long.
@lru_cache(maxsize=1 << 12)
def _is_word(char: str) -> bool:
    return (FILLER + char).isidentifier() and unicodedata.category(char) != "Pc"


def _split_by_case(run: str) -> list[str]:
    starts = [0, *(at for at in range(1, len(run)) if _starts_word(run, at)), len(run)]
    return [run[start:end] for start, end in pairwise(starts)]


def _starts_word(run: str, at: int) -> bool:
    if not run[at].isupper():
        return False
    before, after = run[at - 1], run[at + 1 : at + 2]
    if before.isupper():
        return after.islower() and not _is_plural_s(run, at + 1)
    return not before.isdigit() or after.islower()


def _is_plural_s(run: str, at: int) -> bool:
    """Whether the letter is the one small letter of `IDs`."""
    return run[at] == "s" and not run[at + 1 : at + 2].islower()


@lru_cache(maxsize=1 << 16)
def _snake(words: tuple[str, ...]) -> str:
    return _normal("_".join(word.lower() for word in words))


@lru_cache(maxsize=1 << 16)
def _pascal(words: tuple[str, ...]) -> str:
    joined = _normal("".join(_capitalized(word) for word in words))
    return joined + "_" if keyword.iskeyword(joined) else joined


def _capitalized(word: str) -> str:
    return word[0].upper() + word[1:]


def _normal(identifier: str) -> str:
    """What Python makes of an identifier; changing the case can leave the normal form."""
    return unicodedata.normalize("NFKC", identifier)
