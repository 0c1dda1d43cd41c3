"""The service itself, whatever SDK carries it: wire objects in, wire objects out."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Generic, TypeAlias, TypeVar, cast

from anyio import create_task_group

from ..shared.path import shorten
from ..shared.surface import Surface
from .access import Access
from .asking import declares
from .call import Call
from .completing import Completer, reference
from .context import RequestContext
from .errors import Unknown, missing_capability
from .offers import Completion, Offer, Operation, Prompt, Resource
from .paging import page
from .prompting import Prompts
from .reading import Shelf
from .request import Request, Wire
from .searching import SEARCHING, Named, Search
from .tasks import TASKS, Tasks

StateT = TypeVar("StateT")
SettingsT = TypeVar("SettingsT")

Method: TypeAlias = Callable[[Wire, Request], Awaitable[Wire]]
"""Answers one method of the protocol: its params, the request; its result. Raises `ProtocolError`."""

Lifespan: TypeAlias = Callable[[SettingsT], AbstractAsyncContextManager[StateT]]

_UNCACHED: Wire = {"ttlMs": 0, "cacheScope": "private"}


class Kernel(Generic[StateT, SettingsT]):
    """Answers requests as the surface says, with the offers.

    Attributes:
        surface: What is advertised, and what arguments and answers are checked against.
        settings: What handlers find as `context.settings`.
        methods: What answers each method; only those that the surface has something for.
    """

    def __init__(
        self,
        surface: Surface,
        offers: Iterable[Offer[Any]],
        *,
        settings: SettingsT,
        lifespan: Lifespan[SettingsT, StateT] | None = None,
        backends: AbstractAsyncContextManager[object] | None = None,
        tasks: bool = True,
    ) -> None:
        """Prepare everything.

        Args:
            backends: What handlers work with: entered before the lifespan, left after it.
            tasks: Whether the SDK can carry tasks; without, every call is answered when it is done.

        Raises:
            ValueError: Offers and surface do not name the same things.
        """
        listed = list(offers)
        self.surface = surface
        self.settings = settings
        self.shelf = Shelf(surface, _of(listed, Resource))
        self.prompts = Prompts(surface, _of(listed, Prompt))
        self.completer = Completer(surface, _of(listed, Completion))
        self._operations = _operations(surface, _of(listed, Operation))
        self._calls: dict[str, Call] = {}
        self.tasks = Tasks(cast("Mapping[str, str]", surface.section("tasks")) if tasks else {})
        self._access = Access(surface, "tools")
        self._search = Search(surface, self._access) if surface.listed("searching") else None
        self._needs = cast("Mapping[str, Wire]", surface.section("needs"))
        self._page_size = cast("int | None", surface.value("pageSize"))
        self._lifespan = lifespan
        self._backends = backends
        self._running: tuple[StateT] | None = None
        self.methods = self._methods()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[StateT]:
        """Set up what handlers find as `context.state`: once, however many enter. The first to enter owns it."""
        if self._running is not None:
            yield self._running[0]
            return
        async with self._entered() as state:
            self._running = (state,)
            try:
                async with self._working():
                    yield state
            finally:
                self._running = None

    async def content(self, uri: str, request: Request) -> str | bytes:
        """What a resource holds, for a handler that reads it. Raises `ProtocolError`."""
        return await self.shelf.content(uri, RequestContext(self, request, {"uri": uri}))

    @property
    def extensions(self) -> Wire:
        """What is declared of extensions."""
        said = self.surface.section("extensions")
        return said if self.tasks else {key: one for key, one in said.items() if key != TASKS}

    def offers(self, tool: str) -> bool:
        """Whether the tool is the service's own."""
        return tool in self._operations

    def _methods(self) -> dict[str, Method]:
        methods: dict[str, Method] = {
            "tools/list": self._list_tools,
            "tools/call": self._call_tool,
        }
        if self.surface.listed("resources") or self.surface.listed("templates"):
            methods["resources/list"] = self._list_resources
            methods["resources/templates/list"] = self._list_templates
            methods["resources/read"] = self._read_resource
        if self.surface.listed("prompts"):
            methods["prompts/list"] = self._list_prompts
            methods["prompts/get"] = self._prompt
        if self.completer:
            methods["completion/complete"] = self._complete
        if self.tasks:
            methods["tasks/get"] = self.tasks.get
            methods["tasks/update"] = self.tasks.update
            methods["tasks/cancel"] = self.tasks.cancel
        return methods

    async def _list_tools(self, params: Wire, request: Request) -> Wire:
        tools = self._access.admitted(self.surface.tools, "name", request.caller)
        if self._search is not None:
            tools = self._search.tools
        return self._page("tools/list", "tools", tools, params, request)

    async def _call_tool(self, params: Wire, request: Request) -> Wire:
        name = cast("str", params["name"])
        if self._search is not None and name in SEARCHING:
            said = self._search.answer(name, params, request.caller)
            return (
                said if not isinstance(said, Named) else await self._call_tool(said.params, request)
            )
        if name not in self._operations or not self._access.admits(name, request.caller):
            raise Unknown(f"Unknown tool: {shorten(name, 100)}")
        needed = self._needs.get(name)
        if needed and not declares(request.capabilities, needed):
            raise missing_capability(needed)
        arguments = cast("Wire", params.get("arguments") or {})
        call = self._call(name)
        if self.tasks and self.tasks.takes(name, params, request):

            async def run(later: Request) -> Wire:
                return await call(arguments, RequestContext(self, later, params))

            return await self.tasks.start(request, run)
        return await call(arguments, RequestContext(self, request, params))

    def _call(self, name: str) -> Call:
        # Prepared when it is first called: of many tools, most are not.
        if name not in self._calls:
            self._calls[name] = Call(self._operations[name], self.surface)
        return self._calls[name]

    async def _list_resources(self, params: Wire, request: Request) -> Wire:
        resources = self.shelf.admitted(request.caller)
        return self._page("resources/list", "resources", resources, params, request)

    async def _list_templates(self, params: Wire, request: Request) -> Wire:
        templates = self.shelf.admitted_templates(request.caller)
        method = "resources/templates/list"
        return self._page(method, "resourceTemplates", templates, params, request)

    async def _read_resource(self, params: Wire, request: Request) -> Wire:
        uri = cast("str", params["uri"])
        result = await self.shelf.read(uri, RequestContext(self, request, params))
        if not request.modern or "contents" not in result:
            return result
        own = self.shelf.cache(uri, request.caller)
        return {**_UNCACHED, **self._cache("resources/read"), **own, **result}

    async def _list_prompts(self, params: Wire, request: Request) -> Wire:
        prompts = self.prompts.admitted(request.caller)
        return self._page("prompts/list", "prompts", prompts, params, request)

    async def _prompt(self, params: Wire, request: Request) -> Wire:
        arguments = cast("Mapping[str, str]", params.get("arguments") or {})
        context = RequestContext(self, request, params)
        return await self.prompts.answer(cast("str", params["name"]), arguments, context)

    async def _complete(self, params: Wire, request: Request) -> Wire:
        kind, of = reference(params)
        if kind == "prompt":
            self.prompts.find(of, request.caller)
        else:
            self.shelf.find_template(of, request.caller)
        context = RequestContext(self, request, params)
        return await self.completer.answer(kind, of, params, context)

    def _page(
        self, method: str, member: str, items: list[Wire], params: Wire, request: Request
    ) -> Wire:
        result = page(member, items, self._page_size, params)
        return {**_UNCACHED, **self._cache(method), **result} if request.modern else result

    def _cache(self, method: str) -> Wire:
        return cast("Wire", self.surface.section("caches").get(method) or {})

    @asynccontextmanager
    async def _working(self) -> AsyncGenerator[None]:
        """Around the life of tasks: at its end, those that still run are cancelled."""
        if not self.tasks:
            yield
            return
        async with create_task_group() as group:
            self.tasks.work_in(group)
            try:
                yield
            finally:
                self.tasks.work_in(None)
                group.cancel_scope.cancel()

    @asynccontextmanager
    async def _entered(self) -> AsyncGenerator[StateT]:
        async with self._backends or nullcontext():
            if self._lifespan is None:
                yield cast("StateT", None)
                return
            async with self._lifespan(self.settings) as state:
                yield state


OfferT = TypeVar("OfferT")


def _of(offers: Iterable[object], kind: type[OfferT]) -> list[OfferT]:
    return [one for one in offers if isinstance(one, kind)]


def _operations(
    surface: Surface, operations: Iterable[Operation[Any]]
) -> dict[str, Operation[Any]]:
    found: dict[str, Operation[Any]] = {}
    for operation in operations:
        if operation.tool in found:
            raise ValueError(f"two operations answer the tool {operation.tool}")
        if operation.tool not in surface:
            raise ValueError(f"surface.json has no tool {operation.tool}")
        found[operation.tool] = operation
    silent = [name for name in surface.names if name not in found]
    if silent:
        raise ValueError(f"no operation answers the tools {', '.join(silent)}")
    return found
