"""Measures compiled servers, clients and the generator beside their peers, all in one run.

make bench             everything, some five minutes
make bench QUICK=1     the figures that matter most, below two minutes

Prints what was measured and the ratios, and writes bench.json and bench.svg. Samples of all subjects are taken in
turns, so what else the machine does meets them alike: compare ratios, not times.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from .clients import measure as clients_measured
from .commands import of_commands
from .figures import Figure, figures
from .measures import Effort, of_servers
from .plot import svg
from .sampling import Measure
from .service import write
from .subjects import all_of_them, two


def main() -> None:
    """Run it. Ends with 1 if a figure was missed and `--strict` was given."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds, one SDK, below two minutes"
    )
    parser.add_argument(
        "--out", type=Path, default=Path(), help="where bench.json and bench.svg go"
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a figure is missed")
    chosen = parser.parse_args()
    out: Path = chosen.out
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="automcp-bench-"))
    try:
        measures = _measured(folder, Effort(quick=chosen.quick))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found = list(figures({one.key: one for one in measures}))
    console = Console(width=None if sys.stdout.isatty() else 150)
    for one in measures:
        console.print(_table(one))
    console.print(_ratios(found))
    (out / "bench.json").write_text(json.dumps(_record(measures, found), indent=2) + "\n", "utf-8")
    (out / "bench.svg").write_text(svg(found), "utf-8")
    missed = [one.key for one in found if not one.reached]
    console.print(f"written: {out / 'bench.json'}, {out / 'bench.svg'}")
    if missed:
        console.print(f"missed: {', '.join(missed)}")
    sys.exit(1 if missed and chosen.strict else 0)


def _measured(folder: Path, effort: Effort) -> list[Measure]:
    measures: list[Measure] = []

    def take(one: Measure) -> None:
        measures.append(one)
        print(f"bench: {time.strftime('%H:%M:%S')} {one.title}", file=sys.stderr, flush=True)

    for one in of_commands(folder, effort):
        take(one)
    for one in clients_measured(write(folder, 10), write(folder, 500)):
        take(one)
    for one in of_servers(two if effort.quick else all_of_them, folder, effort):
        take(one)
    return measures


def _table(measure: Measure) -> Table:
    table = Table(title=f"{measure.title} ({measure.unit})", title_justify="left")
    table.add_column("")
    for name in ("median", "least", "middle half"):
        table.add_column(name, justify="right")
    for subject in measure.samples:
        spread = measure.spread(subject)
        middle = f"{spread.lower:.4g} – {spread.upper:.4g}"
        table.add_row(subject, f"{spread.median:.4g}", f"{spread.least:.4g}", middle)
    return table


_BAR = 30


def _ratios(found: Sequence[Figure]) -> Table:
    """The figures, with a bar each: half of it is 1."""
    table = Table(title="Figures", title_justify="left")
    for name in ("", "figure"):
        table.add_column(name)
    for name in ("median", "middle half", "to reach"):
        table.add_column(name, justify="right")
    table.add_column("")
    for one in found:
        spread = one.spread
        must = "" if one.must is None else f"{'≤' if one.at_most else '≥'} {one.must:g}"
        mark = "" if one.must is None else "[green]✓[/]" if one.reached else "[red]✗[/]"
        bar = "█" * min(_BAR, round(spread.median * 3)) if one.unit == "x" else ""
        middle = f"{spread.lower:.2f} – {spread.upper:.2f}"
        table.add_row(mark, one.title, f"{spread.median:.2f} {one.unit}", middle, must, bar)
    return table


def _record(measures: Sequence[Measure], found: Sequence[Figure]) -> dict[str, float]:
    """Flat: the figures by their keys, then every median by measure, subject and unit."""
    record = {one.key: round(one.spread.median, 3) for one in found}
    for one in measures:
        for subject in one.samples:
            record[f"{one.key}/{subject}/{one.unit}"] = round(one.spread(subject).median, 3)
    return record


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("bench: interrupted", file=sys.stderr)
        sys.exit(130)
