"""Finds the objects that tools are registered on: in modules and in functions, of the SDK's class or of one of the project's own."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..survey import Source
from .asked import CONSTRUCTORS, LISTS, REGISTERS, TELLING
from .bindings import Bound, Names, Outside
from .found import Flavour, Server
from .methods import Class
from .scopes import Function, parents

_OWN = frozenset(
    {"__call__", "__getattr__", "__getattribute__", "__init_subclass__", "__new__", "__setattr__"}
)
_DEEPEST = 6


@dataclass(frozen=True)
class Made:
    """A server object, and how it is made.

    Attributes:
        calls: The constructor's calls: more than one if either is made, as a condition says.
        told: The calls that hand words to the SDK's constructor: these, or those of a class of the project's own.
        function: The function that makes it; `None` if a module does.
        kind: The class of the project's own that it is of.
    """

    server: Server
    source: Source
    calls: tuple[ast.Call, ...]
    flavour: Flavour
    told: tuple[Source, tuple[ast.Call, ...]]
    function: Function | None = None
    kind: Class | None = None

    @property
    def call(self) -> ast.Call:
        """The call that makes it, or the first of those that do."""
        return self.calls[0]


@dataclass(frozen=True)
class _Kind:
    """What is made.

    Attributes:
        own: The class of the project's, if it is one.
        told: The call of the constructor of its base that leaves no room for further words.
    """

    flavour: Flavour
    own: Class | None = None
    told: tuple[Source, ast.Call] | None = None


def made_servers(
    names: Names, sources: Sequence[Source], module: Mapping[str, str]
) -> Iterator[Made]:
    """The server objects that modules and functions make.

    Args:
        module: The names that the files are loaded under, by path.
    """
    found = list(_made_servers(names, sources, module))
    counted = Counter(id(each) for one in found for each in one.told[1])
    for one in found:
        # A class of servers that tells the SDK of all of them alike is of one server.
        if all(counted[id(each)] == 1 for each in one.told[1]):
            yield one


def _made_servers(
    names: Names, sources: Sequence[Source], module: Mapping[str, str]
) -> Iterator[Made]:
    known = _called(sources)
    for source in sources:
        groups: dict[object, list[tuple[ast.Call, _Kind]]] = {}
        for node in source.nodes:
            if not isinstance(node, ast.Call) or _last(node.func) not in known:
                continue
            kind = _kind(names, source, node.func)
            if kind is not None:
                groups.setdefault(_alternative(source, node), []).append((node, kind))
        for group in groups.values():
            kind = group[0][1]
            if any(one != kind for _, one in group) or len(group) > 2:
                continue
            calls = tuple(call for call, _ in group)
            if len(calls) == 2 and not _either(source, calls):
                continue
            name = module.get(source.path, names.layout.name(source))
            server = Server(name, _variable(source, calls[0]), source.path)
            told = (source, calls) if kind.told is None else (kind.told[0], (kind.told[1],))
            function = _function(source, calls[0])
            yield Made(server, source, calls, kind.flavour, told, function, kind.own)


def _called(sources: Sequence[Source]) -> frozenset[str]:
    """What classes of servers may be called."""
    nodes = [node for source in sources for node in source.nodes]
    classes = {
        node.name: {_last(one) for one in node.bases}
        for node in nodes
        if isinstance(node, ast.ClassDef)
    }
    known = {name.rpartition(".")[2] for name in CONSTRUCTORS}
    renamed = [
        (one.name, one.asname)
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.asname
    ]
    count = 0
    while count != len(known):
        count = len(known)
        known |= {name for name, bases in classes.items() if bases & known}
        known |= {called for name, called in renamed if name in known}
    return frozenset(known)


def _last(node: ast.expr) -> str:
    """The last name of a dotted one, without what stands in brackets behind it."""
    inner = node.value if isinstance(node, ast.Subscript) else node
    return inner.id if isinstance(inner, ast.Name) else getattr(inner, "attr", "")


def _kind(names: Names, source: Source, called: ast.expr) -> _Kind | None:
    """What a call makes, if that is a server."""
    found = names.of(source, called.value if isinstance(called, ast.Subscript) else called)
    if isinstance(found, Outside):
        flavour = CONSTRUCTORS.get(found.name)
        return _Kind(flavour) if flavour is not None else None
    if isinstance(found, Bound) and isinstance(found.node, ast.ClassDef):
        return _own(names, found.source, found.node)
    return None


def _own(names: Names, source: Source, node: ast.ClassDef, deep: int = 0) -> _Kind | None:
    """What a class of the project's makes, if it registers tools as the SDK's does."""
    bases = [_base(names, source, one) for one in node.bases]
    servers = [one for one in bases if one is not None]
    if len(servers) != 1 or node.keywords or node.decorator_list or deep > _DEEPEST:
        return None
    base = servers[0]
    if isinstance(base, Outside):
        kind = _Kind(CONSTRUCTORS[base.name])
    else:
        assert isinstance(base.node, ast.ClassDef)
        found = _own(names, base.source, base.node, deep + 1)
        # One that inherits from another is told nothing of how it is made.
        if found is None or found.told is not None:
            return None
        kind = found
    return _with_own(source, node, kind)


def _base(names: Names, source: Source, node: ast.expr) -> Outside | Bound | None:
    found = names.of(source, node.value if isinstance(node, ast.Subscript) else node)
    if isinstance(found, Outside):
        return found if found.name in CONSTRUCTORS else None
    if isinstance(found, Bound) and isinstance(found.node, ast.ClassDef):
        return found if _own(names, found.source, found.node) is not None else None
    return None


def _with_own(source: Source, node: ast.ClassDef, kind: _Kind) -> _Kind | None:
    """A class with what it says itself; `None` if that may change how tools are registered, or listed."""
    listed = LISTS if kind.flavour == "fastmcp2" else frozenset[str]()
    refused = _OWN | REGISTERS | TELLING[kind.flavour] | listed
    for one in node.body:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            if one.name in refused or (one.decorator_list and one.name == "__init__"):
                return None
        elif isinstance(one, ast.ClassDef | ast.If | ast.For | ast.While | ast.Try | ast.With) or (
            isinstance(one, ast.Assign | ast.AnnAssign)
            and (refused & {each.id for each in ast.walk(one) if isinstance(each, ast.Name)})
        ):
            return None
    makes = next(
        (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"),
        None,
    )
    own = (source, node)
    if makes is None:
        return _Kind(kind.flavour, own, kind.told)
    above = [one for one in ast.walk(makes) if isinstance(one, ast.Call) and _is_above(one)]
    if len(above) != 1 or not any(_holds(one, above[0]) for one in makes.body):
        return None
    return _Kind(kind.flavour, own, (source, above[0]))


def _is_above(call: ast.Call) -> bool:
    """Whether a call is `super().__init__(…)`."""
    asked = call.func
    return (
        isinstance(asked, ast.Attribute)
        and asked.attr == "__init__"
        and isinstance(asked.value, ast.Call)
        and ast.unparse(asked.value.func) == "super"
    )


def _holds(statement: ast.stmt, call: ast.Call) -> bool:
    return isinstance(statement, ast.Expr) and statement.value is call


def _alternative(source: Source, call: ast.Call) -> object:
    """What is the same for the calls of which one makes a server: the condition, and what the server is called."""
    above = parents(source.tree)
    statement = above.parent(call)
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return id(call)
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    around = above.parent(statement)
    if isinstance(around, ast.If) and around.orelse:
        return id(around), ast.unparse(target)
    return id(call)


def _either(source: Source, calls: Sequence[ast.Call]) -> bool:
    """Whether one of two calls is made, each in a branch of its own."""
    above = parents(source.tree)
    first, second = (above.parent(one) for one in calls)
    around = above.parent(first) if first is not None else None
    return isinstance(around, ast.If) and (
        any(one is first for one in around.body) and any(one is second for one in around.orelse)
    )


def _function(source: Source, node: ast.AST) -> Function | None:
    for one in parents(source.tree).around(node):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            return one
    return None


def _variable(source: Source, call: ast.Call) -> str:
    """What a server is called: dotted where no module holds it."""
    above = parents(source.tree)
    statement = above.parent(call)
    said = ""
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        said = target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")
    scopes = [
        one.name
        for one in above.around(call)
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    return ".".join([*reversed(scopes), *([said] if said else [])])
