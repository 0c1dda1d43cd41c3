"""Prints a spec as tidy YAML that readers of YAML 1.1 and 1.2 understand alike."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import yaml
from yaml.resolver import Resolver

from .load.scalars import NotJson, resolve_plain

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | Mapping[str, Plain] | None"

_WIDTH = 100
_STEP = "  "
# A parser looks no further than 1024 characters for the colon behind a key; escapes may need ten for one.
_SIMPLE_KEY = 100
_IN_BLOCK = re.compile(r"/?[^\W_](?:[^\s:]|:(?=\S)| (?=[^\s#]))*|\$[A-Za-z]+")
_IN_FLOW = re.compile(r"/?[^\W_](?:[^\s:?,\[\]{}]|:(?=[^\s,\[\]{}])| (?=[^\s#]))*|\$[A-Za-z]+")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LITERAL = re.compile(
    "[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_STRING = "tag:yaml.org,2002:str"
_resolver: Any = Resolver()


def dump(value: Plain) -> str:
    """Print a JSON value as YAML: blocks, small things on one line, texts of several lines as they are.

    Reading it back gives the same value. Raises `ValueError` for what JSON cannot hold.
    """
    if not _is_collection(value) or not value:
        return _one_line(value) + "\n"
    blocks = ["\n".join(block) for block in _top_blocks(value)]
    return "\n".join(blocks) + "\n"


def _top_blocks(value: Plain) -> Iterator[list[str]]:
    """The members of the root, each collection with an empty line in front."""
    if not isinstance(value, Mapping):
        yield list(_block(value, 0))
        return
    for at, (key, member) in enumerate(value.items()):
        lines = list(_member(key, member, 0))
        yield ["", *lines] if at and len(lines) > 1 and _is_collection(member) else lines


def _block(value: Plain, depth: int) -> Iterator[str]:
    """The lines of a collection that is not empty."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from _member(key, member, depth)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from _item(item, depth)


def _member(key: str, value: Plain, depth: int) -> Iterator[str]:
    indent = _STEP * depth
    lead = f"{indent}{_text(key)}:"
    if len(key) > _SIMPLE_KEY:
        yield f"{indent}? {_text(key)}"
        lead = f"{indent}:"
    yield from _behind(lead, value, depth)


def _item(value: Plain, depth: int) -> Iterator[str]:
    indent = _STEP * depth
    if _is_collection(value) and not _fits(f"{indent}-", value):
        first, *rest = _block(value, depth + 1)
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from rest
    else:
        yield from _behind(f"{indent}-", value, depth)


def _behind(lead: str, value: Plain, depth: int) -> Iterator[str]:
    """A value behind the key or dash that `lead` ends in."""
    if isinstance(value, str) and _is_literal(value):
        yield f"{lead} {'|' if value.endswith(chr(10)) else '|-'}"
        for line in value.removesuffix("\n").split("\n"):
            yield f"{_STEP * (depth + 1)}{line}" if line else ""
    elif isinstance(value, str):
        yield f"{lead} {_text(value)}"
    elif not _is_collection(value) or _fits(lead, value):
        yield f"{lead} {_one_line(value)}"
    else:
        yield lead
        yield from _block(value, depth + 1)


def _fits(lead: str, value: Plain) -> bool:
    """Whether a collection goes on one line: an empty one has to."""
    return not value or (_is_small(value) and len(lead) + 1 + len(_one_line(value)) <= _WIDTH)


def _is_small(value: Plain) -> bool:
    """Scalars only, or a mapping whose scalars say what the small mappings in it are: no table of things."""
    if isinstance(value, str):
        return "\n" not in value
    if isinstance(value, Mapping):
        members = value.values()
        holds_mappings = any(isinstance(member, Mapping) and member for member in members)
        if holds_mappings and all(map(_is_collection, members)):
            return False
        return all(map(_is_small, members)) and _height(value) <= 2
    if isinstance(value, Sequence):
        return not any(_is_collection(item) for item in value) and all(map(_is_small, value))
    return True


def _height(value: Plain) -> int:
    if isinstance(value, Mapping):
        return 1 + max(map(_height, value.values()), default=0)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return 1 + max(map(_height, value), default=0)
    return 0


def _is_collection(value: Plain) -> bool:
    return isinstance(value, (Mapping, Sequence)) and not isinstance(value, str)


def _one_line(value: Plain) -> str:
    """A value in flow style."""
    if isinstance(value, str):
        return _text(value, _IN_FLOW)
    if isinstance(value, Mapping):
        members = (f"{_flow_key(key)} {_one_line(member)}" for key, member in value.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_one_line, value)) + "]"
    return _number(value) if isinstance(value, float) else json.dumps(value)


def _flow_key(key: str) -> str:
    text = _text(key, _IN_FLOW)
    return f"? {text} :" if len(key) > _SIMPLE_KEY else f"{text}:"


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError("JSON has no infinity and no NaN")
    text = repr(value)
    # YAML 1.1 takes 1e+16 for text: its floats need a point.
    return text if "." in text else text.replace("e", ".0e")


def _text(text: str, plain: re.Pattern[str] = _IN_BLOCK) -> str:
    """A string on one line, in quotes only where some reader would take it for something else."""
    if _SURROGATE.search(text):
        raise ValueError("half of a surrogate pair is no character")
    if text.isprintable() and plain.fullmatch(text) and _reads_as_text(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def _reads_as_text(text: str) -> bool:
    try:
        if not isinstance(resolve_plain(text), str):
            return False
    except NotJson:
        return False
    # YAML 1.1 has y and n for booleans too, which PyYAML does not know.
    return text not in ("y", "Y", "n", "N") and _tag_in_1_1(text) == _STRING


def _tag_in_1_1(text: str) -> object:
    return _resolver.resolve(yaml.ScalarNode, text, (True, False))


def _is_literal(text: str) -> bool:
    """Whether a text of several lines can stand as it is, below a `|`."""
    body = text.removesuffix("\n")
    return (
        "\n" in text
        and body[:1] not in ("", " ", "\n", "\t")
        and not body.endswith("\n")
        and _LITERAL.fullmatch(text) is not None
    )
