"""Reads a legacy project: its sources, what they import, and how it is started."""

from __future__ import annotations

import ast
import re
import tokenize
import tomllib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from .brought import adapters_among, in_any, packages_among, stands_alone
from .names import ADAPTERS
from .syntax import imported, no_python, parsed
from .texts import manifest_of, text_of
from .tree import CannotRead, Found, walk

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock")
"""Files that pin the old SDK, and are made anew by the tools that they belong to."""

_TESTS = frozenset({"test", "tests", "testing", "docs", "doc", "examples", "example", "benchmarks"})
_MOST_BYTES = 2_000_000
_SRC_IS_A_PACKAGE = re.compile(r"""["']src[.:]""")
_OTHERS = ("setup.cfg", "Pipfile")
_SAYS_WHAT_IT_NEEDS = ("pyproject.toml", "requirements.txt", *LOCKS)
SDKS = tuple(ADAPTERS)


@dataclass(frozen=True)
class Source:
    """A Python file.

    Attributes:
        path: Relative to the project, with slashes.
        module: Its dotted name from the folder that it is imported from.
        root: That folder: `.` or `src`.
        encoding: How its characters are bytes, as Python reads them.
    """

    path: str
    text: str
    module: str
    root: str
    tree: ast.Module = field(repr=False, compare=False)
    encoding: str = "utf-8"

    @property
    def package(self) -> str:
        """The dotted name of the package that it lies in; empty outside of any."""
        if self.path.endswith("/__init__.py"):
            return self.module
        return self.module.rpartition(".")[0]

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes of its tree: many look through them."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> frozenset[str]:
        """Everything that it imports, absolute: modules, and what is taken from them, dotted."""
        return frozenset(imported(self.nodes, self.package))

    @cached_property
    def loads(self) -> frozenset[str]:
        """What of it is imported whenever it is: outside of any function, condition or `try`."""
        return frozenset(imported(self.tree.body, self.package))

    @property
    def sdks(self) -> frozenset[str]:
        """Which of the SDKs it imports, be it by their adapters."""
        return frozenset(
            sdk
            for name in self.imports
            for sdk in SDKS
            if name.split(".")[0] == sdk or ADAPTERS[sdk] in name.split(".")
        )

    @property
    def beside(self) -> bool:
        """Whether it is a test, an example, a page of documentation, or a copy that a build left."""
        *folders, name = self.path.split("/")
        built = folders[:2] == ["build", "lib"]
        return built or name.startswith(("test_", "conftest.")) or not _TESTS.isdisjoint(folders)


@dataclass(frozen=True)
class Project:
    """A legacy project as it was found.

    Attributes:
        manifest: The text of its `pyproject.toml`; `None` if it has none.
        requirements: The text of its `requirements.txt`; `None` if it has none.
        locks: The texts of its lock files, by their names.
        others: The texts of `setup.cfg` and `Pipfile`, by these names.
        unread: Python files that say nothing to today's Python, and why.
        left_out: What is no part of a copy of it.
        adapters: The folders of the adapters that were brought by a migration before, by what they stand for.
        alone: Whether a migration before came to a compiled server that needs none.
    """

    folder: Path
    sources: Mapping[str, Source]
    manifest: str | None
    requirements: str | None
    locks: Mapping[str, str] = field(default_factory=dict[str, str])
    others: Mapping[str, str] = field(default_factory=dict[str, str])
    unread: Mapping[str, str] = field(default_factory=dict[str, str])
    left_out: tuple[Found, ...] = ()
    adapters: Mapping[str, str] = field(default_factory=dict[str, str])
    alone: bool = False

    @property
    def migrated(self) -> bool:
        """Whether it is what a migration came to."""
        return self.alone or bool(self.adapters)

    @cached_property
    def table(self) -> Mapping[str, Any]:
        """Its `pyproject.toml`, read; empty if it has none, or no valid one."""
        try:
            return tomllib.loads(self.manifest or "")
        except tomllib.TOMLDecodeError:
            return {}

    @property
    def about(self) -> Mapping[str, Any]:
        """The table `project` of `pyproject.toml`."""
        found: object = self.table.get("project", {})
        return cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}

    @cached_property
    def by_module(self) -> Mapping[str, Source]:
        """Its sources by their dotted names; those in `src` first."""
        ordered = sorted(self.sources.values(), key=lambda one: one.root != "src")
        found: dict[str, Source] = {}
        for source in ordered:
            found.setdefault(source.module, source)
        return found

    @property
    def uses(self) -> frozenset[str]:
        """The SDKs that it is made with."""
        return frozenset[str]().union(
            *(one.sdks for one in self.sources.values() if not one.beside)
        )

    def reach(self, start: Source, *, packages: bool = True, at_once: bool = False) -> list[Source]:
        """The sources that are imported, sooner or later, when one of them runs.

        Args:
            packages: Whether those count that are imported because what is wanted lies in them.
            at_once: Whether only those count that are imported in any case: not by functions, but for those of `start`.
        """
        seen: dict[str, Source] = {start.path: start}
        queue = [start]
        while queue:
            source = queue.pop()
            names = source.loads if at_once and source is not start else source.imports
            for name in sorted(self._near(source, names, packages)):
                found = self.by_module.get(name)
                if found is not None and found.path not in seen:
                    seen[found.path] = found
                    queue.append(found)
        return list(seen.values())

    def _near(self, source: Source, names: Iterable[str], packages: bool) -> Iterator[str]:
        above = source.path.rpartition("/")[0].replace("/", ".")
        for name in names:
            parts = name.split(".")
            for count in range(1 if packages else len(parts), len(parts) + 1):
                yield ".".join(parts[:count])
            # A script finds what lies beside it.
            if above:
                yield f"{above.removeprefix('src.')}.{name}"


