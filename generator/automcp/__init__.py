"""AutoMCP, the spec compiler for MCP: one declarative spec in; a server, a typed client and tests out."""

from __future__ import annotations

# Not from `typing`, whose import takes as long as half of `automcp --help`; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .group import ServiceGroup
    from .ir.model import Service
    from .operation import operation
    from .output.files import File, Files
    from .pipeline import analyse, generate
    from .server import AutoMCPServer
    from .targets import Target
    from .text.report import Diagnostic, Rejected, Report
    from .text.source import Source
    from .types import (
        ExecutionRequest,
        ExecutionResponse,
        GroupConfig,
        ServiceConfig,
        ServiceRequest,
        ServiceResponse,
    )

__all__ = ["AutoMCPServer", "Diagnostic", "ExecutionRequest", "ExecutionResponse", "File", "Files", "GroupConfig", "Rejected", "Report", "Service", "ServiceConfig", "ServiceGroup", "ServiceRequest", "ServiceResponse", "Source", "Target", "analyse", "generate", "operation"]  # fmt: skip

_HOMES = {
    "Diagnostic": ".text.report",
    "File": ".output.files",
    "Files": ".output.files",
    "Rejected": ".text.report",
    "Report": ".text.report",
    "Service": ".ir.model",
    "Source": ".text.source",
    "Target": ".targets",
    "analyse": ".pipeline",
    "generate": ".pipeline",
    # What services were made of that are groups of operations: `automcp serve` runs them.
    "AutoMCPServer": ".server",
    "ExecutionRequest": ".types",
    "ExecutionResponse": ".types",
    "GroupConfig": ".types",
    "ServiceConfig": ".types",
    "ServiceGroup": ".group",
    "ServiceRequest": ".types",
    "ServiceResponse": ".types",
    "operation": ".operation",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: `automcp --help` needs none of it."""
    if name not in _HOMES and name != "types":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "types":
        return import_module(".types", __name__)
    return getattr(import_module(_HOMES[name], __name__), name)
