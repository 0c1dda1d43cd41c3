"""What bound operations use: APIs, databases, folders, other servers; and the templates that say what is sent to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..text.names import Name


@dataclass(frozen=True, slots=True)
class Given:
    """Stands for what the caller sent.

    Attributes:
        key: The parameter's name on the wire; `None` stands for all arguments as one object.
    """

    key: str | None


@dataclass(frozen=True, slots=True)
class Configured:
    """Stands for a setting.

    Attributes:
        key: Its name in the spec.
    """

    key: str


Piece: TypeAlias = str | Given | Configured


@dataclass(frozen=True, slots=True)
class Template:
    """A text with placeholders: `{city}`, `{settings.base_url}`, `{*}` for all arguments.

    Attributes:
        pieces: Never two texts in a row. A single placeholder stands for the value as it is; beside
            anything else its text is meant.
    """

    pieces: tuple[Piece, ...]

    @property
    def whole(self) -> Given | Configured | None:
        """The placeholder that is all of it."""
        alone = self.pieces[0] if len(self.pieces) == 1 else None
        return None if isinstance(alone, str) else alone


@dataclass(frozen=True, slots=True)
class Composed:
    """A JSON object or list of the spec's own, with templates in it."""

    value: Mapping[str, Value] | tuple[Value, ...]


Value: TypeAlias = Template | Composed | bool | int | float | str | None
"""A value of a binding: a scalar that contains no placeholder is itself."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key in a header, the query or a cookie (OpenAPI, `apiKey`)."""

    place: Literal["header", "query", "cookie"]
    name: str
    value: Template


@dataclass(frozen=True, slots=True)
class Bearer:
    """A bearer token (RFC 6750)."""

    token: Template


@dataclass(frozen=True, slots=True)
class Basic:
    """A user and a password (RFC 7617)."""

    user: Template
    password: Template


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """A token that is fetched with the client's own credentials (RFC 6749 section 4.4)."""

    token_url: Template
    client_id: Template
    client_secret: Template
    scopes: tuple[str, ...]


Scheme: TypeAlias = ApiKey | Bearer | Basic | ClientCredentials
Credentials: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives: the first whose schemes are all configured is used. An empty one stands for nobody in particular, as does none at all."""


@dataclass(frozen=True, slots=True)
class HttpBackend:
    """An HTTP API.

    Attributes:
        url: Where it is: absolute; paths are appended. Only settings may stand in it.
        schemes: How callers can prove who they are, by name.
        auth: Which of them operations use that do not say.
        headers: Sent with every request.
        timeout: Seconds for one request.
        retries: How many times a request is repeated that may be repeated, and failed for a while.
    """

    url: Template
    schemes: Mapping[str, Scheme]
    auth: Credentials
    headers: Mapping[str, Template]
    timeout: float
    retries: int


@dataclass(frozen=True, slots=True)
class SqlBackend:
    """A database.

    Attributes:
        url: `sqlite:` and a path, or `postgresql://`.
    """

    url: Template


@dataclass(frozen=True, slots=True)
class FilesBackend:
    """A folder that nothing leaves.

    Attributes:
        root: Its path; relative ones count from the working folder.
    """

    root: Template


@dataclass(frozen=True, slots=True)
class McpBackend:
    """An MCP server: a command to start, or a URL. Exactly one of the two is there.

    Attributes:
        environment: What the command finds in its environment beside `PATH`, `HOME` and the like.
        headers: Sent with every HTTP request.
    """

    command: tuple[Template, ...]
    url: Template | None
    environment: Mapping[str, Template]
    folder: Template | None
    headers: Mapping[str, Template]


@dataclass(frozen=True, slots=True)
class Backend:
    """What bound operations use, opened once when the server starts to use it, closed when it stops."""

    name: Name
    key: str
    description: str | None
    kind: HttpBackend | SqlBackend | FilesBackend | McpBackend
