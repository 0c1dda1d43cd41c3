"""Does several pieces of work at once, each in a copy of this process, where the system makes that safe and cheap."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    # `os.fork` and what goes with it are not on Windows, where type checkers would miss them.
    assert sys.platform != "win32"

T = TypeVar("T")


def abreast(works: Sequence[Callable[[], T]]) -> list[T]:
    """What each piece of work gives, in their order.

    The last is done here and each other one in a process of its own, which sees everything as it is now and
    of which only what comes back is noticed. What fails there is done again here, where its exception is
    of use. Ctrl-C ends all of them.
    """
    if len(works) < 2 or not _can_fork():
        return [work() for work in works]
    *others, own = works
    started: list[_Elsewhere[T]] = []
    try:
        for work in others:
            # Ctrl-C meanwhile would leave a process that nobody knows of, or one that goes on as this one does.
            with _held_interrupts():
                started.append(_Elsewhere(work))
        last = own()
        return [*(one.result() for one in started), last]
    finally:
        for one in started:
            one.end()


class _Elsewhere(Generic[T]):
    """Work in a copy of this process."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._pipe, out = os.pipe()
        self._process = os.fork()
        if not self._process:
            _work_and_end(work, out)
        os.close(out)

    def result(self) -> T:
        """What it gave; waits for it."""
        with os.fdopen(os.dup(self._pipe), "rb") as file:
            told = file.read()
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        return pickle.loads(told) if status == 0 else self._work()

    def end(self) -> None:
        """Make it stop, if nobody waited for it, and clean up as after Ctrl-C."""
        os.close(self._pipe)
        if self._process:
            with suppress(OSError):
                os.kill(self._process, signal.SIGINT)
                os.waitpid(self._process, 0)


def _work_and_end(work: Callable[[], object], out: int) -> NoReturn:
    status = 1
    try:
        signal.signal(signal.SIGINT, _interrupted)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
        told = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(out, "wb") as file:
            file.write(told)
        status = 0
    finally:
        # Whatever was raised: what goes on up the stack, and at its end, is the other process's.
        os._exit(status)


def _interrupted(number: int, frame: FrameType | None) -> None:
    """Give up once: the second time, from the terminal and from the other process, would interrupt the cleaning up."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def _held_interrupts() -> Generator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _can_fork() -> bool:
    """Whether a copy of this process works as it does: not if it lacks threads that this one has, and on Linux only.

    On macOS the system's own libraries break in a copy; Windows makes none.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        return False
