"""The hash of an installation: the same for the same code, another after any edit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from automcp.identity import identity

ROOT = Path(__file__).parents[2]
HIDDEN = shutil.ignore_patterns("__pycache__")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what makes up a checkout."""
    made = tmp_path_factory.mktemp("checkout")
    for name in ("generator", "blueprints"):
        shutil.copytree(ROOT / name, made / name, ignore=HIDDEN)
    (made / "packages/thing-1.0.dist-info").mkdir(parents=True)
    return made


def identity_of(checkout: Path) -> str:
    code = "from automcp.identity import identity; print(identity())"
    path = os.pathsep.join((str(checkout / "generator"), str(checkout / "packages")))
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def _edit(path: Path) -> None:
    """One character, the size and the times as before."""
    state = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + (b" " if data[-1:] == b"\n" else b"\n"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a pass": lambda root: _edit(root / "generator/automcp/resolve/names.py"),
    "the runtime": lambda root: _edit(root / "generator/automcp/runtime/server/kernel.py"),
    "a template": lambda root: _edit(root / "blueprints/server/server.py.jinja"),
    "a new module": lambda root: (root / "generator/automcp/rules/more.py").write_text(""),
    "a module gone": lambda root: (root / "generator/automcp/rules/safety.py").unlink(),
    "another name": lambda root: (root / "generator/automcp/ir/dump.py").rename(
        root / "generator/automcp/ir/dumps.py"
    ),
    "a package more": lambda root: (root / "packages/other-1.0.dist-info").mkdir(),
    "another version": lambda root: (root / "packages/thing-1.0.dist-info").rename(
        root / "packages/thing-1.1.dist-info"
    ),
    "installed again": lambda root: os.utime(root / "packages/thing-1.1.dist-info", (1, 1)),
}


def test_every_change_is_noticed(checkout: Path) -> None:
    seen = {identity_of(checkout)}
    assert identity_of(checkout) in seen
    for change in CHANGES.values():
        change(checkout)
        found = identity_of(checkout)
        assert found not in seen
        assert identity_of(checkout) == found
        seen.add(found)


def test_compiled_modules_do_not_count(checkout: Path) -> None:
    before = identity_of(checkout)
    folder = checkout / "generator/automcp/__pycache__"
    folder.mkdir()
    (folder / "x.cpython-311.pyc").write_bytes(b"")
    assert identity_of(checkout) == before


def test_it_is_taken_once() -> None:
    assert identity() == identity()
