"""Each diagnostic code has a folder with a bad spec and what the compiler says about it.

`AUTOMCP_REFRESH='AM103*' pytest tests/diagnostics` writes what it says now; such a run fails, so
that nobody refreshes by accident.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest
from automcp.importers.openapi import Selection, import_openapi
from automcp.pipeline import analyse
from automcp.text.codes import CODES
from automcp.text.render import render_all
from automcp.text.report import Rejected, Report
from automcp.text.source import Source

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.name for path in CASES.iterdir())
COVERED = ("AM0", "AM1", "AM2", "AM3", "AM60", "AM61", "AM62")
"""The ranges of codes of which every one must have a case."""
NEEDS_MUCH = ("AM629",)
"""Codes about documents that are too large to keep here: tests/passes/test_openapi_documents.py has them."""


def said_about(folder: Path) -> str:
    """What the compiler prints about the spec in a folder."""

    def read(path: str) -> Source:
        return Source(path, (folder / path).read_bytes().decode("utf-8"))

    report = Report()
    if (folder / "openapi.yaml").exists():
        return said_about_import(folder, read, report)
    spec = "spec.json" if (folder / "spec.json").exists() else "spec.yaml"
    try:
        analyse(read(spec), read, report)
    except Rejected as rejected:
        assert rejected.report is report
    return render_all(report)


def said_about_import(folder: Path, read: Callable[[str], Source], report: Report) -> str:
    """What is printed about a document that is imported, in a folder that may hold an overlay and patterns."""
    patterns = folder / "include.txt"
    include = patterns.read_text("utf-8").split() if patterns.exists() else []
    overlays = [read("overlay.yaml")] if (folder / "overlay.yaml").exists() else []
    try:
        imported = import_openapi(
            read("openapi.yaml"),
            read,
            report,
            top="",
            selection=Selection(tuple(include)),
            overlays=overlays,
        )
    except Rejected:
        return render_all(report)
    return render_all([*report, *imported.losses.summed()])


@pytest.mark.parametrize("name", FOLDERS)
def test_finding(name: str) -> None:
    said = said_about(CASES / name)
    wanted = CASES / name / "stderr.txt"
    if fnmatch(name, os.environ.get("AUTOMCP_REFRESH", "")):
        wanted.write_text(said, encoding="utf-8", newline="\n")
        pytest.fail(f"refreshed {name}")
    assert said == wanted.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FOLDERS)
def test_case_shows_its_code_and_nothing_else(name: str) -> None:
    code = name.partition("_")[0]
    assert code in CODES
    text = (CASES / name / "stderr.txt").read_text(encoding="utf-8")
    heads = [line for line in text.splitlines() if line.startswith(("error[", "warning[", "note["))]
    assert heads
    assert {head.partition("[")[2].partition("]")[0] for head in heads} == {code}


@pytest.mark.parametrize(
    "code", [code for code in CODES if code.startswith(COVERED) and code not in NEEDS_MUCH]
)
def test_code_has_a_case(code: str) -> None:
    assert any(name.startswith(f"{code}_") for name in FOLDERS)


@pytest.mark.parametrize("code", CODES)
def test_explanation_is_whole(code: str) -> None:
    told = CODES[code]
    assert told.title
    assert not told.title.endswith(".")
    assert told.why.endswith((".", "?"))
