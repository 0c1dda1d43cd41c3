"""An unchanged run says what the whole compiler would say, and any change makes the whole compiler run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from automcp import cache, pipeline
from automcp.cli import main, record, streams, terminal, unchanged
from automcp.cli.unchanged import name_of

ROOT = Path(__file__).parents[2]
SPEC = """\
automcp: 1
name: clock
version: 1.0.0
include: [zones.yaml]
description: Tells the time.
groups:
  time:
    description: Time.
    operations:
      now: {params: {zone: {type: string}}, description: The time., returns: {type: string}, effect: reads}
"""
INCLUDED = "schemas: {Zone: {type: string}}\n"
TOML = '[targets.server]\nout = "server"\n[targets.ir]\nout = "ir"\n'
HANDLER = "server/src/clock_server/handlers/time.py"


@dataclass(frozen=True, slots=True)
class Said:
    """What a run said, and whether the whole compiler ran for it."""

    code: object
    out: str
    err: str
    compiled: bool


class Runner:
    """Runs `automcp generate` through the front door."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self._runs = 0
        self._generate = pipeline.generate
        monkeypatch.setattr(pipeline, "generate", self._counted)

    def __call__(self, *words: str) -> Said:
        self._monkeypatch.setattr(sys, "argv", ["automcp", "generate", *words])
        self._capsys.readouterr()
        before, code = self._runs, 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        out, err = self._capsys.readouterr()
        return Said(code, out, err, self._runs > before)

    def whole(self, *words: str) -> Said:
        """The same without a cache."""
        with self._monkeypatch.context() as patch:
            patch.setenv(cache.VARIABLE, "off")
            return self(*words)

    def _counted(self, *arguments: Any) -> Any:
        self._runs += 1
        return self._generate(*arguments)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(monkeypatch, capsys)


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the records go."""
    place = tmp_path_factory.mktemp("cache") / "automcp"
    monkeypatch.setenv(cache.VARIABLE, str(place))
    return place / unchanged.KIND


@pytest.fixture
def project(tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch, run: Runner) -> Path:
    """A project in which nothing changed since the last run; the test runs in its folder."""
    (tmp_path / "clock.yaml").write_text(SPEC)
    (tmp_path / "zones.yaml").write_text(INCLUDED)
    (tmp_path / "automcp.toml").write_text(TOML)
    monkeypatch.chdir(tmp_path)
    assert run().compiled
    assert not run().compiled
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--check",),
        ("--diff",),
        ("--json",),
        ("--json", "--check"),
        ("--diff", "--check", "--json"),
        ("clock.yaml",),
        ("./automcp.toml", "--check"),
        ("--target", "ir", "--json"),
        ("--json", "--out=other", "clock.yaml"),
        (".", "clock.yaml", "--json"),
    ],
)
def test_it_says_the_same(words: tuple[str, ...], project: Path, run: Runner) -> None:
    (project / HANDLER).write_text("class Time: ...\n")
    run(*(word for word in words if word not in ("--check", "--diff")))
    quick, whole = run(*words), run.whole(*words)
    assert (quick.compiled, whole.compiled) == (False, True)
    assert (quick.code, quick.out, quick.err) == (whole.code, whole.out, whole.err)
    assert "AM303" in quick.out + quick.err
    if words in ((), ("--check",), ("clock.yaml",)):
        assert "AM530" in quick.err


def test_in_colour(project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (unchanged, terminal):
        monkeypatch.setattr(module, "wants_colour", _yes)
    quick, whole = run(), run.whole()
    assert (quick.compiled, whole.compiled) == (False, True)
    assert quick.err == whole.err
    assert "\x1b[" in quick.err


def _yes(stream: object) -> bool:
    return True


def test_every_way_to_ask_shares_the_record(project: Path, run: Runner) -> None:
    assert not run("--check").compiled
    assert not run("--json").compiled
    assert run("--target", "ir").compiled
    assert not run("--check", "--target", "ir").compiled
    assert run("--target", "server").compiled


def _same_size_and_times(path: Path, old: str, new: str) -> None:
    before = path.stat()
    text = path.read_text()
    assert old in text
    assert len(old) == len(new)
    path.write_text(text.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def _linked_folder(project: Path) -> None:
    shutil.move(project / "ir", project / "elsewhere")
    (project / "ir").symlink_to("elsewhere")


def _linked_file(project: Path) -> None:
    shutil.move(project / "ir/clock.ir.json", project / "elsewhere.json")
    (project / "ir/clock.ir.json").symlink_to("../elsewhere.json")


CHANGES: dict[str, Callable[[Path], object]] = {
    "spec": lambda root: _same_size_and_times(root / "clock.yaml", "Tells", "Knows"),
    "spec, comments only": lambda root: (root / "clock.yaml").write_text(SPEC + "# a\n"),
    "spec, line ends": lambda root: (root / "clock.yaml").write_bytes(SPEC.encode() + b"\r\n"),
    "spec deleted": lambda root: (root / "clock.yaml").unlink(),
    "included file": lambda root: _same_size_and_times(root / "zones.yaml", "Zone", "Area"),
    "included file deleted": lambda root: (root / "zones.yaml").unlink(),
    "second spec": lambda root: (root / "other.yml").write_text(SPEC),
    "toml": lambda root: (root / "automcp.toml").write_text(TOML + "# a\n"),
    "toml, out": lambda root: _same_size_and_times(root / "automcp.toml", '"ir"', '"up"'),
    "toml deleted": lambda root: (root / "automcp.toml").unlink(),
    "lock": lambda root: _append(root / "automcp.lock", "# a\n"),
    "lock deleted": lambda root: (root / "automcp.lock").unlink(),
    "lock, other targets": lambda root: _append(root / "automcp.lock", "[targets.x]\n"),
    "output": lambda root: _same_size_and_times(root / "ir/clock.ir.json", "Tells", "Knows"),
    "output deleted": lambda root: (root / "ir/clock.ir.json").unlink(),
    "output, a folder": lambda root: (
        (root / "ir/clock.ir.json").unlink(),
        (root / "ir/clock.ir.json").mkdir(),
    ),
    "output, a link": _linked_file,
    "folder, a link": _linked_folder,
    "folder deleted": lambda root: shutil.rmtree(root / "ir"),
    "runtime": lambda root: (root / "server/src/clock_server/_runtime/__init__.py").write_text(""),
    "handler": lambda root: (root / HANDLER).write_text("class Time: ...\n"),
    "handler deleted": lambda root: (root / HANDLER).unlink(),
    "what is yours": lambda root: (root / "server/README.md").write_text("Mine."),
    "name in another case": lambda root: (root / "IR").mkdir(),
    "file in another case": lambda root: (root / "ir/Clock.ir.json").write_text(""),
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        *((change, ()) for change in CHANGES),
        *((change, ("--check", "--json")) for change in ("spec", "output", "handler")),
    ],
)
def test_a_change_makes_it_run(
    change: str,
    words: tuple[str, ...],
    project: Path,
    run: Runner,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    CHANGES[change](project)
    before = tmp_path_factory.mktemp("before") / "project"
    shutil.copytree(project, before, symlinks=True)
    expected = run.whole(*words)
    for path in project.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.copytree(before, project, symlinks=True, dirs_exist_ok=True)
    found = run(*words)
    assert (found.code, found.out, found.err) == (expected.code, expected.out, expected.err)
    assert found.compiled == expected.compiled


def test_what_matters_to_nobody_changes_nothing(project: Path, run: Runner) -> None:
    (project / "notes.txt").write_text("")
    (project / "server/src/clock_server/__pycache__").mkdir()
    (project / "clock.yaml").touch()
    (project / "ir/clock.ir.json").touch()
    assert not run().compiled


def test_a_function_that_appears_or_changes_makes_it_run(project: Path, run: Runner) -> None:
    (project / "clock.yaml").write_text(
        SPEC.rstrip().removesuffix("}") + ", run: {python: 'zones:now'}}\n"
    )
    assert run().compiled
    assert not run().compiled
    module = project / "server" / "src" / "zones.py"
    module.write_text("def now(zone): ...\n")
    ran = run()
    assert (ran.compiled, ran.code) == (True, 0)
    assert not run().compiled
    module.write_text("def now(place): ...\n")
    ran = run()
    assert (ran.compiled, ran.code) == (True, 1)
    assert "AM240" in ran.err


def test_what_was_deleted_and_is_back(project: Path, run: Runner) -> None:
    (project / "server/README.md").unlink()
    assert run().compiled
    assert not run().compiled
    (project / "server/README.md").write_text("")
    assert run().compiled


def test_another_generator(project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "identity", lambda: "another")
        assert run().compiled
        assert not run().compiled
    assert run().compiled


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "one byte": lambda data: data[:100] + b"x" + data[101:],
    "other format": lambda data: data.replace(b"automcp unchanged 1", b"automcp unchanged 2"),
    "noughts": lambda data: b"\0" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_records_are_written_anew(
    damage: str, project: Path, run: Runner, shelf: Path
) -> None:
    (path,) = shelf.iterdir()
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert run().compiled
    assert not run().compiled


@pytest.mark.parametrize(
    "value",
    [b"", b"automcp unchanged 0\n", b"automcp unchanged 1\nx\nanswer told z\n\n", b"\xff"],
)
def test_entries_that_are_no_records(value: bytes, project: Path, run: Runner, shelf: Path) -> None:
    (path,) = shelf.iterdir()
    cache.write(unchanged.KIND, {path.name: value})
    assert run().compiled
    assert not run().compiled


def test_records_of_other_answers(project: Path, run: Runner, shelf: Path) -> None:
    (path,) = shelf.iterdir()
    data = cache.read(unchanged.KIND, path.name)
    assert data is not None
    told = unchanged.Record.load(data)
    less = unchanged.Record(told.state, told.watched, {"told": ""})
    cache.write(unchanged.KIND, {path.name: less.dump()})
    assert run("--json").compiled


def test_a_folder_that_others_may_write_to_is_not_believed(
    project: Path, run: Runner, shelf: Path
) -> None:
    shelf.parent.chmod(0o777)
    assert run().compiled
    assert run().compiled
    shelf.parent.chmod(0o700)
    assert not run().compiled


def test_a_cache_that_cannot_be(
    project: Path, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("clock.yaml", "clock.yaml/below", "/proc/nothing"):
        monkeypatch.setenv(cache.VARIABLE, place)
        first, second = run(), run()
        assert (first.code, second.code) == (0, 0)
        assert first.compiled
        assert second.compiled


def test_a_disk_that_is_full(
    project: Path, run: Runner, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    shutil.rmtree(shelf)
    monkeypatch.setattr(os, "fdopen", full)
    assert run().code == 0
    assert list(shelf.iterdir()) == []


def test_switched_off(project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert run().compiled
    assert run().compiled


def test_stubs_always_run(project: Path, run: Runner) -> None:
    (project / HANDLER).write_text("class Time: ...\n")
    assert run("--stubs").compiled
    assert "def now" in (project / HANDLER).read_text()
    assert run("--stubs").compiled


def test_drift_is_no_record(project: Path, run: Runner) -> None:
    _same_size_and_times(project / "clock.yaml", "Tells", "Knows")
    for _ in range(2):
        found = run("--check")
        assert (found.code, found.compiled) == (1, True)
    for _ in range(2):
        assert run("--diff").compiled


def test_findings_that_are_errors_are_no_record(project: Path, run: Runner) -> None:
    (project / "clock.yaml").write_text("automcp: 1\n")
    for _ in range(2):
        assert (run().code, run().compiled) == (1, True)


def _only_the_server(name: str) -> bool:
    return name == "server"


def test_targets_of_plugins_are_never_recorded(
    project: Path, run: Runner, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(shelf)
    monkeypatch.setattr(record, "is_built_in", _only_the_server)
    assert run().compiled
    assert run().compiled


@pytest.mark.parametrize("late", [b"# late\n", b"\xff"])
@pytest.mark.parametrize("name", ["clock.yaml", "zones.yaml", "automcp.toml"])
def test_what_changes_under_a_run_is_not_recorded(
    name: str,
    late: bytes,
    project: Path,
    run: Runner,
    shelf: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.rmtree(shelf)
    generate = pipeline.generate

    def slow(*arguments: Any) -> Any:
        wanted = generate(*arguments)
        (project / name).write_bytes((project / name).read_bytes() + late)
        return wanted

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "generate", slow)
        assert run().code == 0
    assert not shelf.exists()


def test_it_imports_next_to_nothing(project: Path) -> None:
    """Not even click; and none of what `from automcp import generate` would need."""
    code = "import sys; from automcp.cli import main; main(); print(*sys.modules)"
    command = [sys.executable, "-c", code, "generate"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (ran.returncode, "up to date" in ran.stderr) == (0, True)
    loaded = set(ran.stdout.split())
    own = {name.removeprefix("automcp.") for name in loaded if name.startswith("automcp.")}
    assert own == {
        *("assets", "cache", "cli", "cli.overview", "cli.streams", "cli.unchanged"),
        *("identity", "version"),
    }
    slow = {"argparse", "click", "dataclasses", "json", "pathlib", "re", "typing", "yaml"}
    assert not slow & loaded


@pytest.mark.parametrize(
    "words",
    [
        ("--stubs",),
        ("--help",),
        ("-h",),
        ("--", "--json"),
        ("--out", "--json"),
        ("--target", "--check"),
        ("--json", "--out", "--diff", "x"),
    ],
)
def test_words_that_only_click_understands(words: tuple[str, ...]) -> None:
    assert name_of(words) is None


def test_words_that_mean_different_things() -> None:
    told = [("a", "b"), ("ab",), ("a b",), ("b", "a"), ("--out", "a", "b"), ("--out=a", "b"), ()]
    assert len({name_of(words) for words in told}) == len(told)
    assert name_of(["--json", "a", "--check"]) == name_of(["a"])


def test_names_with_line_ends_are_not_recorded(project: Path, run: Runner, shelf: Path) -> None:
    shutil.rmtree(shelf)
    (project / "clock.yaml").rename(project / "a\nb.yaml")
    for _ in range(2):
        assert run("a\nb.yaml", "--target", "server", "--out", "x").compiled


def test_a_folder_that_is_gone(project: Path, run: Runner, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    assert unchanged.answer([]) is None


def test_other_encodings_are_for_click(
    project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_speaks_utf8", lambda: False)
    assert run().compiled


def test_only_people_get_colours() -> None:
    with Path(os.devnull).open("w") as nobody:
        assert not streams.wants_colour(nobody)
