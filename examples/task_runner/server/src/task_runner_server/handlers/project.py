"""A project on disk: its task files, their results and the record of how each one stands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ..errors import (
    EmptyTaskList,
    NothingToRun,
    OutsideProject,
    ProjectNotFound,
    TaskListNotFound,
    TaskNotFound,
)
from ..models import ProjectNotFoundData, Task, TaskListNotFoundData, TaskNotFoundData, TaskStatus

_HEADING = re.compile(r"^## +(?P<title>.+?) *#*$", re.MULTILINE)
_ITEM = re.compile(r"^\d+[.)] +(?P<title>.+)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^```(?P<language>sh|bash|python)[^\n]*\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Script:
    """What a task runs: one interpreter, fed through its standard input."""

    language: str
    code: str


@dataclass(frozen=True)
class Folder:
    """A project's folder, with `tasks`, `results` and `task_state.json`."""

    path: Path

    @property
    def tasks(self) -> Path:
        return self.path / "tasks"

    @property
    def results(self) -> Path:
        return self.path / "results"

    @property
    def state_file(self) -> Path:
        return self.path / "task_state.json"

    def require(self) -> None:
        """Raise `ProjectNotFound` unless the folder holds a project."""
        if not self.tasks.is_dir():
            raise ProjectNotFound(data=ProjectNotFoundData(base_dir=str(self.path)))

    def create(self) -> None:
        self.tasks.mkdir(parents=True, exist_ok=True)
        self.results.mkdir(exist_ok=True)

    def task_files(self) -> list[Path]:
        return sorted(self.tasks.glob("*.md"))

    def find(self, path: str) -> Path:
        """The task file that `path` means. It must lie inside the project, links followed."""
        written = Path(path)
        tried = [written] if written.is_absolute() else [self.path / written, self.tasks / written]
        found = next((each.resolve() for each in tried if each.is_file()), None)
        if found is None:
            raise TaskNotFound(data=TaskNotFoundData(path=path))
        if not found.is_relative_to(self.path.resolve()):
            raise OutsideProject
        return found

    def split(self, task_list: Path) -> list[Task]:
        """Write one file for each task of a Markdown list; files of the same name are replaced."""
        if not task_list.is_file():
            raise TaskListNotFound(data=TaskListNotFoundData(path=str(task_list)))
        found = _sections(task_list.read_text("utf-8"))
        if not found:
            raise EmptyTaskList
        self.create()
        tasks: list[Task] = []
        for number, (title, body) in enumerate(found, 1):
            path = self.tasks / f"{number:03}_{_slug(title)}.md"
            path.write_text(f"# {title}\n\n{body}\n", "utf-8")
            tasks.append(
                Task(name=path.stem, title=title, path=path.relative_to(self.path).as_posix())
            )
        return tasks

    def read_state(self) -> dict[str, dict[str, Any]]:
        if not self.state_file.is_file():
            return {}
        return cast("dict[str, dict[str, Any]]", json.loads(self.state_file.read_text("utf-8")))

    def record(self, name: str, entry: Mapping[str, object]) -> None:
        """Keep how a task stands; a crash in the middle leaves the old record whole."""
        state = {**self.read_state(), name: dict(entry)}
        beside = self.state_file.with_suffix(".new")
        beside.write_text(json.dumps(state, indent=2, sort_keys=True) + "\n", "utf-8")
        beside.replace(self.state_file)

    def status(self) -> list[TaskStatus]:
        state = self.read_state()
        return [
            TaskStatus.model_validate(
                {"name": path.stem, "title": title_of(path), "state": "pending"}
                | state.get(path.stem, {})
            )
            for path in self.task_files()
        ]


def title_of(task: Path) -> str:
    first = task.read_text("utf-8").partition("\n")[0]
    return first.removeprefix("#").strip() or task.stem


def script_of(task: Path) -> Script:
    """What the task's fenced blocks say to run. Raises `NothingToRun` if that is not clear."""
    blocks = [
        (found["language"], found["code"]) for found in _BLOCK.finditer(task.read_text("utf-8"))
    ]
    languages = {"python" if language == "python" else "sh" for language, _ in blocks}
    if len(languages) != 1:
        raise NothingToRun
    return Script(languages.pop(), "".join(code for _, code in blocks))


def _sections(text: str) -> list[tuple[str, str]]:
    """Title and body of each task: second-level headings, or else the items of a numbered list."""
    for pattern in (_HEADING, _ITEM):
        heads = list(pattern.finditer(text))
        ends = [head.start() for head in heads[1:]] + [len(text)]
        if heads:
            return [
                (head["title"].strip(), text[head.end() : end].strip())
                for head, end in zip(heads, ends, strict=True)
            ]
    return []


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40] or "task"
