"""Finds the objects that tools are registered on, and everything that is done with them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..survey import Source
from .asked import (
    CONSTRUCTORS,
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
from .bindings import Bound, Names, Outside, bindings
from .found import Flavour, Server
from .looking import looks_at_tools, replaced
from .scopes import Function, bound_names, owner, parameters, parents, within


@dataclass(frozen=True)
class Made:
    """A server object, and how it is made.

    Attributes:
        call: The constructor's call.
    """

    server: Server
    source: Source
    call: ast.Call
    flavour: Flavour


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
        handed: The functions of the project that it is handed to, and the parameter, with the calls.
    """

    found: list[Use] = field(default_factory=list[Use])
    offered: list[Use] = field(default_factory=list[Use])
    unfollowed: list[tuple[Source, int, str]] = field(
        default_factory=list["tuple[Source, int, str]"]
    )
    strange: list[tuple[Source, int, str]] = field(default_factory=list["tuple[Source, int, str]"])
    lost: list[tuple[Source, int, str]] = field(default_factory=list["tuple[Source, int, str]"])
    run: list[tuple[Source, ast.expr]] = field(default_factory=list["tuple[Source, ast.expr]"])
    handed: dict[int, tuple[Source, Function, str, list[ast.Call]]] = field(
        default_factory=dict[int, "tuple[Source, Function, str, list[ast.Call]]"]
    )


def made_servers(
    names: Names, sources: Sequence[Source], module: Mapping[str, str]
) -> Iterator[Made]:
    """The server objects that modules hold.

    Args:
        module: The names that the files are loaded under, by path.
    """
    for source in sources:
        for variable in bindings(source):
            found = names.bound(source, variable)
            if not isinstance(found, Bound) or found.source is not source or found.name != variable:
                continue
            call = found.node
            if not isinstance(call, ast.Call):
                continue
            made = call.func.value if isinstance(call.func, ast.Subscript) else call.func
            kind = names.of(source, made)
            if isinstance(kind, Outside) and kind.name in CONSTRUCTORS:
                name = module.get(source.path, names.layout.name(source))
                server = Server(name, variable, source.path)
                yield Made(server, source, call, CONSTRUCTORS[kind.name])


def uses(names: Names, sources: Sequence[Source], made: Made) -> Uses:
    """Everything that is done with a server, across the files of a project."""
    found = Uses()
    variable = made.server.variable
    for source in sources:
        known = _aliases(source, variable)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name) and node.id in known and isinstance(node.ctx, ast.Load):
                _named(names, made, source, node, found)
            elif isinstance(node, ast.Attribute) and node.attr == variable:
                if _is(names.of(source, node), made):
                    _used(names, made, source, node, found)
            elif isinstance(node, ast.Attribute) and node.attr in INSPECTED:
                _through_context(names, made, source, node, found)
    changed = replaced(names, sources)
    if changed is not None:
        found.strange.append(changed)
    if found.lost and looks_at_tools(sources, made.flavour):
        found.strange += found.lost
    return found


def _aliases(source: Source, variable: str) -> frozenset[str]:
    """The names that may stand for a global of that name of any module."""
    renamed = {
        one.asname
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.name == variable and one.asname
    }
    return frozenset({variable, *renamed})


def _is(thing: object, made: Made) -> bool:
    return isinstance(thing, Bound) and thing.node is made.call


def _named(names: Names, made: Made, source: Source, node: ast.Name, found: Uses) -> None:
    thing = names.of(source, node)
    if _is(thing, made):
        _used(names, made, source, node, found)
    elif thing is None and owner(source.tree, node) is None:
        found.run.append((source, node))
        found.lost.append(
            (source, node.lineno, f"`{node.id}` may be the server, or something else")
        )


def _used(names: Names, made: Made, source: Source, node: ast.expr, found: Uses) -> None:
    """Note one use of the server."""
    above = parents(source.tree)
    around = above.parent(node)
    if isinstance(around, ast.Attribute):
        _asked(made, source, around, found)
    elif isinstance(around, ast.Call) and around.func is not node:
        _handed(names, made, source, node, around, found)
    elif isinstance(around, ast.keyword):
        call = above.parent(around)
        if isinstance(call, ast.Call):
            _handed(names, made, source, around, call, found)
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
    names: Names,
    made: Made,
    source: Source,
    node: ast.expr | ast.keyword,
    call: ast.Call,
    found: Uses,
) -> None:
    """Follow the server into a function of the project that it is handed to."""
    called = names.of(source, call.func)
    if isinstance(called, Outside) and called.name in LOOKED_AT:
        _looked_at(made, source, call, found)
        return
    function = called.node if isinstance(called, Bound) else None
    if not isinstance(called, Bound) or not isinstance(
        function, ast.FunctionDef | ast.AsyncFunctionDef
    ):
        mounts = isinstance(call.func, ast.Attribute) and call.func.attr in MOUNTS
        places = found.strange if isinstance(called, Outside) and not mounts else found.lost
        places.append((source, call.lineno, f"the server is handed to `{ast.unparse(call.func)}`"))
        found.run.append((source, node.value if isinstance(node, ast.keyword) else node))
        return
    parameter = _parameter(function, call, node)
    if parameter is None:
        found.lost.append((source, call.lineno, f"the server is handed to `{function.name}`"))
        return
    known = found.handed.get(id(function))
    if known is not None:
        known[3].append(call)
        return
    found.handed[id(function)] = (called.source, function, parameter, [call])
    if any(parameter in bound_names(one) for one in within(function.body)):
        found.lost.append(
            (called.source, function.lineno, f"`{function.name}` binds `{parameter}` anew")
        )
        return
    for one in ast.walk(function):
        if (
            isinstance(one, ast.Name)
            and one.id == parameter
            and owner(called.source.tree, one) is function
        ):
            _used(names, made, called.source, one, found)


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


def _parameter(function: Function, call: ast.Call, given: ast.expr | ast.keyword) -> str | None:
    if isinstance(given, ast.keyword):
        return given.arg if given.arg in {one.arg for one in parameters(function)} else None
    place = next((at for at, one in enumerate(call.args) if one is given), None)
    by_place = [*function.args.posonlyargs, *function.args.args]
    starred = any(isinstance(one, ast.Starred) for one in call.args)
    if place is None or starred or place >= len(by_place):
        return None
    return by_place[place].arg
