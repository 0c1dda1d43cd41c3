"""Each case has a spec and, in `expected/`, every file that it compiles to.

`AUTOMCP_REFRESH='awkward*' pytest tests/golden` writes what comes out now; such a run fails, so
that nobody refreshes by accident.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from fnmatch import fnmatch
from pathlib import Path

import automcp
import pytest
from automcp.targets.dialects import DIALECTS

from .cases import FOLDER, NAMES, Compiled, compiled

RUNTIME = Path(automcp.__file__).parent / "runtime"
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", NAMES)
def test_files(name: str) -> None:
    expected = FOLDER / name / "expected"
    made = {file.path: file.text for file in compiled(name).files if not _copied(file.path)}
    if _refreshes(name):
        shutil.rmtree(expected, ignore_errors=True)
        for path, text in made.items():
            _write(expected / path, text)
        pytest.fail(f"refreshed {name}")
    assert made, "a case without files shows nothing"
    changes = "".join(_changes(_read(expected), made))
    assert not changes, f"\n{changes}"


@pytest.mark.parametrize("name", NAMES)
def test_findings(name: str) -> None:
    place = FOLDER / name / "stderr.txt"
    said = compiled(name).said
    if _refreshes(name):
        place.unlink(missing_ok=True)
        if said:
            _write(place, said)
        pytest.fail(f"refreshed {name}")
    assert said == (place.read_text("utf-8") if place.exists() else "")


@pytest.mark.parametrize("name", NAMES)
def test_the_runtime_is_copied_byte_for_byte(name: str) -> None:
    copies = {file.path: file.text for file in compiled(name).files if _copied(file.path)}
    packages = {path.partition("/_runtime/")[0] for path in copies}
    assert packages
    own = {
        path: text for package in packages for path, text in _runtime_of(package, compiled(name))
    }
    assert sorted(copies) == sorted(own)
    assert [path for path in own if copies[path].encode() != own[path]] == []


def test_the_shop_is_the_example() -> None:
    case = (FOLDER / "shop/spec.yaml").read_bytes()
    assert case == (EXAMPLES / "shop/shop.yaml").read_bytes(), "copy it, then refresh the case"


def _runtime_of(package: str, case: Compiled) -> Iterator[tuple[str, bytes]]:
    """The files that a package has to have, by path: the shared ones, those of its side, and what it mentions."""
    folders = {"shared": "shared", "client": "client"}
    if package.endswith("_server"):
        dialect = DIALECTS[case.sdk]
        own = (one for one in case.files if one.path.startswith(package) and not _copied(one.path))
        mentioned = {name for one in own for name in re.findall(r"\._runtime\.(\w+)", one.text)}
        # What speaks to another server is a client.
        if "proxy" in mentioned:
            mentioned.add("client")
        used = mentioned - {"sdk"}
        folders = {name: name for name in ("shared", "server", *used, *dialect.folders)}
        folders[dialect.folder] = "sdk"
    for module in (RUNTIME / "__init__.py", *RUNTIME.rglob("*.py")):
        first, *rest = module.relative_to(RUNTIME).parts
        if first == "__init__.py" or first in folders:
            path = "/".join((folders.get(first, first), *rest))
            yield f"{package}/_runtime/{path}", module.read_bytes()


def _changes(expected: Mapping[str, str], made: Mapping[str, str]) -> Iterator[str]:
    for path in sorted({*expected, *made}):
        old, new = expected.get(path), made.get(path)
        if old is None:
            yield f"--- {path}: not expected\n"
        elif new is None:
            yield f"--- {path}: expected, but not made\n"
        before, after = ((text or "").splitlines(keepends=True) for text in (old, new))
        yield from unified_diff(before, after, f"expected/{path}", f"made/{path}")


def _read(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _copied(path: str) -> bool:
    return "/_runtime/" in path


def _refreshes(name: str) -> bool:
    return fnmatch(name, os.environ.get("AUTOMCP_REFRESH", ""))
