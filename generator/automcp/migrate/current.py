"""Knows projects that are made for today's SDK: there is nothing to migrate in them."""

from __future__ import annotations

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from ..output.lock import LOCK_NAME, read_lock
from ..text.report import Rejected
from .declared import requirements
from .requirements import requirement_name
from .survey import Project

_FIRST = {"mcp": 2, "fastmcp": 4}
"""The first major releases of today's SDKs."""
_FROM = frozenset({">=", ">", "~=", "==", "==="})
_NEW = ("mcp.server.mcpserver", "mcp_types")
"""Modules that no legacy SDK had."""


def is_current(project: Project) -> str | None:
    """Why a project needs no migration; `None` if it may.

    It has to require no legacy SDK, and either be compiled, or require and import what only today's has.
    """
    if project.migrated:
        return None
    sdks = [one for one in requirements(project) if requirement_name(one) in _FIRST]
    found = next(filter(_today, sdks), None)
    if found is None and sdks:
        return None
    if _is_compiled(project):
        return f"it is compiled for today's SDK (`{LOCK_NAME}`): edit its spec, and run `automcp generate`"
    if found is not None and (requirement_name(found) == "fastmcp" or _imports_new(project)):
        return f"it is made for today's SDK (`{found}`)"
    return None


def _is_compiled(project: Project) -> bool:
    """Whether the lock of a compiled project lies in it; a project may have a file of that name that is its own."""
    try:
        return bool(read_lock((project.folder / LOCK_NAME).read_bytes()).targets)
    except (OSError, Rejected):
        return False


def _today(requirement: str) -> bool:
    """Whether a requirement admits no legacy release of an SDK."""
    try:
        parsed = Requirement(requirement)
        first = _FIRST.get(canonicalize_name(parsed.name))
        return first is not None and any(
            one.operator in _FROM and Version(one.version.removesuffix(".*")).major >= first
            for one in parsed.specifier
        )
    except (InvalidRequirement, InvalidVersion):
        return False


def _imports_new(project: Project) -> bool:
    return any(
        name.startswith(_NEW) or name == "mcp.server.MCPServer"
        for source in project.sources.values()
        for name in source.imports
    )
