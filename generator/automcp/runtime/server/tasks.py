"""Calls that run on as tasks (extension `io.modelcontextprotocol/tasks`, SEP-2663), for MCP 2026-07-28 and later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import anyio
import anyio.abc

from .asking import declares
from .errors import (
    HEADER_MISMATCH,
    INTERNAL_ERROR_CODE,
    INVALID_PARAMS,
    METHOD_NOT_FOUND,
    ProtocolError,
    Unknown,
    missing_capability,
)
from .request import Request, Wire
from .task import Task, TaskRequest

TASKS: Final = "io.modelcontextprotocol/tasks"
_NEEDED: Wire = {"extensions": {TASKS: {}}}
_MOST_TASKS = 1_000

Run = Callable[[Request], Awaitable[Wire]]
"""Makes the call as if it came with this request; its result."""


class Tasks:
    """The tasks of one server, by their ids; forgotten some time after they ended."""

    def __init__(self, modes: Mapping[str, str]) -> None:
        """Args: modes: Which tools may (`optional`) or must (`required`) become tasks, or may `after_questions`."""
        self._modes = modes
        self._tasks: dict[str, Task] = {}
        self._group: anyio.abc.TaskGroup | None = None

    def __bool__(self) -> bool:
        return bool(self._modes)

    def work_in(self, group: anyio.abc.TaskGroup | None) -> None:
        """Let tasks run in `group` from now on; `None`: no more."""
        self._group = group
        if group is None:
            self._tasks.clear()

    def takes(self, tool: str, params: Wire, request: Request) -> bool:
        """Whether a call of the tool becomes a task.

        Raises:
            ProtocolError: It has to, and the client has not declared that it knows tasks (-32021).
        """
        mode = self._modes.get(tool)
        if mode is None or self._group is None:
            return False
        if request.modern and declares(request.capabilities, _NEEDED):
            return mode != "after_questions" or "requestState" in params
        if mode == "required":
            raise missing_capability(_NEEDED)
        return False

    async def start(self, request: Request, run: Run) -> Wire:
        """Let a call run on; what tells the client of the task."""
        self._forget()
        group = self._group
        if group is None or len(self._tasks) >= _MOST_TASKS:
            raise ProtocolError(INTERNAL_ERROR_CODE, "There are too many tasks.")
        task = Task(request.caller)
        self._tasks[task.id] = task
        group.start_soon(_work, task, TaskRequest(request, task), run)
        return {"resultType": "task", **task.summary()}

    async def get(self, params: Wire, request: Request) -> Wire:
        """`tasks/get`: how far it is, and what came of it."""
        return {"resultType": "complete", **self._find(params, request).detail()}

    async def update(self, params: Wire, request: Request) -> Wire:
        """`tasks/update`: the answers to what it asked."""
        task = self._find(params, request)
        answers = params.get("inputResponses")
        if not isinstance(answers, dict):
            raise ProtocolError(INVALID_PARAMS, "`inputResponses` has to be an object.")
        task.answer(answers)
        return {"resultType": "complete"}

    async def cancel(self, params: Wire, request: Request) -> Wire:
        """`tasks/cancel`: end it, if it has not ended."""
        self._find(params, request).cancel()
        return {"resultType": "complete"}

    def _find(self, params: Wire, request: Request) -> Task:
        if not request.modern:
            raise ProtocolError(METHOD_NOT_FOUND, "Method not found")
        if not declares(request.capabilities, _NEEDED):
            raise missing_capability(_NEEDED)
        name = params.get("taskId")
        _check_header(request.headers, name)
        self._forget()
        task = self._tasks.get(name) if isinstance(name, str) else None
        if task is None or not task.belongs_to(request.caller):
            raise Unknown("Unknown task.")
        return task

    def _forget(self) -> None:
        for name in [name for name, task in self._tasks.items() if task.is_over()]:
            del self._tasks[name]


def _check_header(headers: Mapping[str, str] | None, task: object) -> None:
    """Over HTTP, `Mcp-Name` repeats the task's id (SEP-2663, routing headers)."""
    if headers is not None and headers.get("mcp-name") != task:
        raise ProtocolError(HEADER_MISMATCH, "The header Mcp-Name has to repeat `taskId`.")


async def _work(task: Task, request: TaskRequest, run: Run) -> None:
    with task.scope:
        try:
            task.end("completed", await run(request), None)
        except ProtocolError as error:
            task.end("failed", None, error)
