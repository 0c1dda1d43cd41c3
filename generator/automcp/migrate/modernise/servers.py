"""Finds everything that is done with the objects that tools are registered on."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..survey import Source
from .asked import (
    INSPECTED,
    LISTS,
    LISTS_OFFERS,
    LOOKED_AT,
    MOUNTS,
    OFFERS,
    REGISTERS,
    TELLING,
    TELLING_OFFERS,
)
from .bindings import Names, Outside
from .flow import Anchor, Flow
from .looking import looks_at_tools, replaced
from .made import Made
from .methods import mentions
from .scopes import owner, parents


@dataclass(frozen=True)
class Use:
    """A place where a server is named.

    Attributes:
        node: The expression that is the server.
        attribute: What is asked of it; `None` if it is the object itself that is used.
    """

    source: Source
    node: ast.expr
    attribute: ast.Attribute | None


@dataclass
class Uses:
    """Everything that is done with a server.

    Attributes:
        found: Where something is asked of it that matters to its tools, or may.
        offered: The same of prompts and resources.
        unfollowed: Why its prompts and resources cannot be followed: places and reasons.
        strange: Why its tools cannot be followed: places and reasons.
        lost: Where it is passed on inside of the project, and cannot be followed; harmless if nothing there looks at tools.
        run: Where it is served, or handed out to be.
        anchors: The functions that make it, or are given it by those that do.
        mixed: Whether what holds it may hold something else, too.
    """

    found: list[Use] = field(default_factory=list[Use])
    offered: list[Use] = field(default_factory=list[Use])
    unfollowed: list[tuple[Source, int, str]] = field(
        default_factory=list["tuple[Source, int, str]"]
    )
    strange: list[tuple[Source, int, str]] = field(default_factory=list["tuple[Source, int, str]"])
    lost: list[tuple[Source, int, str]] = field(default_factory=list["tuple[Source, int, str]"])
    run: list[tuple[Source, ast.expr]] = field(default_factory=list["tuple[Source, ast.expr]"])
    anchors: list[Anchor] = field(default_factory=list[Anchor])
    mixed: bool = False


def uses(names: Names, sources: Sequence[Source], made: Made) -> Uses:
    """Everything that is done with a server, across the files of a project."""
    flow = Flow(names, sources, {id(one) for one in made.calls})
    for one in made.calls:
        flow.value(made.source, one)
    flow.anchor(made.source, made.call, 0, either=len(made.calls) > 1)
    if made.kind is not None:
        flow.itself(made.kind)
    found = Uses(anchors=flow.anchors, mixed=flow.mixed)
    for source, node in flow.found:
        _used(names, made, source, node, found)
    for source, node, reason in flow.lost:
        found.run.append((source, node))
        found.lost.append((source, node.lineno, reason))
    for source in sources:
        for word in INSPECTED:
            for node in mentions(source.tree).get(word, ()):
                if isinstance(node, ast.Attribute):
                    _through_context(names, made, source, node, found)
    _not_followed(names, sources, made, found)
    changed = replaced(names, sources)
    if changed is not None:
        found.strange.append(changed)
    if found.lost and looks_at_tools(sources, made.flavour):
        found.strange += found.lost
    return found


def _not_followed(names: Names, sources: Sequence[Source], made: Made, found: Uses) -> None:
    """Note names that may be the server, or something else."""
    for source in sources:
        for node in mentions(source.tree).get(made.server.variable, ()):
            if source is made.source or not isinstance(node, ast.Name):
                continue
            if owner(source.tree, node) is None and names.of(source, node) is None:
                reason = f"`{node.id}` may be the server, or something else"
                found.run.append((source, node))
                found.lost.append((source, node.lineno, reason))


def _used(names: Names, made: Made, source: Source, node: ast.expr, found: Uses) -> None:
    """Note one use of the server."""
    above = parents(source.tree)
    around = above.parent(node)
    if isinstance(around, ast.keyword):
        around = above.parent(around)
    if isinstance(around, ast.Attribute):
        _asked(made, source, around, found)
    elif isinstance(around, ast.Call) and around.func is not node:
        _handed(names, made, source, node, around, found)
    elif not isinstance(around, ast.Expr | ast.Compare) and not _is_lazy(source, around):
        found.run.append((source, node))
        found.lost.append((source, node.lineno, "the server is passed on, and cannot be followed"))


def _is_lazy(source: Source, node: ast.AST | None) -> bool:
    """Whether a statement is what a module gives out that is asked for a name late, by `__getattr__`."""
    around = [
        one
        for one in parents(source.tree).around(node or source.tree)
        if isinstance(one, ast.FunctionDef)
    ]
    module = len(around) == 1 and isinstance(parents(source.tree).parent(around[0]), ast.Module)
    return isinstance(node, ast.Return) and module and around[0].name == "__getattr__"


def _asked(made: Made, source: Source, node: ast.Attribute, found: Uses) -> None:
    asked = f"`{ast.unparse(node)}`"
    if node.attr in REGISTERS and isinstance(node.ctx, ast.Load):
        found.found.append(Use(source, node.value, node))
    elif node.attr in OFFERS and isinstance(node.ctx, ast.Load):
        found.offered.append(Use(source, node.value, node))
    elif node.attr in TELLING_OFFERS | OFFERS.keys():
        reason = f"{asked} looks at prompts or resources, or changes them"
        found.unfollowed.append((source, node.lineno, reason))
    elif node.attr in LISTS_OFFERS and next(parents(source.tree).scopes(node), None) is None:
        reason = f"{asked} is asked while modules are loaded"
        found.unfollowed.append((source, node.lineno, reason))
    elif node.attr in LISTS:
        where = parents(source.tree).scopes(node)
        if next(where, None) is None:
            # The modules of what is compiled are not complete yet.
            found.strange.append(
                (source, node.lineno, f"{asked} is asked while modules are loaded")
            )
        found.lost.append(
            (source, node.lineno, f"{asked} gives tools, whose functions are asked for")
        )
    elif node.attr in TELLING[made.flavour] | REGISTERS:
        found.strange.append((source, node.lineno, f"{asked} looks at the tools, or changes them"))
    elif node.attr == "_mcp_server":
        found.run.append((source, node.value))
        found.lost.append((source, node.lineno, f"{asked} is passed on, and cannot be followed"))
    elif node.attr.startswith("run") or node.attr.endswith("_app"):
        found.run.append((source, node.value))


def _through_context(
    names: Names, made: Made, source: Source, node: ast.Attribute, found: Uses
) -> None:
    """A context's `fastmcp` is a server, too."""
    if names.of(source, node) is not None:
        return
    around = parents(source.tree).parent(node)
    if isinstance(around, ast.Attribute):
        _asked(made, source, around, found)


