"""What the server asks, what the program answers, and what is sent: the same in both protocol eras."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from math import inf
from typing import Any

import anyio
import pytest
from automcp.runtime.client import (
    Answered,
    AutoMCPClient,
    Callbacks,
    CannotAnswer,
    ClientError,
    ExecutionResponse,
    FormQuestion,
    Image,
    LogMessage,
    Question,
    Root,
    SampleAnswer,
    SampleQuestion,
    Text,
    ToolOutcome,
    ToolUse,
    Turn,
    UrlQuestion,
)
from automcp.runtime.client.forms import filled
from automcp.runtime.client.patience import Patience
from automcp.runtime.shared.model import Json
from mcp_types import (
    CreateMessageRequest,
    CreateMessageResult,
    CreateMessageResultWithTools,
    ElicitRequest,
    ElicitResult,
    ListRootsRequest,
    ListRootsResult,
    LoggingMessageNotification,
    LoggingMessageNotificationParams,
)
from offering import ERAS, MODERN, Offering

both_eras = pytest.mark.parametrize("era", ERAS)

FORM: dict[str, Json] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "default": "Ann"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 9.5},
        "status": {"type": "string", "enum": ["on", "off"], "default": "on"},
        "sure": {"type": "boolean", "default": False},
        "many": {
            "type": "array",
            "items": {"type": "string", "enum": ["a", "b"]},
            "default": ["a"],
        },
        "note": {"type": "string"},
    },
    "required": ["name", "age"],
}
DEFAULTS: dict[str, Json] = {
    "name": "Ann",
    "age": 30,
    "score": 9.5,
    "status": "on",
    "sure": False,
    "many": ["a"],
}


def _accepted(content: dict[str, Json]) -> ElicitResult:
    return ElicitResult.model_validate({"action": "accept", "content": content})


ASKED = ElicitRequest.model_validate(
    {
        "method": "elicitation/create",
        "params": {"mode": "form", "message": "Who?", "requestedSchema": FORM},
    }
)
VISIT = ElicitRequest.model_validate(
    {
        "method": "elicitation/create",
        "params": {"mode": "url", "message": "Go", "url": "https://x.y/", "elicitationId": "7"},
    }
)
SAMPLE = CreateMessageRequest.model_validate(
    {
        "method": "sampling/createMessage",
        "params": {
            "messages": [{"role": "user", "content": {"type": "text", "text": "Hi"}}],
            "maxTokens": 5,
            "systemPrompt": "Be brief",
            "temperature": 0.5,
            "stopSequences": ["."],
            "modelPreferences": {"hints": [{"name": "m"}]},
        },
    }
)


async def _call(offering: Offering, era: str, callbacks: Callbacks) -> ExecutionResponse:
    config = {"protocol": era, "retry_count": 1}
    async with AutoMCPClient("t", config, server=offering.server(), callbacks=callbacks) as client:
        return await client.groups["asks"].outcome("me")


@both_eras
@pytest.mark.parametrize(
    ("answered", "sent"),
    [
        (Answered.accept(), _accepted(DEFAULTS)),
        (
            Answered.accept({"age": 3, "note": "x"}),
            _accepted({**DEFAULTS, "age": 3, "note": "x"}),
        ),
        (Answered.decline(), ElicitResult(action="decline")),
        (Answered.cancel(), ElicitResult(action="cancel")),
    ],
)
async def test_forms_are_completed_with_their_defaults(
    era: str, answered: Answered, sent: ElicitResult
) -> None:
    offering, seen = Offering(question=ASKED, reply=ElicitResult), list[Question]()

    async def elicit(question: Question) -> Answered:
        seen.append(question)
        return answered

    assert (await _call(offering, era, Callbacks(elicit=elicit))).text == "done"
    assert seen == [FormQuestion("Who?", FORM)]
    assert offering.answered == [sent]
    assert offering.states == ([None, " \u00e9 s= "] if era == MODERN else [None])


@both_eras
async def test_pages_to_visit_carry_no_content(era: str) -> None:
    offering, seen = Offering(question=VISIT, reply=ElicitResult), list[Question]()

    def elicit(question: Question) -> Answered:
        seen.append(question)
        return Answered.accept({"left": "out"})

    assert (await _call(offering, era, Callbacks(elicit=elicit))).text == "done"
    # The id is one of before 2026-07-28, where the SDK leaves it out.
    (question,) = seen
    assert isinstance(question, UrlQuestion)
    assert (question.message, question.url) == ("Go", "https://x.y/")
    assert offering.answered == [ElicitResult(action="accept")]


@both_eras
async def test_models_answer(era: str) -> None:
    offering, seen = Offering(question=SAMPLE, reply=CreateMessageResult), list[SampleQuestion]()

    def sample(question: SampleQuestion) -> SampleAnswer:
        seen.append(question)
        return SampleAnswer("Hello", "m-1", "endTurn")

    assert (await _call(offering, era, Callbacks(sample=sample))).text == "done"
    assert seen == [
        SampleQuestion(
            messages=(Turn("user", (Text("Hi"),)),),
            max_tokens=5,
            system="Be brief",
            temperature=0.5,
            stop=(".",),
            options={"modelPreferences": {"hints": [{"name": "m"}]}},
        )
    ]
    assert seen[0].messages[0].text == "Hi"
    (answer,) = offering.answered
    assert isinstance(answer, CreateMessageResult)
    wire = {"role": "assistant", "content": {"type": "text", "text": "Hello"}, "model": "m-1"}
    assert answer == CreateMessageResult.model_validate({**wire, "stopReason": "endTurn"})


@both_eras
async def test_models_use_tools(era: str) -> None:
    use = {"type": "tool_use", "id": "1", "name": "add", "input": {"a": 1}}
    outcome = {
        "type": "tool_result",
        "toolUseId": "1",
        "content": [{"type": "text", "text": "3"}],
        "structuredContent": {"sum": 3},
        "isError": True,
    }
    asked = CreateMessageRequest.model_validate(
        {
            "method": "sampling/createMessage",
            "params": {
                "messages": [
                    {"role": "assistant", "content": [use]},
                    {"role": "user", "content": [outcome]},
                ],
                "maxTokens": 5,
                "tools": [{"name": "add", "inputSchema": {"type": "object"}}],
            },
        }
    )
    offering = Offering(question=asked, reply=CreateMessageResultWithTools)
    seen: list[SampleQuestion] = []

    def sample(question: SampleQuestion) -> SampleAnswer:
        seen.append(question)
        return SampleAnswer(
            [Image(b"x", "image/png"), ToolUse("2", "add", {"a": 2})], "m", "toolUse"
        )

    assert (await _call(offering, era, Callbacks(sample=sample, sample_tools=True))).text == "done"
    assert [turn.content for turn in seen[0].messages] == [
        (ToolUse("1", "add", {"a": 1}),),
        (ToolOutcome("1", (Text("3"),), {"sum": 3}, failed=True),),
    ]
    assert [tool["name"] for tool in seen[0].tools] == ["add"]
    (answer,) = offering.answered
    assert isinstance(answer, CreateMessageResultWithTools)
    assert [block.type for block in answer.content_as_list] == ["image", "tool_use"]


@both_eras
async def test_roots_are_told(era: str) -> None:
    offering = Offering(question=ListRootsRequest(), reply=ListRootsResult)

    async def roots() -> Sequence[Root]:
        return [Root("file:///a", "A"), Root("file:///b")]

    assert (await _call(offering, era, Callbacks(roots=roots))).text == "done"
    (answer,) = offering.answered
    assert isinstance(answer, ListRootsResult)
    assert [(str(root.uri), root.name) for root in answer.roots] == [
        ("file:///a", "A"),
        ("file:///b", None),
    ]


def _raise(question: object) -> Answered:
    raise LookupError("secret path")


NO_JSON: Any = {"age": {1}}
WRONG: list[tuple[Any, Callbacks, str]] = [
    (ASKED, Callbacks(), "asks for an elicitation"),
    (SAMPLE, Callbacks(), "asks for a sample"),
    (ListRootsRequest(), Callbacks(), "asks for the roots"),
    (
        ASKED,
        Callbacks(elicit=lambda _: Answered.accept({"age": "x"})),
        "does not fit the form: age",
    ),
    (ASKED, Callbacks(elicit=lambda _: Answered.accept(NO_JSON)), "is no JSON"),
    (ListRootsRequest(), Callbacks(roots=lambda: [Root("http://x")]), "the protocol cannot say"),
]


@pytest.mark.parametrize(("question", "callbacks", "words"), WRONG)
async def test_answers_that_are_none_end_the_call(
    question: Any, callbacks: Callbacks, words: str
) -> None:
    response = await _call(Offering(question=question), MODERN, callbacks)
    assert isinstance(response.error, CannotAnswer)
    assert words in str(response.error)


async def test_what_a_callback_raises_ends_the_call() -> None:
    with pytest.raises(LookupError, match="secret path"):
        await _call(Offering(question=ASKED), MODERN, Callbacks(elicit=_raise))


async def test_a_server_of_before_hears_no_reasons(caplog: pytest.LogCaptureFixture) -> None:
    offering = Offering(question=ASKED, reply=ElicitResult)
    with caplog.at_level(logging.ERROR):
        response = await _call(offering, "2025-11-25", Callbacks(elicit=_raise))
    assert isinstance(response.error, ClientError)
    assert "no answer" in str(response.error)
    assert "secret path" in caplog.text
    assert "secret path" not in str(response.error)


@both_eras
@pytest.mark.parametrize("uri", ["x://asked"])
async def test_resources_and_prompts_ask_too(era: str, uri: str) -> None:
    offering = Offering(question=ASKED, reply=ElicitResult)
    callbacks = Callbacks(elicit=lambda _: Answered.accept())
    config = {"protocol": era}
    async with AutoMCPClient("t", config, server=offering.server(), callbacks=callbacks) as client:
        (part,) = await client.read_resource(uri)
        assert part.body == "text of x://asked"
        assert (await client.prompt("p", {"a": "1"})).description == "d"
    expected = _accepted(DEFAULTS)
    assert offering.answered == [expected, expected]


async def test_a_server_of_before_is_told_what_to_log() -> None:
    offering, heard = Offering(), list[LogMessage]()
    callbacks = Callbacks(log=heard.append, log_level="warning")
    config = {"protocol": "2025-11-25"}
    async with AutoMCPClient("t", config, server=offering.server(), callbacks=callbacks) as client:
        await client.groups["asks"].execute("me")
        params = LoggingMessageNotificationParams(level="error", data={"a": 1}, logger="where")
        await offering.sessions[0].send_notification(LoggingMessageNotification(params=params))
        await client.groups["asks"].execute("me")
    assert offering.levels == ["warning"]
    assert heard == [LogMessage("error", {"a": 1}, "where")]


def test_defaults_that_do_not_fit_are_refused() -> None:
    form = FormQuestion("?", {"properties": {"a": {"type": "integer", "default": "x"}}})
    with pytest.raises(CannotAnswer, match="does not fit the form: a"):
        filled(form, None)


def test_forms_without_properties_take_anything() -> None:
    assert filled(FormQuestion("?", {"properties": True}), {"a": 1}) == {"a": 1}


@both_eras
async def test_the_time_that_the_user_takes_does_not_count(era: str) -> None:
    async def elicit(question: Question) -> Answered:
        await anyio.sleep(0.3)
        return Answered.decline()

    offering = Offering(question=ASKED, reply=ElicitResult)
    config = {"protocol": era, "retry_count": 1}
    callbacks = Callbacks(elicit=elicit)
    async with AutoMCPClient("t", config, server=offering.server(), callbacks=callbacks) as client:
        group = client.groups["asks"].with_options(timeout=0.15)
        async with anyio.create_task_group() as tasks:
            # They share one connection, so the second one begins while the first one's clock stands.
            tasks.start_soon(group.execute, "me")
            await anyio.sleep(0.05)
            tasks.start_soon(group.execute, "me")
    assert len(offering.answered) == 2


async def test_clocks_go_on_where_they_stopped() -> None:
    patience = Patience()
    with anyio.CancelScope(deadline=anyio.current_time() + 50) as limit, patience.limiting(limit):
        with patience.answering(), patience.answering():
            assert limit.deadline == inf
            with anyio.CancelScope(deadline=anyio.current_time() + 20) as later:
                with patience.limiting(later):
                    assert later.deadline == inf
        assert 49 < limit.deadline - anyio.current_time() <= 50
