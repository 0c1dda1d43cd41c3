"""Counts what a client does: calls, latency, errors."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .categories import ErrorCategory

BUCKETS: tuple[float, ...] = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0)
"""Upper bounds of the latency histogram, in seconds; one more bucket holds what is above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationMetrics:
    """One operation's calls so far. Durations are in seconds, pauses between attempts included.

    Attributes:
        histogram: How many calls ended within each of `BUCKETS`, and how many took longer.
    """

    calls: int
    successes: int
    failures: int
    retries: int
    total_duration: float
    longest: float
    histogram: tuple[int, ...]

    @property
    def mean_duration(self) -> float:
        return self.total_duration / self.calls if self.calls else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsSnapshot:
    """A client's numbers at one moment.

    Attributes:
        operations: By `group.operation`.
        errors: How many calls failed, by category and operation.
    """

    operations: Mapping[str, OperationMetrics]
    errors: Mapping[tuple[ErrorCategory, str], int]

    @property
    def calls(self) -> int:
        return sum(operation.calls for operation in self.operations.values())

    @property
    def successes(self) -> int:
        return sum(operation.successes for operation in self.operations.values())

    @property
    def failures(self) -> int:
        return sum(operation.failures for operation in self.operations.values())

    @property
    def retries(self) -> int:
        return sum(operation.retries for operation in self.operations.values())

    def top_errors(self, count: int = 5) -> list[tuple[ErrorCategory, str, int]]:
        """The most frequent failures: category, operation, how often."""
        ranked = Counter(dict(self.errors)).most_common(count)
        return [(category, operation, number) for (category, operation), number in ranked]


@dataclass(slots=True)
class _Tally:
    successes: int = 0
    failures: int = 0
    retries: int = 0
    total: float = 0.0
    longest: float = 0.0
    histogram: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))


class ClientMetrics:
    """Collects the numbers of one client; a call costs it about a microsecond."""

    def __init__(self) -> None:
        self._tallies: dict[str, _Tally] = {}
        self._errors: Counter[tuple[ErrorCategory, str]] = Counter()

    def succeeded(self, operation: str, duration: float, attempts: int) -> None:
        self._ended(operation, duration, attempts).successes += 1

    def failed(
        self, operation: str, duration: float, attempts: int, category: ErrorCategory
    ) -> None:
        self._ended(operation, duration, attempts).failures += 1
        self._errors[category, operation] += 1

    def snapshot(self) -> MetricsSnapshot:
        """The numbers as they are now; later calls do not change it."""
        return MetricsSnapshot(
            operations={name: _frozen(tally) for name, tally in self._tallies.items()},
            errors=dict(self._errors),
        )

    def _ended(self, operation: str, duration: float, attempts: int) -> _Tally:
        tally = self._tallies.get(operation)
        if tally is None:
            tally = self._tallies[operation] = _Tally()
        tally.total += duration
        tally.longest = max(tally.longest, duration)
        tally.histogram[bisect_left(BUCKETS, duration)] += 1
        if attempts > 1:
            tally.retries += attempts - 1
        return tally


def _frozen(tally: _Tally) -> OperationMetrics:
    return OperationMetrics(
        calls=tally.successes + tally.failures,
        successes=tally.successes,
        failures=tally.failures,
        retries=tally.retries,
        total_duration=tally.total,
        longest=tally.longest,
        histogram=tuple(tally.histogram),
    )
