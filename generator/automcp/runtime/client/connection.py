"""One open session with the server, in either protocol era: `Connection`."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import anyio
import anyio.abc
from mcp import Client
from mcp.client.session import ClientSession, IncomingMessage
from mcp.shared.dispatcher import ProgressFnT
from mcp.shared.exceptions import MCPError
from mcp_types import (
    HEADER_MISMATCH,
    CallToolRequest,
    CallToolRequestParams,
    CallToolResult,
    CompleteResult,
    EmptyResult,
    GetPromptResult,
    Implementation,
    InputRequiredResult,
    InputResponses,
    Prompt,
    PromptReference,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    ResourceTemplateReference,
    SetLevelRequest,
    SetLevelRequestParams,
    Tool,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from .answering import Respondent, change_of
from .changes import Interest
from .config import Revision
from .errors import OperationError
from .faults import reason
from .headers import Mirrored
from .listening import Changes, Ears, modern_changes
from .pages import all_pages
from .questions import Callbacks
from .rounds import concluded
from .shortcut import ANSWER, Answer, Shortcut
from .target import Endpoint

logger = logging.getLogger(__name__)

OnProgress: TypeAlias = ProgressFnT


@dataclass(frozen=True, slots=True)
class Setup:
    """How connections are made.

    Attributes:
        identity: How the client introduces itself.
        mirrored: What is known of header parameters when a connection is opened.
    """

    endpoint: Endpoint
    identity: Implementation
    callbacks: Callbacks
    revision: Revision
    mirrored: Callable[[], Mirrored]


class Connection:
    """One open session with the server. Its requests raise `MCPError` where the server answers with an error.

    Attributes:
        usable: Whether it may be handed out: it is neither retired nor closed.
        patience: What has to know of the time limits of requests, if the program may be asked.
    """

    def __init__(self, setup: Setup) -> None:
        self._label = setup.endpoint.label
        self._respondent = Respondent(setup.callbacks)
        self.patience = self._respondent.patience
        self._mirrored = setup.mirrored()
        self._client = Client(
            setup.endpoint.dial(),
            mode="legacy" if setup.revision == "2025-11-25" else setup.revision,
            cache=self._mirrored.listing(),
            client_info=setup.identity,
            message_handler=self._hear,
            **self._respondent.abilities,
        )
        self._ears = Ears()
        self._stop = anyio.Event()
        self._life = anyio.CancelScope()
        self.usable = True
        self._session: ClientSession | None = None
        self._shortcut: Shortcut | None = None
        self._forbidden: Mapping[str, str] = {}

    def retire(self) -> None:
        """Hand it out no more; calls on their way may end."""
        self.usable = False

    def close(self) -> None:
        self.usable = False
        self._stop.set()
        if self._session is None:
            # Still being opened, which may take for ever.
            self._life.cancel()

    async def live(self, *, task_status: anyio.abc.TaskStatus[None]) -> None:
        """Open it, keep it open until `close`, and close it. Raises what opening it raises, nothing later."""
        opened = False
        try:
            # Entered and left in this one task: anyio's cancel scopes must not be left from another.
            with self._life:
                async with self._client:
                    await self._get_ready()
                    opened = True
                    self._session = self._client.session
                    self._shortcut = Shortcut.of(self._session)
                    task_status.started()
                    await self._stop.wait()
        except Exception as error:
            if not opened:
                raise
            logger.warning("the connection to %s broke: %s", self._label, reason(error))
            logger.debug("it broke by", exc_info=error)
        finally:
            self.usable = False
            self._ears.close()

    async def call_tool(
        self, tool: str, arguments: dict[str, Any], on_progress: OnProgress | None = None
    ) -> CallToolResult:
        """Call a tool, and answer what the server asks on the way.

        The answer is not checked. The SDK's `Client.call_tool` would list all tools before and check it
        after, which the typed layer does better and some ten times faster, so this is the plain request.
        """
        if tool in self._forbidden:
            raise _uncallable(tool, self._forbidden[tool])
        answer = await self._call(tool, arguments, on_progress, None, None)
        if isinstance(answer, CallToolResult):
            return answer
        again = partial(self._call, tool, arguments, on_progress)
        return await concluded(answer, again, self._respondent.answer)

    async def read_resource(self, uri: str) -> ReadResourceResult:
        """Read a resource, and answer what the server asks on the way."""
        session = self._open_session()

        async def read(
            responses: InputResponses | None, state: str | None
        ) -> ReadResourceResult | InputRequiredResult:
            return await session.read_resource(
                uri, input_responses=responses, request_state=state, allow_input_required=True
            )

        answer = await read(None, None)
        if isinstance(answer, ReadResourceResult):
            return answer
        return await concluded(answer, read, self._respondent.answer)

    async def fill_prompt(self, name: str, arguments: dict[str, str]) -> GetPromptResult:
        """Get a prompt, and answer what the server asks on the way."""
        session = self._open_session()

        async def fill(
            responses: InputResponses | None, state: str | None
        ) -> GetPromptResult | InputRequiredResult:
            return await session.get_prompt(
                name,
                arguments,
                input_responses=responses,
                request_state=state,
                allow_input_required=True,
            )

        answer = await fill(None, None)
        if isinstance(answer, GetPromptResult):
            return answer
        return await concluded(answer, fill, self._respondent.answer)

    async def complete(
        self,
        of: PromptReference | ResourceTemplateReference,
        argument: str,
        value: str,
        others: dict[str, str] | None,
    ) -> CompleteResult:
        """Ask what an argument may go on to; `others` are the arguments that are known already."""
        return await self._open_session().complete(of, {"name": argument, "value": value}, others)

    async def tools(self) -> list[Tool]:
        """All tools that the server lists now, in its order; at 2026-07-28 without those that must not be called."""
        session = self._open_session()
        return await all_pages(lambda at: session.list_tools(params=at), lambda page: page.tools)

    async def resources(self) -> list[Resource]:
        session = self._open_session()
        return await all_pages(
            lambda at: session.list_resources(params=at), lambda page: page.resources
        )

    async def templates(self) -> list[ResourceTemplate]:
        session = self._open_session()
        return await all_pages(
            lambda at: session.list_resource_templates(params=at),
            lambda page: page.resource_templates,
        )

    async def prompts(self) -> list[Prompt]:
        session = self._open_session()
        return await all_pages(
            lambda at: session.list_prompts(params=at), lambda page: page.prompts
        )

    def listen(self, interest: Interest) -> AbstractAsyncContextManager[Changes]:
        """Hear of changes for as long as it is entered."""
        if self._modern:
            return modern_changes(self._client, interest)
        return self._ears.listen(self._open_session(), interest)

    @property
    def _modern(self) -> bool:
        return self._client.protocol_version in MODERN_PROTOCOL_VERSIONS

    async def _get_ready(self) -> None:
        if self._modern:
            self._forbidden = self._mirrored.invalid
            if self._mirrored.tools:
                await self._client.list_tools()
            return
        level = self._respondent.log_level
        if level is not None and self._client.server_capabilities.logging is not None:
            request = SetLevelRequest(params=SetLevelRequestParams(level=level))
            await self._client.session.send_request(request, EmptyResult)

    async def _call(
        self,
        tool: str,
        arguments: dict[str, Any],
        on_progress: OnProgress | None,
        responses: InputResponses | None,
        state: str | None,
    ) -> Answer:
        try:
            return await self._sent(tool, arguments, on_progress, responses, state)
        except MCPError as error:
            if error.code != HEADER_MISMATCH:
                raise
            # Protocol 2026-07-28: the parameters that must be repeated in headers are known from the list.
            if all(listed.name != tool for listed in await self.tools()):
                raise
            return await self._sent(tool, arguments, on_progress, responses, state)

    def _sent(
        self,
        tool: str,
        arguments: dict[str, Any],
        on_progress: OnProgress | None,
        responses: InputResponses | None,
        state: str | None,
    ) -> Awaitable[Answer]:
        if self._shortcut is not None and responses is None and state is None:
            return self._shortcut.call_tool(tool, arguments, on_progress)
        request = CallToolRequest(
            params=CallToolRequestParams(
                name=tool, arguments=arguments, input_responses=responses, request_state=state
            )
        )
        session = self._open_session()
        return session.send_request(request, ANSWER, progress_callback=on_progress)

    async def _hear(self, message: IncomingMessage) -> None:
        change = change_of(message)
        if change is not None:
            self._ears.hear(change)
        await self._respondent.hear(message)

    def _open_session(self) -> ClientSession:
        # Kept here because the SDK's client forgets it on closing; a closed session says so itself.
        if self._session is None:
            raise RuntimeError("the connection is not open")
        return self._session


def _uncallable(tool: str, why: str) -> OperationError:
    return OperationError(f"the tool {tool!r} must not be called: {why}", {"tool": tool})
