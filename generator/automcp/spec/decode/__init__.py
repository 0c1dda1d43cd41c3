"""Turns loaded nodes into the declarations of a spec, after checking that they have their shape."""

from __future__ import annotations

from ...text.report import Report
from ..document import Document
from ..load import Loaded
from .build import build
from .check import check_part, check_spec

__all__ = ["decode"]


def decode(loaded: Loaded, report: Report) -> Document:
    """Check every file against the spec format, then build the document.

    Raises `Rejected`, after all findings of all files are in the report.
    """
    check_spec(loaded.files[loaded.root], report)
    for name in loaded.included:
        if name in loaded.files:
            check_part(loaded.files[name], report)
    report.settle()
    return build(loaded)
