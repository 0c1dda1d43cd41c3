"""The imports of functions that the spec names: they may not be there, and the server has to say so."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ....ir.bindings import PythonCall
from ....ir.model import Group
from ...python.imports import import_lines
from ...python.text import quoted


@dataclass(frozen=True, slots=True)
class Needed:
    """An import, and the operations that it is for, as the spec calls them: arguments of `NeededBy`."""

    line: str
    operations: str


def needed(group: Group, imports: Mapping[str, set[str]]) -> Iterator[Needed]:
    """The imports of functions among all imports, but for modules that every Python has."""
    operations: dict[str, list[str]] = {}
    for one in group.offered:
        if isinstance(one.run, PythonCall) and not _is_standard(one.run.module):
            label = quoted(f"{group.name.text}.{one.name.text}")
            operations.setdefault(one.run.module, []).append(label)
    for module, needing in operations.items():
        if module in imports:
            yield Needed(import_lines({module: imports[module]}), ", ".join(needing))


def others(group: Group, imports: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The rest of the imports, and what is around the first ones."""
    functions = {run.module for run in group.runs if isinstance(run, PythonCall)}
    found = {
        module: names
        for module, names in imports.items()
        if module not in functions or _is_standard(module)
    }
    around = {"._runtime.bound.needing": {"NeededBy"}} if len(found) < len(imports) else {}
    return {**found, **around}


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names
