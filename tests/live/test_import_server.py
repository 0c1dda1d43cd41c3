"""`automcp import server` asks real processes, some of which do not mean well."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SHOP = ROOT / "examples" / "shop"

_HOSTILE = """
import json, sys, time
how = sys.argv[1]
tools = [{"name": "a", "inputSchema": {"type": "object"}}]
count = 0
for line in sys.stdin:
    asked = json.loads(line)
    if "id" not in asked:
        continue
    method = asked["method"]
    if method == "initialize":
        if how == "deaf":
            time.sleep(60)
        if how == "gone":
            sys.exit(1)
        result = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "h", "version": "1"}}
    elif method == "tools/list":
        count += 1
        result = {"tools": tools}
        if how == "endless":
            result = {"tools": [{**tools[0], "name": f"t{count}"}], "nextCursor": str(count)}
        elif how == "circle":
            result["nextCursor"] = "again"
        elif how == "dies":
            sys.exit("out of memory")
        elif how == "nonsense":
            result = {"tools": [{"name": 7}, {"name": "../../x", "inputSchema": {}}, "text", *tools], "nextCursor": 7}
        elif how == "silent":
            continue
    else:
        print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "error": {"code": -32601, "message": "no"}}), flush=True)
        continue
    if how == "garbage":
        print("starting up...", flush=True)
    print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": result}), flush=True)
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The import path of the compiled shop, with the handlers of the example."""
    copy = tmp_path_factory.mktemp("shop") / "shop"
    shutil.copytree(SHOP, copy)
    generated(copy)
    return copy / "server" / "src"


def generated(*arguments: Path | str) -> None:
    command = [sys.executable, "-m", "automcp", "generate", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr


def imported(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "automcp", "import", "server", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=cwd,
        check=False,
    )


def hostile(tmp_path: Path, how: str, *more: str) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "hostile.py"
    script.write_text(_HOSTILE)
    return imported(
        "--command", shlex.join([sys.executable, str(script), how]), *more, cwd=tmp_path
    )


@pytest.mark.slow
def test_a_compiled_server_gives_its_spec_back(shop: Path, tmp_path: Path) -> None:
    command = shlex.join([sys.executable, "-m", "shop_server"])
    out = tmp_path / "shop.yaml"
    ran = imported("--command", command, "--env", f"PYTHONPATH={shop}", "--out", str(out))
    assert ran.returncode == 0
    assert ran.stderr.startswith("11 tools, 0 prompts, 0 resources; the list of tools: ")
    assert ran.stderr.endswith(f" tokens\nwrote {out}\n")
    generated(out, "--out", tmp_path, "--target", "server")
    ours = json.loads((tmp_path / "server/src/shop_server/surface.json").read_text("utf-8"))
    theirs = json.loads((shop / "shop_server/surface.json").read_text("utf-8"))
    assert ours == theirs


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("endless", "its list of tools does not end"),
        ("circle", 'comes back to the cursor "again"'),
        ("dies", "out of memory"),
        ("gone", "it ended before it answered"),
        ("silent", "did not list what it offers within 3 seconds"),
        ("deaf", "did not start to speak MCP within 3 seconds"),
    ],
)
def test_servers_that_do_not_mean_well(tmp_path: Path, how: str, why: str) -> None:
    ran = hostile(tmp_path, how, "--timeout", "20" if how == "endless" else "3", "--out", "x.yaml")
    assert ran.returncode == 1
    assert why in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "x.yaml").exists()


@pytest.mark.slow
def test_nonsense_in_a_list_costs_only_itself(tmp_path: Path) -> None:
    ran = hostile(tmp_path, "nonsense", "--json")
    assert ran.returncode == 0
    said = json.loads(ran.stdout)
    assert (said["tools"], said["spec"].count("input:")) == (1, 1)
    assert [one["code"] for one in said["findings"]] == ["AM652", "AM659", "AM659", "AM659"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("--command", "no-such-program --x"), "AM660", 'there is no program "no-such-program"'),
        (
            ("--url", "http://me:s3cret@localhost:9/mcp?key=s3cret"),
            "AM660",
            'at "http://localhost:9"',
        ),
        (("--config", "servers.json", "x"), "AM662", 'servers.json: it has no server "x"'),
    ],
)
def test_servers_that_are_not_there(
    tmp_path: Path, arguments: tuple[str, ...], code: str, why: str
) -> None:
    (tmp_path / "servers.json").write_text('{"mcpServers": {}}', encoding="utf-8")
    ran = imported(*arguments, "--timeout", "10", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"error[{code}]: ")
    assert why in ran.stderr
    assert "s3cret" not in ran.stderr


@pytest.mark.slow
def test_a_server_that_chats_on_stdout_is_understood(tmp_path: Path) -> None:
    ran = hostile(tmp_path, "garbage")
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr
    assert "name: h\n" in ran.stdout


@pytest.mark.slow
def test_a_configuration_of_a_client(shop: Path, tmp_path: Path) -> None:
    servers: dict[str, Any] = {
        "shop": {
            "command": sys.executable,
            "args": ["-m", "shop_server"],
            "env": {"PYTHONPATH": str(shop)},
        }
    }
    config = tmp_path / ".mcp.json"
    config.write_text(json.dumps({"mcpServers": servers}))
    ran = imported("--config", str(config), "shop", "--json")
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["ok"], told["findings"]) == (0, True, [])
    assert told["spec"].startswith("automcp: 1\nname: shop\n")
    assert 'it has "shop"' in imported("--config", str(config), "shp").stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "say which server"),
        (("--command", "x", "--url", "http://x"), "say which server"),
        (("--command", "'"), "No closing quotation"),
        (("--command", ""), "is empty"),
        (("--url", "http://x", "--env", "A=b"), "--env goes with --command"),
        (("--command", "x", "--header", "A: b"), "--header goes with --url"),
        (("--command", "x", "--env", "A"), "--env NAME=VALUE"),
        (("--command", "x", "name"), "NAME is the name of a server"),
    ],
)
def test_words_that_do_not_go_together(arguments: tuple[str, ...], why: str) -> None:
    ran = imported(*arguments)
    assert ran.returncode == 2
    assert why in ran.stderr
