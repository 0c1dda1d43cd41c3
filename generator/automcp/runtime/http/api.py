"""An HTTP API that bound operations use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from ..server.settings import SettingsError
from ..shared.failure import plain_line
from .bodies import Body
from .exchange import Exchange, Request
from .failing import Errors, failure
from .headers import Header
from .pages import Pages, joined
from .repeats import repeated
from .reply import Reply
from .schemes import Alternatives, Scheme
from .site import Site

_MOST_BYTES = 10_000_000
_CONNECT_SECONDS = 10.0
_READS_JSON = "application/json, */*;q=0.8"


class HttpApi:
    """One API: a pool of connections that is opened by the first request, and closed with the server.

    Requests go to its origin alone, and so do credentials: redirects and links that lead elsewhere are failures.
    It keeps no cookies: what an API sets for one caller is not sent for another. Proxies and certificates of the
    environment (`HTTPS_PROXY`, `NO_PROXY`, `SSL_CERT_FILE`) count, because whoever runs the server sets them.
    """

    def __init__(
        self,
        url: str,
        *,
        schemes: Mapping[str, Scheme] | None = None,
        auth: Alternatives = (),
        headers: Sequence[Header | None] = (),
        agent: str = "automcp",
        timeout: float = 30.0,
        retries: int = 2,
        limit: int = _MOST_BYTES,
    ) -> None:
        """Connects to nothing yet.

        Args:
            url: Where it is; paths are appended.
            schemes: How requests can prove who they are, by name.
            auth: Which of them requests use that do not say.
            headers: Of every request.
            agent: Who asks, for the API's own records (`User-Agent`).
            timeout: Seconds for one request.
            retries: How many times a request is repeated that may be repeated, and failed for a while.
            limit: How many bytes of an answer are read.

        Raises:
            SettingsError: `url` is none that an API can have.
        """
        try:
            self._site = Site.at(url)
        except ValueError as error:
            # One that holds a password is not shown.
            shown = "" if "@" in url else f" {plain_line(url, 200)!r}"
            raise SettingsError((f"- the URL{shown} of an API {error}",)) from None
        self._auth = auth
        self._headers = (
            ("User-Agent", agent),
            ("Accept-Encoding", "gzip, deflate"),
            *(one for one in headers if one is not None),
        )
        self._retries = retries
        self._client: httpx2.AsyncClient | None = None
        self._exchange = Exchange(self._site, schemes or {}, self._open, timeout, limit)

    async def send(
        self,
        method: str,
        path: str,
        *,
        query: Sequence[str] = (),
        headers: Sequence[Header | None] = (),
        cookies: Sequence[str] = (),
        body: Body | None = None,
        accept: str = _READS_JSON,
        auth: Alternatives | None = None,
        errors: Errors | None = None,
        again: bool = False,
        pages: Pages | None = None,
    ) -> Reply:
        """Send one request, and read its answer to the end.

        Args:
            path: Appended to the URL of the API; percent-encoded, as are `query` and `cookies`.
            accept: The media types that are understood.
            auth: Schemes by name, instead of those that the API always uses; `()` for none.
            errors: The errors of the spec by status; without one, a status that is no success is a `BackendError`.
            again: Whether asking twice does no more than asking once, so that a failed request may be repeated.
            pages: How further pages are asked for; the answer's JSON is the list of all their items then.

        Raises:
            DeclaredError: One of `errors`.
            BackendError: The API cannot be reached, fails, or answers what is none.
            ArgumentError: `path` would lead elsewhere.
        """
        request = Request(
            method,
            self._site.target(path, "&".join(one for one in query if one)),
            (("Accept", accept), *self._headers, *(one for one in headers if one is not None)),
            cookies,
            body,
            self._auth if auth is None else auth,
            again,
        )
        fetch = partial(self._fetch, request, errors or {})
        if pages is None:
            return await fetch(request.target)
        return await joined(fetch, request.target, pages, self._site)

    async def aclose(self) -> None:
        """Close all connections. The next request opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _fetch(self, request: Request, errors: Errors, target: str) -> Reply:
        asked = replace(request, target=target)
        reply = await repeated(self._exchange.ask, asked, self._retries)
        if not reply.succeeded:
            raise failure(reply, errors, again=request.again)
        return reply

    def _open(self) -> httpx2.AsyncClient:
        if self._client is None:
            # An exchange is limited as a whole; beyond that, only who does not even connect is given up early.
            self._client = httpx2.AsyncClient(
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                timeout=httpx2.Timeout(None, connect=_CONNECT_SECONDS),
            )
        return self._client
