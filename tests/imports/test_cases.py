"""Each case has a document and, beside it, the spec that it becomes and what `automcp import` says on stderr.

`AUTOMCP_REFRESH='shop*' pytest tests/imports` writes what comes out now; such a run fails, so that nobody refreshes
by accident.
"""

from __future__ import annotations

import os
from fnmatch import fnmatch
from pathlib import Path

import pytest
from automcp.cli.group import automcp
from click.testing import CliRunner, Result

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in CASES.iterdir())


def imported(name: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    """What the command does in the folder of a case."""
    monkeypatch.chdir(CASES / name)
    (document,) = Path().glob("openapi.*")
    overlays = [f"--overlay={path}" for path in sorted(Path().glob("overlay*.yaml"))]
    return CliRunner().invoke(automcp, ["import", "openapi", str(document), *overlays])


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = imported(name, monkeypatch)
    assert result.exit_code == 0, result.stderr
    made = {"spec.yaml": result.stdout, "stderr.txt": result.stderr}
    if fnmatch(name, os.environ.get("AUTOMCP_REFRESH", "")):
        for file, text in made.items():
            Path(file).write_text(text, "utf-8", newline="\n")
        pytest.fail(f"refreshed {name}")
    assert made == {file: Path(file).read_text("utf-8") for file in made}


@pytest.mark.parametrize("name", NAMES)
def test_case_compiles(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / name)
    result = CliRunner().invoke(automcp, ["check", "spec.yaml"])
    assert result.exit_code == 0, result.stderr
