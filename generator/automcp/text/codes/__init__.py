"""Every diagnostic code with its explanation, a module for each range."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import (
    bindings,
    groups,
    imported,
    lint,
    names,
    offers,
    openapi,
    output,
    shape,
    targets,
    text_,
)
from .explanation import Explanation

__all__ = ["CODES", "Explanation"]

CODES: Mapping[str, Explanation] = MappingProxyType(
    {
        **text_.CODES,
        **shape.CODES,
        **names.CODES,
        **offers.CODES,
        **bindings.CODES,
        **lint.CODES,
        **targets.CODES,
        **output.CODES,
        **openapi.CODES,
        **imported.CODES,
        **groups.CODES,
    }
)