def survey(folder: Path) -> Project:
    """Read a project. Files that are no valid Python are passed over, and named in `unread`.

    Raises:
        CannotRead: There is too much of it, or what says what it needs cannot be read.
    """
    sources: dict[str, Source] = {}
    unread: dict[str, str] = {}
    left_out: list[Found] = []
    for found in walk(folder):
        if found.reason is not None:
            if found.path in _SAYS_WHAT_IT_NEEDS:
                raise CannotRead(f"`{found.path}`: {found.reason}")
            left_out.append(found)
        elif found.kind == "file" and found.path.endswith(".py"):
            try:
                sources[found.path] = _read(folder, found.path)
            except _Unread as error:
                unread[found.path] = str(error)
    adapters = adapters_among(sources)
    brought = (*adapters.values(), *packages_among(sources))
    manifest = manifest_of(folder)
    return Project(
        folder=folder,
        sources={
            path: one
            for path, one in _rooted(sources, manifest).items()
            if not in_any(path, brought)
        },
        manifest=manifest,
        requirements=text_of(folder / "requirements.txt"),
        locks={name: text for name in LOCKS if (text := text_of(folder / name)) is not None},
        others={name: text for name in _OTHERS if (text := text_of(folder / name)) is not None},
        unread=unread,
        left_out=tuple(left_out),
        adapters=adapters,
        alone=stands_alone(sources),
    )


class _Unread(Exception):
    """Why a file is no source."""


def _read(folder: Path, relative: str) -> Source:
    path = folder / relative
    if path.stat().st_size > _MOST_BYTES:
        raise _Unread(f"it is larger than {_MOST_BYTES // 1_000_000} MB")
    text, encoding = _decoded(path.read_bytes())
    with warnings.catch_warnings():
        # What is doubtful in the source is not this command's business.
        warnings.simplefilter("ignore")
        try:
            tree = parsed(text)
        except SyntaxError as error:
            raise _Unread(no_python(error)) from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise _Unread(f"it does not parse: {error}") from None
    root, inside = ("src", relative[4:]) if relative.startswith("src/") else (".", relative)
    return Source(relative, text, _module(inside), root, tree, encoding)


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _rooted(sources: Mapping[str, Source], manifest: str | None) -> Mapping[str, Source]:
    """The sources by the names that they are imported by: `src` is a package where something says so."""
    if "src/__init__.py" not in sources or not (
        _SRC_IS_A_PACKAGE.search(manifest or "")
        or any(
            name.split(".")[0] == "src"
            for one in sources.values()
            if not one.beside
            for name in one.imports
        )
    ):
        return sources
    return {
        path: replace(one, root=".", module=_module(path)) if one.root == "src" else one
        for path, one in sources.items()
    }


def _decoded(data: bytes) -> tuple[str, str]:
    """The text of a source, and its encoding: by its first two lines, or UTF-8."""
    try:
        lines = iter(data.splitlines(keepends=True))
        encoding, _ = tokenize.detect_encoding(lambda: next(lines, b""))
        return data.decode(encoding), encoding
    except SyntaxError as error:
        raise _Unread(error.msg) from None
    except (UnicodeDecodeError, LookupError) as error:
        raise _Unread(f"its characters are not what it says: {error}") from None
