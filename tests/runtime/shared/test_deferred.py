"""Models are declared when their module is imported, and made when they are first used."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest
from automcp.runtime.shared.model import Model
from pydantic import BaseModel, PydanticUserError, ValidationError, field_validator

_DECLARATIONS = '''
from __future__ import annotations
from typing import Annotated
from pydantic import Field
from automcp.runtime.shared.model import ABSENT

class Order(Model):
    """What was ordered."""

    lines: list[Line]
    later: Order | None = ABSENT
    from_: Annotated[str, Field(alias="from")] = "here"
    count: int = 3

class Line(Model):
    sku: str

class Empty(Model):
    """Whatever it holds."""
'''
_SENT: dict[str, Any] = {
    "lines": [{"sku": "tea"}],
    "from": "Oslo",
    "later": {"lines": []},
    "more": [1],
}


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[[type], Any]:
    """Makes a module with classes of this base that nobody has used."""

    def make(base: type) -> Any:
        module = ModuleType("declarations")
        module.__dict__["Model"] = base
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(_DECLARATIONS, module.__dict__)
        return module

    return make


@pytest.fixture
def declared(declare: Callable[[type], Any]) -> Any:
    return declare(Model)


def made(model: type) -> bool:
    return "__pydantic_fields__" in vars(model)


def test_a_declaration_says_what_it_is_without_being_made(declared: Any) -> None:
    order = declared.Order
    assert issubclass(order, Model) and not isinstance(1, order)
    assert (order.__name__, order.__module__, order.__doc__) == (
        "Order",
        "declarations",
        "What was ordered.",
    )
    assert list[order] and order | None
    assert not made(order)


def test_reading_makes_it_and_what_it_mentions(declared: Any) -> None:
    order = declared.Order.model_validate(_SENT, by_alias=True, by_name=False)
    assert made(declared.Order) and made(declared.Line) and not made(declared.Empty)
    assert isinstance(order, declared.Order) and isinstance(order.lines[0], declared.Line)
    assert order.model_dump(by_alias=True, exclude_unset=True) == _SENT
    assert (order.count, order.later.later, order.later.from_) == (3, None, "here")
    assert order.sent("from_") and not order.sent("count")


def test_calling_makes_it(declared: Any) -> None:
    order = declared.Order(lines=[declared.Line(sku="tea")], from_="Oslo")
    assert order.model_dump(exclude_unset=True) == {"lines": [{"sku": "tea"}], "from_": "Oslo"}
    with pytest.raises(ValidationError, match="sku"):
        declared.Line()


def test_asking_for_its_fields_makes_it(declared: Any) -> None:
    assert list(declared.Line.model_fields) == ["sku"]


def test_it_becomes_what_pydantic_makes_of_the_same_class(declare: Callable[[type], Any]) -> None:
    class Plain(BaseModel):
        model_config = Model.model_config

    theirs: Any = declare(Plain).Order
    ours: Any = declare(Model).Order
    assert ours.model_json_schema() == theirs.model_json_schema()
    assert repr(ours.model_fields) == repr(theirs.model_fields)
    assert str(ours.__signature__) == str(theirs.__signature__)
    assert type(ours) is type(theirs)


def test_threads_that_use_it_first_find_the_same_class(declared: Any) -> None:
    def read(_: int) -> Any:
        return declared.Order.model_validate(_SENT)

    with ThreadPoolExecutor(8) as threads:
        orders = list(threads.map(read, range(64)))
    assert all(order == orders[0] for order in orders)


def test_what_comes_out_of_a_pickle_is_of_a_class_that_is_made(
    declare: Callable[[type], Any],
) -> None:
    kept = pickle.dumps(declare(Model).Line(sku="tea"))
    # As in another process, where nobody has used the class.
    line = declare(Model).Line
    assert not made(line)
    assert pickle.loads(kept).model_dump() == {"sku": "tea"}
    assert made(line)


def test_a_declaration_that_pydantic_refuses_is_refused_at_each_use(declared: Any) -> None:
    exec("class Wrong(Model):\n    int: int = 1", declared.__dict__)
    for _ in range(2):
        with pytest.raises(PydanticUserError, match="clashing"):
            declared.Wrong()


def test_more_than_fields_is_made_at_once() -> None:
    assert made(_Loud)
    assert _Loud(text="a").text == "A"


def test_a_class_in_a_function_knows_what_stands_there() -> None:
    class Inner(Model):
        at: int

    class Outer(Model):
        inner: Inner

    assert Outer.model_validate({"inner": {"at": 1}}).inner.at == 1


def test_what_derives_from_a_declaration_has_its_fields(declared: Any) -> None:
    exec("class Sized(Line):\n    size: int", declared.__dict__)
    sized = declared.Sized(sku="tea", size=1)
    assert list(declared.Sized.model_fields) == ["sku", "size"]
    assert isinstance(sized, declared.Line)


class _Loud(Model):
    text: str

    @field_validator("text")
    @classmethod
    def upper(cls, text: str) -> str:
        return text.upper()
