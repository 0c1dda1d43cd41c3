"""What a migration came to, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..importers.server.capture import Captured
from ..text.render import visible
from .carry import Carried
from .compare import Difference
from .compiled.telling import modern_json, modern_lines, modern_page
from .entry import Script
from .prove import Proof
from .survey import Project
from .unstarted import Unstarted

HEAD = "# Migration\n\nStarted by "
"""What the page begins with."""

_MOST_NAMED = 20
_LONGEST = 200
"""So many characters of what differs are shown on the page."""


def as_json(carried: Carried, proof: Proof) -> Mapping[str, Any]:
    """The report as JSON."""
    return {
        "proven": proof.holds,
        "modernised": None if carried.modern is None else modern_json(carried.modern),
        "start": {"name": carried.script[0], "target": carried.script[1]},
        "rewritten": list(map(plain, carried.rewritten)),
        "dropped": list(carried.dropped),
        "requirements": [
            {"before": one.before, "after": one.after} for one in carried.requirements
        ],
        "legacy_started": proof.before is not None,
        "result_started": proof.after is not None,
        "tools": len(proof.after.tools) if proof.after else None,
        "differences": [_difference(one) for one in proof.found],
        "legacy_ran_with": dict(proof.ran_with),
        "learnt": sorted(proof.learnt),
        "reasons": [*proof.reasons, *_not_tried(proof)],
        "by_sources": None if proof.unstarted is None else _by_sources(proof.unstarted),
        "not_read": {plain(path): plain(one) for path, one in carried.project.unread.items()},
        "left_out": {plain(one.path): one.reason for one in carried.project.left_out},
        "not_written": dict(carried.not_written),
    }


def plain(path: str) -> str:
    """A path as a text of Unicode: what is none in it, is spelt out."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def as_markdown(carried: Carried, proof: Proof) -> str:
    """The report as a page that is delivered with the result."""
    return "\n".join(_page(carried, proof)) + "\n"


def summary(carried: Carried, proof: Proof) -> list[str]:
    """The report in a few lines."""
    adapted = carried.adapted
    changed = f"{_many(len(carried.rewritten), 'file')} and {_many(len(carried.requirements), 'requirement')} changed"
    if len(adapted) == len(carried.rewritten):
        changed = (
            f"{_many(len(adapted), 'file imports', 'files import')} what is needed from the adapter now; "
            f"{_many(len(carried.requirements), 'requirement')} changed"
        )
    if carried.project.migrated and not carried.files:
        changed = "it is migrated already: nothing changes"
    modern = () if carried.modern is None else modern_lines(carried.modern, adapted)
    kept = (f"`{path}` is not written: {why}" for path, why in carried.not_written.items())
    lines = [changed, *modern, *_passed_over(carried.project), *kept, *proof.reasons]
    if proof.ran_with:
        releases = " and ".join(f"{sdk} {one}" for sdk, one in proof.ran_with.items())
        lines.append(f"the legacy server was tried with {releases}")
    if proof.holds and proof.after is not None:
        lines += _proven(proof)
    elif proof.found:
        lines.append(f"{_many(len(proof.found), 'difference')} between what the servers show:")
        lines += [f"  {one}" for one in proof.found[:_MOST_NAMED]]
        if len(proof.found) > _MOST_NAMED:
            lines.append(f"  and {len(proof.found) - _MOST_NAMED} more")
    else:
        why = next(_not_tried(proof), "the two servers were not compared")
        lines.append(f"not proven: {why}")
    if proof.unstarted is not None:
        lines += _unproven(proof.unstarted, proof.after)
    if proof.instead_of is not None and carried.modern is not None and carried.modern.compiled:
        lines.append(
            f"if `{proof.instead_of}` was edited: `automcp generate --check` there checks what is compiled"
        )
    return lines


def _proven(proof: Proof) -> Iterator[str]:
    """What was proven, and of what."""
    shows = f"starts, and shows what the legacy server showed: {_counts(proof)}"
    if proof.instead_of is None:
        yield f"proven: the result {shows}"
        return
    yield f"proven of what would be written now, not of `{proof.instead_of}`: it {shows}"


def _not_tried(proof: Proof) -> Iterator[str]:
    """That servers were not tried because nothing may be installed, and what to give, if that is so."""
    if proof.not_tried:
        were = "was" if len(proof.not_tried) == 1 else "were"
        options = " and ".join(f"`{one}`" for one in proof.not_tried.values())
        yield (
            f"{' and '.join(proof.not_tried)} {were} not started, as nothing may be installed: "
            f"give `--yes`, or {options}"
        )


