"""Databases for tests: SQLite files, and a PostgreSQL server of their own where one is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

_OPTIONS = (
    "timezone=UTC",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "listen_addresses=",
)


def program(name: str) -> str | None:
    """Where a program of PostgreSQL's lies, on the `PATH` or where Debian has it."""
    found = shutil.which(name)
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return found or next(map(str, versions), None)


@contextmanager
def postgresql_server() -> Generator[str]:
    """The URL of a database in a new server, which ends with the block. Skips where there is none."""
    initdb, postgres = program("initdb"), program("postgres")
    if not initdb or not postgres:
        pytest.skip("no PostgreSQL server is installed (initdb, postgres)")
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed")
    # PostgreSQL does not run as root, and a socket's path must be short.
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="automcp-pg-", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, user)
        data = str(folder / "data")
        made = [initdb, "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, user=user, cwd=folder)
        options = [word for option in _OPTIONS for word in ("-c", option)]
        running = subprocess.Popen(
            [postgres, "-D", data, "-k", str(folder), *options],
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(folder / ".s.PGSQL.5432")
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            running.terminate()
            running.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(socket: Path) -> None:
    psycopg: Any = import_module("psycopg")
    url = f"postgresql://tester@/postgres?host={socket.parent}"
    for _ in range(200):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("PostgreSQL did not start")
