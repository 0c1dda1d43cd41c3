"""What a migration came to, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .carry import Carried
from .compare import Difference
from .entry import Script
from .prove import Proof


def as_json(carried: Carried, proof: Proof) -> Mapping[str, Any]:
    """The report as JSON."""
    return {
        "proven": proof.holds,
        "start": {"name": carried.script[0], "target": carried.script[1]},
        "rewritten": list(carried.rewritten),
        "dropped": list(carried.dropped),
        "requirements": [
            {"before": one.before, "after": one.after} for one in carried.requirements
        ],
        "legacy_started": proof.before is not None,
        "result_started": proof.after is not None,
        "tools": len(proof.after.tools) if proof.after else None,
        "differences": [_difference(one) for one in proof.found],
        "reasons": list(proof.reasons),
    }


def as_markdown(carried: Carried, proof: Proof) -> str:
    """The report as a page that is delivered with the result."""
    return "\n".join(_page(carried, proof)) + "\n"


def summary(carried: Carried, proof: Proof) -> list[str]:
    """The report in a few lines."""
    changed = (
        f"{len(carried.rewritten)} files import what they need from the adapter now; "
        f"{len(carried.requirements)} requirements changed"
    )
    lines = [
        changed,
        *proof.reasons,
    ]
    if proof.holds and proof.after is not None:
        lines.append(
            f"proven: the result starts, and shows what the legacy server showed: {_counts(proof)}"
        )
    elif proof.found:
        lines.append(f"{len(proof.found)} differences between what the servers show:")
        lines += [f"  {one}" for one in proof.found[:20]]
        if len(proof.found) > 20:
            lines.append(f"  and {len(proof.found) - 20} more")
    else:
        lines.append("not proven: the two servers were not compared")
    return lines


def _counts(proof: Proof) -> str:
    shown = proof.after
    assert shown is not None
    return (
        f"{len(shown.tools)} tools, {len(shown.prompts)} prompts, "
        f"{len(shown.resources)} resources, {len(shown.templates)} templates"
    )


def _page(carried: Carried, proof: Proof) -> Iterator[str]:
    how = (
        "a console script"
        if isinstance(carried.entry, Script)
        else f"`{carried.entry.source.path}`"
    )
    yield "# Migration\n"
    yield f"Started by {how} before, and by `{carried.script[0]}` (`{carried.script[1]}`) now.\n"
    yield "\n".join(f"* {line.strip()}" for line in summary(carried, proof) if "\n" not in line)
    if carried.requirements:
        yield "\n## Requirements\n\n| before | now |\n|---|---|"
        for one in carried.requirements:
            yield f"| {_cell(one.before or '')} | {_cell(one.after)} |"
    if carried.dropped:
        yield "\n## Left out\n"
        yield "These pin the old SDK; make them anew: " + ", ".join(
            f"`{one}`" for one in carried.dropped
        )
    yield "\n## Files whose imports changed\n"
    yield "\n".join(f"* `{path}`" for path in carried.rewritten)


def _cell(text: str) -> str:
    return f"`{text}`".replace("|", "\\|") if text else ""


def _difference(one: Difference) -> Mapping[str, Any]:
    return {
        "part": one.part,
        "name": one.name,
        "member": one.member,
        "before": one.before,
        "after": one.after,
    }
