"""Which running server is meant: by a command, a URL, or an entry of a client's configuration."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from ..importers.server.dial import Reach


def reach_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options that say how a server is reached, beside `--url`."""
    for option in (
        click.option("--header", "headers", metavar="'NAME: VALUE'", multiple=True, help="For --url: sent with every request (repeatable)."),
        click.option("--env", "variables", metavar="NAME=VALUE", multiple=True, help="For --command: what the server finds in its environment (repeatable)."),
    ):  # fmt: skip
        function = option(function)
    return function


def reach_of(
    name: str | None,
    words: str | None,
    url: str | None,
    config: Path | None,
    variables: Sequence[str],
    headers: Sequence[str],
) -> Reach:
    """What the options say.

    Raises:
        click.UsageError: They do not go together.
        Rejected: `AM662`, the configuration has no such server.
    """
    from ..importers.server.dial import CannotReach, Command, Url, configured
    from ..project.files import shown

    check_together(words, url, variables, headers)
    if config is not None:
        try:
            return configured(config.read_text("utf-8-sig", "replace"), name)
        except CannotReach as error:
            reject("AM662", f"{shown(config)}: {error}", error.help)
    if url is not None:
        return Url(url, dict(_pair(one, ":", "--header 'NAME: VALUE'") for one in headers))
    return Command(
        _split(words or ""), dict(_pair(one, "=", "--env NAME=VALUE") for one in variables)
    )


def check_together(
    words: str | None, url: str | None, variables: Sequence[str], headers: Sequence[str]
) -> None:
    """Nothing, if each option has the one that it belongs to.

    Raises:
        click.UsageError: One has not.
    """
    if variables and words is None:
        raise click.UsageError("--env goes with --command")
    if headers and url is None:
        raise click.UsageError("--header goes with --url")


def reject(code: str, message: str, help: str | None) -> NoReturn:
    """End with one finding.

    Raises:
        Rejected: Always.
    """
    from ..text.report import Diagnostic, Rejected, Report

    report = Report()
    report.add(Diagnostic(code, message, help=help))
    raise Rejected(report)


def _split(words: str) -> tuple[str, ...]:
    try:
        found = tuple(shlex.split(words))
    except ValueError as error:
        raise click.UsageError(f"--command: {error}") from None
    if not found:
        raise click.UsageError("--command is empty")
    return found


def _pair(text: str, separator: str, wanted: str) -> tuple[str, str]:
    key, found, value = text.partition(separator)
    if not found or not key.strip():
        raise click.UsageError(f"{text!r}: it is {wanted}")
    return key.strip(), value.strip() if separator == ":" else value
