"""Compares the keys of a mapping with those of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import TypeAlias

from ...text.report import Diagnostic, Fix, Label, quoted
from ...text.source import Span
from ...text.suggest import nearest
from ..document import Node
from .shapes import Record

Members: TypeAlias = Mapping[str, tuple[Node, Node]]


def wrong_keys(members: Members, record: Record, name: str, at: Span) -> Iterator[Diagnostic]:
    """The keys that are unknown, missing, or cannot stand together.

    Args:
        name: What the key of the mapping says; empty for a file.
        at: Where that key stands.
    """
    # Nearly all records have nothing wrong with them, and there are many.
    present: Set[str] = members.keys()
    meant: dict[str, str | None] = {}
    if not record.is_schema and not present <= record.known:
        meant = _unknown(members, record)
        present = present | {near for near in meant.values() if near is not None}
    for key, near in meant.items():
        place = members[key][0].span
        fix = None if near is None else Fix(place, near, f"write {near}")
        help = did_you_mean(near) + f"the keys of the {record.name}: {', '.join(record.keys)}"
        yield Diagnostic("AM103", f"unknown key {quoted(key)}", Label(place), help=help, fix=fix)
    for key in record.required:
        if key not in present:
            yield _missing(f'{_the(record, name)} has no "{key}"', at, key, record)
    if record.one_of and present.isdisjoint(record.one_of):
        message = f"{_the(record, name)} has to have one of: {', '.join(record.one_of)}"
        yield Diagnostic("AM102", message, Label(at))
    for key, others in record.needs:
        if key in members and present.isdisjoint(others):
            wanted = " or ".join(f'"{other}"' for other in others)
            place = members[key][0].span
            yield _missing(f'"{key}" has to have {wanted} beside it', place, others[0], record)
    if record.exclusive or record.one_of:
        yield from _exclusive(members, record)


def did_you_mean(word: str | None) -> str:
    """The first line of a help text, if a known word is near."""
    return "" if word is None else f"did you mean `{word}`?\n"


def _the(record: Record, name: str) -> str:
    return f"the {record.name} {quoted(name)}" if name else f"the {record.name}"


def _missing(message: str, at: Span, key: str, record: Record) -> Diagnostic:
    return Diagnostic("AM102", message, Label(at), help=f"add `{key}`: {record[key].description}")


def _unknown(members: Members, record: Record) -> dict[str, str | None]:
    """Unknown keys, each with the key that was probably meant."""
    free = [key for key in record.keys if key not in members]
    return {key: nearest(key, free) for key in members if key not in record.keys}


def _exclusive(members: Members, record: Record) -> Iterator[Diagnostic]:
    chosen = [key for key in members if key in record.one_of]
    pairs = [*record.exclusive, *((chosen[0], other) for other in chosen[1:])]
    for pair in pairs:
        if all(key in members for key in pair):
            places = [members[key][0].span for key in pair]
            first, second = sorted(places, key=lambda span: span.start)
            message = f'"{pair[0]}" and "{pair[1]}" cannot stand together'
            also = (Label(first, "the other one"),)
            help = "leave one of them out"
            yield Diagnostic("AM108", message, Label(second), also, help)
