"""What answers an operation, a resource or a prompt where the spec says so (`run:`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .backends import Credentials, Template, Value


@dataclass(frozen=True, slots=True)
class HttpValue:
    """A value in a path, a query, a header or a cookie, and how it is written (OpenAPI 3.1, parameter object).

    Attributes:
        style: `simple`, `label`, `matrix`, `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`; or `json`:
            as JSON text (OpenAPI's `content`).
        reserved: Whether reserved characters stay as they are (`allowReserved`).
    """

    value: Value
    style: str
    explode: bool
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class HttpPart:
    """How one member of a form or multipart body is written (OpenAPI, encoding object)."""

    media_type: str | None = None
    style: str = "form"
    explode: bool = True
    file: bool = False
    headers: Mapping[str, Template] = field(default_factory=dict[str, Template])


@dataclass(frozen=True, slots=True)
class HttpBody:
    """What a request carries.

    Attributes:
        kind: `json`, `form` (application/x-www-form-urlencoded), `multipart`, `text`, or `binary` (base64 in the
            arguments, bytes on the wire).
        media_type: What the `Content-Type` header says.
    """

    value: Value
    kind: Literal["json", "form", "multipart", "text", "binary"]
    media_type: str
    parts: Mapping[str, HttpPart] = field(default_factory=dict[str, HttpPart])


@dataclass(frozen=True, slots=True)
class HttpPages:
    """How further pages of a list are fetched; all of them become one answer.

    Attributes:
        by: `link`: the `Link` header's `next` (RFC 8288), which must lead to the same host; `cursor`: the value
            at `at` becomes the query parameter `parameter`, until there is none; `page` and `offset`: the query
            parameter is counted up until a page is empty.
        items: JSON pointer to the list in each page; the empty one is the page itself.
        limit: How many pages are fetched at most.
    """

    by: Literal["link", "cursor", "page", "offset"]
    parameter: str | None
    at: str | None
    items: str
    limit: int


@dataclass(frozen=True, slots=True)
class HttpCall:
    """One HTTP request.

    Attributes:
        backend: Key of the backend.
        path: Appended to the backend's URL: texts, percent-encoded already, and values in turn.
        errors: Keys of declared errors by status: `404`, `4XX`, or `default`.
        answer: How the answer's body is read: `json`, `text`, `bytes` (base64 in a JSON text, or a content block),
            or `none`.
        at: JSON pointer to what is returned, within the body.
    """

    backend: str
    method: str
    path: tuple[str | HttpValue, ...]
    query: Mapping[str, HttpValue]
    headers: Mapping[str, HttpValue]
    cookies: Mapping[str, HttpValue]
    body: HttpBody | None
    auth: Credentials
    errors: Mapping[str, str]
    answer: Literal["json", "text", "bytes", "none"]
    at: str
    pages: HttpPages | None


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command, or several.

    Attributes:
        value: A list gives an argument for each item; what was not sent gives none.
        flag: Stands in front of each (`--max-count`), or alone if the value is `true`; `None` if there is none.
        dashes: Whether a value may start with `-`, and so be taken for an option.
    """

    value: Template
    flag: str | None = None
    dashes: bool = False


INHERITED = (
    *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"),
    # Windows: without these, programs do not even start.
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP"),
    *("USERPROFILE", "USERNAME", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES"),
)
"""What a command finds in its environment, unless the spec says otherwise: nothing that holds secrets."""

OUTPUT_LIMIT = 10_000_000
"""How many bytes a command may write, unless the spec says otherwise."""


@dataclass(frozen=True, slots=True)
class CommandCall:
    """One command, never run by a shell.

    Attributes:
        arguments: The program comes first, and is no placeholder of the caller's.
        stdin: What it reads: a text as it is, anything else as JSON.
        inherits: The variables of the server's environment that the command sees.
        environment: What it sees beside them.
        output: How its standard output is read: as `text`, as `lines`, as `json`, or not.
        succeeds: The exit codes that are no failure.
        errors: Keys of declared errors by exit code: `1`, or `default`.
        limit: How many bytes of output are read at most.
    """

    arguments: tuple[Argument, ...]
    stdin: Template | None
    folder: Template | None
    inherits: tuple[str, ...]
    environment: Mapping[str, Template]
    output: Literal["text", "lines", "json", "none"]
    succeeds: tuple[int, ...]
    errors: Mapping[str, str]
    limit: int


ROW_LIMIT = 1000
"""How many rows are read at most, unless the spec says otherwise."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is returned of a column, where a database cannot say it itself.

    Attributes:
        holds: `boolean`: SQLite has 0 and 1; `json`: a text that is JSON.
        optional: Whether it is left out where it is NULL.
    """

    holds: Literal["boolean", "json"] | None
    optional: bool


@dataclass(frozen=True, slots=True)
class SqlCall:
    """One SQL statement with named parameters (`:name`).

    Attributes:
        backend: Key of the backend.
        statement: As the spec says it; values are never spliced in.
        parameters: What each of its parameters is bound to, by name, in the order of the statement.
        rows: `many`: a list of objects; `one`: an object; `value`: the first column of the only row; `count`: how
            many rows were changed; `none`.
        limit: How many rows are read at most; more are an error.
        missing: Key of the declared error if `one` or `value` finds no row, or `count` or `none` changes none.
        conflict: Key of the declared error if a value that must be unique is there already, or a row that is
            referred to is not there.
        writes: Whether the connection may write.
        needed: Whether finding no row is a failure without `missing`, too; else `null` is returned.
        columns: What is declared of columns, by name. Of `rows: value`, the name is empty.
    """

    backend: str
    statement: str
    parameters: Mapping[str, Value]
    rows: Literal["many", "one", "value", "count", "none"]
    limit: int
    missing: str | None
    conflict: str | None
    writes: bool
    needed: bool = False
    columns: Mapping[str, Column] = field(default_factory=dict[str, Column])


BYTE_LIMIT = 1_000_000
"""How many bytes of a file are read or written at most, unless the spec says otherwise."""

ENTRY_LIMIT = 1000
"""How many entries of a folder are listed at most, unless the spec says otherwise."""


@dataclass(frozen=True, slots=True)
class FileCall:
    """One file operation below a backend's root.

    Attributes:
        backend: Key of the backend.
        act: `read`, `write` (whole, atomically), `append`, `list` (a folder, optionally by a glob), `stat`, `delete`.
        path: Relative to the root.
        content: What is written.
        binary: Whether contents are base64 of bytes, instead of UTF-8 text.
        pattern: The glob of `list`.
        limit: Bytes that are read or written at most; entries, of `list`.
        missing: Key of the declared error if there is no such file.
        exists: Key of the declared error if there is one already; without it, `write` replaces it.
    """

    backend: str
    act: Literal["read", "write", "append", "list", "stat", "delete"]
    path: Template
    content: Template | None
    binary: bool
    pattern: Template | None
    limit: int
    missing: str | None
    exists: str | None


@dataclass(frozen=True, slots=True)
class PythonCall:
    """One function that exists: `package.module:function`, or `package.module:object.method`; async or not.

    Attributes:
        context: Whether it takes `context`, too.
        sdk: The SDK whose tool, prompt or resource it was, and as whose it is called.
    """

    module: str
    function: str
    context: bool
    sdk: Literal["mcp1", "mcp1_lowlevel", "fastmcp2"] | None = None


@dataclass(frozen=True, slots=True)
class ProxyCall:
    """One tool of another MCP server.

    Attributes:
        backend: Key of the backend.
        tool: Its name there.
    """

    backend: str
    tool: str


@dataclass(frozen=True, slots=True)
class ProxyRead:
    """One resource of another MCP server, or all that fit a template.

    Attributes:
        backend: Key of the backend.
        uri: Its address or template there; variables of the same names mean the same.
    """

    backend: str
    uri: str


@dataclass(frozen=True, slots=True)
class ProxyPrompt:
    """One prompt of another MCP server; its arguments are called the same there.

    Attributes:
        backend: Key of the backend.
        prompt: Its name there.
    """

    backend: str
    prompt: str


Run: TypeAlias = HttpCall | CommandCall | SqlCall | FileCall | PythonCall | ProxyCall
