"""`automcp run`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click


@click.command("run")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--http", is_flag=True, help="Serve over streamable HTTP instead of stdio.")
@click.option("--host", help="The address to listen on, with --http.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on, with --http.")
@click.option("--python", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The interpreter of the server's environment (default: AutoMCP's own).")  # fmt: skip
def command(
    path: Path, http: bool, host: str | None, port: int | None, python: Path | None
) -> None:
    """Start the compiled server, on stdio or over HTTP.

    \b
    automcp run                        for a client that starts the server itself
    automcp run --http --port 8000
    automcp run --python .venv/bin/python
    """
    from .compiled import find_server

    if not http and (host is not None or port is not None):
        raise click.UsageError("--host and --port need --http")
    arguments = ["--http"] if http else []
    arguments += ["--host", host] if host is not None else []
    arguments += ["--port", str(port)] if port is not None else []
    server = find_server(path, python)
    _become(server.command(*arguments), server.environment())


def _become(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Replace this process, so that signals and stdio go straight to the server."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(command[0], list(command), dict(environment))
    sys.exit(subprocess.call(list(command), env=dict(environment)))
