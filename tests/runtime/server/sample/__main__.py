"""Starts the Shop server: on stdio, or with `--http PORT` over Streamable HTTP on loopback."""

import sys

from .server import build_server

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--http", port]:
            build_server().run("streamable-http", port=int(port))
        case _:
            build_server().run("stdio")
