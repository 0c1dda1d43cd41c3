"""What the tests of databases share."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
from automcp.runtime.sql.database import Database
from databases import postgresql_server


@pytest.fixture(scope="session")
def server() -> Generator[str]:
    """The URL of a PostgreSQL database."""
    with postgresql_server() as url:
        yield url


@pytest.fixture
async def postgresql(server: str) -> AsyncGenerator[Database]:
    """An empty one."""
    opened = Database(server)
    await emptied(opened)
    yield opened
    await opened.aclose()


@pytest.fixture(params=["file", "memory", pytest.param("server", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database of each kind."""
    if request.param == "server":
        return request.getfixturevalue("server")
    memory = request.param == "memory"
    return "sqlite::memory:" if memory else f"sqlite:{tmp_path}/a b%20?.db?mode=rwc"


@pytest.fixture
async def database(url: str) -> AsyncGenerator[Database]:
    """One of each kind, empty."""
    opened = Database(url)
    if not url.startswith("sqlite"):
        await emptied(opened)
    yield opened
    await opened.aclose()


async def emptied(database: Database) -> None:
    await database.count("DROP SCHEMA IF EXISTS public CASCADE", {}, writes=True)
    await database.count("CREATE SCHEMA public", {}, writes=True)
