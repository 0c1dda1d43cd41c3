"""Compiles a spec into a folder and imports what came out, for tests that run generated code."""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from automcp import Files, Report, Service, Source
from automcp.pipeline import analyse
from automcp.targets import find


def service(text: str, name: str = "spec.json", files: Mapping[str, str] | None = None) -> Service:
    """The service that a spec describes; `files` are the others that it may read.

    Raises `Rejected` if it has errors.
    """
    others = files or {}

    def read(path: str) -> Source:
        if path not in others:
            raise FileNotFoundError(path)
        return Source(path, others[path])

    return analyse(Source(name, text), read, Report())


def emit(service: Service, kinds: Sequence[str] = ("server", "client")) -> Files:
    """Everything that the targets give, each kind in a folder of its name, not formatted."""
    return Files.merge(find(kind).emit(service, {}).under(kind) for kind in kinds)


def lay_out(files: Files, folder: Path) -> None:
    """Write `files` below `folder`."""
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, "utf-8", newline="\n")


@contextmanager
def imported(folder: Path, *packages: str) -> Generator[list[ModuleType]]:
    """Import packages that were laid out in `folder`; forget them, and their logs, at the end."""
    paths = [str(folder / kind / "src") for kind in ("server", "client")]
    sys.path[:0] = paths
    importlib.invalidate_caches()
    try:
        # Thousands of refused calls are no news here.
        logging.disable(logging.CRITICAL)
        yield [importlib.import_module(package) for package in packages]
    finally:
        logging.disable(logging.NOTSET)
        sys.path[:] = [path for path in sys.path if path not in paths]
        for name in [name for name in sys.modules if name.split(".")[0] in packages]:
            del sys.modules[name]