def _unproven(read: Unstarted, after: Captured | None) -> Iterator[str]:
    """What can be said where nothing was proven."""
    if not read.tools:
        yield "its sources do not say which tools it lists"
        return
    listed = f"by its sources it lists {_many(len(read.tools), 'tool')}"
    more = f", and {_many(len(read.left), 'place')} only known when it runs" if read.left else ""
    if after is None:
        yield f"{listed}{more}"
    elif read.found:
        yield f"{listed}{more}; the result shows {_many(len(read.found), 'thing')} otherwise:"
        yield from (f"  {one}" for one in read.found[:_MOST_NAMED])
    else:
        yield f"{listed}{more}; the result shows them as the sources say"


def _by_sources(read: Unstarted) -> Mapping[str, Any]:
    return {
        "tools": [dict(one) for one in read.tools.values()],
        "left": [
            {"source": plain(one.source), "line": one.line, "name": one.name, "reason": one.reason}
            for one in read.left
        ],
        "differences": [_difference(one) for one in read.found],
    }


def _passed_over(project: Project) -> Iterator[str]:
    for path, reason in list(project.unread.items())[:_MOST_NAMED]:
        yield f"`{visible(path)}` stays as it is: {visible(reason)}"
    if len(project.unread) > _MOST_NAMED:
        yield f"and {len(project.unread) - _MOST_NAMED} more files do"
    for one in project.left_out[:_MOST_NAMED]:
        yield f"`{visible(one.path)}` is left out: {one.reason}"
    if len(project.left_out) > _MOST_NAMED:
        yield f"and {len(project.left_out) - _MOST_NAMED} more are"


def _counts(proof: Proof) -> str:
    shown = proof.after
    assert shown is not None
    return (
        f"{_many(len(shown.tools), 'tool')}, {_many(len(shown.prompts), 'prompt')}, "
        f"{_many(len(shown.resources), 'resource')}, {_many(len(shown.templates), 'template')}"
    )


def _page(carried: Carried, proof: Proof) -> Iterator[str]:
    how = (
        "a console script"
        if isinstance(carried.entry, Script)
        else f"`{carried.entry.source.path}`"
    )
    yield f"{HEAD}{how} before, and by `{carried.script[0]}` (`{carried.script[1]}`) now.\n"
    for line in summary(carried, proof):
        if not line.startswith(" "):
            first, *rest = map(visible, line.splitlines() or [""])
            yield "\n".join([f"* {first}", *(f"  > {one}" for one in rest)])
    if proof.found:
        yield "\n## Differences\n\n| what | before | now |\n|---|---|---|"
        for found in proof.found:
            yield f"| {visible(str(found))} | {_short(found.before)} | {_short(found.after)} |"
    if proof.learnt:
        yield "\n## Learnt from the legacy server\n"
        yield "\n".join(f"* `{visible(path)}`" for path in sorted(proof.learnt))
    if carried.requirements:
        yield "\n## Requirements\n\n| before | now |\n|---|---|"
        for one in carried.requirements:
            yield f"| {_cell(one.before or '')} | {_cell(one.after)} |"
    if carried.dropped:
        yield "\n## Left out\n"
        yield "These pin the old SDK; make them anew: " + ", ".join(
            f"`{one}`" for one in carried.dropped
        )
    if proof.unstarted is not None and proof.unstarted.tools:
        yield "\n## Tools, by the sources\n"
        yield "\n".join(f"* `{visible(name)}`" for name in proof.unstarted.tools)
    if carried.modern is not None:
        yield from modern_page(carried.modern)
    yield f"\n## Files {'whose imports' if carried.adapted == carried.rewritten else 'that'} changed\n"
    yield "\n".join(f"* `{visible(path)}`" for path in carried.rewritten)


def _short(value: Any) -> str:
    text = visible(json.dumps(value, ensure_ascii=False))
    return _cell(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


def _many(count: int, word: str, words: str = "") -> str:
    return f"{count} {word}" if count == 1 else f"{count} {words or word + 's'}"


def _cell(text: str) -> str:
    quiet = text.replace("`", "'").replace("|", "\\|")
    return f"`{quiet}`" if text else ""


def _difference(one: Difference) -> Mapping[str, Any]:
    return {
        "part": one.part,
        "name": one.name,
        "member": one.member,
        "before": one.before,
        "after": one.after,
    }
