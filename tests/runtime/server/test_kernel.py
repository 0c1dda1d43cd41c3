"""The kernel by itself: resources, prompts, completions, policies, pages, cache hints."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import Any, cast

import pytest
from automcp.runtime.server.errors import NotFound, ProtocolError
from automcp.runtime.server.kernel import Kernel
from automcp.runtime.server.offers import Completion, Offer, Operation, Prompt, Resource, Variables
from automcp.runtime.server.request import Caller, Wire
from automcp.runtime.server.result import Completions, Part, Result
from automcp.runtime.shared.content import Image, Message, Text
from automcp.runtime.shared.failure import BackendError, DeclaredError
from automcp.runtime.shared.model import Json
from automcp.runtime.shared.surface import Surface
from fake_request import FakeRequest

HEAD: dict[str, Json] = {"server": {"name": "bare", "version": "0"}, "tools": []}


class Gone(DeclaredError):
    name = "Gone"

    def __init__(self) -> None:
        super().__init__("It is gone.", {"since": 1})


def _kernel(offers: Iterable[Offer[Any]] = (), **members: Json) -> Kernel[None, None]:
    return Kernel(Surface({**HEAD, **members}), offers, settings=None)


def _giving(value: object) -> Callable[..., Any]:
    async def handler(*_: object) -> object:
        if isinstance(value, BaseException):
            raise value
        return value

    return handler


def _resource(uri: str, value: object, **more: Any) -> Resource[Any]:
    handler = _giving(value)
    return Resource(uri, handler, handler=handler, name="docs.one", **more)


async def _ask(
    kernel: Kernel[Any, Any], method: str, params: Wire, request: FakeRequest | None = None
) -> Wire:
    return await kernel.methods[method](params, request or FakeRequest(modern=False))


async def _refused(
    kernel: Kernel[Any, Any], method: str, params: Wire, request: FakeRequest | None = None
) -> ProtocolError:
    with pytest.raises(ProtocolError) as caught:
        await _ask(kernel, method, params, request)
    return caught.value


ONE: Json = {"uri": "doc://one", "name": "one", "mimeType": "text/plain"}
FAMILY: Json = {"uriTemplate": "doc://{kind}/{+path}", "name": "any", "mimeType": "text/plain"}


def test_a_service_without_them_has_no_methods_for_resources_prompts_and_completions() -> None:
    assert set(_kernel().methods) == {"tools/list", "tools/call"}


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ("text", {"text": "text"}),
        (b"\x00\xff", {"blob": base64.b64encode(b"\x00\xff").decode()}),
    ],
)
async def test_a_resource_is_read(value: object, body: Wire) -> None:
    kernel = _kernel([_resource("doc://one", value)], resources=[ONE])
    result = await _ask(kernel, "resources/read", {"uri": "doc://one"})
    assert result == {"contents": [{"uri": "doc://one", "mimeType": "text/plain", **body}]}


async def test_a_resource_says_its_parts_itself() -> None:
    given = [
        Part("1", "text/x"),
        Part(b"2", uri="doc://two", meta={"k": 1}),
        Part("3", meta={}),
    ]
    resource: Json = {**cast("Wire", ONE), "_meta": {"of": "one"}}
    kernel = _kernel([_resource("doc://one", given)], resources=[resource])
    result = await _ask(kernel, "resources/read", {"uri": "doc://one"})
    assert result["contents"] == [
        {"uri": "doc://one", "mimeType": "text/x", "text": "1", "_meta": {"of": "one"}},
        {"uri": "doc://two", "mimeType": "text/plain", "blob": "Mg==", "_meta": {"k": 1}},
        {"uri": "doc://one", "mimeType": "text/plain", "text": "3"},
    ]
    alone = _kernel([_resource("doc://one", Part("1"))], resources=[ONE])
    result = await _ask(alone, "resources/read", {"uri": "doc://one"})
    assert result["contents"] == [{"uri": "doc://one", "mimeType": "text/plain", "text": "1"}]


@pytest.mark.parametrize(
    ("given", "content"),
    [([Part("1", uri="doc://two"), Part(b"2")], b"2"), ([Part("1", uri="doc://two")], "1")],
)
async def test_a_handler_reads_the_part_that_it_asks_for(given: object, content: object) -> None:
    kernel = _kernel([_resource("doc://one", given)], resources=[ONE])
    assert await kernel.content("doc://one", FakeRequest()) == content


async def test_a_handler_reads_no_resource_without_parts() -> None:
    kernel = _kernel([_resource("doc://one", [])], resources=[ONE])
    with pytest.raises(ProtocolError, match="holds nothing at all"):
        await kernel.content("doc://one", FakeRequest())


@pytest.mark.parametrize("value", [7, [7], [Part(cast("str", 7))], None])
async def test_what_is_no_content_is_the_handlers_fault(value: object) -> None:
    kernel = _kernel([_resource("doc://one", value)], resources=[ONE])
    error = await _refused(kernel, "resources/read", {"uri": "doc://one"})
    assert (error.code, error.message) == (-32603, "docs.one failed.")


async def test_what_another_server_gives_instead_of_what_is_promised_is_told() -> None:
    reads: Json = {"doc://one": {"type": "object"}}
    offer = _resource("doc://one", [1], bound=True)
    kernel = _kernel([offer], resources=[ONE], reads=reads)
    error = await _refused(kernel, "resources/read", {"uri": "doc://one"})
    assert error.code == -32000
    assert error.message.startswith("BackendFailed: docs.one returned what does not fit")


async def test_handlers_know_which_address_is_read() -> None:
    async def read(_: Variables, context: Any) -> str:
        return str(context.uri)

    offer = Resource("doc://{kind}/{+path}", read, handler=read)
    kernel = _kernel([offer], templates=[FAMILY])
    result = await _ask(kernel, "resources/read", {"uri": "doc://a/b%2Fc"})
    assert cast("Any", result)["contents"][0]["text"] == "doc://a/b%2Fc"
    assert await kernel.content("doc://a/b", FakeRequest()) == "doc://a/b"


async def test_a_value_goes_out_as_json_that_fits_its_schema() -> None:
    def kernel(value: object) -> Kernel[None, None]:
        reads: Json = {"doc://one": {"type": "object", "required": ["id"]}}
        return _kernel([_resource("doc://one", value)], resources=[ONE], reads=reads)

    result = await _ask(kernel({"id": 1}), "resources/read", {"uri": "doc://one"})
    assert result["contents"] == [
        {"uri": "doc://one", "mimeType": "text/plain", "text": '{\n  "id": 1\n}'}
    ]
    error = await _refused(kernel({}), "resources/read", {"uri": "doc://one"})
    assert (error.code, error.message) == (-32603, "docs.one failed.")
    assert isinstance(error.data, dict)
    assert set(error.data) == {"uri", "reference"}


async def test_the_specs_own_text_needs_no_handler() -> None:
    kernel = _kernel(resources=[ONE], literals={"doc://one": "Tea first."})
    result = await _ask(kernel, "resources/read", {"uri": "doc://one"})
    assert result["contents"] == [
        {"uri": "doc://one", "mimeType": "text/plain", "text": "Tea first."}
    ]


async def test_a_template_reads_its_variables() -> None:
    async def read(variables: Variables, _: object) -> str:
        return f"{variables.text('kind')} {variables.text('path')}"

    offer = Resource("doc://{kind}/{+path}", read, handler=read)
    kernel = _kernel([offer], templates=[FAMILY])
    result = await _ask(kernel, "resources/read", {"uri": "doc://a%20b/c/d"})
    assert result["contents"] == [
        {"uri": "doc://a%20b/c/d", "mimeType": "text/plain", "text": "a b c/d"}
    ]


@pytest.mark.parametrize(
    "uri",
    ["doc://nothing", "doc://a/../../etc/passwd", "doc://a/%00", "doc://long/x", "other://a/b"],
)
async def test_what_is_nowhere_is_an_unknown_resource(uri: str) -> None:
    limits: Json = {"doc://{kind}/{+path}": {"kind": {"maxLength": 3}}}
    offer = _resource("doc://{kind}/{+path}", "text")
    kernel = _kernel([offer], templates=[FAMILY], variables=limits)
    error = await _refused(kernel, "resources/read", {"uri": uri})
    assert (error.code, error.message) == (-32602, f"Unknown resource: {uri}")
    assert error.data == {"uri": uri}


@pytest.mark.parametrize(
    ("raised", "code", "message", "data"),
    [
        (NotFound(), -32602, "Unknown resource: doc://one", {}),
        (Gone(), -32000, "Gone: It is gone.", {"error": {"name": "Gone", "message": "It is gone.", "data": {"since": 1}}}),
        (NotImplementedError(), -32000, "NotImplemented: docs.one has no body yet.", {"error": {"name": "NotImplemented", "message": "docs.one has no body yet."}}),
        (BackendError("no such table: notes", retryable=True), -32000, "BackendFailed: no such table: notes", {"error": {"name": "BackendFailed", "message": "no such table: notes", "retryable": True}}),
        (ProtocolError(-32050, "later"), -32050, "later", None),
    ],
)  # fmt: skip
async def test_a_resource_fails_as_the_protocol_wants(
    raised: BaseException, code: int, message: str, data: Wire | None
) -> None:
    kernel = _kernel([_resource("doc://one", raised, errors=(Gone,))], resources=[ONE])
    error = await _refused(kernel, "resources/read", {"uri": "doc://one"})
    assert (error.code, error.message) == (code, message)
    assert error.data == (None if data is None else {"uri": "doc://one", **data})


async def test_a_crash_of_a_resource_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    kernel = _kernel([_resource("doc://one", RuntimeError("hunter2"))], resources=[ONE])
    error = await _refused(kernel, "resources/read", {"uri": "doc://one"})
    assert (error.code, error.message) == (-32603, "docs.one failed.")
    assert "hunter2" in caplog.text
    assert "hunter2" not in str(error.data)


REVIEW: Json = {
    "name": "review",
    "description": "Reviews.",
    "arguments": [{"name": "code", "required": True}, {"name": "tone"}],
}


def _prompt(value: object) -> Prompt[Any]:
    handler = _giving(value)
    return Prompt("review", handler, handler=handler, name="docs.review", errors=(Gone,))


@pytest.mark.parametrize(
    ("value", "messages"),
    [
        ("Look.", [("user", {"type": "text", "text": "Look."})]),
        (Message("assistant", Text("Hm.")), [("assistant", {"type": "text", "text": "Hm."})]),
        (
            ["Look.", Message("user", Image(b"i", "image/png"))],
            [
                ("user", {"type": "text", "text": "Look."}),
                ("user", {"type": "image", "data": "aQ==", "mimeType": "image/png"}),
            ],
        ),
    ],
)
async def test_a_prompt_becomes_messages(value: object, messages: list[tuple[str, Json]]) -> None:
    kernel = _kernel([_prompt(value)], prompts=[REVIEW])
    result = await _ask(kernel, "prompts/get", {"name": "review", "arguments": {"code": "x"}})
    assert result == {
        "description": "Reviews.",
        "messages": [{"role": role, "content": content} for role, content in messages],
    }


async def test_the_specs_own_messages_are_filled_in() -> None:
    said: Json = {"review": [{"role": "user", "text": "Review {code} {{tone}} {tone} {other}"}]}
    kernel = _kernel(prompts=[REVIEW], messages=said)
    result = await _ask(kernel, "prompts/get", {"name": "review", "arguments": {"code": "{tone}"}})
    assert result["messages"] == [
        {"role": "user", "content": {"type": "text", "text": "Review {tone} {}  "}}
    ]


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"name": "nothing"}, "Unknown prompt: nothing"),
        ({"name": "review"}, "review needs the argument code."),
        (
            {"name": "review", "arguments": {"code": "x", "cod": "y"}},
            "review has no argument cod.",
        ),
    ],
)
async def test_a_prompt_that_cannot_be_is_an_invalid_request(params: Wire, message: str) -> None:
    error = await _refused(_kernel([_prompt("x")], prompts=[REVIEW]), "prompts/get", params)
    assert (error.code, error.message) == (-32602, message)


async def test_a_prompt_that_gives_no_messages_is_a_masked_crash() -> None:
    kernel = _kernel([_prompt({"no": "message"})], prompts=[REVIEW])
    params: Wire = {"name": "review", "arguments": {"code": "x"}}
    assert (await _refused(kernel, "prompts/get", params)).message == "docs.review failed."


def _completing(value: object) -> Kernel[None, None]:
    handler = _giving(value)
    offer = Completion("prompt", "review", "code", handler, handler=handler, name="docs.code")
    said: Json = {"prompts": {"review": {"code": True, "tone": ["kind", "Kindly", "harsh"]}}}
    return _kernel([_prompt("x"), offer], prompts=[REVIEW], completions=said)


def _about(argument: str, value: str) -> Wire:
    return {
        "ref": {"type": "ref/prompt", "name": "review"},
        "argument": {"name": argument, "value": value},
    }


@pytest.mark.parametrize(
    ("value", "completion"),
    [
        (["a"], {"values": ["a"], "total": 1, "hasMore": False}),
        (Completions(["a"], more=True), {"values": ["a"], "hasMore": True}),
        (Completions(["a"], total=9), {"values": ["a"], "total": 9, "hasMore": False}),
        ([str(n) for n in range(150)], {"values": [str(n) for n in range(100)], "total": 150, "hasMore": True}),
    ],
)  # fmt: skip
async def test_a_handler_completes(value: object, completion: Json) -> None:
    result = await _ask(_completing(value), "completion/complete", _about("code", ""))
    assert result == {"completion": completion}


async def test_what_a_completion_works_with_may_fail() -> None:
    failed = _completing(BackendError("the other server is gone", retryable=True))
    error = await _refused(failed, "completion/complete", _about("code", ""))
    assert (error.code, error.message) == (-32000, "BackendFailed: the other server is gone")
    assert error.data == {
        "argument": "code",
        "error": {
            "name": "BackendFailed",
            "message": "the other server is gone",
            "retryable": True,
        },
    }


async def test_listed_values_complete_by_their_beginning() -> None:
    kernel = _completing([])
    result = await _ask(kernel, "completion/complete", _about("tone", "KI"))
    assert result == {"completion": {"values": ["kind", "Kindly"], "total": 2, "hasMore": False}}
    nothing = await _ask(kernel, "completion/complete", _about("other", ""))
    assert nothing == {"completion": {"values": [], "total": 0, "hasMore": False}}


async def test_completing_what_is_unknown_is_an_invalid_request() -> None:
    params: Wire = {**_about("code", ""), "ref": {"type": "ref/prompt", "name": "nothing"}}
    error = await _refused(_completing([]), "completion/complete", params)
    assert (error.code, error.message) == (-32602, "Unknown prompt: nothing")


def _names(listed: Wire) -> list[str]:
    tools = cast("list[dict[str, str]]", listed["tools"])
    return [tool["name"] for tool in tools]


def _tool(name: str) -> Json:
    return {"name": name, "inputSchema": {"type": "object"}}


def _operation(name: str, value: object = None) -> Operation[Any]:
    handler = _giving(value)
    return Operation(name, None, handler, handler=handler)


POLICIES: Json = {
    "tools": {
        "a": [{"scopes": ["read", "write"]}],
        "b": [{"denyClients": ["evil"]}, {"allowSubjects": ["ada"]}],
    }
}


@pytest.mark.parametrize(
    ("caller", "seen"),
    [
        (None, ["a", "b", "c"]),
        (Caller("app", "ada", frozenset({"read", "write"})), ["a", "b", "c"]),
        (Caller("app", "ada", frozenset({"read"})), ["b", "c"]),
        (Caller("evil", "ada", frozenset()), ["c"]),
        (Caller("app", None, frozenset()), ["c"]),
    ],
)
async def test_what_a_caller_may_not_use_does_not_exist(
    caller: Caller | None, seen: list[str]
) -> None:
    names = ["a", "b", "c"]
    kernel = _kernel(
        map(_operation, names), tools=[_tool(name) for name in names], policies=POLICIES
    )
    request = FakeRequest(modern=False, caller=caller)
    listed = await _ask(kernel, "tools/list", {}, request)
    assert _names(listed) == seen
    for name in names:
        params: Wire = {"name": name}
        if name in seen:
            assert (await _ask(kernel, "tools/call", params, request))["isError"] is False
        else:
            error = await _refused(kernel, "tools/call", params, request)
            assert (error.code, error.message) == (-32602, f"Unknown tool: {name}")


async def test_long_lists_come_in_pages() -> None:
    names = [f"t{number}" for number in range(5)]
    kernel = _kernel(map(_operation, names), tools=[_tool(name) for name in names], pageSize=2)
    seen: list[object] = []
    params: Wire = {}
    while True:
        result = await _ask(kernel, "tools/list", params)
        seen.append(_names(result))
        if "nextCursor" not in result:
            break
        params = {"cursor": result["nextCursor"]}
    assert seen == [["t0", "t1"], ["t2", "t3"], ["t4"]]


@pytest.mark.parametrize("cursor", ["", "x", "MA==", "LTE=", "OTk=", "é", 3])
async def test_a_cursor_of_somebody_else_is_refused(cursor: Json) -> None:
    kernel = _kernel([_operation("a")], tools=[_tool("a")], pageSize=1)
    assert (await _refused(kernel, "tools/list", {"cursor": cursor})).code == -32602


async def test_cache_hints_are_there_from_2026_on() -> None:
    caches: Json = {
        "tools/list": {"ttlMs": 5, "cacheScope": "public"},
        "resources": {"doc://one": {"ttlMs": 7, "cacheScope": "private"}},
    }
    kernel = _kernel([_resource("doc://one", "x")], resources=[ONE], caches=caches)
    modern, older = FakeRequest(modern=True), FakeRequest(modern=False)
    assert await _ask(kernel, "tools/list", {}, modern) == {
        "ttlMs": 5,
        "cacheScope": "public",
        "tools": [],
    }
    assert await _ask(kernel, "tools/list", {}, older) == {"tools": []}
    read = await _ask(kernel, "resources/read", {"uri": "doc://one"}, modern)
    assert (read["ttlMs"], read["cacheScope"]) == (7, "private")
    listed = await _ask(kernel, "resources/list", {}, modern)
    assert (listed["ttlMs"], listed["cacheScope"]) == (0, "private")


async def test_what_a_client_must_declare_is_asked_of_it() -> None:
    needs: Json = {"a": {"sampling": {}, "extensions": {"org.example/x": {}}}}
    kernel = _kernel([_operation("a")], tools=[_tool("a")], needs=needs)
    error = await _refused(
        kernel, "tools/call", {"name": "a"}, FakeRequest(capabilities={"sampling": {}})
    )
    assert (error.code, error.data) == (-32021, {"requiredCapabilities": needs["a"]})
    declared = FakeRequest(capabilities={"sampling": {}, "extensions": {"org.example/x": {"v": 1}}})
    assert (await _ask(kernel, "tools/call", {"name": "a"}, declared))["isError"] is False


async def test_content_blocks_go_out_as_they_are() -> None:
    blocks = [Text("a"), Image(b"i", "image/png")]
    kernel = _kernel(
        [_operation("a", blocks), _operation("b", Result({"n": 1}, [Text("one")], {"m": 2}))],
        tools=[_tool("a"), {"name": "b", "inputSchema": {}, "outputSchema": {"required": ["n"]}}],
        content={"a": ["text", "image"], "b": ["text"]},
    )
    assert await _ask(kernel, "tools/call", {"name": "a"}) == {
        "content": [
            {"type": "text", "text": "a"},
            {"type": "image", "data": "aQ==", "mimeType": "image/png"},
        ],
        "isError": False,
    }
    assert await _ask(kernel, "tools/call", {"name": "b"}) == {
        "_meta": {"m": 2},
        "content": [{"type": "text", "text": "one"}],
        "structuredContent": {"n": 1},
        "isError": False,
    }


@pytest.mark.parametrize(
    ("offers", "members", "reason"),
    [
        ([_resource("doc://two", "x")], {}, "surface.json has no resources doc://two"),
        ([], {"resources": [ONE]}, "nothing reads the resource doc://one"),
        ([_prompt("x")], {}, "surface.json has no prompt review"),
        ([], {"prompts": [REVIEW]}, "nothing answers the prompt review"),
        ([], {"prompts": [REVIEW], "messages": {"review": []}, "completions": {"prompts": {"review": {"code": True}}}}, "nothing completes prompt review code"),
    ],
)  # fmt: skip
def test_offers_and_surface_must_agree(
    offers: list[Offer[Any]], members: dict[str, Json], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        _kernel(offers, **members)
