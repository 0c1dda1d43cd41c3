"""What the spec says that the house group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from statistics import fmean

from .._runtime.bound.reading import read
from .._runtime.python.function import call
from .._runtime.shared.model import given
from ..contract import Context


class BoundHouse:
    """The house itself."""

    async def mean(
        self,
        data: list[int | float],
        weights: list[int | float] | None,
        context: Context,
    ) -> int | float:
        """The mean of the temperatures."""
        return read(int | float, await call(fmean, data=data, weights=given(weights)))
