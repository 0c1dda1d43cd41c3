"""Where an API is. What callers send can change neither the host nor the depth of a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import httpx2

from ..shared.failure import ArgumentError, BackendError


@dataclass(frozen=True, slots=True)
class Site:
    """The origin of an API and the path below which it lies.

    Attributes:
        origin: Scheme, host and port: `https://api.example.com`.
        base: `/v1`, without a slash at its end.
    """

    origin: str
    base: str

    @classmethod
    def at(cls, url: str) -> Self:
        """The site of an absolute URL.

        Raises:
            ValueError: It is no `http` or `https` URL with a host, or has a user, a query or a fragment.
        """
        try:
            parsed = httpx2.URL(url.strip())
        except httpx2.InvalidURL as error:
            raise ValueError(f"is no URL: {error}") from None
        if parsed.scheme not in ("http", "https") or not parsed.host:
            raise ValueError("must begin with http:// or https:// and a host")
        if parsed.userinfo:
            raise ValueError("must not hold a user or a password: they belong under `auth`")
        if parsed.query or parsed.fragment:
            raise ValueError("must end with its path")
        return cls(_origin(parsed), parsed.raw_path.decode().partition("?")[0].rstrip("/"))

    def target(self, path: str, query: str) -> str:
        """What is asked for, of a percent-encoded path below the base and a query.

        Raises:
            ArgumentError: A segment of the path is `.` or `..`, and would lead elsewhere.
        """
        if not {".", ".."}.isdisjoint(path.split("/")):
            raise ArgumentError("the path", "must not have a part that is `.` or `..`")
        below = path if path.startswith("/") or not path else f"/{path}"
        whole = f"{self.base}{below}" or "/"
        return f"{whole}?{query}" if query else whole

    def led(self, target: str, reference: str) -> str:
        """The target that a reference in the answer to `target` leads to (RFC 3986, section 5).

        Raises:
            BackendError: It leads to another origin, or nowhere.
        """
        try:
            found = httpx2.URL(self.origin + target).join(reference)
        except (httpx2.InvalidURL, ValueError):
            raise BackendError("the API refers to what is no URL") from None
        origin = _origin(found)
        if origin != self.origin or found.userinfo:
            raise BackendError(
                f"the API refers to {origin}, and what belongs to {self.origin} is not sent there"
            )
        return found.raw_path.decode()


def _origin(url: httpx2.URL) -> str:
    """RFC 6454, section 4: the scheme's own port is as good as none."""
    usual = {"http": 80, "https": 443}.get(url.scheme)
    host = url.netloc.decode()
    return f"{url.scheme}://{host.removesuffix(f':{usual}') if url.port == usual else host}"
