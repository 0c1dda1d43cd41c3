"""Reads what is registered on the servers of a project, and tells what of it is understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from ...importers.server.compose import is_callable
from ..entry import Entry
from ..survey import Project, Source
from .bindings import Names
from .checking import check_loaded, check_loaded_once, check_served_after
from .derived import OPTIONAL_CONTEXT, context_parameter, tool_of
from .era import era
from .found import Left, Plain
from .layout import Layout, layout
from .lifting import references
from .literals import Unclear, Unknown
from .loading import Loaded, loaded, loaded_with
from .made import Made, made_servers
from .models import rebuilt
from .placing import Placed, Placing, is_named_there, reached_at
from .reaching import Reaching
from .registered import Registration, check_function, patched, registration
from .relabelled import relabelled
from .results import ANSWER, DESCRIBED, IMAGES, SHAPES_SINCE, Opaque
from .saying import name_of, said
from .scopes import Function
from .served import loaded_before
from .servers import Use, Uses, uses
from .standalone import CONTENT, tool_of_fastmcp
from .values import Values

Followed: TypeAlias = tuple[Uses, Loaded, frozenset[str], Mapping[tuple[str, int], int]]
"""What is done with a server; what its module loads; what is loaded late; when each statement is reached."""

OBJECTS_SINCE = (2, 7)
"""The release from which on, until 3, a decorated name was a tool object and no function."""


@dataclass(frozen=True, eq=False)
class Understood:
    """A tool that was understood, and where it is registered.

    Attributes:
        moved_out_of: The function that its function stands in, which it leaves.
        found_as: The global that its function is found by, which stays where it stands.
    """

    plain: Plain
    one: Registration
    moved_out_of: Function | None
    found_as: str | None = None


@dataclass
class Reading:
    """A project, read.

    Attributes:
        shown: The tools that the legacy server listed, by name; `None` if it was not asked.
    """

    project: Project
    entry: Entry
    shown: Mapping[str, Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        self.layout: Layout = layout(self.project, self.entry)
        self.names = Names(self.layout)
        self.values = Values(self.names, rebuilt)
        self.sources: Sequence[Source] = [
            one for one in self.project.sources.values() if not one.beside
        ]
        self.seen: set[int] = set()
        self._followed: dict[int, Followed] = {}
        self._placing: dict[int, Placing] = {}
        self._eras: dict[str, tuple[int, ...]] = {}
        self._taken: set[tuple[str, str]] = set()
        self._known: dict[tuple[str, tuple[int, ...]], Values] = {}
        self.started: Loaded = loaded(self.layout, self.names)

    @cached_property
    def reached(self) -> frozenset[str]:
        """The files that starting the project may load."""
        return frozenset(one.path for one in self.project.reach(self.entry.source)) | frozenset(
            self.started.names
        )

    def servers(self) -> Iterator[Made]:
        """The server objects of the project that starting it may reach."""
        known = {path: one[0] for path, one in self.started.names.items() if one[0] != "__main__"}
        for made in made_servers(self.names, self.sources, known):
            if made.source.path in self.reached:
                yield made

    def of(self, made: Made) -> tuple[list[Understood], list[Left]]:
        """What was understood of what is registered on a server, and what was not."""
        used, alone, late, order = self.followed(made)
        self.seen |= {id(one.attribute) for one in used.found if one.attribute is not None}
        places = self.ordered(made, used.found, order)
        counted = Counter(name_of(self.values, one) for one, _ in places if one is not None)
        functions = Counter(one.function for one, _ in places if one is not None)
        found: list[Understood] = []
        left: list[Left] = []
        for one, place in places:
            if one is None:
                left.append(place)
                continue
            name = name_of(self.values, one)
            try:
                if name is not None and counted[name] > 1:
                    raise Unclear("another tool has the same name")
                if made.flavour == "fastmcp2" and functions[one.function] > 1:
                    # fastmcp 3 notes on a function what it was registered as.
                    raise Unclear("its function is registered more than once")
                found.append(self._understood(made, used, alone, late, one))
            except Unclear as error:
                shown = name or one.function.name
                line = one.function.lineno if one.statement is None else one.statement.lineno
                left.append(Left(one.place.path, line, shown, str(error)))
        return found, left

    def followed(self, made: Made) -> Followed:
        """What is done with a server, and when."""
        key = id(made.call)
        if key not in self._followed:
            sources = [one for one in self.sources if one.path in self.reached]
            used = uses(self.names, sources, made)
            alone = loaded_with(self.layout, self.names, made.server.module)
            late, order = loaded_before(self.layout, self.names, used.run)
            reached = {**order, **alone.order, **self.started.order}
            self._followed[key] = used, alone, late, reached
            reaching = Reaching(self.names, sources, used.anchors, reached)
            loads = [self.started, alone]
            self._placing[key] = Placing(self.names, self.sources, loads, reaching, self._taken)
        return self._followed[key]

    def ordered(
        self, made: Made, found_at: Sequence[Use], order: Mapping[tuple[str, int], int]
    ) -> list[tuple[Registration | None, Left]]:
        """Registrations in the order in which they are reached; `None` where it is not known what is registered."""
        self.followed(made)
        reaching = self._placing[id(made.call)].reaching
        found: list[tuple[Registration | None, Left]] = []
        for use in found_at:
            place = Left(use.source.path, use.node.lineno, None, "it is registered by a call")
            found.append((registration(self.names, use, made), place))
        end = ((0, len(order)),)
        return sorted(found, key=lambda each: reached_at(made, order, reaching, *each) or end)

    def _understood(
        self,
        made: Made,
        used: Uses,
        alone: Loaded,
        late: frozenset[str],
        one: Registration,
    ) -> Understood:
        placed = self._placed(made, used, alone, late, one)
        plain = self._plain(made, one, placed.found_as)
        return Understood(plain, one, placed.moved_out_of, placed.found_as)

    def checked(
        self,
        made: Made,
        used: Uses,
        alone: Loaded,
        late: frozenset[str],
        one: Registration,
    ) -> Function | None:
        """The function that a registered one leaves, if it stands in one.

        Raises:
            Unclear: It cannot stand alone.
        """
        placed = self._placed(made, used, alone, late, one)
        if placed.found_as is not None:
            raise Unclear("it uses names of the function that it stands in")
        return placed.moved_out_of

    def _placed(
        self,
        made: Made,
        used: Uses,
        alone: Loaded,
        late: frozenset[str],
        one: Registration,
    ) -> Placed:
        """Where a registered function is found. Raises `Unclear`."""
        if used.strange:
            source, line, reason = used.strange[0]
            raise Unclear(f"{source.path}:{line}: {reason}")
        if used.mixed:
            raise Unclear("what holds the server may hold something else, too")
        check_function(self.names, one)
        self.followed(made)
        placed = self._placing[id(made.call)].of(made, one)
        if made.function is None:
            check_loaded(made, self.started, alone, late, one)
        check_loaded_once(made, self.started, alone, one)
        check_served_after(self.names, self.entry, used, one)
        found = patched(self.sources, one.function.name)
        if found is not None:
            raise Unclear(f"{found[0].path}:{found[1]}: something of that name is replaced")
        found = relabelled(self.names, self.sources, one.function)
        if found is not None:
            raise Unclear(f"{found[0].path}:{found[1]}: what it says of itself may be changed")
        return placed

    def _plain(self, made: Made, one: Registration, found_as: str | None) -> Plain:
        release = self.era(made)
        tool_as = tool_of if made.flavour == "mcp1" else tool_of_fastmcp
        values = self.known_values(made, release)
        words = said(values, one)
        context = self.context_of(made, release, one)
        tool = self._shown(
            words.text("name") or one.function.name,
            lambda: tool_as(values, one.source, one.called, words, context, release),
        )
        if not is_callable(tool, []):
            raise Unclear("no MCP client has to accept its name")
        if (
            one.decorator is not None
            and made.flavour == "fastmcp2"
            and OBJECTS_SINCE <= release < (3, 0)
        ):
            self.check_unused(one)
        return Plain(
            server=made.server,
            function=self.imported_as(one, found_as),
            tool=tool,
            context=context,
            flavour=made.flavour,
            source=one.source.path,
            line=one.function.lineno,
        )

    def era(self, made: Made) -> tuple[int, ...]:
        """The release that a server was made for."""
        if made.flavour not in self._eras:
            self._eras[made.flavour] = era(self.project, made)
        return self._eras[made.flavour]

    def context_of(self, made: Made, release: tuple[int, ...], one: Registration) -> str | None:
        """The parameter that the SDK's context is handed to. Raises `Unclear`."""
        optional = made.flavour == "fastmcp2" or release >= OPTIONAL_CONTEXT
        return context_parameter(self.names, one.source, one.called, optional=optional)

    def imported_as(self, one: Registration, found_as: str | None = None) -> str:
        """`module:name`, where a function is imported from.

        Args:
            found_as: The global of the module where it is registered that it is found by.
        """
        home = one.source if found_as is None else one.place
        known = self.started.names.get(home.path, ["__main__"])
        module = self.layout.name(home) if known[0] == "__main__" else known[0]
        return f"{module}:{found_as or one.function.name}"

    def known_values(self, made: Made, release: tuple[int, ...]) -> Values:
        """What evaluates the annotations of a server's functions: what classes of its SDK stand for depends on the release."""
        key = (made.flavour, release)
        if key not in self._known:
            known = CONTENT if made.flavour == "fastmcp2" else IMAGES
            if made.flavour == "mcp1" and release >= SHAPES_SINCE:
                known = {**known, **DESCRIBED, ANSWER: Opaque}
            self._known[key] = Values(self.names, rebuilt, known)
        return self._known[key]

    def _shown(self, name: str, derive: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        """A tool as it was listed: as it was seen, else as it is derived.

        Raises:
            Unclear: It was not listed, or neither seen nor derived.
        """
        if self.shown is None:
            return derive()
        if name not in self.shown:
            raise Unclear("the legacy server did not list it")
        # What is worked out when the server runs may be something else next time.
        with suppress(Unknown):
            derive()
        return self.shown[name]

    def check_unused(self, one: Registration) -> None:
        """Raises `Unclear` if the object is used that fastmcp put in the place of a function."""
        used = next(references(self.names, self.sources, one.source, one.function), None)
        if used is not None or is_named_there(one):
            raise Unclear(f"`{one.function.name}` is used elsewhere, and was no function there")
