"""The settings and handlers that the tests run with. This file is yours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from operation_server.handlers import App
from operation_server.settings import Settings

CASES = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def settings() -> Settings:
    return Settings.from_environment(CASES["environment"])


@pytest.fixture
def handlers() -> App:
    return App()
