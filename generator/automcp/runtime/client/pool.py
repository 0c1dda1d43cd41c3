"""A bounded pool of anything that is made asynchronously, and a context manager for one of its resources."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, TypeVar, overload

import anyio

from .errors import ResourceExhaustedError

T = TypeVar("T")


class Slot:
    """What a pool without a factory hands out: the right to be one of `max_size`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolStats:
    """A pool at one moment.

    Attributes:
        size: How many resources may be out at once.
        in_use: How many are out.
        free: How many more could be handed out now, made already or not.
        waiters: How many tasks wait for one.
        created: How many were made since the beginning.
        broken: How many were thrown away as no longer usable, or could not be made.
    """

    size: int
    in_use: int
    free: int
    waiters: int
    created: int
    broken: int


async def _slot() -> Slot:
    return Slot()


def _ignore() -> None: ...


async def _drop(resource: object) -> None:
    del resource


def _always(resource: object) -> bool:
    del resource
    return True


class ResourcePool(Generic[T]):
    """At most `max_size` resources, made when first needed and used again afterwards.

    No lock is held while anything waits: a permit is taken first, and what it is for is fetched or made
    afterwards, so a release, a failure or a cancellation can always give the permit back.
    """

    @overload
    def __init__(self: ResourcePool[Slot], max_size: int = 10) -> None: ...

    @overload
    def __init__(
        self,
        max_size: int = 10,
        *,
        factory: Callable[[], Awaitable[T]],
        discard: Callable[[T], Awaitable[None]] = ...,
        usable: Callable[[T], bool] = ...,
    ) -> None: ...

    def __init__(
        self,
        max_size: int = 10,
        *,
        factory: Callable[[], Awaitable[Any]] = _slot,
        discard: Callable[..., Awaitable[None]] = _drop,
        usable: Callable[..., bool] = _always,
    ) -> None:
        """Make an empty pool.

        Args:
            factory: Makes a resource.
            discard: Gets rid of one that is not usable any more, or is left when the pool closes.
            usable: Whether a resource may be handed out (again).

        Raises:
            ValueError: `max_size` is below 1.
        """
        if max_size < 1:
            raise ValueError(f"max_size must be at least 1, not {max_size}")
        self._size = max_size
        self._available = max_size
        self._factory = factory
        self._discard = discard
        self._usable = usable
        self._idle: list[T] = []
        self._waiters: deque[anyio.Event] = deque()
        self._created = 0
        self._broken = 0

    @property
    def stats(self) -> PoolStats:
        return PoolStats(
            size=self._size,
            in_use=self._size - self._available,
            free=self._available,
            waiters=len(self._waiters),
            created=self._created,
            broken=self._broken,
        )

    async def acquire(self, timeout: float | None = 0, granted: Callable[[], None] = _ignore) -> T:
        """Take a resource; give it back with `release`.

        Args:
            timeout: Seconds to wait for one to come free: 0 not at all, `None` for ever.
            granted: Called when the wait is over, before a resource is made if one must be.

        Raises:
            ResourceExhaustedError: None came free in time.
            Exception: What the factory raised.
        """
        await self._permit(timeout)
        try:
            granted()
            return await self._fetch()
        except BaseException:
            self._give_permit_back()
            raise

    async def release(self, resource: T) -> None:
        """Give a resource back. One that is no longer usable is discarded.

        Raises:
            ValueError: More is given back than was taken.
        """
        if self._available >= self._size:
            raise ValueError("released more often than acquired")
        try:
            if self._usable(resource):
                self._idle.append(resource)
            else:
                self._broken += 1
                await self._discard(resource)
        finally:
            self._give_permit_back()

    def take(self) -> T | None:
        """As `acquire`, if one lies ready, and without waiting for anything; `None` if none does."""
        if self._available > 0 and self._idle and self._usable(self._idle[-1]):
            self._available -= 1
            return self._idle.pop()
        return None

    def put_back(self, resource: T) -> bool:
        """As `release`, without waiting for anything; `False`, and nothing is done, where `release` has more to do."""
        if self._available >= self._size or not self._usable(resource):
            return False
        self._idle.append(resource)
        if self._waiters:
            self._give_permit_back()
        else:
            self._available += 1
        return True

    async def close(self) -> None:
        """Discard all resources that are not out."""
        while self._idle:
            await self._discard(self._idle.pop())

    async def _permit(self, timeout: float | None) -> None:
        if self._available > 0:
            self._available -= 1
            return
        if timeout == 0:
            raise self._exhausted("no wait was allowed")
        turn = anyio.Event()
        self._waiters.append(turn)
        try:
            with anyio.fail_after(timeout):
                await turn.wait()
        except BaseException as error:
            self._leave_queue(turn)
            if isinstance(error, TimeoutError):
                raise self._exhausted(f"none came free within {timeout} s") from None
            raise

    def _leave_queue(self, turn: anyio.Event) -> None:
        if turn.is_set():
            # The permit was already handed over when the wait ended: pass it on, or it is lost.
            self._give_permit_back()
        else:
            self._waiters.remove(turn)

    def _give_permit_back(self) -> None:
        if self._waiters:
            self._waiters.popleft().set()
        else:
            self._available += 1

    async def _fetch(self) -> T:
        while self._idle:
            resource = self._idle.pop()
            if self._usable(resource):
                return resource
            self._broken += 1
            await self._discard(resource)
        try:
            resource = await self._factory()
        except Exception:
            self._broken += 1
            raise
        self._created += 1
        return resource

    def _exhausted(self, why: str) -> ResourceExhaustedError:
        return ResourceExhaustedError(
            f"all {self._size} pooled resources are in use; {why}",
            {"size": self._size, "waiters": len(self._waiters)},
        )


class ManagedResource(Generic[T]):
    """`async with ManagedResource(pool) as resource:` takes a resource and always gives it back."""

    def __init__(self, pool: ResourcePool[T], timeout: float | None = 0) -> None:
        self._pool = pool
        self._timeout = timeout
        self._taken: list[T] = []

    async def __aenter__(self) -> T:
        resource = await self._pool.acquire(self._timeout)
        self._taken.append(resource)
        return resource

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._pool.release(self._taken.pop())
