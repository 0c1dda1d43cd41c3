"""How requests prove who they are: tokens, passwords and keys of the server's own, for the API's origin alone."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from ..shared.failure import BackendError
from ..shared.model import Unset
from .styles import form
from .words import escaped

Secret: TypeAlias = str | Unset
"""A text of settings; `UNSET` and empty ones are not configured."""

Alternatives: TypeAlias = Sequence[Sequence[str]]
"""Names of schemes: the first list is used of which all are configured. Without any list nobody has to prove anything."""


@dataclass(slots=True)
class Proof:
    """What schemes add to one request.

    Attributes:
        secrets: What must never be repeated to a caller.
        renewable: What to forget if the API refuses it: each may do better next time.
    """

    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    query: list[str] = field(default_factory=list[str])
    cookies: list[str] = field(default_factory=list[str])
    secrets: list[str] = field(default_factory=list[str])
    renewable: list[Renewable] = field(default_factory=list["Renewable"])

    def authorize(self, kind: str, credentials: str) -> None:
        """Add an `Authorization` header."""
        self.headers.append(("Authorization", f"{kind} {credentials}"))
        self.secrets.append(credentials)


class Scheme(Protocol):
    """One way to prove who asks.

    Attributes:
        variables: The environment variables that configure it.
    """

    @property
    def variables(self) -> tuple[str, ...]: ...

    @property
    def configured(self) -> bool:
        """Whether all is there that it needs."""
        ...

    async def prove(self, proof: Proof) -> None:
        """Add what it has to say. Raises `BackendError`."""
        ...


class Renewable(Protocol):
    """A scheme that gets what it says from somewhere."""

    def forget(self, said: Sequence[str]) -> None:
        """Do not say again what was said."""
        ...


@dataclass(frozen=True, slots=True)
class Bearer:
    """A bearer token (RFC 6750)."""

    token: Secret = field(repr=False)
    variables: tuple[str, ...] = ()

    @property
    def configured(self) -> bool:
        return bool(self.token)

    async def prove(self, proof: Proof) -> None:
        proof.authorize("Bearer", _sendable(self.token))


@dataclass(frozen=True, slots=True)
class Basic:
    """A user and a password (RFC 7617)."""

    user: Secret
    password: Secret = field(repr=False)
    variables: tuple[str, ...] = ()

    @property
    def configured(self) -> bool:
        return bool(self.user) and not isinstance(self.password, Unset)

    async def prove(self, proof: Proof) -> None:
        proof.authorize("Basic", base64.b64encode(f"{self.user}:{self.password}".encode()).decode())
        if self.password:
            proof.secrets.append(str(self.password))


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key in a header, the query or a cookie (OpenAPI, `apiKey`)."""

    place: Literal["header", "query", "cookie"]
    name: str
    value: Secret = field(repr=False)
    variables: tuple[str, ...] = ()

    @property
    def configured(self) -> bool:
        return bool(self.value)

    async def prove(self, proof: Proof) -> None:
        value = _sendable(self.value)
        proof.secrets += dict.fromkeys((value, escaped(value)))
        if self.place == "header":
            proof.headers.append((self.name, value))
        elif self.place == "query":
            proof.query.append(form(self.name, value))
        else:
            # As it is: what a server gave out as a cookie it wants back letter for letter.
            proof.cookies.append(f"{self.name}={value}")


async def prove(schemes: Mapping[str, Scheme], alternatives: Alternatives) -> Proof:
    """What the first alternative says that is configured.

    Raises:
        BackendError: None is: the message names the environment variables. Or a scheme fails.
    """
    proof = Proof()
    for names in alternatives:
        if all(schemes[name].configured for name in names):
            for name in names:
                await schemes[name].prove(proof)
            return proof
    if alternatives:
        ways = [_variables(schemes[name] for name in names) for names in alternatives]
        needed = ", or ".join(dict.fromkeys(ways))
        raise BackendError(f"the server has no credentials for the API: set {needed}")
    return proof


def _variables(schemes: Iterable[Scheme]) -> str:
    missing = [one for scheme in schemes if not scheme.configured for one in scheme.variables]
    return " and ".join(dict.fromkeys(missing))


def _sendable(secret: Secret) -> str:
    """A secret without the line end that files and shells leave on it."""
    text = str(secret).strip()
    if not text.isprintable() or not text.isascii():
        raise BackendError("the server's credentials for the API hold what no header can hold")
    return text
