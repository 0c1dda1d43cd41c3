"""What comes back from a call, in both eras of the protocol."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pytest
from automcp.runtime.server.errors import ProtocolError
from automcp.runtime.shared.failure import ArgumentError, DeclaredError
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, TextContent
from sample.errors import Closed
from sample.models import Order
from sample_shop import Era, OpenShop

ORDER = {"customer": "Ada", "lines": [{"sku": "tea", "quantity": 2}]}


def text(result: CallToolResult) -> str:
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


def error(result: CallToolResult) -> dict[str, Any]:
    assert result.is_error
    return result.structured_content["error"]


async def test_the_surface_is_advertised_word_for_word(open_shop: OpenShop, era: Era) -> None:
    document = json.loads((Path(__file__).parent / "sample" / "surface.json").read_text())
    async with Client(open_shop(), mode=era) as client:
        listed = (await client.list_tools()).tools
    wire = [tool.model_dump(by_alias=True, exclude_unset=True, mode="json") for tool in listed]
    assert wire == document["tools"]


@pytest.mark.parametrize(
    ("tool", "arguments", "shown", "structured"),
    [
        ("catalog_count", {}, "3", {"result": 3}),
        ("catalog_count", {"kind": "toy"}, "0", {"result": 0}),
        ("catalog_describe", {"sku": "tea"}, "tea for EUR\né", None),
        (
            "catalog_find",
            {"x-1": "a", "b": None},
            '[\n  "b",\n  "x-1"\n]',
            {"result": ["b", "x-1"]},
        ),
        (
            "orders_create",
            ORDER,
            None,
            {"id": "1", "lines": [{"sku": "tea", "quantity": 2}], "from": "Ada"},
        ),
        (
            "orders_create",
            {"customer": "Ada", "lines": [{"sku": "tea"}], "note": "ß"},
            None,
            # The quantity was not sent, so the handler's answer does not claim that it was.
            {"id": "1", "lines": [{"sku": "tea"}], "from": "Ada", "note": "ß"},
        ),
    ],
)
async def test_an_answer_keeps_its_value(
    open_shop: OpenShop,
    era: Era,
    tool: str,
    arguments: dict[str, Any],
    shown: str | None,
    structured: object,
) -> None:
    async with Client(open_shop(), mode=era) as client:
        result = await client.call_tool(tool, arguments)
    assert not result.is_error
    assert result.structured_content == structured
    assert text(result) == (
        json.dumps(structured, indent=2, ensure_ascii=False) if shown is None else shown
    )


async def test_an_operation_without_returns_answers_nothing(open_shop: OpenShop, era: Era) -> None:
    async with Client(open_shop(), mode=era) as client:
        result = await client.call_tool("orders_cancel", {"id": "1"})
    assert (result.is_error, result.content, result.structured_content) == (False, [], None)


async def test_not_sent_and_null_are_told_apart(open_shop: OpenShop) -> None:
    seen: list[str] = []

    async def create(note: object, remark: object, **_: object) -> Order:
        seen.append(f"{note!r} {remark!r}")
        return Order(id="1", lines=[])

    async with Client(open_shop(orders_create=create)) as client:
        await client.call_tool("orders_create", ORDER)
        await client.call_tool("orders_create", {**ORDER, "remark": None})
        await client.call_tool("orders_create", {**ORDER, "remark": "x", "note": "y"})
    assert seen == ["None UNSET", "None None", "'y' 'x'"]


async def test_bad_arguments_are_all_named(open_shop: OpenShop, era: Era) -> None:
    arguments = {"customer": 5, "lines": [{"sku": "tea"}, {"quantity": 0}], "not": "x"}
    async with Client(open_shop(), mode=era) as client:
        result = await client.call_tool("orders_create", arguments)
    found = error(result)
    assert (found["name"], found["message"]) == ("InvalidArguments", "4 arguments are wrong.")
    assert sorted((at["path"], at["message"]) for at in found["details"]) == [
        ("customer", "must be a string, not the number 5"),
        ("lines[1].quantity", "must be at least 1, not 0"),
        ("lines[1].sku", "is required but missing"),
        ("not", 'is not allowed here: did you mean "note"?'),
    ]
    assert "- lines[1].quantity must be at least 1, not 0" in text(result)


async def test_an_argument_that_a_backend_cannot_take_is_named(
    open_shop: OpenShop, era: Era
) -> None:
    async def create(**_: object) -> Order:
        raise ArgumentError("lines[0].sku", "must not be empty in a path")

    async with Client(open_shop(orders_create=create), mode=era) as client:
        result = await client.call_tool("orders_create", ORDER)
    assert error(result) == {
        "name": "InvalidArguments",
        "message": "One argument is wrong.",
        "details": [{"path": "lines[0].sku", "message": "must not be empty in a path"}],
    }


async def test_a_conditional_schema_is_enforced(open_shop: OpenShop, era: Era) -> None:
    async with Client(open_shop(), mode=era) as client:
        refused = await client.call_tool("catalog_find", {"a": 1})
        taken = await client.call_tool("catalog_find", {"a": 1, "b": 2})
    assert error(refused)["details"] == [{"path": "b", "message": "is required but missing"}]
    assert not taken.is_error


async def test_a_declared_error_arrives_with_its_data(open_shop: OpenShop, era: Era) -> None:
    async with Client(open_shop(), mode=era) as client:
        result = await client.call_tool(
            "orders_create", {"customer": "Ada", "lines": [{"sku": "gin"}]}
        )
    assert error(result) == {
        "name": "OutOfStock",
        "message": "Fewer items are left than were asked for.",
        "data": {"sku": "gin", "available": 0},
    }
    assert text(result) == (
        'OutOfStock: Fewer items are left than were asked for.\n{"sku":"gin","available":0}'
    )


async def test_a_declared_error_says_that_it_is_retryable(open_shop: OpenShop) -> None:
    async def create(**_: object) -> Order:
        raise Closed

    async def create_in_a_task_group(**_: object) -> Order:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(create)
        raise AssertionError

    for handler in (create, create_in_a_task_group):
        async with Client(open_shop(orders_create=handler)) as client:
            found = error(await client.call_tool("orders_create", ORDER))
        assert found == {"name": "Closed", "message": "The shop is closed.", "retryable": True}


class Undeclared(DeclaredError):
    name = "Undeclared"


def _raise(error: BaseException) -> Callable[..., Any]:
    async def handler(**_: object) -> object:
        raise error

    return handler


def _raise_in_thread(error: BaseException) -> Callable[..., Any]:
    def handler(**_: object) -> object:
        raise error

    return handler


def _give(value: object) -> Callable[..., Any]:
    async def handler(**_: object) -> object:
        return value

    return handler


async def _await_what_was_cancelled(**_: object) -> object:
    other = asyncio.ensure_future(asyncio.sleep(10))
    asyncio.get_running_loop().call_soon(other.cancel)
    return await other


CRASHES: dict[str, tuple[Callable[..., Any], str]] = {
    "exception": (_raise(RuntimeError("password=hunter2")), "hunter2"),
    "exception in a thread": (_raise_in_thread(RuntimeError("password=hunter2")), "hunter2"),
    "exit": (_raise(SystemExit(3)), "SystemExit"),
    "exit in a thread": (_raise_in_thread(SystemExit(3)), "SystemExit"),
    "stop iteration": (_raise_in_thread(StopIteration()), "StopIteration"),
    "timeout of its own": (_raise(TimeoutError("password=hunter2")), "hunter2"),
    "cancelled by nobody": (_await_what_was_cancelled, "CancelledError"),
    "several at once": (_raise(ExceptionGroup("two", [Closed(), KeyError()])), "KeyError"),
    "error that is not declared": (_raise(Undeclared("hunter2")), "add it to the spec"),
    "error with odd data": (_raise(type("Odd", (Closed,), {"data": None})("\ud800")), "surrogate"),
    "wrong type": (_give("hunter2"), "must be an object"),
    "wrong inside": (_give({"id": "1", "lines": [{"sku": 5}]}), "lines[0].sku must be a string"),
    "no JSON": (
        _give({"id": "1", "lines": [], "from": date(2026, 1, 1)}),
        "from: a date is no JSON",
    ),
    "not a number": (
        _give({"id": "1", "lines": [], "x": float("nan")}),
        "x: nan is no JSON number",
    ),
    "half a character": (_give({"id": "1", "lines": [], "x": "\ud800"}), "x: half a character"),
    "nothing": (_give(None), "must be an object, not null"),
}


@pytest.mark.parametrize("crash", CRASHES)
async def test_a_crash_is_masked_logged_and_survived(
    open_shop: OpenShop, era: Era, crash: str, caplog: pytest.LogCaptureFixture
) -> None:
    handler, logged = CRASHES[crash]
    async with Client(open_shop(orders_create=handler), mode=era) as client:
        result = await client.call_tool("orders_create", ORDER)
        assert not (await client.call_tool("catalog_count", {})).is_error
    found = error(result)
    assert (found["name"], found["message"]) == ("InternalError", "orders.create failed.")
    assert text(result) == f"InternalError: orders.create failed.\nReference: {found['reference']}"
    assert "hunter2" not in result.model_dump_json()
    assert f"[{found['reference']}]" in caplog.text
    assert logged in caplog.text
    assert {record.name for record in caplog.records if record.levelno >= logging.ERROR} == {
        "automcp.runtime.server.failures"
    }


async def test_an_answer_where_none_is_promised_is_a_crash(
    open_shop: OpenShop, caplog: pytest.LogCaptureFixture
) -> None:
    async with Client(open_shop(orders_cancel=_give("done"))) as client:
        result = await client.call_tool("orders_cancel", {"id": "1"})
    assert error(result)["name"] == "InternalError"
    assert "returned a str, but the spec says that it returns nothing" in caplog.text


async def test_a_handler_without_a_body_says_so(open_shop: OpenShop, era: Era) -> None:
    async with Client(open_shop(orders_create=_raise(NotImplementedError())), mode=era) as client:
        found = error(await client.call_tool("orders_create", ORDER))
    assert found == {"name": "NotImplemented", "message": "orders.create has no body yet."}


async def test_a_protocol_error_passes_through(open_shop: OpenShop, era: Era) -> None:
    handler = _raise(ProtocolError(-32050, "not now", {"a": 1}))
    async with Client(open_shop(orders_create=handler), mode=era) as client:
        with pytest.raises(MCPError) as caught:
            await client.call_tool("orders_create", ORDER)
    assert (caught.value.code, caught.value.message, caught.value.data) == (
        -32050,
        "not now",
        {"a": 1},
    )


async def test_an_unknown_tool_is_a_protocol_error(open_shop: OpenShop, era: Era) -> None:
    async with Client(open_shop(), mode=era) as client:
        with pytest.raises(MCPError) as caught:
            await client.call_tool("orders_burn", {})
    assert (caught.value.code, caught.value.message) == (-32602, "Unknown tool: orders_burn")


async def test_tools_added_by_hand_come_after_its_own(open_shop: OpenShop, era: Era) -> None:
    server = open_shop()

    @server.tool()
    def greet(name: str) -> str:
        return f"Hello {name}"

    @server.tool(name="catalog_count")
    def shadow() -> int:
        return -1

    assert callable(greet)
    assert callable(shadow)
    async with Client(server, mode=era) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        assert names[-2:] == ["orders_cancel", "greet"]
        assert names.count("catalog_count") == 1
        assert (await client.call_tool("greet", {"name": "Ada"})).structured_content == {
            "result": "Hello Ada"
        }
        assert (await client.call_tool("catalog_count", {})).structured_content == {"result": 3}


async def test_a_plain_handler_that_hands_out_a_coroutine_is_awaited(open_shop: OpenShop) -> None:
    def count(**_: object) -> object:
        return _give(7)()

    async with Client(open_shop(catalog_count=count)) as client:
        assert (await client.call_tool("catalog_count", {})).structured_content == {"result": 7}
