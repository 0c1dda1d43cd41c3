"""The settings and handlers that the tests run with. This file is yours."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from notes_server.backends import Backends
from notes_server.bindings import Bound
from notes_server.settings import Settings

CASES = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def settings() -> Settings:
    return Settings.from_environment(CASES["environment"])


@pytest.fixture
async def handlers(settings: Settings) -> AsyncGenerator[Bound]:
    async with Backends.of(settings) as backends:
        yield Bound(backends)
