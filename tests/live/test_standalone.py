"""Servers of the standalone fastmcp, migrated, beside what they showed and answered on the release that they were made for.

The facts were recorded with the releases themselves (`standalone/asked.py`); what differs is said here, and nothing else may.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest
from automcp.migrate.names import moved
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial
from automcp.migrate.vendored import adapter_files

from .dialects import ROOT, free_port, python_with, wait_for
from .standalone.asked import HERE, answers

pytestmark = pytest.mark.slow

# What differs, and why.
_OF_2 = {
    # What does not fit a template fails with other words.
    'resources/read: {"uri": "data://a/zz/tpl2"}',
    # A title that says what the name does.
    "tools/list: no_doc: inputSchema",
}
_CONTEXTS_BELONG_TO_THE_INNER_SERVER = {'tools/call: {"name": "ch_c-two", "arguments": {}}'}
_RESULTS_OF_THE_PROTOCOL_ARE_SENT_AS_THEY_ARE = {
    "tools/list: err_result: outputSchema",
    'tools/call: {"name": "err_result", "arguments": {}}',
}
_UNKNOWN_ANNOTATIONS_OF_RESOURCES = {"resources/list: rr: annotations"}
_JSON_WITHOUT_LINES = {
    'tools/call: {"name": "n", "arguments": {}}',
    'tools/call: {"name": "model", "arguments": {}}',
    'resources/read: {"uri": "data://q/t"}',
}
_TITLES_BESIDE_REFERENCES = {"tools/list: closed: inputSchema"}
# 2.3 and 2.4 kept from callers what went wrong.
_MORE_IS_SAID = {'tools/call: {"name": "closed", "arguments": {"it": {"a": 1, "b": 2}}}'}
_PROMPTS_WITHOUT_DESCRIPTIONS = {'prompts/get: {"name": "ask", "arguments": {"what": "w"}}'}

KNOWN: dict[tuple[str, str], set[str]] = {
    ("lists_and_calls", "3.4"): set(),
    ("lists_and_calls", "2.14"): _OF_2,
    ("lists_and_calls", "2.12"): _OF_2,
    ("aliases", "3.4"): set(),
    ("aliases", "2.14"): set(),
    ("composition", "3.4"): set(),
    ("composition", "2.14"): _CONTEXTS_BELONG_TO_THE_INNER_SERVER,
    ("composition", "2.12"): _CONTEXTS_BELONG_TO_THE_INNER_SERVER,
    ("of_3", "3.4"): {
        *_RESULTS_OF_THE_PROTOCOL_ARE_SENT_AS_THEY_ARE,
        *_UNKNOWN_ANNOTATIONS_OF_RESOURCES,
    },
    ("of_0", "0.4"): _JSON_WITHOUT_LINES | _PROMPTS_WITHOUT_DESCRIPTIONS,
    ("eras", "2.3"): _TITLES_BESIDE_REFERENCES | _MORE_IS_SAID,
    ("eras", "2.6"): _TITLES_BESIDE_REFERENCES,
    ("eras", "2.9"): _TITLES_BESIDE_REFERENCES,
    **{("eras", release): set() for release in ("2.12", "3.1", "3.2.3", "3.4")},
    **{("documents", release): set() for release in ("2.13", "2.14", "3.2.0", "3.2.4", "3.4")},
}


@pytest.mark.parametrize(("server", "release"), KNOWN, ids=str)
def test_a_migrated_server_answers_as_it_did(server: str, release: str, tmp_path: Path) -> None:
    python = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp")
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    text = (HERE / "servers" / f"{server}.py").read_text("utf-8")
    (source / "server.py").write_text(text, "utf-8")
    (source / "requirements.txt").write_text(f"fastmcp=={release}.*\n", "utf-8")
    migrate(source, out, Trial(install=False))
    command = [str(python), "-c", "from start_server import main; main()"]
    now = answers(command, server, {"PYTHONPATH": str(out)})
    before: dict[str, Any] = json.loads(
        (HERE / "facts" / f"{server}-{release}.json").read_text("utf-8")
    )
    differing = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    assert differing == KNOWN[server, release]


PAGES = """
from fastmcp import FastMCP
from prefab_ui.app import PrefabApp
from prefab_ui.components import Text

mcp = FastMCP("pages")

@mcp.tool(app=True)
def page() -> PrefabApp:
    return PrefabApp(view=Text(content="Tea"))

if __name__ == "__main__":
    mcp.run()
"""


def test_pages_that_tools_return_are_sent_as_pages(tmp_path: Path) -> None:
    python = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp[apps]")
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    (source / "server.py").write_text(PAGES, "utf-8")
    (source / "requirements.txt").write_text("fastmcp[apps]>=3.4,<4\n", "utf-8")
    migrate(source, out, Trial(install=False))
    command = [str(python), "-c", "from start_server import main; main()"]
    told = answers(command, "pages", {"PYTHONPATH": str(out)})
    answer = told['tools/call: {"name": "page", "arguments": {}}']
    assert answer["content"] == [{"type": "text", "text": "[Rendered Prefab UI]"}]
    assert "$prefab" in answer["structuredContent"]


OVER_HTTP = """
import sys
from fastmcp import FastMCP
from fastmcp.server.auth.providers.bearer import BearerAuthProvider
from fastmcp.server.dependencies import get_http_request
from starlette.responses import PlainTextResponse

mcp = FastMCP("web", host="127.0.0.1", port=1, stateless_http=True, json_response=True)
mcp.settings.port = int(sys.argv[1])

@mcp.tool
def who() -> str:
    return get_http_request().headers["x-me"]

