"""What is answered without click: the same bytes as click gives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from automcp.cli import main
from automcp.cli.group import automcp
from automcp.cli.overview import answer, overview
from click.testing import CliRunner

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("columns", ["80", "81", "99", "120", "500"])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_what_click_makes_of_it(
    option: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    by_click = CliRunner().invoke(automcp, [option], prog_name="automcp")
    assert by_click.exit_code == 0
    assert answer([option]) == by_click.stdout == overview()


@pytest.mark.parametrize("columns", ["10", "79", "0", "-5", "wide"])
def test_click_wraps_on_narrow_terminals(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert answer(["--help"]) is None


def test_version_is_what_click_makes_of_it() -> None:
    by_click = CliRunner().invoke(automcp, ["--version"], prog_name="automcp")
    assert by_click.exit_code == 0
    assert answer(["--version"]) == by_click.stdout


@pytest.mark.parametrize(
    "arguments", [[], ["--helP"], ["--help", "new"], ["generate", "--help"], ["-V"]]
)
def test_the_rest_is_for_click(arguments: list[str]) -> None:
    assert answer(arguments) is None


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["new", "--help"], ["nwe"]])
def test_both_doors_lead_to_the_same_place(
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["automcp", *arguments])
    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    by_click = CliRunner().invoke(automcp, arguments, prog_name="automcp")
    assert (code, *capsys.readouterr()) == (by_click.exit_code, by_click.stdout, by_click.stderr)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_they_import_next_to_nothing(option: str) -> None:
    loaded = _loaded(["-c", _MAIN, option])
    own = {name for name in loaded if name.split(".")[0] == "automcp"}
    assert own == {"automcp", "automcp.cli", "automcp.cli.overview", "automcp.version"}
    # The rest is what Python itself needs to start.
    assert loaded - own <= _loaded(
        ["-c", "from __future__ import annotations; import sys; print(*sys.modules)"]
    )


_MAIN = "import sys; from automcp.cli import main; main(); print(*sys.modules)"


def _loaded(arguments: list[str]) -> set[str]:
    ran = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split("\n")[-2].split())


def test_nobody_reads_on() -> None:
    """As with click: exit code 1, and not a word."""
    ran = subprocess.run(
        f"'{sys.executable}' -c 'from automcp.cli import main; main()' --help | true; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    assert ran.stdout in ("1\n", "0\n")


def test_ctrl_c_before_click_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("automcp.cli.overview.answer", interrupted)
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 130
    assert capsys.readouterr().err == "interrupted\n"
