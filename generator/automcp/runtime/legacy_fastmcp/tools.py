"""What `fastmcp.tools` and `fastmcp.tools.tool` offered: tools made of functions, as fastmcp 2 and 3 made them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, cast

from fastmcp import tools as _tools
from fastmcp.exceptions import ToolError, ValidationError
from fastmcp.tools import base as _base
from fastmcp.tools import function_parsing as _function_parsing
from fastmcp.tools import function_tool as _function_tool
from fastmcp.utilities.prefab import is_prefab_app, is_prefab_component
from fastmcp.utilities.types import NotSet
from mcp.types import ToolAnnotations
from pydantic import ConfigDict
from pydantic import ValidationError as Invalid

from .before import FASTMCP
from .contents import as_returned, as_structured, is_content
from .elsewhere import found
from .surface import derived_output, described, open_to_more, shortened

INLINE = FASTMCP < (3,)
"""Functions that are not async ran where the server runs; in a thread since."""


class Annotations(ToolAnnotations):
    """Annotations with whatever else was said."""

    model_config = ConfigDict(extra="allow")


class FunctionTool(_function_tool.FunctionTool):
    """A tool made of a function, with what fastmcp 4 no longer takes or makes.

    Attributes:
        serializer: Makes text of what the function returns, unless that is text or content.
        enabled: Whether it is listed, and may be called.
    """

    serializer: Any = None
    enabled: bool = True

    @classmethod
    def from_function(cls, fn: Callable[..., Any], **words: Any) -> Any:
        """Make a tool of a function."""
        excluded: Collection[str] = words.pop("exclude_args", None) or ()
        serializer, enabled = words.pop("serializer", None), words.pop("enabled", None)
        words.pop("context_kwarg", None)
        metadata = words.get("metadata")
        said = words.get("output_schema", NotSet) if metadata is None else metadata.output_schema
        if isinstance(words.get("annotations"), dict):
            words["annotations"] = Annotations(**words["annotations"])
        made: Any = super().from_function(fn, **words)
        described(made, fn)
        if FASTMCP < (3,):
            open_to_more(made)
        if said is NotSet:
            made.output_schema = derived_output(made)
        for name in excluded:
            made.parameters.get("properties", {}).pop(name, None)
        if INLINE:
            made.run_in_thread = False
        made.serializer = serializer
        made.enabled = enabled is not False
        return made

    def enable(self) -> None:
        """Show the tool."""
        self.enabled = True

    def disable(self) -> None:
        """Hide the tool, and refuse to call it."""
        self.enabled = False

    async def run(self, arguments: dict[str, Any]) -> Any:
        """Call the function."""
        try:
            return await super().run(arguments)
        except Exception as error:
            wrong = error.__cause__
            if not isinstance(wrong, Invalid):
                raise
            if FASTMCP < (2, 13):
                raise ToolError(f"Error calling tool {self.name!r}: {wrong}") from wrong
            # What pydantic found in the function's own body went out as it is.
            raise ValidationError(str(wrong)) from wrong

    def convert_result(self, raw_value: Any) -> Any:
        """What the function returned, as a result."""
        try:
            found = super().convert_result(raw_value)
        except ToolError as error:
            if FASTMCP < (3,):
                raise ToolError(f"Error calling tool {self.name!r}: {error.__cause__}") from error
            # Content alone, which the schema then does not allow.
            return _base.ToolResult(content=as_returned(raw_value, self.serializer))
        if isinstance(raw_value, _base.ToolResult) or found.to_mcp_result() is raw_value:
            return found
        if is_prefab_app(raw_value) or is_prefab_component(raw_value):
            return found
        structured = found.structured_content if FASTMCP >= (2, 10) else None
        if self.output_schema is None and is_content(raw_value):
            structured = None
        if isinstance(raw_value, bytes) and self.output_schema is not None and FASTMCP < (3, 2, 4):
            structured = {"result": raw_value.decode("utf-8", "replace")}
            found.meta = {"fastmcp": {"wrap_result": True}}
        elif structured is not None:
            wrapped = bool((self.output_schema or {}).get("x-fastmcp-wrap-result"))
            structured = as_structured(raw_value, structured, wrapped=wrapped)
        content = as_returned(raw_value, self.serializer)
        meta = found.meta if FASTMCP >= (3, 2) else None
        return _base.ToolResult(content=content, structured_content=structured, meta=meta)


def make_as_before() -> None:
    """Let whatever makes a tool of a function, or of another tool, make it as it was made, once."""
    parsing: Any = _function_parsing
    parsing.compress_schema = shortened
    now: Any = _base.Tool
    if getattr(now.from_function, "__func__", None) is not _from_function:
        type.__setattr__(now, "from_function", classmethod(cast("Any", _from_function)))
        type.__setattr__(now, "from_tool", classmethod(cast("Any", _from_tool)))


def _from_function(_: Any, fn: Callable[..., Any], *said: Any, **words: Any) -> Any:
    # Releases before 2.9 took the name and the description by their places, too.
    named = dict(zip(("name", "description"), said, strict=False))
    return FunctionTool.from_function(fn, **{**named, **words})


_made_of: Any = vars(_base.Tool)["from_tool"].__func__


def _from_tool(kind: Any, tool: Any, **words: Any) -> Any:
    for word in ("enabled", "serializer"):
        words.pop(word, None)
    made = _made_of(kind, tool, **words)
    if FASTMCP < (3,):
        open_to_more(made)
    return made


def tool(name_or_fn: Any = None, **words: Any) -> Any:
    """Mark a function as a tool, for `add_tool`."""
    for word in ("exclude_args", "serializer"):
        words.pop(word, None)
    return _tools.tool(name_or_fn, **words)


def __getattr__(name: str) -> Any:
    if name == "ToolAnnotations":
        return Annotations
    return found(
        name,
        "fastmcp.tools",
        "fastmcp.tools.base",
        "fastmcp.tools.function_tool",
        "fastmcp.tools.tool_transform",
    )
