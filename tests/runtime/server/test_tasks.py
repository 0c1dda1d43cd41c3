"""Calls that run on as tasks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import anyio
import pytest
from automcp.runtime.server.errors import ProtocolError
from automcp.runtime.server.kernel import Kernel
from automcp.runtime.server.offers import Operation
from automcp.runtime.server.questions import Form, Reply
from automcp.runtime.server.request import Caller, Wire
from automcp.runtime.shared.failure import DeclaredError
from automcp.runtime.shared.model import Json, Model
from automcp.runtime.shared.schema import Schema
from automcp.runtime.shared.surface import Surface
from fake_request import FakeRequest

KNOWS: dict[str, Json] = {
    "elicitation": {},
    "extensions": {"io.modelcontextprotocol/tasks": {}},
}
TOOL: dict[str, Json] = {"inputSchema": {"type": "object"}}


class Name(Model):
    name: str


FORM: dict[str, Json] = {
    "type": "object",
    "properties": {"name": {"type": "string"}},
    "required": ["name"],
}
FIRST = Form("first", "Who?", Schema(FORM), Name)
SECOND = Form("second", "Who else?", Schema(FORM), Name)


class Broken(DeclaredError):
    name = "Broken"

    def __init__(self) -> None:
        super().__init__("It is broken.")


def _named(reply: Reply[Name]) -> str:
    return reply.content.name if reply.content else reply.action


async def work(arguments: Wire, context: Any) -> str:
    match arguments.get("do"):
        case "wait":
            await anyio.sleep_forever()
        case "fail":
            raise Broken
        case "crash":
            raise RuntimeError("hunter2")
        case "protocol":
            raise ProtocolError(-32050, "later", {"seconds": 5})
        case "ask":
            return _named(await context.ask(FIRST))
        case "ask twice":
            first, second = await context.ask_all(FIRST, SECOND)
            return f"{_named(first)} and {_named(second)}"
        case "ask in turn":
            first = await context.ask(FIRST)
            return f"{_named(first)} then {_named(await context.ask(SECOND))}"
        case "progress":
            await context.progress(1, 2)
            await context.log("error", "lost")
            await anyio.sleep_forever()
        case _:
            pass
    return "done"


@asynccontextmanager
async def running(mode: str = "optional", **more: Any) -> AsyncGenerator[Kernel[None, None]]:
    surface = Surface(
        {
            "server": {"name": "busy", "version": "0"},
            "tools": [{"name": "work", **TOOL}],
            "outputs": {"work": {"type": "object", "properties": {"result": {"type": "string"}}}},
            "wrapped": ["work"],
            "tasks": {"work": mode},
            "extensions": {"io.modelcontextprotocol/tasks": {}},
        }
    )
    offer = Operation("work", None, work, handler=work, errors=(Broken,))
    kernel = Kernel(surface, [offer], settings=None, **more)
    async with kernel.running():
        yield kernel


async def start(kernel: Kernel[Any, Any], what: str = "", **more: Any) -> Wire:
    request = FakeRequest(capabilities=KNOWS, **more)
    return await kernel.methods["tools/call"]({"name": "work", "arguments": {"do": what}}, request)


async def look(kernel: Kernel[Any, Any], task: Wire, **more: Any) -> Wire:
    request = FakeRequest(capabilities=KNOWS, **more)
    return await kernel.methods["tasks/get"]({"taskId": task["taskId"]}, request)


async def until(kernel: Kernel[Any, Any], task: Wire, *statuses: str) -> Wire:
    with anyio.fail_after(5):
        while True:
            found = await look(kernel, task)
            if found["status"] in statuses:
                return found
            await anyio.sleep(0.001)


async def send(kernel: Kernel[Any, Any], method: str, task: Wire, **more: Json) -> Wire:
    request = FakeRequest(capabilities=KNOWS)
    return await kernel.methods[method]({"taskId": task["taskId"], **more}, request)


async def refused(call: Any) -> ProtocolError:
    with pytest.raises(ProtocolError) as caught:
        await call
    return caught.value


async def test_a_call_becomes_a_task_and_comes_to_its_end() -> None:
    async with running() as kernel:
        task = await start(kernel)
        assert task["resultType"] == "task"
        assert {"taskId", "status", "createdAt", "lastUpdatedAt", "ttlMs"} <= task.keys()
        assert not {"result", "error", "inputRequests", "requestState"} & task.keys()
        ended = await until(kernel, task, "completed")
        assert ended["resultType"] == "complete"
        assert ended["result"] == {"content": [{"type": "text", "text": "done"}], "isError": False}


@pytest.mark.parametrize(
    ("what", "status", "member", "holds"),
    [
        ("fail", "completed", "result", {"name": "Broken", "message": "It is broken."}),
        ("crash", "completed", "result", None),
        (
            "protocol",
            "failed",
            "error",
            {"code": -32050, "message": "later", "data": {"seconds": 5}},
        ),
    ],
)
async def test_a_task_fails_as_its_call_would(
    what: str, status: str, member: str, holds: Json
) -> None:
    async with running() as kernel:
        ended: Any = await until(kernel, await start(kernel, what), "completed", "failed")
    assert ended["status"] == status
    if member == "result":
        assert ended["result"]["isError"] is True
        assert holds is None or ended["result"]["structuredContent"]["error"] == holds
        assert "error" not in ended
    else:
        assert ended["error"] == holds
        assert "result" not in ended
    assert "hunter2" not in json.dumps(ended)


async def test_a_task_is_cancelled_once_and_for_all() -> None:
    async with running() as kernel:
        task = await start(kernel, "wait")
        assert (await look(kernel, task))["status"] == "working"
        assert await send(kernel, "tasks/cancel", task) == {"resultType": "complete"}
        assert (await look(kernel, task))["status"] == "cancelled"
        assert await send(kernel, "tasks/cancel", task) == {"resultType": "complete"}
        done = await start(kernel)
        await until(kernel, done, "completed")
        await send(kernel, "tasks/cancel", done)
        assert (await look(kernel, done))["status"] == "completed"


def _answered(name: str) -> Json:
    return {"action": "accept", "content": {"name": name}}


async def test_a_task_asks_and_goes_on() -> None:
    async with running() as kernel:
        task = await start(kernel, "ask twice")
        asking = await until(kernel, task, "input_required")
        requests = cast("dict[str, Wire]", asking["inputRequests"])
        keys = {cast("Any", one["params"])["message"]: key for key, one in requests.items()}
        answers: dict[str, Json] = {keys["Who?"]: _answered("Ada"), "nobody asked": {}}
        await send(kernel, "tasks/update", task, inputResponses=answers)
        still = await look(kernel, task)
        assert still["status"] == "input_required"
        assert list(cast("Wire", still["inputRequests"])) == [keys["Who else?"]]
        last: dict[str, Json] = {keys["Who else?"]: _answered("Eve")}
        assert await send(kernel, "tasks/update", task, inputResponses=last) == {
            "resultType": "complete"
        }
        ended: Any = await until(kernel, task, "completed")
        assert ended["result"]["content"][0]["text"] == "Ada and Eve"
        assert "inputRequests" not in ended


async def test_questions_may_come_before_the_task() -> None:
    async with running("after_questions") as kernel:
        asking: Any = await start(kernel, "ask in turn")
        assert asking["resultType"] == "input_required"
        again: Wire = {
            "name": "work",
            "arguments": {"do": "ask in turn"},
            "inputResponses": {"first": _answered("Ada")},
            "requestState": asking["requestState"],
        }
        request = FakeRequest(capabilities=KNOWS)
        task = await kernel.methods["tools/call"](again, request)
        assert task["resultType"] == "task"
        assert "requestState" not in task
        waiting: Any = await until(kernel, task, "input_required")
        (key,) = waiting["inputRequests"]
        await send(kernel, "tasks/update", task, inputResponses={key: _answered("Eve")})
        ended: Any = await until(kernel, task, "completed")
        assert ended["result"]["content"][0]["text"] == "Ada then Eve"


async def test_progress_is_told_in_words() -> None:
    async with running() as kernel:
        task = await start(kernel, "progress")
        with anyio.fail_after(5):
            while "statusMessage" not in (said := await look(kernel, task)):
                await anyio.sleep(0.001)
        assert (said["status"], said["statusMessage"]) == ("working", "1 of 2")


@pytest.mark.parametrize("mode", ["optional", "required", "after_questions"])
async def test_a_client_that_knows_no_tasks_is_answered_at_once(mode: str) -> None:
    async with running(mode) as kernel:
        for request in (FakeRequest(), FakeRequest(modern=False)):
            call = kernel.methods["tools/call"]({"name": "work"}, request)
            if mode == "required":
                error = await refused(call)
                assert (error.code, error.data) == (
                    -32021,
                    {"requiredCapabilities": {"extensions": KNOWS["extensions"]}},
                )
            else:
                assert (await call)["isError"] is False
        task = await start(kernel, "wait") if mode != "after_questions" else {"taskId": "x"}
        for method in ("tasks/get", "tasks/update", "tasks/cancel"):
            params: Wire = {"taskId": task["taskId"]}
            assert (await refused(kernel.methods[method](params, FakeRequest()))).code == -32021
            older = FakeRequest(modern=False, capabilities=KNOWS)
            assert (await refused(kernel.methods[method](params, older))).code == -32601


async def test_an_sdk_without_tasks_answers_when_the_call_is_done() -> None:
    async with running("required", tasks=False) as kernel:
        assert "tasks/get" not in kernel.methods
        assert kernel.extensions == {}
        assert (await start(kernel))["isError"] is False


@pytest.mark.parametrize(
    ("params", "headers", "code"),
    [
        ({"taskId": "nothing"}, None, -32602),
        ({}, None, -32602),
        ({"taskId": 5}, None, -32602),
        ({"taskId": "nothing"}, {"mcp-name": "nothing"}, -32602),
        ({"taskId": "nothing"}, {"mcp-name": "other"}, -32020),
        ({"taskId": "nothing"}, {}, -32020),
    ],
)
async def test_an_unknown_task(params: Wire, headers: dict[str, str] | None, code: int) -> None:
    async with running() as kernel:
        request = FakeRequest(capabilities=KNOWS, headers=headers)
        assert (await refused(kernel.methods["tasks/get"](params, request))).code == code


async def test_a_task_is_its_callers_own() -> None:
    ada, eve = Caller("app", "ada"), Caller("app", "eve")
    async with running() as kernel:
        task = await start(kernel, "wait", caller=ada)
        assert (await look(kernel, task, caller=ada))["status"] == "working"
        for other in (eve, None):
            error = await refused(look(kernel, task, caller=other))
            assert (error.code, error.message) == (-32602, "Unknown task.")


async def test_wrong_answers_are_asked_for_again() -> None:
    async with running() as kernel:
        task = await start(kernel, "ask")
        for answer in ({"action": "perhaps"}, {"action": "accept", "content": {"name": 5}}):
            asking: Any = await until(kernel, task, "input_required")
            (key,) = asking["inputRequests"]
            await send(kernel, "tasks/update", task, inputResponses={key: cast("Json", answer)})
        asking = await until(kernel, task, "input_required")
        (key,) = asking["inputRequests"]
        await send(kernel, "tasks/update", task, inputResponses={key: _answered("Ada")})
        ended: Any = await until(kernel, task, "completed")
        assert ended["result"]["content"][0]["text"] == "Ada"
        assert (await refused(send(kernel, "tasks/update", task))).code == -32602


@pytest.mark.parametrize("what", ["", "wait", "fail", "crash", "protocol", "ask", "ask twice"])
async def test_nothing_is_left_when_the_server_stops(what: str) -> None:
    before = len(asyncio.all_tasks())
    make: Callable[..., Any] = running
    async with make() as kernel:
        for _ in range(150):
            await start(kernel, what)
        await anyio.sleep(0.01)
    assert len(asyncio.all_tasks()) == before


async def test_there_are_not_too_many() -> None:
    async with running() as kernel:
        for _ in range(1000):
            await start(kernel, "wait")
        assert (await refused(start(kernel, "wait"))).message == "There are too many tasks."
