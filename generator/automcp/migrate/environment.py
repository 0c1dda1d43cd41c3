"""Builds throw-away environments: the legacy server's own, and that of the result."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_LAST = 1_500
"""So many characters of what an installer said are shown when it failed."""


class CannotInstall(Exception):
    """An environment cannot be built; the message says why."""


def build(
    folder: Path, requirements: Sequence[str], constraints: Sequence[str], seconds: float
) -> Path:
    """Make a virtual environment, and install into it, with `uv` where it is there, else with `pip`.

    Args:
        folder: Where to, a folder that is not there yet.
        seconds: How long all of it may take.

    Returns:
        Its interpreter.

    Raises:
        CannotInstall: What is required cannot be installed, or not in time.
    """
    folder.mkdir(parents=True)
    wanted, bounds = folder / "requirements.txt", folder / "constraints.txt"
    wanted.write_text("\n".join(requirements) + "\n", "utf-8")
    bounds.write_text("\n".join(constraints) + "\n", "utf-8")
    home = folder / "venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    listed = ["-r", str(wanted), "-c", str(bounds)]
    uv = shutil.which("uv")
    if uv:
        steps = [
            [uv, "venv", "-q", "--python", sys.executable, str(home)],
            [uv, "pip", "install", "-q", "--python", str(python), *listed],
        ]
    else:
        steps = [
            [sys.executable, "-m", "venv", str(home)],
            [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *listed],
        ]
    for step in steps:
        _run(step, seconds)
    return python


def _run(words: list[str], seconds: float) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotInstall(f"it took more than {seconds:g} seconds") from None
    except OSError as error:
        raise CannotInstall(f"`{words[0]}` cannot be started: {error.strerror}") from error
    if done.returncode:
        raise CannotInstall((done.stdout + done.stderr).strip()[-_LAST:])


def offline_prefix() -> list[str]:
    """What to put before a command so that it has no network but its own machine's; empty if the system has nothing."""
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    if not unshare:
        return []
    tried = subprocess.run([unshare, "-n", "true"], capture_output=True, check=False)
    if tried.returncode:
        return []
    up = f"{ip} link set lo up; " if ip else ""
    return [unshare, "-n", "sh", "-c", f'{up}exec "$@"', "sh"]
