"""A server that offers resources, prompts, completions and changes, and asks in both protocol eras."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mcp.server import Server, ServerRequestContext
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler
from mcp.shared.exceptions import MCPError
from mcp_types import (
    BlobResourceContents,
    CallToolRequestParams,
    CallToolResult,
    CompleteRequestParams,
    CompleteResult,
    Completion,
    EmptyResult,
    GetPromptRequestParams,
    GetPromptResult,
    InputRequiredResult,
    InputResponses,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    Prompt,
    PromptMessage,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    ServerRequest,
    SetLevelRequestParams,
    SubscribeRequestParams,
    TextContent,
    TextResourceContents,
    Tool,
    UnsubscribeRequestParams,
)
from pydantic import BaseModel

Context: TypeAlias = ServerRequestContext[Any]

MODERN = "2026-07-28"
ERAS = ("2025-11-25", MODERN)


@dataclass
class Offering:
    """What the server was asked, and what it is to answer.

    Attributes:
        question: What the tool `asks_me`, the prompt `asked` and the resource `x://asked` ask first.
        answered: What came back, of the type that the question calls for.
    """

    question: ServerRequest | None = None
    reply: type[BaseModel] | None = None
    answered: list[object] = field(default_factory=list[object])
    states: list[str | None] = field(default_factory=list[str | None])
    read: list[str] = field(default_factory=list[str])
    failures: list[Exception] = field(default_factory=list[Exception])
    prompts: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    completed: list[CompleteRequestParams] = field(default_factory=list[CompleteRequestParams])
    subscribed: list[str] = field(default_factory=list[str])
    levels: list[str] = field(default_factory=list[str])
    sessions: list[Any] = field(default_factory=list[Any])
    bus: InMemorySubscriptionBus = field(default_factory=InMemorySubscriptionBus)
    pages: int = 1

    def server(self) -> Server[Any]:
        """The server itself."""
        server: Server[Any] = Server(
            "offering",
            on_list_tools=self._tools,
            on_call_tool=self._call,
            on_list_resources=self._resources,
            on_list_resource_templates=self._templates,
            on_read_resource=self._read,
            on_list_prompts=self._prompts,
            on_get_prompt=self._prompt,
            on_completion=self._complete,
            on_subscribe_resource=self._subscribe,
            on_unsubscribe_resource=self._unsubscribe,
            on_subscriptions_listen=ListenHandler(self.bus),
        )
        server.add_request_handler("logging/setLevel", SetLevelRequestParams, self._level)
        return server

    async def _tools(
        self, context: Context, params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[Tool(name="asks_me", input_schema={"type": "object"})])

    async def _call(
        self, context: Context, params: CallToolRequestParams
    ) -> CallToolResult | InputRequiredResult:
        self.sessions.append(context.session)
        asked = await self._asked(context, params.input_responses, params.request_state)
        return asked or CallToolResult(content=[TextContent(text="done")])

    async def _asked(
        self, context: Context, responses: InputResponses | None, state: str | None
    ) -> InputRequiredResult | None:
        if self.question is None:
            return None
        self.states.append(state)
        if context.protocol_version != MODERN:
            assert self.reply is not None
            answer = await context.session.send_request(self.question, self.reply)
            self.answered.append(answer)
            return None
        if responses is None:
            return InputRequiredResult.model_validate(
                {"input_requests": {"it": self.question}, "request_state": " \u00e9 s= "},
                by_name=True,
            )
        self.answered.append(responses["it"])
        return None

    async def _resources(
        self, context: Context, params: PaginatedRequestParams | None
    ) -> ListResourcesResult:
        at = int((params and params.cursor) or 0)
        more = str(at + 1) if at + 1 < self.pages else None
        return ListResourcesResult(
            resources=[Resource(uri=f"x://{at}", name=f"r{at}", size=3)], next_cursor=more
        )

    async def _templates(
        self, context: Context, params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        template = ResourceTemplate(uri_template="x://{id}/data", name="t", mime_type="text/plain")
        return ListResourceTemplatesResult(resource_templates=[template])

    async def _read(
        self, context: Context, params: ReadResourceRequestParams
    ) -> ReadResourceResult | InputRequiredResult:
        uri = params.uri
        self.read.append(uri)
        if self.failures:
            raise self.failures.pop(0)
        if uri == "x://asked" and (
            asked := await self._asked(context, params.input_responses, params.request_state)
        ):
            return asked
        match uri.partition("?")[0].rpartition("/")[2]:
            case "blob":
                part = BlobResourceContents(uri=uri, blob="AAE=", mime_type="image/png")
            case "broken":
                part = BlobResourceContents(uri=uri, blob="?")
            case "json":
                part = TextResourceContents(uri=uri, text='{"id": "1"}')
            case "nothing":
                raise MCPError(-32602, f"Unknown resource: {uri}", {"uri": uri})
            case _:
                part = TextResourceContents(uri=uri, text=f"text of {uri}", mime_type="text/plain")
        return ReadResourceResult(contents=[part])

    async def _prompts(
        self, context: Context, params: PaginatedRequestParams | None
    ) -> ListPromptsResult:
        wire = {"name": "p", "arguments": [{"name": "a", "required": True}, {"name": "b"}]}
        return ListPromptsResult(prompts=[Prompt.model_validate(wire)])

    async def _prompt(
        self, context: Context, params: GetPromptRequestParams
    ) -> GetPromptResult | InputRequiredResult:
        self.prompts.append(params.arguments or {})
        if self.failures:
            raise self.failures.pop(0)
        asked = await self._asked(context, params.input_responses, params.request_state)
        message = PromptMessage(role="user", content=TextContent(text=f"say {params.arguments}"))
        return asked or GetPromptResult(messages=[message], description="d")

    async def _complete(self, context: Context, params: CompleteRequestParams) -> CompleteResult:
        self.completed.append(params)
        return CompleteResult(completion=Completion(values=["ab", "ac"], total=9, has_more=True))

    async def _subscribe(self, context: Context, params: SubscribeRequestParams) -> EmptyResult:
        self.subscribed.append(f"+{params.uri}")
        self.sessions.append(context.session)
        return EmptyResult()

    async def _unsubscribe(self, context: Context, params: UnsubscribeRequestParams) -> EmptyResult:
        self.subscribed.append(f"-{params.uri}")
        return EmptyResult()

    async def _level(self, context: Context, params: SetLevelRequestParams) -> EmptyResult:
        self.levels.append(params.level)
        return EmptyResult()
