"""What a project's lock file says that was installed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import cast

from packaging.utils import canonicalize_name

from .survey import Project


def locked(project: Project) -> Mapping[str, str]:
    """The exact versions by the project's lock file: what it holds in one version, from an index."""
    for name, text in project.locks.items():
        try:
            found = list(_of_pipenv(text) if name == "Pipfile.lock" else _of_toml(text))
        except (ValueError, RecursionError):
            continue
        versions: dict[str, set[str]] = {}
        for package, version in found:
            versions.setdefault(canonicalize_name(package), set()).add(version)
        return {one: min(several) for one, several in versions.items() if len(several) == 1}
    return {}


def _of_toml(text: str) -> Iterator[tuple[str, str]]:
    """The packages in a lock file of uv, Poetry or PDM."""
    listed: object = tomllib.loads(text).get("package", [])
    for one in cast("list[object]", listed) if isinstance(listed, list) else ():
        package = cast("dict[str, object]", one) if isinstance(one, dict) else {}
        name, version, source = package.get("name"), package.get("version"), package.get("source")
        words = cast("dict[str, object]", source) if isinstance(source, dict) else {}
        elsewhere = not words.keys() <= {"registry"} and words.get("type") != "legacy"
        if isinstance(name, str) and isinstance(version, str) and not elsewhere:
            yield name, version


def _of_pipenv(text: str) -> Iterator[tuple[str, str]]:
    document: object = json.loads(text)
    listed = cast("dict[str, object]", document).get("default") if isinstance(document, dict) else 0
    for name, one in cast("dict[str, object]", listed).items() if isinstance(listed, dict) else ():
        version = cast("dict[str, object]", one).get("version") if isinstance(one, dict) else None
        if isinstance(version, str) and version.startswith("=="):
            yield name, version.removeprefix("==")
