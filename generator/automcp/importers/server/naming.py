"""Finds the groups that names on the wire were made of, and names that a spec may have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...text.names import Name

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_SEPARATORS = (".", "__", "_", "-")

_VERBS_TEXT = """
    add append apply ask attach build call cancel check clear close commit compare convert copy
    count create delete describe download drop edit enable disable execute export extract fetch find
    format generate get grep import insert install is join kill list load log lookup make merge
    modify move open parse patch ping plan play post print publish pull push put query read refresh
    register remove rename render replace reset resolve restart resume retrieve run save scan search
    select send set show sort start stop store submit subscribe summarize sync take test toggle
    train transform translate uninstall unsubscribe update upload upsert use validate verify view
    wait watch write
"""
_VERBS = frozenset(_VERBS_TEXT.split())
"""A name that starts with one of these says what is done, and not what it belongs to."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a thing of the wire goes in a spec.

    Attributes:
        wire: Its name on the wire.
        told: Whether the spec has to say that name, because `naming` would give another.
    """

    group: str
    name: str
    wire: str
    told: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How a spec names things.

    Attributes:
        naming: The spec's `naming`; `None` if it is the format's own default.
        placed: By kind (`tools`, `resources`, `prompts`): one for each name, in its order.
    """

    naming: str | None
    placed: Mapping[str, tuple[Placed, ...]]


def laid_out(
    names: Mapping[str, Sequence[str]], group: str, *, together: Collection[str] = ()
) -> Layout:
    """Find the groups of all names; everything goes into `group` if they do not look as if they had any.

    Args:
        names: By kind, the names on the wire. Those of one kind all differ.
        together: The kinds that go into `group` whatever they look like: groups change the order in which they are listed.
    """
    separator = _separator(names.get("tools") or [one for each in names.values() for one in each])
    naming = None if separator == "_" else f"{{group}}{separator}{{operation}}"
    if separator is None:
        naming = "{operation}"
    taken: set[tuple[str, str]] = set()
    groups = {Name.parse(group).attribute: group}
    placed = {
        kind: tuple(
            _placed(one, kind, separator, group, groups, taken, split=kind not in together)
            for one in listed
        )
        for kind, listed in names.items()
    }
    return Layout(naming, placed)


def _separator(names: Sequence[str]) -> str | None:
    """What stands between group and operation in these names, if that is what they are made of."""
    for separator in _SEPARATORS:
        if names and _grouped(names, separator):
            return separator
    return None


def _grouped(names: Iterable[str], separator: str) -> bool:
    parts = [name.split(separator, 1) for name in names]
    if not all(len(both) == 2 and all(map(_PLAIN.fullmatch, both)) for both in parts):
        return False
    if separator == ".":
        return True
    sizes = Counter(first for first, _ in parts)
    verbs = sum(size for first, size in sizes.items() if first.lower() in _VERBS)
    alone = sum(1 for size in sizes.values() if size == 1)
    # Of names that have a group in front, few groups have but one member, and none is a verb.
    return verbs == 0 and alone * 3 <= len(parts)


def _placed(
    wire: str,
    kind: str,
    separator: str | None,
    group: str,
    groups: dict[str, str],
    taken: set[tuple[str, str]],
    *,
    split: bool,
) -> Placed:
    if separator is not None and split:
        first, found, rest = wire.partition(separator)
        if found and _PLAIN.fullmatch(first) and _PLAIN.fullmatch(rest):
            key = (first, rest)
            # Two groups that differ in capitals alone are one: Python could not tell them apart.
            placed = groups.setdefault(_attribute(key)[0], first)
            if _attribute(key) not in taken:
                taken.add(_attribute(key))
                return Placed(placed, rest, wire, told=placed != first)
    name = wire if _PLAIN.fullmatch(wire) else plain_name(wire)
    if _attribute((group, name)) in taken:
        name = f"{name}_{kind.removesuffix('s')}"
    name = _free(group, name, taken)
    return Placed(group, name, wire, told=separator is not None or name != wire)


def plain_name(text: str, otherwise: str = "x") -> str:
    """A name that a spec may have, as near to `text` as can be."""
    words = re.sub(r"[^A-Za-z0-9_-]+", "_", text).strip("_-")
    if not words:
        return otherwise
    return words if words[0].isalpha() else f"x{words}"


def _free(group: str, name: str, taken: set[tuple[str, str]]) -> str:
    """The name, or with a number behind it if Python could not tell it from another one."""
    free, number = name, 1
    while _attribute((group, free)) in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(_attribute((group, free)))
    return free


def _attribute(key: tuple[str, str]) -> tuple[str, str]:
    group, name = key
    return Name.parse(group).attribute, Name.parse(name).attribute
