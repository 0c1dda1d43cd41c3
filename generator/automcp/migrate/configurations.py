"""Finds what a server is started with that loads its classes by a configuration: `module:Class` in JSON or YAML."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import yaml

from .entry import Entry
from .survey import Project, Source
from .tree import walk

_CLASS = re.compile(r"([A-Za-z_][\w.]*):([A-Za-z_]\w*)")
_ASKS = frozenset({"argparse", "click", "fire", "typer"})
_COMMON = frozenset({"mcp", "fastmcp", "pydantic", "yaml", *sys.stdlib_module_names})
_MOST_BYTES = 100_000


def configuration_of(project: Project, entry: Entry) -> str | None:
    """The path of the configuration that a server can be started with; `None` if it needs none, or there is none.

    Of several, the one whose classes import least that may be missing, then the first by name.
    """
    if not any(_asks(one) for one in project.reach(entry.source)):
        return None
    found = {path: classes for path in _files(project) if (classes := _classes(project, path))}
    return min(
        found,
        key=lambda path: (sum(_strangers(project, one) for one in found[path]), path),
        default=None,
    )


def _asks(source: Source) -> bool:
    """Whether a source looks at the words that it is started with."""
    if any(name.split(".")[0] in _ASKS for name in source.imports):
        return True
    return any(
        isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.argv" for node in source.nodes
    )


def _files(project: Project) -> Iterator[str]:
    """JSON and YAML files of a project, by their paths."""
    for found in walk(project.folder):
        path = project.folder / found.path
        if found.kind != "file" or found.reason or path.suffix not in (".json", ".yaml", ".yml"):
            continue
        if path.stat().st_size <= _MOST_BYTES:
            yield found.path


def _classes(project: Project, path: str) -> list[Source]:
    """Where the classes are that a file names; none if one of them is not in the project."""
    said = _said(project.folder / path)
    named = [*_named(_mapping(said))]
    found = [_home(project, one) for one in named]
    return [one for one in found if one is not None] if None not in found else []


def _said(path: Path) -> object:
    try:
        text = path.read_text("utf-8")
        return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return None


def _named(said: Mapping[str, Any]) -> Iterator[str]:
    """The classes that a configuration names: of one group, or as a key or a member of each of its groups."""
    if not isinstance(said.get("groups"), dict):
        path: object = said.get("class_path")
        if isinstance(path, str):
            yield path
        return
    for key, group in _mapping(said["groups"]).items():
        yield str(_mapping(group).get("class_path", key))


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _home(project: Project, path: str) -> Source | None:
    match = _CLASS.fullmatch(path)
    source = project.by_module.get(match[1]) if match else None
    if match is None or source is None:
        return None
    defined = {node.name for node in source.tree.body if isinstance(node, ast.ClassDef)}
    return source if match[2] in defined else None


def _strangers(project: Project, source: Source) -> int:
    """How many modules a source imports that may be missing."""
    own = {name.split(".")[0] for name in project.by_module}
    return len({name.split(".")[0] for name in source.imports} - own - _COMMON)
