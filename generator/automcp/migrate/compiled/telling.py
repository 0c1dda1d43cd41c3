"""What became of the tools, prompts and resources of a migrated server, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
        "alone": modern.freed is not None,
        "not_alone": [
            {"source": visible(one.source), "line": one.line, "reason": one.reason}
            for one in modern.held
        ],
    }


def modern_lines(modern: Modern, adapted: Sequence[str]) -> Iterator[str]:
    """The same in a few lines.

    Args:
        adapted: The files that import an adapter.
    """
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
    elif modern.held:
        count = len(modern.held)
        why = f"{count} {'place needs' if count == 1 else 'places need'} it"
        yield f"the server object stays, and the adapter with it: {why}"
    if modern.freed is not None and adapted:
        files = f"`{visible(adapted[0])}`" + (
            f" and {len(adapted) - 1} more" if adapted[1:] else ""
        )
        yield f"the server needs nothing of the old SDK; {files} still {'do' if adapted[1:] else 'does'}"
    elif modern.freed is not None:
        yield "nothing of the old SDK is left, and no adapter is needed: what started the old server starts the compiled one"


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
    if modern.held:
        yield "\n## Why the server object stays\n\n| where | why |\n|---|---|"
        for one in modern.held:
            yield f"| `{_cell(one.source)}:{one.line}` | {_cell(one.reason)} |"


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
