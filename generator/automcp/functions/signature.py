"""What a function takes and gives, as far as that can be told without running anything."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes, and gives.

    Attributes:
        positional: The parameters that cannot be given by name.
        named: Those that can.
        required: Those of either that have no default.
        anything: Whether it takes any name (`**kwargs`).
        returns: The kinds of JSON that its annotation stands for; `None` if that cannot be told.
    """

    positional: tuple[str, ...]
    named: tuple[str, ...]
    required: frozenset[str]
    anything: bool = False
    returns: frozenset[str] | None = None


def signature_of(function: Callable[..., object]) -> Signature | None:
    """What a function takes that says so itself; `None` if it does not."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return None
    return Signature(
        positional=_of_kind(parameters, inspect.Parameter.POSITIONAL_ONLY),
        named=_of_kind(
            parameters, inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
        ),
        required=frozenset(one.name for one in parameters if _is_required(one)),
        anything=any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters),
    )


def _of_kind(parameters: Iterable[inspect.Parameter], *kinds: object) -> tuple[str, ...]:
    return tuple(one.name for one in parameters if one.kind in kinds)


def _is_required(parameter: inspect.Parameter) -> bool:
    several = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return parameter.default is inspect.Parameter.empty and parameter.kind not in several
