"""What `automcp --help` says, and its layout on terminals where no line has to be wrapped.

Here and not in click's decorators, because importing click takes three times as long as all of Python: `automcp --help`
answers in 1.5 times the time of `python -c pass`, where it took 4 times. A test compares it with click's own layout.
"""

from __future__ import annotations

import os

from ..version import VERSION

NAME = "automcp"
VERSION_LINE = f"{NAME} {VERSION}"
COMMANDS = {
    "new": "Start a project that works: a spec, handlers, tests, CI.",
    "generate": "Compile specs, and write what changed.",
    "import": "Turn what exists into a spec: an OpenAPI document, a live server.",
    "migrate": "Take a legacy MCP project to today's SDK.",
    "check": "Say what is wrong with a spec, and write nothing.",
    "run": "Start the compiled server.",
    "serve": "Serve a configuration of service groups, as it is.",
    "call": "Call one tool of the compiled server, or of any server.",
    "explain": "Tell more about a diagnostic code.",
    "schema": "Print the JSON Schema of the spec format, for editors.",
    "completion": "Print a completion script for your shell.",
}
HELP_OPTIONS = ("-h", "--help")
OPTIONS = {
    "--version": "Show the version and exit.",
    ", ".join(HELP_OPTIONS): "Show this message and exit.",
}
ABOUT = """\
Compile a spec into an MCP server, a typed client, and their tests.

\b
automcp new shop            start a project in the folder shop
automcp generate            compile what the spec says now
automcp generate --check    in CI: fail if the files are out of date
automcp call orders_list    try a tool
"""
EPILOG = """\b
Exit codes:
  0    all is well
  1    findings, files that are out of date, or a tool that failed
  2    the command line is wrong
  70   a bug in AutoMCP
  74   the output cannot be written
  130  interrupted"""

_WIDE = 80
"""Columns in which no line has to be wrapped."""


def answer(arguments: list[str]) -> str | None:
    """What these arguments alone print on stdout; `None` if click has to see to them."""
    if arguments == ["--version"]:
        return f"{VERSION_LINE}\n"
    if len(arguments) == 1 and arguments[0] in HELP_OPTIONS and _columns() >= _WIDE:
        return overview()
    return None


def overview() -> str:
    """The text of `automcp --help`."""
    parts = (
        f"Usage: {NAME} [OPTIONS] COMMAND [ARGS]...\n",
        _indented(ABOUT),
        f"Options:\n{_rows(OPTIONS)}",
        f"Commands:\n{_rows(COMMANDS)}",
        _indented(EPILOG),
    )
    return "\n".join(parts)


def _rows(told: dict[str, str]) -> str:
    width = max(map(len, told)) + 2
    return "".join(f"  {name:<{width}}{text}\n" for name, text in told.items())


def _indented(text: str) -> str:
    """The text without the lines that tell click not to wrap a paragraph."""
    lines = [line for line in text.splitlines() if line != "\b"]
    return "".join(f"  {line}\n" if line else "\n" for line in lines)


def _columns() -> int:
    """The width of the terminal, as click would find it."""
    said = os.environ.get("COLUMNS", "")
    if said:
        return int(said) if said.isdecimal() else 0
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return _WIDE
