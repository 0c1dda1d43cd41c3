"""Runs a command, and makes what it wrote or how it ended the operation's answer."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from ..bound.declared import declared
from ..shared.failure import ArgumentError, BackendError, DeclaredError
from ..shared.model import UNSET, Json, Unset
from .argv import plain, written
from .process import Ended, TooMuch, finish

Kind: TypeAlias = Literal["text", "lines", "json", "none"]

LIMIT = 10_000_000
"""How many bytes of output are read, unless the spec says otherwise."""

INHERITED = (
    *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"),
    # Windows: without these, programs do not even start.
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP"),
    *("USERPROFILE", "USERNAME", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES"),
)
"""What a command sees of the server's environment, unless the spec says otherwise: nothing that holds secrets."""

_BATCH = (".bat", ".cmd")


async def run(
    argv: Sequence[str],
    *,
    output: Kind = "text",
    stdin: object = UNSET,
    cwd: str | Unset = UNSET,
    environment: Mapping[str, str | Unset] | None = None,
    inherited: Sequence[str] = INHERITED,
    succeeds: Collection[int] = (0,),
    errors: Mapping[int, type[DeclaredError]] | None = None,
    otherwise: type[DeclaredError] | None = None,
    secrets: Sequence[str | Unset] = (),
    limit: int = LIMIT,
) -> Json:
    """What a command writes to its standard output.

    Args:
        argv: The program and its arguments; what callers sent went through `argv.words` and its like.
        output: How it is read: as text (without the last line's end), as a list of lines, or as JSON. Bytes that are
            no UTF-8 are replaced.
        stdin: What the command can read: text, or anything else as JSON.
        cwd: The folder that it works in; the server's own without.
        environment: What it sees of an environment besides the variables that are `inherited`.
        succeeds: The exit codes that are no failure.
        errors: The declared errors by exit code; `otherwise` for any other. Their message is what was written to the
            standard error output; their data, as far as it has such members: `code`, `stderr`, `stdout`.
        secrets: Texts that no message may repeat.
        limit: How many bytes it may write.

    Raises:
        ArgumentError: An argument is nothing that a command can be given.
        DeclaredError: The command failed with one of `errors`.
        BackendError: It could not be started, failed otherwise, or wrote what nobody can read.
    """
    name = Path(argv[0]).name
    try:
        ended = await finish(
            [plain("an argument", word) for word in _found(argv)],
            stdin=None if stdin is UNSET else written("the input", stdin).encode(),
            cwd=None if isinstance(cwd, Unset) else plain("the folder", cwd),
            environment=_environment(inherited, environment or {}),
            limit=limit,
        )
    except OSError as error:
        raise _unstarted(name, cwd, error) from error
    except BaseExceptionGroup as group:
        if group.subgroup(TooMuch) is None:
            raise
        raise BackendError(f"{name} wrote more than {limit} bytes") from None
    if ended.code in succeeds:
        return _read(name, ended.stdout, output)
    raise _failed(name, ended, (errors or {}).get(ended.code, otherwise), secrets)


def _found(argv: Sequence[str]) -> Sequence[str]:
    if os.name == "posix":
        return argv
    program = shutil.which(argv[0]) or argv[0]
    if program.lower().endswith(_BATCH):
        # These are run by a shell, whatever one does, and it has rules of its own for what is quoted.
        raise BackendError(
            f"{Path(program).name} is a batch file, which cannot be given arguments safely"
        )
    return [program, *argv[1:]]


def _environment(inherited: Sequence[str], own: Mapping[str, str | Unset]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in inherited if name in os.environ}
    given = {name: plain(name, text) for name, text in own.items() if not isinstance(text, Unset)}
    return {**kept, **given}


def _unstarted(name: str, cwd: str | Unset, error: OSError) -> Exception:
    if isinstance(cwd, str) and not Path(cwd).is_dir():
        return BackendError(
            f"{name} cannot be started: the folder that it is to work in does not exist"
        )
    if error.errno == errno.E2BIG:
        return ArgumentError("all together", f"is more than {name} can be given")
    reason = "there is no such program" if error.errno == errno.ENOENT else error.strerror
    return BackendError(f"{name} cannot be started: {reason}")


def _read(name: str, data: bytes, output: Kind) -> Json:
    if output == "none":
        return None
    text = data.decode("utf-8", "replace")
    if output == "text":
        return text.removesuffix("\n").removesuffix("\r")
    if output == "lines":
        return (
            [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
            if text
            else []
        )
    try:
        value: Json = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BackendError(f"{name} wrote no JSON: {error}") from error
    return value


def _refuse(constant: str) -> Json:
    raise ValueError(f"{constant} is no JSON")


def _failed(
    name: str, ended: Ended, kind: type[DeclaredError] | None, secrets: Sequence[str | Unset]
) -> Exception:
    stderr, stdout = (_concealed(data, secrets) for data in (ended.stderr, ended.stdout))
    said = stderr.strip() or stdout.strip()
    if kind is None:
        return BackendError(f"{name} {_ending(ended.code)}{f': {said}' if said else ''}")
    facts: dict[str, Json] = {"code": ended.code, "stderr": stderr, "stdout": stdout}
    return declared(kind, said, facts, only_known=True)


def _concealed(data: bytes, secrets: Sequence[str | Unset]) -> str:
    text = data.decode("utf-8", "replace")
    for secret in secrets:
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "***")
    return text


def _ending(code: int) -> str:
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
