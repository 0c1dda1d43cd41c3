"""Writes down what a server offers as a spec, as a person would have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias, cast

from ...text.report import Diagnostic, Level, quoted
from .capture import Captured, Wire
from .dialects import modern
from .naming import Layout, Placed, laid_out, plain_name
from .offers import UPSTREAM, Through, icons, is_addressable, prompt, resource, shown
from .passing import Passed
from .schemas import Shared, parameters, takes_keywords, unwrapped

Spec: TypeAlias = "dict[str, Any]"

_TASK_SUPPORT = ("optional", "required")
_SCHEMAS = ("inputSchema", "outputSchema")
_CONTENT = ("text", "image", "audio", "resource", "link")
_NO_NAMES = ("mcp", "server")
_MOST_TOOL_NAME = 64
_TOOL_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.")


@dataclass(frozen=True, slots=True)
class Imported:
    """A spec, and what of the server it does not say.

    Attributes:
        losses: One finding for each loss (`AM65x`).
    """

    spec: Spec
    losses: tuple[Diagnostic, ...]


def compose(
    captured: Captured, *, through: Passed | None = None, name: str | None = None
) -> Imported:
    """The spec of a server.

    Args:
        through: How to reach it; then the spec passes every call on to it.
        name: What to call the service; else after the server itself.
    """
    losses: list[Diagnostic] = [*captured.losses]
    tools = _distinct("tool", captured.tools, "name", losses)
    tools = [one for one in tools if is_callable(one, losses)]
    resources = _distinct(
        "resource",
        [*captured.resources, *captured.templates],
        "uri",
        losses,
    )
    resources = [one for one in resources if is_addressable(one, losses)]
    prompts = _distinct("prompt", captured.prompts, "name", losses)
    said = str(captured.server.get("name") or "server")
    called = name or service_name(said)
    listed = {"tools": tools, "resources": resources, "prompts": prompts}
    names = {kind: _wire_names(kind, each, losses) for kind, each in listed.items()}
    layout = laid_out(names, called)
    tools = [_modern(one) for one in tools]
    listed["tools"] = tools
    documents = [one[key] for one in tools for key in _SCHEMAS if one.get(key)]
    shared = Shared.of(documents)
    spec: Spec = {**_head(captured, called), **_naming(layout)}
    if through is not None:
        spec |= {"settings": through.settings} if through.settings else {}
        spec["backends"] = {UPSTREAM: through.backend}
    if shared.schemas:
        spec["schemas"] = dict(shared.schemas)
    passing = Through("completions" in captured.capabilities) if through is not None else None
    spec["groups"] = _groups(layout, listed, shared, spec.get("title", called), passing)
    losses += _unknowable(captured, proxied=through is not None)
    return Imported(spec, tuple(losses))


def _modern(tool: Wire) -> Wire:
    return {**tool, **{key: modern(tool[key]) for key in _SCHEMAS if tool.get(key)}}


def service_name(said: str) -> str:
    """The server's name without the words that all servers have in theirs."""
    words = re.split("[_-]+", plain_name(said, "server").lower())
    return plain_name("-".join(word for word in words if word not in _NO_NAMES), "server")


def _head(captured: Captured, name: str) -> Spec:
    server = captured.server
    version = server.get("version")
    head: Spec = {"automcp": 1, "name": name, "version": version if version else "0.0.0"}
    for key, member in (("title", "title"), ("description", "description")):
        if server.get(member):
            head[key] = server[member]
    if server.get("name") not in (None, name) and "title" not in head:
        head["title"] = server["name"]
    if captured.instructions:
        head["instructions"] = captured.instructions
    if server.get("websiteUrl"):
        head["website"] = server["websiteUrl"]
    return {**head, **icons(server)}


def _naming(layout: Layout) -> Spec:
    return {} if layout.naming is None else {"naming": layout.naming}


def _groups(
    layout: Layout,
    listed: Mapping[str, Sequence[Wire]],
    shared: Shared,
    title: str,
    through: Through | None,
) -> Spec:
    groups: dict[str, Spec] = {}
    written: tuple[tuple[str, str, Callable[[Wire], Spec]], ...] = (
        ("tools", "operations", partial(_operation, shared=shared, through=through)),
        ("resources", "resources", partial(resource, through=through)),
        ("prompts", "prompts", partial(prompt, through=through)),
    )
    for kind, key, write in written:
        for placed, one in zip(layout.placed[kind], listed[kind], strict=True):
            group = groups.setdefault(
                placed.group, {"description": _about(placed.group, layout, title)}
            )
            members = group.setdefault(key, {})
            members[placed.name] = {**_told(placed), **write(one)}
    return groups


