"""The settings of a `FastMCP`, which legacy code reads and writes before it runs the server."""

from __future__ import annotations

from typing import Any

from mcp.server.streamable_http_manager import (
    DEFAULT_MAX_REQUEST_BODY_SIZE,
    DEFAULT_MAX_SESSIONS,
    DEFAULT_SESSION_IDLE_TIMEOUT,
)
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import BaseModel, ConfigDict, Field

_LOCAL = ("127.0.0.1", "localhost", "::1")


class Settings(BaseModel):
    """What the constructor of `FastMCP` takes by name; further words are kept, and mean nothing."""

    model_config = ConfigDict(extra="allow", arbitrary_types_allowed=True)

    debug: bool = False
    log_level: str = "INFO"
    host: str = "127.0.0.1"
    port: int = 8000
    mount_path: str = "/"
    sse_path: str = "/sse"
    message_path: str = "/messages/"
    streamable_http_path: str = "/mcp"
    json_response: bool = False
    stateless_http: bool = False
    max_request_body_size: int = DEFAULT_MAX_REQUEST_BODY_SIZE
    max_sessions: int | None = DEFAULT_MAX_SESSIONS
    session_idle_timeout: float | None = DEFAULT_SESSION_IDLE_TIMEOUT
    warn_on_duplicate_resources: bool = True
    warn_on_duplicate_tools: bool = True
    warn_on_duplicate_prompts: bool = True
    dependencies: list[str] = Field(default_factory=list[str])
    lifespan: Any = None
    auth: Any = None
    transport_security: TransportSecuritySettings | None = None


def settings_of(words: dict[str, Any]) -> Settings:
    """The settings that a constructor's words make: names of this machine alone are guarded, as they were."""
    settings = Settings(**words)
    if settings.transport_security is None and settings.host in _LOCAL:
        settings.transport_security = TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=["127.0.0.1:*", "localhost:*", "[::1]:*"],
            allowed_origins=["http://127.0.0.1:*", "http://localhost:*", "http://[::1]:*"],
        )
    return settings
