"""Finds how a legacy project is started."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .declared import commands
from .survey import SDKS, Project, Source

_REGISTERS = frozenset(
    {
        "tool",
        "add_tool",
        "list_tools",
        "call_tool",
        "prompt",
        "resource",
        "list_prompts",
        "operation",
    }
)
_SERVES = frozenset(
    {"run", "run_async", "run_stdio_async", "run_http_async", "serve", "serve_stdio"}
)
_USUAL = ("mcp", "server", "app")
"""The names that `mcp run` looks for."""
_LOOPS = frozenset({"asyncio", "anyio", "subprocess", "uvicorn", "trio", "loop"})


_GROUPS = ("automcp", "khivemcp")
_SERVED = "its service groups need no migration: `automcp serve CONFIG` runs their configuration on today's SDK"


@dataclass(frozen=True, slots=True)
class Script:
    """A console script that starts the server.

    Attributes:
        name: What the command is called.
        target: `module:function`, as in `[project.scripts]`.
    """

    name: str
    target: str
    source: Source


@dataclass(frozen=True, slots=True)
class File:
    """A file that starts the server when it is run, as `python server.py` does.

    Attributes:
        object: The server in it, where something else runs that, as `mcp run server.py` does.
        hides_an_sdk: Whether something beside it is called as an SDK is, which code in its folder would import instead.
    """

    source: Source
    object: str | None = None
    hides_an_sdk: bool = False

    @property
    def module(self) -> str | None:
        """The module that is run instead, as by `python -m`: a package, or a file that imports relative to one."""
        source = self.source
        if not source.package or self.object is not None:
            return None
        if source.path.endswith("__main__.py"):
            return source.package
        relative = any(isinstance(node, ast.ImportFrom) and node.level for node in source.nodes)
        return source.module if relative or self.hides_an_sdk else None


Entry = Script | File


class NoServer(Exception):
    """Nothing in the project starts a legacy MCP server; the message says what was looked for."""


def find_entry(project: Project) -> Entry:
    """How the project's server is started: by a console script if there is one, else by a file.

    Of what a migration came to that needs no adapter, it is the command that the migration put first.

    Raises:
        NoServer: Nothing was found.
    """
    if project.alone and (command := next(_scripts(project), None)) is not None:
        return command
    last: Entry | None = None
    for found in (list(_scripts(project)), list(_files(project)), list(_objects(project))):
        ranked = [(rank, one) for one in found if (rank := _rank(project, one)) is not None]
        if ranked:
            # `max` takes the first of equals, which is the order of the file.
            rank, best = max(ranked, key=lambda one: one[0])
            sure = rank[0] or (rank[1] if isinstance(best, Script) else best.object is not None)
            if sure and not _in_one_package(last, best):
                return best
            # What serves nothing, and registers nothing, as far as can be seen, may still do so: commands import by name.
            last = last or best
    if last is not None:
        return last
    raise NoServer(
        "no console script and no file with `if __name__ == '__main__':` reaches code that uses mcp or fastmcp, "
        "and no file has a server for `mcp run`" + (f"; {_SERVED}" if _has_groups(project) else "")
    )


def _in_one_package(command: Entry | None, other: Entry) -> bool:
    """Whether a console script lies in the package of another entry, which it may start in ways that cannot be seen."""
    package = command.source.module.partition(".")[0] if isinstance(command, Script) else None
    return other.source.module.partition(".")[0] == package


def _has_groups(project: Project) -> bool:
    """Whether a project is made of service groups, for a server that is none of its own."""
    imported = {
        name.split(".")[0] for source in project.sources.values() for name in source.imports
    }
    return any(one in imported and one not in project.by_module for one in _GROUPS)


def _scripts(project: Project) -> Iterator[Script]:
    for name, target in commands(project).items():
        module, _, function = target.split("[")[0].strip().partition(":")
        source = project.by_module.get(module)
        if source is not None and function and _has(source, function.partition(".")[0]):
            yield Script(name, f"{module}:{function}", source)


def _has(source: Source, name: str) -> bool:
    """Whether a source may have something by a name: a command without its function starts nothing."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name in (name, "__getattr__"):
                return True
        elif isinstance(node, ast.Import | ast.ImportFrom):
            said = (one.asname or one.name.partition(".")[0] for one in node.names)
            if not {name, "*"}.isdisjoint(said):
                return True
        elif isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            return True
        elif isinstance(node, ast.Constant) and node.value == name:
            # Names are also given by `globals()` and `setattr`.
            return True
    return f"{source.module}.{name}" in source.imports


