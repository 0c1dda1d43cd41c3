"""The same service as a spec, compiled: its handlers hold what the hand-written tools do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from .handwritten import answer_name, tool_names

MODULE = "bench_server"
CLIENT = "bench_client"

_PARAMS = {
    "title": {"type": "string", "description": "What it is called."},
    "count": {"type": "integer", "description": "How often."},
    "ratio": {"type": "number", "description": "How much of it."},
    "urgent": {"type": "boolean", "description": "Whether it is."},
    "tags": {"type": "array", "items": {"type": "string"}, "description": "What it is about."},
}
_ANSWER = {
    "type": "object",
    "properties": {
        key: {name: said for name, said in one.items() if name != "description"}
        for key, one in _PARAMS.items()
    },
    "required": list(_PARAMS),
}
_HANDLERS = '''\
"""Handlers of the benchmark."""

from __future__ import annotations

from ..contract import Context
from ..models import {answers}


class Work:
    """Every operation does the same."""
'''
_HANDLER = """\

    async def {name}(
        self, title: str, count: int, ratio: float, urgent: bool, tags: list[str], context: Context
    ) -> {answer}:
        return {answer}(title=title, count=count + 1, ratio=ratio, urgent=urgent, tags=tags)
"""


def spec(count: int, *, models: bool = True) -> dict[str, object]:
    """A spec with so many operations of five typed parameters.

    Args:
        models: Each answers with a type of its own, which becomes a model; else with a text.
    """
    names = tool_names(count)
    operations = {
        name.removeprefix("work_"): {
            "description": f"Do piece {name} of the work.",
            "params": _PARAMS,
            "returns": {"$ref": f"#/schemas/{answer_name(name)}"} if models else {"type": "string"},
        }
        for name in names
    }
    return {
        "automcp": 1,
        "name": "bench",
        "version": "1",
        "schemas": {answer_name(name): _ANSWER for name in names} if models else {},
        "groups": {"work": {"operations": operations}},
    }


def write(folder: Path, count: int, sdk: str = "mcp2") -> Path:
    """Compile the service for an SDK; returns the project's folder."""
    project = folder / f"compiled-{sdk}-{count}"
    project.mkdir(parents=True, exist_ok=True)
    (project / "bench.json").write_text(json.dumps(spec(count)), "utf-8")
    (project / "automcp.toml").write_text(f'spec = "bench.json"\nsdk = "{sdk}"\n', "utf-8")
    handlers = server_path(project) / MODULE / "handlers"
    handlers.mkdir(parents=True, exist_ok=True)
    names = tool_names(count)
    text = _HANDLERS.format(answers=", ".join(map(answer_name, names))) + "".join(
        _HANDLER.format(name=name.removeprefix("work_"), answer=answer_name(name)) for name in names
    )
    (handlers / "work.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "automcp", "generate", str(project), "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the benchmark's spec does not compile:\n{done.stdout}{done.stderr}")
    return project


def server_path(project: Path) -> Path:
    """What goes on `PYTHONPATH` for the compiled server."""
    return project / "server" / "src"


def client_path(project: Path) -> Path:
    """What goes on `PYTHONPATH` for the compiled client."""
    return project / "client" / "src"
