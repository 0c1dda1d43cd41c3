"""What all tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from automcp.cache import VARIABLE

_CACHES = "automcp-tests-"


def pytest_configure() -> None:
    """Tests never touch the cache of whoever runs them; all processes of a run share one that is thrown away."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix=_CACHES)


def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        place = Path(os.environ[VARIABLE])
        assert place.name.startswith(_CACHES)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio: it is what the generated servers run on."""
    return "asyncio"
