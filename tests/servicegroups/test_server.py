"""`AutoMCPServer`: groups of operations on today's SDK, in both eras of the protocol."""

# pyright: reportPrivateUsage=false
# Projects use these names, underscores and all.

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest
from automcp.runtime.legacy_groups.configuration import load_config
from automcp.runtime.legacy_groups.group import ServiceGroup
from automcp.runtime.legacy_groups.operation import operation
from automcp.runtime.legacy_groups.server import AutoMCPServer
from automcp.runtime.legacy_groups.types import (
    ExecutionRequest,
    GroupConfig,
    ServiceConfig,
    ServiceRequest,
)
from mcp import Client
from mcp.server import MCPServer, Server
from mcp.types import CallToolResult
from pydantic import BaseModel, RootModel

from .conftest import PROJECTS

pytestmark = pytest.mark.anyio

ERAS = ["legacy", "auto"]


class Told:
    """What a client hears beside answers."""

    def __init__(self) -> None:
        self.logs: list[tuple[str, Any]] = []
        self.progress: list[tuple[float, float | None]] = []

    async def log(self, params: Any) -> None:
        self.logs.append((params.level, params.data))

    async def step(self, progress: float, total: float | None, message: str | None) -> None:
        self.progress.append((progress, total))


@pytest.fixture
def server() -> AutoMCPServer:
    config = load_config(PROJECTS / "service.yaml")
    return AutoMCPServer(config.name, config)


@asynccontextmanager
async def connected(
    server: AutoMCPServer, era: str = "legacy", told: Told | None = None
) -> AsyncGenerator[Client]:
    heard = told or Told()
    async with Client(
        server.fastmcp,
        mode=cast("Any", era),
        logging_callback=heard.log,
        log_level="info" if era == "auto" else None,
        raise_exceptions=True,
    ) as client:
        yield client


async def call(
    client: Client, name: str, told: Told | None = None, /, **given: Any
) -> CallToolResult:
    return await client.call_tool(name, given, progress_callback=told.step if told else None)


def texts(result: CallToolResult) -> list[str]:
    return [getattr(block, "text", block.type) for block in result.content]


# What the server is made of


def test_a_current_server_is_held_not_inherited(server: AutoMCPServer) -> None:
    assert isinstance(server.fastmcp, MCPServer)
    assert not isinstance(server, MCPServer | Server)


def test_the_constructor_takes_what_it_took() -> None:
    parameters = inspect.signature(AutoMCPServer).parameters
    assert [*parameters][:3] == ["name", "config", "timeout"]
    assert parameters["timeout"].default == 30.0


def test_packages_are_gathered(server: AutoMCPServer) -> None:
    assert server.fastmcp.dependencies == ["pydantic>=2.0", "anyio"]


async def test_instructions_are_the_description(server: AutoMCPServer) -> None:
    async with connected(server) as client:
        assert client.instructions == "Sums and pictures."
        assert client.server_info is not None
        assert client.server_info.name == "Studio"
    bare = AutoMCPServer("bare", ServiceConfig(name="bare", groups={}))
    assert bare.fastmcp.instructions == "bare MCP Server"


async def test_groups_come_from_either_kind_of_configuration(server: AutoMCPServer) -> None:
    assert set(server.groups) == {"sums", "media"}
    config = load_config(PROJECTS / "group.json")
    assert isinstance(config, GroupConfig)
    single = AutoMCPServer(config.name, config)
    assert set(single.groups) == {"sums"}
    async with connected(single) as client:
        assert texts(await call(client, "sums.settings")) == ["sums: {'precision': 2}"]
    empty = AutoMCPServer("example", GroupConfig(name="example"))
    assert empty.groups["example"]._is_empty


async def test_groups_that_are_added_later_are_served() -> None:
    server = AutoMCPServer("later", GroupConfig(name="later"))
    sums = import_module("studio.groups.sums")
    async with connected(server) as client:
        assert (await client.list_tools()).tools == []
        server.groups["later"] = sums.SumGroup()
        assert texts(await call(client, "later.plainly", number=1)) == ["2"]
        server.groups["later"] = import_module("studio.groups.media").MediaGroup()
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert "later.talk" in names
        assert "later.plainly" not in names
    response = await server._handle_service_request(
        "later", ServiceRequest(requests=[ExecutionRequest(operation="image")])
    )
    assert response.errors is None
    missing = await server._handle_service_request("nobody", ServiceRequest(requests=[]))
    assert missing.errors == ["Group not found: nobody"]


# What is listed