def _files(project: Project) -> Iterator[File]:
    for source in project.sources.values():
        if source.beside:
            continue
        at_once = guard(source) is not None or _runs_at_once(source)
        if source.path.endswith("__main__.py") or at_once:
            yield File(source, hides_an_sdk=_hides_an_sdk(project, source))


def _hides_an_sdk(project: Project, source: Source) -> bool:
    """Whether code that is run as a file finds a part of the project where it looks for an SDK."""
    folder = source.path.rpartition("/")[0]
    return bool(folder) and any(
        path in (f"{folder}/{sdk}.py", f"{folder}/{sdk}/__init__.py")
        for path in project.sources
        for sdk in SDKS
    )


def _runs_at_once(source: Source) -> bool:
    """Whether a source runs something when it is imported, too."""
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr in _SERVES
        and ast.unparse(node.value.func.value) != "subprocess"
        for node in source.tree.body
    )


def _objects(project: Project) -> Iterator[File]:
    """Files with a server that nothing in them runs."""
    for source in project.sources.values():
        names = [] if source.beside else list(_servers(source))
        if names:
            yield File(source, next((one for one in _USUAL if one in names), names[0]))


def _servers(source: Source) -> Iterator[str]:
    """The names of what a source makes at its outermost level that may be a server."""
    for node in source.tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
            continue
        made = ast.unparse(node.value.func).split("[")[0]
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name) and (
                made.endswith("FastMCP")
                or (target.id in _USUAL[:2] and not made.endswith("Server"))
            ):
                yield target.id


def guard(source: Source) -> ast.If | None:
    """The block `if __name__ == "__main__":` of a source."""
    for node in source.tree.body:
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            return node
    return None


def _rank(project: Project, found: Entry) -> tuple[int, int, bool, bool, int, int] | None:
    """How much a source looks like what starts the server; `None` if it reaches nothing of an SDK.

    What counts first is how few steps lie between it and the call that serves, then how much is registered, last how
    much of that it registers itself where it does not serve: what only uses a server's functions reaches as much.
    """
    source = found.source
    if not any(one.sdks for one in project.reach(source)):
        return None
    reached = project.reach(source, packages=False)
    code = _called(source, found.target.partition(":")[2] if isinstance(found, Script) else "")
    alone = not (isinstance(found, Script) and _wants_a_command(source, found.target))
    near = 2 if _serves(code) else 1 if any(_serves([one.tree]) for one in reached) else 0
    package = isinstance(found, File) and source.path.endswith("__main__.py")
    if package and near:
        # What a package is run by is made for it, however little of the work it does itself.
        near = 2
    # One package may hold several servers: what they register decides.
    registered = sum(_registrations(one) for one in reached)
    own = _registrations(source) if near < 2 else 0
    return near, registered, package, alone, -source.path.count("/"), own


def _wants_a_command(source: Source, target: str) -> bool:
    """Whether a console script is a command line of several commands, which serves nothing until one is named."""
    name = target.partition(":")[2]
    commands = [
        one
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for one in node.decorator_list
        if isinstance(one, ast.Call) and ast.unparse(one.func) == f"{name}.command"
    ]
    return len(commands) > 1


def _called(source: Source, function: str) -> list[ast.AST]:
    """What runs of a source when one of its functions is called; all of it where that cannot be told."""
    known = {
        node.name: node
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    if function not in known:
        return [source.tree]
    seen, queue = {function}, [function]
    while queue:
        for node in ast.walk(known[queue.pop()]):
            if isinstance(node, ast.Name) and node.id in known and node.id not in seen:
                seen.add(node.id)
                queue.append(node.id)
    return [known[name] for name in seen]


def _serves(code: Iterable[ast.AST]) -> bool:
    """Whether code runs a server: by a method of one, or over an SDK's streams."""
    for node in (one for root in code for one in ast.walk(root)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = ast.unparse(node.func.value).split(".")[0]
        if node.func.attr in _SERVES and owner not in _LOOPS:
            return True
    return False


def _registrations(source: Source) -> int:
    return sum(isinstance(node, ast.Attribute) and node.attr in _REGISTERS for node in source.nodes)
