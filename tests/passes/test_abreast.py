"""Work in copies of this process: what comes back, in which order, and what is left when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from automcp import abreast, cache, pipeline
from automcp.abreast import abreast as at_once
from automcp.pipeline import generate
from automcp.project import parse_project, read_file, read_source
from automcp.text.report import Level, Rejected, Report
from automcp.text.source import Source

from ..golden.cases import FOLDER, NAMES, compiled

PROCESS = os.getpid()

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there work is done at once")


@pytest.fixture(autouse=True)
def _can_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    # pytest's own workers have threads.
    monkeypatch.setattr(abreast, "_can_fork", lambda: True)


def _where(said: str) -> tuple[str, bool]:
    return said, os.getpid() == PROCESS


def test_results_come_in_order_and_the_last_is_made_here() -> None:
    found = at_once([partial(_where, said) for said in "abc"])
    assert [said for said, _ in found] == ["a", "b", "c"]
    assert [here for _, here in found] == [False, False, True]
    _check_no_children()


def test_one_piece_of_work_needs_no_process() -> None:
    assert at_once([partial(_where, "a")]) == [("a", True)]


def test_where_a_copy_is_not_safe_everything_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abreast, "_can_fork", lambda: False)
    assert at_once([partial(_where, said) for said in "ab"]) == [("a", True), ("b", True)]


def _dies_elsewhere(how: str) -> str:
    if os.getpid() == PROCESS:
        return "made here"
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    raise KeyboardInterrupt if how == "interrupted" else ValueError


@pytest.mark.parametrize("how", ["killed", "interrupted", "failed"])
def test_what_fails_elsewhere_is_done_again_here(how: str) -> None:
    assert at_once([partial(_dies_elsewhere, how), lambda: "last"]) == ["made here", "last"]


def test_what_cannot_come_back_is_done_again_here() -> None:
    found = at_once([lambda: lambda: 1, lambda: lambda: 2])
    assert [one() for one in found] == [1, 2]


def _fails() -> str:
    raise LookupError("no")


def test_an_exception_is_raised_as_ever() -> None:
    with pytest.raises(LookupError, match="no"):
        at_once([_fails, lambda: "last"])
    _check_no_children()


def _leaves(path: Path) -> str:
    """What formatting does: a folder of its own, that goes when it ends or is interrupted."""
    path.write_text(str(os.getpid()))
    try:
        time.sleep(60)
    finally:
        time.sleep(0.1)
        path.unlink()
    return ""


@pytest.mark.parametrize("by", ["this process", "the terminal, too"])
def test_an_interrupted_process_cleans_up(by: str, tmp_path: Path) -> None:
    path = tmp_path / "file"

    def own() -> str:
        while not (path.exists() and path.read_text()):
            time.sleep(0.01)
        if by != "this process":
            os.kill(int(path.read_text()), signal.SIGINT)
            time.sleep(0.02)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        at_once([partial(_leaves, path), own])
    assert not path.exists()
    _check_no_children()


def test_nothing_of_it_is_written_twice(tmp_path: Path) -> None:
    code = (
        "import sys; sys.stdout.write('once '); from automcp.abreast import abreast;"
        "print(abreast([lambda: 1, lambda: 2]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "once [1, 2]\n"


def _check_no_children() -> None:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize("name", NAMES)
def test_targets_compiled_at_once_are_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, "off")
    expected = compiled(name)
    monkeypatch.setattr(pipeline, "_LARGE", 0)
    found = compiled.__wrapped__(name)
    assert list(found.files) == list(expected.files)
    assert found.said == expected.said
    _check_no_children()


def test_findings_of_targets_compiled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_LARGE", 0)
    toml = 'spec = "spec.yaml"\n[targets.server]\nsdk = "no"\n[targets.client]\n'
    project = parse_project(Source("automcp.toml", toml), FOLDER / "minimal")
    report = Report()
    with pytest.raises(Rejected):
        generate(project, read_source(project.spec), read_file, report)
    assert [
        (one.code, one.at and one.at.span.text) for one in report if one.level is Level.ERROR
    ] == [("AM520", "sdk")]
