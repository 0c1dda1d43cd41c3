"""How far operations are: `ProgressTracker`."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypedDict

from .breaker import Clock

logger = logging.getLogger(__name__)


class OperationState(StrEnum):
    """`RUNNING` until the operation ended in one of the other ways."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Progress(TypedDict):
    """How far one operation is: `progress` from 0 to 1, `elapsed` in seconds until now or its end."""

    progress: float
    current: float
    total: float | None
    elapsed: float
    state: OperationState
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressUpdate:
    """One step of an operation. `total` is `None` while nobody knows it."""

    operation_id: str
    current: float
    total: float | None
    message: str | None
    state: OperationState


Subscriber: TypeAlias = Callable[[ProgressUpdate], None]


@dataclass(slots=True)
class _Tracked:
    total: float | None
    started: float
    cancel: Callable[[], None] | None = None
    current: float = 0.0
    ended: float | None = None
    state: OperationState = OperationState.RUNNING
    message: str | None = None

    @property
    def fraction(self) -> float:
        if self.state is OperationState.SUCCEEDED or self.total == 0:
            return 1.0
        return 0.0 if self.total is None else min(max(self.current / self.total, 0.0), 1.0)


class ProgressTracker:
    """Follows operations by id. Made for one event loop: every change is complete before anything else runs.

    Ended operations are kept, for `get_progress`, until `forget`.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._operations: dict[str, _Tracked] = {}
        # By operation (`None`: all of them) and by subscription: one function may follow many calls.
        self._subscribers: dict[str | None, dict[object, Subscriber]] = {}

    async def start_operation(self, operation_id: str, total_steps: float | None = 100) -> None:
        """Begin to follow an operation. Raises `ValueError` if one of this id is running."""
        self.begin(operation_id, total_steps)

    async def update_progress(self, operation_id: str, current: float) -> None:
        """Say how many steps are done. Raises `KeyError` for an unknown id."""
        self.advance(operation_id, current)

    def progress_of(self, operation_id: str) -> Progress:
        """How far an operation is. Raises `KeyError` for an unknown id."""
        at = self._at(operation_id)
        return Progress(
            progress=at.fraction,
            current=at.current,
            total=at.total,
            elapsed=(self._clock() if at.ended is None else at.ended) - at.started,
            state=at.state,
            message=at.message,
        )

    get_progress = progress_of  # what the client design calls it

    def begin(self, operation_id: str, total_steps: float | None = 100) -> None:
        """As `start_operation`, from code that cannot wait."""
        if self._running(operation_id) is not None:
            raise ValueError(f"operation is running already: {operation_id}")
        self._operations[operation_id] = _Tracked(total_steps, self._clock())
        self._tell(operation_id)

    def attach(self, operation_id: str, cancel: Callable[[], None]) -> None:
        """Let a call be an operation, begun already or not; `cancel` is what cancels the call.

        Raises:
            ValueError: Another call is this operation.
        """
        if self._running(operation_id) is None:
            self.begin(operation_id, None)
        at = self._operations[operation_id]
        if at.cancel is not None:
            raise ValueError(f"operation is a running call already: {operation_id}")
        at.cancel = cancel

    def advance(
        self,
        operation_id: str,
        current: float,
        total: float | None = None,
        message: str | None = None,
    ) -> None:
        """As `update_progress`, with a new total and a word to it. Ended operations stay as they ended."""
        at = self._at(operation_id)
        if at.state is not OperationState.RUNNING:
            return
        at.current = current
        at.total = at.total if total is None else total
        at.message = message
        self._tell(operation_id)

    def finish(self, operation_id: str, state: OperationState) -> None:
        """Say how a running operation ended. Raises `KeyError` for an unknown id."""
        at = self._at(operation_id)
        if at.state is OperationState.RUNNING:
            at.state = state
            at.ended = self._clock()
            self._tell(operation_id)

    def cancel(self, operation_id: str) -> bool:
        """Cancel a running operation, and the call that it follows; whether it was running.

        Raises:
            KeyError: The id is unknown.
        """
        at = self._at(operation_id)
        if at.state is not OperationState.RUNNING:
            return False
        self.finish(operation_id, OperationState.CANCELLED)
        if at.cancel is not None:
            at.cancel()
        return True

    def forget(self, operation_id: str) -> None:
        """Follow an operation no longer. Raises `KeyError` for an unknown id."""
        self._at(operation_id)
        del self._operations[operation_id]

    def subscribe(
        self, subscriber: Subscriber, operation_id: str | None = None
    ) -> Callable[[], None]:
        """Call `subscriber` with every update, in order; of one operation, or of all.

        Returns:
            What ends the subscription.
        """
        subscription = object()
        self._subscribers.setdefault(operation_id, {})[subscription] = subscriber
        return lambda: self._unsubscribe(operation_id, subscription)

    def aggregate(self, weights: Mapping[str, float]) -> Aggregate:
        """The common progress of operations, each counting as much as its weight; some may not run yet."""
        return Aggregate(self, weights)

    def current(self, operation_id: str) -> float:
        """The steps done so far. Raises `KeyError` for an unknown id."""
        return self._at(operation_id).current

    def fraction(self, operation_id: str) -> float:
        """`get_progress(id)["progress"]`, and 0 for an unknown id."""
        at = self._operations.get(operation_id)
        return 0.0 if at is None else at.fraction

    def _at(self, operation_id: str) -> _Tracked:
        try:
            return self._operations[operation_id]
        except KeyError:
            raise KeyError(f"Unknown operation: {operation_id}") from None

    def _running(self, operation_id: str) -> _Tracked | None:
        at = self._operations.get(operation_id)
        return at if at is not None and at.state is OperationState.RUNNING else None

    def _unsubscribe(self, operation_id: str | None, subscription: object) -> None:
        others = self._subscribers.get(operation_id, {})
        others.pop(subscription, None)
        if not others:
            self._subscribers.pop(operation_id, None)

    def _tell(self, operation_id: str) -> None:
        subscribers = [
            *self._subscribers.get(None, {}).values(),
            *self._subscribers.get(operation_id, {}).values(),
        ]
        if not subscribers:
            return
        at = self._operations[operation_id]
        update = ProgressUpdate(
            operation_id=operation_id,
            current=at.current,
            total=at.total,
            message=at.message,
            state=at.state,
        )
        for subscriber in subscribers:
            try:
                subscriber(update)
            except Exception:
                logger.exception("a progress subscriber raised")


class Aggregate:
    """The weighted progress of several operations; it never goes back, even if one of them starts again.

    Raises:
        ValueError: A weight is negative, or none is above 0.
    """

    def __init__(self, tracker: ProgressTracker, weights: Mapping[str, float]) -> None:
        if min(weights.values(), default=0) < 0 or sum(weights.values()) <= 0:
            raise ValueError("weights must not be negative, and one must be above 0")
        self._tracker = tracker
        self._weights = dict(weights)
        self._reached = 0.0

    @property
    def progress(self) -> float:
        """From 0 to 1."""
        total = sum(self._weights.values())
        done = sum(weight * self._tracker.fraction(each) for each, weight in self._weights.items())
        self._reached = max(self._reached, min(done / total, 1.0))
        return self._reached