@pytest.mark.parametrize("era", ERAS)
async def test_every_operation_is_a_tool(server: AutoMCPServer, era: str) -> None:
    async with connected(server, era) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    wanted = {
        f"{name}.{op}": operation
        for name, group in server.groups.items()
        for op, operation in group.registry.items()
    }
    assert set(tools) == set(wanted)
    for name, found in wanted.items():
        assert tools[name].description == found.doc
        assert "ctx" not in tools[name].input_schema.get("properties", {})
        if found.schema is not None:
            assert tools[name].input_schema == found.schema.model_json_schema()
    assert tools["sums.product"].meta == {"automcp/policy": "sums.write"}
    assert tools["sums.repeat"].input_schema["required"] == ["word"]
    assert tools["sums.anything"].input_schema["additionalProperties"] is True


class Tree(BaseModel):
    """Refers to itself."""

    name: str
    branches: list[Tree] = []


async def test_schemas_that_say_no_type_are_listed() -> None:
    class Group(ServiceGroup):
        @operation(schema=Tree)
        async def grow(self, tree: Tree) -> int:
            return len(tree.branches)

    server = AutoMCPServer("trees", GroupConfig(name="trees"))
    server.groups["trees"] = Group()
    async with connected(server) as client:
        tool = (await client.list_tools()).tools[0]
        assert tool.input_schema == {"type": "object", **Tree.model_json_schema()}
        grown = await call(client, "trees.grow", name="a", branches=[{"name": "b"}])
        assert texts(grown) == ["1"]


def test_schemas_of_no_object_are_refused() -> None:
    class Group(ServiceGroup):
        @operation(schema=RootModel[list[int]])
        async def add(self, numbers: RootModel[list[int]]) -> int:
            return sum(numbers.root)

    server = AutoMCPServer("a", GroupConfig(name="a"))
    server.groups["a"] = Group()
    with pytest.raises(ValueError, match="the schema of 'add' describes no object"):
        server._register_tools()


async def test_the_separator_is_a_choice() -> None:
    config = load_config(PROJECTS / "service.yaml")
    server = AutoMCPServer("Studio", config, separator="_")
    async with connected(server) as client:
        assert texts(await call(client, "sums_plainly", number=1)) == ["2"]


# Calls


@pytest.mark.parametrize("era", ERAS)
async def test_returns_become_content(server: AutoMCPServer, era: str) -> None:
    async with connected(server, era) as client:
        added = await call(client, "sums.add", x=1, y=2)
        assert texts(added) == ['{"total":3.0,"parts":[1.0,2.0]}']
        assert added.structured_content == {"total": 3.0, "parts": [1.0, 2.0]}
        assert texts(await call(client, "sums.product", x=2)) == ["2.0"]
        assert texts(await call(client, "sums.repeat", word="a")) == ["a a"]
        assert texts(await call(client, "sums.plainly", number=1)) == ["2"]
        assert texts(await call(client, "sums.told")) == ["told"]
        assert texts(await call(client, "media.optional")) == ["true"]
        image = (await call(client, "media.image")).content[0]
        assert (image.type, getattr(image, "mime_type", None)) == ("image", "image/png")
        mixed = await call(client, "media.mixed")
        assert texts(mixed) == ["text", "1", "image", '{"query":"q"}', "image", "true"]
        anything = await call(client, "sums.anything", a=1, b=[2])
        assert anything.structured_content == {"a": 1, "b": [2]}


@pytest.mark.parametrize("era", ERAS)
async def test_arguments_are_checked_by_the_schema(server: AutoMCPServer, era: str) -> None:
    async with connected(server, era) as client:
        missing = await call(client, "sums.add", y=2)
        assert missing.is_error
        assert texts(missing) == ["Error: invalid arguments: x: Field required"]
        wrong = await call(client, "sums.repeat", word="a", times="often")
        assert wrong.is_error
        assert "times: Input should be a valid integer" in texts(wrong)[0]
        # A caller cannot pass a context of its own making.
        assert texts(await call(client, "media.local_only", word="w", ctx="c")) == ["w"]


@pytest.mark.parametrize("era", ERAS)
async def test_failures_are_told_and_harm_nobody_else(server: AutoMCPServer, era: str) -> None:
    async with connected(server, era) as client:
        broken = await call(client, "sums.broken")
        assert (broken.is_error, texts(broken)) == (True, ["Error: the abacus is bent"])
        assert (await call(client, "sums.leaves")).is_error
        assert (await call(client, "sums.nothing")).is_error
        assert texts(await call(client, "sums.plainly", number=1)) == ["2"]


