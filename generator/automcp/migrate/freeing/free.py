"""Takes a server object out of the sources of a project: what runs it runs the compiled server instead."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..declared import commands, requirements
from ..entry import Entry, Script
from ..launch import serves_http_alone
from ..modernise import Left, Modernised, Plain, PlainOffer, Server
from ..modernise.bindings import Bound, Outside
from ..modernise.reading import Reading
from ..modernise.scopes import parents
from ..survey import Project, Source
from ..usage import last_release
from .contexts import contexts_used
from .effects import is_pure, logs_to_stdout
from .emptied import Emptied
from .found import Freed, Held, Identity, held
from .imports import as_today, check_members, said_anew
from .lines import as_they_were
from .outside import started_outside
from .passed_on import passed_on
from .pieces import Pieces, statement_of
from .running import BUILD, Run, before_which, run_of_fastmcp, run_of_streams, scope_of
from .unlisted import answers_unlisted
from .using import Use, uses_of
from .words import Constructed, Words

_SINCE = (1, 14)
"""The release from which on prompts and templates say all that they say today."""

_CHECKED = (1, 10)
"""The release from which on low-level servers hold arguments against schemas."""


def free(
    project: Project, entry: Entry, read: Modernised, package: str
) -> Freed | tuple[Left, ...]:
    """The sources of a project without the server whose tools are compiled, or why the adapter stays.

    Args:
        read: What was understood, and the sources without the registrations.
        package: The dotted name of the compiled package.
    """
    try:
        return _Freeing(project, entry, read, package).freed()
    except Held as error:
        places = error.places
        if not error.as_before:
            places = as_they_were(project, read.texts, places)
        return tuple(sorted(set(places), key=lambda one: (one.source, one.line, one.reason)))
    except Exception as error:
        # Sources are a stranger's; a server that keeps its adapter works as well.
        said = f"reading it failed ({type(error).__name__}: {str(error)[:200]})"
        return (Left(entry.source.path, 1, None, said),)


@dataclass
class _Freeing:
    project: Project
    entry: Entry
    read: Modernised
    package: str
    pieces: dict[str, Pieces] = field(default_factory=dict[str, Pieces])

    def __post_init__(self) -> None:
        texts = self.read.texts
        sources = {
            path: said_anew(one, texts[path]) if path in texts else one
            for path, one in self.project.sources.items()
        }
        self.now = replace(self.project, sources=sources)
        self.start = replace(self.entry, source=sources[self.entry.source.path])
        self.reading = Reading(self.now, self.start)
        self.words = Words(self.reading.names, self.reading.values)

    def freed(self) -> Freed:
        """What becomes of the sources. Raises `Held`."""
        server, sdk = self._server()
        source, call, statement = self._made(server)
        told = self.words.constructed(source, call, sdk)
        self._remove(source, statement, told)
        identity = self._used(server, source, call, told)
        texts = {path: one.text() for path, one in self.pieces.items()}
        texts, paths = self._today({**self.read.texts, **texts})
        return Freed(identity, texts, paths)

    def _server(self) -> tuple[Server, str]:
        """The server, and what it was made with. Raises `Held`."""
        read = self.read
        compiled: tuple[Plain | PlainOffer, ...] = (*read.plain, *read.offers)
        first = compiled[0]
        for one in read.left:
            more = f", and {len(read.left) - 1} more" if len(read.left) > 1 else ""
            raise Held(Left(one.source, one.line, one.name, f"it stays with the adapter{more}"))
        asking = contexts_used(self.now, compiled)
        if asking:
            raise Held(*asking, as_before=True)
        if first.flavour == "fastmcp2":
            raise Held(
                Left(first.source, 1, None, "its tools are called by fastmcp, as each release did")
            )
        if not first.server.variable.isidentifier():
            raise Held(Left(first.server.path, 1, None, "no module holds the server"))
        release = last_release(self.project, requirements(self.project), "mcp")
        if first.flavour == "mcp1_lowlevel" and release is not None and release < _CHECKED:
            raise Held(Left(first.server.path, 1, None, "its release checked no arguments"))
        if read.offers and release is not None and release < _SINCE:
            raise Held(Left(first.server.path, 1, None, "its release listed and filled otherwise"))
        if isinstance(self.entry, Script):
            self._check_scripts(first.server, self.entry.target)
        elif self.entry.object is not None:
            raise Held(Left(self.entry.source.path, 1, None, "nothing in the project runs it"))
        if serves_http_alone(self.entry.source):
            raise Held(Left(self.entry.source.path, 1, None, "it is served over HTTP alone"))
        for target in commands(self.project).values():
            self._check_scripts(first.server, target)
        by_object = started_outside(self.project.folder, first.server)
        if by_object:
            raise Held(*by_object)
        return first.server, first.flavour

    def _check_scripts(self, server: Server, target: str) -> None:
        if target.partition(":")[2].split(".")[0].strip() == server.variable:
            raise Held(Left("pyproject.toml", 1, None, f"`{target}` is what a command runs"))

    def _made(self, server: Server) -> tuple[Source, ast.Call, ast.stmt]:
        """Where the server is made. Raises `Held`."""
        source = self.now.sources[server.path]
        found = self.reading.names.bound(source, server.variable)
        if not isinstance(found, Bound) or not isinstance(found.node, ast.Call):
            raise Held(Left(server.path, 1, None, f"`{server.variable}` is bound more than once"))
        if isinstance(self.reading.names.of(source, found.node.func), Bound):
            raise held(server.path, found.node, "it is made by a class of the project's own")
        statement = statement_of(source.tree, found.node)
        plain = isinstance(statement, ast.Assign) and len(statement.targets) == 1
        alone = plain or isinstance(statement, ast.AnnAssign)
        if not alone:
            raise held(server.path, statement, "its constructor does not stand alone")
        for one in self.now.sources.values():
            if one.path in self.reading.reached and logs_to_stdout(one):
                raise held(one.path, one.tree, "logging goes to stdout but for the old SDK")
        return source, found.node, statement

    def _remove(self, source: Source, statement: ast.stmt, told: Constructed) -> None:
        """Take the constructor out; what it did to logging stays. Raises `Held`."""
        pieces = self._of(source)
        if told.logs is None:
            if not pieces.remove(statement, said=True):
                raise held(source.path, statement, "its constructor does not stand alone")
            return
        known = self.reading.names.bound(source, "logging") == Outside("logging")
        lines = [] if known else ["import logging"]
        lines.append(f'logging.basicConfig(level="{told.logs}", format="%(message)s")')
        pieces.replace(statement, f"\n{pieces.indented(statement)}".join(lines))

    def _of(self, source: Source) -> Pieces:
        return self.pieces.setdefault(source.path, Pieces(source))

    def _used(self, server: Server, source: Source, call: ast.Call, told: Constructed) -> Identity:
        """Edit every place that names the server, and say as what callers know it. Raises `Held`."""
        found = list(uses_of(self.now, self.reading.names, server, call))
        doubts = [one for one in found if isinstance(one, Left)]
        uses = [one for one in found if isinstance(one, Use)]
        identity, runs, places = told.identity, list[Run](), list[Left]()
        emptied = Emptied(self.now, self.reading.names, self._of)
        left: list[Use] = []
        for use in uses:
            try:
                pieces = self._of(use.source)
                if isinstance(use.node, ast.ImportFrom):
                    continue
                if identity.sdk == "mcp1":
                    run = run_of_fastmcp(self.words, told, use, pieces)
                else:
                    both = run_of_streams(self.words, told.identity, use, pieces)
                    run, identity = both if both is not None else (None, identity)
                left += [] if run or emptied.takes(use) else [use]
                runs += [run] if run else []
            except Held as error:
                places += error.places
        served = frozenset[int]().union(*(one.served for one in runs))
        left = [one for one in left if id(one.node) not in served]
        if identity.sdk == "mcp1_lowlevel":
            unknown, left = answers_unlisted(self.now, self.read, left, self._of)
            identity = replace(identity, unknown=unknown)
        if not places:
            places += map(_use, left)
        places += doubts
        if not places and not runs:
            places.append(Left(server.path, call.lineno, None, "nothing in the project runs it"))
        if places:
            raise Held(*places)
        self._import(server, source, uses, runs)
        return identity

    def _import(self, server: Server, made: Source, uses: list[Use], runs: list[Run]) -> None:
        """Import what builds the compiled server where the server was, and nothing where it was imported. Raises `Held`."""
        line = f"from {self.package} import {BUILD}"
        functions: tuple[Plain | PlainOffer, ...] = (*self.read.plain, *self.read.offers)
        needing = {path for one in functions for path in self._reach(one.source)}
        done: set[tuple[str, int]] = set()
        taken = {one.source.path for one in uses if isinstance(one.node, ast.ImportFrom)}
        for use in uses:
            node = use.node
            if not isinstance(node, ast.ImportFrom):
                continue
            at_top = isinstance(parents(use.source.tree).parent(node), ast.Module)
            runs_here = any(one.use.source is use.source for one in runs)
            instead = line if runs_here and not (at_top and use.source.path in needing) else None
            self._drop(use, node, server.variable, instead)
            if instead is not None:
                done.add((use.source.path, 0))
            elif not is_pure(made) and made.path not in needing:
                raise held(made.path, made.tree, "its module does more when it is loaded")
        for run in runs:
            where = run.use.source
            if BUILD in where.text:
                raise held(where.path, run.statement, f"`{BUILD}` is the project's own there")
            key = (where.path, id(scope_of(where, run.statement)))
            if key in done or ((where.path, 0) in done and where.path in taken):
                continue
            done.add(key)
            self._of(where).before(before_which(where, run, runs), f"{line}\n\n")

    def _reach(self, path: str) -> set[str]:
        source = self.now.sources[path]
        return {path, *(one.path for one in self.now.reach(source, at_once=True))}

    def _drop(self, use: Use, node: ast.ImportFrom, variable: str, instead: str | None) -> None:
        """Take the server out of an import. Raises `Held`."""
        pieces = self._of(use.source)
        kept = [one for one in node.names if one.name != variable]
        names = ", ".join(f"{one.name} as {one.asname}" if one.asname else one.name for one in kept)
        own = f"from {'.' * node.level}{node.module or ''} import {names}"
        lines = ([own] if kept else []) + ([instead] if instead else [])
        if lines:
            pieces.replace(node, f"\n{pieces.indented(node)}".join(lines))
        elif not pieces.remove(node):
            raise held(use.source.path, node, "an import shares its line with something else")

    def _today(self, texts: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
        """The sources with imports of today's SDK, and which these are. Raises `Held`."""
        found: dict[str, str] = dict(texts)
        paths: set[str] = set()
        places: list[Left] = []
        taken = passed_on(self.now, self.reading.names)
        for path, before in self.project.sources.items():
            source = said_anew(before, texts[path]) if path in texts else before
            if path not in texts and not before.sdks:
                continue
            edited = before if path in self.pieces else None
            try:
                text = as_today(source, edited, taken.get(path, frozenset()))
            except Held as error:
                if path in self.reading.reached and not before.beside:
                    places += error.places
                continue
            paths.add(path)
            if text != before.text:
                found[path] = text
        if places:
            raise Held(*as_they_were(self.project, texts, places), as_before=True)
        if any("mcp.types" in self.project.sources[path].imports for path in paths):
            check_members(self.now.sources.values())
        return found, frozenset(paths)


def _use(use: Use) -> Left:
    around = parents(use.source.tree).parent(use.node)
    said = ast.unparse(around if isinstance(around, ast.Attribute) else use.node).splitlines()[0]
    test = "a test" if use.source.beside else "the project"
    return Left(use.source.path, getattr(use.node, "lineno", 1), None, f"{test} uses `{said}`")
