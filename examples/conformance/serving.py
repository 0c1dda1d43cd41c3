"""Compiles the conformance server for one SDK, sets up what it needs, and becomes it.

python examples/conformance/serving.py mcp2 3001
python examples/conformance/serving.py fastmcp4 --stdio
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

from environments import CACHE, python_with  # noqa: E402

DIALECTS = {
    "mcp2": "constraints.txt",
    "mcp1": "constraints-mcp1.txt",
    "fastmcp4": "constraints-fastmcp4.txt",
}
"""The versions that each SDK is tested with."""

_HANDLERS = Path("server", "src", "conformance_server", "handlers")

# What mcp 1 cannot do is left out knowingly; its own score has no scenario for it.
_WITHOUT = {"mcp1": 'without = ["cache", "header", "tasks"]\n'}


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="serve", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dialect", choices=DIALECTS, metavar="DIALECT", help=", ".join(DIALECTS))
    parser.add_argument("port", type=int, nargs="?", default=3001, metavar="PORT")
    parser.add_argument("--stdio", action="store_true", help="serve on stdin and stdout")
    chosen = parser.parse_args()
    # Servers that run side by side have a folder each.
    package = compiled(chosen.dialect, "stdio" if chosen.stdio else str(chosen.port))
    python = environment(chosen.dialect, package)
    how = [] if chosen.stdio else ["--http", "--resumable", "--port", str(chosen.port)]
    _say(f"serving {'on stdio' if chosen.stdio else f'http://127.0.0.1:{chosen.port}/mcp'}")
    environ = {**os.environ, "PYTHONPATH": str(package / "src")}
    command = [str(python), "-m", "conformance_server", *how]
    os.execve(command[0], command, environ)


def compiled(dialect: str, name: str = "server") -> Path:
    """Compile the project for a dialect, in a folder of that name, and return the server's folder.

    Everything but the one word in `automcp.toml` is the same for each.
    """
    folder = CACHE / "conformance" / dialect / name
    _say(f"compiling for {dialect}")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(
        HERE / _HANDLERS, folder / _HANDLERS, ignore=shutil.ignore_patterns("__pycache__")
    )
    settings = (HERE / "automcp.toml").read_text("utf-8")
    settings = settings.replace("../../specs", str((ROOT / "specs").as_posix()))
    settings += f'sdk = "{dialect}"\n{_WITHOUT.get(dialect, "")}'
    (folder / "automcp.toml").write_text(settings, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "automcp", "generate", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
        # Notes on the fixture would be news at every start; a mistake in it ends in an exit code.
        stderr=subprocess.DEVNULL,
    )
    return folder / "server"


def environment(dialect: str, package: Path) -> Path:
    """The interpreter of an environment that holds what the compiled package asks for."""
    required = [
        line
        for line in (package / "requirements.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    _say(f"setting up the environment of {dialect}; the first time takes a while")
    constraints = ROOT / DIALECTS[dialect]
    return python_with("--constraint", str(constraints), *required)


def _say(what: str) -> None:
    print(f"conformance: {what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
