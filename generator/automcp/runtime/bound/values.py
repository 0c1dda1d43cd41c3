"""What a backend is sent: JSON of typed values, without what nobody sent."""

from __future__ import annotations

import json
from typing import TypeVar, cast, overload

from pydantic import SecretStr

from ..shared.model import UNSET, Json, Unset, to_json

T = TypeVar("T")


@overload
def revealed(secret: SecretStr) -> str: ...
@overload
def revealed(secret: SecretStr | None) -> str | Unset: ...
def revealed(secret: SecretStr | None) -> str | Unset:
    """The text of a secret setting; `UNSET` if it has none."""
    return UNSET if secret is None else secret.get_secret_value()


def sent(value: object) -> Json | Unset:
    """`value` as JSON; what is `UNSET` in it, a member or an item, is left out.

    Raises:
        TypeError, ValueError: What `to_json` raises.
    """
    return UNSET if value is UNSET else to_json(_pruned(value))


def _pruned(value: object) -> object:
    if isinstance(value, dict):
        members = cast("dict[object, object]", value)
        return {key: _pruned(member) for key, member in members.items() if member is not UNSET}
    if isinstance(value, list | tuple):
        items = cast("list[object]", value)
        return [_pruned(item) for item in items if item is not UNSET]
    return value


def text(*pieces: object) -> str | Unset:
    """The pieces in a row; `UNSET` if one of them is, as half a text has no meaning."""
    said = [spelled(piece) for piece in pieces]
    return UNSET if UNSET in said else "".join(cast("list[str]", said))


def spelled(value: object) -> str | Unset:
    """A value as text: a string as it is, anything else as its JSON."""
    plain = sent(value)
    if isinstance(plain, str | Unset):
        return plain
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
