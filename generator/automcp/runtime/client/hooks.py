"""Where a program can watch its calls: `Hooks`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStarted:
    """A call is about to be made. `arguments` have their secrets redacted."""

    group: str
    operation: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded:
    """A call succeeded after `duration` seconds, pauses included."""

    group: str
    operation: str
    duration: float
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed:
    """A call failed for good, or was cancelled, after `duration` seconds, pauses included."""

    group: str
    operation: str
    duration: float
    error: BaseException


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRetried:
    """Attempt number `attempt` failed; the next one follows in `delay` seconds."""

    group: str
    operation: str
    attempt: int
    delay: float
    error: Exception


Hook: TypeAlias = Callable[[T], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Functions that are told of every call. They must be quick; one that raises is logged, not heeded."""

    before: Hook[CallStarted] | None = None
    after: Hook[CallEnded] | None = None
    on_error: Hook[CallFailed] | None = None
    on_retry: Hook[CallRetried] | None = None


def tell(hook: Hook[T], event: T) -> None:
    """Call a hook, and keep the program's calls safe from its faults."""
    try:
        hook(event)
    except Exception:
        logger.exception("a client hook raised")