@mcp.custom_route("/health", methods=["GET"])
async def health(request): return PlainTextResponse("well")

if __name__ == "__main__":
    mcp.run(transport="streamable-http")
"""


def test_a_migrated_server_serves_http_as_its_constructor_and_settings_say(tmp_path: Path) -> None:
    python = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp")
    source, out, port = tmp_path / "legacy", tmp_path / "out", free_port()
    source.mkdir()
    (source / "server.py").write_text(OVER_HTTP, "utf-8")
    migrate(source, out, Trial(install=False))
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "who"}}
    headers = {"accept": "application/json, text/event-stream", "x-me": "me"}
    quiet = {**os.environ, "FASTMCP_CHECK_FOR_UPDATES": "off"}
    command = [str(python), str(out / "server.py"), str(port)]
    with subprocess.Popen(command, env=quiet, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            base = f"http://127.0.0.1:{port}"
            assert httpx2.get(f"{base}/health").text == "well"
            answer = httpx2.post(f"{base}/mcp", json=asked, headers=headers).json()
        finally:
            process.kill()
    assert answer["result"]["content"] == [{"type": "text", "text": "me"}]


_IMPORT = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
missing = []
for module, names in json.load(sys.stdin).items():
    try:
        found = importlib.import_module(module)
    except ImportError:
        missing.append(module)
        continue
    for name in names:
        try:
            getattr(found, name)
        except (AttributeError, ImportError):
            missing.append(f"{module}.{name}")
print(json.dumps(missing))
"""
_NOT_THERE = {
    "fastmcp.server.auth.oauth_proxy.": "the inner parts of OAuth proxies",
    "fastmcp.server.auth.providers.": "how providers read the environment",
    "fastmcp.server.auth.registry": "how providers read the environment",
    "legacy_fastmcp.auth.EnvBearerAuthProvider": "how providers read the environment",
    "fastmcp.server.dependencies.": "background tasks are a package of their own",
    "fastmcp.server.tasks": "background tasks are a package of their own",
    "fastmcp.utilities.tasks.": "background tasks are a package of their own",
    "fastmcp.server.middleware.caching.Cachable": "what is cached has other types",
    "fastmcp.server.middleware.middleware.": "types of 2.9",
    "fastmcp.server.middleware.tool_injection.": "resources and prompts as tools are transforms",
    "fastmcp.server.http.": "routes are the providers' own",
    "fastmcp.server.providers.": "SkillsProvider is SkillsDirectoryProvider",
    "fastmcp.server.sampling": "servers do not ask models by tools of their own any more",
    "fastmcp.settings.": "settings of what is gone",
    "fastmcp.utilities.cache": "inner parts of 2.x",
    "fastmcp.utilities.components.MirroredComponent": "inner parts of 2.x",
    "fastmcp.utilities.decorators": "inner parts of 2.x",
    "fastmcp.utilities.http.": "inner parts of 2.2",
    "fastmcp.utilities.json_schema.": "inner parts of 2.2",
    "fastmcp.utilities.storage": "inner parts of 2.12",
    "fastmcp.mcp_config.": "inner parts of clients",
    "legacy_fastmcp.MountedServer": "inner parts of 2.x",
    "legacy_fastmcp.TimedCache": "inner parts of 2.x",
    "legacy_fastmcp.contexts.ResultT": "a type variable",
    "legacy_fastmcp.proxy.Proxy": "inner parts of 2.x",
    "legacy_fastmcp.resources.MyModel": "left there by mistake",
    "legacy_fastmcp.tools.resolve_serialize_by_alias": "inner parts of 3.4",
}
"""What releases from 2.2 to 3.4 had that is not there, and why."""


def test_the_names_of_releases_from_2_2_to_3_4_are_there(tmp_path: Path) -> None:
    python = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp")
    for path, text in adapter_files("fastmcp", (2, 14)).items():
        place = tmp_path / "legacy_fastmcp" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    names: dict[str, list[str]] = json.loads((HERE / "names.json").read_text("utf-8"))
    led: dict[str, list[str]] = {}
    for module, wanted in names.items():
        led.setdefault(moved(module, "") or module, []).extend(wanted)
    ran = subprocess.run(
        [str(python), "-c", _IMPORT],
        input=json.dumps(led),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    missing: list[str] = json.loads(ran.stdout)
    assert [one for one in missing if not one.startswith(tuple(_NOT_THERE))] == []
    assert [one for one in _NOT_THERE if not any(name.startswith(one) for name in missing)] == []


HOOKED = """
from fastmcp import FastMCP
from fastmcp.exceptions import NotFoundError

class Guarded(FastMCP):
    async def _call_tool_mcp(self, key, arguments):
        if key == "secret":
            raise NotFoundError(f"Unknown tool: {key}")
        return await super()._call_tool_mcp(key, arguments)

mcp = Guarded("guarded")

@mcp.tool
def open_(x: int) -> int:
    return x

if __name__ == "__main__":
    mcp.run()
"""


def test_what_a_hook_raises_is_the_text_of_a_result(tmp_path: Path) -> None:
    python = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp")
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    (source / "server.py").write_text(HOOKED, "utf-8")
    migrate(source, out, Trial(install=False))
    command = [str(python), "-c", "from start_server import main; main()"]
    told = answers(command, "hooked", {"PYTHONPATH": str(out)})
    refused = told['tools/call: {"name": "secret", "arguments": {}}']
    assert refused["isError"]
    assert refused["content"] == [{"type": "text", "text": "Unknown tool: secret"}]
    answered = told['tools/call: {"name": "open_", "arguments": {"x": 1}}']
    assert answered["structuredContent"] == {"result": 1}
