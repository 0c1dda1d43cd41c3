"""The document that is imported, the files that it refers to, and what a reference means."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urljoin

from ...spec.document import Node
from ...spec.load import load
from ...text.report import Report, quoted
from ...text.source import Source
from .reading import flag, items, member, members, said, text_of

Read = Callable[[str], Source]

SCALE = 4
"""How many times as large as a spec a document may be: much of it is not imported."""

_SUFFIXES = (".yaml", ".yml", ".json")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_MOST_STEPS = 100
"""References that lead to references."""


class Unresolved(Exception):
    """A reference that leads nowhere; says why, and what can be done."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """What relative references are relative to: a file, or a schema with an `$id` of its own.

    Attributes:
        uri: The path of the file, or the URI that `$id` gives.
        recursive: The schema around that `$recursiveRef` means (JSON Schema 2019-09).
    """

    uri: str
    root: Node
    recursive: Node | None = None

    def within(self, node: Node) -> Base:
        """The base of a schema's own references."""
        if flag(node, "$recursiveAnchor") and node is not self.recursive:
            return replace(self, recursive=node)
        identifier = (text_of(member(node, "$id")) or "").partition("#")[0]
        if not identifier or node is self.root:
            return self
        return Base(urljoin(self.uri, identifier), node)


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A part of a document.

    Attributes:
        base: What its references are relative to.
        name: The last step of the reference that led here; empty if none did.
        steps: All steps of it, and the file's name if it is another file.
        override: The reference object whose `summary` and `description` count instead (OpenAPI 3.1).
    """

    node: Node
    base: Base
    name: str = ""
    steps: tuple[str, ...] = ()
    override: Node | None = None

    def at(self, node: Node) -> Located:
        """A part of this part."""
        return Located(node, self.base)

    def inner(self, key: str) -> Located | None:
        """The value of one key."""
        found = member(self.node, key)
        return None if found is None else self.at(found)

    def described(self) -> str:
        """Its description, or the one that a reference to it gives."""
        return (said(self.override, "description") if self.override else "") or said(
            self.node, "description"
        )


@dataclass(slots=True, eq=False)
class Documents:
    """The files of one description, read when they are first referred to.

    Attributes:
        top: The folder that no reference may leave; `None` if there is none, as on standard input.
        report: Takes what is wrong with the text of a file.
    """

    root: Base
    top: str | None
    read: Read
    report: Report
    _files: dict[str, Base | Unresolved] = field(default_factory=dict[str, "Base | Unresolved"])
    _named: dict[int, dict[str, Node]] = field(default_factory=dict[int, dict[str, Node]])
    _dynamic: dict[int, Counter[str]] = field(default_factory=dict[int, "Counter[str]"])
    _referred: dict[int, Counter[str]] = field(default_factory=dict[int, "Counter[str]"])
    _ids: dict[str, Base] | None = None

    def follow(self, found: Located) -> Located:
        """What a reference object stands for, however many there are in a row. Raises `Unresolved`."""
        override: Node | None = None
        for _ in range(_MOST_STEPS):
            reference = text_of(member(found.node, "$ref"))
            if reference is None:
                return Located(found.node, found.base, found.name, found.steps, override)
            override = override or found.node
            name, steps = found.name, found.steps
            found = self.resolve(reference, found.base)
            if name:
                # The name that its user knows it by.
                found = Located(found.node, found.base, name, steps)
        raise Unresolved("this reference only leads back to itself")

    def resolve(self, reference: str, base: Base) -> Located:
        """The part of a document that a reference means. Raises `Unresolved`."""
        path, _, fragment = reference.partition("#")
        target = self._document(path, base) if path else base
        fragment = unquote(fragment)
        if not fragment:
            stem = posixpath.basename(path).split(".")[0]
            return Located(target.root, target, stem, (stem,))
        if not fragment.startswith("/"):
            found = self._anchors(target).get(fragment)
            if found is None:
                raise Unresolved(f"there is no anchor {quoted(fragment)}")
            return Located(found, target.within(found), fragment, (fragment,))
        return self._pointed(fragment, target)

    def count(self, base: Base, anchor: str) -> int:
        """How many schemas of a document have a `$dynamicAnchor` of this name."""
        counted = self._dynamic.get(id(base.root))
        if counted is None:
            names = (text_of(member(node, "$dynamicAnchor")) for node in _everything(base.root))
            counted = self._dynamic[id(base.root)] = Counter(filter(None, names))
        return counted[anchor]

    def shared_name(self, found: Located) -> str | None:
        """What a part is called that others refer to, too; `None` if it stands here alone."""
        reference = text_of(member(found.node, "$ref"))
        if reference is None:
            return None
        counted = self._referred.get(id(found.base.root))
        if counted is None:
            texts = (text_of(member(node, "$ref")) for node in _everything(found.base.root))
            counted = self._referred[id(found.base.root)] = Counter(filter(None, texts))
        if counted[reference] < 2:
            return None
        try:
            return self.follow(found).name or None
        except Unresolved:
            return None

    def _pointed(self, fragment: str, base: Base) -> Located:
        at = Located(base.root, base)
        steps = tuple(
            step.replace("~1", "/").replace("~0", "~") for step in fragment.split("/")[1:]
        )
        for step in steps:
            found = _step(at.node, step)
            if found is None and member(at.node, "$ref") is not None:
                # Strictly, a pointer does not go through references; authors expect it to.
                at = self.follow(at)
                found = _step(at.node, step)
            if found is None:
                raise Unresolved(f"there is nothing at {quoted('#' + fragment)}")
            at = Located(found, at.base.within(found))
        return Located(at.node, at.base, steps[-1], steps)

    def _document(self, path: str, base: Base) -> Base:
        known = self._identified().get(urljoin(base.uri, path))
        if known is not None:
            return known
        own_uri = base.root is not self.root.root and base.uri not in self._files
        within = self.root.uri if own_uri else base.uri
        name = posixpath.normpath(posixpath.join(posixpath.dirname(within), unquote(path)))
        if name == posixpath.normpath(self.root.uri):
            return self.root
        if name not in self._files:
            self._files[name] = self._load(path, name)
        found = self._files[name]
        if isinstance(found, Unresolved):
            raise found
        return found

    def _load(self, path: str, name: str) -> Base | Unresolved:
        if _SCHEME.match(path) or path.startswith("//"):
            help = "download it beside the document, and refer to the file"
            return Unresolved(f"{quoted(path)} is on the network, and nothing is fetched", help)
        if not path.endswith(_SUFFIXES):
            help = f"the name has to end in {', '.join(_SUFFIXES[:-1])} or {_SUFFIXES[-1]}"
            return Unresolved(f"{quoted(path)} is no file that is read", help)
        if self.top is None:
            help = "give the document by its path, or say `--root DIR`"
            return Unresolved(f"{quoted(path)} cannot be found from standard input", help)
        outside = posixpath.relpath(name, self.top or ".").split("/")[0] == ".."
        if outside or path.startswith("/") or "\\" in path or "\0" in path:
            help = "say `--root DIR` if files in that folder may be read"
            return Unresolved(f"{quoted(path)} leads out of the document's folder", help)
        try:
            return Base(name, load(self.read(name), self.report, scale=SCALE))
        except UnicodeDecodeError:
            return Unresolved(f"cannot read {quoted(name)}: it is not UTF-8")
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            return Unresolved(f"cannot read {quoted(name)}: {why}")

    def _anchors(self, base: Base) -> dict[str, Node]:
        found = self._named.get(id(base.root))
        if found is None:
            found = dict[str, Node]()
            for node in _everything(base.root):
                for keyword in ("$anchor", "$dynamicAnchor"):
                    name = text_of(member(node, keyword))
                    if name:
                        found.setdefault(name, node)
            self._named[id(base.root)] = found
        return found

    def _identified(self) -> dict[str, Base]:
        """The schemas that have a URI of their own."""
        if self._ids is None:
            own = said(self.root.root, "$self")
            found = {own: self.root} if own else dict[str, Base]()
            if "$id" in self.root.root.span.source.text:
                found.update((inside.uri, inside) for inside in _identified(self.root))
            self._ids = found
        return self._ids


def _identified(base: Base) -> Iterator[Base]:
    waiting = [(base.root, base)]
    while waiting:
        node, around = waiting.pop()
        inside = around.within(node)
        if inside is not around:
            yield inside
        parts = [value for _, value in members(node).values()] or list(items(node))
        waiting.extend((part, inside) for part in parts)


def _step(node: Node, step: str) -> Node | None:
    listed = items(node)
    if listed:
        return listed[int(step)] if step.isdecimal() and int(step) < len(listed) else None
    return member(node, step)


def _everything(node: Node) -> Iterator[Node]:
    """Every mapping in a document."""
    waiting = [node]
    while waiting:
        at = waiting.pop()
        inner = members(at)
        if inner:
            yield at
            waiting.extend(value for _, value in inner.values())
        else:
            waiting.extend(items(at))
