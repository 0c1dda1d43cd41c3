"""Reads a legacy project: its sources, what they import, and how it is started."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

LEFT_OUT = frozenset(
    {
        ".git", ".hg", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".eggs",
        ".mypy_cache", ".pytest_cache", ".ruff_cache",
    }
)  # fmt: skip
"""Folders that no source lies in."""

_TESTS = frozenset({"test", "tests", "testing", "docs", "doc", "examples", "example", "benchmarks"})
_MOST_BYTES = 2_000_000
SDKS = ("mcp", "fastmcp")


@dataclass(frozen=True)
class Source:
    """A Python file.

    Attributes:
        path: Relative to the project, with slashes.
        module: Its dotted name from the folder that it is imported from.
        root: That folder: `.` or `src`.
    """

    path: str
    text: str
    module: str
    root: str
    tree: ast.Module = field(repr=False, compare=False)

    @property
    def package(self) -> str:
        """The dotted name of the package that it lies in; empty outside of any."""
        if self.path.endswith("/__init__.py"):
            return self.module
        return self.module.rpartition(".")[0]

    @cached_property
    def imports(self) -> frozenset[str]:
        """Everything that it imports, absolute: modules, and what is taken from them, dotted."""
        return frozenset(_imports(self))

    @property
    def sdks(self) -> frozenset[str]:
        """Which of the SDKs it imports."""
        return frozenset(name.split(".")[0] for name in self.imports) & frozenset(SDKS)

    @property
    def beside(self) -> bool:
        """Whether it is a test, an example or a page of documentation."""
        *folders, name = self.path.split("/")
        return (
            bool(_TESTS.intersection(folders)) or name.startswith("test_") or name == "conftest.py"
        )


@dataclass(frozen=True)
class Project:
    """A legacy project as it was found.

    Attributes:
        manifest: The text of its `pyproject.toml`; `None` if it has none.
        requirements: The text of its `requirements.txt`; `None` if it has none.
    """

    folder: Path
    sources: Mapping[str, Source]
    manifest: str | None
    requirements: str | None

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

    def reach(self, start: Source) -> tuple[Source, ...]:
        """The sources that are imported, sooner or later, when one of them runs."""
        seen: dict[str, Source] = {start.path: start}
        queue = [start]
        while queue:
            for name in sorted(self._neighbours(queue.pop())):
                found = self.by_module.get(name)
                if found is not None and found.path not in seen:
                    seen[found.path] = found
                    queue.append(found)
        return tuple(seen.values())

    def _neighbours(self, source: Source) -> Iterator[str]:
        above = source.path.rpartition("/")[0].replace("/", ".")
        for name in source.imports:
            parts = name.split(".")
            for count in range(1, len(parts) + 1):
                yield ".".join(parts[:count])
            # A script finds what lies beside it.
            if above:
                yield f"{above.removeprefix('src.')}.{name}"


def survey(folder: Path) -> Project:
    """Read a project. Files that are no valid Python are passed over."""
    sources: dict[str, Source] = {}
    for path in sorted(_python_files(folder)):
        relative = path.relative_to(folder).as_posix()
        source = _read(path, relative)
        if source is not None:
            sources[relative] = source
    return Project(
        folder=folder,
        sources=sources,
        manifest=_text(folder / "pyproject.toml"),
        requirements=_text(folder / "requirements.txt"),
    )


def _python_files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_symlink() or path.name in LEFT_OUT:
            continue
        if path.is_dir():
            yield from _python_files(path)
        elif path.suffix == ".py" and path.stat().st_size <= _MOST_BYTES:
            yield path


def _read(path: Path, relative: str) -> Source | None:
    try:
        text = path.read_bytes().decode("utf-8")
        tree = ast.parse(text)
    except (UnicodeDecodeError, SyntaxError, ValueError, RecursionError):
        return None
    root, inside = ("src", relative[4:]) if relative.startswith("src/") else (".", relative)
    if root == "src" and (path.parents[len(Path(inside).parts) - 1] / "__init__.py").exists():
        root, inside = ".", relative
    module = inside.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return Source(relative, text, module, root, tree)


def _text(path: Path) -> str | None:
    return path.read_text("utf-8", "replace") if path.is_file() else None


def _imports(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            above = source.package.split(".") if source.package else []
            kept = above[: len(above) - node.level + 1] if node.level else []
            module = ".".join([*kept, *([node.module] if node.module else [])])
            if module:
                yield module
            for alias in node.names:
                yield f"{module}.{alias.name}" if module else alias.name
