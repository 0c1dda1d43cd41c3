"""Reads what is registered on the servers of a project, and tells what of it is understood."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..entry import Entry
from ..survey import Project, Source
from .bindings import Names
from .derived import context_parameter, tool_of
from .era import era
from .found import Left, Plain
from .layout import Layout, layout
from .lifting import registering
from .loading import Loaded, loaded, loaded_with
from .models import rebuilt
from .registered import Registration, check_function, decorated, name_of, patched, said
from .scopes import Function, parents
from .served import loaded_before
from .servers import Made, Uses, made_servers, uses
from .values import Unclear, Values


@dataclass(frozen=True, eq=False)
class Understood:
    """A tool that was understood, and where it is registered.

    Attributes:
        moved_out_of: The function that its function stands in, which it leaves.
    """

    plain: Plain
    one: Registration
    moved_out_of: Function | None


@dataclass
class Reading:
    """A project, read."""

    project: Project
    entry: Entry

    def __post_init__(self) -> None:
        self.layout: Layout = layout(self.project, self.entry)
        self.names = Names(self.layout)
        self.values = Values(self.names, rebuilt)
        self.sources: Sequence[Source] = [
            one for one in self.project.sources.values() if not one.beside
        ]
        self.started: Loaded = loaded(self.layout, self.names)

    def servers(self) -> Iterator[Made]:
        """The server objects of the project."""
        known = {path: one[0] for path, one in self.started.names.items() if one[0] != "__main__"}
        yield from made_servers(self.names, self.sources, known)

    def of(self, made: Made) -> tuple[list[Understood], list[Left]]:
        """What was understood of what is registered on a server, and what was not."""
        used = uses(self.names, self.sources, made)
        alone = loaded_with(self.layout, self.names, made.server.module)
        places = self._ordered(made, used, alone)
        counted = Counter(name_of(self.values, one) for one, _ in places if one is not None)
        found: list[Understood] = []
        left: list[Left] = []
        for one, place in places:
            if one is None:
                left.append(place)
                continue
            name = name_of(self.values, one)
            try:
                if counted[name] > 1:
                    raise Unclear("another tool has the same name")
                found.append(self._understood(made, used, alone, one))
            except Unclear as error:
                shown = name or one.function.name
                left.append(Left(one.source.path, one.function.lineno, shown, str(error)))
        return found, left

    def _ordered(
        self, made: Made, used: Uses, alone: Loaded
    ) -> list[tuple[Registration | None, Left]]:
        found: list[tuple[Registration | None, Left]] = []
        for use in used.found:
            place = Left(use.source.path, use.node.lineno, None, "it is registered by a call")
            found.append((decorated(use, made), place))
        order = {**alone.order, **self.started.order}
        end = len(order)
        return sorted(found, key=lambda each: order.get(_reached(*each), end))

    def _understood(self, made: Made, used: Uses, alone: Loaded, one: Registration) -> Understood:
        if used.strange:
            source, line, reason = used.strange[0]
            raise Unclear(f"{source.path}:{line}: {reason}")
        self._check_loaded(made, used, alone, one)
        check_function(self.names, one)
        moved: Function | None = None
        if not isinstance(parents(one.source.tree).parent(one.function), ast.Module):
            moved = registering(self.names, self.sources, [self.started, alone], one)
        found = patched(self.sources, one.function.name)
        if found is not None:
            raise Unclear(f"{found[0].path}:{found[1]}: something of that name is replaced")
        return Understood(self._plain(made, one), one, moved)

    def _check_loaded(self, made: Made, used: Uses, alone: Loaded, one: Registration) -> None:
        """Raises `Unclear` if a module is not loaded once, and always."""
        known = {*self.started.names, *alone.names, made.source.path}
        if one.source.path not in known | loaded_before(self.layout, self.names, used.run):
            raise Unclear("whether its module is always loaded cannot be told")
        for each in (one.source, made.source):
            names = {*self.started.names.get(each.path, ()), *alone.names.get(each.path, ())}
            program = "__main__" in names and len(self.started.names[each.path]) > 1
            if program or len(names - {"__main__"}) > 1:
                raise Unclear(f"`{each.path}` is loaded twice, under different names")

    def _plain(self, made: Made, one: Registration) -> Plain:
        if made.flavour != "mcp1":
            raise Unclear("fastmcp is not read yet")
        release = era(self.project, made)
        words = said(self.values, one)
        context = context_parameter(self.names, one.source, one.function, release)
        tool = tool_of(self.values, one.source, one.function, words, context, release)
        known = self.started.names.get(one.source.path, ["__main__"])
        module = self.layout.name(one.source) if known[0] == "__main__" else known[0]
        return Plain(
            server=made.server,
            function=f"{module}:{one.function.name}",
            tool=tool,
            context=context,
            flavour=made.flavour,
            source=one.source.path,
            line=one.function.lineno,
        )


def _reached(one: Registration | None, place: Left) -> tuple[str, int]:
    """Where a registration is reached: by the line of its function, as statements are counted."""
    return place.source, one.function.lineno if one is not None else place.line
