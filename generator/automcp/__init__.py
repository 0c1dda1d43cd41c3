"""AutoMCP, the spec compiler for MCP: one declarative spec in; a server, a typed client and tests out."""

from __future__ import annotations

# Not from `typing`, whose import takes as long as half of `automcp --help`; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .ir.model import Service
    from .output.files import File, Files
    from .pipeline import analyse, generate
    from .targets import Target
    from .text.report import Diagnostic, Rejected, Report
    from .text.source import Source

__all__ = ["Diagnostic", "File", "Files", "Rejected", "Report", "Service", "Source", "Target", "analyse", "generate"]  # fmt: skip

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
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: `automcp --help` needs none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name], __name__), name)
