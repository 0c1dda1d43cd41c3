"""Servers that misbehave when `automcp migrate` tries them, and somebody who does not want to wait for them."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from automcp.migrate import apart as where
from automcp.migrate.project import migrate
from automcp.migrate.prove import Proof, Trial

from .dialects import ROOT, python_with

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked for in /proc"),
]

SERVER = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shop")

@mcp.tool()
def price(tea: str) -> str:
    """What tea costs."""
    return tea

if __name__ == "__main__":
    mcp.run()
'''


def _nothing(name: str) -> None:
    """No program is found."""


def _running(token: str) -> list[str]:
    """The processes whose command or environment says a word."""
    found: list[str] = []
    for place in Path("/proc").iterdir():
        if place.name.isdecimal() and int(place.name) != os.getpid():
            try:
                said = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
            except OSError:
                continue
            if token.encode() in said:
                found.append(place.name)
    return found


def _gone(token: str) -> bool:
    for _ in range(100):
        if not _running(token):
            return True
        time.sleep(0.1)
    return False


def _tried(folder: Path, first: str, seconds: float = 6.0, **environment: str) -> Proof:
    """What comes of a server that does something before it serves."""
    source = folder / "legacy"
    source.mkdir()
    (source / "server.py").write_text(f"{first}\n{SERVER}", "utf-8")
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    token = secrets.token_hex(8)
    trial = Trial(
        install=False,
        legacy_python=before,
        python=Path(sys.executable),
        environment={"TOKEN": token, **environment},
        seconds=seconds,
    )
    _, proof = migrate(source, folder / "out", trial)
    assert (folder / "out" / "server.py").is_file()
    assert _gone(token)
    return proof


def test_what_a_server_prints_does_not_harm(tmp_path: Path) -> None:
    proof = _tried(tmp_path, 'print("\\x1b[31mhello"); import sys; print("x" * 5_000_000, file=sys.stderr)')  # fmt: skip
    assert proof.holds, proof.reasons


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ('import os; os.environ["SHOP_KEY"]', "KeyError: 'SHOP_KEY'"),
        ('import sys; sys.exit("no configuration: see the README")', "no configuration: see the README"),
        ('import urllib.request as r; r.urlopen("http://192.0.2.1", timeout=3)', "without a network"),
        ("import time; time.sleep(1_000)", "within 6 seconds"),
        ("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1_000)", "within 6 seconds"),
        ('input("who are you? ")\nimport time; time.sleep(1_000)', "within 6 seconds"),
        ("import sys\nwhile True: sys.stdout.write('x' * 100_000)", "within 6 seconds"),
        ("import os; os.kill(os.getpid(), 9)", "does not start here"),
    ],
    ids=["secret", "exit", "network", "hangs", "deaf", "asks", "floods", "dies"],
)  # fmt: skip
def test_why_a_server_does_not_start_is_said(first: str, words: str, tmp_path: Path) -> None:
    proof = _tried(tmp_path, first)
    assert proof.before is None
    assert proof.after is None
    assert words in proof.reasons[0]
    assert "--env and --args" in proof.reasons[0]
    assert (words == "without a network") <= where.apart().cut


def test_what_it_needs_can_be_given(tmp_path: Path) -> None:
    proof = _tried(tmp_path, 'import os; os.environ["SHOP_KEY"]', SHOP_KEY="1")
    assert proof.holds, proof.reasons


def test_files_without_an_end_are_ended(tmp_path: Path) -> None:
    first = "import sys\nwhile True: sys.stderr.write('x' * 1_000_000)"
    proof = _tried(tmp_path, first, seconds=60)
    assert proof.before is None
    assert max(map(len, proof.reasons)) < 5_000


@pytest.mark.skipif(
    where.apart().prefix.count("--pid") == 0, reason="the system has no such spaces"
)
def test_what_a_server_starts_ends_with_it(tmp_path: Path) -> None:
    first = 'import subprocess; subprocess.Popen(["setsid", "sleep", "1000"])'
    assert _tried(tmp_path, first).holds


def test_a_server_sees_neither_home_nor_project(tmp_path: Path) -> None:
    first = (
        "import os, pathlib\n"
        "pathlib.Path('server.py').write_text('gone'); pathlib.Path.home().joinpath('x').write_text('x')\n"
        f"assert not os.getcwd().startswith({str(tmp_path / 'legacy')!r}) and 'SECRET_OF_USER' not in os.environ"
    )
    os.environ["SECRET_OF_USER"] = "1"
    try:
        proof = _tried(tmp_path, first)
    finally:
        del os.environ["SECRET_OF_USER"]
    assert proof.holds, proof.reasons
    assert (tmp_path / "legacy" / "server.py").read_text().endswith(SERVER)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminated"])
@pytest.mark.parametrize("phase", ["installing", "before", "after"])
def test_an_interrupted_run_leaves_nothing(phase: str, number: int, tmp_path: Path) -> None:
    token = secrets.token_hex(8)
    source, rest, tools = tmp_path / "legacy", tmp_path / "tmp", tmp_path / "tools"
    for folder in (source, rest, tools):
        folder.mkdir()
    sleeping = f"import subprocess; subprocess.run(['sleep', '1000'], env={{'TOKEN': '{token}'}})\n"
    release = "from importlib.metadata import version\nif version('mcp')[0]"
    blocks = {"before": f"{release} == '1': {sleeping}", "after": f"{release} != '1': {sleeping}"}
    (source / "server.py").write_text(blocks.get(phase, sleeping) + SERVER, "utf-8")
    fake = tools / "uv"
    fake.write_text(f"#!/bin/sh\nTOKEN={token} sleep 1000 & wait\n", "utf-8")
    fake.chmod(0o755)
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    words = ["--yes"] if phase == "installing" else ["--python", str(before), "--new-python", sys.executable]  # fmt: skip
    run = subprocess.Popen(
        [sys.executable, "-m", "automcp", "migrate", str(source), "--out", str(tmp_path / "new" / "out"), *words],
        env={**os.environ, "TMPDIR": str(rest), "PATH": f"{tools}:{os.environ['PATH']}"},
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    for _ in range(300):
        if _running(token) or run.poll() is not None:
            break
        time.sleep(0.1)
    assert run.poll() is None, run.communicate()
    run.send_signal(number)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said) == (130, "interrupted\n")
    assert _gone(token)
    assert list(rest.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["legacy", "tmp", "tools"]


@pytest.mark.parametrize("words", where.SPACES, ids=" ".join)
def test_each_way_to_start_a_server_apart_serves(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, "SPACES", (words,))
    if not where.apart().cut:
        pytest.skip("the system does not allow it")
    first = (
        "import os, socket, subprocess\n"
        "with socket.socket() as one: one.bind(('127.0.0.1', 0)); one.listen(); socket.create_connection(one.getsockname()).close()\n"
        "try: socket.create_connection(('192.0.2.1', 80), timeout=3); raise SystemExit('there is a network')\n"
        "except OSError: pass\n"
        "assert subprocess.run(['true']).returncode == 0"
    )
    proof = _tried(tmp_path, first)
    assert proof.holds, proof.reasons
    assert proof.reasons == ()


def test_where_the_network_stays_on_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", _nothing)
    proof = _tried(tmp_path, "import time")
    assert proof.holds, proof.reasons
    assert proof.reasons == (
        "servers were started with the network on: this system cannot cut it off",
    )


def test_without_spaces_of_their_own_servers_end_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", _nothing)
    token = secrets.token_hex(8)
    code = (
        "import os, subprocess, sys, time; from automcp.migrate import apart; apart.shutil.which = lambda name: None\n"
        f"subprocess.Popen([*apart.apart().prefix, 'sleep', '1000'], env={{**os.environ, 'TOKEN': {token!r}}}); time.sleep(1000)"
    )
    run = subprocess.Popen([sys.executable, "-c", code])
    for _ in range(100):
        if any((Path("/proc") / one / "comm").read_text() == "sleep\n" for one in _running(token)):
            break
        time.sleep(0.1)
    run.kill()
    run.wait()
    assert _gone(token)
