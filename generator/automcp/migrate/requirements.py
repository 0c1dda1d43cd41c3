"""What a migrated project needs: pins that no longer hold are lifted, and what the old SDK brought along is said."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import Specifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

_LAST: Mapping[tuple[str, int], tuple[int, int]] = {
    ("fastmcp", 0): (0, 4),
    ("fastmcp", 1): (1, 0),
    ("fastmcp", 2): (2, 14),
}
"""The last releases of what is not the newest before today's SDKs, by their first numbers."""

_LAST_PATCHES: Mapping[tuple[str, int, int], int] = {
    ("fastmcp", 2, 2): 10,
    ("fastmcp", 2, 3): 5,
    ("fastmcp", 3, 2): 4,
}
"""The last patches of the minor releases whose patches list otherwise than one another."""

TARGETS: Mapping[str, str] = {"mcp": ">=2.3,<3", "fastmcp": ">=4.1,<5"}

_FASTMCP_NEEDS = (
    "authlib>=1.6.11", "cyclopts>=4", "exceptiongroup>=1.2.2", "httpx2>=2.5", "joserfc>=1.5", "openapi-pydantic>=0.6",
    "packaging>=24", "platformdirs>=4", "pydantic>=2.12", "python-dotenv>=1.1", "python-multipart>=0.0.26", "pyyaml>=6",
    "rich>=13.9.4", "starlette>=1.0.1", "uvicorn>=0.35", "watchfiles>=1", "websockets>=15.0.1",
)  # fmt: skip
"""The lower bounds of fastmcp 4.1, which is not installed here."""

BROUGHT: Mapping[str, str] = {
    "anyio": "anyio>=4.9",
    "certifi": "certifi>=2024.7.4",
    "click": "click>=8.1",
    "dotenv": "python-dotenv>=1.0",
    "httpcore": "httpcore>=1,<2",
    "httpx": "httpx>=0.27,<1",
    "httpx_sse": "httpx-sse>=0.4",
    "jsonschema": "jsonschema>=4.20",
    "jwt": "pyjwt[crypto]>=2.10.1",
    "multipart": "python-multipart>=0.0.20",
    "pydantic": "pydantic>=2.12",
    "pydantic_settings": "pydantic-settings>=2.5.2",
    "python_multipart": "python-multipart>=0.0.20",
    "requests": "requests>=2.31",
    "rich": "rich>=13.9.4",
    "sse_starlette": "sse-starlette>=3",
    "starlette": "starlette>=0.27",
    "typer": "typer>=0.16",
    "typing_extensions": "typing-extensions>=4.13",
    "uvicorn": "uvicorn>=0.31.1",
    "websockets": "websockets>=15.0.1",
    "yaml": "pyyaml>=6",
}
"""Modules that an old SDK or its dependencies installed, and the requirement that does so now."""


@dataclass(frozen=True, slots=True)
class Change:
    """A requirement that is another one now.

    Attributes:
        before: As it was written; `None` if it was not.
        after: As it is now.
    """

    before: str | None
    after: str


def lifted(requirement: str, sdks: Collection[str] = ("mcp",)) -> str:
    """A requirement with bounds that today's SDK can live with; the same text if it had them.

    Args:
        sdks: The SDKs that the project is made with.

    The text comes back as it is where it is no requirement that can be read.
    """
    try:
        parsed = Requirement(requirement)
    except InvalidRequirement:
        return requirement
    name = canonicalize_name(parsed.name)
    target = TARGETS.get(name)
    if target is not None:
        extras = parsed.extras & {"cli"} if name == "mcp" else set[str]()
        if (parsed.specifier, parsed.extras) == (SpecifierSet(target), extras):
            return requirement
        parsed.specifier, parsed.extras = SpecifierSet(target), extras
        return str(parsed)
    least = _needs("fastmcp" in sdks).get(name)
    if least is None or parsed.url:
        return requirement
    kept = [one for one in parsed.specifier if not _below(one, least)]
    if len(kept) == len(list(parsed.specifier)):
        return requirement
    if name in _tied():
        kept = []
    elif not any(one.operator == ">=" for one in kept):
        kept.append(Specifier(f">={least}"))
    parsed.specifier = SpecifierSet(",".join(sorted(map(str, kept))))
    return str(parsed)


def release(declared: Iterable[str], sdk: str) -> tuple[int, ...] | None:
    """The newest release of an SDK that a project accepts, as far as it says: major and minor.

    The patch is said, too, where it tells what is listed.
    """
    for text in declared:
        try:
            parsed = Requirement(text)
        except InvalidRequirement:
            continue
        if canonicalize_name(parsed.name) != sdk:
            continue
        for one in parsed.specifier:
            said = Version(one.version.removesuffix(".*")).release
            limit = [*said, 0, 0]
            any_of_major = (one.operator == "~=" and len(said) < 3) or (
                one.operator == "==" and len(said) == 1 and one.version.endswith(".*")
            )
            if any_of_major or (one.operator == "<" and limit[1] == 0):
                last = _LAST.get((sdk, limit[0] - (one.operator == "<")))
                if last is not None:
                    return last
            elif one.operator in ("==", "<=", "~="):
                fixed = one.operator != "~=" and len(limit) > 4
                return _patched(sdk, limit[0], limit[1], limit[2] if fixed else None)
            elif one.operator == "<":
                below = limit[2] > 0 and len(said) > 2
                minor = limit[1] if below else limit[1] - 1
                return _patched(sdk, limit[0], minor, limit[2] - 1 if below else None)
    return None


