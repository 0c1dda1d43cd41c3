"""A target's output as a table: which file, from which template, whose it is, and when there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from ..output.files import File, Files, Owner
from .template import render

V = TypeVar("V")

_RUNTIME = Path(__file__).parent.parent / "runtime"


@dataclass(frozen=True, slots=True)
class Row(Generic[V]):
    """One file of a target.

    Attributes:
        path: Relative to the package's own folder.
        template: Its path in `blueprints/`.
        view: What the template is filled with.
    """

    path: str
    template: str
    view: V
    owner: Owner = Owner.GENERATED
    when: bool = True


def laid_out(rows: Iterable[Row[V]]) -> Files:
    """The files of all rows that apply."""
    return Files(
        File(row.path, render(row.template, row.view), row.owner) for row in rows if row.when
    )


def runtime(package: str, side: str) -> Iterator[File]:
    """The runtime modules for one side, `server` or `client`, under the package's `_runtime/`."""
    folders = (_RUNTIME / "shared", _RUNTIME / side)
    modules = [
        _RUNTIME / "__init__.py",
        *(one for folder in folders for one in folder.rglob("*.py")),
    ]
    for module in sorted(modules):
        path = module.relative_to(_RUNTIME).as_posix()
        yield File(f"{package}/_runtime/{path}", module.read_text("utf-8"))
