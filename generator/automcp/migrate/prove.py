"""Proves a migrated project: what it shows, compared with what the legacy server showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..importers.server.capture import CannotCapture, Captured
from . import overlay
from .apart import Apart, apart
from .carry import Carried
from .compare import Difference, differences
from .declared import named
from .deliver import say
from .entry import Entry
from .environment import CannotInstall, build, installed
from .era import environments, older
from .manifest import listed_requirements
from .requirements import TARGETS
from .show import show
from .survey import Project
from .vendored import release_module

_LAST_LINES = 8
_WIDEST = 300
"""So much of what a server said on stderr is repeated."""


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

    @property
    def asked(self) -> bool:
        """Whether both servers were to be tried."""
        return self.install or (self.legacy_python is not None and self.python is not None)


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
    """

    before: Captured | None
    after: Captured | None
    found: tuple[Difference, ...]
    reasons: tuple[str, ...]
    ran_with: Mapping[str, str] = field(default_factory=dict[str, str])
    learnt: Mapping[str, str] = field(default_factory=dict[str, str])

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
    return _Trying(project, carried, place, scratch, trial).proof()


class _Trying:
    """The servers while they are tried."""

    def __init__(
        self, project: Project, carried: Carried, place: Path, scratch: Path, trial: Trial
    ) -> None:
        self._project, self._carried, self._trial = project, carried, trial
        self._place, self._scratch = place, scratch
        self._apart = apart() if trial.install or trial.legacy_python or trial.python else Apart((), True)  # fmt: skip
        self._reasons: list[str] = []
        self._learnt: dict[str, str] = {}
        self._ran_with: dict[str, str] = {}

    def proof(self) -> Proof:
        if not self._apart.cut:
            self._reasons.append(
                "servers were started with the network on: this system cannot cut it off"
            )
        before = self._before()
        python = self._new_python()
        after = self._after(python)
        found = differences(before, after) if before is not None and after is not None else ()
        if python is not None and before is not None and found:
            after, found = self._laid_over(python, before, after, found)
        return Proof(
            before, after, found, tuple(self._reasons), self._ran_with, self._learnt
        )  # fmt: skip

    def _before(self) -> Captured | None:
        """What the legacy server shows; `None`, and a reason more, if it cannot be tried."""
        what = "the legacy server"
        if self._project.adapters:
            self._reasons.append(
                "it is migrated already: there is no legacy server to compare with"
            )
            return None
        if self._trial.legacy_python is not None:
            self._learn_release(self._trial.legacy_python)
            return self._shown(what, self._project.folder, self._trial.legacy_python, self._carried.entry)  # fmt: skip
        if not self._trial.install:
            self._reasons.append(f"{what} was not started: nothing may be installed")
            return None
        bounds = environments(self._project, self._carried.needed)
        python = self._built("legacy", what, self._carried.needed, bounds)
        if python is None:
            return None
        self._learn_release(python)
        known = len(self._reasons)
        found = self._shown(what, self._project.folder, python, self._carried.entry)
        bound = older(" ".join(self._reasons[known:])) if found is None else None
        if bound is None:
            return found
        # The newest releases of before may be too new for it, too.
        failed, self._reasons = self._reasons, self._reasons[:known]
        python = self._built("older", what, self._carried.needed, [bound])
        if python is not None:
            found = self._shown(what, self._project.folder, python, self._carried.entry)
            if found is not None:
                self._learn_release(python)
                return found
        self._reasons = failed
        return None

    def _new_python(self) -> Path | None:
        if self._trial.python is not None:
            return self._trial.python
        if not self._trial.install:
            self._reasons.append("the result was not started: nothing may be installed")
            return None
        manifest = self._carried.files.get("pyproject.toml", self._project.manifest or "")
        bounds = tuple(f"{name}{limits}" for name, limits in TARGETS.items())
        return self._built("result", "the result", listed_requirements(manifest), [bounds])

    def _after(self, python: Path | None) -> Captured | None:
        if python is None:
            return None
        return self._shown("the result", self._place, python, self._carried.script)

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

    def _built(
        self, name: str, what: str, required: Sequence[str], bounds: Sequence[Sequence[str]]
    ) -> Path | None:
        """An environment by the first bounds that can be had; `None`, and a reason more, if none can."""
        said = ""
        for number, limits in enumerate(bounds):
            folder = self._scratch / f"{name}-{number}"
            itself = named(self._project), self._project.about.get("version")
            try:
                return build(folder, required, limits, self._trial.seconds * 5, itself)
            except CannotInstall as error:
                said = str(error)
        self._reasons.append(f"what {what} needs cannot be installed: {said}")
        return None

    def _shown(
        self, what: str, folder: Path, python: Path, start: Entry | tuple[str, str]
    ) -> Captured | None:
        """What one of the servers shows; `None`, and a reason more, if it does not start."""
        try:
            return show(
                folder,
                python,
                start,
                prefix=self._apart.prefix,
                environment=self._trial.environment,
                arguments=self._trial.arguments,
                seconds=self._trial.seconds,
            )
        except CannotCapture as error:
            self._reasons.append(self._why(what, str(error)))
            return None

    def _why(self, what: str, said: str) -> str:
        """Why a server does not start, and what may help; the same reason is given once."""
        first, *rest = said.splitlines()
        known = rest[-1:] and any(one.splitlines()[-2:-1] == rest[-1:] for one in self._reasons)
        if known:
            return f"{what} does not start here either, for the same reason"
        tail = [line[:_WIDEST] for line in rest if line.strip()]
        kept = tail if len(tail) <= _LAST_LINES else [tail[0], "…", *tail[-_LAST_LINES:]]
        advice = f"what it needs to start is given with --env and --args{_network(said)}"
        return "\n".join([f"{what} does not start here: {first}", *kept, advice])


def _network(said: str) -> str:
    """What to add where a server seems to have missed the network."""
    words = ("unreachable", "name resolution", "Name or service", "nodename", "ConnectError", "ConnectionError", "refused")  # fmt: skip
    return "; it was started without a network" if any(word in said for word in words) else ""
