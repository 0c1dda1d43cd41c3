"""A project of service groups, and the modules that it imports."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import mcp
import pytest

PROJECTS = Path(__file__).parent / "projects"


@pytest.fixture(autouse=True)
def former_modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the sample imports is there as long as a test runs; other tests see today's SDK alone."""
    from automcp import stand_ins

    environment = dict(os.environ)
    finders, types, member = list(sys.meta_path), sys.modules["mcp.types"], mcp.types
    stand_ins.install()
    monkeypatch.setattr(sys, "path", [str(PROJECTS), *sys.path])
    yield
    sys.meta_path[:] = finders
    sys.modules["mcp.types"] = types
    mcp.types = member
    os.environ.clear()
    os.environ.update(environment)
