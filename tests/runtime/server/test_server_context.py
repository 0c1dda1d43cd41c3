"""What a handler gets from its context."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from automcp.runtime.server.questions import Form, Roots, Sample
from automcp.runtime.shared.model import Json, Model
from automcp.runtime.shared.surface import Surface
from mcp import Client
from mcp.client.context import ClientRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import (
    CreateMessageResult,
    ElicitRequestParams,
    ElicitResult,
    ListRootsResult,
    LoggingMessageNotificationParams,
    Root,
    TextContent,
)
from sample.contract import Context
from sample.models import Line, Order
from sample_shop import Era, OpenShop

ORDER = {"customer": "Ada", "lines": [{"sku": "tea"}]}


class Confirmation(Model):
    sure: bool
    word: str = "yes"


def _using(use: Callable[[Context], Any]) -> Callable[..., Any]:
    async def create(context: Context, **_: object) -> Order:
        return Order(id=str(await use(context)), lines=[])

    return create


async def test_state_settings_and_the_absence_of_http(open_shop: OpenShop, era: Era) -> None:
    async def use(context: Context) -> object:
        assert context.native.request_id
        return (context.state.stock, context.settings.currency, context.caller, context.headers)

    async with Client(open_shop(orders_create=_using(use)), mode=era) as client:
        result = await client.call_tool("orders_create", ORDER)
    assert result.structured_content["id"] == "({'tea': 3}, 'EUR', None, None)"


async def test_progress_reaches_the_caller_who_asked(open_shop: OpenShop, era: Era) -> None:
    async def use(context: Context) -> None:
        for step in range(3):
            await context.progress(step, 3, f"step {step}")

    seen: list[object] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        seen.append((progress, total, message))

    async with Client(open_shop(orders_create=_using(use)), mode=era) as client:
        await client.call_tool("orders_create", ORDER, progress_callback=note)
        await client.call_tool("orders_create", ORDER)
    assert seen == [(step, 3, f"step {step}") for step in range(3)]


@pytest.mark.parametrize(
    ("mode", "meta", "delivered"),
    [
        ("legacy", None, ["debug", "warning"]),
        ("auto", None, []),
        ("auto", {"io.modelcontextprotocol/logLevel": "info"}, ["warning"]),
    ],
)
async def test_logs_reach_the_client_where_the_protocol_lets_them(
    open_shop: OpenShop, mode: Era, meta: Any, delivered: list[str]
) -> None:
    async def use(context: Context) -> None:
        await context.log("debug", {"line": Line(sku="tea")})
        await context.log("warning", ["short", 3])

    seen: list[LoggingMessageNotificationParams] = []

    async def note(params: LoggingMessageNotificationParams) -> None:
        seen.append(params)

    async with Client(
        open_shop(orders_create=_using(use)), mode=mode, logging_callback=note
    ) as client:
        result = await client.call_tool("orders_create", ORDER, meta=meta)
    assert not result.is_error
    assert [params.level for params in seen] == delivered
    if "debug" in delivered:
        assert seen[0].data == {"line": {"sku": "tea"}}


def _surface() -> Surface:
    confirmation: Json = {
        "message": "Really?",
        "form": {
            "type": "object",
            "properties": {"sure": {"type": "boolean"}, "word": {"type": "string"}},
            "required": ["sure"],
        },
    }
    return Surface(
        {
            "server": {"name": "bare", "version": "0"},
            "tools": [],
            "questions": {"confirmation": confirmation},
        }
    )


CONFIRMATION = Form.of("confirmation", _surface(), Confirmation)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (ElicitResult(action="accept", content={"sure": True}), "accept sure=True word='yes'"),
        (ElicitResult(action="decline"), "decline None"),
        (ElicitResult(action="cancel"), "cancel None"),
    ],
)
async def test_the_user_can_be_asked(
    open_shop: OpenShop, era: Era, answer: ElicitResult, outcome: str
) -> None:
    runs = 0

    async def use(context: Context) -> object:
        nonlocal runs
        runs += 1
        before = await context.once("drawn", lambda: runs)
        reply = await context.ask(CONFIRMATION.saying("Really really?"))
        assert before == 1
        return f"{reply.action} {reply.content}"

    async def reply(context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
        assert (context.session is not None, params.message) == (True, "Really really?")
        return answer

    server = open_shop(orders_create=_using(use))
    async with Client(server, mode=era, elicitation_callback=reply) as client:
        result = await client.call_tool("orders_create", ORDER)
    assert result.structured_content["id"] == outcome
    assert runs == (2 if era == "auto" else 1)


async def test_an_answer_that_does_not_fit_is_asked_for_again(
    open_shop: OpenShop, era: Era
) -> None:
    async def use(context: Context) -> object:
        return (await context.ask(CONFIRMATION)).content

    answers: list[Any] = [{"sure": "perhaps"}, {"word": "no"}, {"sure": False, "more": 1}]

    async def reply(context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
        return ElicitResult(action="accept", content=answers.pop(0))

    server = open_shop(orders_create=_using(use))
    async with Client(server, mode=era, elicitation_callback=reply) as client:
        result = await client.call_tool("orders_create", ORDER)
    assert result.structured_content["id"] == "sure=False word='yes' more=1"


async def test_several_questions_go_out_together(open_shop: OpenShop, era: Era) -> None:
    async def use(context: Context) -> object:
        said, roots = await context.ask_all(Sample("Hi", max_tokens=9, key="hi"), Roots())
        return (said.text, said.model, [root.uri for root in roots])

    async def sample(context: ClientRequestContext, params: Any) -> CreateMessageResult:
        assert params.max_tokens == 9
        text = TextContent(text="Hello")
        return CreateMessageResult(role="assistant", content=text, model="m")

    async def roots(context: ClientRequestContext) -> ListRootsResult:
        return ListRootsResult(roots=[Root.model_validate({"uri": "file:///a"})])

    server = open_shop(orders_create=_using(use))
    async with Client(
        server, mode=era, sampling_callback=sample, list_roots_callback=roots
    ) as client:
        result = await client.call_tool("orders_create", ORDER)
    assert result.structured_content["id"] == "('Hello', 'm', ['file:///a'])"


async def test_a_question_that_cannot_be_asked_is_a_clear_error(
    open_shop: OpenShop, era: Era
) -> None:
    async def use(context: Context) -> object:
        assert not context.can_ask(CONFIRMATION)
        return await context.ask(CONFIRMATION)

    async with Client(open_shop(orders_create=_using(use)), mode=era) as client:
        with pytest.raises(MCPError, match="declares elicitation") as caught:
            await client.call_tool("orders_create", ORDER)
    assert caught.value.code == -32021
    assert caught.value.data == {"requiredCapabilities": {"elicitation": {"form": {}}}}
