"""Compiles a project for one SDK after the other, and serves it in an environment that has that SDK."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

ROOT = Path(__file__).parent.parent.parent
OLD, NEW = "2025-11-25", "2026-07-28"
RUNS = [("mcp2", NEW), ("mcp2", OLD), ("fastmcp4", NEW), ("fastmcp4", OLD), ("mcp1", OLD)]
"""Every SDK with every revision of the protocol that it speaks."""

sys.path[:0] = [str(ROOT / "examples"), str(ROOT / "examples" / "conformance")]

from environments import python_with  # noqa: E402
from serving import DIALECTS, environment  # noqa: E402

__all__ = [
    "DIALECTS",
    "NEW",
    "OLD",
    "ROOT",
    "RUNS",
    "Server",
    "compiled",
    "environment",
    "free_port",
    "python_with",
    "served",
    "wait_for",
]


class Server:
    """A running server, and raw requests to it over HTTP."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], revision: str) -> None:
        self.url = f"http://127.0.0.1:{port}/mcp"
        self.process = process
        self.modern = revision == NEW
        self.headers: dict[str, str] = {}
        self._http = httpx2.Client(limits=httpx2.Limits(max_connections=50), timeout=30)

    def post(
        self, body: object, *, timeout: float = 30, headers: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        """Send a body, as JSON unless it is bytes."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        base = {
            "accept": "application/json, text/event-stream",
            "content-type": "application/json",
            **self.headers,
            **(headers or {}),
        }
        return self._http.post(self.url, content=raw, headers=base, timeout=timeout)

    def connect(self, capabilities: Mapping[str, Any]) -> Any:
        """Shake hands, or discover: what the server says about itself."""
        if self.modern:
            self.headers = {"mcp-protocol-version": NEW}
            return self.ask("server/discover", {})[-1]
        client = {"name": "test", "version": "0"}
        params = {"protocolVersion": OLD, "capabilities": capabilities, "clientInfo": client}
        answer = self.post({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params})
        assert answer.status_code == 200, answer.text
        self.headers = {
            "mcp-protocol-version": OLD,
            "mcp-session-id": answer.headers["mcp-session-id"],
        }
        self.post({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return messages(answer)[-1]

    def message(
        self, number: int, method: str, params: Mapping[str, Any], meta: Mapping[str, Any]
    ) -> dict[str, Any]:
        """A request as it goes out."""
        own: dict[str, Any] = dict(meta)
        if self.modern:
            prefix = "io.modelcontextprotocol"
            own[f"{prefix}/protocolVersion"] = NEW
            own[f"{prefix}/clientCapabilities"] = {}
        full: dict[str, Any] = {**params, "_meta": own} if own else dict(params)
        return {"jsonrpc": "2.0", "id": number, "method": method, "params": full}

    def ask(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        number: int = 1,
        timeout: float = 30,
        meta: Mapping[str, Any] | None = None,
    ) -> list[Any]:
        """All messages that a request is answered with; the last one is the answer."""
        routing: dict[str, str] = {}
        if self.modern:
            routing = {"mcp-method": method}
            name = params.get("name", params.get("uri"))
            if name is not None:
                routing["mcp-name"] = str(name)
        body = self.message(number, method, params, meta or {})
        return messages(self.post(body, timeout=timeout, headers=routing))

    def close(self) -> None:
        """Close the connections to it."""
        self._http.close()

    def handles(self) -> tuple[int, int]:
        """Open files and threads of the process."""
        folder = Path(f"/proc/{self.process.pid}")
        return len(list((folder / "fd").iterdir())), len(list((folder / "task").iterdir()))


def messages(answer: httpx2.Response) -> list[Any]:
    """The messages of an answer, be it JSON or an event stream."""
    if answer.headers.get("content-type", "").startswith("application/json"):
        return [answer.json()]
    lines = [line[5:] for line in answer.text.splitlines() if line.startswith("data:")]
    return [json.loads(line) for line in lines if line.strip()]


@contextmanager
def served(
    command: list[str], environ: Mapping[str, str], port: int, revision: str
) -> Generator[Server]:
    """Start a server, and stop it again."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        server = Server(port, process, revision)
        try:
            yield server
        finally:
            server.close()
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def compiled(source: Path, name: str, dialect: str, folder: Path) -> tuple[Path, Path]:
    """Compile a spec with its handlers for a dialect: the package's folder, and an interpreter for it."""
    package = folder / "server" / "src" / f"{name}_server"
    shutil.copytree(source / "handlers", package / "handlers")
    shutil.copy(source / "state.py", package)
    shutil.copy(source / f"{name}.yaml", folder)
    settings = f'spec = "{name}.yaml"\n[targets.server]\nout = "server"\nsdk = "{dialect}"\n'
    (folder / "automcp.toml").write_text(settings, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "automcp", "generate", str(folder)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
    )
    return folder / "server", environment(dialect, folder / "server")


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process listens."""
    for _ in range(2400):
        assert process.poll() is None, "the server did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.125)
    raise AssertionError("the server did not open its port")
