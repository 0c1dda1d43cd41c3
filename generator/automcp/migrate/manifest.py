"""The `pyproject.toml` and `requirements.txt` of a migrated project: as they were, but for what has to change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any, cast

import tomlkit
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from tomlkit.exceptions import TOMLKitError

from .requirements import Change, added, from_lines, lifted

_LEAST_PYTHON = "3.10"


def manifest_of(
    text: str | None,
    needed: Sequence[str],
    *,
    script: tuple[str, str],
    fallback: str,
    lacking: Callable[[list[str]], list[str]],
    sdks: frozenset[str],
) -> tuple[str, list[Change]]:
    """The migrated `pyproject.toml`, and what changed of its requirements.

    Args:
        text: The one of before; `None` if there was none.
        needed: What the project requires, wherever it said so.
        script: The console script that starts the server: its name and `module:function`. It comes first.
        fallback: What the project is called if it has no name.
        lacking: What lacks, given the requirements that there are.
        sdks: The SDKs that the project is made with.
    """
    document = _parsed(text)
    project = cast("MutableMapping[str, Any]", document.setdefault("project", tomlkit.table()))
    project.setdefault("name", fallback)
    if "version" not in project and "version" not in project.get("dynamic", ()):
        project["version"] = "0.1.0"
    changes: list[Change] = []
    listed = project.setdefault("dependencies", tomlkit.array())
    listed.extend(one for one in needed if one not in listed)
    for array in (listed, *_optional(document, project)):
        changes += _lift(array, sdks)
    for one in lacking([str(each) for each in listed]):
        listed.append(one)
        changes.append(Change(None, one))
    _lift_python(project)
    _put_first(project, *script)
    _fix(document, project)
    return tomlkit.dumps(document), changes


def listed_requirements(text: str) -> list[str]:
    """What a project requires by its `pyproject.toml`."""
    document = cast("MutableMapping[str, Any]", _parsed(text))
    project = cast("MutableMapping[str, Any]", document.get("project", {}))
    return [str(one) for one in project.get("dependencies", ())]


def requirements_of(
    text: str, lacking: Callable[[list[str]], list[str]], sdks: frozenset[str]
) -> str:
    """The migrated `requirements.txt`: comments and options stay."""
    lines: list[str] = []
    for line in text.splitlines():
        plain = line.split(" #")[0].strip()
        if plain and not plain.startswith(("#", "-")):
            line = line.replace(plain, lifted(plain, sdks))
        lines.append(line)
    missing = lacking(from_lines("\n".join(lines)))
    return "\n".join([*lines, *missing]) + "\n"


def pipfile_of(text: str, sdks: frozenset[str]) -> str:
    """The migrated `Pipfile`: what is said of versions that today's SDK cannot live with is said otherwise."""
    document = cast("MutableMapping[str, Any]", _parsed(text))
    for part in ("packages", "dev-packages"):
        table = cast("MutableMapping[str, Any]", document.get(part, {}))
        for name, said in list(table.items()):
            whole = isinstance(said, MutableMapping)
            words = cast("MutableMapping[str, Any]", said) if whole else table
            key = "version" if whole else name
            before = str(words.get(key, "*")).replace("*", "")
            after = lifted(f"{name}{before}", sdks)
            if after != f"{name}{before}":
                words[key] = after.removeprefix(name)
    return tomlkit.dumps(cast("tomlkit.TOMLDocument", document))


def lack(
    imported: set[str], sdks: frozenset[str], own: set[str]
) -> Callable[[list[str]], list[str]]:
    """A function of the requirements that there are, to those that lack."""
    return lambda declared: added(declared, imported, sorted(sdks), own)


def _parsed(text: str | None) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text or "")
    except TOMLKitError:
        return tomlkit.document()


def _optional(
    document: MutableMapping[str, Any], project: MutableMapping[str, Any]
) -> Iterator[Any]:
    for table in (project.get("optional-dependencies"), document.get("dependency-groups")):
        if isinstance(table, MutableMapping):
            yield from (
                one
                for one in cast("MutableMapping[str, Any]", table).values()
                if isinstance(one, list)
            )


def _lift(array: Any, sdks: frozenset[str]) -> list[Change]:
    """Lift what is in an array of requirements, in place."""
    changes: list[Change] = []
    for place, before in enumerate(list(array)):
        if isinstance(before, str):
            after = lifted(before, sdks)
            if after != before:
                array[place] = after
                changes.append(Change(str(before), after))
    return changes


def _lift_python(project: MutableMapping[str, Any]) -> None:
    """Today's SDK needs a Python that the project may not ask for."""
    said = str(project.get("requires-python", ""))
    try:
        if any(SpecifierSet(said).contains(f"3.{minor}") for minor in range(10)):
            rest = re.sub(r">=?\s*[23][\d.]*\s*,?\s*", "", said).strip(", ")
            project["requires-python"] = f">={_LEAST_PYTHON}" + (f",{rest}" if rest else "")
    except InvalidSpecifier:
        return


def _fix(document: MutableMapping[str, Any], project: MutableMapping[str, Any]) -> None:
    """What the manifest says is worked out by the build no more: backends refuse what is both."""
    dynamic: object = project.get("dynamic")
    said = [one for one in cast("list[Any]", dynamic) if one in project] if dynamic else []
    for one in said:
        project["dynamic"].remove(one)
        _table(document, "tool", "setuptools", "dynamic").pop(one, None)
    if "dependencies" in said:
        _table(document, "tool", "hatch", "metadata", "hooks").pop("requirements_txt", None)


def _table(document: MutableMapping[str, Any], *names: str) -> MutableMapping[str, Any]:
    """A table in a document; an empty one that is not in it if there is none."""
    found = document
    for name in names:
        inner: object = found.get(name)
        if not isinstance(inner, MutableMapping):
            return {}
        found = cast("MutableMapping[str, Any]", inner)
    return found


def _put_first(project: MutableMapping[str, Any], name: str, target: str) -> None:
    """Make a script the first of all: whoever takes the first one, gets the server."""
    old = cast("MutableMapping[str, Any]", project.get("scripts", {}))
    if next(iter(old.items()), None) == (name, target):
        return
    scripts = tomlkit.table()
    # Extras stay; a script of that name that starts something else, or nothing any more, does not.
    before = str(old.get(name, ""))
    scripts[name] = before if before.partition("[")[0].strip() == target else target
    for other, where in old.items():
        if other != name:
            scripts[other] = where
    project["scripts"] = scripts
