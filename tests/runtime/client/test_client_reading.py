"""Resources, prompts, completions and lists, in both protocol eras."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest
from automcp.runtime.client import (
    UNSET,
    AutoMCPClient,
    CallEnded,
    CallFailed,
    CallStarted,
    ConnectionError,
    DeclaredError,
    ErrorHandlingGroup,
    Hooks,
    InvalidAnswer,
    InvalidArguments,
    Message,
    NotFound,
    OperationError,
    Prompt,
    PromptArgument,
    PromptInfo,
    PromptOffer,
    PromptRef,
    ResourceContents,
    ResourceFamily,
    ResourceLink,
    ResourceOffer,
    ServerFault,
    ServiceBusy,
    Surface,
    TemplateRef,
    Text,
)
from automcp.runtime.shared.model import Model
from mcp.shared.exceptions import MCPError
from offering import ERAS, Offering
from scripted import Time, compiled

pytestmark = pytest.mark.parametrize("era", ERAS)


class Item(Model):
    id: str


class Gone(DeclaredError):
    """It was there."""

    name = "Gone"
    data: Item


TEXT = ResourceOffer[Any]("text", uri="x://text", errors=(Gone,))
ITEM = ResourceOffer[Item]("item", uri="x://{id}/json{?deep,tag*}", returns=Item)
BLOB = ResourceOffer[Any]("blob", uri="x://1/blob")
BROKEN = ResourceOffer[Any]("broken", uri="x://1/broken")
NOTHING = ResourceOffer[Any]("nothing", uri="x://nothing")
REVIEW = PromptOffer("review", prompt="p", errors=(Gone,))


def _client(offering: Offering, era: str, **more: Any) -> AutoMCPClient:
    return AutoMCPClient("t", {"protocol": era}, server=offering.server(), **more)


async def test_a_group_reads_texts_bytes_and_typed_json(era: str) -> None:
    offering = Offering()
    async with _client(offering, era) as client:
        group = ErrorHandlingGroup(client, "g")
        assert await group.read_text(TEXT) == "text of x://text"
        assert await group.read_bytes(TEXT) == b"text of x://text"
        assert await group.read_bytes(BLOB) == b"\x00\x01"
        item = await group.read_json(ITEM, {"id": "a/b", "deep": True, "tag": ["x", 1]})
        assert item == Item(id="1")
        assert await group.read_parts(BLOB) == (
            ResourceContents("x://1/blob", b"\x00\x01", "image/png"),
        )
    assert offering.read[3] == "x://a%2Fb/json?deep=true&tag=x&tag=1"
    assert client.metrics.snapshot().operations["g.text"].successes == 2


async def test_variables_that_are_not_there_leave_nothing(era: str) -> None:
    offering = Offering()
    async with _client(offering, era) as client:
        group = ErrorHandlingGroup(client, "g")
        await group.read_json(ITEM, {"id": "1", "deep": None, "tag": UNSET})
        with pytest.raises(InvalidArguments, match="deep: a set is no text"):
            await group.read_json(ITEM, {"id": "1", "deep": {1}})
    assert offering.read == ["x://1/json"]


Read: TypeAlias = Callable[[ErrorHandlingGroup], Awaitable[object]]
REFUSED: list[tuple[Read, type[Exception], str]] = [
    (lambda group: group.read_text(BLOB), InvalidAnswer, "'blob' holds bytes, no text"),
    (lambda group: group.read_json(TEXT), InvalidAnswer, "'text' holds no JSON"),
    (lambda group: group.read_bytes(BROKEN), InvalidAnswer, "no Base64"),
    (lambda group: group.read_text(NOTHING), NotFound, "Unknown resource"),
]


@pytest.mark.parametrize(("read", "error", "words"), REFUSED)
async def test_what_is_not_as_promised_is_refused(
    era: str,
    read: Read,
    error: type[Exception],
    words: str,
) -> None:
    async with _client(Offering(), era) as client:
        with pytest.raises(error, match=words):
            await read(ErrorHandlingGroup(client, "g"))


async def test_json_is_checked_against_the_compiled_schema(era: str) -> None:
    reads = {ITEM.uri: {"type": "object", "properties": {"id": {"maxLength": 0}}}}
    surface: Surface = compiled([], reads=reads)
    async with _client(Offering(), era, surface=surface) as client:
        with pytest.raises(InvalidAnswer, match="'item' does not fit its schema: id"):
            await ErrorHandlingGroup(client, "g").read_json(ITEM, {"id": "1"})


async def test_prompts_and_completions(era: str) -> None:
    offering = Offering()
    async with _client(offering, era) as client:
        group = ErrorHandlingGroup(client, "g")
        prompt = await group.fill_prompt(REVIEW, {"a": 1.5, "b": UNSET, "c": None, "d": False})
        assert offering.prompts == [{"a": "1.5", "d": "false"}]
        said = f"say {offering.prompts[0]}"
        assert prompt == Prompt((Message("user", Text(said)),), "d")
        assert prompt.text == said
        found = await group.complete_value(REVIEW, "a", "x", {"b": 2})
        assert (found.values, found.total, found.more) == (("ab", "ac"), 9, True)
        await group.complete_value(ITEM, "id")
        with pytest.raises(InvalidArguments, match="a: a list is no text"):
            await group.fill_prompt(REVIEW, {"a": []})
    first, second = (
        each.model_dump(by_alias=True, exclude_none=True) for each in offering.completed
    )
    assert first["ref"] == {"type": "ref/prompt", "name": "p"}
    assert first["argument"] == {"name": "a", "value": "x"}
    assert first["context"] == {"arguments": {"b": "2"}}
    assert second["ref"] == {"type": "ref/resource", "uri": ITEM.uri}
    assert "context" not in second


async def test_a_client_reads_and_lists_without_groups(era: str) -> None:
    offering = Offering(pages=3)
    async with _client(offering, era) as client:
        assert [one.uri for one in await client.list_resources()] == ["x://0", "x://1", "x://2"]
        assert (await client.list_resources())[0] == ResourceLink("x://0", "r0", size=3)
        family = ResourceFamily("x://{id}/data", "t", mime_type="text/plain")
        assert await client.list_resource_templates() == [family]
        arguments = (PromptArgument("a", required=True), PromptArgument("b"))
        assert await client.list_prompts() == [PromptInfo("p", arguments=arguments)]
        (part,) = await client.read_resource("x://{odd}")
        assert part.uri == "x://{odd}"
        assert (await client.prompt("p", {"a": "1"})).description == "d"
        await client.complete(PromptRef("p"), "a", "b")
        await client.complete(TemplateRef("x://{id}"), "id", "b", {"c": "d"})
    assert len(offering.completed) == 2


async def test_lists_without_end_end(era: str) -> None:
    async with _client(Offering(pages=10**9), era) as client:
        with pytest.raises(OperationError, match="more than 1000 pages"):
            await client.list_resources()


def _busy() -> MCPError:
    return MCPError(-32603, "busy", {"httpStatus": 503})


async def test_reading_is_tried_again_and_its_hooks_hear_of_it(era: str) -> None:
    told: list[object] = []
    hooks = Hooks(before=told.append, after=told.append, on_error=told.append)
    offering, time = Offering(failures=[_busy(), _busy()]), Time()
    async with _client(offering, era, hooks=hooks, sleep=time.sleep, clock=time) as client:
        group = ErrorHandlingGroup(client, "g")
        assert await group.read_text(TEXT) == "text of x://text"
        assert group.retry_stats.attempts == 3
        offering.failures += [_busy()] * 3
        with pytest.raises(ServiceBusy) as caught:
            await group.fill_prompt(REVIEW, {"password": "hunter2"})
    assert caught.value.attempts == 3
    assert caught.value.context["prompt"] == "p"
    assert "hunter2" not in str(caught.value.context)
    assert [type(each) for each in told] == [CallStarted, CallEnded, CallStarted, CallFailed]
    assert "hunter2" not in str(told)


async def test_declared_errors_of_resources_and_prompts_are_their_classes(era: str) -> None:
    gone = MCPError(
        -32000, "Gone: no", {"error": {"name": "Gone", "message": "no", "data": {"id": "7"}}}
    )
    fault = MCPError(-32603, "text failed.", {"uri": "x://text", "reference": "abc"})
    offering = Offering(failures=[gone, gone, fault])
    async with _client(offering, era) as client:
        group = ErrorHandlingGroup(client, "g")
        for failing in (group.read_text(TEXT), group.fill_prompt(REVIEW, {"a": "1"})):
            with pytest.raises(Gone, match="no") as caught:
                await failing
            assert caught.value.data == Item(id="7")
        with pytest.raises(ServerFault, match=r"text failed\. \(reference abc\)"):
            await group.read_text(TEXT)


async def test_a_closed_client_reads_nothing(era: str) -> None:
    client = _client(Offering(), era)
    with pytest.raises(ConnectionError, match="is not connected"):
        await client.read_resource("x://a")
