"""Keeps the files that a service was compiled to, for the runs in which the spec means the same again.

A handler was edited, a comment, an option of another target, or an output was deleted: then the spec is read and compared
as ever, but types, templates and ruff have nothing to do. That saves a third of such runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .. import cache
from ..identity import identity
from .files import File, Files, Owner

_KIND = "compiled"


def name_of(made_from: str) -> str | None:
    """The name under which files are kept that this, and nothing else, decides; `None` if none are kept."""
    if cache.folder() is None:
        return None
    try:
        return cache.name_of(identity(), made_from)
    except OSError:
        return None


def read(name: str) -> Files | None:
    """The files of that name; `None` if there are none, or what is there are no files of a target."""
    data = cache.read(_KIND, name)
    if data is None:
        return None
    try:
        files = Files(_split(data))
    except (ValueError, TypeError, RecursionError):
        return None
    return files if len(files) else None


def write(name: str, files: Files) -> None:
    """Keep files: a list of them in one line of JSON, and behind it all that is in them."""
    texts = [file.text.encode() for file in files]
    listed = [(file.path, file.owner, len(text)) for file, text in zip(files, texts, strict=True)]
    cache.write(_KIND, {name: b"\n".join((json.dumps(listed).encode(), b"".join(texts)))})


def _split(data: bytes) -> Iterator[File]:
    head, _, rest = data.partition(b"\n")
    listed: Any = json.loads(head)
    at = 0
    for path, owner, size in listed:
        yield File(str(path), rest[at : at + size].decode(), Owner(owner))
        at += size
    if at != len(rest):
        raise ValueError(f"{len(rest)} bytes instead of {at}")
