"""One request and its answer: credentials, redirects, limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import anyio
import httpx2

from ..shared.failure import BackendError, plain_line
from .bodies import Body
from .headers import Header
from .reply import Reply
from .schemes import Alternatives, Proof, Scheme, prove
from .site import Site

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_UNREACHED = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)
_BROKEN = (httpx2.NetworkError, httpx2.RemoteProtocolError)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of an API.

    Attributes:
        target: The path and query, percent-encoded.
        cookies: As they stand in the header.
        again: Whether asking twice does no more than asking once.
    """

    method: str
    target: str
    headers: Sequence[Header]
    cookies: Sequence[str]
    body: Body | None
    auth: Alternatives
    again: bool


class BrokenOff(BackendError):
    """No answer came.

    Attributes:
        again: Whether the request may be repeated: nothing of it was sent, or repeating it does no harm.
    """

    def __init__(self, message: str, *, retryable: bool, again: bool) -> None:
        super().__init__(message, retryable=retryable)
        self.again = again


@dataclass(frozen=True, slots=True)
class Exchange:
    """Sends requests to one API.

    Attributes:
        client: What sends them; called for each, as it may have been closed in between.
        timeout: Seconds until a request is given up, its redirects and its answer's end included.
        limit: How many bytes of an answer are read.
    """

    site: Site
    schemes: Mapping[str, Scheme]
    client: Callable[[], httpx2.AsyncClient]
    timeout: float
    limit: int

    async def ask(self, request: Request) -> Reply:
        """The answer, whatever its status. A token that the API refuses is fetched anew, once.

        Raises:
            BackendError: There are no credentials, or a redirect leads astray.
            BrokenOff: No answer came, or not in time.
        """
        try:
            with anyio.fail_after(self.timeout):
                proof = await prove(self.schemes, request.auth)
                reply = await self._followed(request, proof)
                if reply.status == 401 and proof.renewable:
                    for scheme in proof.renewable:
                        scheme.forget(proof.secrets)
                    proof = await prove(self.schemes, request.auth)
                    reply = await self._followed(request, proof)
                return reply
        except TimeoutError:
            raise self._too_late(request) from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            # Its text may quote what was sent, credentials included.
            again = request.again and isinstance(error, _BROKEN)
            said = f"the exchange with the API broke off: {type(error).__name__}"
            raise BrokenOff(said, retryable=again, again=again) from error

    def _too_late(self, request: Request) -> BrokenOff:
        # Not repeated: who was slow for that long will hardly be faster when asked twice.
        said = f"the API did not answer within {self.timeout:g} seconds"
        return BrokenOff(said, retryable=request.again, again=False)

    async def _followed(self, request: Request, proof: Proof) -> Reply:
        for hop in range(_MOST_REDIRECTS + 1):
            try:
                reply = await self._once(request, proof)
            except _UNREACHED as error:
                reason = plain_line(str(error), 200) or type(error).__name__
                # Nothing was sent, unless a redirect led here.
                again = request.again or hop == 0
                said = f"the API at {self.site.origin} cannot be reached: {reason}"
                raise BrokenOff(said, retryable=again, again=again) from error
            location = reply.headers.get("Location")
            if reply.status not in _REDIRECTS or location is None:
                return reply
            if reply.status == 303 and request.method != "HEAD":
                request = replace(request, method="GET", body=None)
            elif request.method not in ("GET", "HEAD"):
                # What was meant for one place is not done in another.
                return reply
            request = replace(request, target=self.site.led(request.target, location))
        raise BackendError(f"the API redirects more than {_MOST_REDIRECTS} times")

    async def _once(self, request: Request, proof: Proof) -> Reply:
        target = _with_query(request.target, proof.query)
        client = self.client()
        # The library logs URLs: what may be secret, the query, is told to the transport alone.
        sent = httpx2.Request(
            request.method,
            self.site.origin + target.partition("?")[0],
            headers=_headers(request, proof),
            content=request.body.content if request.body else None,
            extensions={"timeout": client.timeout.as_dict(), "target": target.encode()},
        )
        response = await client.send(sent, stream=True, auth=None, follow_redirects=False)
        try:
            content, cut = await self._content(response)
        finally:
            await response.aclose()
        url = self.site.origin + request.target
        return Reply(response.status_code, response.headers, content, url, cut, proof.secrets)

    async def _content(self, response: httpx2.Response) -> tuple[bytes, bool]:
        content = bytearray()
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > self.limit:
                return bytes(content[: self.limit]), True
        return bytes(content), False


def _with_query(target: str, added: Sequence[str]) -> str:
    """A key in the query goes along wherever the API redirects to within itself."""
    path, _, query = target.partition("?")
    there = query.split("&") if query else []
    whole = [*there, *(one for one in added if one not in there)]
    return f"{path}?{'&'.join(whole)}" if whole else path


def _headers(request: Request, proof: Proof) -> list[tuple[bytes, bytes]]:
    headers = dict[str, Header]()
    cookies = [one for one in (*request.cookies, *proof.cookies) if one]
    for name, value in (
        *request.headers,
        *((("Content-Type", request.body.media_type),) if request.body else ()),
        *((("Cookie", "; ".join(cookies)),) if cookies else ()),
        # Last, so that nothing else can stand in their place.
        *proof.headers,
    ):
        headers[name.lower()] = (name, value)
    return [(name.encode(), value.encode()) for name, value in headers.values()]
