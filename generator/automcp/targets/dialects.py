"""The SDKs that a server can be compiled for: what each brings along, what it needs, what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..text.suggest import did_you_mean

_EVERY = ("anyio>=4.9", "jsonschema-rs>=0.46", "pydantic>=2.12", "typing-extensions>=4.13")
"""What the kernel needs, whatever SDK carries it."""

_OLD = "mcp 1 speaks the protocol up to 2025-11-25 only"
_MADE_FOR_2 = "what calls functions as mcp 1 did is written for mcp 2"
_STANDS_ON_2 = "what stands for servers of mcp 1 is written for mcp 2"
_MADE_FOR_4 = "what calls functions as fastmcp 2 and 3 did is written for fastmcp 4"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One SDK.

    Attributes:
        folder: The folder of the runtime that becomes a package's `_runtime/sdk`.
        folders: Those that it needs besides `server` and `shared`, which every server has.
        requirements: What a server depends on (PEP 508).
        beside_client: Whether a compiled client can be installed in the same environment.
        lacks: What it cannot do of what a spec can ask for: feature by feature, the reason.
        excludes: The same of what nobody can go without who asks for it.
    """

    name: str
    folder: str
    folders: tuple[str, ...]
    requirements: tuple[str, ...]
    beside_client: bool = True
    lacks: Mapping[str, str] = field(default_factory=dict[str, str])
    excludes: Mapping[str, str] = field(default_factory=dict[str, str])


_DIALECTS = (
    Dialect(
        name="mcp2",
        folder="mcp2",
        folders=("lowlevel",),
        requirements=("mcp>=2.3,<3", "starlette>=0.48", "uvicorn>=0.35", *_EVERY),
        excludes={"as: fastmcp2": _MADE_FOR_4},
    ),
    Dialect(
        name="mcp1",
        folder="mcp1",
        folders=(),
        requirements=("mcp>=1.30,<2", "starlette>=0.48", "uvicorn>=0.35", *_EVERY),
        beside_client=False,
        lacks={"cache": _OLD, "header": _OLD, "tasks": _OLD},
        excludes={
            "proxy": "what reaches other servers needs mcp 2 in the same environment",
            "as: mcp1": _MADE_FOR_2,
            "as: mcp1_lowlevel": _MADE_FOR_2,
            "as: fastmcp2": _MADE_FOR_4,
            "server: mcp1": _STANDS_ON_2,
            "server: mcp1_lowlevel": _STANDS_ON_2,
        },
    ),
    Dialect(
        name="fastmcp4",
        folder="fastmcp4",
        folders=("lowlevel",),
        requirements=(
            "fastmcp>=4.1,<5",
            "mcp>=2.3,<3",
            "starlette>=0.48",
            "uvicorn>=0.35",
            *_EVERY,
        ),
        excludes={"server: mcp1": _STANDS_ON_2, "server: mcp1_lowlevel": _STANDS_ON_2},
    ),
)

DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in _DIALECTS}

FEATURES = tuple(sorted({feature for dialect in _DIALECTS for feature in dialect.lacks}))
"""Everything that some dialect lacks."""


def dialect_of(options: Mapping[str, object]) -> Dialect:
    """The dialect that the option `sdk` names; the first one without it. Raises `ValueError`."""
    name = options.get("sdk", _DIALECTS[0].name)
    if isinstance(name, str) and name in DIALECTS:
        return DIALECTS[name]
    known = ", ".join(f'"{one}"' for one in DIALECTS)
    hint = did_you_mean(name, DIALECTS) if isinstance(name, str) else None
    raise ValueError(f"`sdk` is one of {known}" + (f"; {hint}" if hint else ""))


def accepted(options: Mapping[str, object]) -> frozenset[str]:
    """The features that the option `without` accepts to go without. Raises `ValueError`."""
    named = options.get("without", [])
    if not isinstance(named, list):
        raise ValueError("`without` is a list of features")
    listed: list[object] = [*named]
    for one in listed:
        if one not in FEATURES:
            known = ", ".join(f'"{feature}"' for feature in FEATURES)
            raise ValueError(f"`without` lists features that an SDK lacks: {known}")
    return frozenset(str(one) for one in listed)