def _handed(
    names: Names, made: Made, source: Source, node: ast.expr, call: ast.Call, found: Uses
) -> None:
    """Note that the server is handed to what it cannot be followed into."""
    called = names.of(source, call.func)
    if isinstance(called, Outside) and called.name in LOOKED_AT:
        _looked_at(made, source, call, found)
        return
    mounts = isinstance(call.func, ast.Attribute) and call.func.attr in MOUNTS
    places = found.strange if isinstance(called, Outside) and not mounts else found.lost
    places.append((source, call.lineno, f"the server is handed to `{ast.unparse(call.func)}`"))
    found.run.append((source, node))


def _looked_at(made: Made, source: Source, call: ast.Call, found: Uses) -> None:
    """Note that a builtin is told of the server: an attribute's name that it is told is asked for."""
    name = call.args[1] if len(call.args) > 1 else None
    if not ast.unparse(call.func).endswith("attr"):
        return
    if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
        reason = "something of the server is asked for, and what cannot be told"
        found.strange.append((source, call.lineno, reason))
        return
    asked = ast.Attribute(value=call.args[0], attr=name.value, ctx=ast.Load())
    if name.value in REGISTERS | OFFERS.keys():
        found.strange.append((source, call.lineno, f"`{name.value}` is asked for by name"))
    else:
        _asked(made, source, ast.copy_location(asked, call), found)
