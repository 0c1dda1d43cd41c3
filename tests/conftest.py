"""What all tests share."""

from __future__ import annotations

import os

import pytest
from automcp.cache import VARIABLE


def pytest_configure() -> None:
    """Tests see what the code does now, and never touch the cache of whoever runs them."""
    os.environ[VARIABLE] = "off"


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio: it is what the generated servers run on."""
    return "asyncio"
