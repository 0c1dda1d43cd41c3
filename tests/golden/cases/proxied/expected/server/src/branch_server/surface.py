"""What Branch offers, as it is advertised.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.surface import Surface

SURFACE = Surface.beside(__file__)
"""Read from `surface.json`."""
