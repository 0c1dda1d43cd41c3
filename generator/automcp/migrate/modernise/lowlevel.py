"""Reads low-level servers of `mcp` 1: tools that are listed as literals, and one function that dispatches by name."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..survey import Source
from .asked import OF_LOW_LEVEL
from .bindings import Bound, Outside, bindings
from .found import Left, Plain, Server
from .listing import Listing, Tool
from .literals import Unclear
from .methods import mentions
from .reaching import Reaching
from .reading import Reading
from .registered import may_end_the_server
from .scopes import Function, bound_names, own_names, owner, parameters, within

_CONSTRUCTORS = frozenset(
    {"mcp.server.Server", "mcp.server.lowlevel.Server", "mcp.server.lowlevel.server.Server"}
)


@dataclass(frozen=True)
class Dispatched:
    """A low-level server whose tools are understood.

    Attributes:
        call: The constructor's call.
        lists: The function that lists the tools.
        calls: The one that answers every call.
        lists_are_used: Whether something else asks for the list, such as a test: then it stays, without its decorator.
        calls_are_used: Whether something else calls the latter: then it still knows all names.
        tools: What is listed, by the name of the function that is to answer it.
        places: The places of these in the list.
        left: The tools that are not understood.
        holder: The function that makes the server, and holds these; `None` if the module does.
    """

    server: Server
    source: Source
    call: ast.Call
    lists: Function
    calls: Function
    lists_are_used: bool
    calls_are_used: bool
    tools: Mapping[str, Tool]
    places: frozenset[int]
    left: Sequence[Left]
    holder: Function | None = None

    @property
    def variable(self) -> str:
        """The name that the server is kept under where it is made."""
        return self.server.variable.rpartition(".")[2]

    def plain(self) -> Iterator[Plain]:
        """Its tools as functions."""
        for function, tool in self.tools.items():
            yield Plain(
                server=self.server,
                function=f"{self.server.module}:{function}",
                tool=tool,
                context=None,
                flavour="mcp1_lowlevel",
                source=self.source.path,
                line=self.calls.lineno,
            )


def dispatched(reading: Reading) -> Iterator[Dispatched | Left]:
    """The low-level servers that starting the project may reach, or why they are not understood."""
    reached = {one.path for one in reading.project.reach(reading.entry.source)} | set(
        reading.started.names
    )
    for source in reading.sources:
        if source.path not in reached:
            continue
        for one in _servers(reading, source):
            try:
                yield one.dispatched()
            except Unclear as error:
                line = getattr(one.found.node, "lineno", 1)
                yield Left(source.path, line, None, str(error))


def _servers(reading: Reading, source: Source) -> Iterator[_Server]:
    """The servers that a module, or a function of it, makes and gives a name."""
    for variable in bindings(source):
        found = reading.names.bound(source, variable)
        if isinstance(found, Bound) and found.source is source and _makes(reading, found):
            yield _Server(reading, found)
    for holder in source.tree.body:
        if not isinstance(holder, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in holder.body:
            target = (
                node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            )
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and isinstance(value, ast.Call):
                found = Bound(source, target.id, value)
                if target.id in own_names(holder) and _makes(reading, found):
                    yield _Server(reading, found, holder)


def _makes(reading: Reading, found: Bound) -> bool:
    call = found.node
    if not isinstance(call, ast.Call):
        return False
    made = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    kind = reading.names.of(found.source, made)
    return isinstance(kind, Outside) and kind.name in _CONSTRUCTORS


@dataclass
class _Server:
    reading: Reading
    found: Bound
    holder: Function | None = None

    def dispatched(self) -> Dispatched:
        source, call = self.found.source, self.found.node
        assert isinstance(call, ast.Call)
        if self.holder is not None:
            self._check_holder(self.holder, call)
        self._check_handlers()
        lists, calls = self._decorated("list_tools"), self._decorated("call_tool")
        names = [one.arg for one in calls.args.args]
        plain = not (
            calls.args.kwonlyargs or calls.args.vararg or calls.args.kwarg or calls.args.defaults
        )
        if len(names) != 2 or not plain or not isinstance(calls, ast.AsyncFunctionDef):
            raise Unclear(f"`{calls.name}` takes something else than a name and arguments")
        if may_end_the_server(calls):
            raise Unclear(f"`{calls.name}` may end the server")
        reached = [one for one in self.reading.sources if one.path in self.reading.reached]
        listing = Listing(self.reading.names, self.reading.values, source, reached)
        known, left = listing.of(lists)
        used = self._used(lists)
        if left and (used or not known):
            raise Unclear(left[0].reason)
        return Dispatched(
            server=Server(self._module(), self._variable(), source.path),
            source=source,
            call=call,
            lists=lists,
            calls=calls,
            lists_are_used=used,
            calls_are_used=self._used(calls),
            tools=self._named(list(known.values()), calls),
            places=frozenset(known),
            left=left,
            holder=self.holder,
        )

    def _variable(self) -> str:
        return self.found.name if self.holder is None else f"{self.holder.name}.{self.found.name}"

    def _check_holder(self, holder: Function, call: ast.Call) -> None:
        """Raises `Unclear` if a function may make more than one server, or another one."""
        bound = [node for node in within(holder.body) if self.found.name in bound_names(node)]
        if len(bound) != 1 or self.found.name in {one.arg for one in parameters(holder)}:
            raise Unclear(f"`{self.found.name}` is bound more than once")
        reached = [one for one in self.reading.sources if one.path in self.reading.reached]
        Reaching(self.reading.names, reached, (), {}).check_once(self.found.source, call)

    def _check_handlers(self) -> None:
        """Raises `Unclear` if something looks at the functions that the server was told of, or changes them."""
        for source in self.reading.sources:
            for word in OF_LOW_LEVEL:
                for node in mentions(source.tree).get(word, ()):
                    if isinstance(node, ast.Attribute) and self._is_server(source, node.value):
                        raise Unclear(f"`{ast.unparse(node)}` is asked for")

    def _is_server(self, source: Source, node: ast.expr) -> bool:
        if self.holder is not None:
            if not isinstance(node, ast.Name) or node.id != self.found.name:
                return False
            return source is self.found.source and owner(source.tree, node) is self.holder
        server = self.reading.names.of(source, node)
        return isinstance(server, Bound) and server.node is self.found.node

    def _decorated(self, what: str) -> Function:
        """The function of the module that the server was told of as this."""
        found: list[Function] = []
        for source in self.reading.sources:
            for node in source.nodes:
                if not (isinstance(node, ast.Attribute) and node.attr == what):
                    continue
                if self._is_server(source, node.value):
                    self.reading.seen.add(id(node))
                    found.append(self._function(source, node, what))
        if len(found) != 1:
            raise Unclear(f"`{what}` is asked of it {len(found)} times")
        return found[0]

    def _function(self, source: Source, node: ast.Attribute, what: str) -> Function:
        for one in source.tree.body if self.holder is None else self.holder.body:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and any(
                isinstance(each, ast.Call) and each.func is node for each in one.decorator_list
            ):
                decorator = one.decorator_list[0]
                bare = isinstance(decorator, ast.Call) and not (
                    decorator.args or decorator.keywords
                )
                more = len(one.decorator_list) > 1 and what != "call_tool"
                if more or not bare or not _is_called_by(decorator, node):
                    raise Unclear(f"`{one.name}` is decorated by more than `{what}()`")
                if source is not self.found.source:
                    raise Unclear(f"`{one.name}` stands in another module than its server")
                return one
        raise Unclear(f"`{ast.unparse(node)}` decorates no function of a module")

    def _used(self, function: Function) -> bool:
        """Whether something other than the server names a function."""
        if self.holder is not None:
            return any(
                isinstance(node, ast.Name)
                and node.id == function.name
                and owner(self.found.source.tree, node) is self.holder
                for node in ast.walk(self.holder)
            )
        word = re.compile(rf"\b{re.escape(function.name)}\b")
        for source in self.reading.project.sources.values():
            if source.beside and self._imports(source, function.name):
                return True
            if source.beside or not word.search(source.text):
                continue
            for node in source.nodes:
                if isinstance(node, ast.Name | ast.Attribute):
                    thing = self.reading.names.of(source, node)
                    if isinstance(thing, Bound) and thing.node is function:
                        return True
        return False

    def _imports(self, source: Source, name: str) -> bool:
        """Whether a test takes something of that name from the server's module."""
        module = self.reading.layout.name(self.found.source)
        return f"{module}.{name}" in source.imports or (
            module in source.imports and f".{name}(" in source.text
        )

    def _module(self) -> str:
        source, started = self.found.source, self.reading.started.names
        known = started.get(source.path, [])
        if len(set(known)) > 1:
            raise Unclear(f"`{source.path}` is loaded twice, under different names")
        if not known or known[0] == "__main__":
            return self.reading.layout.name(source)
        return known[0]

    def _named(self, listed: list[Tool], calls: Function) -> dict[str, Tool]:
        taken = set(bindings(self.found.source)) | {
            node.id for node in self.found.source.nodes if isinstance(node, ast.Name)
        }
        taken |= {one.arg for one in ast.walk(calls) if isinstance(one, ast.arg)}
        if self.holder is not None:
            taken |= own_names(self.holder)
        found: dict[str, Tool] = {}
        for tool in listed:
            name = tool.get("name")
            if not isinstance(name, str) or any(one["name"] == name for one in found.values()):
                raise Unclear("a tool has no name of its own")
            plain = re.sub(r"\W", "_", name)
            plain = f"tool_{plain}" if plain[:1].isdigit() or keyword.iskeyword(plain) else plain
            while plain in taken:
                plain = f"{plain}_tool" if not plain.endswith("_tool") else f"{plain}_"
            taken.add(plain)
            found[plain] = tool
        return found


def binds(node: ast.AST, name: str) -> bool:
    """Whether a node binds a name, or says that it is another one's."""
    if isinstance(node, ast.Name):
        return node.id == name and not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler):
        return node.name == name
    if isinstance(node, ast.arg):
        return node.arg == name
    return isinstance(node, ast.Global | ast.Nonlocal) and name in node.names


def _is_called_by(decorator: ast.expr, node: ast.Attribute) -> bool:
    """Whether the outermost decorator is the server's."""
    return isinstance(decorator, ast.Call) and decorator.func is node