def at_least(declared: Iterable[str], sdk: str) -> tuple[int, ...]:
    """The oldest release of an SDK that a project accepts, as far as it says: major and minor."""
    bounds = [
        Version(one.version.removesuffix(".*")).release[:2]
        for text in declared
        if requirement_name(text) == sdk
        for one in _specifiers(text)
        if one.operator in (">=", ">", "==", "~=")
    ]
    return max(bounds, default=(0, 0))


def _specifiers(requirement: str) -> SpecifierSet:
    try:
        return Requirement(requirement).specifier
    except InvalidRequirement:
        return SpecifierSet()


def pinned(declared: Iterable[str], sdk: str) -> bool:
    """Whether a project accepts one release of an SDK alone."""
    for text in declared:
        try:
            parsed = Requirement(text)
        except InvalidRequirement:
            continue
        if canonicalize_name(parsed.name) == sdk:
            one = next(iter(parsed.specifier), None)
            return one is not None and one.operator == "==" and not one.version.endswith(".*")
    return False


def _patched(sdk: str, major: int, minor: int, patch: int | None) -> tuple[int, ...]:
    last = _LAST_PATCHES.get((sdk, major, minor))
    if last is None:
        return (major, minor)
    return (major, minor, last if patch is None else patch)


def added(
    declared: Iterable[str], imported: Iterable[str], sdks: Iterable[str], own: Iterable[str]
) -> list[str]:
    """The requirements that a project lacks: its SDK, and what the old one brought along.

    Args:
        declared: The requirements that it has, lifted.
        imported: The modules that it imports, by their first names.
        sdks: `mcp`, `fastmcp`.
        own: The names of its own modules.
    """
    names = {requirement_name(one) for one in declared}
    wanted = {name: f"{name}{TARGETS[name]}" for name in sdks}
    local = set(own) | set(sys.stdlib_module_names)
    for module in sorted(set(imported) - local):
        if module in BROUGHT:
            wanted[requirement_name(BROUGHT[module])] = BROUGHT[module]
    return [text for name, text in wanted.items() if name not in names]


def unsaid(declared: Iterable[str]) -> set[str]:
    """The modules that libraries use where they are there, and say so nowhere, of those that the old SDK brought along."""
    known = {*TARGETS, *_needs(fastmcp=True), *map(requirement_name, BROUGHT.values())}
    return {"httpx"} if {requirement_name(one) for one in declared} - known else set()


@cache
def _needs(fastmcp: bool) -> Mapping[str, Version]:
    """The least versions that today's SDKs can live with, of what they need and of what that needs."""
    found: dict[str, Version] = {}
    for needed in _required([*_said_by("mcp"), *(_FASTMCP_NEEDS if fastmcp else ())]):
        for one in needed.specifier:
            if one.operator in (">=", "=="):
                name = canonicalize_name(needed.name)
                found[name] = max(Version(one.version), found.get(name, Version("0")))
    # The old client stands on the same h11 as the new one: its first release that does.
    return found | {"httpcore": Version("1.0.9")}


@cache
def _tied() -> frozenset[str]:
    """What goes with one release of another distribution alone, which says which."""
    return frozenset(
        canonicalize_name(needed.name)
        for needed in _required(_said_by("mcp"))
        if any(one.operator == "==" for one in needed.specifier)
    )


def _required(texts: Iterable[str]) -> Iterator[Requirement]:
    """Requirements, and what they require in turn as far as that is installed here."""
    queue, seen = [*texts], {"mcp"}
    while queue:
        needed = Requirement(queue.pop())
        if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
            continue
        yield needed
        if needed.name not in seen:
            seen.add(needed.name)
            queue += _said_by(needed.name)


def _said_by(distribution: str) -> list[str]:
    try:
        return metadata.requires(distribution) or []
    except metadata.PackageNotFoundError:
        return []


def _below(bound: Specifier, least: Version) -> bool:
    """Whether a bound leaves nothing from `least` on."""
    if bound.operator not in ("<", "<=", "==", "===", "~="):
        return False
    try:
        text = bound.version.removesuffix(".*")
        limit = Version(text)
    except InvalidVersion:
        return True
    if bound.operator == "<":
        return limit <= least
    if bound.operator == "~=" or bound.version.endswith(".*"):
        fixed = limit.release[:-1] if bound.operator == "~=" else limit.release
        return least.release[: len(fixed)] > fixed
    return limit < least


def requirement_name(requirement: str) -> str:
    """The name of what is required, in its normal form; also of what is no valid requirement."""
    return canonicalize_name(re.split(r"[\s\[<>=!~;@(]", requirement.strip(), maxsplit=1)[0])


def from_lines(text: str) -> list[str]:
    """The requirements in a `requirements.txt`; options and references to other files are left out."""
    found: list[str] = []
    for line in text.splitlines():
        plain = line.split(" #")[0].strip()
        if plain and not plain.startswith(("#", "-")):
            found.append(plain)
    return found
