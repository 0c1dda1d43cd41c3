"""How fastmcp 2 and 3 wrote what they listed, where fastmcp 4 adds to it, or leaves something out."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, cast

from fastmcp.tools.base import Tool
from fastmcp.utilities.components import FastMCPComponent

from .before import FASTMCP

_to_mcp_tool: Any = Tool.to_mcp_tool
_get_meta: Any = FastMCPComponent.get_meta
_further: ContextVar[dict[str, Mapping[str, Any]] | None] = ContextVar("_further", default=None)
"""What tools are annotated with beside what the protocol knows, by their names, while they are listed."""


def _as_before(self: Any, **overrides: Any) -> Any:
    """A tool as it goes out: without a title that nobody gave it."""
    overrides.pop("include_fastmcp_meta", None)
    annotations = overrides.get("annotations", self.annotations)
    title = self.title or getattr(annotations, "title", None)
    overrides.setdefault("title", title if FASTMCP >= (2, 10) else None)
    further = _further.get()
    if further is not None and getattr(annotations, "model_extra", None):
        further[overrides.get("name", self.name)] = dict(annotations.model_extra)
    return _to_mcp_tool(self, **overrides)


def _meta(self: Any, **_: Any) -> Any:
    """What goes out beside a component: by another name before 3, and nothing of fastmcp's own before 2.11."""
    found: Mapping[str, Any] | None = _get_meta(self)
    if FASTMCP >= (3,) or not found:
        return found
    rest = {name: value for name, value in found.items() if name != "fastmcp"}
    if FASTMCP >= (2, 11) and "fastmcp" in found:
        rest["_fastmcp"] = found["fastmcp"]
    return rest or None


def list_as_before() -> None:
    """Let all components be listed as they were, once."""
    type.__setattr__(Tool, "to_mcp_tool", _as_before)
    type.__setattr__(FastMCPComponent, "get_meta", _meta)


async def further_annotations(context: Any, call_next: Any) -> Any:
    """Adds to the tools that go out what the SDK leaves out of their annotations."""
    if context.method != "tools/list":
        return await call_next(context)
    token = _further.set({})
    try:
        result = await call_next(context)
        further = _further.get() or {}
    finally:
        _further.reset(token)
    if further and isinstance(result, dict):
        listed = cast("dict[str, Any]", result)
        for tool in listed.get("tools", []):
            more = further.get(tool["name"])
            if more is not None:
                tool["annotations"] = {**tool.get("annotations", {}), **more}
    return cast("Any", result)
