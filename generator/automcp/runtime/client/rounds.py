"""Requests that take several rounds: the server asks, and gets its answers with the request made anew (SEP-2322)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio
from mcp_types import InputRequest, InputRequiredResult, InputResponse, InputResponses

from .errors import OperationError

T = TypeVar("T")

_MOST_ROUNDS = 10
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 0.25


async def concluded(
    asked: InputRequiredResult,
    again: Callable[[InputResponses | None, str | None], Awaitable[T | InputRequiredResult]],
    answer: Callable[[InputRequest], Awaitable[InputResponse]],
) -> T:
    """Answer the server until it gives a result, at most ten times.

    Args:
        again: Makes the request once more, with the answers, and with the server's state exactly as it came.

    Raises:
        OperationError: It asked once more after that.
        Exception: What `again` and `answer` raise.
    """
    pause = _FIRST_PAUSE
    for _ in range(_MOST_ROUNDS):
        responses: InputResponses | None = None
        if asked.input_requests:
            responses = {
                key: await answer(request) for key, request in asked.input_requests.items()
            }
        else:
            await anyio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        result = await again(responses, asked.request_state)
        if not isinstance(result, InputRequiredResult):
            return result
        asked = result
    raise OperationError(f"the server asked for input more than {_MOST_ROUNDS} times")
