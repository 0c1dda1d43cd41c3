"""A client in memory, for tests of the server and of its handlers."""

from __future__ import annotations

from ..lowlevel.testing import connect
from ..server.rehearsal import Answerer, TestClient

__all__ = ["Answerer", "TestClient", "connect"]
