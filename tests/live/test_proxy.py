"""A spec that was made from a server, compiled with `--proxy`: the server published once more."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

pytestmark = pytest.mark.slow
SHOP = Path(__file__).parents[2] / "examples" / "shop"


_START = """
import os, sys

with open(__file__ + ".pids", "a") as pids:
    pids.write(f"{os.getpid()}\\n")
sys.path.insert(0, os.path.dirname(__file__))
from shop_server.__main__ import main

main()
"""


def automcp(*arguments: object) -> None:
    command = [sys.executable, "-m", "automcp", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled shop in `shop`, and in `again` what passes everything on to it."""
    folder = tmp_path_factory.mktemp("proxied")
    shutil.copytree(SHOP, folder / "shop")
    automcp("generate", folder / "shop")
    # Its folder is on the path of what it runs.
    start = folder / "shop/server/src/start.py"
    start.write_text(_START, "utf-8")
    command = shlex.join([sys.executable, str(start)])
    spec = folder / "again" / "shop.yaml"
    automcp("import", "server", "--command", command, "--proxy", "--out", spec)
    automcp("generate", spec)
    return folder


@asynccontextmanager
async def connected(folder: Path, name: str) -> AsyncGenerator[Client]:
    environment = {"PYTHONPATH": str(folder / name / "server" / "src")}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "shop_server"], env=environment
    )
    async with Client(command) as client:
        yield client


def wire(result: CallToolResult) -> dict[str, Any]:
    return result.model_dump(mode="json", by_alias=True, exclude={"meta"})


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("catalog_search", {"text": "tea", "limit": 2}),
    ("catalog_product", {"sku": "TEA-001"}),
    ("catalog_product", {"sku": "TEA-999"}),
    ("catalog_product", {"sku": "nonsense"}),
    ("catalog_categories", {}),
    ("orders_read", {"id": "8c5b1a2e-6b8a-4c3e-9d55-0f4c2d9a7e11"}),
    ("orders_annotate", {"id": "8c5b1a2e-6b8a-4c3e-9d55-0f4c2d9a7e11"}),
]


async def test_the_other_server_answers(folder: Path) -> None:
    """The same surface, the same answers, and the same errors with their names and data."""
    async with connected(folder, "shop") as direct, connected(folder, "again") as through:
        assert (await direct.list_tools()).tools == (await through.list_tools()).tools
        for tool, arguments in CALLS:
            expected = wire(await direct.call_tool(tool, arguments))
            assert wire(await through.call_tool(tool, arguments)) == expected, (tool, arguments)


async def test_many_calls_at_once(folder: Path) -> None:
    answers: list[bool] = []
    async with connected(folder, "again") as through, anyio.create_task_group() as tasks:

        async def call() -> None:
            result = await through.call_tool("catalog_product", {"sku": "TEA-001"})
            answers.append(result.is_error)

        for _ in range(40):
            tasks.start_soon(call)
    assert answers == [False] * 40


async def test_a_server_that_dies_is_started_again(folder: Path) -> None:
    pids = folder / "shop/server/src/start.py.pids"
    pids.unlink()
    async with connected(folder, "again") as through:
        call = ("catalog_product", {"sku": "TEA-001"})
        assert not (await through.call_tool(*call)).is_error
        (first,) = pids.read_text().split()
        os.kill(int(first), 9)
        with anyio.fail_after(20):
            while (await through.call_tool(*call)).is_error:
                await anyio.sleep(0.1)
        assert len(pids.read_text().split()) == 2
    for pid in pids.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


async def test_a_server_that_cannot_be_started_is_said_to_be(folder: Path, tmp_path: Path) -> None:
    spec = dict[str, Any](automcp=1, name="x", version="1")
    spec["backends"] = {"gone": {"mcp": {"command": ["no-such-program-at-all"]}}}
    spec["groups"] = {"g": {"operations": {"it": {"run": {"proxy": "it"}, "content": ["text"]}}}}
    (tmp_path / "x.json").write_text(json.dumps(spec))
    automcp("generate", tmp_path / "x.json")
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "x_server"],
        env={"PYTHONPATH": str(tmp_path / "server/src")},
    )
    async with Client(command) as client:
        result = await client.call_tool("g_it", {})
    assert result.is_error
    assert "cannot connect to no-such-program-at-all" in str(result.content)
