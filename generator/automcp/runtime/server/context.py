"""What a handler gets besides its parameters: a small protocol that is the same on every SDK."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar, cast, overload

from ..shared.model import Json, to_json
from .asking import Asking, declares
from .questions import Question
from .request import Caller, Level, ListChanged, Request, ResourceUpdated, Wire

if TYPE_CHECKING:
    from .kernel import Kernel

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
StateT = TypeVar("StateT")
SettingsT = TypeVar("SettingsT")
StateT_co = TypeVar("StateT_co", covariant=True)
SettingsT_co = TypeVar("SettingsT_co", covariant=True)

Answer: TypeAlias = T | Awaitable[T]
"""What a handler returns: from an `async def`, or from a plain one, which runs in a worker thread."""


class Context(Protocol[StateT_co, SettingsT_co]):
    """One call, seen from its handler.

    The async methods belong to the event loop. A plain `def` handler runs in a worker thread and
    calls them as `anyio.from_thread.run(context.progress, 1, 3)`.
    """

    @property
    def state(self) -> StateT_co:
        """What the server's lifespan set up; `None` if it has none."""
        ...

    @property
    def settings(self) -> SettingsT_co:
        """The server's settings; `None` if the spec has none."""
        ...

    @property
    def caller(self) -> Caller | None:
        """Who calls; `None` without authentication."""
        ...

    @property
    def uri(self) -> str | None:
        """The address that is read, as the caller spells it; `None` where no resource is."""
        ...

    @property
    def headers(self) -> Mapping[str, str] | None:
        """The HTTP headers; `None` on stdio. The client wrote them: they prove no identity."""
        ...

    @property
    def native(self) -> Any:
        """The SDK's own context, for all that this one does not have. Each SDK has another."""
        ...

    async def progress(
        self, done: float, total: float | None = None, message: str | None = None
    ) -> None:
        """Tell how far the call has come. Does nothing if the caller did not ask to be told."""
        ...

    async def log(self, level: Level, data: object) -> None:
        """Send a log message (any JSON, or a model) to the client.

        It is sent only if the client wants this level: from MCP 2026-07-28 on, if it said so with the
        call. Raises what `to_json` raises.
        """
        ...

    async def read_resource(self, uri: str) -> str | bytes:
        """The content of one of this server's own resources.

        Raises `ProtocolError`: there is none at `uri`, the caller may not read it, or it failed.
        """
        ...

    def can_ask(self, question: Question[Any]) -> bool:
        """Whether the client has declared what the question needs."""
        ...

    async def ask(self, question: Question[A]) -> A:
        """Ask the client something: a `Form` or `Url` for the user, a `Sample`, the `Roots`.

        From MCP 2026-07-28 on the client answers by repeating the call: then the handler runs again from
        its start. So ask early, and let `once` keep what must not happen twice.

        Raises:
            ProtocolError: The client cannot be asked (it did not declare what the question needs), or
                answered with an error. Left alone, the caller gets it.
        """
        ...

    @overload
    async def ask_all(self, first: Question[A], second: Question[B], /) -> tuple[A, B]: ...
    @overload
    async def ask_all(
        self, first: Question[A], second: Question[B], third: Question[C], /
    ) -> tuple[A, B, C]: ...
    @overload
    async def ask_all(self, *questions: Question[A]) -> tuple[A, ...]: ...
    async def ask_all(self, *questions: Question[Any]) -> tuple[Any, ...]:
        """Ask several things at once, in one round. Raises what `ask` raises."""
        ...

    async def once(self, key: str, compute: Callable[[], object]) -> Json:
        """The value of `compute` (JSON), which is called once however often the handler has to run again.

        It travels with the questions, sealed: the client cannot read or change it.
        """
        ...

    async def tools_changed(self) -> None:
        """Tell all who listen that the list of tools is another one."""
        ...

    async def prompts_changed(self) -> None:
        """Tell all who listen that the list of prompts is another one."""
        ...

    async def resources_changed(self) -> None:
        """Tell all who listen that the list of resources is another one."""
        ...

    async def resource_updated(self, uri: str) -> None:
        """Tell all who subscribed to the resource that it holds something else."""
        ...

    async def close_stream(self) -> None:
        """End the call's HTTP stream before its answer; the client comes back for it (SEP-1699).

        Does nothing where the transport cannot resume.
        """
        ...


class RequestContext(Generic[StateT, SettingsT]):
    """The `Context` of one request.

    Attributes:
        asking: The questions put so far, or `None`.
    """

    __slots__ = ("_kernel", "_params", "_request", "asking")

    def __init__(self, kernel: Kernel[StateT, SettingsT], request: Request, params: Wire) -> None:
        self._kernel = kernel
        self._request = request
        self._params = params
        self.asking: Asking | None = None

    @property
    def state(self) -> StateT:
        return cast("StateT", self._request.state)

    @property
    def settings(self) -> SettingsT:
        return self._kernel.settings

    @property
    def caller(self) -> Caller | None:
        return self._request.caller

    @property
    def uri(self) -> str | None:
        uri = self._params.get("uri")
        return uri if isinstance(uri, str) else None

    @property
    def headers(self) -> Mapping[str, str] | None:
        return self._request.headers

    @property
    def native(self) -> Any:
        return self._request.native

    async def progress(
        self, done: float, total: float | None = None, message: str | None = None
    ) -> None:
        to_json([done, total, message])
        await self._request.progress(done, total, message)

    async def log(self, level: Level, data: object) -> None:
        await self._request.log(level, to_json(data))

    async def read_resource(self, uri: str) -> str | bytes:
        return await self._kernel.content(uri, self._request)

    def can_ask(self, question: Question[Any]) -> bool:
        return declares(self._request.capabilities, question.needs)

    async def ask(self, question: Question[A]) -> A:
        (answer,) = await self._asking().ask([question])
        return cast("A", answer)

    async def ask_all(self, *questions: Question[Any]) -> Any:
        return tuple(await self._asking().ask(questions))

    async def once(self, key: str, compute: Callable[[], object]) -> Json:
        return await self._asking().once(key, compute)

    async def tools_changed(self) -> None:
        await self._request.publish(ListChanged("tools"))

    async def prompts_changed(self) -> None:
        await self._request.publish(ListChanged("prompts"))

    async def resources_changed(self) -> None:
        await self._request.publish(ListChanged("resources"))

    async def resource_updated(self, uri: str) -> None:
        await self._request.publish(ResourceUpdated(uri))

    async def close_stream(self) -> None:
        await self._request.close_stream()

    def _asking(self) -> Asking:
        if self.asking is None:
            self.asking = Asking(self._request, self._params)
        return self.asking
