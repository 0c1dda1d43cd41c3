"""Texts of any script as the names that a spec may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ...text.names import FILLER, Name, python_name

# Letters that Unicode does not take apart into a Latin one and a mark.
_LATIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i"})  # fmt: skip
_SMALL = frozenset(("a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with"))
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_WRITTEN = re.compile(r"OAuth|OpenID|OpenAPI|GraphQL|IPv(?=[46])|GitHub|GitLab")
"""Words with capitals inside."""
_ES = ("ches", "shes", "sses", "xes", "zes")


def latin(text: str) -> str:
    """The text in ASCII letters, as far as they are Latin letters with marks; the rest becomes spaces."""
    apart = unicodedata.normalize("NFKD", text.translate(_LATIN))
    return "".join(
        char if char.isascii() else "" if unicodedata.combining(char) else " " for char in apart
    )


def _as_a_word(match: re.Match[str]) -> str:
    return match[0].capitalize()


def snake_words(text: str) -> tuple[str, ...]:
    """The words of a text in small ASCII letters; none if it has no such letter."""
    said = latin(text)
    if not any(char.isalpha() for char in said):
        return ()
    words = Name.parse(_WRITTEN.sub(_as_a_word, said.replace("'", ""))).snake.split("_")
    if not said.lstrip(" _-./({[$#@!*+&").startswith(tuple("0123456789")):
        return tuple(words)
    # A name cannot start with a digit.
    return tuple(word for word in (FILLER, words[0].removeprefix(FILLER), *words[1:]) if word)


def pascal(text: str) -> str:
    """`NotFound` for `not_found` or `not found`; empty if the text has no ASCII letter."""
    said = latin(text)
    if not any(char.isalpha() for char in said):
        return ""
    found = "".join(word[0].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", said))
    return found if found[0].isalpha() else FILLER.upper() + found


def singular(word: str) -> str:
    """The English singular of a small word, as far as its ending tells."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_ES):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


def without(words: tuple[str, ...], stutter: tuple[str, ...]) -> tuple[str, ...]:
    """Words without the first place where they say what `stutter` says, in singular or plural."""
    wanted = [singular(word) for word in stutter]
    said = [singular(word) for word in words]
    for start in range(len(words) - len(wanted) + 1):
        if start and words[start - 1] in _SMALL:
            # `list_keys_for_user` is not `list_keys_for`, and what follows is about those, too.
            break
        if wanted and said[start : start + len(wanted)] == wanted:
            return words[:start] + words[start + len(wanted) :]
    return words


def shortened(words: tuple[str, ...], room: int) -> str:
    """The words in snake case, without small ones and then without the last ones if there is no room."""
    if len("_".join(words)) > room:
        words = tuple(word for word in words if word not in _SMALL) or words
    while len(words) > 1 and len("_".join(words)) > room:
        words = words[:-1]
    return "_".join(words)[:room]


def key_of(text: str) -> str:
    """What a parameter is called in a spec: as in the document, if models and templates can say that.

    Some model APIs refuse arguments with other names.
    """
    if _KEY.fullmatch(text) and not text.startswith("settings."):
        return text
    cleaned = re.sub(r"[^A-Za-z0-9_.-]+", "_", latin(text)).strip("_. ")[:64].rstrip("_.")
    cleaned = cleaned.removeprefix("settings.")
    return cleaned or "value"


@dataclass(slots=True)
class Taken:
    """Names that are taken, as Python has them.

    Attributes:
        form: What Python makes of a name.
        between: What stands between a name and the number that makes it another one.
    """

    form: Callable[[str], str] = python_name
    between: str = "_"
    _used: set[str] = field(default_factory=set[str])
    _numbers: dict[str, int] = field(default_factory=dict[str, int])

    def is_free(self, name: str) -> bool:
        return self.form(name) not in self._used

    def claim(self, name: str) -> str:
        """The name, or with the first number behind it, that was free until now."""
        free = name
        while not self.is_free(free):
            # Counting goes on where it stopped: a thousand of one name are no million of tries.
            number = self._numbers.get(name, 1) + 1
            self._numbers[name] = number
            free = f"{name}{self.between}{number}"
        self._used.add(self.form(free))
        return free


def unique(name: str, taken: Iterable[str], form: Callable[[str], str] = python_name) -> str:
    """The name, or with the first number behind it, that none of a few others has."""
    known = Taken(form)
    for one in taken:
        known.claim(one)
    return known.claim(name)
