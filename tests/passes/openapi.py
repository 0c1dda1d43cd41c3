"""Small OpenAPI documents, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from automcp.importers.openapi import Imported, Selection, import_openapi
from automcp.pipeline import analyse
from automcp.spec.dump import dump
from automcp.text.report import Rejected, Report
from automcp.text.source import Source

HEAD = """
openapi: {version}
info: {{title: Shop, version: 1.0.0}}
servers: [{{url: "https://api.example.com"}}]
"""


def imported(
    text: str,
    files: Mapping[str, str] | None = None,
    *,
    name: str = "api.yaml",
    top: str | None = "",
    selection: Selection | None = None,
    overlays: tuple[str, ...] = (),
    report: Report | None = None,
) -> Imported:
    """What a document becomes; the spec of it has no errors."""
    known = files or {}

    def read(path: str) -> Source:
        if path not in known:
            raise FileNotFoundError(2, "No such file or directory", path)
        return Source(path, known[path])

    found = import_openapi(
        Source(name, text),
        read,
        report if report is not None else Report(),
        top=top,
        selection=selection,
        overlays=[Source("overlay.yaml", overlay) for overlay in overlays],
    )
    assert errors_of(found.spec) == []
    return found


def errors_of(spec: Any) -> list[str]:
    """What the compiler refuses in a spec; also checks that it survives being printed."""
    text = dump(spec)
    assert yaml.load(text, yaml.CSafeLoader) == spec
    report = Report()
    try:
        analyse(Source("spec.yaml", text), _nothing, report)
    except Rejected as rejected:
        report = rejected.report
    return [f"{one.code}: {one.message}" for one in report if one.level == "error"]


def _nothing(path: str) -> Source:
    raise FileNotFoundError(2, "No such file or directory", path)


def document(paths: str, components: str = "", *, version: str = "3.0.3", more: str = "") -> str:
    """A document with these members of `paths` and `components`, in flow style."""
    parts = f"components: {{{components}}}" if components else ""
    return "\n".join((HEAD.format(version=version), more, parts, f"paths: {{{paths}}}"))


def operation(spec: Any, group: str = "", name: str = "") -> Any:
    """One operation of a spec: the only one, if nothing is said."""
    operations = {
        (key, one): found
        for key, each in spec["groups"].items()
        for one, found in each["operations"].items()
    }
    if not group:
        assert len(operations) == 1, list(operations)
        return next(iter(operations.values()))
    return operations[group, name]


def codes(found: Imported) -> list[str]:
    """The codes of all losses, in order."""
    return [one.code for one in found.losses]


OK = 'responses: {"200": {description: Fine.}}'
