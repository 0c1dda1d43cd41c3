"""What fastmcp 2 listed of a tool, where fastmcp 4 lists it otherwise."""

from __future__ import annotations

import inspect
from copy import deepcopy
from typing import Any

from fastmcp.utilities.docstring_parsing import parse_docstring


def as_listed_by_2(tool: Any) -> Any:
    """A tool made of a function as fastmcp 2 listed it: open to further arguments, its docstring in one piece."""
    function = getattr(tool, "fn", None)
    if function is None:
        return tool
    parsed = parse_docstring(function)
    parameters = deepcopy(tool.parameters)
    if parameters.get("additionalProperties") is False:
        del parameters["additionalProperties"]
    for name, text in parsed.parameters.items():
        schema = parameters.get("properties", {}).get(name)
        if isinstance(schema, dict) and schema.get("description") == text:
            del schema["description"]
    changed: dict[str, Any] = {"parameters": parameters}
    if parsed.description and tool.description == parsed.description:
        changed["description"] = inspect.getdoc(function)
    return tool.model_copy(update=changed)
