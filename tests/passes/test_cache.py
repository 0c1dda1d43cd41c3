"""The cache folder: where it lies, who may write to it, and that it never gets in the way."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from automcp import cache
from automcp.cache import keep

KIND = "models"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in use, which is not there yet."""
    place = tmp_path / "above/cache"
    monkeypatch.setenv(cache.VARIABLE, str(place))
    return place


def test_what_was_written_is_read(place: Path) -> None:
    assert cache.read(KIND, "a") is None
    cache.write(KIND, {"a": b"one", "b": b""})
    assert (cache.read(KIND, "a"), cache.read(KIND, "b")) == (b"one", b"")
    cache.write(KIND, {"a": b"two"})
    assert cache.read(KIND, "a") == b"two"
    assert cache.read("unchanged", "a") is None


def test_nobody_else_may_look(place: Path) -> None:
    before = os.umask(0)
    try:
        cache.write(KIND, {"a": b"one"})
    finally:
        os.umask(before)
    modes = [
        stat.S_IMODE(path.stat().st_mode) for path in (place, place / KIND, place / KIND / "a")
    ]
    assert modes == [0o700, 0o700, 0o600]


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702, 0o720])
def test_where_others_may_write_nothing_is_believed_or_kept(place: Path, mode: int) -> None:
    cache.write(KIND, {"a": b"one"})
    place.chmod(mode)
    assert cache.read(KIND, "a") is None
    cache.write(KIND, {"b": b"two"})
    place.chmod(0o700)
    assert (cache.read(KIND, "a"), cache.read(KIND, "b")) == (b"one", None)


def test_the_folder_of_somebody_else(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write(KIND, {"a": b"one"})
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert cache.read(KIND, "a") is None


def test_a_link_is_no_folder(place: Path, tmp_path: Path) -> None:
    cache.write(KIND, {"a": b"one"})
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert cache.read(KIND, "a") is None


@pytest.mark.parametrize("damaged", [b"", b"one", b"0" * 64, b"0" * 64 + b"one", b"\xff" * 100])
def test_damaged_entries_were_never_there(place: Path, damaged: bytes) -> None:
    cache.write(KIND, {"a": b"one"})
    (place / KIND / "a").write_bytes(damaged)
    assert cache.read(KIND, "a") is None


def test_a_folder_in_place_of_an_entry(place: Path) -> None:
    (place / KIND / "a").mkdir(parents=True)
    place.chmod(0o700)
    assert cache.read(KIND, "a") is None
    cache.write(KIND, {"a": b"one"})
    assert cache.read(KIND, "a") is None
    assert [path.name for path in (place / KIND).iterdir()] == ["a"]


def test_the_least_recently_used_make_room(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cache.KINDS, KIND, 1)
    third = b"x" * (1 << 20) + b"x"
    for at, name in enumerate("abcd"):
        cache.write(KIND, {name: third[: len(third) // 3]})
        for entry in (place / KIND).iterdir():
            os.utime(entry, (at, at)) if entry.name == name else None
        assert name == "a" or cache.read(KIND, "a") is not None
    assert sorted(path.name for path in (place / KIND).iterdir()) == ["a", "d"]
    cache.write(KIND, {"e": third * 2})
    assert cache.read(KIND, "e") is None


def test_what_a_killed_run_left_goes_too(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write(KIND, {"a": b"one"})
    (place / KIND / ".12.tmp").write_bytes(b"half")
    os.utime(place / KIND / ".12.tmp", (0, 0))
    monkeypatch.setitem(cache.KINDS, KIND, 0)
    cache.write(KIND, {"b": b"two"})
    assert list((place / KIND).iterdir()) == []


def test_ctrl_c_leaves_nothing_half_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write(KIND, {"a": b"one"})

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            cache.write(KIND, {"a": b"two"})
    assert [path.name for path in (place / KIND).iterdir()] == ["a"]
    assert cache.read(KIND, "a") == b"one"


def test_many_at_once(place: Path) -> None:
    values = [bytes([65 + at]) * 100_000 for at in range(8)]

    def turn(value: bytes) -> bool:
        cache.write(KIND, {"a": value})
        return cache.read(KIND, "a") in (*values, None)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(turn, values * 5))
    assert cache.read(KIND, "a") in values


def test_what_cannot_be_written_is_not_kept(place: Path, tmp_path: Path) -> None:
    (tmp_path / "above").write_text("a file")
    cache.write(KIND, {"a": b"one"})
    assert cache.read(KIND, "a") is None


def test_a_cache_that_cannot_be_written_to_is_read(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write(KIND, {"a": b"one"})

    def read_only(*arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "utime", read_only)
    assert cache.read(KIND, "a") == b"one"


@pytest.mark.parametrize("value", ["off", "OFF", "0", "no", "False"])
def test_switched_off(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, value)
    assert cache.folder() is None
    assert cache.read(KIND, "a") is None
    cache.write(KIND, {"a": b"one"})


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other places there")
@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/home/ada"}, "/home/ada/.cache/automcp"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "/fast"}, "/fast/automcp"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "relative"}, None),
        ({"HOME": ""}, None),
        ({"HOME": "relative"}, None),
        ({"HOME": "/home/ada", cache.VARIABLE: ""}, "/home/ada/.cache/automcp"),
        ({"HOME": "/home/ada", cache.VARIABLE: "/elsewhere"}, "/elsewhere"),
    ],
)
def test_where_it_lies(
    environment: dict[str, str], folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", cache.VARIABLE):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache.folder() == folder


def test_names_are_hashes() -> None:
    told = {cache.name_of(*parts) for parts in [("a", "b"), ("ab",), ("a",), ("", "ab"), ("../x",)]}
    assert len(told) == 5
    assert all(name.isalnum() for name in told)


def test_a_run_without_a_home(tmp_path: Path) -> None:
    """No error, whatever the place: a cache is never missed."""
    (tmp_path / "spec.yaml").write_text("automcp: 1\nname: a\nversion: 1.0.0\n")
    (tmp_path / "automcp.toml").write_text("[targets.ir]\n")
    for home in ("", "/proc/nothing", str(tmp_path / "spec.yaml")):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": home}
        del environment[cache.VARIABLE]
        ran = subprocess.run(
            [sys.executable, "-m", "automcp", "generate"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert (ran.returncode, ran.stdout) == (0, "")
        assert "error" not in ran.stderr


def test_blocks_are_counted(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that very many small entries are bounded, too."""
    monkeypatch.setattr(keep, "_BLOCK", 1 << 20)
    monkeypatch.setitem(cache.KINDS, KIND, 2)
    cache.write(KIND, {str(at): b"" for at in range(9)})
    assert len(list((place / KIND).iterdir())) == 2
