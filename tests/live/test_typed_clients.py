"""The typed client with servers that it starts itself, and bytes that are base64 on the wire alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from automcp.targets import find
from mcp import StdioServerParameters

from .compiled import imported, lay_out, service

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

SPEC = """
automcp: 1
name: blobs
version: 1.0.0
settings: {root: {type: string}}
backends: {store: {files: {root: "{settings.root}"}}}
schemas: {Blob: {type: string, contentEncoding: base64}}
groups:
  blobs:
    operations:
      put:
        params: {path: {type: string}, data: {$ref: "#/schemas/Blob"}}
        run: {file: {write: "{path}", content: "{data}", binary: true}}
      get:
        params: {path: {type: string}}
        returns: {type: string, contentEncoding: base64}
        effect: reads
        run: {file: {read: "{path}", binary: true}}
      total:
        params:
          first: {type: string, contentEncoding: Base64, default: aGk=}
          more: {type: string, contentEncoding: base64, optional: true}
          none: {type: [string, "null"], contentEncoding: base64, optional: true}
          text: {type: string, default: a}
        returns: {type: [string, "null"], contentEncoding: base64}
        effect: reads
        run: {python: "sums:total"}
"""
SUMS = """
def total(first, more=None, none="", text=""):
    return None if none is None else first + (more or "")
"""
DATA = bytes(range(256))


@pytest.mark.parametrize("tools", ["list", "search"])
async def test_a_client_starts_its_server(tmp_path: Path, tools: str) -> None:
    told = service(SPEC, "blobs.yaml")
    options = {} if tools == "list" else {"tools": tools}
    lay_out(find("server").emit(told, options).under("server"), tmp_path)
    lay_out(find("client").emit(told, {}).under("client"), tmp_path)
    source = tmp_path / "server" / "src"
    (source / "sums.py").write_text(SUMS, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(source), "BLOBS_ROOT": str(tmp_path)}
    target = StdioServerParameters(
        command=sys.executable, args=["-m", "blobs_server"], env=environment
    )
    with imported(tmp_path, "blobs_client") as (package,):
        async with package.BlobsClient(target) as client:
            blobs: Any = client.blobs
            await blobs.put("a.bin", DATA)
            assert (tmp_path / "a.bin").read_bytes() == DATA
            assert await blobs.get("a.bin") == DATA
            assert await blobs.total() == b"hi"
            # What is base64 on the wire is put together there by the function, which knows texts alone.
            assert await blobs.total(first=b"abc", more=b"def") == b"abcdef"
            assert await blobs.total(none=None) is None
            with pytest.raises(TypeError):
                await blobs.put("a.bin", "text")
            # What the function puts together is no base64 any more.
            with pytest.raises(package.InvalidAnswer):
                await blobs.total(first=b"a", more=b"b")
