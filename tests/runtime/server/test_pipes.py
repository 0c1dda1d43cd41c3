"""Lines over every kind of descriptor that a server can be started with."""

from __future__ import annotations

import os
import pty
import socket
import tty
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import anyio
import anyio.to_thread
import pytest
from automcp.runtime.lowlevel import pipes
from automcp.runtime.lowlevel.pipes import Inlet, Outlet

BIG = b"x" * 1_000_000
"""More than any pipe or socket holds."""

Ends = tuple[int, int]


def _pipe() -> Ends:
    return os.pipe()


def _sockets() -> Ends:
    one, other = socket.socketpair()
    return one.detach(), other.detach()


def _terminal() -> Ends:
    controller, terminal = pty.openpty()
    tty.setraw(terminal)
    return terminal, controller


KINDS: dict[str, Callable[[], Ends]] = {"pipe": _pipe, "socket": _sockets, "terminal": _terminal}


@pytest.fixture(params=KINDS)
def ends(request: pytest.FixtureRequest) -> Generator[Ends]:
    """Where a server reads, and where its client writes."""
    opened = KINDS[request.param]()
    yield opened
    for descriptor in opened:
        os.close(descriptor)


@pytest.fixture
def outward(ends: Ends) -> Ends:
    """Where a client reads, and where its server writes."""
    source, far = ends
    return (far, source) if os.isatty(source) else ends


def _fill(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


async def _drained(descriptor: int, size: int) -> bytes:
    def read() -> bytes:
        taken = b""
        while len(taken) < size:
            taken += os.read(descriptor, 1 << 20)
        return taken

    with anyio.fail_after(30):
        return await anyio.to_thread.run_sync(read)


def _hang_up(descriptor: int) -> None:
    """Close what the descriptor stands for, and keep its number from others."""
    with Path(os.devnull).open("rb") as null:
        os.dup2(null.fileno(), descriptor)


def _nothing() -> None:
    return


async def test_lines_come_whole_however_they_were_cut(ends: Ends) -> None:
    source, far = ends
    inlet = Inlet(source)
    for part in (b"a\nbc", b"", b"d\n\ne\n"):
        os.write(far, part)
    assert [await inlet.line() for _ in range(4)] == [b"a", b"bcd", b"", b"e"]
    inlet.close()


async def test_a_line_may_be_longer_than_what_is_read_at_once(ends: Ends) -> None:
    source, far = ends
    inlet = Inlet(source)
    async with anyio.create_task_group() as group:
        group.start_soon(anyio.to_thread.run_sync, _fill, far, BIG + b"\nafter\n")
        assert await inlet.line() == BIG
        assert await inlet.line() == b"after"
    inlet.close()


async def test_who_waits_for_a_line_lets_others_work(ends: Ends) -> None:
    source, far = ends
    inlet = Inlet(source)
    lines: list[bytes | None] = []

    async def read() -> None:
        lines.append(await inlet.line())

    async with anyio.create_task_group() as group:
        group.start_soon(read)
        await anyio.sleep(0.01)
        assert lines == []
        os.write(far, b"now\n")
    assert lines == [b"now"]
    inlet.close()


async def test_at_the_end_there_is_nothing_more(ends: Ends) -> None:
    source, far = ends
    inlet = Inlet(source)
    os.write(far, b"one\nunfinished")
    assert await inlet.line() == b"one"
    _hang_up(far)
    # What a terminal still held is gone with it.
    assert await inlet.line() == (None if os.isatty(source) else b"unfinished")
    assert await inlet.line() is None


async def test_closing_tells_who_waits(ends: Ends) -> None:
    inlet = Inlet(ends[0])
    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(inlet.line)
            await anyio.sleep(0.01)
            inlet.close()


async def test_a_cancelled_reader_loses_nothing(ends: Ends) -> None:
    source, far = ends
    inlet = Inlet(source)
    os.write(far, b"half")
    with anyio.move_on_after(0.02):
        await inlet.line()
    os.write(far, b" and half\n")
    assert await inlet.line() == b"half and half"
    inlet.close()


async def test_nobody_reads_ahead_without_end() -> None:
    source, far = os.pipe()
    inlet = Inlet(source)
    os.write(far, b"first\n")
    assert await inlet.line() == b"first"
    os.set_blocking(far, False)
    taken = 0
    for _ in range(200):
        with suppress(BlockingIOError):
            taken += os.write(far, b"y" * 65_000)
        await anyio.sleep(0)
    assert taken < 3_000_000
    inlet.close()
    os.close(source)
    os.close(far)


async def test_files_are_read_to_their_end(tmp_path: Path) -> None:
    path = tmp_path / "messages"
    path.write_bytes(BIG + b"\nlast")
    with path.open("rb") as file:
        inlet = Inlet(file.fileno())
        assert [await inlet.line() for _ in range(3)] == [BIG, b"last", None]


async def test_the_null_device_is_empty() -> None:
    with Path(os.devnull).open("rb") as null:
        assert await Inlet(null.fileno()).line() is None


def _no_way(_: int) -> None:
    return


@pytest.fixture(params=["as it is", "without /proc"])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, ends: Ends) -> None:
    """Writes in both ways that there are for pipes."""
    if request.param == "without /proc":
        if os.isatty(ends[0]):
            pytest.skip("a terminal has a name everywhere")
        monkeypatch.setattr(pipes, "_reopened", _no_way)


