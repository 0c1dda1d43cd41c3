"""What servers of the standalone fastmcp are asked, and how their answers are recorded.

Facts are recorded with an interpreter that has the release: `python -m tests.live.standalone.asked PYTHON SERVER RELEASE`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_LISTS = ("tools/list", "prompts/list", "resources/list", "resources/templates/list")
_KEYS = ("tools", "prompts", "resources", "resourceTemplates")
_LINK = re.compile(r"errors\.pydantic\.dev/[\d.]+/")


def answers(command: Sequence[str], server: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """What a server lists, and answers to the requests of `requests.json`, by what it was asked."""
    asked = json.loads((HERE / "requests.json").read_text("utf-8"))[server]
    with subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "FASTMCP_CHECK_FOR_UPDATES": "off", **environment},
    ) as process:
        try:
            return dict(_told(process, asked))
        finally:
            process.kill()


def _told(process: subprocess.Popen[str], asked: Any) -> Iterator[tuple[str, Any]]:
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "asked", "version": "1"},
    }
    answer = _ask(process, 0, "initialize", hello)
    yield "name", answer["serverInfo"]["name"]
    yield "instructions", answer.get("instructions")
    _send(process, {"method": "notifications/initialized"})
    for number, (method, key) in enumerate(zip(_LISTS, _KEYS, strict=True), 1):
        found: list[dict[str, Any]] = _ask(process, number, method, {}).get(key, [])
        yield f"{method}: names", [one["name"] for one in found]
        for one in found:
            yield from ((f"{method}: {one['name']}: {name}", value) for name, value in one.items())
    for number, (method, params) in enumerate(asked, 10):
        label = f"{method}: {json.dumps(params, ensure_ascii=False)}"
        yield label, _plain(_ask(process, number, method, params))


def _ask(process: subprocess.Popen[str], number: int, method: str, params: Any) -> Any:
    """The result, or the error, of a request."""
    _send(process, {"id": number, "method": method, "params": params})
    assert process.stdout is not None
    for line in process.stdout:
        message = json.loads(line)
        if message.get("id") == number and "method" not in message:
            return message["result"] if "result" in message else message["error"]
        if "id" in message:
            refused = {"code": -32601, "message": "not supported"}
            _send(process, {"id": message["id"], "error": refused})
    raise AssertionError(f"the server went away when it was asked {method} {params}")


def _send(process: subprocess.Popen[str], message: dict[str, Any]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    process.stdin.flush()


def _plain(answer: Any) -> Any:
    """An answer without the releases of libraries that are told in it."""
    return json.loads(_LINK.sub("errors.pydantic.dev/V/", json.dumps(answer)))


if __name__ == "__main__":
    python, name, release = sys.argv[1:]
    told = answers([python, str(HERE / "servers" / f"{name}.py")], name, {})
    text = json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True)
    (HERE / "facts" / f"{name}-{release}.json").write_text(text + "\n", "utf-8")
