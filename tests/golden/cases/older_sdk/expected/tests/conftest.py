"""The settings and handlers that the tests run with. This file is yours."""

from __future__ import annotations

import pytest
from jobs_server.handlers import App


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def handlers() -> App:
    return App()
