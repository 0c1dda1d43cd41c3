"""What the operations of jobs take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.model import Model


class WorkStartParams(Model):
    """What work.start takes."""

    label: str
    """What to call it."""
