"""Arguments and results held against schemas as `mcp` 1 did, with the texts that callers know."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_jsonschema: Any = import_module("jsonschema")
"""Has no types of its own."""


def wrong(value: Any, schema: Any) -> str | None:
    """Why a value does not fit a schema; `None` if it does."""
    try:
        _jsonschema.validate(instance=value, schema=schema)
    except _jsonschema.ValidationError as error:
        return str(error.message)
    return None
