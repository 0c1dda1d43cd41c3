"""The command line by click: one module per command, imported when the command is used."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any, NoReturn

import click

from ..version import VERSION
from . import INTERRUPTED, is_unwritable
from .overview import ABOUT, COMMANDS, EPILOG, HELP_OPTIONS, OPTIONS, VERSION_LINE

_INTERNAL_ERROR = 70


class _Commands(click.Group):
    """Knows the commands' names and first lines, and imports a command only to run it."""

    def __init__(self, **settings: Any) -> None:
        listed = [click.Command(name, short_help=text) for name, text in COMMANDS.items()]
        super().__init__(commands=listed, **settings)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from ..text.suggest import did_you_mean

            hint = did_you_mean(args[0], COMMANDS) or "`automcp --help` lists them"
            raise click.UsageError(f"no command {args[0]!r}: {hint}", ctx)
        name, listed, rest = super().resolve_command(ctx, args)
        return name, _load(name) if name else listed, rest

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise
        except (KeyboardInterrupt, click.Abort):
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            if isinstance(error, OSError) and is_unwritable(error):
                raise
            _fail(ctx, error)


@click.group(
    cls=_Commands,
    help=ABOUT,
    epilog=EPILOG,
    context_settings={"help_option_names": list(HELP_OPTIONS), "max_content_width": 100},
)
@click.version_option(VERSION, message=VERSION_LINE, help=OPTIONS["--version"])
def automcp() -> None:
    """The group of all commands."""


def _load(name: str) -> click.Command:
    """The command itself, from its module."""
    module = f".{name}_" if iskeyword(name) else f".{name}"
    command: object = import_module(module, __package__).command
    assert isinstance(command, click.Command)
    return command


def _fail(ctx: click.Context, error: Exception) -> NoReturn:
    """End with the findings if the user's input is at fault, or else with a plea."""
    import traceback

    from ..text.report import Rejected
    from .terminal import show_findings

    if isinstance(error, Rejected):
        show_findings(error.report)
        ctx.exit(1)
    if os.environ.get("AUTOMCP_TRACEBACK"):
        traceback.print_exception(error)
        ctx.exit(_INTERNAL_ERROR)
    kind = type(error).__name__
    click.echo(
        f"automcp: internal error ({kind}). This is a bug in AutoMCP, not in your spec.\n"
        f"Please report it with the output of: AUTOMCP_TRACEBACK=1 {_command_line()}",
        err=True,
    )
    ctx.exit(_INTERNAL_ERROR)


def _command_line() -> str:
    import shlex

    return shlex.join(["automcp", *sys.argv[1:]])
