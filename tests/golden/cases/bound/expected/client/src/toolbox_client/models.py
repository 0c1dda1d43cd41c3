"""What the operations of Toolbox take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any

from ._runtime.shared.model import ABSENT, Model


class Facts(Model):
    code: int
    stderr: str | None = ABSENT


class TextQueryArguments(Model):
    document: Any
    filter: str
