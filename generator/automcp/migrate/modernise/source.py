"""Reads the registrations of a legacy server, and takes those away that a compiled server makes."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from ...importers.server.capture import Captured
from ..entry import Entry
from ..survey import Project
from .edits import CannotEdit, Edits, edited
from .flow import owner_function
from .found import Left, Modernised, Plain, PlainOffer, Server
from .lowlevel import Dispatched, dispatched
from .lowlevel_edits import cut_up
from .made import Made
from .offers import UnderstoodOffer, offers_of
from .reading import Reading, Understood
from .unseen import unseen


def modernise(
    project: Project,
    entry: Entry,
    captured: Captured | None,
    compiled: Callable[[Server], str | None],
    kept: Mapping[str, str] | None = None,
) -> Modernised:
    """What a project's sources say once its tools are plain functions.

    Args:
        entry: How the server is started.
        captured: What the legacy server showed; without it the sources alone say what is listed.
        compiled: The dotted name of the compiled package that stands for what was registered on a server; `None` if
            its tools are to stay.
        kept: The tools that stay as they are, by name, and prompts and resources, by what they are known as, and why.
    """
    shown = None if captured is None else {str(one["name"]): one for one in captured.tools}
    reading = Reading(project, entry, shown)
    found: list[Plain] = []
    offers: list[PlainOffer] = []
    left: list[Left] = []
    texts: dict[str, str] = {}
    for made in reading.servers():
        understood, places = reading.of(made)
        left += places
        package = compiled(made.server)
        staying = {
            one: _reason(one.plain.tool, package, (kept or {}).get(one.plain.name))
            for one in understood
        }
        left += [_left(one, reason) for one, reason in staying.items() if reason is not None]
        understood = [one for one, reason in staying.items() if reason is None]
        others, places = offers_of(reading, made, captured, partial(_stays, package, kept or {}))
        left += places
        try:
            changed = _texts(project, texts, made, [*understood, *others], package or "")
        except CannotEdit as error:
            left += [_left(one, str(error)) for one in understood]
            left += [_left(one, str(error)) for one in others]
            continue
        texts.update(changed)
        found += [one.plain for one in understood]
        offers += [one.plain for one in others]
    more, places = _of_dispatchers(reading, compiled, kept or {}, texts)
    found += more
    left += [*places, *unseen(reading)]
    ordered = sorted(left, key=lambda one: (one.source, one.line))
    return Modernised(tuple(found), tuple(ordered), texts, tuple(offers))


def _of_dispatchers(
    reading: Reading,
    compiled: Callable[[Server], str | None],
    kept: Mapping[str, str],
    texts: dict[str, str],
) -> tuple[list[Plain], list[Left]]:
    """The tools of low-level servers that were understood, and what was not; what the sources say then goes to `texts`."""
    found: list[Plain] = []
    left: list[Left] = []
    for one in dispatched(reading):
        if isinstance(one, Left):
            left.append(one)
            continue
        plain = list(one.plain())
        try:
            texts.update(_cut_up(one, reading, compiled(one.server), kept, texts))
            found += plain
            left += one.left
        except CannotEdit as error:
            left += [Left(each.source, each.line, each.name, str(error)) for each in plain]
    return found, left


def _cut_up(
    one: Dispatched,
    reading: Reading,
    package: str | None,
    kept: Mapping[str, str],
    known: Mapping[str, str],
) -> Mapping[str, str]:
    """The source of a low-level server as functions. Raises `CannotEdit`."""
    if package is None:
        raise CannotEdit("it is registered on another server than the one that is compiled")
    for tool in one.tools.values():
        if tool["name"] in kept:
            raise CannotEdit(f"`{tool['name']}` stays: {kept[tool['name']]}")
        shown = reading.shown
        if shown is not None and shown.get(tool["name"]) != tool:
            raise CannotEdit(f"`{tool['name']}` is listed otherwise")
    if one.source.path in known:
        raise CannotEdit("its file holds the tools of another server, too")
    return cut_up(one, reading.values, package)


def _stays(package: str | None, kept: Mapping[str, str], one: PlainOffer) -> str | None:
    """Why a prompt or resource stays although it was understood; `None` if it does not."""
    return _reason(one.listed, package, kept.get(one.known_as))


def _reason(listed: Mapping[str, Any], package: str | None, kept: str | None) -> str | None:
    if package is None:
        return "it is registered on another server than the one that is compiled"
    if not _is_json(listed):
        return "what it lists cannot be said in JSON"
    return kept


def _is_json(tool: Mapping[str, Any]) -> bool:
    try:
        json.dumps(tool, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return False
    return True


def _left(one: Understood | UnderstoodOffer, reason: str) -> Left:
    return Left(one.plain.source, one.plain.line, one.plain.name, reason)


def _texts(
    project: Project,
    known: Mapping[str, str],
    made: Made,
    understood: Sequence[Understood | UnderstoodOffer],
    package: str,
) -> Mapping[str, str]:
    """The sources without the registrations of a server.

    Raises:
        CannotEdit: One of them cannot be edited.
    """
    if not understood:
        return {}
    touched = {made.told[0].path, *(one.one.place.path for one in understood)}
    if touched & known.keys():
        raise CannotEdit("its file holds the tools of another server, too")
    edits = _edits(understood)
    source, calls = made.told
    for call in calls:
        line = source.text.splitlines()[call.lineno - 1]
        column = len(line.encode()[: call.col_offset].decode())
        words = edits.setdefault(source.path, Edits()).words
        words[call.lineno, column] = ("compiled", package)
    found: dict[str, str] = {}
    for path, each in edits.items():
        try:
            found[path] = edited(project.sources[path].text, each)
        except CannotEdit as error:
            raise CannotEdit(f"{path}: {error}") from error
    return found


def _edits(understood: Iterable[Understood | UnderstoodOffer]) -> dict[str, Edits]:
    found: dict[str, Edits] = {}
    for one in understood:
        edits = found.setdefault(one.one.place.path, Edits())
        function, statement = one.one.function, one.one.statement
        called = one.found_as if isinstance(one, Understood) else None
        inside = owner_function(one.one.place, statement or function)
        if called is not None and inside is not None:
            edits.published.setdefault(inside.lineno, []).append(called)
        if statement is not None:
            bound = one.one.bound
            said = ""
            if bound is not None and not isinstance(bound, ast.Name):
                said = f"{called} = {ast.unparse(bound)}"
            edits.statements[statement.lineno] = said
            continue
        place = next(
            at for at, each in enumerate(function.decorator_list) if each is one.one.decorator
        )
        edits.decorators.setdefault(function.lineno, set()).add(place)
        if one.moved_out_of is not None:
            edits.lifted.setdefault(one.moved_out_of.lineno, set()).add(function.lineno)
    return found
