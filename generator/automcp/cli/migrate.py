"""`automcp migrate`."""

from __future__ import annotations

import shlex
import signal
import sys
import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..migrate.prove import Trial


_MOST_NAMED = 20


@click.command("migrate")
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where the result comes to: a new or empty folder; with --check, where it is.")  # fmt: skip
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; say what would become of it, or whether --out is what would.",
)
@click.option("--yes", is_flag=True, help="Install what the servers need to be tried, into throw-away environments, without asking.")  # fmt: skip
@click.option("--python", "legacy_python", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An interpreter that has what the legacy server needs; nothing is installed for it.")  # fmt: skip
@click.option("--new-python", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An interpreter that has what the result needs; nothing is installed for it.")  # fmt: skip
@click.option("--env", "variables", metavar="NAME=VALUE", multiple=True, help="What the servers find in their environment when they are tried (repeatable).")  # fmt: skip
@click.option("--args", "arguments", metavar="'ARGUMENT …'", default="", help="What the servers are started with when they are tried.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=60.0, show_default=True, help="Seconds that a server has to show what it offers; an installation has five times as many.")  # fmt: skip
@click.option("--modernise/--keep", "modern", default=None, help="Whether tools that are understood become plain functions of a compiled server (the default, but with --sdk-only), or all of them stay carried.")  # fmt: skip
@click.option("--sdk-only", is_flag=True, help="Take the project to today's SDK where it lies, in a git work tree that is clean; with --out, in a copy.")  # fmt: skip
@click.option("--diff", is_flag=True, help="With --sdk-only: print what would change in the files that are there, and write nothing.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    out: Path | None,
    check: bool,
    yes: bool,
    legacy_python: Path | None,
    new_python: Path | None,
    variables: tuple[str, ...],
    arguments: str,
    timeout: float,
    modern: bool | None,
    sdk_only: bool,
    diff: bool,
    as_json: bool,
) -> None:
    """Take a legacy MCP project to today's SDK.

    SOURCE is the folder of a Python project whose server is made with mcp 1 or fastmcp 2 or 3. The result is a copy
    that runs on mcp 2 or fastmcp 4: its logic is untouched, and imports what the old SDK offered from an adapter
    that lies beside it. If it may, the command starts the server before and after, in throw-away copies without a
    network, and compares what callers see.

    \b
    automcp migrate legacy --out migrated --yes
    automcp migrate legacy --out migrated --python legacy/.venv/bin/python
    automcp migrate legacy --check --json
    automcp migrate legacy --check --out migrated --yes
    automcp migrate . --sdk-only --diff
    """
    from ..migrate.prove import Trial

    if sdk_only and modern:
        raise click.UsageError("--sdk-only and --modernise exclude each other")
    if diff and (out is not None or not sdk_only):
        raise click.UsageError("--diff is for --sdk-only, without --out")
    if out is None and not check and not sdk_only:
        raise click.UsageError(
            "say where the result comes to, with --out, or --check, or --sdk-only"
        )
    _check_pythons({"--python": legacy_python, "--new-python": new_python})
    trial = Trial(
        install=yes or _may_install(legacy_python, new_python),
        legacy_python=legacy_python,
        python=new_python,
        environment=dict(map(_pair, variables)),
        arguments=_split(arguments),
        seconds=timeout,
    )
    with _ending_like_interrupted():
        if sdk_only and out is None:
            from .sdk_only import run_in_place

            ctx.exit(
                run_in_place(source, trial, write=not (check or diff), diff=diff, as_json=as_json)
            )
        modern = modern is not False and not sdk_only
        ctx.exit(_migrate(source, out, check, trial, modern, as_json))


def _migrate(
    source: Path, out: Path | None, check: bool, trial: Trial, modern: bool, as_json: bool
) -> int:
    from ..migrate import project, report
    from ..migrate.deliver import CannotDeliver
    from ..migrate.entry import NoServer
    from ..migrate.tree import CannotRead
    from .terminal import show_json

    differing: tuple[str, ...] = ()
    stood = out is not None and out.is_dir() and any(out.iterdir())
    try:
        if check and out is not None:
            carried, proof, differing = project.check(source, out, trial, modern=modern)
        else:
            carried, proof = project.migrate(source, out, trial, modern=modern)
    except (CannotDeliver, CannotRead, NoServer) as error:
        _say(f"error: {error}")
        return 1
    written = None if check or stood else out
    if as_json:
        record = report.as_json(carried, proof)
        show_json(
            {
                **record,
                "written": str(written) if written else None,
                "differing": list(map(report.plain, differing)),
            }
        )
    else:
        _say(
            *report.summary(carried, proof), *_standing(out, differing, written, carried.script[0])
        )
    unproven = check and trial.asked and not proof.holds
    failed = proof.found or (proof.before is not None and proof.after is None)
    return 1 if failed or differing or unproven else 0


def _standing(
    out: Path | None, differing: tuple[str, ...], written: Path | None, script: str
) -> Iterator[str]:
    """What became of the folder of the result."""
    if written is not None:
        yield f"wrote {written}: start it with `{script}`"
    elif out is not None and not differing:
        yield f"{out} is what would be written: nothing changes"
    elif differing:
        count = "1 file differs" if len(differing) == 1 else f"{len(differing)} files differ"
        yield f"{out} is not what would be written; {count}:"
        yield from (f"  {path}" for path in differing[:_MOST_NAMED])
        if len(differing) > _MOST_NAMED:
            yield f"  and {len(differing) - _MOST_NAMED} more"
        yield (
            "if nobody edited it: say the words that it was made with (--yes, --keep), and take the AutoMCP that made it; "
            "a result that you go on with needs no check"
        )


def _say(*lines: str) -> None:
    from ..text.render import visible

    for line in lines:
        click.echo("\n".join(map(visible, line.splitlines())), err=True)


def _interrupt(number: int, frame: object) -> None:
    signal.raise_signal(signal.SIGINT)


@contextmanager
def _ending_like_interrupted() -> Generator[None]:
    """Let the command end as by Ctrl-C when it is told to end otherwise: nothing stays behind then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), _interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _check_pythons(given: Mapping[str, Path | None]) -> None:
    """Nothing, if each interpreter is one. Raises `click.UsageError`."""
    from ..migrate.environment import is_python

    for option, python in given.items():
        if python is not None and not is_python(python):
            raise click.UsageError(f"{option}: {python} is no Python that runs here")


def _may_install(legacy_python: Path | None, new_python: Path | None) -> bool:
    """Ask, where there is somebody to ask, and something to install."""
    if legacy_python is not None and new_python is not None:
        return False
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(
        "To compare the servers, what they require is installed into throw-away environments, and they are started. "
        "Go on?",
        err=True,
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(f"{text!r}: it is --env NAME=VALUE")
    return name, value


def _split(words: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(words))
    except ValueError as error:
        raise click.UsageError(f"--args: {error}") from None
