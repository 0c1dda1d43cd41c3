"""A project as a value: one spec, the targets that it goes to, and where their files go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from ..text.report import Diagnostic, Rejected, Report
from ..text.source import Span
from ..text.suggest import did_you_mean

DEFAULT_TARGETS = ("server", "client", "tests")


@dataclass(frozen=True, slots=True)
class Job:
    """One target of a project.

    Attributes:
        target: The target's name.
        out: The folder of its files, relative to the project's root, with `/`.
        options: What the project file sets for it, as written.
        place: Where the project file names it, for diagnostics; `None` if it does not.
        places: Where each option stands.
    """

    target: str
    out: str
    options: Mapping[str, object] = field(default_factory=dict[str, object])
    place: Span | None = None
    places: Mapping[str, Span] = field(default_factory=dict[str, Span])


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of a model's attention the list of tools may take, in tokens; `None` is no limit.

    Attributes:
        list: All tools together.
        tool: Each tool.
        places: Where the project file says which.
    """

    list: int | None = None
    tool: int | None = None
    places: Mapping[str, Span] = field(default_factory=dict[str, Span])


@dataclass(frozen=True, slots=True)
class Project:
    """What to compile, and to where.

    Attributes:
        root: The folder that all output stays inside, and that holds the lock.
        spec: The spec file.
        jobs: The targets to make now.
        others: Names of the project's targets that are not to be made now.
        implied: No project file says so: a spec alone was named, or found.
    """

    root: Path
    spec: Path
    jobs: tuple[Job, ...]
    others: tuple[str, ...] = ()
    budget: Budget = Budget()
    implied: bool = False

    @property
    def modules(self) -> tuple[str, ...]:
        """The folders in which the compiled server may find modules: its own first, then those of the project."""
        own = [self.root / job.out / "src" for job in self.jobs if job.target == "server"]
        around = (self.root, self.root / "src", self.spec.parent / "src") if own else ()
        return tuple(dict.fromkeys(str(folder) for folder in (*own, *around)))

    def narrowed(self, targets: Iterable[str]) -> Project:
        """The same project with only `targets` to make; all of them if none is named.

        Raises:
            Rejected: `AM524` if the project has no such target.
        """
        wanted = tuple(dict.fromkeys(targets))
        names = [job.target for job in self.jobs]
        for name in wanted:
            if name not in names:
                reject(_unknown_target(name, names))
        if not wanted:
            return self
        jobs = tuple(job for job in self.jobs if job.target in wanted)
        return replace(self, jobs=jobs, others=tuple(name for name in names if name not in wanted))

    def moved(self, out: Path | None) -> Project:
        """The same project written below `out`, the lock too; unchanged without `out`."""
        return replace(self, root=out) if out else self


def default_jobs() -> tuple[Job, ...]:
    """The targets of a project that names none: each in a folder of its name."""
    return tuple(Job(name, name) for name in DEFAULT_TARGETS)


def _unknown_target(name: str, known: Iterable[str]) -> Diagnostic:
    names = tuple(known)
    listed = ", ".join(f"`{item}`" for item in names)
    return Diagnostic(
        "AM524",
        f"this project has no target `{name}`",
        help=did_you_mean(name, names) or f"it has {listed}",
    )


def reject(diagnostic: Diagnostic) -> NoReturn:
    """End with one finding."""
    report = Report()
    report.add(diagnostic)
    raise Rejected(report)
