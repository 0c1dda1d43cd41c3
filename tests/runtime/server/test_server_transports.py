"""The server as a process of its own: on stdio, and over Streamable HTTP on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import anyio
import automcp
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import TextContent
from sample_shop import Era

HERE = Path(__file__).parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join((str(HERE), str(Path(automcp.__file__).parent.parent))),
    "SHOP_CURRENCY": "DKK",
}

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_stray_prints_do_not_disturb_stdio(mode: Era, tmp_path: Path) -> None:
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "sample"], env=ENVIRONMENT, cwd=tmp_path
    )
    with (tmp_path / "stderr").open("w+") as stderr:
        async with Client(stdio_client(parameters, errlog=stderr), mode=mode) as client:
            for number in range(20):
                # The handler prints; what it prints belongs on stderr.
                result = await client.call_tool("orders_cancel", {"id": str(number)})
                assert (result.is_error, result.content) == (False, [])
            described = await client.call_tool("catalog_describe", {"sku": "tea"})
        stderr.seek(0)
        logged = stderr.read()
    assert described.content == [TextContent(text="tea for DKK\né")]
    assert "cancelling 19" in logged


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_streamable_http_answers_many_at_once(mode: Era) -> None:
    with _serving() as url:
        async with Client(url, mode=mode) as client, anyio.create_task_group() as tasks:

            async def order(number: int) -> None:
                arguments = {"customer": f"c{number}", "lines": [{"sku": "tea"}]}
                result = await client.call_tool("orders_create", arguments)
                assert result.structured_content["from"] == f"c{number}"

            for number in range(30):
                tasks.start_soon(order, number)


@contextmanager
def _serving() -> Generator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "sample", "--http", str(port)]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            server.terminate()
            server.wait(10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the server ended"
        with socket.socket() as attempt:
            attempt.settimeout(0.1)
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not listen")
