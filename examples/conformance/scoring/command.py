"""The command line: which parts to score, the report on stdout, and the verdict as the exit code."""

from __future__ import annotations

import argparse
import dataclasses
import json
import signal
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn, TypeVar

from .conformance import Era, client_score, server_score
from .figures import CLIENT, SERVER, Part, Report, missed
from .inspector import inspect_score
from .processes import SuiteError, say
from .servers import serving
from .suites import CONFORMANCE, INSPECTOR, Suites, set_up_suites
from .verdict import Score

T = TypeVar("T")

_HERE = Path(__file__).resolve().parent.parent
_SERVE = _HERE / "serve"
_CLIENT = _HERE / "client"


@dataclasses.dataclass(frozen=True, slots=True)
class _Chosen:
    servers: Sequence[str]
    client: bool
    inspector: bool
    json_out: Path | None
    keep: Path | None


def main() -> int:
    """Score what is asked for; 0 if it reaches the figures, 1 if not."""
    # As for Ctrl-C: a server that runs in a group of its own is ended on the way out.
    signal.signal(signal.SIGTERM, _leave)
    chosen = _arguments()
    try:
        with _folder(chosen.keep) as folder:
            report = _score(chosen, set_up_suites(), folder)
    except SuiteError as error:
        return _tell(Report(), [str(error)], chosen.json_out)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return _tell(report, missed(report), chosen.json_out)


def _arguments() -> _Chosen:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Score the compiled conformance server and client by MCP's conformance suite "
        "and Inspector. Without --server, --client and --inspector: everything.",
    )
    parser.add_argument(
        "--server", action="append", choices=SERVER, default=[], metavar="DIALECT", dest="servers"
    )
    parser.add_argument("--client", action="store_true")
    parser.add_argument("--inspector", action="store_true")
    parser.add_argument("--json-out", type=Path, metavar="FILE", help="write the report there too")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the suites' own files there")
    chosen = _Chosen(**vars(parser.parse_args()))
    if chosen.servers or chosen.client or chosen.inspector:
        return chosen
    return dataclasses.replace(chosen, servers=tuple(SERVER), client=True, inspector=True)


@contextmanager
def _folder(keep: Path | None) -> Generator[Path]:
    """Where a run's own files go. A new folder per run: results of another would be counted too."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield Path(tempfile.mkdtemp(prefix=time.strftime("%Y%m%d-%H%M%S-"), dir=keep))
        return
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        yield Path(folder)


def _score(chosen: _Chosen, suites: Suites, folder: Path) -> Report:
    report = Report()
    for dialect in dict.fromkeys(chosen.servers):
        say(f"scoring the server {dialect}")
        place = folder / "server" / dialect
        results = _server_scores(suites, dialect, place)
        report.server[dialect] = _part(f"server {dialect}", results)
    if chosen.client:
        say("scoring the client")
        report.client = _part("client", _client_scores(suites, folder / "client"))
    if chosen.inspector:
        say("reading the server mcp2 with the Inspector")
        stdio = (str(_SERVE), "mcp2", "--stdio")
        report.inspector = _part("inspector", inspect_score(suites, stdio, folder / "inspector"))
    return report


def _part(name: str, results: Iterator[tuple[Era, T]]) -> Part[T]:
    """All results up to the first problem."""
    began = time.monotonic()
    got: dict[Era, T] = {}
    problem = None
    try:
        for era, result in results:
            say(f"{name} at {era}: {result}")
            got[era] = result
    except SuiteError as error:
        problem = str(error)
    return Part(got, problem, round(time.monotonic() - began, 1))


def _server_scores(suites: Suites, dialect: str, folder: Path) -> Iterator[tuple[Era, Score]]:
    with serving(_SERVE, dialect, folder / "serve.log") as url:
        for era in SERVER[dialect]:
            yield era, server_score(suites, url, era, folder / era)


def _client_scores(suites: Suites, folder: Path) -> Iterator[tuple[Era, Score]]:
    for era in CLIENT:
        yield era, client_score(suites, (str(_CLIENT),), era, folder / era)


def _tell(report: Report, misses: Sequence[str], json_out: Path | None) -> int:
    for miss in misses:
        print(f"conformance: MISSED: {_printable(miss)}", file=sys.stderr)
    if not misses:
        print("conformance: every figure is reached", file=sys.stderr, flush=True)
    versions = {"conformance": CONFORMANCE, "inspector": INSPECTOR}
    record = {"suites": versions, "missed": misses, **dataclasses.asdict(report)}
    if json_out:
        json_out.parent.mkdir(parents=True, exist_ok=True)
        json_out.write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    print(json.dumps(record))
    return 1 if misses else 0


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _printable(text: str) -> str:
    """Without control characters: parts of it are what a server or client wrote."""
    return "".join(
        mark if mark.isprintable() or mark == "\n" else "\N{REPLACEMENT CHARACTER}" for mark in text
    )
