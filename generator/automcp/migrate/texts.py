"""Reads what a legacy project says of itself beside its sources: its manifest, and what it requires."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path
from typing import cast

from .tree import CannotRead


def manifest_of(folder: Path) -> str | None:
    """The text of `pyproject.toml`; `None` if there is none.

    Raises:
        CannotRead: It is no TOML, or its project is none.
    """
    text = text_of(folder / "pyproject.toml", strict=True)
    if text is None:
        return None
    try:
        about: object = tomllib.loads(text).get("project", {})
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CannotRead(f"`pyproject.toml` is no TOML: {error}") from None
    if not isinstance(about, dict):
        raise CannotRead("`pyproject.toml`: `project` is no table")
    table = cast("dict[str, object]", about)
    for name, kind in (("dependencies", list), ("scripts", dict), ("name", str)):
        if name in table and not isinstance(table[name], kind):
            raise CannotRead(f"`pyproject.toml`: `project.{name}` is not what it has to be")
    return text


def text_of(path: Path, *, strict: bool = False) -> str | None:
    """The text of a file; unless it has to be UTF-8, that of Windows' shells, too, which write UTF-16.

    Returns:
        `None` if there is no such file.

    Raises:
        CannotRead: It cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRead(f"`{path.name}` cannot be read: {error.strerror}") from None
    if not strict and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if strict:
            raise CannotRead(f"`{path.name}` is not UTF-8") from None
        return data.decode("latin-1")
