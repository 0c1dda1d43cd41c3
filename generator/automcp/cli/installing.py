"""Installs what a configuration of service groups requires: only when it was told to, and after asking."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec

import click

from ..servicegroups.packages import lacks, own_versions
from ..servicegroups.reading import Configured
from ..text.render import visible

_STDERR = 2


class CannotInstall(Exception):
    """Nobody can be asked, somebody said no, or the installer failed; the message says which."""


def install_lacking(found: Configured, *, asks: bool) -> None:
    """Install the packages that a configuration requires and does not find, beside AutoMCP.

    What AutoMCP itself runs on keeps its version: where a package cannot live with that, nothing is installed.

    Args:
        asks: Ask first, on the terminal.

    Raises:
        CannotInstall: It is not installed.
    """
    wanted = [one.text for one in lacks(found) if one.installable]
    if not wanted:
        return
    for one in wanted:
        click.echo(f"not installed: {visible(one)}", err=True)
    where = f"the environment of {sys.executable}"
    if asks and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CannotInstall(
            "--install asks first, and nobody is here to be asked: add --yes, or install it before"
        )
    if asks and not click.confirm(f"Install it into {where}?", err=True):
        raise CannotInstall("nothing was installed")
    _run([*_installer(), *wanted, *(f"{name}=={version}" for name, version in _kept())])
    importlib.invalidate_caches()


def _kept() -> list[tuple[str, str]]:
    """What must stay as it is; not AutoMCP, which need not be installed from where others are."""
    return sorted((name, version) for name, version in own_versions().items() if name != "automcp")


def _installer() -> list[str]:
    if find_spec("pip") is not None:
        return [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-input",
        ]
    uv = shutil.which("uv")
    if uv is None:
        raise CannotInstall("neither pip nor uv is here to install with")
    return [uv, "pip", "install", "-q", "--python", sys.executable]


def _run(words: Sequence[str]) -> None:
    # On stdio, stdout and stdin are the protocol's.
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=_STDERR, check=False)
    if done.returncode:
        raise CannotInstall("it cannot be installed: what the installer said is above")
