"""What became of the tools of a migrated server, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...text.render import visible
from .modern import Modern


def modern_json(modern: Modern) -> Mapping[str, Any]:
    """What is compiled, and what is not, as JSON."""
    compiled = modern.compiled
    return {
        "package": compiled.place.package if compiled else None,
        "tools": [
            {
                "name": one.name,
                "function": one.function,
                "source": visible(one.source),
                "line": one.line,
            }
            for one in modern.read.plain
        ],
        "left": [
            {
                "source": visible(one.source),
                "line": one.line,
                "name": one.name,
                "reason": one.reason,
            }
            for one in modern.read.left
        ],
    }


def modern_lines(modern: Modern) -> Iterator[str]:
    """The same in a few lines."""
    compiled, left = modern.compiled, len(modern.read.left)
    if modern.without is not None:
        yield f"nothing is compiled: {visible(modern.without)}"
    elif compiled is None:
        yield "no tool was understood well enough to be compiled"
    else:
        count = len(modern.read.plain)
        tools = "1 tool is a plain function" if count == 1 else f"{count} tools are plain functions"
        yield f"{tools} now, which `{compiled.place.package}` answers with: spec.yaml says what callers see"
    if left:
        yield f"{left} {'place stays' if left == 1 else 'places stay'} with the adapter"


def modern_page(modern: Modern) -> Iterator[str]:
    """The part of the page that is about it: every place that stays, with the reason."""
    if modern.compiled is not None:
        yield f"\n## Compiled as `{modern.compiled.place.package}`\n"
        yield "\n".join(f"* `{visible(one.name)}`: `{one.function}`" for one in modern.read.plain)
    if modern.read.left:
        yield "\n## Left to the adapter\n\n| where | what | why |\n|---|---|---|"
        for one in modern.read.left:
            what = f"`{_cell(one.name)}`" if one.name else ""
            yield f"| `{_cell(one.source)}:{one.line}` | {what} | {_cell(one.reason)} |"


def _cell(text: str) -> str:
    return visible(text).replace("`", "'").replace("|", "\\|").replace("\n", " ")
