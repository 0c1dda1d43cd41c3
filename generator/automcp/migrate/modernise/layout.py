"""Which file of a project an import means, by how its server is started."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..entry import Entry, File
from ..survey import Project, Source


@dataclass(frozen=True)
class Layout:
    """Where modules are looked for.

    Attributes:
        roots: Folders that stand on `sys.path`, relative to the project; `` is the project itself.
    """

    project: Project
    entry: Entry
    roots: tuple[str, ...]

    @cached_property
    def _folders(self) -> frozenset[str]:
        found: set[str] = set()
        for path in self.project.sources:
            parts = path.split("/")[:-1]
            found.update("/".join(parts[:count]) for count in range(1, len(parts) + 1))
        return frozenset(found)

    def source(self, module: str) -> Source | None:
        """The file that a module is; `None` if it is none of the project's, or a folder alone."""
        for root in self.roots:
            path = "/".join([*([root] if root else []), *module.split(".")])
            for one in (f"{path}/__init__.py", f"{path}.py"):
                if one in self.project.sources:
                    return self.project.sources[one]
            if path in self._folders:
                return None
        return None

    def has(self, module: str) -> bool:
        """Whether a module, or a folder of modules, of that name is the project's."""
        for root in self.roots:
            path = "/".join([*([root] if root else []), *module.split(".")])
            if path in self._folders or f"{path}.py" in self.project.sources:
                return module.split(".")[0] not in sys.stdlib_module_names
        return False

    def name(self, source: Source) -> str:
        """The dotted name that a file is imported by."""
        for root in self.roots:
            inside = source.path.removeprefix(f"{root}/") if root else source.path
            if not root or inside != source.path:
                return inside.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        return source.module

    def package(self, source: Source) -> str:
        """The dotted name of the package that a file lies in; empty outside of any."""
        name = self.name(source)
        return name if source.path.endswith("/__init__.py") else name.rpartition(".")[0]

    def absolute(self, source: Source, node: ast.ImportFrom) -> str | None:
        """The module that `from … import` names; `None` if it leads out of every package."""
        if not node.level:
            return node.module or ""
        above = self.package(source).split(".") if self.package(source) else []
        if node.level > len(above):
            return None
        kept = above[: len(above) - node.level + 1]
        return ".".join([*kept, *([node.module] if node.module else [])])

    def packages(self, module: str) -> Iterator[str]:
        """The packages that a module lies in, from the outermost, and the module itself."""
        parts = module.split(".")
        for count in range(1, len(parts) + 1):
            yield ".".join(parts[:count])


def layout(project: Project, entry: Entry) -> Layout:
    """Where the modules of a project are looked for."""
    roots = ["src", ""]
    source = entry.source
    if source.root == "." and source.path.startswith("src/"):
        roots = [""]
    if isinstance(entry, File) and not (source.path.endswith("__main__.py") and source.package):
        beside = source.path.rpartition("/")[0]
        roots = [beside, *(one for one in roots if one != beside)]
    return Layout(project, entry, tuple(roots))
