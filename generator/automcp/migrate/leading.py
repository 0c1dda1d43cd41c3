"""Leads a project's sources to the adapters, but for those that need nothing of the old SDK."""

from __future__ import annotations

from collections.abc import Mapping

from .compiled.modern import Modern
from .freeing.imports import said_anew
from .inline import inline_lifted
from .manifest import lack
from .rewrite import rewritten
from .survey import Project, Source
from .syntax import parsed

_TODAYS = ("mcp.types", "mcp.server.mcpserver")
"""What functions of a compiled server may have of today's SDK."""


def led(project: Project, place: str, modern: Modern | None) -> dict[str, str]:
    """The sources that say something else from now on, by path."""
    texts: Mapping[str, str] = modern.read.texts if modern else {}
    today = _today(project, modern)
    found: dict[str, str] = {}
    for path, source in project.sources.items():
        text = texts.get(path, source.text)
        if path not in today:
            text = rewritten(text, source.tree if text == source.text else parsed(text), place)
        text = _inline(project, source, text)
        if text != source.text:
            found[path] = text
    return found


def adapted(project: Project, modern: Modern | None, files: Mapping[str, str]) -> frozenset[str]:
    """The SDKs that an adapter stands for: those that the sources are led to."""
    if not project.alone and (modern is None or modern.freed is None):
        return project.uses
    said = (said_anew(project.sources[path], text) for path, text in files.items())
    today = _today(project, modern)
    return frozenset[str]().union(*(one.sdks for one in said if one.path not in today))


def _today(project: Project, modern: Modern | None) -> frozenset[str]:
    """The sources that name today's SDK: those that nothing of the old one is left in, now or since a migration before."""
    if modern is not None and modern.freed is not None:
        return modern.freed.paths
    if not project.alone:
        return frozenset()
    return frozenset(path for path, one in project.sources.items() if _names_today(one))


def _names_today(source: Source) -> bool:
    """Whether a source imports nothing of an SDK but what functions of a compiled server have of it."""
    named = (name for name in source.imports if name.partition(".")[0] in source.sdks)
    return all(name == "mcp" or name.startswith(_TODAYS) for name in named)


def own_modules(project: Project) -> set[str]:
    """The names of the project's own modules: those of its files, wherever they lie."""
    return {part for source in project.sources.values() for part in source.module.split(".")}


def _inline(project: Project, source: Source, text: str) -> str:
    """A source whose head requires what it needs from now on, if it says there what it requires."""
    if not source.sdks:
        return text
    imported = {name.split(".")[0] for name in source.imports}
    return inline_lifted(text, source.sdks, lack(imported, source.sdks, own_modules(project)))
