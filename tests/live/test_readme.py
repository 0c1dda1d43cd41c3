"""Every command of README.md runs as it is written there, in order, and prints what it says."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "REFERENCE.md", "BINDINGS.md", "MIGRATING.md", "ARCHITECTURE.md")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]+))?\)")
_SERVES = re.compile(r"automcp (run|serve) (?!.*--check)")


@dataclass(frozen=True)
class Command:
    """A line behind `$ `, and the lines that it prints."""

    words: str
    printed: tuple[str, ...]


def blocks() -> list[tuple[str, str]]:
    return _BLOCK.findall((ROOT / "README.md").read_text("utf-8"))


def commands(block: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        words, *printed = part.rstrip("\n").split("\n")
        yield Command(re.sub(r"\s{2,}# .*", "", words), tuple(printed))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment of one's own, with AutoMCP and what it needs in it."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True)
    [site] = home.glob("lib/python*/site-packages")
    here = sysconfig.get_path("purelib")
    (site / "here.pth").write_text(f"{here}\n", "utf-8")
    installs = ["install", "-q", "--no-deps", "--no-build-isolation", str(ROOT)]
    subprocess.run([str(home / "bin/python"), "-m", "pip", *installs], check=True)
    for name in ("pytest", "mypy", "pyright"):
        script = home / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{home}/bin/python" -m {name} "$@"\n', "utf-8")
        script.chmod(0o755)
    return {
        **{key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "VIRTUAL_ENV": str(home),
        "CHECKOUT": str(ROOT),
        "AUTOMCP_CACHE": str(home / "cache"),
    }


def run(command: Command, folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", command.words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, f"{command.words}\n{done.stdout}"
    for line in command.printed:
        assert line in done.stdout.splitlines(), f"{command.words}\n{done.stdout}"


def serve(command: Command, folder: Path, environment: dict[str, str]) -> None:
    """Start a server over HTTP, on a port that is free here, and end it once it listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    words = re.sub(r"--port \d+", f"--port {port}", command.words)
    assert words != command.words, "without a port nobody sees whether it serves"
    with subprocess.Popen(shlex.split(words), cwd=folder, env=environment) as server:
        try:
            for _ in range(600):
                assert server.poll() is None, words
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        return
                time.sleep(0.1)
            raise AssertionError(words)
        finally:
            server.terminate()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a POSIX shell")
def test_every_command_runs_as_it_is_written(tmp_path: Path, environment: dict[str, str]) -> None:
    folder, ran = tmp_path, 0
    for language, text in blocks():
        if named := re.match(r"# ([\w./]+\.\w+)\n", text):
            file = tmp_path / named[1]
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        # What sets the checkout up, and tests it, is running just now.
        if language != "console" or "make setup" in text:
            continue
        for command in commands(text):
            ran += 1
            if command.words.startswith("cd "):
                folder = (folder / command.words[3:]).resolve()
            elif _SERVES.match(command.words):
                serve(command, folder, environment)
            else:
                run(command, folder, environment)
    assert ran > 20


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text("utf-8"), flags=re.DOTALL)
    for path, anchor in _LINK.findall(text):
        if "://" in path:
            continue
        target = ROOT / (path or page)
        assert target.exists(), path
        if anchor:
            heads = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            known = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in known, f"{path}#{anchor}"


def test_the_way_in_is_short() -> None:
    assert (ROOT / "README.md").read_text("utf-8").count("\n") <= 270


def test_the_first_spec_becomes_what_is_said(tmp_path: Path) -> None:
    texts = [text for language, text in blocks() if language in ("yaml", "python")]
    spec, handlers = texts[:2]
    (tmp_path / "weather.yaml").write_text(spec, "utf-8")
    words = [sys.executable, "-m", "automcp", "generate", "--quiet"]
    path = f"{ROOT / 'generator'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    subprocess.run(words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}, check=True)
    seeded = (tmp_path / "server/src/weather_server/handlers/forecast.py").read_text("utf-8")
    [method] = [line.strip() for line in handlers.splitlines() if "async def" in line]
    assert method.removesuffix(": ...") in seeded
    client = (tmp_path / "client/src/weather_client/client.py").read_text("utf-8")
    assert "class WeatherClient" in client
    assert "CityNotFound" in client
