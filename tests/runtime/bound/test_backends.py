"""Backends are closed with the server, whatever becomes of the others."""

from __future__ import annotations

from dataclasses import dataclass, field

import anyio
import pytest
from automcp.runtime.bound import backends
from automcp.runtime.bound.backends import OpenBackends

pytestmark = pytest.mark.anyio


@dataclass
class Api:
    failing: bool = False
    pause: float = 0
    closed: list[str] = field(default_factory=list[str])

    async def aclose(self) -> None:
        await anyio.sleep(self.pause)
        if self.failing:
            raise OSError("cannot say goodbye")
        self.closed.append("closed")


@dataclass(frozen=True)
class Backends(OpenBackends):
    first: Api
    second: Api


async def test_all_are_closed_and_may_be_opened_again() -> None:
    opened = Backends(Api(), Api())
    for count in (1, 2):
        async with opened as same:
            assert same is opened
        assert [len(one.closed) for one in (opened.first, opened.second)] == [count, count]


async def test_one_that_fails_does_not_keep_the_others_open(
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened = Backends(Api(), Api(failing=True))
    async with opened:
        pass
    assert opened.first.closed
    assert "second" in caplog.text


async def test_one_that_hangs_does_not_keep_the_others_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(backends, "_GRACE", 0.01)
    opened = Backends(Api(), Api(pause=100))
    with anyio.fail_after(5):
        async with opened:
            pass
    assert opened.first.closed


async def test_they_are_closed_when_the_server_is_cancelled() -> None:
    opened = Backends(Api(pause=0.01), Api())
    with anyio.CancelScope() as scope:
        async with opened:
            scope.cancel()
            await anyio.sleep(1)
    assert opened.first.closed
    assert opened.second.closed


async def test_what_was_raised_is_raised() -> None:
    opened = Backends(Api(), Api())
    with pytest.raises(KeyError):
        async with opened:
            raise KeyError
    assert opened.first.closed
