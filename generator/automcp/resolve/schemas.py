"""The named schemas of a spec: those it declares and those it reaches in other files."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from ..spec.document import At, Declarations, Document, Node, SchemaDecl
from ..spec.keywords import member, members
from ..spec.load import beside
from ..text.names import Name
from ..text.source import Span
from ..text.suggest import nearest
from .anatomy import dissect
from .bundle import plain
from .written import Written

MOST_COMPARISONS = 200_000
"""How many names are compared for suggestions before no more are made; about a second's worth."""


@dataclass(slots=True)
class Schemas:
    """Finds a named schema by where it is mentioned and what it is called.

    A file that the spec includes shares the spec's names; any other file has names of its own, and its
    schemas join under a key that is still free when they are first mentioned.
    """

    files: Mapping[str, Node]
    shared_files: frozenset[str]
    by_key: dict[str, Written]
    _foreign: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    _comparisons: int = 0

    @classmethod
    def of(cls, document: Document, schemas: Iterable[SchemaDecl]) -> Schemas:
        """The declared ones; foreign ones join when `find` meets them."""
        files = {beside("", name): node for name, node in document.files.items()}
        shared = {document.span.source.name, *_sources(document)}
        found = cls(files, frozenset(beside("", name) for name in shared), {})
        for declared in schemas:
            found._add(declared.name.value, declared.name, declared.schema)
        return found

    def find(self, file: str, name: str) -> str | None:
        """The key of the schema that `#/schemas/NAME` means in a file; `None` if there is none."""
        if file in self.shared_files:
            return name if name in self.by_key else None
        key = self._foreign.get((file, name))
        declared = self._declared_in(file)
        if key is None and name in declared:
            key = self._free_key(file, name)
            self._foreign[file, name] = key
            self._add(key, *declared[name])
        return key

    def names_in(self, file: str) -> list[str]:
        """What `#/schemas/...` may say in a file."""
        return list(self.by_key if file in self.shared_files else self._declared_in(file))

    def nearest(self, name: str, known: Collection[str]) -> str | None:
        """The known name that was probably meant; a spec with thousands of typos gets no more of them."""
        self._comparisons += len(known)
        return nearest(name, known) if self._comparisons <= MOST_COMPARISONS else None

    def knows_file(self, file: str) -> bool:
        return file in self.shared_files or file in self.files

    def _declared_in(self, file: str) -> Mapping[str, tuple[Node, Node]]:
        root = self.files.get(file)
        schemas = member(root, "schemas") if root else None
        return members(schemas) if schemas else {}

    def _free_key(self, file: str, name: str) -> str:
        """A key that is also free as the name of a class."""
        taken = {Name.parse(key).pascal for key in self.by_key}
        stem = Name.parse(posixpath.basename(file).split(".")[0]).pascal
        wanted = chain((name, stem + name), (f"{stem}{name}{number}" for number in count(2)))
        return next(key for key in wanted if Name.parse(key).pascal not in taken)

    def _add(self, key: str, name: Node | At[str], schema: Node) -> None:
        self.by_key[key] = Written(
            schema, dissect(schema), name.span, plain(schema), ("$defs", key)
        )


def _sources(document: Document) -> set[str]:
    """The files whose declarations are the spec's own."""
    return {
        span.source.name
        for declared in (document.declared, *document.included)
        for span in _spans(declared)
    }


def _spans(declared: Declarations) -> Iterator[Span]:
    for part in (declared.settings, declared.errors, declared.schemas, declared.groups):
        for declaration in part:
            yield declaration.name.span
