"""The seven tools of the task runner."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import anyio

from ..contract import Context
from ..models import (
    Cleaned,
    Outcome,
    Project,
    Summary,
    Task,
    TaskStatus,
)
from . import process
from .project import Folder, script_of, title_of


class Tasks:
    """Projects are folders; what is running is kept in the server's state."""

    async def run_task(
        self, task_path: str, base_dir: str | None, timeout_seconds: float, context: Context
    ) -> Outcome:
        project = _project(base_dir, context)
        task = project.find(task_path)
        with context.state.claim(project.path, task.stem) as scope:
            outcome = await _run(project, task, timeout_seconds, context)
        return outcome if not scope.cancelled_caught else _cancelled(project, task)

    async def run_all_tasks(
        self, base_dir: str | None, resume: bool, timeout_seconds: float, context: Context
    ) -> list[Outcome]:
        project = _project(base_dir, context)
        done = {
            name for name, entry in project.read_state().items() if entry["state"] == "completed"
        }
        tasks = [task for task in project.task_files() if not (resume and task.stem in done)]
        outcomes: list[Outcome] = []
        with context.state.claim(project.path, "run_all_tasks"):
            for index, task in enumerate(tasks):
                await context.progress(index, len(tasks), task.stem)
                outcomes.append(await _run(project, task, timeout_seconds, context, quiet=True))
        await context.progress(len(tasks), len(tasks), "done")
        return outcomes

    def parse_task_list(
        self, task_list_path: str, base_dir: str | None, context: Context
    ) -> list[Task]:
        return Folder(_path(base_dir, context)).split(Path(task_list_path))

    def create_project(
        self, project_name: str, task_list_path: str | None, base_dir: str | None, context: Context
    ) -> Project:
        project = Folder(_path(base_dir, context) / project_name)
        tasks = project.split(Path(task_list_path)) if task_list_path is not None else []
        project.create()
        return Project(name=project_name, base_dir=str(project.path), tasks=tasks)

    def get_task_status(self, base_dir: str | None, context: Context) -> list[TaskStatus]:
        return _project(base_dir, context).status()

    def get_task_summary(self, base_dir: str | None, context: Context) -> Summary:
        tasks = _project(base_dir, context).status()
        states = Counter(task.state for task in tasks)
        return Summary(
            total=len(tasks),
            states=dict(sorted(states.items())),
            seconds=sum(task.seconds or 0 for task in tasks),
            percent=100 * states["completed"] / len(tasks) if tasks else 0,
        )

    def clean(self, base_dir: str | None, context: Context) -> Cleaned:
        project = _project(base_dir, context)
        stopped: list[str] = []
        if running := context.state.running.get(project.path):
            anyio.from_thread.run_sync(running.scope.cancel)
            stopped.append(running.task)
        results = list(project.results.glob("*.txt"))
        for result in [*results, project.state_file]:
            result.unlink(missing_ok=True)
        return Cleaned(stopped=stopped, removed=len(results))


def _path(base_dir: str | None, context: Context) -> Path:
    configured = base_dir or context.settings.base_dir
    return Path(configured).expanduser().resolve() if configured else Path.home() / "task_runner"


def _project(base_dir: str | None, context: Context) -> Folder:
    project = Folder(_path(base_dir, context))
    project.require()
    return project


async def _run(
    project: Folder, task: Path, seconds: float, context: Context, *, quiet: bool = False
) -> Outcome:
    script = script_of(task)
    project.create()
    result = project.results / f"{task.stem}.txt"
    started, clock = datetime.now(UTC), anyio.current_time()
    entry: dict[str, object] = {
        "name": task.stem,
        "title": title_of(task),
        "started_at": started.isoformat(),
    }
    project.record(task.stem, entry | {"state": "running"})
    await context.log("info", f"running {task.stem}")

    async def on_line(lines: int) -> None:
        if not quiet:
            await context.progress(lines, message=f"{lines} lines")

    try:
        ended = await process.run(script, project.path, result, seconds, on_line)
    except anyio.get_cancelled_exc_class():
        project.record(task.stem, entry | {"state": "cancelled"})
        raise
    state = (
        "timeout" if ended.exit_code is None else "completed" if ended.exit_code == 0 else "failed"
    )
    outcome = Outcome.model_validate(
        {
            "name": task.stem,
            "state": state,
            "seconds": round(anyio.current_time() - clock, 3),
            "output": ended.tail,
            "result": result.relative_to(project.path).as_posix(),
        }
        | ({} if ended.exit_code is None else {"exit_code": ended.exit_code})
    )
    kept = outcome.model_dump(
        include={"state", "exit_code", "seconds", "result"}, exclude_unset=True
    )
    project.record(task.stem, entry | kept)
    return outcome


def _cancelled(project: Folder, task: Path) -> Outcome:
    result = project.results / f"{task.stem}.txt"
    return Outcome(
        name=task.stem,
        state="cancelled",
        seconds=0,
        output="",
        result=result.relative_to(project.path).as_posix(),
    )
