"""Tools that are searched for instead of listed."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.ir.model import Service
from automcp.pipeline import analyse
from automcp.runtime.server.access import Access
from automcp.runtime.server.kernel import Kernel
from automcp.runtime.server.offers import Operation
from automcp.runtime.server.request import Caller
from automcp.runtime.server.searching import Search
from automcp.runtime.shared.surface import Surface, differences
from automcp.targets import find
from automcp.targets.searching import search_tools
from automcp.targets.surface import surface
from automcp.text.report import Report
from automcp.text.source import Source
from fake_request import FakeRequest

SPEC = """
automcp: 1
name: shop
version: "1"
auth: {scopes: [use]}
groups:
  orders:
    operations:
      create: {description: "Place an order, for a customer.", params: {customer: {type: string, description: Who buys.}}}
      cancel: {description: Take an order back.}
      refundPayment: {description: Give money back., policy: {scopes: [staff]}}
  catalog:
    operations:
      search: {description: Find products., params: {text: {type: string, minLength: 1}}, returns: {type: integer}}
"""


def service() -> Service:
    def read(path: str) -> Source:
        raise FileNotFoundError(path)

    return analyse(Source("spec.yaml", SPEC), read, Report())


def searching() -> Surface:
    compiled = service()
    return Surface({**surface(compiled), "searching": search_tools(compiled)})


def kernel() -> Kernel[None, None]:
    async def seven(arguments: object, context: object) -> int | None:
        return 7 if arguments else None

    of = searching()
    offers = [Operation(name, None, seven, handler=seven) for name in of.names]
    return Kernel(of, offers, settings=None)


async def ask(tool: str, caller: Caller | None = None, **arguments: Any) -> Any:
    call = kernel().methods["tools/call"]
    return await call({"name": tool, "arguments": arguments}, FakeRequest(caller=caller))


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("place order", "orders_create"),
        ("refund", "orders_refundPayment"),
        ("payment money", "orders_refundPayment"),
        ("products", "catalog_search"),
        ("customer", "orders_create"),
        ("CATALOG", "catalog_search"),
        ("cancel", "orders_cancel"),
        ("canc", "orders_cancel"),
    ],
)
async def test_the_best_comes_first(query: str, best: str) -> None:
    result = await ask("search_tools", query=query)
    found = result["structuredContent"]["tools"]
    assert found[0]["name"] == best
    assert found[0]["inputSchema"] == searching().tool(best)["inputSchema"]


async def test_nothing_is_found_by_words_that_nothing_has() -> None:
    result = await ask("search_tools", query="xyzzy !?")
    assert result["structuredContent"] == {"tools": [], "matches": 0}


async def test_the_limit_is_heeded() -> None:
    result = await ask("search_tools", query="order", limit=1)
    assert len(result["structuredContent"]["tools"]) == 1
    assert result["structuredContent"]["matches"] == 3


async def test_only_two_are_listed_and_all_can_be_called() -> None:
    of = kernel()
    listed: Any = await of.methods["tools/list"]({}, FakeRequest())
    assert [tool["name"] for tool in listed["tools"]] == ["search_tools", "call_tool"]
    through = await ask("call_tool", name="catalog_search", arguments={"text": "tea"})
    assert through["structuredContent"] == {"result": 7}
    assert await ask("catalog_search", text="tea") == through


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({"name": "nope"}, "name"),
        ({"name": "search_tools", "arguments": {"query": "x"}}, "name"),
        ({"name": "catalog_search", "arguments": {"text": ""}}, "text"),
        ({"name": "catalog_search", "arguments": []}, "arguments"),
        ({}, "name"),
    ],
)
async def test_what_cannot_be_called(arguments: dict[str, Any], path: str) -> None:
    result = await ask("call_tool", **arguments)
    assert result["isError"]
    assert result["structuredContent"]["error"]["details"][0]["path"] == path


async def test_what_a_caller_may_not_see_is_not_found() -> None:
    guest = Caller("c", scopes=frozenset({"use"}))
    staff = Caller("c", scopes=frozenset({"use", "staff"}))
    assert (await ask("search_tools", guest, query="refund"))["structuredContent"]["matches"] == 0
    assert (await ask("search_tools", staff, query="refund"))["structuredContent"]["matches"] == 1
    refused = await ask("call_tool", guest, name="orders_refundPayment")
    assert "is no tool" in refused["content"][0]["text"]
    assert not (await ask("call_tool", staff, name="orders_refundPayment"))["isError"]


def test_one_of_thousands_is_found() -> None:
    compiled = service()
    document = surface(compiled)
    tools: Any = document["tools"]
    many: Any = [{**tools[0], "name": f"tool_{number}"} for number in range(2_000)]
    of = Surface({**document, "tools": many, "searching": search_tools(compiled)})
    search = Search(of, Access(of, "tools"))
    found: Any = search.answer("search_tools", {"arguments": {"query": "order 1999"}}, None)
    assert found["structuredContent"]["tools"][0]["name"] == "tool_1999"


def test_nothing_is_said_of_tools_that_are_not_listed() -> None:
    of = searching()
    listed: Any = of.listed("searching")
    assert differences(of, listed) == []
    assert len(differences(of, listed[:1])) == 4


@pytest.mark.parametrize("target", ["server", "tests"])
def test_the_option_has_two_words(target: str) -> None:
    for options in ({"tools": "list"}, {"tools": "search"}):
        find(target).emit(service(), options)
    with pytest.raises(ValueError, match="`tools` is `list` or `search`"):
        find(target).emit(service(), {"tools": "both"})
