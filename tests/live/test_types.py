"""What is generated satisfies type checkers at their strictest, and the linter and formatter as they come."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from automcp.migrate.vendored import SHARED, adapter_files

from ..golden.cases import NAMES, compiled
from .compiled import lay_out
from .dialects import ROOT, python_with

pytestmark = pytest.mark.slow
CASES = [name for name in NAMES if name != "older_sdk"]
"""What is compiled for an SDK that is installed here."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every golden case in a folder of its name, with all that belongs to it."""
    root = tmp_path_factory.mktemp("generated")
    for name in CASES:
        lay_out(compiled(name).files, root / name)
    return root


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def sources(root: Path) -> list[str]:
    """The folders that packages are imported from."""
    return [path.relative_to(root).as_posix() for path in sorted(root.glob("**/src"))]


def test_pyright(generated: Path) -> None:
    config = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": CASES,
        # The same in every package, and checked where it is kept.
        "exclude": ["**/_runtime/**"],
        "extraPaths": sources(generated),
    }
    place = generated / "pyrightconfig.json"
    place.write_text(json.dumps(config), "utf-8")
    ran = run(
        generated,
        *("pyright", "--outputjson", "--project", str(place)),
        *("--pythonpath", sys.executable),
    )
    said: dict[str, Any] = json.loads(ran.stdout)
    findings = [
        f"{Path(one['file']).relative_to(generated)}:{one['range']['start']['line'] + 1}: {one['message']}"
        for one in said["generalDiagnostics"]
    ]
    assert findings == [], "\n".join(findings)
    # So that a wrong path does not pass for clean code.
    own = [path for path in generated.glob("**/*.py") if "_runtime" not in path.parts]
    assert said["summary"]["filesAnalyzed"] >= len(own)


def test_mypy(generated: Path) -> None:
    config = generated / "mypy.ini"
    settings = [
        "[mypy]",
        "strict = True",
        "python_version = 3.11",
        "explicit_package_bases = True",
        # Tests are modules of their case: each case has a `conftest`.
        f"mypy_path = {':'.join(['.', *sources(generated)])}",
    ]
    config.write_text("\n".join(settings), "utf-8")
    ran = run(generated, "mypy", "--config-file", str(config), "--no-incremental", *CASES)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "no issues found" in ran.stdout


@pytest.mark.parametrize("command", [("check",), ("format", "--check")], ids=" ".join)
def test_ruff(generated: Path, command: tuple[str, ...]) -> None:
    isolated = ["--isolated", "--no-cache", "--line-length", "100", "--target-version", "py311"]
    ran = run(generated, "ruff", *command, *isolated, ".")
    assert ran.returncode == 0, ran.stdout + ran.stderr


SDKS = {
    "mcp1": ("constraints-mcp1.txt", ("mcp", "jsonschema-rs", "pytest", "httpx")),
    "fastmcp4": ("constraints-fastmcp4.txt", ("fastmcp", "jsonschema-rs", "pytest")),
    "as_fastmcp2": ("constraints-fastmcp4.txt", ("fastmcp", "jsonschema-rs", "pytest")),
}
"""What the runtime of an SDK is checked with, where it cannot be installed beside the others."""


@pytest.mark.parametrize("sdk", SDKS)
def test_the_runtime_of_another_sdk(sdk: str, tmp_path: Path) -> None:
    constraints, required = SDKS[sdk]
    python = python_with("--constraint", str(ROOT / constraints), *required)
    runtime = tmp_path / "automcp" / "runtime"
    shutil.copytree(ROOT / "generator" / "automcp" / "runtime", runtime)
    (tmp_path / "automcp" / "__init__.py").touch()
    config = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": [f"automcp/runtime/{sdk}", "automcp/runtime/server"],
    }
    place = tmp_path / "pyrightconfig.json"
    place.write_text(json.dumps(config), "utf-8")
    ran = run(tmp_path, "pyright", "--project", str(place), "--pythonpath", str(python))
    assert ran.returncode == 0, ran.stdout
    checked = run(
        tmp_path,
        *("mypy", "--strict", "--python-version", "3.11", "--python-executable", str(python)),
        str(runtime / sdk),
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("release", [(3, 4), (0, 4)], ids=["2-and-3", "before-2"])
def test_the_adapter_for_the_standalone_fastmcp(release: tuple[int, int], tmp_path: Path) -> None:
    constraints, required = SDKS["fastmcp4"]
    python = python_with("--constraint", str(ROOT / constraints), *required)
    for path, text in adapter_files("fastmcp", release).items():
        place = tmp_path / "adapter" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    config = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": ["adapter"],
        # The adapter for mcp 1, and what both have, is checked with mcp 2.
        "exclude": ["adapter/sdk", *(f"adapter/{name}" for name in SHARED)],
    }
    place = tmp_path / "pyrightconfig.json"
    place.write_text(json.dumps(config), "utf-8")
    ran = run(tmp_path, "pyright", "--project", str(place), "--pythonpath", str(python))
    assert ran.returncode == 0, ran.stdout
    own = [
        str(one) for one in sorted((tmp_path / "adapter").glob("*.py")) if one.name not in SHARED
    ]
    options = ["--strict", "--follow-imports=silent", "--python-version", "3.11"]
    checked = run(tmp_path, "mypy", *options, "--python-executable", str(python), *own)
    assert checked.returncode == 0, checked.stdout
