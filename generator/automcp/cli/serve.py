"""`automcp serve`."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import click

if TYPE_CHECKING:
    from ..runtime.legacy_groups.server import AutoMCPServer
    from ..servicegroups.reading import Configured
    from ..text.report import Report


_NAMES_CLASSES = re.compile(r"\bclass_path\b|\bgroups\b")


@click.command("serve")
@click.argument("config", required=False, envvar="AUTOMCP_CONFIG_PATH", type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("-g", "--group", metavar="NAME", help="Serve this group of a service alone.")
@click.option("-t", "--timeout", type=click.FloatRange(0, min_open=True), default=30.0, show_default=True, help="Seconds that a call has.")  # fmt: skip
@click.option("--http", is_flag=True, help="Serve over streamable HTTP instead of stdio.")
@click.option("--host", help="The address to listen on, with --http.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on, with --http.")
@click.option("--separator", type=click.Choice([".", "_", "-", "none"]), help="What stands between group and operation in names of tools: some hosts refuse dots; `none` leaves the group out (default: a dot).")  # fmt: skip
@click.option("--mask-errors", is_flag=True, help="Tell callers only that an operation failed; why is logged.")  # fmt: skip
@click.option("--install", is_flag=True, help="Install the `packages` that are missing, into AutoMCP's own environment; asks first.")  # fmt: skip
@click.option("--yes", is_flag=True, help="With --install: do not ask.")
@click.option("--check", is_flag=True, help="Load everything, say what would be served, and end.")
@click.option("--json", "as_json", is_flag=True, help="With --check: print one JSON object on stdout.")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    config: Path | None,
    group: str | None,
    timeout: float,
    http: bool,
    host: str | None,
    port: int | None,
    separator: str | None,
    mask_errors: bool,
    install: bool,
    yes: bool,
    check: bool,
    as_json: bool,
) -> None:
    """Serve the groups of a configuration, as it is.

    CONFIG is YAML or JSON that names classes of operations (default: $AUTOMCP_CONFIG_PATH, else the only one in this
    folder). They are imported from the current folder, from around CONFIG, and from what is installed beside AutoMCP.

    \b
    automcp serve service.yaml                     for a client that starts the server itself
    automcp serve service.yaml --http --port 8000
    automcp serve service.yaml --install           installs what its `packages` lack, after asking
    automcp serve service.yaml --check             what is wrong with it, and which tools it has
    """
    from ..runtime.server.logs import log_plainly
    from ..text.render import visible
    from ..text.report import Rejected, Report
    from .terminal import findings_json, show_findings, show_json

    if not http and (host is not None or port is not None):
        raise click.UsageError("--host and --port need --http")
    if as_json and not check:
        raise click.UsageError("--json needs --check")
    if yes and not install:
        raise click.UsageError("--yes needs --install")
    report = Report()
    options = _Options(timeout, separator, mask_errors, (not yes) if install else None)
    try:
        server = _open(config or _only_one(), group, report, options)
    except Rejected as rejected:
        report, server = rejected.report, None
    if as_json:
        tools = [one.name for one in server.fastmcp.operations] if server else []
        show_json({"ok": server is not None, "findings": findings_json(report), "tools": tools})
    else:
        show_findings(report)
    if server is None:
        ctx.exit(1)
    log_plainly()
    if not check:
        ctx.exit(_serve(server, (host or "127.0.0.1", 8000 if port is None else port) if http else None))  # fmt: skip
    if not as_json:
        for one in server.fastmcp.operations:
            click.echo(visible(one.name))


def _only_one() -> Path:
    """The configuration in the current folder. Raises `click.UsageError` if there is none, or more."""
    from ..servicegroups.reading import is_configuration

    found = [
        path
        for path in sorted(Path().iterdir())
        if path.suffix.lower() in (".yaml", ".yml", ".json")
        and path.is_file()
        # Many a JSON file has a name, and nothing more of a configuration.
        and _NAMES_CLASSES.search(text := path.read_text("utf-8", "replace"))
        and is_configuration(text, path.suffix)
    ]
    if len(found) != 1:
        named = f"CONFIG, one of {', '.join(map(str, found))}" if found else "CONFIG: here is none"
        raise click.UsageError(f"say which configuration, as {named}")
    return found[0]


class _Options(NamedTuple):
    """How a configuration is served.

    Attributes:
        asks: Whether to ask before missing packages are installed; `None` if none are.
    """

    timeout: float
    separator: str | None
    mask: bool
    asks: bool | None


def _open(path: Path, group: str | None, report: Report, options: _Options) -> AutoMCPServer:
    """The server of a configuration. Raises `Rejected` if there is none; the report says why."""
    from contextlib import redirect_stdout

    from .. import stand_ins
    from ..project.files import read_source
    from ..servicegroups.opening import narrowed, open_server, set_environment, set_import_path
    from ..servicegroups.reading import read

    found = read(read_source(path), report)
    if group is not None:
        found = narrowed(found, group, report)
    if options.asks is not None:
        _install(found, asks=options.asks)
    stand_ins.install()
    set_environment(found, report)
    report.settle()
    set_import_path(path, found)
    # On stdio, stdout is the protocol's; what groups print while they are imported is not.
    with redirect_stdout(sys.stderr):
        return open_server(
            found,
            report,
            timeout=options.timeout,
            separator=options.separator,
            mask=options.mask,
        )


def _install(found: Configured, *, asks: bool) -> None:
    """Install what is missing, or end the command."""
    from .installing import CannotInstall, install_lacking

    try:
        install_lacking(found, asks=asks)
    except CannotInstall as error:
        click.echo(f"error: {error}", err=True)
        raise click.exceptions.Exit(1) from None


def _serve(server: AutoMCPServer, address: tuple[str, int] | None) -> int:
    """Serve until the client leaves; gives the exit code."""
    import anyio

    from ..text.render import visible

    if address is not None and _is_taken(*address):
        host, port = address
        click.echo(visible(f"error: port {port} of {host} is taken: say another with --port"), err=True)  # fmt: skip
        return 3
    try:
        if address is None:
            anyio.run(server.start)
        else:
            anyio.run(server.start_http, *address)
    except SystemExit as ended:
        # The web server ends so where it cannot start, and has said why.
        return 1 if ended.code else 0
    except Exception as error:
        # The lifespan or the start of a group fails.
        for one in _reasons(error):
            click.echo(visible(f"error: {type(one).__name__}: {one}"), err=True)
        return 1
    return 0


def _is_taken(host: str, port: int) -> bool:
    """Whether another program listens there; whatever else is wrong with the address, the web server says."""
    import errno
    import socket

    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        return False
    for family, kind, protocol, _, place in found:
        try:
            with socket.socket(family, kind, protocol) as tried:
                if os.name == "posix":
                    # As asyncio does: connections that have just ended keep nobody away.
                    tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    tried.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                tried.bind(place)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
    return False


def _reasons(error: BaseException) -> list[BaseException]:
    """What lies behind an error: task groups wrap each."""
    if isinstance(error, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", error)
        return [reason for one in group.exceptions for reason in _reasons(one)]
    return [error]
