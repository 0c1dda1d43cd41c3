"""Handler files that were deleted, and that the server does not start without."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..text.report import Diagnostic, Level
from .files import Files, Owner
from .plan import Action, Change, Plan, Wanted

_PACKAGE = "/handlers/__init__.py"


def restore_lost(plan: Plan, wanted: Mapping[str, Wanted]) -> Plan:
    """The same plan, which writes these files anew."""
    seeds = Files.merge(want.files for want in wanted.values())
    lost = {change.path for change in _lost(plan, seeds)}
    changes = [
        replace(
            change,
            action=Action.CREATE,
            after=seeds[change.path].text.encode(),
            reason="written anew, yours from now on",
        )
        if change.path in lost
        else change
        for change in plan.changes
    ]
    return Plan(tuple(changes))


def lost_handlers(plan: Plan, wanted: Mapping[str, Wanted]) -> Iterator[Diagnostic]:
    """A warning (`AM530`) for each of these files."""
    seeds = Files.merge(want.files for want in wanted.values())
    for change in _lost(plan, seeds):
        yield Diagnostic(
            "AM530",
            f"`{change.path}` was deleted, and is imported",
            help="the server does not start without it; restore it, or `automcp generate --stubs` writes it anew",
            level=Level.WARNING,
        )


def _lost(plan: Plan, seeds: Files) -> Iterator[Change]:
    """What was deleted and is imported still: whoever put their handlers elsewhere is left in peace."""
    yours = {
        change.path: change
        for change in plan.changes
        if change.owner is Owner.SEEDED and change.action is Action.LEAVE and change.path in seeds
    }
    for path, package in yours.items():
        if not path.endswith(_PACKAGE):
            continue
        source = seeds[path].text.encode() if package.before is None else package.before
        needed = {path, *(path.replace("__init__.py", f"{name}.py") for name in _imported(source))}
        for one in sorted(needed & yours.keys()):
            if yours[one].before is None:
                yield yours[one]


def _imported(source: bytes) -> Iterator[str]:
    """The modules of its own package that a package imports."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module] if node.module else [one.name for one in node.names]
