"""`automcp run`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click


@click.command("run")
@click.argument("path", envvar="AUTOMCP_CONFIG_PATH", type=click.Path(path_type=Path), default=".")
@click.option("--http", is_flag=True, help="Serve over streamable HTTP instead of stdio.")
@click.option("--host", help="The address to listen on, with --http.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on, with --http.")
@click.option("-g", "--group", hidden=True)
@click.option("-t", "--timeout", type=float, hidden=True)
@click.option("-m", "--mode", type=click.Choice(["normal", "stdio"]), hidden=True)
@click.option("-v", "--verbose", is_flag=True, hidden=True)
@click.option("--python", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The interpreter of the server's environment (default: AutoMCP's own).")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    /,
    path: Path,
    http: bool,
    host: str | None,
    port: int | None,
    python: Path | None,
    **former: object,
) -> None:
    """Start the compiled server, on stdio or over HTTP.

    \b
    automcp run                        for a client that starts the server itself
    automcp run --http --port 8000
    automcp run --python .venv/bin/python

    A configuration of service groups is served, as by `automcp serve`.
    """
    from .compiled import find_server

    if not http and (host is not None or port is not None):
        raise click.UsageError("--host and --port need --http")
    if _configures_groups(path):
        ctx.exit(_serve(ctx, path, http, host, port, former))
    if any(former.values()):
        raise click.UsageError("--group, --timeout, --mode and --verbose need a configuration of service groups")  # fmt: skip
    arguments = ["--http"] if http else []
    arguments += ["--host", host] if host is not None else []
    arguments += ["--port", str(port)] if port is not None else []
    server = find_server(path, python)
    _become(server.command(*arguments), server.environment())


def _configures_groups(path: Path) -> bool:
    if path.suffix.lower() not in (".yaml", ".yml", ".json") or not path.is_file():
        return False
    from ..servicegroups.reading import is_configuration

    return is_configuration(path.read_text("utf-8", "replace"), path.suffix)


def _serve(
    ctx: click.Context,
    path: Path,
    http: bool,
    host: str | None,
    port: int | None,
    former: Mapping[str, object],
) -> int:
    """What `automcp serve` does; whose words are those of `automcp run` of former times, but for two."""
    from .serve import command as serve

    words = [str(path), *(["--http"] if http else [])]
    words += ["--host", host] if host is not None else []
    words += ["--port", str(port)] if port is not None else []
    for name in ("group", "timeout"):
        words += [f"--{name}", str(former[name])] if former[name] is not None else []
    found = serve.main(words, prog_name="automcp serve", standalone_mode=False)
    return found if isinstance(found, int) else 0


def _become(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Replace this process, so that signals and stdio go straight to the server."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(command[0], list(command), dict(environment))
    sys.exit(subprocess.call(list(command), env=dict(environment)))
