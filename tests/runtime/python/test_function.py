"""Functions that know nothing of a service are called with what they ask for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest
from automcp.runtime.python.function import blocks, call
from automcp.runtime.shared.content import Text
from automcp.runtime.shared.failure import ArgumentError, BackendError
from automcp.runtime.shared.model import UNSET, Model
from pydantic import BaseModel

if TYPE_CHECKING:
    from nowhere import Nothing  # pyright: ignore[reportMissingImports, reportUnknownVariableType]

pytestmark = pytest.mark.anyio


@dataclass
class Stay:
    start: date
    nights: int = 1


class Line(Model):
    sku: str
    note: str | None = None


class Own(BaseModel):
    sku: str
    unit: str = "kg"


def plain(value: object, *, width: int = 7) -> object:
    return [value, width]


async def waiting(value: object, width: int = 7) -> object:
    return [value, width]


def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def inside(*given: object, **named: object) -> Any:
        return function(*given, **named)

    return inside


@pytest.mark.parametrize("function", [plain, waiting, decorated(waiting)])
async def test_plain_ones_and_async_ones(function: Callable[..., object]) -> None:
    assert await call(function, value="a", width=UNSET) == ["a", 7]
    assert await call(function, value=None, width=3) == [None, 3]


async def test_a_plain_one_does_not_hold_the_server_up() -> None:
    def thread() -> str:
        return threading.current_thread().name

    async def loop() -> str:
        return threading.current_thread().name

    own = threading.current_thread().name
    assert await call(thread) != own
    assert await call(loop) == own


async def test_arguments_become_what_is_asked_for() -> None:
    def book(stay: Stay, day: date, lines: list[Line], anything: object) -> object:
        assert isinstance(stay.start, date)
        assert lines[0].sku == "A"
        return [type(one).__name__ for one in (stay, day, lines[0], anything)]

    line = Line(sku="A")
    told = await call(
        book, stay={"start": "2026-01-02"}, day="2026-01-03", lines=[line], anything=line
    )
    assert told == ["Stay", "date", "Line", "dict"]


async def test_who_asks_for_nothing_gets_json() -> None:
    def told(*given: object, **named: object) -> object:
        return [given, {name: type(one).__name__ for name, one in named.items()}]

    assert await call(told, line=Line(sku="A")) == [[], {"line": "dict"}]


async def test_arguments_that_cannot_are_refused_with_their_place() -> None:
    def book(stay: Stay) -> None:
        raise AssertionError(stay)

    with pytest.raises(ArgumentError) as refused:
        await call(book, stay={"start": "tomorrow"})
    assert refused.value.name == "stay"
    assert "start: " in refused.value.problem


async def test_annotations_that_only_checkers_know_are_left_alone() -> None:
    def hidden(value: Nothing) -> object:  # pyright: ignore[reportUnknownParameterType]
        return value  # pyright: ignore[reportUnknownVariableType]

    assert await call(hidden, value=Line(sku="A")) == {"sku": "A"}  # pyright: ignore[reportUnknownArgumentType]


async def test_the_context_is_handed_over_as_it_is() -> None:
    marker = object()

    async def told(value: str, context: Any) -> bool:
        return context is marker

    assert await call(told, value="a", context=marker) is True


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Stay(date(2026, 1, 2)), {"start": "2026-01-02", "nights": 1}),
        ({"price": Decimal("1.50")}, {"price": "1.50"}),
        ((1, {2}), [1, [2]]),
        ([Line(sku="A")], [{"sku": "A"}]),
        ({"lines": (Line(sku="A", note=None),)}, {"lines": [{"sku": "A", "note": None}]}),
        ([Own(sku="A")], [{"sku": "A", "unit": "kg"}]),
        (None, None),
        ("a", "a"),
    ],
)
async def test_answers_become_json(answer: object, expected: object) -> None:
    assert await call(lambda: answer) == expected


@pytest.mark.parametrize("answer", [object(), b"\xff", {"a": iter}])
async def test_answers_that_cannot(answer: object) -> None:
    with pytest.raises(BackendError, match="which is no JSON"):
        await call(lambda: answer)


async def test_content_comes_back_as_it_is() -> None:
    block = Text("a")
    assert await blocks(lambda: block) is block


async def test_what_a_function_raises_is_raised() -> None:
    def broken() -> None:
        raise LookupError("its own affair")

    with pytest.raises(LookupError, match="its own affair"):
        await call(broken)
