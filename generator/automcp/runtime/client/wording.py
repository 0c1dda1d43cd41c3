"""Values as words: in addresses, in arguments of prompts, in completions, which hold nothing but text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import cast

from ..shared.model import UNSET
from ..shared.uri_template import Value


def word(value: object) -> str:
    """A value as text: as itself, or as JSON writes it (`true`, `1.5`).

    Raises:
        TypeError: It is neither a string nor a number nor a truth value.
    """
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool | int | float):
        return json.dumps(value, allow_nan=False)
    raise TypeError(f"a {type(value).__name__} is no text")


def words_of(values: Mapping[str, object]) -> dict[str, str]:
    """The values that are there, as text. Raises `TypeError` as `word` does."""
    return {name: _placed(name, value) for name, value in _sent(values).items()}


def values_of(variables: Mapping[str, object]) -> dict[str, Value]:
    """The variables of a URI template that are there, lists and mappings included. Raises as `word`."""
    return {name: _value(name, value) for name, value in _sent(variables).items()}


def _sent(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value for name, value in values.items() if value is not None and value is not UNSET
    }


def _value(name: str, value: object) -> Value:
    if isinstance(value, Mapping):
        return words_of(cast("Mapping[str, object]", value))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_placed(name, one) for one in cast("Sequence[object]", value)]
    return _placed(name, value)


def _placed(name: str, value: object) -> str:
    try:
        return word(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: {error}") from None
