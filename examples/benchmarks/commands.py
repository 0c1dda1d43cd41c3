"""The command line beside `python -c pass`, and generation beside itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import service
from .measures import Effort
from .sampling import Measure, in_turns

FLOOR = "python -c pass"
_CLI = (sys.executable, "-m", "automcp")


def of_commands(folder: Path, effort: Effort) -> Iterator[Measure]:
    """What people wait for."""
    project = service.write(folder, 10)
    commands = {
        FLOOR: (sys.executable, "-c", "pass"),
        "--help": (*_CLI, "--help"),
        "generate, unchanged": (*_CLI, "generate", str(project), "--json"),
    }
    started = Measure("commands", "from start to end", "ms")

    def sample(name: str, command: Sequence[str]) -> None:
        started.add(name, _run(command))

    for command in commands.values():
        _run(command)
    in_turns(commands, effort.rounds(21), sample)
    yield started
    yield _generation(folder, effort)


def _generation(folder: Path, effort: Effort) -> Measure:
    """Compiling 10 and 1,000 operations: with nothing remembered, with their models, and after a change."""
    measured = Measure("generation", "automcp generate", "ms")
    for _ in range(1 if effort.quick else 3):
        for count in (10, 1000):
            project, cache = folder / f"generate-{count}", folder / "cache"
            environ = {"AUTOMCP_CACHE": str(cache)}
            command = (*_CLI, "generate", str(project), "--json")
            _begin(project, cache, service.spec(count, models=False))
            measured.add(f"{count} without models, cold", _run(command, environ))
            spec = service.spec(count)
            _begin(project, cache, spec)
            measured.add(f"{count}, cold", _run(command, environ))
            _drop(project, cache)
            measured.add(f"{count}, models known", _run(command, environ))
            measured.add(f"{count}, unchanged", _run(command, environ))
            changed = json.dumps(spec).replace("Do piece work_do_003", "Do what work_do_003", 1)
            (project / "bench.json").write_text(changed, "utf-8")
            measured.add(f"{count}, one changed", _run(command, environ))
    return measured


def _begin(project: Path, cache: Path, spec: Mapping[str, object]) -> None:
    """A project of which nothing is known."""
    for folder in (project, cache):
        shutil.rmtree(folder, ignore_errors=True)
    project.mkdir(parents=True)
    _write(project, spec)


def _write(project: Path, spec: Mapping[str, object]) -> None:
    (project / "bench.json").write_text(json.dumps(spec), "utf-8")
    (project / "automcp.toml").write_text('spec = "bench.json"\n', "utf-8")


def _drop(project: Path, cache: Path) -> None:
    """Leave only what people write, and of what is remembered the models."""
    (project / "automcp.lock").unlink()
    for entry in (*project.iterdir(), *cache.iterdir()):
        if entry.is_dir() and entry.name != "models":
            shutil.rmtree(entry)


def _run(command: Sequence[str], environ: Mapping[str, str] | None = None) -> float:
    """Milliseconds that a command takes. Raises `RuntimeError` if it fails."""
    own = {**os.environ, **(environ or {})}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    done = subprocess.run(command, env=own, capture_output=True, text=True)
    taken = (time.perf_counter() - began) * 1e3
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return taken
