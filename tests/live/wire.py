"""Speaks MCP to a compiled server as text, line by line, with no library in between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_SERVE = "from {package} import build_server; from tests.live.routes import Echo; build_server(Echo()).run('stdio')"


class Wire:
    """The two pipes to a server."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._last = 0

    def ask(self, method: str, params: str) -> Any:
        """The result of a request whose parameters are this JSON text."""
        message = self.answer(method, params)
        assert "result" in message, message
        return message["result"]

    def answer(self, method: str, params: str) -> dict[str, Any]:
        """The whole answer to such a request, a result or an error."""
        self._last += 1
        self._write(
            f'{{"jsonrpc": "2.0", "id": {self._last}, "method": "{method}", "params": {params}}}'
        )
        while True:
            message: dict[str, Any] = json.loads(self._read())
            if message.get("id") == self._last:
                return {key: one for key, one in message.items() if key in ("result", "error")}

    def greet(self) -> None:
        """Open the session."""
        hello = {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "wire", "version": "1"},
        }
        self.ask("initialize", json.dumps(hello))
        self._write('{"jsonrpc": "2.0", "method": "notifications/initialized"}')

    def call(self, tool: str, arguments: str) -> tuple[Any, bool]:
        """The structured content that a tool answers, and whether it is an error."""
        result = self.ask("tools/call", f'{{"name": "{tool}", "arguments": {arguments}}}')
        return result.get("structuredContent"), bool(result.get("isError"))

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the server has gone away"
        return line


@contextmanager
def served(folder: Path, package: str) -> Generator[Wire]:
    """A server that was laid out in `folder`, with handlers that give back what they take."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE.format(package=package)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": _path(folder / "server" / "src", ROOT)},
    ) as process:
        try:
            wire = Wire(process)
            wire.greet()
            yield wire
        finally:
            process.kill()


def _path(*folders: Path) -> str:
    return os.pathsep.join(map(str, folders))
