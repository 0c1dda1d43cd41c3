"""Answers `automcp generate` at once, if nothing has changed since a run that left everything up to date.

Such a run leaves a record in the cache: everything that it read and wrote, one hash over the contents of all that,
and what an unchanged run says. The record is believed if the hash is the same now, taken anew of every byte. There are
no times or sizes in it, so no edit is quick enough to be missed; and whatever is unusual (a link, a neighbour whose
name differs only in case, a file that cannot be read) ends the attempt, and the whole compiler runs.

Nothing is imported for it but `os`, `sys` and `hashlib`: 10 operations take 20 ms, where the compiler takes 500 ms.
"""

from __future__ import annotations

import os
import stat
import sys
from hashlib import sha256

from .. import cache
from ..identity import identity
from .streams import wants_colour

# Not from `typing`, which is slow to import; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from hashlib import _Hash as Hash  # pyright: ignore[reportPrivateUsage]

KIND = "unchanged"
LOOKED_FOR = (".yaml", ".yml", ".json", "automcp.toml")
"""How the names end of what may decide which project a folder holds."""

_FORMAT = "automcp unchanged 1"
_COMPARING = ("--check", "--diff")
_FLAGS = (*_COMPARING, "--json")
_ESCAPE = "surrogateescape"


class Doubt(Exception):
    """Something is as no record says."""


class Record:
    """What a run leaves.

    Attributes:
        state: The hash of everything watched.
        watched: What it depends on, as pairs: `look` and a folder in which a spec was looked for; `input` and
            a file; `gone` and the whole path of what was not there; `root` and a folder, and behind it `file`
            and `gone` with paths below it.
        answers: What an unchanged run says: `told` and `findings` (on stderr; also `coloured`), `json`
            and, for `--check` and `--diff`, `compared` (on stdout).
    """

    def __init__(
        self, state: str, watched: Sequence[tuple[str, str]], answers: Mapping[str, str]
    ) -> None:
        self.state = state
        self.watched = watched
        self.answers = answers

    def dump(self) -> bytes:
        """The record as bytes. Raises `Doubt` if a name holds a line end."""
        if any("\n" in name for _, name in self.watched):
            raise Doubt
        told = {name: text.encode("utf-8", _ESCAPE) for name, text in self.answers.items()}
        head = [_FORMAT, self.state, *(f"{word} {name}" for word, name in self.watched)]
        head += [f"answer {name} {len(data)}" for name, data in told.items()]
        return b"\n\n".join(("\n".join(head).encode("utf-8", _ESCAPE), b"".join(told.values())))

    @classmethod
    def load(cls, data: bytes) -> Record:
        """The record in these bytes. Raises `Doubt` or `ValueError` if it is none."""
        head, _, body = data.partition(b"\n\n")
        form, state, *lines = head.decode("utf-8", _ESCAPE).split("\n")
        if form != _FORMAT:
            raise Doubt
        watched: list[tuple[str, str]] = []
        answers: dict[str, str] = {}
        at = 0
        for line in lines:
            word, _, rest = line.partition(" ")
            if word == "answer":
                name, _, size = rest.partition(" ")
                answers[name] = body[at : at + int(size)].decode("utf-8", _ESCAPE)
                at += int(size)
            else:
                watched.append((word, rest))
        return cls(state, watched, answers)


def answer(words: Sequence[str]) -> tuple[str, str] | None:
    """What `automcp generate` with these words says on stdout and stderr; `None` if it has to run to know."""
    try:
        name = name_of(words)
        data = cache.read(KIND, name) if name and _speaks_utf8() else None
        if data is None:
            return None
        record = Record.load(data)
        if state_of(record.watched, {}) != record.state:
            return None
        return _said(record.answers, words)
    except (Doubt, OSError, ValueError, KeyError):
        return None


def name_of(words: Sequence[str]) -> str | None:
    """The name of the record for these words, whichever way they ask for the answer.

    `None` for words that ask for something else, or that only click understands.

    Raises:
        OSError: There is no current folder.
    """
    asked: list[str] = []
    before = ""
    for word in words:
        takes_value = before.startswith("--") and "=" not in before and before not in _FLAGS
        if word == "--" or word.startswith(("--stub", "--help", "-h")):
            return None
        if word not in _FLAGS:
            asked.append(word)
        elif takes_value:
            return None
        before = word
    return cache.name_of(os.getcwd(), sys.executable, *asked)


def _said(answers: Mapping[str, str], words: Sequence[str]) -> tuple[str, str]:
    comparing = any(word in _COMPARING for word in words)
    if "--json" in words:
        return answers["compared" if comparing else "json"], ""
    findings = answers["coloured" if wants_colour(sys.stderr) else "findings"]
    return "", findings if comparing else answers["told"] + findings


def _speaks_utf8() -> bool:
    """Whether text goes out as it is; what cannot be said in another encoding is click's affair."""
    streams = (sys.stdout, sys.stderr)
    return all((stream.encoding or "").lower() in ("utf-8", "utf8") for stream in streams)


def state_of(watched: Sequence[tuple[str, str]], known: Mapping[str, bytes]) -> str:
    """One hash over this installation, and over all that is watched.

    Args:
        known: The contents of files that need not be read, by path.

    Raises:
        Doubt, OSError: Something is not as after any run that ended well.
    """
    told = sha256(identity().encode())
    root = ""
    for at, (word, name) in enumerate(watched):
        told.update(f"{word} {name}\0".encode("utf-8", _ESCAPE))
        if word == "look":
            for path in looked_at(name):
                told.update(os.fsencode(path) + b"\0")
                _add(told, known[path] if path in known else contents(path))
        elif word == "input":
            _add(told, known[name] if name in known else contents(name))
        elif word == "root":
            root = name
            _check_folders(root, _below(watched, at))
        else:
            path = os.path.join(root, name)
            if word == "gone" and os.path.lexists(path):
                raise Doubt
            if word == "file":
                _add(told, known[path] if path in known else _plain(path))
    return told.hexdigest()


def _below(watched: Sequence[tuple[str, str]], at: int) -> Iterator[str]:
    """The paths that belong to the root at this place."""
    for word, name in watched[at + 1 :]:
        if word == "root":
            return
        yield name


def looked_at(folder: str) -> list[str]:
    """The files of a folder that decide which project it holds."""
    found = sorted(name for name in os.listdir(folder or ".") if name.endswith(LOOKED_FOR))
    return [path for path in (os.path.join(folder, name) for name in found) if os.path.isfile(path)]


def contents(path: str) -> bytes:
    """The bytes of a file, or of what a link leads to. Raises `Doubt` if that is none, and `OSError`."""
    # A pipe would keep us waiting.
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise Doubt
    return _bytes(path)


def _plain(path: str) -> bytes:
    """The bytes of a file that is no link."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise Doubt
    return _bytes(path)


def _bytes(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.readall()


def _add(told: Hash, data: bytes) -> None:
    told.update(b"%d " % len(data))
    told.update(data)


def _check_folders(root: str, paths: Iterable[str]) -> None:
    """Raise `Doubt` if a folder on the way is a link, or holds a name that differs from one of ours only in case."""
    names: set[str] = set()
    folders = {""}
    for path in paths:
        names.update(path.split("/"))
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    folded = {name.casefold() for name in names}
    for folder in sorted(folders):
        place = os.path.join(root, folder)
        if not os.path.lexists(place):
            continue
        if folder and not stat.S_ISDIR(os.lstat(place).st_mode):
            raise Doubt
        for name in os.listdir(place or "."):
            if name.casefold() in folded and name not in names:
                raise Doubt
