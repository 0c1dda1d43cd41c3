"""Starts a server in a throw-away copy, and records what it shows."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..importers.server.capture import Captured, capture
from ..importers.server.dial import Command
from .deliver import copy_tree
from .entry import Entry, File, Script

_CONSOLE = (
    "import importlib, sys; sys.argv[0] = {name!r}; found = importlib.import_module({module!r})\n"
    "for part in {function!r}.split('.'): found = getattr(found, part)\n"
    "sys.exit(found())"
)
_QUIET = {
    "FASTMCP_CHECK_FOR_UPDATES": "off",
    "FASTMCP_SHOW_CLI_BANNER": "false",
    "FASTMCP_SHOW_SERVER_BANNER": "false",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
}


def show(
    project: Path,
    python: Path,
    start: Entry | tuple[str, str],
    *,
    prefix: Sequence[str],
    environment: Mapping[str, str],
    arguments: Sequence[str],
    seconds: float,
) -> Captured:
    """What a server offers, asked over stdio.

    Args:
        python: The interpreter of the environment that has what the server needs.
        start: How it is started: as it was found, or the name and the target of a console script.
        prefix: What cuts it off from the network.

    Raises:
        CannotCapture: It does not start, or does not answer as MCP wants it, or not in time.
    """
    with tempfile.TemporaryDirectory(prefix="automcp-migrate-", ignore_cleanup_errors=True) as made:
        scratch = Path(made).resolve()
        copy, home = scratch / "project", scratch / "home"
        copy_tree(project, copy)
        home.mkdir()
        words = [*prefix, str(python.absolute()), *_words(start, copy), *arguments]
        paths = os.pathsep.join([str(copy / "src"), str(copy)])
        found = {**_QUIET, "HOME": str(home), "TMPDIR": str(scratch), "PYTHONPATH": paths}
        return capture(Command(tuple(words), {**found, **environment}, str(copy)), seconds)


def _words(start: Entry | tuple[str, str], copy: Path) -> list[str]:
    if isinstance(start, File):
        source = start.source
        if source.path.endswith("__main__.py") and source.package:
            return ["-m", source.package]
        return [str(copy / source.path)]
    name, target = (start.name, start.target) if isinstance(start, Script) else start
    module, _, function = target.partition(":")
    return ["-c", _CONSOLE.format(name=name, module=module, function=function)]
