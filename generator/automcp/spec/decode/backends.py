"""The parts of the spec format that are about what bound operations use: APIs, databases, folders, other servers."""

from __future__ import annotations

from itertools import combinations, product

from .shapes import (
    Duration,
    Either,
    Field,
    ListOf,
    MapOf,
    Number,
    Pattern,
    Record,
    Text,
)
from .vocabulary import NAME, SAID, VARIABLE

TOKEN = Pattern(
    "^[!#$%&'*+.^_`|~A-Za-z0-9-]+$", "letters, digits or `-`, such as `X-Request-Id` (RFC 9110)"
)
_TEMPLATES = ListOf(Text(), empty=False)

BASIC = Record(
    "basic",
    "A user and a password (RFC 7617).",
    (
        Field("user", Text(), "The user.", required=True),
        Field("password", Text(), "The password.", required=True),
    ),
)
OAUTH = Record(
    "oauth",
    "A token that is fetched with the service's own credentials (RFC 6749, 4.4).",
    (
        Field("token_url", SAID, "Where tokens are given out.", required=True),
        Field("client_id", SAID, "Who the service is there.", required=True),
        Field("client_secret", SAID, "What proves it.", required=True),
        Field("scopes", ListOf(SAID), "What the token must allow."),
    ),
)

_WAYS = ("bearer", "basic", "key", "oauth")
_PLACES = ("header", "query", "cookie")
SCHEME = Record(
    "scheme",
    "One way to tell an API who calls.",
    (
        Field("bearer", SAID, "A token (RFC 6750).", examples=("{settings.token}",)),
        Field("basic", BASIC, "A user and a password."),
        Field("key", SAID, "A key, that goes where one of the next three says."),
        Field("header", Text(TOKEN), "The header that holds the key.", examples=("X-Api-Key",)),
        Field("query", SAID, "The query parameter that holds the key."),
        Field("cookie", Text(TOKEN), "The cookie that holds the key."),
        Field("oauth", OAUTH, "A token that is fetched."),
    ),
    exclusive=(
        *combinations(_PLACES, 2),
        *product(("bearer", "basic", "oauth"), _PLACES),
    ),
    one_of=_WAYS,
    needs=(("key", _PLACES),),
)

CREDENTIALS = ListOf(Either(SAID, ListOf(SAID)))

HTTP_BACKEND = Record(
    "HTTP backend",
    "An HTTP API.",
    (
        Field(
            "url",
            SAID,
            "Where it is. Only settings may stand in it: the host is never the caller's to choose.",
            required=True,
            examples=("https://api.example.com/v1", "{settings.base_url}"),
        ),
        Field("auth", MapOf(SCHEME), "The ways to tell it who calls, by name."),
        Field(
            "use",
            CREDENTIALS,
            "Alternatives, each a scheme or several at once: the first whose settings are all there is used; "
            "`[]` is nobody in particular. Each scheme alone, in order, if it is left out.",
            examples=(["token", ["key", "login"]],),
        ),
        Field("headers", MapOf(Text(), TOKEN), "Sent with every request."),
        Field("timeout", Duration(), "How long one request may take.", default="30s"),
        Field(
            "retries",
            Number(0, 10, whole=True),
            "How often a request is repeated that may be; twice, if it is left out.",
        ),
    ),
)

SQL_BACKEND = Record(
    "SQL backend",
    "A database.",
    (
        Field(
            "url",
            SAID,
            "Where it is: a file of SQLite's, which has to be there (`?mode=rwc` makes it), or a PostgreSQL database.",
            required=True,
            examples=("sqlite:./notes.db", "postgresql://localhost/notes", "{settings.database}"),
        ),
    ),
)

FILES_BACKEND = Record(
    "files backend",
    "A folder that nothing leaves.",
    (
        Field(
            "root",
            SAID,
            "Its path; a relative one counts from the working folder.",
            required=True,
            examples=("{settings.docs}",),
        ),
    ),
)

MCP_BACKEND = Record(
    "MCP backend",
    "Another MCP server: a command that starts it, or its URL.",
    (
        Field(
            "command",
            _TEMPLATES,
            "The program and its arguments.",
            examples=(["uvx", "mcp-server-git"],),
        ),
        Field("env", MapOf(Text(), VARIABLE), "What the command finds in its environment, too."),
        Field("cwd", SAID, "The folder that the command runs in."),
        Field("url", SAID, "Where it is.", examples=("https://mcp.example.com/mcp",)),
        Field("headers", MapOf(Text(), TOKEN), "Sent with every request to the URL."),
    ),
    exclusive=(("url", "env"), ("url", "cwd"), ("command", "headers")),
    one_of=("command", "url"),
)

BACKEND = Record(
    "backend",
    "What bound operations use: opened when it is first used, closed when the server stops.",
    (
        Field("description", Text(), "What it is."),
        Field("http", HTTP_BACKEND, "An HTTP API."),
        Field("sql", SQL_BACKEND, "A database."),
        Field("files", FILES_BACKEND, "A folder."),
        Field("mcp", MCP_BACKEND, "Another MCP server."),
    ),
    one_of=("http", "sql", "files", "mcp"),
)

BACKENDS = Field("backends", MapOf(BACKEND, NAME), "What bound operations (`run`) use, by name.")

BACKEND_NAME = Field(
    "backend", SAID, "The backend; may be left out if there is only one of its kind."
)
