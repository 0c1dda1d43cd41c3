"""The records of service groups: configurations, requests and responses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from mcp.types import TextContent
from pydantic import BaseModel, Field, PrivateAttr

__all__ = [
    "ExecutionRequest",
    "ExecutionResponse",
    "GroupConfig",
    "ServiceConfig",
    "ServiceRequest",
    "ServiceResponse",
]


class GroupConfig(BaseModel):
    """One group of operations.

    Attributes:
        name: What stands before the dot in the names of its tools.
        packages: Requirements that its code needs.
        config: Whatever its class wants to know.
        env_vars: What its code finds in the environment, unless the environment says otherwise.
        class_path: `module:Class`; where a service has several groups, the key may say it instead.
        lifespan: `module:function`, which sets up what operations share.
    """

    name: str = Field(min_length=1)
    description: str | None = None
    packages: list[str] = Field(default_factory=list)
    config: dict[str, Any] = Field(default_factory=dict)
    env_vars: dict[str, str] = Field(default_factory=dict)
    class_path: str | None = None
    lifespan: str | None = None


class ServiceConfig(BaseModel):
    """A service of several groups.

    Attributes:
        groups: By `module:Class`, or by any name where each says its `class_path`.
    """

    name: str = Field(min_length=1)
    description: str | None = None
    groups: dict[str, GroupConfig]
    packages: list[str] = Field(default_factory=list)
    env_vars: dict[str, str] = Field(default_factory=dict)
    lifespan: str | None = None


def _new_id() -> str:
    return str(uuid4())


def _now() -> datetime:
    return datetime.now(UTC)


class ExecutionRequest(BaseModel):
    """One operation to run."""

    _id: str = PrivateAttr(default_factory=_new_id)
    _created_at: datetime = PrivateAttr(default_factory=_now)
    operation: str
    arguments: dict[str, Any] | None = None


class ExecutionResponse(BaseModel):
    """What came of one operation.

    Attributes:
        error: Why it failed; `None` if it did not.
    """

    _id: str = PrivateAttr(default_factory=_new_id)
    _request_id: str = PrivateAttr(default="")
    _created_at: datetime = PrivateAttr(default_factory=_now)
    content: TextContent
    error: str | None = None


class ServiceRequest(BaseModel):
    """Operations to run together."""

    requests: list[ExecutionRequest]


class ServiceResponse(BaseModel):
    """What came of operations that ran together.

    Attributes:
        errors: Why some failed; `None` if none did.
    """

    content: TextContent
    errors: list[str] | None = None
