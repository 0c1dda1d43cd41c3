"""Connects to a server, and says in plain words why that failed."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any, cast

from mcp import MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CONNECTION_CLOSED
from pydantic import ValidationError

from ...runtime.client.http import HttpServer, http_transport, refusal
from ...text.report import quoted
from .dial import Command, Reach, Url


def transport(reach: Reach, said: IO[str]) -> Any:
    """What the SDK's client reaches a server through.

    Args:
        said: Takes what a server that is started says on stderr; a file of the system's.
    """
    if isinstance(reach, Url):
        return http_transport(HttpServer(url=reach.url, headers=reach.headers))
    return stdio_client(_parameters(reach), errlog=cast("Any", said))


def _parameters(command: Command) -> StdioServerParameters:
    program, *arguments = command.words
    return StdioServerParameters(
        command=program,
        args=arguments,
        env=dict(command.environment) or None,
        cwd=command.folder,
    )


def reason(error: BaseException, reach: Reach) -> tuple[str, str | None]:
    """Why a server could not be asked, and what can be done: task groups wrap the reason, and so does the SDK."""
    while isinstance(error, BaseExceptionGroup):
        error = cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = "/".join(str(one) for one in first["loc"] if not isinstance(one, int))
        return (
            f"it answered what MCP does not allow, at {quoted(where)}: {first['msg'].lower()}",
            None,
        )
    if isinstance(error, FileNotFoundError | PermissionError | NotADirectoryError):
        return _cannot_start(error, reach)
    refused = refusal(error) if isinstance(error, MCPError) else None
    if refused is not None and refused.unsent:
        return (
            f"nobody answers at its address: {error}",
            "see that it runs, and that the URL is right",
        )
    if refused is not None and refused.logged_out:
        return "it wants to know who asks (401)", "say `--header 'Authorization: Bearer …'`"
    if isinstance(error, MCPError):
        closed = error.code == CONNECTION_CLOSED
        return "it ended before it answered" if closed else f"it does not speak MCP: {error}", None
    return str(error) or type(error).__name__, None


def _cannot_start(error: OSError, reach: Reach) -> tuple[str, str | None]:
    if isinstance(reach, Command) and reach.folder and not Path(reach.folder).is_dir():
        return f"there is no folder {quoted(reach.folder)} to start it in", None
    program = reach.words[0] if isinstance(reach, Command) else str(error.filename)
    if isinstance(error, PermissionError):
        return f"{quoted(program)} is no program that may be started", None
    return f"there is no program {quoted(program)}", "give its path, or install it"
