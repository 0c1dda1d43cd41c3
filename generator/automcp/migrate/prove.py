"""Proves a migrated project: what it shows, compared with what the legacy server showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..importers.server.capture import Captured
from . import overlay
from .attempt import Attempts, Trial
from .carry import Carried
from .compare import Difference, differences
from .configurations import configuration_of
from .deliver import say
from .environment import installed
from .era import environments, older
from .manifest import listed_requirements
from .requirements import TARGETS, requirement_name
from .survey import Project
from .unstarted import Unstarted, by_sources
from .vendored import release_module

__all__ = ["Proof", "Trial", "prove"]

_LEGACY = "the legacy server"


@dataclass(frozen=True, slots=True)
class Proof:
    """What trying both servers came to.

    Attributes:
        before: What the legacy server showed; `None` if it was not tried, or did not start.
        after: What the result shows; the same.
        found: What differs.
        reasons: Why something was not tried, or did not start.
        ran_with: The releases of the SDKs that the legacy server was tried with.
        learnt: Files of the result that say what was learnt from the legacy server, by their paths.
        untold: What differed before the adapters were told of it.
        unstarted: What its sources say, if it was not tried, or did not start.
        not_tried: The servers that were not, because nothing may be installed, and what names an interpreter for each.
        instead_of: The folder that says something else than what was tried, and would be written there now.
    """

    before: Captured | None
    after: Captured | None
    found: tuple[Difference, ...]
    reasons: tuple[str, ...]
    ran_with: Mapping[str, str] = field(default_factory=dict[str, str])
    learnt: Mapping[str, str] = field(default_factory=dict[str, str])
    unstarted: Unstarted | None = None
    untold: tuple[Difference, ...] = ()
    not_tried: Mapping[str, str] = field(default_factory=dict[str, str])
    instead_of: Path | None = None

    @property
    def holds(self) -> bool:
        """Whether both were tried, and show the same."""
        return self.before is not None and self.after is not None and not self.found


def prove(project: Project, carried: Carried, place: Path, scratch: Path, trial: Trial) -> Proof:
    """Start the legacy server and the result, and compare what they show.

    What the result cannot derive as the old SDK did, it is told: the release of before, and what was listed.

    Args:
        place: The folder of the result.
        scratch: A folder for environments.

    Raises:
        CannotRead: A project cannot be copied.
        CannotDeliver: The disk refuses.
    """
    config = None
    if not trial.arguments and (trial.install or trial.legacy_python or trial.python):
        config = configuration_of(project, carried.entry)
    if config is None:
        return _Trying(project, carried, place, scratch, trial).proof()
    proof = _Trying(project, carried, place, scratch, replace(trial, arguments=(config,))).proof()
    said = f"tried with the configuration `{config}`; `--args` says another"
    return replace(proof, reasons=(said, *proof.reasons))


class _Trying:
    """The servers while they are tried."""

    def __init__(
        self, project: Project, carried: Carried, place: Path, scratch: Path, trial: Trial
    ) -> None:
        self._project, self._carried, self._trial = project, carried, trial
        self._place = place
        self._attempts = Attempts(project, scratch, trial)
        self._learnt: dict[str, str] = {}
        self._not_tried: dict[str, str] = {}
        self._ran_with: dict[str, str] = {}

    def proof(self) -> Proof:
        before = self._before()
        python = self._new_python()
        after = self._after(python)
        untold = differences(before, after) if before is not None and after is not None else ()
        found = untold
        if python is not None and before is not None and found:
            after, found = self._laid_over(python, before, after, found)
        unstarted = None
        if before is None and self._carried.modern is None and not self._project.migrated:
            unstarted = by_sources(self._project, self._carried.entry, after)
        reasons = tuple(self._attempts.reasons)
        return Proof(
            before,
            after,
            found,
            reasons,
            self._ran_with,
            self._learnt,
            unstarted,
            untold,
            self._not_tried,
        )

    def _before(self) -> Captured | None:
        """What the legacy server shows; `None`, and a reason more, if it cannot be tried."""
        attempts, entry, given = self._attempts, self._carried.entry, self._trial.legacy_python
        if self._project.migrated:
            attempts.reasons.append(
                "it is migrated already: there is no legacy server to compare with"
            )
            return None
        if given is None and not self._trial.install:
            self._not_tried[_LEGACY] = "--python"
            return None
        needed, bounds = self._needed, environments(self._project, self._carried.needed)
        python = given or attempts.built("legacy", _LEGACY, needed, bounds)
        if python is None:
            return None
        self._learn_release(python)
        known = len(attempts.reasons)
        found = attempts.legacy(_LEGACY, python, entry)
        if found is None and given is None:
            found = self._on_older_releases(known)
        return found

    @property
    def _needed(self) -> tuple[str, ...]:
        """What the legacy server needs: its SDK, too, where the project imports it and nowhere says so."""
        said = {requirement_name(one) for one in self._carried.needed}
        return (*self._carried.needed, *sorted(self._project.uses - said))

    def _on_older_releases(self, known: int) -> Captured | None:
        """What the legacy server shows where the newest releases of before are too new for it, too."""
        attempts = self._attempts
        bound = older(" ".join(attempts.reasons[known:]))
        if bound is None:
            return None
        failed, attempts.reasons[known:] = attempts.reasons[:], []
        python = attempts.built("older", _LEGACY, self._needed, [bound])
        found = python and attempts.legacy(_LEGACY, python, self._carried.entry)
        if not isinstance(found, Captured) or python is None:
            attempts.reasons[:] = failed
            return None
        self._learn_release(python)
        return found

    def _new_python(self) -> Path | None:
        if self._trial.python is not None:
            return self._trial.python
        if not self._trial.install:
            self._not_tried["the result"] = "--new-python"
            return None
        manifest = self._carried.files.get("pyproject.toml", self._project.manifest or "")
        bounds = tuple(f"{name}{limits}" for name, limits in TARGETS.items())
        return self._attempts.built("result", "the result", listed_requirements(manifest), [bounds])

    def _after(self, python: Path | None) -> Captured | None:
        if python is None:
            return None
        return self._attempts.shown("the result", self._place, python, self._carried.script)

    def _laid_over(
        self, python: Path, before: Captured, after: Captured | None, found: tuple[Difference, ...]
    ) -> tuple[Captured | None, tuple[Difference, ...]]:
        """Tell an adapter what was listed, and look again; what does not help is taken back."""
        laid = overlay.surface(found)
        if not laid:
            return after, found
        for sdk in sorted(self._carried.adapters):
            path = f"{self._carried.adapters[sdk]}/{overlay.MODULE}"
            text = (self._place / path).read_text("utf-8")
            say(self._place, path, overlay.module(laid))
            again = self._after(python)
            left = differences(before, again) if again is not None else found
            if len(left) < len(found):
                self._learnt[path] = overlay.module(laid)
                return again, left
            say(self._place, path, text)
        return after, found

    def _learn_release(self, python: Path) -> None:
        """Tell the adapters which releases the legacy server ran with."""
        for sdk, folder in self._carried.adapters.items():
            version = installed(python, sdk)
            if version is None:
                continue
            self._ran_with[sdk] = version
            numbers = [int(one) for one in version.split(".")[:2] if one.isdecimal()]
            if len(numbers) == 2:
                path, text = f"{folder}/before.py", release_module(sdk, (numbers[0], numbers[1]))
                say(self._place, path, text)
                self._learnt[path] = text
