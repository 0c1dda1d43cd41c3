"""What is measured of servers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import messages
from .driving import converse
from .handwritten import tool_names
from .sampling import Measure, cpu_seconds, in_turns, resident_megabytes
from .servers import Program, Running, all_on_http, all_on_stdio, on_stdio
from .subjects import Subjects

_TOOL = tool_names(4)[3]
_FINE = b'"isError":false'


class Effort:
    """How long everything takes: the whole, or the quick form."""

    def __init__(self, *, quick: bool) -> None:
        self.quick = quick

    def rounds(self, whole: int) -> int:
        return max(3, whole // 3) if self.quick else whole

    def counts(self, *whole: int) -> Sequence[int]:
        """The numbers of tools that are tried; the quick form leaves out the first and the third."""
        return [one for one in whole if one in (10, 500)] if self.quick else whole


def of_servers(subjects: Subjects, folder: Path, effort: Effort) -> Iterator[Measure]:
    """Everything, one measure after the other."""
    ten = subjects(folder, 10)
    yield from _calls(ten, effort)
    for count in effort.counts(1, 10, 100, 500):
        many = subjects(folder, count)
        yield from _lists(many, count, effort)
        yield _starts(many, count, effort)


def _calls(programs: Mapping[str, Program], effort: Effort) -> Iterator[Measure]:
    sizes = {"small": (21, 150), "100k": (9, 15)}
    for size, (rounds, calls) in sizes.items():
        for window in (1, 32):
            if effort.quick and (size, window) == ("100k", 32):
                continue
            batch = max(calls, 2 * window)
            with all_on_stdio(programs) as running:
                asked = _requests(size, batch, modern=False)
                yield from _answered("stdio", running, asked, size, window, effort.rounds(rounds))
            modern = {name: one for name, one in programs.items() if one.modern}
            headers = messages.headers("tools/call", _TOOL)
            with all_on_http(modern, window, headers) as running:
                asked = _requests(size, batch, modern=True)
                yield from _answered("http", running, asked, size, window, effort.rounds(rounds))


def _requests(size: str, count: int, *, modern: bool) -> list[bytes]:
    arguments = messages.ARGUMENTS[size]
    return [messages.call(number, _TOOL, arguments, modern=modern) for number in range(count)]


def _answered(
    way: str,
    running: Mapping[str, Running],
    asked: Sequence[bytes],
    size: str,
    window: int,
    rounds: int,
) -> Iterator[Measure]:
    """CPU and time per call, so many of them on the way."""
    key = f"{way}_call_{size}" + ("" if window == 1 else f"_{window}")
    title = f"{way}, {size}, {window} on the way"
    cpu = Measure(f"{key}_cpu", f"{title}: CPU per call", "us")
    wall = Measure(f"{key}_time", f"{title}: time per call", "us")
    # Over HTTP each connection carries one request at a time.
    each = window if way == "stdio" else 1

    def sample(name: str, server: Running) -> None:
        before, began = cpu_seconds(server.process), time.perf_counter()
        converse(server.channels, asked, window=each, mark=_FINE)
        wall.add(name, (time.perf_counter() - began) / len(asked) * 1e6)
        cpu.add(name, (cpu_seconds(server.process) - before) / len(asked) * 1e6)

    for server in running.values():
        converse(server.channels, asked, window=each, mark=_FINE)
    in_turns(running, rounds, sample)
    yield from (cpu, wall)


def _lists(programs: Mapping[str, Program], count: int, effort: Effort) -> Iterator[Measure]:
    """CPU per `tools/list`, and the memory that a server has after some of them and a call."""
    lists = Measure(f"tools_list_{count}", f"tools/list of {count}: CPU per answer", "ms")
    memory = Measure(f"rss_{count}", f"memory, {count} tools", "MB")
    # Enough for the clock of CPU time, which follows a process only now and then.
    times = max(5, 500 // count)
    asked = [messages.request(number, "tools/list", {}, modern=False) for number in range(times)]
    mark = tool_names(1)[0].encode()
    with all_on_stdio(programs) as running:

        def sample(name: str, server: Running) -> None:
            before = cpu_seconds(server.process)
            converse(server.channels, asked, mark=mark)
            lists.add(name, (cpu_seconds(server.process) - before) / len(asked) * 1e3)

        in_turns(running, effort.rounds(9), sample)
        call = _first_call(count)
        for name, server in running.items():
            converse(server.channels, [call], mark=_FINE)
            memory.add(name, resident_megabytes(server.process))
    yield from (lists, memory)


def _first_call(count: int) -> bytes:
    return messages.call(1, tool_names(count)[-1], messages.SMALL, modern=False)


def _starts(programs: Mapping[str, Program], count: int, effort: Effort) -> Measure:
    """From the start of the process to the first answer to `tools/list`."""
    starts = Measure(f"startup_{count}", f"start to first tools/list of {count}", "ms")
    asked = [messages.request(1, "tools/list", {}, modern=False)]
    mark = tool_names(1)[0].encode()

    def sample(name: str, program: Program) -> None:
        began = time.perf_counter()
        with on_stdio(program) as server:
            converse(server.channels, asked, mark=mark)
            starts.add(name, (time.perf_counter() - began) * 1e3)

    in_turns(programs, effort.rounds(9), sample)
    return starts
