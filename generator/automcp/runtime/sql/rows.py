"""Rows of a database as JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)
from math import isfinite
from typing import Literal, TypeAlias, cast
from uuid import UUID

from ..shared.failure import BackendError
from ..shared.model import Json
from .query import Fetched

Kind: TypeAlias = Literal["boolean", "json"]
"""What a column holds that a database cannot say itself: SQLite has neither booleans nor JSON."""

_SPELLED = (UUID, IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network)


def records(
    fetched: Fetched, kinds: Mapping[str, Kind], optional: Collection[str]
) -> list[dict[str, Json]]:
    """A JSON object for each row.

    Args:
        kinds: Of columns, by name.
        optional: The columns that are left out where they are NULL.

    Raises:
        BackendError: Two columns have the same name, or a value has no JSON form.
    """
    columns = fetched.columns
    if len({*columns}) < len(columns):
        twice = next(name for name in columns if list(columns).count(name) > 1)
        raise BackendError(
            f"two columns are called {twice!r}: the statement must name them apart (AS)"
        )
    return [
        {
            name: to_json(name, value, kinds.get(name))
            for name, value in zip(columns, row, strict=True)
            if value is not None or name not in optional
        }
        for row in fetched.rows
    ]


def to_json(name: str, value: object, kind: Kind | None = None) -> Json:
    """A database's value as JSON. Bytes become base64, dates and times ISO 8601.

    Decimals become numbers, with as many digits as JSON's readers have: who wants all casts them to text.

    Args:
        name: Of the column, for messages.

    Raises:
        BackendError: It has no JSON form, or is not of its kind.
    """
    if kind == "boolean" and type(value) is int and value in (0, 1):
        return value == 1
    if kind == "json" and isinstance(value, str):
        return _parsed(name, value)
    return _plain(name, value)


def _plain(name: str, value: object) -> Json:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        return _number(name, value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, _SPELLED):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(name, item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {
            str(key): _plain(name, one) for key, one in cast("dict[object, object]", value).items()
        }
    raise BackendError(
        f"the column {name!r} is a {type(value).__name__}, which JSON has not: cast it to text"
    )


def _number(name: str, value: float | Decimal) -> Json:
    if not isfinite(value):
        raise BackendError(f"the column {name!r} is {value}, which is no JSON number")
    # Sums of integers are decimals to PostgreSQL.
    whole = isinstance(value, Decimal) and cast("int", value.as_tuple().exponent) >= 0
    return int(value) if whole else float(value)


def _parsed(name: str, text: str) -> Json:
    try:
        return cast("Json", json.loads(text))
    except (ValueError, RecursionError):
        raise BackendError(f"the column {name!r} holds no JSON") from None