async def test_failures_may_be_masked() -> None:
    config = load_config(PROJECTS / "service.yaml")
    server = AutoMCPServer("Studio", config, mask_errors=True)
    async with connected(server) as client:
        broken = await call(client, "sums.broken")
        assert broken.is_error
        assert texts(broken)[0].startswith("Error: the operation failed (reference ")
        # What the caller did wrong is the caller's to know.
        assert "x: Field required" in texts(await call(client, "sums.add"))[0]


async def test_calls_have_a_limit() -> None:
    config = load_config(PROJECTS / "service.yaml")
    server = AutoMCPServer("Studio", config, timeout=0.05)
    async with connected(server) as client:
        late = await call(client, "sums.sleepy")
        assert (late.is_error, texts(late)) == (True, ["Operation timed out"])
        assert texts(await call(client, "sums.sleepy", seconds=0)) == ["awake"]


# The context


@pytest.mark.parametrize(
    ("name", "wants"),
    [
        ("analyze_image", True),
        ("query_db", True),
        ("optional", True),
        ("only_checked", True),
        ("text_as_context", True),
        ("local_only", False),
        ("image", False),
    ],
)
def test_the_context_is_found_in_any_spelling(name: str, wants: bool) -> None:
    group = import_module("studio.groups.media").MediaGroup
    assert getattr(group, name).requires_context is wants


@pytest.mark.parametrize("era", ERAS)
async def test_the_context_reaches_the_client(server: AutoMCPServer, era: str) -> None:
    told = Told()
    async with connected(server, era, told) as client:
        answered = await call(client, "media.talk", told)
        assert not answered.is_error
        assert texts(answered)[0].startswith("request ")
        assert told.progress == [(1, 2), (2, 2)]
        assert texts(await call(client, "media.talk_plainly")) == ["said"]
        assert texts(await call(client, "media.text_as_context")) == ["true"]
        assert texts(await call(client, "media.only_checked")) == ["true"]
    assert told.logs == [
        ("info", "step 0"),
        ("info", "step 1"),
        ("warning", "and nobody waits for this"),
        ("info", "from a thread"),
        ("info", "heard"),
    ]


@pytest.mark.parametrize("era", ERAS)
async def test_resources_and_what_is_shared(server: AutoMCPServer, era: str) -> None:
    async with connected(server, era) as client:
        read = await call(client, "media.analyze_image", image_uri="pictures://one")
        assert texts(read) == ["5 bytes of image/png"]
        asked = await call(client, "media.query_db", query="all")
        assert texts(asked) == ["row of all"]


async def test_the_lifespan_is_around_everything(server: AutoMCPServer) -> None:
    events: list[str] = import_module("studio.lifespan").EVENTS
    events.clear()
    async with connected(server) as client:
        assert events == ["set up"]
        await call(client, "sums.broken")
    assert events == ["set up", "cleaned up"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("studio.lifespan", "is not of the form 'module.path:Name'"),
        ("studio.nowhere:app_lifespan", "there is no module 'studio.nowhere'"),
        ("studio.lifespan:app_lifespans", "has no 'app_lifespans'"),
        ("studio.lifespan:NOT_A_FUNCTION", "is no function, but a int"),
        ("studio.broken:app", "No module named 'a_package_that_nobody_has'"),
    ],
)
def test_a_lifespan_that_cannot_be_loaded_says_so(path: str, why: str) -> None:
    config = ServiceConfig(name="a", groups={}, lifespan=path)
    with pytest.raises(RuntimeError, match="Failed to load lifespan function: ") as caught:
        AutoMCPServer("a", config)
    assert why in str(caught.value)


async def test_an_undecorated_lifespan_is_one_too() -> None:
    config = GroupConfig(
        name="media",
        class_path="studio.groups.media:MediaGroup",
        lifespan="studio.lifespan:undecorated",
    )
    async with connected(AutoMCPServer("a", config)) as client:
        assert texts(await call(client, "media.query_db", query="q")) == ["row of q"]


async def test_groups_of_a_service_have_lifespans_too() -> None:
    config = load_config(PROJECTS / "service.yaml")
    assert isinstance(config, ServiceConfig)
    config.groups["studio.groups.sums:SumGroup"].lifespan = "studio.lifespan:undecorated"
    events: list[str] = import_module("studio.lifespan").EVENTS
    events.clear()
    async with connected(AutoMCPServer("both", config)) as client:
        assert texts(await call(client, "media.query_db", query="q")) == ["row of q"]
    assert events == ["set up", "cleaned up"]
    config.groups["studio.groups.sums:SumGroup"].lifespan = "studio.lifespan:of_a_number"
    with pytest.raises(BaseException) as caught:
        async with connected(AutoMCPServer("both", config)):
            raise AssertionError
    assert "each has to yield a mapping" in str(reasons(caught.value))


