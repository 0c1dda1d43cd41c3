"""`automcp import openapi`."""

from __future__ import annotations

import gc
import os
import posixpath
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..importers.openapi import Imported, Read
    from ..text.source import Source

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
    from ..importers.openapi import Selection, import_openapi
    from ..project import read_source
    from ..text.report import Report
    from .imported import finish

    if service is not None:
        _check_name(service)
    if gc.isenabled():
        # What is read is kept until the end: there is no garbage to look for.
        gc.disable()
        ctx.call_on_close(gc.enable)
    report = Report()
    source = _stdin() if str(file) == "-" else read_source(file)
    top = _top(file, root)
    imported = import_openapi(
        source,
        _reader(top),
        report,
        top=top,
        name=service,
        selection=Selection(include, exclude),
        overlays=[read_source(overlay) for overlay in overlays],
    )
    if not imported.operations and (include or exclude):
        raise click.UsageError("--include and --exclude leave no operation")
    told = imported.losses if as_json else imported.losses.summed()
    finish(
        ctx,
        imported.spec,
        [*report, *told],
        out=out,
        force=force,
        as_json=as_json,
        facts=_facts(imported),
        summary=_summary(imported),
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


def _stdin() -> Source:
    """The document on standard input. Raises `Rejected`, `AM522`."""
    from ..importers.openapi import STDIN
    from ..text.report import Diagnostic, Report
    from ..text.source import Source

    data = sys.stdin.buffer.read(_MOST + 1)
    why = "it is too large"
    if len(data) <= _MOST:
        try:
            return Source(STDIN, data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            why = "it is not UTF-8 text"
    report = Report()
    report.add(Diagnostic("AM522", f"standard input cannot be read: {why}"))
    report.settle()
    raise AssertionError


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
