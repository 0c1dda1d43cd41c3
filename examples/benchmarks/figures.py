"""The figures that `bench.json` holds: each a ratio, or a cost, with what it has to reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .clients import SDK, TYPED
from .commands import FLOOR
from .sampling import Measure, Spread
from .subjects import OURS, PEER


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        unit: "x", or what it is measured in.
        must: What it has to reach; `None` if nothing was set.
        at_most: Whether less is better.
    """

    key: str
    title: str
    spread: Spread
    unit: str = "x"
    must: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool:
        if self.must is None:
            return True
        value = round(self.spread.median, 2)
        return value <= self.must if self.at_most else value >= self.must


_MUST = {
    "stdio_call_small_cpu": 1.8,
    "http_call_small_cpu": 1.1,
    "tools_list_500": 2.0,
    "startup_10": 0.95,
    "startup_100": 1.15,
    "startup_500": 1.9,
    "client_small": 1.4,
    "client_100k": 8.0,
}
_AT_MOST = {
    "rss_500": 0.8,
    "client_overhead_us": 5.0,
    "cli_help": 3.0,
    "generate_unchanged": 5.0,
    "generate_1000_vs_10": 2.0,
}


def figures(measures: Mapping[str, Measure]) -> Iterator[Figure]:
    """All that follow from what was measured."""
    for measure in measures.values():
        if OURS in measure.samples:
            yield from _of_servers(measure)
        elif TYPED in measure.samples:
            ratios = measure.ratios(TYPED, SDK)
            yield Figure(
                measure.key,
                f"{measure.title}: {SDK} / {TYPED}",
                ratios,
                must=_MUST.get(measure.key),
            )
    yield from _of_commands(measures)


def _of_servers(measure: Measure) -> Iterator[Figure]:
    if measure.key.startswith("rss_"):
        share = measure.ratios(PEER, OURS)
        most = _AT_MOST.get(measure.key)
        yield Figure(
            measure.key, f"{measure.title}: {OURS} / {PEER}", share, must=most, at_most=True
        )
        return
    title = f"{measure.title}: {PEER} / {OURS}"
    yield Figure(measure.key, title, measure.ratios(OURS, PEER), must=_MUST.get(measure.key))


def _of_commands(measures: Mapping[str, Measure]) -> Iterator[Figure]:
    if "client_overhead" in measures:
        spread = measures["client_overhead"]
        cost = Spread.of(
            [a - b for a, b in zip(spread.samples["with"], spread.samples["without"], strict=True)]
        )
        yield _most("client_overhead_us", "attempts, breaker, metrics: cost of a call", cost, "us")
    if "commands" in measures:
        started = measures["commands"]
        yield _most("cli_help", f"automcp --help / {FLOOR}", started.ratios(FLOOR, "--help"))
        unchanged = started.ratios(FLOOR, "generate, unchanged")
        yield _most("generate_unchanged", f"automcp generate, unchanged / {FLOOR}", unchanged)
    if "generation" in measures:
        made = measures["generation"]
        for key, kind in (
            ("generate_1000_vs_10", " without models, cold"),
            ("generate_1000_vs_10_models", ", cold"),
            ("generate_1000_vs_10_models_known", ", models known"),
        ):
            ratios = made.ratios(f"10{kind}", f"1000{kind}")
            yield _most(key, f"1,000 operations / 10{kind}", ratios)
        for kind in ("unchanged", "one changed"):
            ratios = made.ratios(f"1000, {kind}", "1000, cold")
            key = f"generate_1000_cold_vs_{kind.replace(' ', '_')}"
            yield Figure(key, f"1,000 operations, cold / {kind}", ratios)


def _most(key: str, title: str, spread: Spread, unit: str = "x") -> Figure:
    return Figure(key, title, spread, unit, _AT_MOST.get(key), at_most=True)
