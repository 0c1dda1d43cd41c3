"""The lock: what AutoMCP wrote into a project, so that the next run can tell its own files from the user's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from ..text.report import Diagnostic, Rejected, Report
from .files import Owner, check_path

LOCK_NAME = "automcp.lock"
_FORMAT = 1
_HASH = re.compile(r"[0-9a-f]{64}")
_TARGET = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEADER = """\
# Written by AutoMCP: which files are its own, as it wrote them. Commit it; do not edit it.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as AutoMCP wrote it (or, for a seeded file that was already there, found it)."""

    owner: Owner
    sha256: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a target's files were made from.

    Attributes:
        generator: The version of AutoMCP.
        spec: The SHA-256 of the resolved service, not of the spec's bytes: comments, layout and the
            way a spec is cut into files change nothing that is generated.
        options: The SHA-256 of the target's options.
    """

    generator: str
    spec: str
    options: str


@dataclass(frozen=True, slots=True)
class Record:
    """What one target wrote."""

    origin: Origin
    files: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Lock:
    """What each target wrote, by the target's name; empty before the first run."""

    targets: Mapping[str, Record] = field(default_factory=dict[str, Record])


def dump_lock(lock: Lock) -> str:
    """The lock as TOML: sorted, one file per line, no dates, so that two branches merge well."""
    lines = [_HEADER, f"format = {_FORMAT}\n"]
    for name, record in sorted(lock.targets.items()):
        lines.append(f"\n[targets.{name}]\n")
        lines.append(f"generator = {_quote(record.origin.generator)}\n")
        lines.append(f"spec = {_quote(record.origin.spec)}\n")
        lines.append(f"options = {_quote(record.origin.options)}\n")
        lines.append(f"\n[targets.{name}.files]\n")
        for path, entry in sorted(record.files.items()):
            value = f'{{ owner = "{entry.owner}", sha256 = "{entry.sha256}" }}'
            lines.append(f"{_quote(path)} = {value}\n")
    return "".join(lines)


def read_lock(data: bytes) -> Lock:
    """Read a lock that may have been edited, merged badly, or made to do harm.

    Raises:
        Rejected: `AM510` if it is no lock of this format; every path that it gives is inside the root.
    """
    try:
        return _lock(tomllib.loads(data.decode()))
    except tomllib.TOMLDecodeError as error:
        raise _broken(f"it is not TOML: {error}") from None
    except RecursionError:
        raise _broken("it is nested too deeply") from None
    except ValueError as error:
        raise _broken(str(error)) from None


def _lock(document: dict[str, object]) -> Lock:
    if document.get("format") != _FORMAT:
        raise ValueError(
            f"its format is {document.get('format')!r}, and this AutoMCP reads {_FORMAT}"
        )
    targets = _table(document.get("targets", {}), "targets")
    return Lock({_target(name): _record(_table(value, name)) for name, value in targets.items()})


def _record(table: Mapping[str, object]) -> Record:
    origin = Origin(
        _text(table, "generator"), _hash(_text(table, "spec")), _hash(_text(table, "options"))
    )
    files = _table(table.get("files", {}), "files")
    return Record(origin, {_path(key): _entry(_table(value, key)) for key, value in files.items()})


def _entry(table: Mapping[str, object]) -> Entry:
    return Entry(Owner(_text(table, "owner")), _hash(_text(table, "sha256")))


def _table(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError(f"{name!r} is no table")
    return cast("dict[str, object]", value)


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is missing, or no string")
    return value


def _hash(text: str) -> str:
    if not _HASH.fullmatch(text):
        raise ValueError(f"not a SHA-256: {text[:80]!r}")
    return text


def _target(name: str) -> str:
    if not _TARGET.fullmatch(name):
        raise ValueError(f"not a target's name: {name[:80]!r}")
    return name


def _path(path: str) -> str:
    check_path(path)
    return path


def _quote(text: str) -> str:
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return f'"{escaped}"'


_ESCAPES = {chr(code): f"\\u{code:04x}" for code in (*range(32), 127)} | {'"': '\\"', "\\": "\\\\"}


def _broken(why: str) -> Rejected:
    report = Report()
    report.add(
        Diagnostic(
            "AM510",
            f"`{LOCK_NAME}` cannot be read: {why}",
            help="restore it from version control; without it, generated files that are still as "
            "AutoMCP would write them are recognised, and all others count as yours",
        )
    )
    return Rejected(report)
