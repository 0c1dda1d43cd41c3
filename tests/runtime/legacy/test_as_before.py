"""What legacy code reads, makes, catches and calls is what it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from automcp.runtime.legacy import client, types
from automcp.runtime.legacy.errors import McpError
from automcp.runtime.legacy.fastmcp import Context, FastMCP, Image, app, outputs, resources
from automcp.runtime.legacy.fastmcp.resources import FileResource, Resource, TextResource
from automcp.runtime.legacy.lowlevel import Server
from automcp.runtime.legacy.memory import create_connected_server_and_client_session as connected
from automcp.runtime.legacy.session import ServerSession, progress
from mcp import MCPError
from mcp import types as now
from mcp.shared.memory import create_client_server_memory_streams
from mcp.shared.message import SessionMessage
from pydantic import AnyUrl, BaseModel, ValidationError
from typing_extensions import TypedDict

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "a", "version": "1"},
}
NOTHING: dict[str, Any] = {"type": "object", "properties": {}}


class Pair(TypedDict):
    """Two of them."""

    left: int


def test_types_are_written_by_the_names_of_the_wire_whoever_made_them() -> None:
    tool: Any = now.Tool(name="a", input_schema={})
    tool.inputSchema = {"type": "object"}
    assert tool.input_schema == {"type": "object"}
    with pytest.raises(ValueError, match="noSuchField"):
        tool.noSuchField = 1


def test_types_are_dumped_by_the_names_of_the_wire() -> None:
    content: Any = types.ImageContent(type="image", data="", mimeType="image/png", _meta={"a": 1})
    dumped = content.model_dump(exclude_none=True)
    assert dumped == {"type": "image", "data": "", "mimeType": "image/png", "meta": {"a": 1}}
    assert '"mimeType":"image/png"' in content.model_dump_json()
    assert "mime_type" in content.model_dump(by_alias=False)


def test_messages_may_be_wrapped_in_a_root() -> None:
    message: Any = now.ToolListChangedNotification()
    assert types.ServerNotification(message) is message
    assert types.ServerNotification(root=message).root is message
    assert isinstance(message, types.ServerNotification)
    assert not isinstance(message, types.ServerRequest)
    read = types.JSONRPCMessage.model_validate_json('{"jsonrpc": "2.0", "method": "ping", "id": 1}')
    assert read.root.id == 1


def test_errors_are_made_of_records_and_caught_by_their_old_name() -> None:
    error = McpError(types.ErrorData(code=-32602, message="no", data={"a": 1}))
    assert (str(error), error.error.code, error.error.data) == ("no", -32602, {"a": 1})
    assert McpError(error=error.error).error.message == "no"
    with pytest.raises(AttributeError, match="'str' object has no attribute 'message'"):
        McpError("no record")
    with pytest.raises(McpError):
        raise MCPError(code=1, message="of the SDK")


def test_what_the_sdk_made_fits_where_legacy_types_are_asked_for() -> None:
    class Holder(BaseModel):
        blocks: list[types.ContentBlock]

    assert Holder(blocks=[now.TextContent(text="a")]).blocks[0].text == "a"


def test_resources_lie_at_urls_and_take_words_that_mean_nothing(tmp_path: Path) -> None:
    text = TextResource(uri="memo://a/b", text="a", enabled=True)  # type: ignore
    assert isinstance(text, Resource)
    assert (text.uri.scheme, text.uri.path) == ("memo", "/b")
    with pytest.raises(ValidationError, match="valid URL"):
        TextResource(uri="://", text="a")  # type: ignore
    page = FileResource(uri=AnyUrl("memo://f"), path=tmp_path / "f", mime_type="image/png")
    assert page.is_binary and page.encoding is None


async def test_what_the_protocol_does_not_name_is_sent_as_it_was() -> None:
    server = Server[Any, Any]("further")

    @server.list_tools()
    async def tools() -> list[Any]:
        named = {"readOnlyHint": True, "category": "a"}
        return [types.Tool(name="one", inputSchema={}, annotations=named, further={"a": [1]})]

    @server.call_tool()
    async def call(name: str, arguments: Any) -> list[Any]:
        meta = server.request_context.meta
        assert meta is not None
        return [{"type": "text", "text": str(meta), "origin": "b"}]

    said: list[Any] = []
    async with (
        create_client_server_memory_streams() as ((read, write), ours),
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(server.run, *ours, server.create_initialization_options())
        for number, method, params in (
            (1, "initialize", HELLO),
            (2, "tools/list", {}),
            (3, "tools/call", {"name": "one", "_meta": {"progressToken": 3, "k": "v"}}),
        ):
            asked = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
            await write.send(SessionMessage(types.JSONRPCMessage.model_validate(asked)))
            answer: Any = await read.receive()
            said.append(answer.message.result)
        tasks.cancel_scope.cancel()
    tool, block = said[1]["tools"][0], said[2]["content"][0]
    assert (tool["annotations"]["category"], tool["further"]) == ("a", {"a": [1]})
    assert block == {"type": "text", "text": "progressToken=3 k='v'", "origin": "b"}


async def test_urls_are_compared_as_they_were() -> None:
    listed = types.Resource(uri="memo://a", name="a")
    server = Server[Any, Any]("urls")

    @server.read_resource()
    async def read(uri: Any) -> str:
        return "found" if listed.uri == uri else "lost"

    async with connected(server) as session:
        [found] = (await session.read_resource("memo://a")).contents
        assert found.text == "found"


async def _listed(server: FastMCP[Any]) -> dict[str, Any]:
    return {tool.name: tool for tool in await server.list_tools()}


def _outputs() -> FastMCP[Any]:
    server = FastMCP[Any]("outputs")

    @server.tool()
    def text() -> types.TextContent:
        return types.TextContent(type="text", text="a")

    @server.tool()
    def pair() -> Pair:
        return {"left": 1}

    @server.tool()
    def drawing() -> Image:
        return Image(data=b"a", format="png")

    return server


async def test_content_is_described_as_output_where_mcp_1_did_so() -> None:
    tools = await _listed(_outputs())
    schema = tools["text"].output_schema
    assert schema["description"] == "Text content for a message."
    assert schema["required"] == ["type", "text"]
    assert "description" not in tools["pair"].output_schema
    assert tools["drawing"].output_schema is None
    _, structured = await _outputs().call_tool("text", {})
    assert structured == {"type": "text", "text": "a", "annotations": None, "_meta": None}


async def test_no_output_is_described_before_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "MCP", (1, 9))
    assert {tool.output_schema for tool in (await _listed(_outputs())).values()} == {None}


async def test_resources_and_prompts_show_what_their_release_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def made() -> FastMCP[Any]:
        server = FastMCP[Any]("a")

        def page() -> str:
            """A page."""
            return "a"

        def one(name: str) -> str:
            """One of them."""
            return name

        server.resource("memo://page")(page)
        server.resource("memo://{name}")(one)
        server.prompt()(one)
        return server

    async def shown() -> tuple[Any, ...]:
        server = made()
        [page], [one] = await server.list_resources(), await server.list_resource_templates()
        prompt = await server.get_prompt("one", {"name": "a"})
        return page.name, page.description, one.mime_type, prompt.description

    assert await shown() == ("page", "A page.", "text/plain", "One of them.")
    monkeypatch.setattr(app, "MCP", (1, 8))
    monkeypatch.setattr(resources, "MCP", (1, 8))
    assert await shown() == ("memo://page", None, None, None)


async def test_a_template_that_fails_says_so_twice_as_it_did() -> None:
    server = FastMCP[Any]("a")

    @server.resource("memo://{name}")
    def one(name: str) -> str:
        raise RuntimeError(f"no {name}")

    said = "Error creating resource from template: " * 2 + "no a"
    with pytest.raises(ValueError, match=f"^{said}$"):
        await server.read_resource("memo://a")


def _asking() -> FastMCP[Any]:
    server = FastMCP[Any]("asking")
    seen: set[Any] = set()

    @server.tool()
    async def ask(ctx: Context[Any, Any, Any]) -> str:
        seen.add(ctx.session)
        assert isinstance(ctx.session, ServerSession)
        answer = await ctx.session.elicit(message="?", requestedSchema=NOTHING)
        return f"{answer.action} {len(seen)}"

    @server.tool()
    async def work(ctx: Context[Any, Any, Any]) -> str:
        with progress(ctx.request_context, total=2) as step:
            await step.progress(1, "half")
        return "done"

    return server


async def test_a_client_of_mcp_1_gives_times_and_cursors_as_it_did() -> None:
    async def answer(context: Any, params: Any) -> Any:
        return types.ElicitResult(action="decline")

    told: list[Any] = []

    async def hear(done: float, total: float | None, message: str | None) -> None:
        told.append((done, total, message))

    soon = timedelta(seconds=5)
    async with connected(
        _asking(), read_timeout_seconds=soon, elicitation_callback=answer
    ) as session:
        assert session.get_server_capabilities().tools is not None
        assert [tool.inputSchema for tool in (await session.list_tools(None)).tools]
        for _ in range(2):
            result: Any = await session.call_tool("ask", {}, read_timeout_seconds=soon)
            # Sessions of one connection are one, as what subscribes keeps them in sets.
            assert (result.isError, result.content[0].text) == (False, "decline 1")
        await session.call_tool("work", {}, soon, hear)
        assert told == [(1, 2, "half")]
        with pytest.raises(McpError, match="nosuch"):
            await session.read_resource(AnyUrl("nosuch://a"))
        with pytest.raises(McpError, match=r"^Invalid request parameters$"):
            await session.read_resource("no URL")


async def test_progress_that_nobody_asked_for_is_refused_as_it_was() -> None:
    async with connected(_asking()) as session:
        result: Any = await session.call_tool("work", {})
        assert result.content[0].text == "Error executing tool work: No progress token provided"


async def test_http_clients_of_before_tell_their_headers() -> None:
    def factory(**words: Any) -> Any:
        return SimpleNamespace(headers={"x-key": "a"})

    made = client._http_client(factory)(headers={"x-more": "b"})  # pyright: ignore[reportPrivateUsage]
    assert (made.headers["x-key"], made.headers["x-more"]) == ("a", "b")
