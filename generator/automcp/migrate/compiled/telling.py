"""What became of the tools, prompts and resources of a migrated server, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...text.render import visible
from ..modernise import Modernised
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
        "offers": [
            {
                "kind": one.kind,
                "name": visible(one.name),
                "function": one.function,
                "source": visible(one.source),
                "line": one.line,
            }
            for one in modern.read.offers
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
        *first, last = _counted(modern.read)
        said = f"{', '.join(first)} and {last}" if first else last
        count = len(modern.read.plain) + len(modern.read.offers)
        are = "is a plain function" if count == 1 else "are plain functions"
        yield f"{said} {are} now, which `{compiled.place.package}` answers with: spec.yaml says what callers see"
    if left:
        yield f"{left} {'place stays' if left == 1 else 'places stay'} with the adapter"


def modern_page(modern: Modern) -> Iterator[str]:
    """The part of the page that is about it: every place that stays, with the reason."""
    if modern.compiled is not None:
        yield f"\n## Compiled as `{modern.compiled.place.package}`\n"
        named = [(one.name, one.function) for one in modern.read.functions]
        yield "\n".join(f"* `{visible(name)}`: `{function}`" for name, function in named)
    if modern.read.left:
        yield "\n## Left to the adapter\n\n| where | what | why |\n|---|---|---|"
        for one in modern.read.left:
            what = f"`{_cell(one.name)}`" if one.name else ""
            yield f"| `{_cell(one.source)}:{one.line}` | {what} | {_cell(one.reason)} |"


def _counted(read: Modernised) -> Iterator[str]:
    """How many tools, prompts and resources are functions now."""
    prompts = sum(one.kind == "prompts" for one in read.offers)
    counts = {
        "tool": len(read.plain),
        "prompt": prompts,
        "resource": len(read.offers) - prompts,
    }
    for what, count in counts.items():
        if count:
            yield f"{count} {what}{'' if count == 1 else 's'}"


def _cell(text: str) -> str:
    return visible(text).replace("`", "'").replace("|", "\\|").replace("\n", " ")
