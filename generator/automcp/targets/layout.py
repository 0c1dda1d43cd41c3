"""A target's output as a table: which file, from which template, whose it is, and when there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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


def runtime(package: str, folders: Mapping[str, str]) -> Iterator[File]:
    """The runtime modules that a package carries under its `_runtime/`.

    Args:
        folders: What a folder of the runtime is called there.
    """
    yield _copy(_RUNTIME / "__init__.py", f"{package}/_runtime/__init__.py")
    for above in sorted({name.rpartition("/")[0] for name in folders.values()} - {""}):
        yield File(f"{package}/_runtime/{above}/__init__.py", "")
    for folder, name in sorted(folders.items(), key=lambda named: named[1]):
        for module in sorted((_RUNTIME / folder).rglob("*.py")):
            path = module.relative_to(_RUNTIME / folder).as_posix()
            yield _copy(module, f"{package}/_runtime/{name}/{path}")


def _copy(module: Path, path: str) -> File:
    return File(path, module.read_text("utf-8"))
