"""The requests of the benchmark, as bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping

LATEST = "2026-07-28"
HANDSHAKE = "2025-11-25"

_ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": LATEST,
    "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
SMALL = {"title": "a", "count": 1, "ratio": 0.5, "urgent": True, "tags": ["x", "y"]}
LARGE = {**SMALL, "tags": [f"{number:05} {'x' * 91}" for number in range(1000)]}
"""100 KB on the wire; the answer holds it twice."""
NAMES = ("small", "100k")
ARGUMENTS: Mapping[str, Mapping[str, object]] = {"small": SMALL, "100k": LARGE}

INITIALIZED = json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}).encode()


def request(number: int, method: str, params: Mapping[str, object], *, modern: bool) -> bytes:
    """One request in an era."""
    sent = {**params, "_meta": _ENVELOPE} if modern else params
    return json.dumps(
        {"jsonrpc": "2.0", "id": number, "method": method, "params": sent}, separators=(",", ":")
    ).encode()


def initialize() -> bytes:
    """The handshake's beginning."""
    client = {"name": "bench", "version": "1"}
    params = {"protocolVersion": HANDSHAKE, "capabilities": {}, "clientInfo": client}
    return request(0, "initialize", params, modern=False)


def call(number: int, tool: str, arguments: Mapping[str, object], *, modern: bool) -> bytes:
    """A tool call."""
    return request(number, "tools/call", {"name": tool, "arguments": arguments}, modern=modern)


def headers(method: str, tool: str | None = None) -> dict[str, str]:
    """What a request of the latest era repeats in HTTP headers."""
    said = {"MCP-Protocol-Version": LATEST, "Mcp-Method": method}
    return {**said, "Mcp-Name": tool} if tool else said