@pytest.mark.usefixtures("anywhere")
async def test_messages_of_many_writers_stay_whole(outward: Ends) -> None:
    far, sink = outward
    outlet = Outlet(sink, broken=_nothing)
    messages = [bytes([65 + number]) * 300_000 + b"\n" for number in range(20)]
    async with anyio.create_task_group() as group:
        for message in messages:
            group.start_soon(outlet.write, message)
        taken = await _drained(far, sum(map(len, messages)))
        assert sorted(taken.splitlines(keepends=True)) == messages
    outlet.close()


@pytest.mark.usefixtures("anywhere")
async def test_a_writer_waits_for_the_reader_and_nobody_else_does(outward: Ends) -> None:
    far, sink = outward
    outlet = Outlet(sink, broken=_nothing)
    done = anyio.Event()

    async def write() -> None:
        await outlet.write(BIG)
        done.set()

    async with anyio.create_task_group() as group:
        group.start_soon(write)
        for _ in range(20):
            await anyio.sleep(0.001)
        assert not done.is_set()
        assert await _drained(far, len(BIG)) == BIG
        with anyio.fail_after(5):
            await done.wait()
    outlet.close()


async def test_a_cancelled_writer_leaves_no_half_message(outward: Ends) -> None:
    far, sink = outward
    outlet = Outlet(sink, broken=_nothing)
    with anyio.move_on_after(0.02):
        await outlet.write(BIG + b"\n")
    async with anyio.create_task_group() as group:
        group.start_soon(outlet.write, b"after\n")
        assert await _drained(far, len(BIG) + 7) == BIG + b"\nafter\n"
    outlet.close()


async def test_when_nobody_reads_any_more_writers_learn_it(outward: Ends) -> None:
    far, sink = outward
    told: list[bool] = []
    outlet = Outlet(sink, broken=lambda: told.append(True))
    async with anyio.create_task_group() as group:

        async def write() -> None:
            with pytest.raises(anyio.BrokenResourceError):
                await outlet.write(BIG)

        group.start_soon(write)
        await anyio.sleep(0.01)
        _hang_up(far)
    assert told == [True]
    with anyio.fail_after(5), pytest.raises(anyio.BrokenResourceError):
        await outlet.write(b"more")
    outlet.close()
    with pytest.raises(anyio.ClosedResourceError):
        await outlet.write(b"more")


async def test_files_take_everything(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as file:
        outlet = Outlet(file.fileno(), broken=_nothing)
        await outlet.write(BIG)
        await outlet.write(b"!")
        outlet.close()
    assert (tmp_path / "out").read_bytes() == BIG + b"!"


async def test_a_full_disk_counts_as_a_reader_that_is_gone() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("only Linux has a disk that is always full")
    with full.open("wb", buffering=0) as file:
        outlet = Outlet(file.fileno(), broken=_nothing)
        with pytest.raises(anyio.BrokenResourceError):
            await outlet.write(b"x")
        outlet.close()


@pytest.mark.usefixtures("anywhere")
async def test_what_others_share_is_left_alone(outward: Ends) -> None:
    far, sink = outward

    def state() -> tuple[list[bool], int]:
        return [os.get_blocking(one) for one in outward], sum(1 for _ in Path("/dev/fd").iterdir())

    before = state()
    inlet, outlet = Inlet(far), Outlet(sink, broken=_nothing)
    await outlet.write(b"a line\n")
    assert await inlet.line() == b"a line"
    inlet.close()
    outlet.close()
    assert state() == before
