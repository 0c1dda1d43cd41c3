"""`automcp import`: a command for each kind of thing that can become a spec."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

_KINDS = {
    "openapi": "An OpenAPI or Swagger document.",
    "server": "A running MCP server.",
}


class _Kinds(click.Group):
    """Knows the kinds by name, and imports what reads one only to use it."""

    def __init__(self, **settings: Any) -> None:
        listed = [click.Command(name, short_help=text) for name, text in _KINDS.items()]
        super().__init__(commands=listed, **settings)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, listed, rest = super().resolve_command(ctx, args)
        if name is None:
            return name, listed, rest
        command: object = import_module(f".import_{name}", __package__).command
        assert isinstance(command, click.Command)
        return name, command, rest


@click.command("import", cls=_Kinds)
def command() -> None:
    """Turn what exists into a spec.

    The spec goes to stdout, or to the file that --out names. What it cannot say of what was there is told on
    stderr: every loss is a note with a code that `automcp explain` knows.

    \b
    automcp import openapi api.yaml --out shop.yaml
    automcp import server --command 'uvx mcp-server-git' --out git.yaml
    """
