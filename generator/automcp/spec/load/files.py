"""Reads a spec together with every file that it mentions."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ...text.report import Diagnostic, Label, Report, quoted
from ...text.source import Source, Span
from ..document import Node
from . import limits
from .reader import load

Read = Callable[[str], Source]

_SUFFIXES = (".yaml", ".yml", ".json")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Under these keys stands data, which may well have a member called "$ref".
_DATA = frozenset(("const", "default", "enum", "example", "examples"))
# Under these keys stand names that somebody chose, so that "default" is nothing special there.
_NAMES = frozenset(
    [
        "$defs",
        "definitions",
        "dependentSchemas",
        "errors",
        "groups",
        "operations",
        "params",
        "patternProperties",
        "properties",
        "schemas",
        "settings",
    ]
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A spec and every file that it mentions.

    Attributes:
        root: The key of the spec itself in `files`.
        files: What was read, by `beside` path.
        included: The keys of the files that `include` names, directly or not, in include order.
    """

    root: str
    files: Mapping[str, Node]
    included: tuple[str, ...]


def beside(name: str, path: str) -> str:
    """The key in `Loaded.files` of the file that the file `name` calls `path`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def load_all(source: Source, read: Read, report: Report) -> Loaded:
    """Load a spec, the files that it includes, and the files that its references name.

    Only relative paths that end in `.yaml`, `.yml` or `.json` are read; a URL never is. Files that
    include each other are a finding, references back and forth between files are not.

    Args:
        read: Gives the file at a path. An `OSError` or `UnicodeDecodeError` becomes a finding.
    """
    walk = _Walk(read, report)
    root = posixpath.normpath(source.name)
    walk.include(root, load(source, report), ())
    walk.follow_references()
    return Loaded(root, walk.files, tuple(walk.included))


@dataclass(frozen=True, slots=True)
class _Mention:
    """That the file `by` names the file `target`, as `path` in its own words."""

    by: str
    target: str
    path: str
    span: Span


class _Walk:
    """What is read so far."""

    def __init__(self, read: Read, report: Report) -> None:
        self.files: dict[str, Node] = {}
        self.included: dict[str, None] = {}
        self._read = read
        self._report = report
        self._failed: set[str] = set()

    def include(self, name: str, node: Node, trail: tuple[_Mention, ...]) -> None:
        """Take in a spec file and what it includes. `trail` holds the mentions that led to it."""
        self.files[name] = node
        for path, span in _includes(node):
            target = beside(name, path)
            mention = _Mention(name, target, path, span)
            if any(step.by == target for step in (*trail, mention)):
                self._refuse_cycle(mention, trail)
            elif len(trail) >= limits.DEPTH:
                message = f"files include each other more than {limits.DEPTH} deep"
                self._report.add(Diagnostic("AM005", message, Label(span)))
            elif target not in self.included and self._allowed(mention):
                self.included[target] = None
                found = self._fetch(mention)
                if found is not None:
                    self.include(target, found, (*trail, mention))

    def follow_references(self) -> None:
        """Take in the files that references name, until no new one turns up."""
        pending = list(self.files.items())
        while pending:
            name, node = pending.pop()
            for path, span in _references(node, is_name=False):
                mention = _Mention(name, beside(name, path), path, span)
                if mention.target not in self.files and self._allowed(mention):
                    found = self._fetch(mention)
                    if found is not None:
                        self.files[mention.target] = found
                        pending.append((mention.target, found))

    def _refuse_cycle(self, mention: _Mention, trail: tuple[_Mention, ...]) -> None:
        files = [step.by for step in trail]
        loop = trail[files.index(mention.target) :] if mention.target in files else ()
        message = f"{quoted(mention.target)} includes itself"
        help = "leave it out"
        if loop:
            message += " through other files"
            help = "move what both need into a third file"
        also = tuple(Label(step.span, "included here") for step in loop)
        place = Label(mention.span, "and here it comes back" if loop else "")
        self._report.add(Diagnostic("AM013", message, place, also, help))

    def _allowed(self, mention: _Mention) -> bool:
        help = None
        if _SCHEME.match(mention.path):
            help = "nothing is fetched: copy the file beside the spec"
        elif mention.path.startswith("/") or "\\" in mention.path or "\0" in mention.path:
            help = "write it relative to this file, with forward slashes"
        elif not mention.path.endswith(_SUFFIXES):
            help = f"the name has to end in {', '.join(_SUFFIXES[:-1])} or {_SUFFIXES[-1]}"
        if help is not None:
            message = f"{quoted(mention.path)} is not a path that a spec may name"
            self._report.add(Diagnostic("AM014", message, Label(mention.span), help=help))
        return help is None

    def _fetch(self, mention: _Mention) -> Node | None:
        if mention.target in self._failed:
            return None
        try:
            return load(self._read(mention.target), self._report)
        except UnicodeDecodeError:
            problem, help = "it is not UTF-8", "save it as UTF-8"
        except OSError as error:
            problem = (error.strerror or type(error).__name__).lower()
            help = "a path is relative to the file that names it"
        self._failed.add(mention.target)
        message = f"cannot read {quoted(mention.target)}: {problem}"
        self._report.add(Diagnostic("AM001", message, Label(mention.span), help=help))
        return None


def _includes(node: Node) -> Iterator[tuple[str, Span]]:
    if isinstance(node.value, Mapping) and "include" in node.value:
        listed = node.value["include"][1].value
        if isinstance(listed, tuple):
            for item in listed:
                if isinstance(item.value, str):
                    yield item.value, item.span


def _references(node: Node, *, is_name: bool) -> Iterator[tuple[str, Span]]:
    """Every `$ref` to a named schema of another file. `is_name` says that the keys of `node` are names, not keywords."""
    if isinstance(node.value, tuple):
        for item in node.value:
            if not isinstance(item.value, str):
                yield from _references(item, is_name=False)
    elif isinstance(node.value, Mapping):
        for key, (_, value) in node.value.items():
            if key == "$ref" and not is_name and isinstance(value.value, str):
                path, _, place = value.value.partition("#")
                # Any other relative reference leads to an `$id` within the schema itself.
                if place.startswith("/schemas/") and path and not _SCHEME.match(path):
                    yield path, value.span
            # Most values are texts, which lead nowhere.
            elif not isinstance(value.value, str) and (is_name or key not in _DATA):
                yield from _references(value, is_name=not is_name and key in _NAMES)
