"""Compiles a spec of plain functions in memory, and makes sure that it lists what was listed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...output.lock import Lock
from ...output.plan import compare
from ...pipeline import generate
from ...project import parse_project
from ...runtime.shared.surface import Surface
from ...text.render import render_all
from ...text.report import Rejected, Report
from ...text.source import Source
from ..freeing import Identity
from ..modernise import KEYS, Plain, PlainOffer
from .place import Place
from .specification import specification

SPEC, PROJECT = "spec.yaml", "automcp.toml"
_SDKS = {"mcp1": "mcp2", "mcp1_lowlevel": "mcp2", "fastmcp2": "fastmcp4"}
"""The SDK that a package is compiled for, by the one that called its functions."""

_PROJECT = """\
# `automcp generate` makes the package `{package}` of the spec; `automcp generate --check` says whether it is up to date.
spec = "{spec}"

[targets.server]
sdk = "{sdk}"
out = "{out}"
# A part of this project, which says what is required and how the server is started.
layout = "package"
"""


class CannotCompile(Exception):
    """The functions do not go into one package; the message says why."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled package.

    Attributes:
        sdk: The SDK that it is compiled for.
        files: What is written: the spec, the project file, the lock, and the package, by path.
        unlike: What would be listed otherwise than before, and why: tools by name, prompts and resources by what they
            are known as. Nothing may be written then.
    """

    place: Place
    sdk: str
    files: Mapping[str, str]
    unlike: Mapping[str, str]


def compile_plain(
    plain: Sequence[Plain],
    place: Place,
    version: str,
    offers: Sequence[PlainOffer] = (),
    known: Identity | None = None,
) -> Compiled:
    """Compile functions that were tools, prompts and resources.

    Args:
        known: As what callers know the server, where no adapter stands for its SDK.

    Raises:
        CannotCompile: The compiler refuses the spec that says what was listed.
    """
    spec = specification(plain, place.service, version, offers, known)
    flavours = (*(one.flavour for one in plain), *(one.flavour for one in offers))
    sdk = _SDKS[flavours[0]]
    said = _PROJECT.format(package=place.package, spec=SPEC, sdk=sdk, out=place.folder)
    project = parse_project(Source(PROJECT, said), Path())
    report = Report()
    try:
        wanted = generate(project, Source(SPEC, spec), _nothing_else, report).wanted
    except Rejected:
        raise CannotCompile(render_all(report)) from None
    plan = compare(wanted, Lock(), {})
    files = {one.path: one.after.decode() for one in plan.changes if one.after is not None}
    listed = Surface(json.loads(files[f"{place.home}/surface.json"]))
    return Compiled(
        place, sdk, {SPEC: spec, PROJECT: said, **files}, _unlike(plain, offers, listed)
    )


def _nothing_else(path: str) -> Source:
    raise FileNotFoundError(path)


def _unlike(
    plain: Sequence[Plain], offers: Sequence[PlainOffer], listed: Surface
) -> dict[str, str]:
    """Members that a compiled package lists otherwise."""
    pairs = [(one.name, one.tool, listed.tool(one.name)) for one in plain]
    for one in offers:
        known = {each[KEYS[one.kind]]: each for each in listed.listed(one.kind)}
        pairs.append((one.known_as, one.listed, known[one.name]))
    found: dict[str, str] = {}
    for name, tool, now in pairs:
        before, after = _said(tool), _said(now)
        members = sorted({*before, *after})
        differing = [member for member in members if before.get(member) != after.get(member)]
        if differing:
            found[name] = f"a spec cannot say its `{differing[0]}` as it is"
    return found


def _said(tool: Mapping[str, Any]) -> dict[str, Any]:
    """What a tool says: `null`, and objects and lists without members, say nothing."""
    empty: tuple[Any, ...] = (None, {}, [])
    return {key: one for key, one in tool.items() if one not in empty}
