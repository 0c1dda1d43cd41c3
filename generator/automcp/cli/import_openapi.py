"""`automcp import openapi`."""

from __future__ import annotations

import gc
import os
import posixpath
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from ..importers.openapi import Imported, Read, Selection
    from ..text.report import Report
    from ..text.source import Source

_URL = re.compile(r"(https?|ftp):/+(?:[^/?#]*@)?([^/?#@]+)", re.IGNORECASE)
_MOST = 256 * 1024 * 1024
"""Bytes of a document on standard input: the longest text that is read, in the widest UTF-8."""


@click.command("openapi")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write (default: stdout).")  # fmt: skip
@click.option("--as", "service", metavar="NAME", help="What to call the service (default: after its title).")  # fmt: skip
@click.option("--include", metavar="PATTERN", multiple=True, help="Only these operations (repeatable): `tag:pets`, `/pets/**`, `GET`, `GET /pets/*`, or an operationId; `*` stands for anything.")  # fmt: skip
@click.option("--exclude", metavar="PATTERN", multiple=True, help="Not these operations (repeatable).")  # fmt: skip
@click.option("--overlay", "overlays", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path), multiple=True, help="Change the document first, by this OpenAPI Overlay (repeatable).")  # fmt: skip
@click.option("--root", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The folder that references may not leave (default: that of FILE).")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a file that says something else.")
@click.option("--verbose", is_flag=True, help="Show each loss, however many there are of a kind.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    out: Path | None,
    service: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    overlays: tuple[Path, ...],
    root: Path | None,
    force: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Turn an OpenAPI or Swagger document into a spec.

    FILE is OpenAPI 3.0, 3.1 or 3.2, or Swagger 2.0, in YAML or JSON; `-` is standard input. Every operation
    becomes one of the spec that sends the HTTP request itself, so that nothing is left to write by hand. Files that the
    document refers to are read from its folder; nothing is fetched from the network.

    \b
    automcp import openapi api.yaml --out shop.yaml
    automcp import openapi github.json --include tag:issues --exclude DELETE
    curl -s https://example.com/openapi.json | automcp import openapi -
    """
    from ..importers.openapi import Selection
    from ..text.report import Rejected, Report
    from .imported import finish, refuse
    from .terminal import show_findings

    if service is not None:
        _check_name(service)
    if gc.isenabled():
        # What is read is kept until the end: there is no garbage to look for.
        gc.disable()
        ctx.call_on_close(gc.enable)
    report = Report()
    try:
        chosen = Selection(include, exclude)
        imported = _imported(file, root, service, chosen, overlays, report)
    except Rejected as rejected:
        refuse(ctx, rejected, as_json=as_json)
    if not imported.operations and (include or exclude):
        show_findings(found for found in [*report, *imported.losses] if found.code == "AM628")
        raise click.UsageError("--include and --exclude leave no operation")
    finish(
        ctx,
        imported.spec,
        [*report, *imported.losses],
        out=out,
        force=force,
        as_json=as_json,
        facts=_facts(imported),
        summary=_summary(imported),
        fewer=[*report, *imported.losses.summed()],
        verbose=verbose,
    )


def _imported(
    file: Path,
    root: Path | None,
    service: str | None,
    chosen: Selection,
    overlays: Sequence[Path],
    report: Report,
) -> Imported:
    """What a document becomes. Raises `Rejected`."""
    from ..importers.openapi import import_openapi
    from ..project import read_source

    _check_place(file)
    source = _stdin() if str(file) == "-" else read_source(file)
    top = _top(file, root)
    return import_openapi(
        source,
        _reader(top),
        report,
        top=top,
        name=service,
        selection=chosen,
        overlays=[read_source(overlay) for overlay in overlays],
    )


def _facts(imported: Imported) -> dict[str, object]:
    size = imported.size
    return {
        "operations": imported.operations,
        "skipped": imported.skipped,
        "groups": len(imported.spec["groups"]),
        "tools": {"bytes": size.total, "input_bytes": size.inputs, "tokens": size.tokens},
    }


def _summary(imported: Imported) -> str:
    size = imported.size
    groups = len(imported.spec["groups"])
    skipped = f", {imported.skipped:,} left out" if imported.skipped else ""
    return (
        f"{_counted(imported.operations, 'operation')} in {_counted(groups, 'group')}{skipped}; "
        f"the list of tools: about {_kilobytes(size.total)}, "
        f"of which models are shown about {size.tokens:,} tokens"
    )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _kilobytes(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(1, round(number / 1e3))} kB"


def _check_name(name: str) -> None:
    from re import fullmatch

    from ..spec.decode.vocabulary import NAME

    if not fullmatch(NAME.regex, name):
        raise click.UsageError(f"--as {name!r}: a name is {NAME.meaning}")


def _check_place(file: Path) -> None:
    """Raises `Rejected`, `AM522`, if it is a URL, which nobody fetches."""
    found = _URL.match(str(file))
    if found is not None:
        # What a path makes of two slashes.
        place = f"{found[1]}://{found[2]}"
        _reject(
            f"the document at {place} is on the network, and nothing is fetched",
            "download it, and give the file; or `curl -sf URL | automcp import openapi -`",
        )


def _reject(message: str, help: str | None = None) -> NoReturn:
    from ..text.report import Diagnostic, Rejected, Report

    report = Report()
    report.add(Diagnostic("AM522", message, help=help))
    raise Rejected(report)


def _stdin() -> Source:
    """The document on standard input. Raises `Rejected`, `AM522`."""
    from ..importers.openapi import STDIN
    from ..text.source import Source

    data = sys.stdin.buffer.read(_MOST + 1) if sys.stdin is not None else b""
    if not data.strip():
        help = "what stands in front of the pipe printed nothing; see what it says by itself"
        _reject("nothing came on standard input", help)
    why = "it is too large"
    if len(data) <= _MOST:
        try:
            return Source(STDIN, data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            why = "it is not UTF-8 text"
    _reject(f"standard input cannot be read: {why}")


def _top(file: Path, root: Path | None) -> str | None:
    from ..project.files import shown

    if root is not None:
        return posixpath.normpath(shown(root).replace(os.sep, "/"))
    return None if str(file) == "-" else posixpath.dirname(shown(file).replace(os.sep, "/"))


def _reader(top: str | None) -> Read:
    """Reads files that references name, unless a link leads out of the folder that they have to stay in."""
    from ..project import read_file

    if top is None:
        return read_file
    real = Path(top or ".").resolve()

    def read(name: str) -> Source:
        if not Path(name).resolve().is_relative_to(real):
            raise OSError(0, "a link leads out of the document's folder")
        return read_file(name)

    return read
