"""Compares the `packages` of a configuration with what is installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from ..text.report import Diagnostic, Label, Level, Report
from .reading import Configured

_OURS = ("automcp", "mcp", "pydantic", "pyyaml")


@dataclass(frozen=True)
class Lack:
    """A requirement of a configuration that is not met.

    Attributes:
        text: As it is written.
        why: What is the matter.
        ours: The version that AutoMCP itself runs on; `None` of all other packages.
        valid: Whether it is a requirement at all.
    """

    text: str
    why: str
    place: Label
    ours: str | None = None
    valid: bool = True

    @property
    def installable(self) -> bool:
        """Whether installing it would mend it, and leave AutoMCP as it is."""
        return self.valid and self.ours is None

    @property
    def help(self) -> str:
        """What can be done."""
        if not self.valid:
            return "write it as in a `requirements.txt`: `numpy>=2`"
        if self.ours is not None:
            return "AutoMCP itself runs on it: groups are served on that, and nothing is to be installed"
        return f"install it where AutoMCP runs: `--install`, or pip install '{self.text}'"


def lacks(found: Configured) -> Iterator[Lack]:
    """What a configuration requires and does not find, each requirement once."""
    packages = [((), found.config.packages), *((s, g.packages) for s, _, g in found.groups() if s)]
    seen = set[str]()
    for steps, requirements in packages:
        for place, text in enumerate(requirements):
            if text not in seen:
                seen.add(text)
                yield from _lack(text, found.at(*steps, "packages", str(place)))


def look_for_packages(found: Configured, report: Report) -> None:
    """Add `AM709` for each requirement that is not met."""
    for one in lacks(found):
        report.add(Diagnostic("AM709", one.why, one.place, help=one.help, level=Level.WARNING))


@cache
def own_versions() -> Mapping[str, str]:
    """What AutoMCP itself runs on, by name: it must stay as it is. To find out takes 60 ms."""
    found: dict[str, str] = {}
    names = [*_OURS]
    while names:
        name = canonicalize_name(names.pop())
        if name in found:
            continue
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = installed.version
        wanted = map(Requirement, installed.requires or ())
        names += [one.name for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]  # fmt: skip
    return found


def _lack(text: str, place: Label) -> Iterator[Lack]:
    try:
        wanted = Requirement(text)
    except InvalidRequirement:
        yield Lack(text, f"`{text}` is no requirement", place, valid=False)
        return
    if wanted.marker is not None and not wanted.marker.evaluate():
        return
    try:
        version = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        yield Lack(text, f"`{wanted.name}` is not installed", place)
        return
    if not wanted.specifier.contains(version, prereleases=True):
        why = f"`{wanted.name}` is installed as {version}, which is not {wanted.specifier}"
        yield Lack(text, why, place, own_versions().get(canonicalize_name(wanted.name)))
