"""Binds schemas as they are met and publishes documents made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from ..ir.values import Json, JsonSchema, Named
from ..spec.document import Document, Node, SchemaDecl
from ..spec.keywords import DIALECT, Path, member, members, text_of
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.source import Source, Span
from .anatomy import NO_BASE, Claim, dissect
from .bundle import closure, embed, plain, pointer, says_dialect, says_format
from .loops import Loops
from .references import bind
from .schemas import Schemas
from .validity import Check, Documents, report_invalid, uncompilable
from .written import Bound, Written

_Alike: TypeAlias = tuple[Source, str, int, Path]


class Library:
    """The named schemas of a spec, and what can be made with them.

    A schema with a finding is broken, and so is every document that it is part of. Broken documents are
    made but not compiled: what a validator says about them would be the same finding once more.
    """

    def __init__(self, document: Document, declared: Sequence[SchemaDecl], report: Report) -> None:
        self.named: dict[str, Bound] = {}
        self._ranks: dict[str, int] = {}
        self._schemas = Schemas.of(document, declared)
        self._report = report
        self._documents = Documents()
        self._loops = Loops(self.named, report)
        self._broken: set[Bound] = set()
        self._texts: dict[str, JsonSchema] = {}
        self._sound: dict[_Alike, Bound] = {}
        self._bind_named()

    def bind(self, node: Node, at: Span, prefix: Path = ()) -> Bound:
        """Check a schema by itself and look up what it refers to; `prefix` is where it will stand."""
        key = _read_alike(node, prefix)
        known = self._sound.get(key) if key else None
        if known is not None:
            return known
        bound = self._bind(Written(node, dissect(node), at, plain(node), prefix))
        self._bind_named()
        self._search_loops([bound])
        # Findings have places, and so have the names that a schema gives to parts of itself.
        if key and bound not in self._broken and not bound.written.anatomy.claims:
            self._sound[key] = bound
        return bound

    def move(self, bound: Bound, prefix: Path) -> Bound:
        """The same schema, to be published somewhere else."""
        moved = replace(bound, written=replace(bound.written, prefix=prefix))
        if bound in self._broken:
            self._broken.add(moved)
        return moved

    def publish(
        self, root: dict[str, Json], parts: Sequence[Bound], *, describes: bool = False
    ) -> dict[str, Json]:
        """A document that stands alone: `root`, made of `parts`, and what they lead to.

        If the root of a part or of a schema that it leads to names its dialect, the document does:
        there `format` is an annotation, and only the root of a document is asked for its dialect.

        Args:
            describes: The document tells of values that are not made here: a `format` says what they are, and refuses
                none.
        """
        keys = self._closure(parts)
        bounds = [*parts, *(self.named[key] for key in keys)]
        document = dict(root)
        if keys:
            own = document.get("$defs")
            shared: dict[str, Json] = {key: self.text(key) for key in keys}
            document["$defs"] = {**(own if isinstance(own, dict) else {}), **shared}
        annotates = any(map(says_dialect, bounds)) or (describes and any(map(says_format, bounds)))
        if "$schema" not in document and annotates:
            document = {"$schema": DIALECT, **document}
        return document

    def compile(self, document: dict[str, Json], parts: Sequence[Bound], at: Span) -> Check | None:
        """What checks values by a published document, or findings and `None`."""
        keys = self._closure(parts)
        bounds = [*parts, *(self.named[key] for key in keys)]
        if not self._broken.isdisjoint(bounds):
            return None
        clashes = [*chain.from_iterable(map(self._hidden, parts)), *_claimed_twice(bounds)]
        for clash in clashes:
            self._report.add(clash)
        if clashes:
            return None
        # The named schemas are compiled already, all together. Without them, the work grows with what is new in
        # each document; only where a reference leads into one, this is not possible.
        problem = self._documents.problem(_without(keys, document))
        if problem and keys:
            problem = self._documents.problem(document)
        if problem:
            self._report.add(uncompilable(problem, Label(at)))
        return None if problem else Check(document)

    def text(self, key: str) -> JsonSchema:
        """A named schema as it reads under `$defs`; one object for all documents."""
        if key not in self._texts:
            self._texts[key] = embed(self.named[key])
        return self._texts[key]

    def schemas(self) -> tuple[Named, ...]:
        """Every named schema that was declared or met."""
        return tuple(
            Named(key, self.text(key), text_of(member(bound.written.node, "description")))
            for key, bound in self.named.items()
        )

    def _closure(self, parts: Sequence[Bound]) -> tuple[str, ...]:
        return closure((key for part in parts for key in part.mentions), self.named, self._ranks)

    def _bind(self, written: Written) -> Bound:
        found = Report()
        report_invalid(written, found)
        bound = bind(written, self._schemas, found)
        for finding in found:
            self._report.add(finding)
            self._broken.add(bound)
        return bound

    def _bind_named(self) -> None:
        """Bind the named schemas that are new, and those in other files that these lead to."""
        met: list[str] = []
        while len(self._schemas.by_key) > len(self.named):
            new = list(self._schemas.by_key)[len(self.named) :]
            for key in new:
                self._ranks[key] = len(self._ranks)
                self.named[key] = self._bind(self._schemas.by_key[key])
            met += new
        if met:
            self._search_loops([self.named[key] for key in met])
            for bound in [self.named[key] for key in met]:
                for clash in self._hidden(bound):
                    self._report.add(clash)
                    self._broken.add(bound)
            self._compile_named(met)

    def _search_loops(self, bounds: Sequence[Bound]) -> None:
        for bound in bounds:
            self._broken |= self._loops.search(bound)

    def _compile_named(self, keys: Sequence[str]) -> None:
        """Compile all at once, and one by one only to find the ones to blame."""
        spoilt = self._keys_that_lead_to_broken()
        sound = [key for key in keys if key not in spoilt]
        if not sound or self._documents.problem(self._all_of(sound)) is None:
            return
        for key in sound:
            bound = self.named[key]
            document = self._all_of([key])
            problem = self._documents.problem(document)
            if problem:
                self._report.add(uncompilable(problem, Label(bound.written.at)))
                self._broken.add(bound)

    def _all_of(self, keys: Sequence[str]) -> dict[str, Json]:
        references: list[Json] = [{"$ref": pointer(("$defs", key))} for key in keys]
        return {"anyOf": references, "$defs": self._defs(keys)}

    def _defs(self, keys: Iterable[str]) -> dict[str, Json]:
        return {key: self.text(key) for key in closure(keys, self.named, self._ranks)}

    def _keys_that_lead_to_broken(self) -> set[str]:
        users: dict[str, list[str]] = {}
        for key, bound in self.named.items():
            for mentioned in bound.mentions:
                users.setdefault(mentioned, []).append(key)
        waiting = [key for key, bound in self.named.items() if bound in self._broken]
        found: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting.extend(users.get(key, ()))
        return found

    def _hidden(self, part: Bound) -> Iterator[Diagnostic]:
        """Definitions of a schema that have the name of a named schema that it leads to.

        Where the schema is the document, both would stand at one place; elsewhere it would be told
        apart by readers who know that place only.
        """
        own = members(member(part.written.node, "$defs"))
        for key in self._closure([part]) if own else ():
            if key in own:
                yield Diagnostic(
                    "AM209",
                    f"{quoted(key)} is a definition of this schema and a named schema that it needs",
                    Label(own[key][0].span),
                    (Label(self.named[key].written.at, "the named schema"),),
                    "rename one of them",
                )


def _read_alike(node: Node, prefix: Path) -> _Alike | None:
    """What schemas have in common that are the same one, and stand at the same place: large services repeat theirs.

    The same text is the same value if no YAML alias is in it, and as many members were taken of it.
    """
    text, found = node.span.text, members(node)
    if "*" in text or "$defs" in found:
        return None
    return node.span.source, text, len(found), prefix


def _without(keys: Iterable[str], document: dict[str, Json]) -> dict[str, Json]:
    """A document in which named schemas allow anything."""
    own = document.get("$defs")
    if not isinstance(own, dict):
        return document
    return {**document, "$defs": {**own, **dict.fromkeys(keys, True)}}


def _claimed_twice(bounds: Sequence[Bound]) -> Iterator[Diagnostic]:
    """Two anchors, or two `$id`s, with one name in a document."""
    roots = {bound.written.anatomy.root_uri for bound in bounds if not bound.written.prefix}
    first: dict[tuple[str, str], tuple[Bound, Claim]] = {}
    for bound in bounds:
        for claim in bound.written.anatomy.claims:
            uri = NO_BASE if claim.name and claim.uri in roots else claim.uri
            owner, earlier = first.setdefault((uri, claim.name), (bound, claim))
            # `$anchor` and `$dynamicAnchor` of one schema may well be one name.
            if owner is not bound or earlier.path != claim.path:
                what = f"anchor {quoted(claim.name)}" if claim.name else f"`$id` {quoted(uri)}"
                yield Diagnostic(
                    "AM208",
                    f"{what} is there twice in one published schema",
                    Label(claim.node.span),
                    (Label(earlier.node.span, "the other one"),),
                    "rename one of them",
                )
