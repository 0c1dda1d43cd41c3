"""One server, tried in an environment of its own: what it shows, or why it does not."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ..importers.server.capture import CannotCapture, Captured
from .apart import apart
from .declared import named
from .entry import Entry
from .environment import CannotInstall, build
from .launch import serves_http_alone
from .show import show
from .survey import Project

_LACKS = re.compile(r"ModuleNotFoundError: No module named '([^'.]+)")
_LAST_LINES = 8
_SILENT = "did not start to speak MCP within"
_TRANSPORTS = ("http", "sse", "streamable-http")
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


class Attempts:
    """What is tried with the servers of a project, and why it failed.

    Attributes:
        reasons: Why something was not tried, or did not start; in words for people.
    """

    def __init__(self, project: Project, scratch: Path, trial: Trial) -> None:
        self.reasons: list[str] = []
        self._project, self._scratch, self._trial = project, scratch, trial
        self._prefix: Sequence[str] = ()
        if trial.install or trial.legacy_python or trial.python:
            found = apart()
            self._prefix = found.prefix
            if not found.cut:
                self.reasons.append(
                    "servers were started with the network on: this system cannot cut it off"
                )

    def built(
        self, name: str, what: str, required: Sequence[str], bounds: Sequence[Sequence[str]]
    ) -> Path | None:
        """An environment by the first bounds that can be had; `None`, and a reason more, if none can."""
        said = ""
        for limits in bounds:
            wanted = sha256("\n".join([*required, "", *limits]).encode()).hexdigest()[:12]
            folder = self._scratch / f"{name}-{wanted}"
            itself = {"name": named(self._project), **self._project.about}
            try:
                return build(folder, required, limits, self._trial.seconds * 5, itself)
            except CannotInstall as error:
                said = str(error)
        self.reasons.append(f"what {what} needs cannot be installed: {said}")
        return None

    def shown(
        self,
        what: str,
        folder: Path,
        python: Path,
        start: Entry | tuple[str, str],
        over_stdio: bool = False,
    ) -> Captured | None:
        """What one of the servers shows; `None`, and a reason more, if it does not start."""
        try:
            return show(
                folder,
                python,
                start,
                prefix=self._prefix,
                environment=self._trial.environment,
                arguments=self._trial.arguments,
                seconds=self._trial.seconds,
                over_stdio=over_stdio,
            )
        except CannotCapture as error:
            self.reasons.append(self._why(what, str(error), python))
            return None

    def legacy(self, what: str, python: Path, entry: Entry) -> Captured | None:
        """What the legacy server shows, be it that it serves HTTP."""
        known = len(self.reasons)
        folder = self._project.folder
        if not serves_http_alone(entry.source):
            found = self.shown(what, folder, python, entry)
            silent = any(_SILENT in one for one in self.reasons[known:])
            if found is not None or not (silent and _speaks_of_http(self._project)):
                return found
        failed, self.reasons = self.reasons, self.reasons[:known]
        found = self.shown(what, folder, python, entry, over_stdio=True)
        if found is None and len(failed) > known:
            self.reasons = failed
        return found

    def _why(self, what: str, said: str, python: Path) -> str:
        """Why a server does not start, and what may help; the same reason is given once."""
        first, *rest = said.splitlines()
        known = rest[-1:] and any(one.splitlines()[-2:-1] == rest[-1:] for one in self.reasons)
        if known:
            return f"{what} does not start here either, for the same reason"
        tail = [line[:_WIDEST] for line in rest if line.strip()]
        kept = tail if len(tail) <= _LAST_LINES else [tail[0], "…", *tail[-_LAST_LINES:]]
        return "\n".join(
            [f"{what} does not start here: {first}", *kept, self._advice(said, python)]
        )

    def _advice(self, said: str, python: Path) -> str:
        """What may help a server that does not start."""
        given = {self._trial.legacy_python: "--python", self._trial.python: "--new-python"}
        lacking = _LACKS.search(said)
        if lacking and python in given and lacking[1] not in self._own:
            return (
                f"the interpreter of `{given[python]}` has no `{lacking[1]}`: give that of an environment where the "
                "server runs, or `--yes` instead, which makes one"
            )
        if _SILENT in said:
            return (
                "`--timeout` gives it longer; what it waits for may be given with --env and --args"
            )
        return f"what it needs to start is given with --env and --args, or lies in the project{_network(said)}"

    @property
    def _own(self) -> set[str]:
        """The packages and modules of the project itself."""
        return {name.partition(".")[0] for name in self._project.by_module}


def _speaks_of_http(project: Project) -> bool:
    return any(
        isinstance(node, ast.Constant) and node.value in _TRANSPORTS
        for source in project.sources.values()
        if source.sdks and not source.beside
        for node in source.nodes
    )


def _network(said: str) -> str:
    """What to add where a server seems to have missed the network."""
    words = ("unreachable", "name resolution", "Name or service", "nodename", "ConnectError", "ConnectionError", "refused")  # fmt: skip
    return "; it was started without a network" if any(word in said for word in words) else ""
