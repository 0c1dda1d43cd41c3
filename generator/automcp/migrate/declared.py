"""What a legacy project says that it requires, and which commands it has, wherever it says so."""

from __future__ import annotations

import ast
import configparser
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from packaging.utils import canonicalize_name

from .requirements import from_lines, requirement_name
from .survey import Project, Source


def requirements(project: Project) -> list[str]:
    """What has to be installed: by `[project]`, Poetry, `requirements.txt`, `setup.py`, `setup.cfg`, or `Pipfile`."""
    listed: object = project.about.get("dependencies")
    if isinstance(listed, list) and listed:
        return [str(one) for one in cast("list[object]", listed)]
    found = list(_of_poetry(_poetry(project).get("dependencies")))
    return (
        found
        or from_lines(project.requirements or "")
        or _of_setup(project, "install_requires")
        or from_lines(_in_cfg(project, "options", "install_requires"))
        or list(_of_poetry(_pipfile(project).get("packages")))
    )


def commands(project: Project) -> Mapping[str, str]:
    """The console scripts: their names, and `module:function`."""
    for table in (project.about.get("scripts"), _poetry(project).get("scripts")):
        if isinstance(table, dict) and table:
            scripts = cast("dict[str, object]", table)
            return {name: one for name, one in scripts.items() if isinstance(one, str)}
    lines = _of_setup(project, "console_scripts") or from_lines(
        _in_cfg(project, "options.entry_points", "console_scripts")
    )
    pairs = (line.partition("=") for line in lines)
    return {name.strip(): target.strip() for name, _, target in pairs if target}


def named(project: Project) -> str | None:
    """What the project is called."""
    found = (
        project.about.get("name")
        or _poetry(project).get("name")
        or _in_cfg(project, "metadata", "name")
    )
    return found if isinstance(found, str) and found else None


def promoted(project: Project, reached: Iterable[Source]) -> list[str]:
    """Requirements that are optional, and yet imported whenever the server runs."""
    optional: object = project.about.get("optional-dependencies", {})
    if not isinstance(optional, dict):
        return []
    needed = {name for one in reached for name in _always_imported(one)}
    return [
        text
        for listed in cast("dict[str, object]", optional).values()
        for text in (map(str, cast("list[object]", listed)) if isinstance(listed, list) else ())
        if requirement_name(text).replace("-", "_") in needed
    ]


def _always_imported(source: Source) -> Iterator[str]:
    """The first names of what a source imports at its outermost level, outside of any `try`."""
    for node in source.tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0].lower() for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0].lower()


def _poetry(project: Project) -> Mapping[str, Any]:
    tool: object = project.table.get("tool", {})
    found: object = (
        cast("dict[str, object]", tool).get("poetry") if isinstance(tool, dict) else None
    )
    return cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}


def _pipfile(project: Project) -> Mapping[str, Any]:
    try:
        return tomllib.loads(project.others.get("Pipfile", ""))
    except tomllib.TOMLDecodeError:
        return {}


def _in_cfg(project: Project, section: str, option: str) -> str:
    """What `setup.cfg` says under a name; empty if it says nothing."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(project.others.get("setup.cfg", ""))
    except configparser.Error:
        return ""
    return parser.get(section, option, fallback="")


def _of_poetry(table: object) -> Iterator[str]:
    """Poetry's dependencies as requirements; optional ones and other sources than an index are left out."""
    if not isinstance(table, dict):
        return
    for name, said in cast("dict[str, object]", table).items():
        words = cast("dict[str, object]", said) if isinstance(said, dict) else {"version": said}
        if canonicalize_name(name) == "python" or words.get("optional"):
            continue
        if not isinstance(words.get("version"), str):
            continue
        extras = words.get("extras")
        inside = (
            ",".join(map(str, cast("list[object]", extras))) if isinstance(extras, list) else ""
        )
        yield f"{name}{f'[{inside}]' if inside else ''}{_bounds(str(words['version']))}"


def _bounds(said: str) -> str:
    """A version constraint of Poetry in the words of PEP 440."""
    found: list[str] = []
    for part in said.split(","):
        text = part.strip()
        if text in ("", "*"):
            continue
        if text[0] in "^~" and not text.startswith("~="):
            found += _range(text[0], text[1:].strip())
        else:
            found.append(text if text[0] in "<>=!~" else f"=={text}")
    return ",".join(found)


def _range(sign: str, version: str) -> tuple[str, str]:
    numbers = [int(one) if one.isdecimal() else 0 for one in version.split(".")]
    place = next((at for at, one in enumerate(numbers) if one), len(numbers) - 1)
    if sign == "~":
        place = min(1, len(numbers) - 1)
    limit = [*numbers[:place], numbers[place] + 1]
    return f">={version}", f"<{'.'.join(map(str, limit))}"


def _of_setup(project: Project, word: str) -> list[str]:
    """The texts in a list that `setup.py` gives under a name, as an argument or a key; it is not run."""
    source = project.sources.get("setup.py")
    if source is None:
        return []
    for node in source.nodes:
        pairs: list[tuple[object, ast.expr]] = []
        if isinstance(node, ast.keyword):
            pairs = [(node.arg, node.value)]
        elif isinstance(node, ast.Dict):
            pairs = [
                (getattr(key, "value", None), one)
                for key, one in zip(node.keys, node.values, strict=True)
            ]
        for key, value in pairs:
            if key == word and isinstance(value, ast.List):
                items = [one.value for one in value.elts if isinstance(one, ast.Constant)]
                return [one for one in items if isinstance(one, str)]
    return []
