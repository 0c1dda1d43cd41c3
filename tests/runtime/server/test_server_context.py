"""What a handler gets from its context."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from mcp import Client
from mcp.client.context import ClientRequestContext
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.shared.exceptions import MCPError
from mcp_types import ElicitRequestParams, ElicitResult, LoggingMessageNotificationParams
from pydantic import BaseModel
from sample.contract import Context
from sample.models import Line, Order
from sample_shop import Era, OpenShop

ORDER = {"customer": "Ada", "lines": [{"sku": "tea"}]}


class Confirmation(BaseModel):
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


async def test_a_resource_of_the_server_can_be_read(open_shop: OpenShop, era: Era) -> None:
    async def use(context: Context) -> object:
        with pytest.raises(ResourceNotFoundError):
            await context.read_resource("shop://nothing")
        return await context.read_resource("shop://motto")

    server = open_shop(orders_create=_using(use))

    @server.resource("shop://motto")
    def motto() -> str:
        return "Tea first."

    assert callable(motto)
    async with Client(server, mode=era) as client:
        result = await client.call_tool("orders_create", ORDER)
    assert result.structured_content["id"] == "Tea first."


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (ElicitResult(action="accept", content={"sure": True}), "sure=True word='yes'"),
        (ElicitResult(action="decline"), "None"),
        (ElicitResult(action="cancel"), "None"),
    ],
)
async def test_the_user_can_be_asked(
    open_shop: OpenShop, answer: ElicitResult, outcome: str
) -> None:
    async def use(context: Context) -> object:
        return await context.ask("Really?", Confirmation)

    async def reply(context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
        assert (context.session is not None, params.message) == (True, "Really?")
        return answer

    server = open_shop(orders_create=_using(use))
    async with Client(server, mode="legacy", elicitation_callback=reply) as client:
        result = await client.call_tool("orders_create", ORDER)
    assert result.structured_content["id"] == outcome


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("auto", "connection of this kind cannot carry a question"),
        ("legacy", "the client did not declare `elicitation`"),
    ],
)
async def test_a_question_that_cannot_be_asked_is_a_clear_error(
    open_shop: OpenShop, mode: Era, reason: str
) -> None:
    async def use(context: Context) -> object:
        return await context.ask("Really?", Confirmation)

    async with Client(open_shop(orders_create=_using(use)), mode=mode) as client:
        with pytest.raises(MCPError, match=reason):
            await client.call_tool("orders_create", ORDER)
