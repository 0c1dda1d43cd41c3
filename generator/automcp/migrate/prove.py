"""Proves a migrated project: what it shows, compared with what the legacy server showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..importers.server.capture import CannotCapture, Captured
from .carry import Carried
from .compare import Difference, differences
from .declared import requirements
from .entry import Entry
from .environment import CannotInstall, build, offline_prefix
from .manifest import listed_requirements
from .requirements import TARGETS
from .show import show
from .survey import Project

_LEGACY = ("mcp<2", "fastmcp<4")


@dataclass(frozen=True, slots=True)
class Trial:
    """How servers are tried.

    Attributes:
        install: Whether environments may be built, which downloads what projects require.
        legacy_python: An interpreter that has what the legacy server needs, instead.
        python: One that has what the result needs, instead.
        environment: What the servers find in their environment.
        arguments: What they are started with.
        seconds: How long an installation, or a server's answers, may take.
    """

    install: bool
    legacy_python: Path | None = None
    python: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    arguments: Sequence[str] = ()
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Proof:
    """What trying both servers came to.

    Attributes:
        before: What the legacy server showed; `None` if it was not tried, or did not start.
        after: What the result shows; the same.
        found: What differs.
        reasons: Why something was not tried, or did not start.
    """

    before: Captured | None
    after: Captured | None
    found: tuple[Difference, ...]
    reasons: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether both were tried, and show the same."""
        return self.before is not None and self.after is not None and not self.found


def prove(project: Project, carried: Carried, place: Path, scratch: Path, trial: Trial) -> Proof:
    """Start the legacy server and the result, and compare what they show.

    Args:
        place: The folder of the result.
        scratch: A folder for environments.
    """
    prefix = offline_prefix()
    starts = trial.install or trial.legacy_python is not None or trial.python is not None
    reasons: list[str] = []
    if starts and not prefix:
        reasons.append("servers were started with the network on: this system cannot cut it off")
    before = _shown(
        "the legacy server", reasons, project.folder, trial, carried.entry, prefix,
        trial.legacy_python, scratch / "legacy", requirements(project), _LEGACY,
    )  # fmt: skip
    after = _shown(
        "the result", reasons, place, trial, carried.script, prefix,
        trial.python, scratch / "result", listed_requirements(carried.files["pyproject.toml"]),
        [f"{name}{bounds}" for name, bounds in TARGETS.items()],
    )  # fmt: skip
    found = differences(before, after) if before is not None and after is not None else ()
    return Proof(before, after, found, tuple(reasons))


def _shown(
    what: str,
    reasons: list[str],
    folder: Path,
    trial: Trial,
    start: Entry | tuple[str, str],
    prefix: Sequence[str],
    python: Path | None,
    place: Path,
    requirements: Sequence[str],
    constraints: Sequence[str],
) -> Captured | None:
    """What one of the servers shows; `None`, and a reason more, if it cannot be tried."""
    try:
        if python is None:
            if not trial.install:
                reasons.append(f"{what} was not started: nothing may be installed")
                return None
            python = build(place, requirements, constraints, trial.seconds * 5)
        return show(
            folder,
            python,
            start,
            prefix=prefix,
            environment=trial.environment,
            arguments=trial.arguments,
            seconds=trial.seconds,
        )
    except CannotInstall as error:
        reasons.append(f"what {what} needs cannot be installed: {error}")
    except CannotCapture as error:
        reasons.append(f"{what} does not start here: {error}")
    return None
