"""Logs are lines where no terminal shows them."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from automcp.runtime.server.logs import log_plainly


class Boxes(logging.Handler):
    """As the SDKs set it up, if `rich` is installed."""

    __module__ = "rich.logging"

    def emit(self, record: logging.LogRecord) -> None:
        print("a box")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    log = logging.getLogger()
    before = log.handlers[:]
    log.handlers[:] = [Boxes(logging.ERROR)]
    yield log
    log.handlers[:] = before


def test_in_a_file_tracebacks_are_as_python_writes_them(
    root: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    other = logging.NullHandler()
    root.addHandler(other)
    log_plainly()
    try:
        raise ValueError("why")
    except ValueError:
        root.error("it failed", exc_info=True)
    root.warning("below the level that was set")
    lines = file.getvalue().splitlines()
    assert lines[0].endswith(" ERROR it failed")
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[-1] == "ValueError: why"
    assert other in root.handlers
    assert Boxes not in [type(one) for one in root.handlers]


def test_on_a_terminal_and_without_stderr_it_stays(
    root: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (Terminal(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        log_plainly()
        assert Boxes in [type(one) for one in root.handlers]
