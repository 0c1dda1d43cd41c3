"""What a tool answered reaches programs whole, and a terminal harmless."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from automcp.cli.answer import is_wrapped, show_answer, show_log
from mcp.types import CallToolResult, ImageContent, TextContent

NASTY = 'a\x1b[31mb\x9bc\u202ed "é" \U0001f600'


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=text)


ANSWERS = [
    (CallToolResult(content=[], structured_content={"a": NASTY}), False, {"a": NASTY}),
    (CallToolResult(content=[], structured_content={"result": [1]}), True, [1]),
    (CallToolResult(content=[], structured_content={"result": [1]}), False, {"result": [1]}),
    (CallToolResult(content=[], structured_content={"result": None}), True, None),
    (CallToolResult(content=[_text('{"b": 1}')]), False, {"b": 1}),
    (
        CallToolResult(content=[ImageContent(type="image", data="AA==", mime_type="image/png")]),
        False,
        {"type": "image", "data": "AA==", "mimeType": "image/png"},
    ),
]


@pytest.mark.parametrize(("answer", "wrapped", "value"), ANSWERS)
def test_a_pipe_gets_json(
    capsys: pytest.CaptureFixture[str], answer: CallToolResult, wrapped: bool, value: object
) -> None:
    assert show_answer(answer, wrapped=wrapped)
    out = capsys.readouterr().out
    assert json.loads(out) == value
    assert out.count("\n") == 1


@pytest.mark.parametrize(
    ("value", "texts", "wrapped"),
    [
        (3, ["3"], True),
        ("3", ["3"], True),
        ("a", ["a"], True),
        (None, ["null"], True),
        ([1, 2], ["[1, 2]"], True),
        ([1, 2], ["1", "2"], True),
        ([], [], True),
        ({"b": [1], "a": 1}, ['{"a": 1, "b": [1]}'], True),
        # An object that has a `result` is one.
        (3, ['{"result": 3}'], False),
        (3, ["done"], False),
        (True, ["1"], False),
        ([1, 2], ["1"], False),
        (3, [], False),
    ],
)
def test_what_is_wrapped_is_told_by_the_text(
    value: object, texts: list[str], wrapped: bool
) -> None:
    answer = CallToolResult(
        content=[_text(text) for text in texts], structured_content={"result": value}
    )
    assert is_wrapped(answer) == wrapped
    more = answer.model_copy(update={"structured_content": {"result": value, "more": 1}})
    assert not is_wrapped(more)


def test_a_log_is_harmless_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def yes(stream: object) -> bool:
        return True

    monkeypatch.setattr("automcp.cli.answer.is_terminal", yes)
    with (tmp_path / "log").open("w+", encoding="utf-8") as log:
        show_log(log)
        assert capsys.readouterr().err == ""
        log.write(f"one\n{NASTY}\n")
        show_log(log)
    said = capsys.readouterr().err
    assert said.startswith("the server's log:\n  one\n  a")
    assert all(char.isprintable() or char == "\n" for char in said)


@pytest.mark.parametrize("structured", [True, False])
@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_obeys_nothing_in_it(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    structured: bool,
    no_color: str,
) -> None:
    def yes(stream: object) -> bool:
        return True

    monkeypatch.setattr("automcp.cli.answer.is_terminal", yes)
    monkeypatch.setenv("NO_COLOR", no_color)
    content = {"a": NASTY} if structured else None
    show_answer(CallToolResult(content=[_text(NASTY)], structured_content=content), wrapped=False)
    out = capsys.readouterr().out
    assert all(char.isprintable() or char == "\n" for char in out)
    assert "é" in out


def test_a_failure_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    failure = CallToolResult(content=[_text("NotFound: no\n{}")], is_error=True)
    assert not show_answer(failure, wrapped=False)
    assert capsys.readouterr() == ("", "error: NotFound: no\n{}\n")
    assert not show_answer(CallToolResult(content=[], is_error=True), wrapped=False)
