"""Compiled files come from the cache where the spec means the same, are the same, and stay inside their folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from automcp import cache, pipeline
from automcp.output import kept
from automcp.output.files import Files
from automcp.output.plan import Wanted
from automcp.project import parse_project
from automcp.project import read_file as read
from automcp.text.report import Rejected, Report
from automcp.text.source import Source

SPEC = """\
automcp: 1
name: clock
version: 1.0.0
description: Tells the time.
groups:
  time:
    description: Time.
    operations:
      now: {description: The time., returns: {type: string}, effect: reads}
"""
TOML = 'spec = "clock.yaml"\n[targets.server]\nout = "server"\n[targets.tests]\n'


class Compiler:
    """Compiles texts, and counts how often files are really made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made = 0
        self._tidy = pipeline.tidy
        monkeypatch.setattr(pipeline, "tidy", self._counted)

    def __call__(self, spec: str = SPEC, toml: str = TOML) -> dict[str, str]:
        project = parse_project(Source("automcp.toml", toml), Path())
        wanted = pipeline.generate(project, Source("clock.yaml", spec), read, Report()).wanted
        return _texts(wanted)

    def _counted(self, files: Files) -> Files:
        self.made += 1
        return self._tidy(files)


def _texts(wanted: Mapping[str, Wanted]) -> dict[str, str]:
    return {
        f"{name} {file.path} {file.owner}": file.text
        for name, want in wanted.items()
        for file in want.files
    }


@pytest.fixture
def compile_(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Compiler:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return Compiler(monkeypatch)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "cache/compiled"


def test_the_same_files(compile_: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = compile_(), compile_()
    assert compile_.made == 1
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert first == second == compile_()
    assert compile_.made == 2


def test_what_means_the_same_is_not_compiled_again(compile_: Compiler) -> None:
    first = compile_()
    assert compile_(SPEC + "# a comment\n") == first
    assert compile_(SPEC.replace("\n", "\r\n")) == first
    assert compile_(SPEC.replace("1.0.0", '"1.0.0"')) == first
    assert compile_.made == 1


def test_where_files_go_changes_nothing_in_them(compile_: Compiler) -> None:
    first = compile_()
    moved = compile_(toml=TOML.replace('"server"', '"elsewhere"'))
    assert compile_.made == 1
    assert list(moved.values()) != []
    assert sorted(moved.values()) == sorted(first.values())
    assert any("elsewhere/" in name for name in moved)


@pytest.mark.parametrize(
    ("spec", "toml"),
    [
        (SPEC.replace("Tells", "Knows"), TOML),
        (SPEC.replace("now", "then"), TOML),
        (SPEC, TOML.replace("[targets.tests]", "[targets.client]")),
        (SPEC, TOML.replace("[targets.tests]", "")),
        (SPEC, 'sdk = "fastmcp4"\n' + TOML),
        (SPEC, TOML.replace('out = "server"', 'without = ["x"]')),
    ],
)
def test_what_means_something_else_is(spec: str, toml: str, compile_: Compiler) -> None:
    compile_()
    try:
        compile_(spec, toml)
    except Rejected:
        return
    assert compile_.made == 2


def test_other_code(compile_: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_()
    monkeypatch.setattr(kept, "identity", lambda: "another")
    compile_()
    assert compile_.made == 2


def test_targets_of_plugins_are_not_kept(
    compile_: Compiler, monkeypatch: pytest.MonkeyPatch, shelf: Path
) -> None:
    monkeypatch.setattr(pipeline, "is_built_in", _not_the_tests)
    compile_()
    compile_()
    assert compile_.made == 2
    assert not shelf.exists()


def _not_the_tests(name: str) -> bool:
    return name != "tests"


def test_what_is_rejected_is_rejected_again(compile_: Compiler, shelf: Path) -> None:
    asking = SPEC.replace("effect: reads", "effect: reads, task: required")
    for _ in range(2):
        with pytest.raises(Rejected):
            compile_(asking, 'sdk = "mcp1"\n' + TOML)
    assert not shelf.exists()


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b"[" * 100_000,
        json.dumps([["../outside.py", "", "generated"]]).encode(),
        json.dumps([["/etc/outside.py", "", "generated"]]).encode(),
        json.dumps([["server/a\x1b[31m.py", "", "generated"]]).encode(),
        json.dumps([["server/a.py", "", "nobody"]]).encode(),
        json.dumps([["server/a.py", ""]]).encode(),
        json.dumps([["server/a.py", "", "seeded"], ["server/A.py", "", "seeded"]]).encode(),
    ],
)
def test_what_are_no_files_is_compiled_again(value: bytes, compile_: Compiler, shelf: Path) -> None:
    first = compile_()
    (path,) = shelf.iterdir()
    good = path.read_bytes()
    cache.write("compiled", {path.name: value})
    assert compile_() == first
    assert compile_.made == 2
    assert path.read_bytes() == good


def test_damaged_files_are_compiled_again(compile_: Compiler, shelf: Path) -> None:
    first = compile_()
    (path,) = shelf.iterdir()
    path.write_bytes(path.read_bytes().replace(b"def now", b"def new"))
    assert compile_() == first
    assert compile_.made == 2


def test_a_broken_installation_keeps_nothing(
    compile_: Compiler, monkeypatch: pytest.MonkeyPatch, shelf: Path
) -> None:
    def broken() -> str:
        raise OSError

    monkeypatch.setattr(kept, "identity", broken)
    assert compile_() == compile_()
    assert not shelf.exists()
