"""What operations take is declared, and becomes a model when it is first needed."""

from __future__ import annotations

from typing import Annotated

import pytest
from automcp.runtime.server.params import Params, model_of
from automcp.runtime.shared.model import Model, absent
from pydantic import BaseModel, Field


class Line(Model):
    sku: str


class OrderParams(Params):
    """What an order takes."""

    lines: list[Line]
    later: Later | None = absent()
    from_: Annotated[str, Field(alias="from")] = "here"
    count: int = 3


class Later(Model):
    day: str


def test_a_declaration_is_no_model_yet() -> None:
    assert not issubclass(OrderParams, BaseModel)
    assert issubclass(model_of(OrderParams), Model)


def test_the_model_is_made_once_and_keeps_its_name() -> None:
    made = model_of(OrderParams)
    assert model_of(OrderParams) is made
    assert (made.__name__, made.__module__, made.__doc__) == (
        "OrderParams",
        __name__,
        "What an order takes.",
    )


def test_it_reads_like_the_class_that_was_declared() -> None:
    read = model_of(OrderParams).model_validate(
        {"lines": [{"sku": "tea"}], "from": "Oslo", "later": {"day": "Monday"}}, by_name=False
    )
    assert isinstance(read, model_of(OrderParams))
    assert read.model_dump(by_alias=True) == {
        "lines": [{"sku": "tea"}],
        "later": {"day": "Monday"},
        "from": "Oslo",
        "count": 3,
    }
    assert read.sent("from_") and not read.sent("count")


def test_what_is_missing_is_still_missed() -> None:
    with pytest.raises(ValueError, match="lines"):
        model_of(OrderParams).model_validate({})


def test_a_model_is_left_as_it_is() -> None:
    assert model_of(Line) is Line
