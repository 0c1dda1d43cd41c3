"""Typed values that keep what was on the wire: nothing added, nothing lost, absent stays absent."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from math import isfinite
from typing import Any, Final, TypeAlias, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .deferred import Deferred, make
from .path import Step, spell

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

DEPTH_LIMIT = 200
"""How many lists and objects may lie in each other: as many as the SDK's JSON parser takes."""

T = TypeVar("T")


class Unset(Enum):
    """The type of `UNSET`, the one value that says "not sent" where `None` would mean `null`."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: Final = Unset.UNSET


def given(value: T | None) -> T | Unset:
    """`value`, or `UNSET` in place of `None`."""
    return UNSET if value is None else value


class Model(BaseModel, metaclass=Deferred):
    """An object of the spec.

    Its schema is checked elsewhere and before; a model only gives types. So it takes every
    property that it does not know, and keeps them.
    """

    model_config = ConfigDict(
        frozen=True,
        # Most models of a big service are not used in a given process: half of their cost waits until they are.
        defer_build=True,
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        protected_namespaces=(),
    )

    def __setstate__(self, state: dict[Any, Any]) -> None:
        # What comes out of a pickle was made without asking its class for anything.
        make(type(self))
        super().__setstate__(state)

    def sent(self, name: str) -> bool:
        """Whether the field `name` (as the class spells it) was given, even if as its default."""
        return name in self.model_fields_set


def _is_none(value: object) -> bool:
    return value is None


ABSENT: Any = Field(default=None, exclude_if=_is_none)
"""The default of an optional field that must not be `null`: `None` means that it is not there.

One for all fields, because pydantic copies it: a call for each would cost a service of 450 operations 40 ms at its start,
and take it beyond what pyright looks through in one module.
"""


def typed(read: Callable[[Any], T], value: Json) -> T:
    """What `read`, which validates by a model, makes of a value that fits the model's schema.

    To JSON Schema 1e19 is an integer, to pydantic it is a float like any other: it is read again as an int.

    Raises:
        pydantic.ValidationError: It does not fit the model all the same.
    """
    try:
        return read(value)
    except ValidationError:
        return read(_whole(value))


def _whole(value: Json) -> Json:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole(member) for key, member in value.items()}
    return value


def to_json(value: object) -> Json:
    """The JSON that `value` stands for.

    Models become objects by their wire names, without the fields that nobody set. Members of
    dicts that are `UNSET` are left out. No list or dict of `value` is in what comes back.

    Raises:
        TypeError: Something in it is no JSON (a set, bytes, a date, a key that is no string).
        ValueError: A number is NaN or infinite, a string no Unicode text, or `DEPTH_LIMIT` passed.
        Either way the message starts with the place: `lines[0].price: ...`.
    """
    try:
        return _plain(value, DEPTH_LIMIT)
    except _Unfit as unfit:
        raise unfit.error() from None


_AS_THEY_ARE = frozenset((bool, int, type(None)))


class _Unfit(Exception):
    """Something that is no JSON; collects its place on the way out, so that good values pay nothing."""

    def __init__(self, kind: type[Exception], problem: str) -> None:
        super().__init__(problem)
        self._kind = kind
        self._problem = problem
        self._steps: list[Step] = []

    def inside(self, step: Step) -> _Unfit:
        self._steps.append(step)
        return self

    def error(self) -> Exception:
        place = spell(reversed(self._steps))
        return self._kind(f"{place}: {self._problem}" if place else self._problem)


def _plain(value: object, room: int) -> Json:
    # First what comes here most: `_plain_object` sees to plain members itself.
    if room and isinstance(value, dict):
        return _plain_object(cast("dict[object, object]", value), room - 1)
    if room and isinstance(value, list | tuple):
        return _plain_array(cast("list[object] | tuple[object, ...]", value), room - 1)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return value if type(value) is int else int(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise _Unfit(ValueError, f"{value} is no JSON number")
        return value
    if room == 0:
        raise _Unfit(ValueError, f"nested more than {DEPTH_LIMIT} levels deep")
    if isinstance(value, BaseModel):
        return _plain(_dumped(value), room - 1)
    raise _Unfit(TypeError, f"a {type(value).__name__} is no JSON value")


def _text(value: str) -> str:
    if not is_text(value):
        raise _Unfit(ValueError, "half a character (a lone surrogate) is no text")
    # `str.__str__`, because the `str()` of a string enumeration is not its value.
    return value if type(value) is str else str.__str__(value)


def is_text(value: str) -> bool:
    """Whether a string is Unicode text, which one with half a character (a lone surrogate) is not."""
    try:
        return value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


def _dumped(model: BaseModel) -> object:
    try:
        # Without pydantic's own warnings: what does not fit the schema is reported against the schema.
        return model.model_dump(by_alias=True, exclude_unset=True, warnings=False)
    except ValueError as error:
        raise _Unfit(ValueError, str(error)) from None


def _plain_object(members: dict[object, object], room: int) -> Json:
    plain: dict[str, Any] = {}
    for key, member in members.items():
        if not isinstance(key, str):
            raise _Unfit(TypeError, f"the key {key!r} is no string")
        if member is UNSET:
            continue
        name = key if type(key) is str and key.isascii() else _named(key)
        # What most members are, without a call for each: that halves the time that small objects take.
        if (
            type(member) in _AS_THEY_ARE
            or (type(member) is str and member.isascii())
            or (type(member) is float and isfinite(member))
        ):
            plain[name] = member
            continue
        try:
            plain[name] = _plain(member, room)
        except _Unfit as unfit:
            raise unfit.inside(key) from None
    return plain


def _named(key: str) -> str:
    try:
        return _text(key)
    except _Unfit as unfit:
        raise unfit.inside(key) from None


def _plain_array(items: list[object] | tuple[object, ...], room: int) -> Json:
    if _is_flat(items):
        return list(cast("list[Json]", items))
    plain: list[Json] = []
    for index, item in enumerate(items):
        try:
            plain.append(_plain(item, room))
        except _Unfit as unfit:
            raise unfit.inside(index) from None
    return plain


def _is_flat(items: list[Any] | tuple[Any, ...]) -> bool:
    """Whether all items are texts, or all are numbers and the like, and JSON as they are.

    Long lists mostly are. Seen to by built-in functions alone, it costs a tenth of a look at each item.
    """
    kinds = set(map(type, items))
    if kinds == {str}:
        return is_text("".join(cast("list[str]", items)))
    if kinds == {float}:
        return all(map(isfinite, items))
    return kinds <= _AS_THEY_ARE
