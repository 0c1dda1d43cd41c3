"""Lists, in one piece or in pages."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import cast

from ..shared.model import Json
from .errors import INVALID_PARAMS, ProtocolError
from .request import Wire


def page(member: str, items: Sequence[Wire], size: int | None, params: Wire) -> Wire:
    """The list result that holds the items which `params.cursor` asks for.

    Raises `ProtocolError` (-32602) for a cursor that this server did not give (MCP, pagination).
    """
    start = _start(params.get("cursor"), len(items))
    end = len(items) if size is None else start + size
    result: Wire = {member: cast("list[Json]", list(items[start:end]))}
    if end < len(items):
        result["nextCursor"] = base64.urlsafe_b64encode(str(end).encode()).decode()
    return result


def _start(cursor: Json, count: int) -> int:
    if cursor is None:
        return 0
    try:
        start = int(base64.urlsafe_b64decode(cast("str", cursor).encode()).decode())
    except (AttributeError, ValueError, binascii.Error):
        start = -1
    if not 0 < start < count:
        raise ProtocolError(INVALID_PARAMS, "This cursor is not one of this list.")
    return start