def _about(group: str, layout: Layout, title: str) -> str:
    alone = len({one.group for each in layout.placed.values() for one in each}) == 1
    return f"What {title} offers." if alone else f"What {title} offers as `{group}`."


def _told(placed: Placed) -> Spec:
    return {"wire_name": placed.wire} if placed.told else {}


def _operation(tool: Wire, shared: Shared, through: Through | None) -> Spec:
    hints = cast("Wire", tool.get("annotations") or {})
    title = tool.get("title") or hints.get("title")
    said: Spec = {"title": title} if title else {}
    if tool.get("description"):
        said["description"] = tool["description"]
    schema = shared.moved(tool["inputSchema"])
    params = parameters(schema)
    if params is None:
        said["input"] = schema
        if takes_keywords(schema):
            said["keywords"] = True
    elif params:
        said["params"] = params
    said |= _answers(tool, shared) | effect_of(hints)
    support = cast("Wire", tool.get("execution") or {}).get("taskSupport")
    if support in _TASK_SUPPORT:
        said["task"] = support
    said |= shown(tool)
    return {**said, "run": {"proxy": tool["name"]}} if through else said


def _answers(tool: Wire, shared: Shared) -> Spec:
    if tool.get("outputSchema"):
        return {"returns": unwrapped(shared.moved(tool["outputSchema"]), shared.schemas)}
    # Nobody knows what a tool without an output schema answers with: anything may come.
    return {"content": list(_CONTENT)}


def effect_of(hints: Wire) -> Spec:
    """What the hints say, and what MCP takes for granted where they say nothing (2025-06-18, ToolAnnotations)."""
    reads = hints.get("readOnlyHint") is True
    destroys = hints.get("destructiveHint") is not False
    said: Spec = {"effect": "reads" if reads else "destroys" if destroys else "writes"}
    if hints.get("idempotentHint") is True and not reads:
        said["idempotent"] = True
    if hints.get("openWorldHint") is False:
        said["open_world"] = False
    return {key: value for key, value in said.items() if (key, value) != ("effect", "writes")}


def _wire_names(kind: str, listed: Sequence[Wire], losses: list[Diagnostic]) -> list[str]:
    """Names on the wire. Resources are told apart by their addresses and may share one: then only the first keeps it."""
    names: dict[str, None] = {}
    for one in listed:
        name = free = str(one.get("name") or one.get("uri"))
        number = 1
        while free in names:
            number += 1
            free = f"{name} {number}"
        if free != name:
            losses.append(
                _loss(
                    "AM654", f"several {kind} are called {quoted(name)}: one is {quoted(free)} now"
                )
            )
        names[free] = None
    return list(names)


def _distinct(kind: str, listed: Sequence[Wire], key: str, losses: list[Diagnostic]) -> list[Wire]:
    """Each thing once."""
    found: dict[str, Wire] = {}
    for one in listed:
        address = str(one.get(key) or one.get("uriTemplate"))
        if found.setdefault(address, one) is not one:
            losses.append(
                _loss(
                    "AM651",
                    f"the server lists the {kind} {quoted(address)} twice: the first one counts",
                )
            )
    return [{**one, "uri": address} if key == "uri" else one for address, one in found.items()]


def is_callable(tool: Mapping[str, Any], losses: list[Diagnostic]) -> bool:
    """Whether a spec can say what a tool is called; reported if not."""
    name = str(tool["name"])
    fits = 0 < len(name) <= _MOST_TOOL_NAME and not set(name) - _TOOL_LETTERS
    if not fits:
        losses.append(
            _loss(
                "AM652",
                f"the tool {quoted(name)} is left out: no MCP client has to accept its name",
            )
        )
    return fits


def _unknowable(captured: Captured, *, proxied: bool) -> Iterator[Diagnostic]:
    """What servers do not tell, and a spec would say; what of them does not pass through another one."""
    resources = cast("Wire", captured.capabilities.get("resources") or {})
    if proxied and resources.get("subscribe") is True:
        yield _loss(
            "AM656",
            "the server tells who subscribes to a resource of its changes: that is not passed on",
        )
    if not proxied and captured.capabilities.get("completions") is not None:
        yield _loss(
            "AM653",
            "the server completes values, but does not say which: no `complete` was written",
        )


def _loss(code: str, message: str) -> Diagnostic:
    return Diagnostic(code, message, level=Level.NOTE)
