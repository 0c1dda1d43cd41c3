"""Starts the Branch server: on stdin and stdout, or with `--http` on a port. This file is yours."""

from __future__ import annotations

from ._runtime.sdk.serving import main as serve
from .server import build_server


def main() -> None:
    """Serve as the command line says; `--help` lists what it can say."""
    serve(build_server, "branch-server")


if __name__ == "__main__":
    main()
