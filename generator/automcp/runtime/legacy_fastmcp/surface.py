"""What fastmcp 2 and 3 listed of a tool, where fastmcp 4 lists it otherwise."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from fastmcp.utilities.docstring_parsing import parse_docstring

from .docstrings import read_as_3


def as_listed_by_2(tool: Any) -> Any:
    """A tool made of a function as fastmcp 2 listed it: open to further arguments, its docstring in one piece."""
    return _listed(tool, lambda function: (inspect.getdoc(function), {}), closed=False)


def as_listed_by_3(tool: Any) -> Any:
    """A tool made of a function as fastmcp 3 listed it."""
    return _listed(tool, read_as_3, closed=True)


def _listed(
    tool: Any, read: Callable[[Any], tuple[str | None, Mapping[str, str]]], *, closed: bool
) -> Any:
    """A tool with what its docstring says read otherwise; what was said beside the docstring stays."""
    function = getattr(tool, "fn", None)
    if function is None:
        return tool
    now = parse_docstring(function)
    description, texts = read(function)
    parameters = deepcopy(tool.parameters)
    if not closed and parameters.get("additionalProperties") is False:
        del parameters["additionalProperties"]
    for name, schema in parameters.get("properties", {}).items():
        if schema.get("description") == now.parameters.get(name):
            schema.pop("description", None)
            if name in texts:
                schema["description"] = texts[name]
    changed: dict[str, Any] = {"parameters": parameters}
    if now.description and tool.description == now.description:
        changed["description"] = description
    return tool.model_copy(update=changed)
