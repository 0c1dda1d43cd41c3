"""Tells which release of an old SDK a server was made for, as far as its text says so."""

from __future__ import annotations

import ast

from ..declared import requirements
from ..requirements import release
from ..survey import Project
from .servers import Made

NEWEST = {"mcp1": (1, 30), "fastmcp2": (3, 4)}
"""The last releases, which are what a project gets that asks for no other."""

_WORDS = frozenset(
    {
        "name", "instructions", "website_url", "icons", "auth_server_provider", "token_verifier", "event_store",
        "retry_interval", "tools", "debug", "log_level", "host", "port", "mount_path", "sse_path", "message_path",
        "streamable_http_path", "json_response", "stateless_http", "max_request_body_size", "session_idle_timeout",
        "max_sessions", "warn_on_duplicate_resources", "warn_on_duplicate_tools", "warn_on_duplicate_prompts",
        "dependencies", "lifespan", "auth", "transport_security",
    }
)  # fmt: skip
"""What the constructor of `mcp` 1 took from 1.12 on; before, it passed over words that it did not know."""
_BEFORE_WORDS = (1, 9)


def era(project: Project, made: Made) -> tuple[int, ...]:
    """The release that a server was made for: by its pin, else by what it says, else the newest."""
    declared = requirements(project)
    if made.flavour == "fastmcp2":
        return release(declared, "fastmcp") or NEWEST["fastmcp2"]
    found = release(declared, "mcp") or NEWEST["mcp1"]
    said = {one.arg for one in made.call.keywords if one.arg is not None}
    return min(found, _BEFORE_WORDS) if said - _WORDS else found


def speaks_by_words(made: Made) -> bool:
    """Whether a constructor can be told one word more."""
    return not any(isinstance(one, ast.Starred) for one in made.call.args)
