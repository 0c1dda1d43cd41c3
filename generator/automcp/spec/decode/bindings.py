"""The parts of the spec format that say what an operation does, so that nobody has to write it."""

from __future__ import annotations

from itertools import product

from .backends import BACKEND_NAME
from .http import HTTP
from .shapes import (
    Anything,
    Choice,
    Either,
    Field,
    Flag,
    ListOf,
    MapOf,
    Number,
    Pattern,
    Record,
    Size,
    Text,
)
from .vocabulary import ERROR_NAME, SAID, VARIABLE

ACTS = ("read", "write", "append", "list", "stat", "delete")

_EXIT = Pattern(
    "^(?:0|[1-9][0-9]{0,9}|default)$", "a number such as `1`, or `default`", "exit code"
)
FUNCTION = Pattern(
    r"^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?$",
    "such as `package.module:function`",
    "function",
)
_ARGUMENT = Record(
    "argument",
    "An argument of a command, with an option in front.",
    (
        Field("flag", SAID, "The option, such as `--max-count`; alone, if the value is `true`."),
        Field("value", SAID, "The value; each item of a list is an argument.", required=True),
        Field("dashes", Flag(), "Whether the value may start with `-`.", default=False),
    ),
)
COMMAND = Record(
    "command",
    "One command, started without a shell.",
    (
        Field(
            "argv",
            ListOf(Either(Text(), _ARGUMENT), empty=False),
            "The program and its arguments. Behind `--`, values may start with `-`.",
            required=True,
            examples=(["git", "log", "--", "{paths}"],),
        ),
        Field("stdin", Text(), "What it reads from its standard input."),
        Field("cwd", SAID, "The folder that it runs in."),
        Field(
            "inherit", ListOf(Text(VARIABLE)), "The variables that it gets from the server's own."
        ),
        Field("env", MapOf(Text(), VARIABLE), "The variables that it gets beside them."),
        Field(
            "output",
            Choice(("text", "lines", "json", "none")),
            "How its standard output is read; by what the operation returns, if it is left out.",
        ),
        Field(
            "succeeds",
            ListOf(Number(0, 2**32 - 1, whole=True)),
            "The exit codes that are no failure; 0, if left out.",
        ),
        Field(
            "errors",
            MapOf(Text(ERROR_NAME), _EXIT),
            "The declared errors by exit code.",
            examples=({"1": "NoSuchRevision"},),
        ),
        Field("limit", Size(), "How much output is read at most; `10MB`, if left out."),
    ),
)

_SQL_ERRORS = Record(
    "SQL errors",
    "The declared errors by what happened.",
    (
        Field("missing", Text(ERROR_NAME), "There is no row, or none that the statement changes."),
        Field(
            "conflict",
            Text(ERROR_NAME),
            "A value that has to be unique is there already, or a row that is referred to is not there.",
        ),
    ),
)
SQL = Record(
    "SQL statement",
    "One statement with named parameters, such as `:title`.",
    (
        BACKEND_NAME,
        Field("statement", SAID, "The statement; values are never spliced in.", required=True),
        Field(
            "bind",
            MapOf(Anything(), VARIABLE),
            "What its parameters stand for; the operation's parameter of that name, where nothing is said.",
        ),
        Field(
            "rows",
            Choice(("many", "one", "value", "count", "none")),
            "What becomes of the rows; by what the operation returns, if it is left out.",
        ),
        Field(
            "limit",
            Number(1, 1_000_000, whole=True),
            "How many rows there may be, more are an error; 1000, if left out.",
        ),
        Field("errors", _SQL_ERRORS, "The declared errors by what happened."),
    ),
)

