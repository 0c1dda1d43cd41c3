"""What a backend answers becomes what an operation returns, or is told to be something else."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from automcp.runtime.bound.declared import declared
from automcp.runtime.bound.reading import read
from automcp.runtime.shared.failure import BackendError, DeclaredError
from automcp.runtime.shared.model import ABSENT, Json, Model, to_json
from pydantic import Field


class Day(Model):
    from_: Annotated[str, Field(alias="from")]
    high: int | float
    note: str | None = ABSENT


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (str, "a"),
        (int | float, 1),
        (int | float, 1.5),
        (int, 10**30),
        (str | None, None),
        (Literal["a", 2], 2),
        (list[str], []),
        (dict[str, list[bool]], {"a": [True]}),
        (Any, {"anything": [1, None, {"b": 2.5}]}),
        (list[Day], [{"from": "a", "high": 1}, {"from": "b", "high": 2.5, "note": "c"}]),
        (Day, {"from": "a", "high": 1, "from_": "another", "more": {"x": [None]}}),
        (Day | str, "a"),
    ],
)
def test_what_fits_comes_back_as_it_was(kind: Any, value: Json) -> None:
    assert to_json(read(kind, value)) == value


def test_a_whole_number_is_an_integer_however_it_is_written() -> None:
    assert read(int, 1e19) == 10**19


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (str, 5, "the value: Input should be a valid string"),
        (int, "5", "the value: Input should be a valid integer"),
        (int, True, "the value: Input should be a valid integer"),
        (bool, "yes", "the value: Input should be a valid boolean"),
        (list[str], ["a", None], "[1]: Input should be a valid string"),
        (list[Day], [{"from": "a", "high": "hot"}], "[0].high: Input should be"),
        (dict[str, int | list[int] | None], {"a": ["x"]}, "a: Input should be a valid integer"),
        (dict[str, Day | str], {"a": {"from": "x"}}, "a.high: Field required"),
        (list[int | list[int]], [[1], [2, "x"]], "[1]: Input should be a valid integer"),
        (list[Day], [{"from_": "a", "high": 1}], "[0].from: Field required"),
        (dict[str, Day], {"a b": {"from": "a"}}, '["a b"].high: Field required'),
        (Day, ["from"], "the value: Input should be"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(kind: Any, value: Json, said: str) -> None:
    with pytest.raises(BackendError) as failed:
        read(kind, value)
    assert failed.value.message.startswith(f"the answer does not fit: {said}")
    assert not failed.value.retryable


class Data(Model):
    code: int
    stderr: str | None = ABSENT


class Plain(DeclaredError):
    name = "Plain"

    def __init__(self, message: str = "It is plain.") -> None:
        super().__init__(message)


class Carrying(DeclaredError):
    name = "Carrying"
    data: Data

    def __init__(self, message: str = "It carries.", *, data: Data) -> None:
        super().__init__(message, data)


@pytest.mark.parametrize(
    ("message", "said"),
    [("", "It is plain."), (" \n", "It is plain."), ("bad\x1b[31m\nluck", "bad [31m luck")],
)
def test_declared_errors(message: str, said: str) -> None:
    error = declared(Plain, message, {"code": 1})
    assert isinstance(error, Plain)
    assert (error.message, error.data) == (said, None)


def test_what_a_declared_error_carries() -> None:
    error = declared(Carrying, "bad", {"code": 1, "more": 2})
    assert isinstance(error, Carrying)
    assert to_json(error.data) == {"code": 1, "more": 2}
    known = declared(Carrying, "", {"code": 1, "more": 2}, only_known=True)
    assert isinstance(known, Carrying)
    assert (known.message, to_json(known.data)) == ("It carries.", {"code": 1})


@pytest.mark.parametrize("data", [None, {}, {"code": "1"}, []])
def test_data_that_a_declared_error_cannot_carry(data: Json) -> None:
    error = declared(Carrying, "bad luck", data)
    assert isinstance(error, BackendError)
    said = (
        "the answer is empty or null, and does not fit"
        if data is None
        else "the answer does not fit"
    )
    assert error.message.startswith(f"Carrying: bad luck ({said}: ")
