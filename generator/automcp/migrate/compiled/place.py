"""Where the compiled package of a migrated project lies, and what it is called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...importers.server.compose import service_name
from ...text.names import Name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a package is to be.

    Attributes:
        service: What the service is called in the spec, which the package is named after.
        folder: The folder that the package lies in, relative to the project: `.`, or with slashes.
        package: The dotted name that the package is imported by.
    """

    service: str
    folder: str
    package: str

    @property
    def home(self) -> str:
        """The package's own folder."""
        name = self.package.rpartition(".")[2]
        return name if self.folder == "." else f"{self.folder}/{name}"


def place_for(project: str, folder: str, above: str, taken: Collection[str]) -> Place:
    """A place that nothing else has.

    Args:
        project: What the project is called.
        folder: Where the adapters lie, or would.
        above: The dotted name of that folder's package; empty if it is none.
        taken: The first names of whatever lies in that folder, modules without their ending, and those of its parents.
    """
    service = service_name(project)
    for end in ("", "-tools", "-compiled"):
        said = f"{service}{end}"
        name = f"{Name.parse(said).snake}_server"
        if name not in taken:
            break
    return Place(said, folder, f"{above}.{name}" if above else name)