_FILE_ERRORS = Record(
    "file errors",
    "The declared errors by what happened.",
    (
        Field(
            "missing",
            Text(ERROR_NAME),
            "There is no such file. With it, `write` makes no folders, and `append` no file.",
        ),
        Field(
            "exists", Text(ERROR_NAME), "There is one already. Without it, `write` replaces that."
        ),
    ),
)
FILE = Record(
    "file act",
    "One thing done with a file, below the root of a backend.",
    (
        BACKEND_NAME,
        Field("read", SAID, "The path of the file to read."),
        Field("write", SAID, "The path of the file to write."),
        Field("append", SAID, "The path of the file to write to the end of."),
        Field(
            "list",
            SAID,
            "The path of the folder to list: `path`, `type`, `size` and `modified` of what is in it.",
        ),
        Field("stat", SAID, "The path of what to tell about, as `list` does."),
        Field("delete", SAID, "The path of the file, or the empty folder, to delete."),
        Field("content", Text(), "What is written."),
        Field("binary", Flag(), "Whether contents are base64 of bytes.", default=False),
        Field("pattern", SAID, "Which entries are listed.", examples=("**/*.md",)),
        Field(
            "limit",
            Size(),
            "How much is read or written at most: `1MB`, if left out; of `list`, 1000 entries.",
        ),
        Field("errors", _FILE_ERRORS, "The declared errors by what happened."),
    ),
    exclusive=(
        *product(("read", "list", "stat", "delete"), ("content",)),
        *product(("read", "write", "append", "stat", "delete"), ("pattern",)),
        *product(("list", "stat", "delete"), ("binary",)),
    ),
    one_of=ACTS,
    needs=(("write", ("content",)), ("append", ("content",))),
)

_PYTHON = Record(
    "Python function",
    "One function that exists, async or not; it is called with the arguments by name.",
    (
        Field("call", Text(FUNCTION), "The function.", required=True),
        Field("context", Flag(), "Whether it takes `context`, too.", default=False),
        Field(
            "as",
            Choice(("automcp", "mcp1", "mcp1_lowlevel", "fastmcp2")),
            "The SDK whose tool it was: it is called, answers and fails as it did there. What callers send is read "
            "by its annotations instead of being checked by the schema; a function of a low-level server takes them as "
            "one dictionary. `automcp`, or nothing where `server` names no SDK: by the schemas.",
        ),
    ),
    exclusive=(("context", "as"),),
)
_PROXY = Record(
    "proxied tool",
    "One tool of another MCP server.",
    (
        BACKEND_NAME,
        Field("tool", SAID, "Its name there; that of this tool, if left out."),
    ),
)

_READ = Record(
    "proxied resource",
    "One resource of another MCP server, or all that fit a template.",
    (
        BACKEND_NAME,
        Field("uri", SAID, "Its address or template there; that of this resource, if left out."),
    ),
)
_FILL = Record(
    "proxied prompt",
    "One prompt of another MCP server.",
    (
        BACKEND_NAME,
        Field("prompt", SAID, "Its name there; that of this prompt, if left out."),
    ),
)

_OFFERED = Record(
    "offered function",
    "One function that was a prompt or a resource of an SDK.",
    (
        Field("call", Text(FUNCTION), "The function.", required=True),
        Field(
            "as",
            Choice(("mcp1", "fastmcp2")),
            "The SDK whose prompt or resource it was: it is called, answers and fails as it did there, and addresses "
            "fit a template as they did there.",
            required=True,
        ),
    ),
)

_RUN = Record(
    "binding",
    "What the operation does; nothing is left to write by hand then.",
    (
        Field("http", HTTP, "It sends an HTTP request."),
        Field("command", COMMAND, "It runs a command."),
        Field("sql", SQL, "It runs a statement in a database."),
        Field("file", FILE, "It reads or changes a file."),
        Field("python", Either(Text(FUNCTION), _PYTHON), "It calls a function that exists."),
        Field("proxy", Either(SAID, _PROXY), "It calls a tool of another MCP server."),
    ),
    one_of=("http", "command", "sql", "file", "python", "proxy"),
)

RUN = Field("run", _RUN, "What it does, if no handler is written for it.")

READ = Field(
    "run",
    Record(
        "resource binding",
        "What reads the resource; nothing is left to write by hand then.",
        (
            Field(
                "proxy",
                Either(SAID, _READ),
                "A resource of another MCP server, which completes its variables, too.",
            ),
            Field("python", _OFFERED, "A function that was a resource of an SDK."),
        ),
        one_of=("proxy", "python"),
    ),
    "What reads it, if no handler is written for it.",
)
FILL = Field(
    "run",
    Record(
        "prompt binding",
        "What fills the prompt in; nothing is left to write by hand then.",
        (
            Field(
                "proxy",
                Either(SAID, _FILL),
                "A prompt of another MCP server, which completes its arguments, too.",
            ),
            Field("python", _OFFERED, "A function that was a prompt of an SDK."),
        ),
        one_of=("proxy", "python"),
    ),
    "What fills it in, if no handler is written for it.",
)
