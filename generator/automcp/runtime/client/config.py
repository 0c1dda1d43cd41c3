"""How a client behaves: `ClientConfig`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from math import isfinite
from typing import Any, Literal, TypeAlias, cast, get_args

Verify: TypeAlias = Literal["off", "warn", "strict"]
Backoff: TypeAlias = Literal["constant", "exponential", "full_jitter"]
Revision: TypeAlias = Literal["auto", "2025-11-25", "2026-07-28"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientConfig:
    """The behaviour of a client, of a group, or of one call. All times are in seconds.

    Attributes:
        timeout: Until an attempt is given up, where the operation has no timeout of its own.
        retry_count: Attempts in all, the first one included.
        backoff_factor: The pause before attempt n+1 is this to the power of n ("exponential"),
            a random part of that ("full_jitter"), or always this ("constant").
        pool_size: Calls on their way at once; over HTTP also the most connections.
        backoff: How the pauses grow.
        max_delay: The longest pause, also where the server asks for a longer one.
        pool_wait: How long a call waits for a free connection; `None`: as long as its timeout.
        verify: What to do on connect if the server is not the one this client was compiled
            against: nothing, log a warning, or raise `SurfaceMismatch`.
        protocol: The revision of MCP to speak. "auto" asks the server, which costs a round trip;
            "2025-11-25" is also for servers of before that.
        breaker_threshold: Failed attempts in a row that open a group's circuit breaker.
        breaker_cool_down: How long an open breaker keeps calls from being sent.

    Raises:
        TypeError: A value is of the wrong type.
        ValueError: A value is out of range.
    """

    timeout: float = 30.0
    retry_count: int = 3
    backoff_factor: float = 1.5
    pool_size: int = 10
    backoff: Backoff = "exponential"
    max_delay: float = 60.0
    pool_wait: float | None = None
    verify: Verify = "warn"
    protocol: Revision = "auto"
    breaker_threshold: int = 5
    breaker_cool_down: float = 30.0

    def __post_init__(self) -> None:
        _positive("timeout", self.timeout)
        _at_least_one("retry_count", self.retry_count)
        _not_negative("backoff_factor", self.backoff_factor)
        _at_least_one("pool_size", self.pool_size)
        _one_of("backoff", self.backoff, get_args(Backoff))
        _not_negative("max_delay", self.max_delay)
        if self.pool_wait is not None:
            _not_negative("pool_wait", self.pool_wait)
        _one_of("verify", self.verify, get_args(Verify))
        _one_of("protocol", self.protocol, get_args(Revision))
        _at_least_one("breaker_threshold", self.breaker_threshold)
        _not_negative("breaker_cool_down", self.breaker_cool_down)

    @classmethod
    def of(cls, config: ClientConfig | Mapping[str, object] | None) -> ClientConfig:
        """The configuration given as itself, as a mapping of its fields, or not at all.

        Raises:
            TypeError: A key is no field (the message names the nearest one), or a value's type is wrong.
            ValueError: A value is out of range.
        """
        return _DEFAULT.merged(config)

    def merged(self, over: ClientConfig | Mapping[str, object] | None) -> ClientConfig:
        """This configuration with the given fields replaced; a whole one replaces it. Raises as `of`."""
        if over is None:
            return self
        if isinstance(over, ClientConfig):
            return over
        values = _mapping(over)
        for key in values:
            if key not in _FIELDS:
                raise TypeError(_unknown(key))
        return replace(self, **values)


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"config must be a ClientConfig or a mapping, not {type(value).__name__}")
    return dict(cast("Mapping[str, Any]", value))


def _unknown(key: object) -> str:
    near = get_close_matches(str(key), _FIELDS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(_FIELDS)}"
    return f"ClientConfig has no field {key!r}; {hint}"


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} must be a number, not {type(value).__name__}")
    if not isfinite(value):
        raise ValueError(f"{name} must be finite, not {value}")
    return value


def _positive(name: str, value: object) -> None:
    if _number(name, value) <= 0:
        raise ValueError(f"{name} must be above 0, not {value}")


def _not_negative(name: str, value: object) -> None:
    if _number(name, value) < 0:
        raise ValueError(f"{name} must not be negative, not {value}")


def _at_least_one(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")


def _one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, not {value!r}")


_FIELDS = tuple(field.name for field in fields(ClientConfig))
_DEFAULT = ClientConfig()
