"""What a project's sources say of the release of an SDK that they were written for, where its pin does not.

Modules, names and words went from one release to the next: code that has them ran on the last one that had them, at most.
Only what a server cannot start without counts: methods that are called under some transport say nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from .requirements import at_least, pinned, release
from .survey import Project, Source

_MODULES: Mapping[str, tuple[int, int]] = {
    "fastmcp.prompts.manager": (1, 0),
    "fastmcp.utilities.func_metadata": (1, 0),
    "fastmcp.low_level": (2, 5),
    "fastmcp.utilities.decorators": (2, 5),
    "fastmcp.server.auth.providers.bearer_env": (2, 10),
    "fastmcp.utilities.cache": (2, 10),
    "fastmcp.server.auth.registry": (2, 11),
    "fastmcp.utilities.storage": (2, 12),
    "fastmcp.server.auth.providers.bearer": (2, 13),
    "fastmcp.prompts.prompt_manager": (2, 14),
    "fastmcp.resources.resource_manager": (2, 14),
    "fastmcp.tools.tool_manager": (2, 14),
    "fastmcp.utilities.mcp_config": (2, 14),
}
_NAMES: Mapping[str, tuple[int, int]] = {
    "fastmcp.Image": (2, 13),
    "fastmcp.server.auth.BearerAuthProvider": (2, 13),
    "fastmcp.server.openapi.HTTPRoute": (2, 13),
    "fastmcp.server.openapi.RouteType": (2, 13),
    "fastmcp.server.context.settings": (2, 14),
    "fastmcp.utilities.components.MirroredComponent": (2, 14),
}
_OF_SERVERS: Mapping[str, tuple[int, int]] = {
    "auth_server_provider": (2, 5),
    "cache_expiration_seconds": (2, 10),
    "dependencies": (2, 13),
    "resource_prefix_format": (2, 13),
    **dict.fromkeys(
        ("debug", "host", "include_fastmcp_meta", "json_response", "log_level", "message_path", "port",
         "sse_path", "stateless_http", "streamable_http_path", "tool_serializer", "tool_transformations",
         "include_tags", "exclude_tags", "on_duplicate_tools", "on_duplicate_resources", "on_duplicate_prompts"),
        (2, 14),
    ),
}  # fmt: skip
"""Words of `FastMCP(...)`."""

_TAKES_ANY = (1, 11)
KNOWN_TO_MCP = frozenset(
    {
        "name", "instructions", "website_url", "icons", "auth_server_provider", "token_verifier", "event_store",
        "retry_interval", "tools", "debug", "log_level", "host", "port", "mount_path", "sse_path", "message_path",
        "streamable_http_path", "json_response", "stateless_http", "warn_on_duplicate_resources", "lifespan", "auth",
        "warn_on_duplicate_tools", "warn_on_duplicate_prompts", "dependencies", "transport_security",
        "max_request_body_size", "max_sessions", "session_idle_timeout",
    }
)  # fmt: skip
"""Words of the `FastMCP(...)` of `mcp` since 1.12; before, it took any, and did nothing with most."""

_OF_DECORATORS: Mapping[str, tuple[int, int]] = {"enabled": (2, 14)}
_OF_OBJECTS: Mapping[str, tuple[int, int]] = {
    "_mcp_list_tools": (2, 13),
    **dict.fromkeys(("settings", "_tool_manager", "get_tools"), (2, 14)),
}
"""Attributes of servers."""

_OF_ADDED_TOOLS: Mapping[str, tuple[int, int]] = dict.fromkeys(
    ("name", "description", "tags", "annotations", "serializer"), (2, 6)
)
"""Words of `add_tool(function, ...)`, which takes tools alone since."""

_DECORATORS = frozenset({"tool", "resource", "prompt", "from_function"})
_PREFIX_FIRST = (2, 13)
"""`mount("prefix", server)` and `import_server("prefix", server)`."""


def last_release(project: Project, needed: Iterable[str], sdk: str) -> tuple[int, ...] | None:
    """The newest release of an SDK that a project can have run with, by what it requires and by what it names.

    One that is required alone is the one, whatever is named.
    """
    needed = list(needed)
    required = release(needed, sdk)
    if sdk == "fastmcp" and pinned(needed, sdk):
        return required
    named = spoken(project) if sdk == "fastmcp" else _spoken_of_mcp(project)
    if sdk == "mcp" and named is not None and at_least(needed, sdk) > named:
        # What is asked for takes no such words: those that are there say nothing.
        named = None
    return min((one for one in (required, named) if one is not None), default=None)


def _spoken_of_mcp(project: Project) -> tuple[int, int] | None:
    """The release of `mcp` whose `FastMCP` took any word; `None` if it is given none but those that it knows."""
    return _told_any(tuple(project.sources.values()))


@lru_cache(maxsize=8)
def _told_any(read: tuple[Source, ...]) -> tuple[int, int] | None:
    for source in read:
        if source.beside or source.sdks != frozenset({"mcp"}):
            continue
        for node in source.nodes:
            if isinstance(node, ast.Call) and ast.unparse(node.func).split("[")[0] == "FastMCP":
                words = {word.arg for word in node.keywords if word.arg is not None}
                if words - KNOWN_TO_MCP:
                    return _TAKES_ANY
    return None


def spoken(project: Project) -> tuple[int, int] | None:
    """The last release of fastmcp that has all that the sources name; `None` if nothing went since."""
    return _spoken(tuple(project.sources.values()))


@lru_cache(maxsize=8)
def _spoken(read: tuple[Source, ...]) -> tuple[int, int] | None:
    # Each tool of a project asks for the release that its server was made for.
    sources = [one for one in read if "fastmcp" in one.sdks and not one.beside]
    own = {
        node.name
        for source in read
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    return min((one for source in sources for one in _said(source, own)), default=None)


def _said(source: Source, own: Collection[str]) -> Iterator[tuple[int, int]]:
    for name in _always_imported(source):
        if name in _NAMES:
            yield _NAMES[name]
        yield from (
            last for module, last in _MODULES.items() if f"{name}.".startswith(f"{module}.")
        )
    yield from _asked_at_the_start(source)
    for node in source.nodes:
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rsplit(".", 1)[-1]
            if called in own:
                continue
            if called == "FastMCP":
                yield from _found(node.keywords, _OF_SERVERS)
            elif called in _DECORATORS:
                yield from _found(node.keywords, _OF_DECORATORS)
            elif called == "add_tool" and isinstance(node.func, ast.Attribute):
                yield from _found(node.keywords, _OF_ADDED_TOOLS)
            elif called in ("mount", "import_server") and _names_a_prefix_first(node):
                yield _PREFIX_FIRST


def _asked_at_the_start(source: Source) -> Iterator[tuple[int, int]]:
    """What a server is asked for on the way to its run, under no condition."""
    body = source.tree.body
    servers = {
        target.id
        for node in body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and ast.unparse(node.value.func).endswith("FastMCP")
    }
    functions = (one for one in body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    for part in (body, *(one.body for one in functions if _runs(one, servers))):
        simple = (one for one in part if isinstance(one, ast.Assign | ast.AugAssign | ast.Expr))
        asked = (
            each for one in simple for each in ast.walk(one) if isinstance(each, ast.Attribute)
        )
        for node in asked:
            if isinstance(node.value, ast.Name) and node.value.id in servers:
                yield from (_OF_OBJECTS[node.attr],) if node.attr in _OF_OBJECTS else ()


def _runs(function: ast.AST, servers: Collection[str]) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in ("run", "run_async")
        and isinstance(node.value, ast.Name)
        and node.value.id in servers
        for node in ast.walk(function)
    )


def _names_a_prefix_first(call: ast.Call) -> bool:
    """Whether a call begins with a prefix, and not with a path, as web applications are mounted on."""
    first = call.args[0] if call.args else None
    return (
        isinstance(first, ast.Constant)
        and isinstance(first.value, str)
        and not first.value.startswith("/")
    )


def _always_imported(source: Source) -> Iterator[str]:
    """What is imported whenever a source is: not what is only tried, or imported later."""
    for node in source.tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _found(
    words: Iterable[ast.keyword], known: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    return (known[word.arg] for word in words if word.arg is not None and word.arg in known)
