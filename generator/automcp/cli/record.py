"""Writes down, after a run that left everything up to date, what `unchanged` needs to answer the next one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import cache
from ..identity import identity
from ..output.plan import Plan
from ..project import Project, read_file, read_source
from ..targets import is_built_in
from ..text.source import Source
from .unchanged import KIND, Doubt, Record, contents, looked_at, name_of, state_of

_COLOURS = re.compile("\x1b\\[[0-9;]*m")


class Reading:
    """Reads the files of a run, and remembers what they held.

    What was read is compared with the disk once more at the end: a file that changed under a run is not
    what the run was about.
    """

    def __init__(self, words: Sequence[str] | None, paths: Sequence[Path]) -> None:
        """Begin to record the run with these words behind `generate`; `None` records nothing."""
        self._name: str | None = None
        self._sources: list[tuple[str, str]] = []
        self._missed: list[str] = []
        self._looked: dict[str, bytes] = {}
        self._folders = [str(path if path.is_dir() else path.parent) for path in paths]
        if words is not None and cache.folder() is not None:
            self._begin(words)

    def spec(self, path: Path) -> Source:
        """The same as `project.read_source`."""
        source = read_source(path)
        self._sources.append((str(path), source.text))
        return source

    def file(self, name: str) -> Source:
        """The same as `project.read_file`; that there is no such file is remembered, too."""
        try:
            source = read_file(name)
        except FileNotFoundError:
            self._missed.append(os.path.abspath(name))
            raise
        self._sources.append((name, source.text))
        return source

    def keep(self, settled: Sequence[tuple[Project, Plan]], answers: Mapping[str, str]) -> None:
        """Write the record of a run that left the disk as these plans say, and that would now give these answers.

        Does nothing in any doubt, such as about a target that is not our own: its code may change unseen.
        """
        known_targets = all(is_built_in(job.target) for one, _ in settled for job in one.jobs)
        if self._name is None or not known_targets:
            return
        try:
            watched, known = self._watched(settled)
            told = Record(state_of(watched, known), watched, answers).dump()
        except (Doubt, OSError, ValueError):
            return
        cache.write(KIND, {self._name: told})

    def _begin(self, words: Sequence[str]) -> None:
        try:
            self._name = name_of(words)
            # Now, and not at the end: what is edited while it runs is not what ran.
            identity()
            self._looked = self._look()
        except (Doubt, OSError):
            self._name = None

    def _look(self) -> dict[str, bytes]:
        return {path: contents(path) for folder in self._folders for path in looked_at(folder)}

    def _watched(
        self, settled: Sequence[tuple[Project, Plan]]
    ) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
        """What the run depends on, and the contents that it saw or left."""
        if self._look() != self._looked:
            raise Doubt
        known = dict(self._looked)
        watched = [("look", folder) for folder in self._folders]
        for path, text in dict(self._sources).items():
            known[path] = contents(path)
            if _decoded(known[path]) != text:
                raise Doubt
            watched.append(("input", path))
        watched += [("gone", path) for path in dict.fromkeys(self._missed)]
        for project, plan in settled:
            root = str(project.root)
            watched.append(("root", root))
            for change in plan.changes:
                left = change.after if change.writes else change.before
                watched.append(("gone" if left is None else "file", change.path))
                if left is not None:
                    known[os.path.join(root, change.path)] = left
        return watched, known


def without_colours(text: str) -> str:
    """Findings as they are drawn without colours; nothing else in them is a control sequence."""
    return _COLOURS.sub("", text)


def _decoded(data: bytes) -> str:
    """The text as `project` reads it, with `\\n` for every line end."""
    text = data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")
