"""What a script says in its head that it requires (PEP 723), which `uv run` and `pipx run` install."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection
from typing import Any, cast

import tomlkit

from .requirements import lifted

_BLOCK = re.compile(
    r"^# /// script[ \t]*\r?\n(?P<lines>(?:^#(?:[ \t][^\n]*)?\r?\n)+)^# ///[ \t]*$", re.M
)


def inline_requirements(text: str) -> list[str]:
    """The requirements in the head of a script; empty if it has none that can be read."""
    found = _BLOCK.search(text)
    if found is None:
        return []
    try:
        listed: object = tomllib.loads(_plain(found)).get("dependencies")
    except tomllib.TOMLDecodeError:
        return []
    return [str(one) for one in cast("list[object]", listed)] if isinstance(listed, list) else []


def inline_lifted(
    text: str, sdks: Collection[str], lacking: Callable[[list[str]], list[str]]
) -> str:
    """A script whose head requires what it needs from now on; everything else of it stays.

    Args:
        lacking: What lacks, given the requirements that there are.
    """
    found = _BLOCK.search(text)
    before = inline_requirements(text)
    if found is None or not before:
        return text
    after = [lifted(one, sdks) for one in before]
    after += lacking(after)
    if after == before:
        return text
    document = tomlkit.parse(_plain(found))
    listed: Any = document["dependencies"]
    for place, one in enumerate(after):
        if place >= len(before):
            listed.append(one)
        elif one != before[place]:
            listed[place] = one
    lines = tomlkit.dumps(document).splitlines()
    head = "".join(f"# {line}\n" if line else "#\n" for line in lines)
    return text[: found.start("lines")] + head + text[found.end("lines") :]


def _plain(found: re.Match[str]) -> str:
    """The TOML in the comments."""
    lines = found["lines"].splitlines()
    return "\n".join(line[2:] if line.startswith("# ") else line[1:] for line in lines)
