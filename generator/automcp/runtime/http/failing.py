"""What an answer that is no success becomes: an error of the spec, or the API's failure in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ..bound.declared import declared
from ..shared.failure import BackendError, DeclaredError
from ..shared.model import Json
from .repeats import PASSING, REFUSED, retry_after
from .reply import Reply

Errors: TypeAlias = Mapping[int | str, type[DeclaredError]]
"""What statuses mean: `404`, `"4XX"`, or `"default"` for all that are no success."""


def failure(reply: Reply, errors: Errors, *, again: bool) -> Exception:
    """The exception for an answer that is no success.

    Args:
        again: Whether asking twice does no more than asking once.
    """
    for key in (reply.status, f"{reply.status // 100}XX", "default"):
        if key in errors:
            return declared(errors[key], reply.detail(), _body(reply))
    return _failed(reply, again=again)


def _body(reply: Reply) -> Json:
    try:
        return reply.json()
    except BackendError:
        return None


def _failed(reply: Reply, *, again: bool) -> BackendError:
    detail = reply.detail(all=True)
    said = f"{reply.said}: {detail}" if detail else reply.said
    retryable = reply.status in PASSING if again else reply.status in REFUSED
    wait = retry_after(reply) if retryable else None
    if wait is not None:
        said += f" (it asks to wait for {wait:.0f} seconds)"
    return BackendError(said, retryable=retryable)
