"""`automcp.types` of service groups: configurations, requests and responses."""

from __future__ import annotations

from . import stand_ins
from .runtime.legacy_groups.types import (
    ExecutionRequest,
    ExecutionResponse,
    GroupConfig,
    ServiceConfig,
    ServiceRequest,
    ServiceResponse,
)

stand_ins.install()

__all__ = [
    "ExecutionRequest",
    "ExecutionResponse",
    "GroupConfig",
    "ServiceConfig",
    "ServiceRequest",
    "ServiceResponse",
]
