"""Samples of several subjects, taken in turns, and what follows from them."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

SubjectT = TypeVar("SubjectT")


@dataclass(frozen=True)
class Spread:
    """What several samples say together; of what kind, the measure knows."""

    median: float
    least: float
    lower: float
    upper: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        lower, median, upper = (
            statistics.quantiles(values, n=4, method="inclusive")
            if len(values) > 1
            else [values[0]] * 3
        )
        return cls(median, min(values), lower, upper)


@dataclass
class Measure:
    """One thing that was measured of several subjects.

    Attributes:
        key: Its name in `bench.json`.
        unit: Of the samples.
        samples: By subject, one of each round.
    """

    key: str
    title: str
    unit: str
    samples: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def add(self, subject: str, value: float) -> None:
        self.samples.setdefault(subject, []).append(value)

    def spread(self, subject: str) -> Spread:
        return Spread.of(self.samples[subject])

    def ratios(self, subject: str, peer: str) -> Spread:
        """How many times as much `peer` takes as `subject`, round by round."""
        pairs = zip(self.samples[peer], self.samples[subject], strict=True)
        return Spread.of([theirs / own for theirs, own in pairs])


def in_turns(
    subjects: Mapping[str, SubjectT], rounds: int, sample: Callable[[str, SubjectT], None]
) -> None:
    """Take a sample of each subject, in another order each round, so many rounds long."""
    # The order is random, not the result: what else the machine does meets all subjects alike.
    for _ in range(rounds):
        for name in random.sample(list(subjects), len(subjects)):
            sample(name, subjects[name])


def cpu_seconds(process: int) -> float:
    """The CPU time that a process has had, of all its threads."""
    if sys.platform == "linux":
        # The process's CPU clock (clock_getcpuclockid, POSIX) counts nanoseconds; `ps` counts hundredths.
        return time.clock_gettime((~process << 3) | 2)
    return _clock(_ps("time", process))


def resident_megabytes(process: int) -> float:
    """The memory that a process has, shared libraries and all."""
    return int(_ps("rss", process)) / 1024


def _ps(column: str, process: int) -> str:
    command = ["ps", "-o", f"{column}=", "-p", str(process)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _clock(text: str) -> float:
    """The seconds of `[[hours:]minutes:]seconds`."""
    seconds = 0.0
    for part in text.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
