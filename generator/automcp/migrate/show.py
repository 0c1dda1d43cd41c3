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
_OVER_STDIO = """
import importlib
def lead(name):
    try:
        kind = importlib.import_module(name).FastMCP
    except Exception:
        return
    async def served(self, *words, **named):
        await self.run_stdio_async()
    def run(self, *words, **named):
        import anyio
        anyio.run(self.run_stdio_async)
    for other in ("run_async", "run_http_async", "run_sse_async", "run_streamable_http_async"):
        if hasattr(kind, other):
            setattr(kind, other, served)
    kind.run = run
for name in ("mcp.server.fastmcp", "fastmcp"):
    lead(name)
"""
_FILE = (
    "import runpy, sys; sys.argv[0] = {path!r}; sys.path.insert(0, {folder!r})\n"
    "runpy.run_path({path!r}, run_name='__main__')"
)
_OBJECT = (
    "import runpy, sys; sys.path.insert(0, {folder!r})\n"
    "runpy.run_path({path!r}, run_name='server')[{object!r}].run()"
)
_MODULE = "import runpy; runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
_QUIET = {
    "FASTMCP_CHECK_FOR_UPDATES": "off",
    "FASTMCP_SHOW_CLI_BANNER": "false",
    "FASTMCP_SHOW_SERVER_BANNER": "false",
    # Adapters serve over it, whatever the code says.
    "LEGACY_MCP_TRANSPORT": "stdio",
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
    over_stdio: bool = False,
) -> Captured:
    """What a server offers, asked over stdio.

    Args:
        python: The interpreter of the environment that has what the server needs.
        start: How it is started: as it was found, or the name and the target of a console script.
        prefix: What cuts it off from the network.
        over_stdio: Whether a legacy server that serves HTTP is made to serve stdin and stdout.

    Raises:
        CannotCapture: It does not start, or does not answer as MCP wants it, or not in time.
    """
    with tempfile.TemporaryDirectory(prefix="automcp-migrate-", ignore_cleanup_errors=True) as made:
        scratch = Path(made).resolve()
        copy, home = scratch / "project", scratch / "home"
        copy_tree(project, copy)
        home.mkdir()
        code = _code(start, copy)
        run = ["-c", _OVER_STDIO + code] if over_stdio else _words(start, copy, code)
        words = [*prefix, str(python.absolute()), *run, *arguments]
        paths = os.pathsep.join([str(copy / "src"), str(copy)])
        found = {**_QUIET, "HOME": str(home), "TMPDIR": str(scratch), "PYTHONPATH": paths}
        reach = Command(tuple(words), {**found, **environment}, str(copy))
        return capture(reach, seconds, mode="legacy")


def _words(start: Entry | tuple[str, str], copy: Path, code: str) -> list[str]:
    if isinstance(start, File) and start.object is None:
        source = start.source
        if start.module:
            return ["-m", start.module]
        return [str(copy / source.path)]
    return ["-c", code]


def _code(start: Entry | tuple[str, str], copy: Path) -> str:
    """What starts a server, as Python."""
    if isinstance(start, File):
        if start.module:
            return _MODULE.format(module=start.module)
        path = copy / start.source.path
        if start.object is not None:
            return _OBJECT.format(path=str(path), folder=str(path.parent), object=start.object)
        return _FILE.format(path=str(path), folder=str(path.parent))
    name, target = (start.name, start.target) if isinstance(start, Script) else start
    module, _, function = target.partition(":")
    return _CONSOLE.format(name=name, module=module, function=function)
