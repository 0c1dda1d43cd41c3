"""Builds throw-away environments: the legacy server's own, and that of the result."""

from __future__ import annotations

import os
import platform
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from packaging.specifiers import InvalidSpecifier, SpecifierSet

_LAST = 1_500
"""So many characters of what an installer said are shown when it failed."""

_SECONDS_TO_SAY = 30


class CannotInstall(Exception):
    """An environment cannot be built; the message says why."""


def build(
    folder: Path,
    requirements: Sequence[str],
    constraints: Sequence[str],
    seconds: float,
    itself: Mapping[str, object],
) -> Path:
    """Make a virtual environment, and install into it, with `uv` where it is there, else with `pip`.

    Args:
        folder: Where to: a folder that is not there yet, or one where the very environment was made before.
        seconds: How long all of it may take.
        itself: The table `project` of the project's `pyproject.toml`: the Python that it wants, and the name and the
            version that servers ask for. It is not installed.

    Returns:
        Its interpreter.

    Raises:
        CannotInstall: What is required cannot be installed, or not in time.
    """
    home, ready = folder / "venv", folder / "ready"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if ready.exists():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wanted, bounds = folder / "requirements.txt", folder / "constraints.txt"
    wanted.write_text("\n".join(requirements) + "\n", "utf-8")
    bounds.write_text("\n".join(constraints) + "\n", "utf-8")
    listed = ["-r", str(wanted), "-c", str(bounds)]
    uv = shutil.which("uv")
    if uv:
        steps = [
            [uv, "venv", "-q", "--python", _python(uv, itself), str(home)],
            [uv, "pip", "install", "-q", "--python", str(python), *listed],
        ]
    else:
        steps = [
            [sys.executable, "-m", "venv", str(home)],
            [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *listed],
        ]
    for step in steps:
        _run(step, seconds)
    name, version = itself.get("name"), itself.get("version")
    if isinstance(name, str):
        _pretend(home, name, version if isinstance(version, str) else "0.0.0")
    ready.touch()
    return python


def _python(uv: str, itself: Mapping[str, object]) -> str:
    """This interpreter if the project can live with it, else one that is here and that it asks for."""
    wanted = itself.get("requires-python")
    try:
        if not isinstance(wanted, str) or SpecifierSet(wanted).contains(platform.python_version()):
            return sys.executable
    except InvalidSpecifier:
        return sys.executable
    words = [uv, "python", "find", "--no-project", "--no-python-downloads", wanted]
    return _said(words) or sys.executable


def _pretend(home: Path, name: str, version: str) -> None:
    """Let `importlib.metadata` know the project, whose code is not run to build it."""
    said = f"Metadata-Version: 2.1\nName: {_plain(name)}\nVersion: {_plain(version)}\n"
    stem = re.sub(r"[^A-Za-z0-9.]+", "_", name)
    for place in (*home.glob("lib/python*/site-packages"), *home.glob("Lib/site-packages")):
        info = place / f"{stem}-{re.sub(r'[^A-Za-z0-9.+]+', '_', version)}.dist-info"
        if not info.exists():
            info.mkdir()
            (info / "METADATA").write_text(said, "utf-8")


def _plain(text: str) -> str:
    return " ".join(text.split())


def installed(python: Path, name: str) -> str | None:
    """The version of a package that an interpreter finds; `None` if it finds none."""
    asked = "import importlib.metadata as found, sys; print(found.version(sys.argv[1]))"
    return _said([str(python), "-I", "-c", asked, name])


def is_python(path: Path) -> bool:
    """Whether a program is an interpreter that runs."""
    return _said([str(path), "-I", "-c", "print(6 * 7)"]) == "42"


def _said(words: list[str]) -> str | None:
    """What a short command prints; `None` if it fails."""
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS_TO_SAY,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _run(words: list[str], seconds: float) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    try:
        started = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotInstall(f"`{words[0]}` cannot be started: {error.strerror}") from error
    with started:
        try:
            said, _ = started.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise CannotInstall(
                f"it took more than {seconds:g} seconds, five times `--timeout`"
            ) from None
        finally:
            _end(started)
    if started.returncode:
        raise CannotInstall(said.strip()[-_LAST:])


def _end(started: subprocess.Popen[str]) -> None:
    """Leave no process behind: what an installer starts, is of its group."""
    if sys.platform == "win32":
        started.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(started.pid, signal.SIGKILL)
