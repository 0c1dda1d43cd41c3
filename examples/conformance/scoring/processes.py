"""Starting other people's programs so that they, and what they start themselves, always end again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

Command = Sequence[str | os.PathLike[str]]


class SuiteError(Exception):
    """Something kept a suite from giving a score; the message says what."""


def say(what: str) -> None:
    """A line of progress, on stderr: stdout carries only the result."""
    print(f"conformance: {what} ...", file=sys.stderr, flush=True)


@contextmanager
def started(
    command: Command,
    log: Path,
    *,
    grace: float,
    errors: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Generator[subprocess.Popen[bytes]]:
    """A process in a group of its own; nothing of the group is left afterwards.

    It writes to `log`, and what it writes on stderr to `errors` if that is given; `environ` is
    added to the environment. It is interrupted first, then terminated, then killed, with `grace`
    seconds in between.

    Raises:
        SuiteError: it cannot be started.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output, (errors or log).open("ab") as error_output:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=error_output,
                env={**os.environ, **(environ or {})},
                start_new_session=True,
            )
        except OSError as error:
            raise SuiteError(f"{command[0]} cannot be started: {error.strerror}") from error
    try:
        yield process
    finally:
        _end(process, grace)


def run(
    command: Command,
    log: Path,
    *,
    limit: float,
    errors: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> int | None:
    """Run a command to its end and return its exit code; None if it took over `limit` seconds."""
    with started(command, log, grace=1, errors=errors, environ=environ) as process:
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return None


def tail(log: Path, lines: int = 20) -> str:
    """The last lines that a process wrote, indented, for a message."""
    text = log.read_text("utf-8", errors="replace") if log.exists() else ""
    last = text.splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in last) or "    (it wrote nothing)"


def _end(process: subprocess.Popen[bytes], grace: float) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        _signal(process, number)
        try:
            process.wait(grace)
            break
        except subprocess.TimeoutExpired:
            continue
    _signal(process, signal.SIGKILL)  # the process itself, or what it left behind in its group
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