def reasons(error: BaseException) -> list[BaseException]:
    """What lies in groups of errors."""
    if not isinstance(error, BaseExceptionGroup):
        return [error]
    inside = cast("BaseExceptionGroup[BaseException]", error).exceptions
    return [found for one in inside for found in reasons(one)]


# Order, hooks, rights


class Traced(AutoMCPServer):
    """Says what happens."""

    def __init__(self, *args: Any, **words: Any) -> None:
        self.events: list[str] = []
        super().__init__(*args, **words)

    def _init_service_groups(self) -> None:
        assert self.fastmcp
        self.events.append("groups")
        super()._init_service_groups()

    def _init_single_group(self) -> None:
        self.events.append("group")
        super()._init_single_group()

    def _register_tools(self) -> None:
        if "tools" not in self.events:
            self.events.append("tools")
        super()._register_tools()

    def _register_tool(self, group: Any, tool_name: str, op_name: str, operation: Any) -> None:
        self.events.append(tool_name)
        super()._register_tool(group, tool_name, op_name, operation)


async def test_events_come_in_the_order_of_the_design() -> None:
    steps: list[str] = []

    class Input(BaseModel):
        word: str

        def model_post_init(self, context: Any) -> None:
            steps.append("validated")

    class Group(ServiceGroup):
        @operation(schema=Input)
        async def op(self, given: Input, ctx: Any) -> str:
            steps.append(f"run with {type(ctx).__name__}")
            return given.word

        async def startup(self) -> None:
            steps.append("started")

        async def cleanup(self) -> None:
            steps.append("cleaned up")

    server = Traced("traced", GroupConfig(name="g"))
    server.groups["g"] = Group()
    async with connected(server) as client:
        assert texts(await call(client, "g.op", word="w")) == ["w"]
        assert texts(await call(client, "g.op")) == ["Error: invalid arguments: word: Field required"]  # fmt: skip
    assert server.events == ["group", "tools", "g.op"]
    assert steps == ["started", "validated", "run with OperationContext", "cleaned up"]
    service = Traced("s", load_config(PROJECTS / "service.yaml"))
    assert service.events[:3] == ["groups", "tools", "sums.add"]


async def test_the_server_is_a_context_manager_that_cleans_up() -> None:
    ended: list[str] = []

    class Group(ServiceGroup):
        def cleanup(self) -> None:
            ended.append("cleaned up")

    server = AutoMCPServer("a", GroupConfig(name="g"))
    server.groups["g"] = Group()
    async with server as same:
        assert same is server
        async with connected(server):
            assert ended == []
    assert ended == ["cleaned up"]


async def test_a_policy_is_asked_of_callers_that_are_known(
    server: AutoMCPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from automcp.runtime.legacy_groups import tools
    from mcp.server.auth.provider import AccessToken

    scopes: list[str] = []

    def token() -> AccessToken:
        return AccessToken(token="t", client_id="c", scopes=scopes)

    monkeypatch.setattr(tools, "get_access_token", token)
    async with connected(server) as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert "sums.product" not in names
        refused = await call(client, "sums.product", x=2)
        assert texts(refused) == ["Error: sums.product needs the permission sums.write"]
        assert refused.is_error
        scopes.append("sums.write")
        assert texts(await call(client, "sums.product", x=2)) == ["2.0"]


async def test_tools_that_are_added_by_hand_are_there_too(server: AutoMCPServer) -> None:
    def by_hand(word: str) -> str:
        return word

    server.fastmcp.add_tool(by_hand)
    async with connected(server) as client:
        assert "by_hand" in {tool.name for tool in (await client.list_tools()).tools}
        assert texts(await call(client, "by_hand", word="w")) == ["w"]


@pytest.mark.parametrize(
    ("text", "suffix", "why"),
    [
        ("groups: [", ".yaml", "Invalid configuration file format"),
        ("{", ".json", "Invalid configuration file format"),
        ("name: a", ".yaml", "groups"),
        ("name: a", ".toml", "Unsupported file format: .toml"),
        ("[]", ".json", "a configuration is a mapping"),
    ],
)
def test_what_is_no_configuration_says_so(tmp_path: Path, text: str, suffix: str, why: str) -> None:
    path = tmp_path / f"config{suffix}"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=why):
        load_config(path)
    with pytest.raises(FileNotFoundError):
        load_config(tmp_path / "nothing.yaml")
