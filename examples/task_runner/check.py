"""The seven tools of the task runner on real files: one process a task, progress, time limits, cancelling, resuming."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import anyio
from mcp import StdioServerParameters

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from compile import compile_here

HERE = compile_here(__file__)

from task_runner_client import (  # the packages exist only now
    AlreadyRunning,
    OperationCancelled,
    OutsideProject,
    ProjectNotFound,
    TaskListNotFound,
    TaskNotFound,
    TaskRunnerClient,
)

TASK_LIST = """# Release

## Count to three

```sh
for n in 1 2 3; do echo "step $n"; done
```

## Write a file

```python
from pathlib import Path
Path("made.txt").write_text("by a task")
print("written")
```

## Fail on purpose

```sh
echo "about to fail"
test -f allowed
```

## Take forever

```sh
echo started
sleep 600 & sleep 600
```
"""


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        environment = {
            **os.environ,
            "PYTHONPATH": str(HERE / "server" / "src"),
            "TASK_RUNNER_DIR": str(root),
        }
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "task_runner_server"], env=environment
        )
        async with TaskRunnerClient(command) as runner:
            project = await makes_a_project(runner, root)
            await runs_one(runner, project)
            await stops_in_time(runner, project)
            await cancels(runner, project)
            await runs_all_and_resumes(runner, project)
            await cleans(runner, project)
        assert not children_left(), "a task's process outlived the server"
    print("no process is left")


async def makes_a_project(runner: TaskRunnerClient, root: Path) -> Path:
    listed = root / "release.md"
    listed.write_text(TASK_LIST, "utf-8")
    made = await runner.tasks.create_project("release", str(listed))
    project = Path(made.base_dir)
    assert [task.name for task in made.tasks] == [
        "001_count_to_three",
        "002_write_a_file",
        "003_fail_on_purpose",
        "004_take_forever",
    ]
    assert all((project / task.path).is_file() for task in made.tasks)
    again = await runner.tasks.parse_task_list(str(listed), made.base_dir)
    assert again == made.tasks
    for bad, error in ((str(root / "none.md"), TaskListNotFound),):
        try:
            await runner.tasks.parse_task_list(bad)
        except error as caught:
            assert caught.data.path == bad
    try:
        await runner.tasks.get_task_status(str(root / "nowhere"))
    except ProjectNotFound as caught:
        assert caught.data.base_dir.endswith("nowhere")
    print(f"create_project, parse_task_list: {len(made.tasks)} task files")
    return project


async def runs_one(runner: TaskRunnerClient, project: Path) -> None:
    lines: list[float] = []
    tasks = runner.tasks.with_options(progress=lambda update: lines.append(update.current))
    outcome = await tasks.run_task("001_count_to_three.md", str(project))
    assert (outcome.state, outcome.exit_code) == ("completed", 0)
    assert (project / outcome.result).read_text() == outcome.output == "step 1\nstep 2\nstep 3\n"
    assert lines and 3 in lines
    failed = await runner.tasks.run_task("tasks/003_fail_on_purpose.md", str(project))
    assert (failed.state, failed.exit_code, failed.output) == ("failed", 1, "about to fail\n")
    for path, error in (
        ("nothing.md", TaskNotFound),
        ("/etc/hostname", OutsideProject),
        ("../release.md", OutsideProject),
    ):
        try:
            await runner.tasks.run_task(path, str(project))
        except error:
            continue
        raise AssertionError(f"{path} must not run")
    print(f"run_task: {outcome.state} after {outcome.seconds} s, and a failure is told as one")


async def stops_in_time(runner: TaskRunnerClient, project: Path) -> None:
    outcome = await runner.tasks.run_task("004_take_forever.md", str(project), timeout_seconds=0.5)
    assert outcome.state == "timeout" and outcome.output == "started\n" and outcome.seconds < 5
    assert not children_left(), "the task's children must go with it"
    print(f"run_task: stopped after {outcome.seconds} s, with all that it had started")


async def cancels(runner: TaskRunnerClient, project: Path) -> None:
    ended: list[str] = []

    async def run(track: str) -> None:
        try:
            await runner.tasks.with_options(track=track, timeout=60).run_task(
                "004_take_forever.md", str(project)
            )
        except OperationCancelled:
            ended.append(track)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run, "slow")
        await until_task_is(runner, project, "running")
        try:
            await runner.tasks.run_task("001_count_to_three.md", str(project))
        except AlreadyRunning as caught:
            assert caught.data.task == "004_take_forever"
        else:
            raise AssertionError("a project runs one task at a time")
        runner.tracker.cancel("slow")
    assert ended == ["slow"]
    await until(lambda: not children_left())
    # The server hears of it a moment after the client has given up.
    await until_task_is(runner, project, "cancelled")
    print("run_task: cancelled by the client, its process is gone")


async def runs_all_and_resumes(runner: TaskRunnerClient, project: Path) -> None:
    (project / "tasks" / "004_take_forever.md").unlink()
    first = await runner.tasks.run_all_tasks(str(project))
    assert [outcome.state for outcome in first] == ["completed", "completed", "failed"]
    assert (project / "made.txt").read_text() == "by a task"
    (project / "allowed").touch()
    second = await runner.tasks.run_all_tasks(str(project), resume=True)
    assert [outcome.name for outcome in second] == ["003_fail_on_purpose"], (
        "only what had not completed"
    )
    summary = await runner.tasks.get_task_summary(str(project))
    assert (summary.total, summary.states, summary.percent) == (3, {"completed": 3}, 100)
    print(
        f"run_all_tasks, get_task_summary: {summary.states}; resume ran {len(second)} of {summary.total}"
    )


async def cleans(runner: TaskRunnerClient, project: Path) -> None:
    cleaned = await runner.tasks.clean(str(project))
    assert cleaned.stopped == [] and cleaned.removed == 4
    states = {task.state for task in await runner.tasks.get_task_status(str(project))}
    assert states == {"pending"} and not list((project / "results").iterdir())
    print(f"clean: {cleaned.removed} results removed, the task files stay")


async def until_task_is(runner: TaskRunnerClient, project: Path, state: str) -> None:
    """Wait for the task that takes for ever to be in a state."""
    with anyio.fail_after(20):
        while True:
            tasks = {
                task.name: task.state for task in await runner.tasks.get_task_status(str(project))
            }
            if tasks["004_take_forever"] == state:
                return
            await anyio.sleep(0.02)


async def until(holds: Callable[[], bool]) -> None:
    with anyio.fail_after(20):
        while not holds():
            await anyio.sleep(0.02)


def children_left() -> bool:
    """Whether one of the sleeping processes that the tasks start is still there."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if process.read_bytes() == b"sleep\x00600\x00":
                return True
        except OSError:
            continue
    return False


if __name__ == "__main__":
    anyio.run(main)
