"""Migrated servers without an adapter, side by side with the same servers carried by it, over stdio in both eras."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..migrate.projects import project, run
from ..migrate.test_freeing import HIGH, LOW, files

pytestmark = pytest.mark.slow

PREFIX = "io.modelcontextprotocol"
MODERN = {
    f"{PREFIX}/logLevel": "debug",
    f"{PREFIX}/protocolVersion": "2026-07-28",
    f"{PREFIX}/clientInfo": {"name": "t", "version": "1"},
    f"{PREFIX}/clientCapabilities": {},
}
HANDSHAKE = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "t", "version": "1"},
}
ASKED: list[tuple[str, dict[str, Any]]] = [
    *((method, {}) for method in ("ping", "tools/list", "prompts/list", "resources/list")),
    ("resources/templates/list", {}),
    ("prompts/get", {"name": "none"}),
    ("resources/read", {"uri": "x://none"}),
    ("prompts/get", {"name": "ask", "arguments": {"topic": "t"}}),
    ("prompts/get", {"name": "ask", "arguments": {"topic": "t", "n": "3"}}),
    ("prompts/get", {"name": "ask", "arguments": {}}),
    *(
        ("resources/read", {"uri": uri})
        for uri in ("data://one", "DATA://one", "data://k/x", "data://a/b/x", "none")
    ),
    ("logging/setLevel", {"level": "info"}),
    ("no/such", {}),
    ("tools/call", {"name": "none", "arguments": {}}),
    ("tools/call", {"arguments": {}}),
    ("tools/call", {"name": "price", "arguments": {"tea": "oolong", "x": 1}}),
    ("tools/call", {"name": "price", "arguments": {}}),
    ("tools/call", {"name": "price"}),
    ("tools/call", {"name": "picture"}),
]
TELLING = HIGH.replace("price(tea:", "price(ctx: Context, tea:").replace("def price", "async def price").replace(
    "    # As it was.", "    await ctx.info(tea)\n    await ctx.report_progress(1, total=2)\n    await ctx.warning('w')"
)  # fmt: skip
OFFERING = HIGH.replace(
    "def main",
    '''@mcp.prompt()
def ask(topic: str, n: int = 1) -> str:
    """Ask."""
    return f"{topic} {10 // (n - 3)}"


@mcp.resource("data://one", mime_type="application/json")
def data() -> dict:
    return {"a": 1}


@mcp.resource("data://{name}/x")
def of(name: str) -> bytes:
    return {"a": b"x"}[name]


def main''',
)
STARTED = {
    "as a module": ["-m", "tea.server"],
    "by its command": ["-c", "from tea.server import main; main()"],
}


def answers(folder: Path, how: list[str], modern: bool) -> tuple[list[Any], int]:
    """What a server answers, and how it ends when its stdin does."""
    opening: dict[str, Any] = {} if modern else HANDSHAKE
    first = ("server/discover" if modern else "initialize", opening)
    sent: list[dict[str, Any]] = [
        {"jsonrpc": "2.0", "id": at, "method": method, "params": {**params, "_meta": {**(MODERN if modern else {}), "progressToken": "p"}}}
        for at, (method, params) in enumerate([first, *ASKED])
    ]  # fmt: skip
    if not modern:
        sent.insert(1, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    with subprocess.Popen(
        [sys.executable, *how],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        found: list[Any] = []
        for one in sent:
            process.stdin.write(json.dumps(one) + "\n")
            process.stdin.flush()
            while "id" in one:
                # What is told on the way to an answer counts, too.
                found.append(json.loads(process.stdout.readline()))
                if "id" in found[-1]:
                    break
        process.stdin.close()
        assert process.stdout.read() == ""
        return found, process.wait(20)


def _known_by_version(found: tuple[list[Any], int]) -> tuple[list[Any], int]:
    """The same without the version that clients of 2026-07-28 see: the adapter tells it those of the handshake alone."""
    for one in found[0]:
        one.get("result", {}).get("_meta", {}).pop(f"{PREFIX}/serverInfo", None)
    return found


@pytest.mark.parametrize("modern", [False, True])
@pytest.mark.parametrize("how", STARTED)
@pytest.mark.parametrize("text", [HIGH, LOW, TELLING, OFFERING])
def test_callers_see_no_difference(tmp_path: Path, text: str, how: str, modern: bool) -> None:
    project(tmp_path / "legacy", files(text))
    for name, words in (("carried", ["--keep"]), ("alone", [])):
        done = run(tmp_path / "legacy", "--out", tmp_path / name, *words)
        assert done.exit_code == 0, done.output
    assert not list((tmp_path / "alone").rglob("legacy_mcp"))
    expected = answers(tmp_path / "carried", STARTED[how], modern)
    found = answers(tmp_path / "alone", STARTED[how], modern)
    assert _known_by_version(found) == _known_by_version(expected)
    told = 3 if text is TELLING else 0
    assert len(expected[0]) == len(ASKED) + 1 + told
