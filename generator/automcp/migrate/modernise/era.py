"""Tells which release of an old SDK a server was made for, as far as its text says so."""

from __future__ import annotations

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
_WORDS_UNTIL = (
    (frozenset({"dependencies"}), (2, 13)),
    (
        frozenset(
            {
                "cache_expiration_seconds", "debug", "host", "include_fastmcp_meta", "json_response", "log_level",
                "message_path", "port", "sse_path", "stateless_http", "streamable_http_path",
            }
        ),
        (2, 14),
    ),
)  # fmt: skip
"""Words of the constructor of fastmcp, and the last release that took them."""


def era(project: Project, made: Made) -> tuple[int, ...]:
    """The release that a server was made for: by its pin, else by what it says, else the newest."""
    declared = requirements(project)
    said = {one.arg for one in made.call.keywords if one.arg is not None}
    if made.flavour == "fastmcp2":
        found = release(declared, "fastmcp") or NEWEST["fastmcp2"]
        return min([found, *(until for words, until in _WORDS_UNTIL if said & words)])
    found = release(declared, "mcp") or NEWEST["mcp1"]
    return min(found, _BEFORE_WORDS) if said - _WORDS else found
