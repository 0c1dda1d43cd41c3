"""How many bytes something may have, as a spec writes it."""

from __future__ import annotations

import re

from ..document import Node

PATTERN = r"^[0-9]{1,6}(?:\.[0-9]{1,3})?(?:B|kB|MB|GB)$"
_TEXT = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,3}))?(B|kB|MB|GB)")
_BYTES = {"B": 1, "kB": 1000, "MB": 1000**2, "GB": 1000**3}
LARGEST = 10**15
"""Bytes."""


def size(value: object) -> int | None:
    """The bytes of a number or a text such as `10MB`; `None` unless it is a sane, positive size."""
    if isinstance(value, str):
        match = _TEXT.fullmatch(value)
        if match is None:
            return None
        whole, fraction, unit = match.groups()
        # In thousandths, so that 1.1MB are 1,100,000 bytes and not one less.
        value = int(whole + (fraction or "").ljust(3, "0")) * _BYTES[unit] // 1000
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST:
        return value
    return None


def node_size(node: Node) -> int:
    """The bytes of a node that was checked. Raises `ValueError` if it was not."""
    found = size(node.value)
    if found is None:
        raise ValueError(f"not a size: {node.value!r}")
    return found
