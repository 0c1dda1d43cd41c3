"""Checks that schemas are JSON Schema 2020-12 and that published documents compile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from hashlib import sha256

import jsonschema_rs

from ..ir.values import Json
from ..spec.document import Node
from ..spec.keywords import DIALECT, Path, member, members, names_dialect, node_at
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from .anatomy import Anatomy
from .written import Written

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")

_LONGEST_MESSAGE = 300
_PATTERNS = frozenset(("pattern", "patternProperties"))


def report_invalid(written: Written, report: Report) -> None:
    """Check a schema against the metaschema, and the dialects that it names."""
    found: dict[Path, str] = {}
    # Nearly always; listing errors takes three times as long.
    valid = _metaschema().is_valid(written.value)
    for error in () if valid else _metaschema().iter_errors(written.value):
        found.setdefault(tuple(map(str, error.instance_path)), error.message)
    # What is wrong inside a value says more than that the value around it is wrong.
    around = {path[:length] for path in found for length in range(len(path))}
    for path, message in found.items():
        if path not in around:
            report.add(_invalid(written.node, path, message))
    _report_patterns(written.anatomy, report)
    _report_dialects(written.anatomy, report)


def compiled(document: dict[str, Json]) -> jsonschema_rs.Draft202012Validator:
    """A validator for a published document. Raises `ValueError`, which says why, if there is none.

    `format` is asserted unless the document names the 2020-12 dialect, whose vocabulary makes it an
    annotation (JSON Schema 2020-12 validation, 7.2.1).
    """
    return jsonschema_rs.Draft202012Validator(
        document, validate_formats="$schema" not in document, retriever=_refuse
    )


class Check:
    """Checks values by a published document, which is compiled when the first value comes: few have examples."""

    def __init__(self, document: dict[str, Json]) -> None:
        self._document = document

    def iter_errors(self, value: Json) -> Iterator[jsonschema_rs.ValidationError]:
        """What is wrong with a value."""
        return iter(self._validator.iter_errors(value))

    @cached_property
    def _validator(self) -> jsonschema_rs.Draft202012Validator:
        return compiled(self._document)


class Documents:
    """Says of published documents whether they compile, and remembers it."""

    def __init__(self) -> None:
        self._wrong: dict[bytes, str | None] = {}

    def problem(self, document: dict[str, Json]) -> str | None:
        """Why a document does not compile; `None` if it does."""
        key = sha256(json.dumps(document).encode()).digest()
        if key not in self._wrong:
            self._wrong[key] = _problem(document)
        return self._wrong[key]


def _problem(document: dict[str, Json]) -> str | None:
    try:
        compiled(document)
    except ValueError as error:
        return str(getattr(error, "message", error))
    return None


def uncompilable(problem: str, at: Label) -> Diagnostic:
    """The finding that a document does not compile."""
    return Diagnostic("AM211", f"this schema cannot be compiled: {shorten(problem)}", at)


def shorten(message: str) -> str:
    """A validator's message on one line; it may quote a whole value."""
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 3] + "..."


def _invalid(root: Node, path: Path, message: str) -> Diagnostic:
    node = node_at(root, path)
    keyword = next((step for step in reversed(path) if not step.isdigit()), "")
    value = node.value
    if keyword == "type" and isinstance(value, str):
        types = did_you_mean(value, TYPES) or f"the types are {', '.join(TYPES)}"
        return Diagnostic("AM210", f"{quoted(value)} is no JSON type", Label(node.span), help=types)
    about = (
        f"{quoted(keyword)} is not as JSON Schema wants it" if keyword else "this is no JSON Schema"
    )
    more = f"`{keyword}` is described in JSON Schema 2020-12" if keyword else None
    return Diagnostic("AM210", f"{about}: {shorten(message)}", Label(node.span), help=more)


def _report_patterns(anatomy: Anatomy, report: Report) -> None:
    """Find regular expressions that validators cannot use.

    The metaschema cannot tell: it refuses `(?i)a`, which means something to validators, and allows
    `a{1000000000}`, which does not.
    """
    for schema in anatomy.schemas.values():
        if _PATTERNS.isdisjoint(members(schema)):
            continue
        single = member(schema, "pattern")
        keys = [key for key, _ in members(member(schema, "patternProperties")).values()]
        for node in [single, *keys] if single else keys:
            if isinstance(node.value, str) and not _is_pattern(node.value):
                message = "this regular expression cannot be compiled"
                help = "the syntax is that of ECMA-262 (JavaScript); a backslash in double quotes is `\\\\`"
                report.add(Diagnostic("AM211", message, Label(node.span), help=help))


@lru_cache(maxsize=1024)
def _is_pattern(text: str) -> bool:
    try:
        compiled({"pattern": text})
    except ValueError:
        return False
    return True


def _report_dialects(anatomy: Anatomy, report: Report) -> None:
    for node in anatomy.dialects:
        if isinstance(node.value, str) and not names_dialect(node):
            report.add(
                Diagnostic(
                    "AM207",
                    f"unknown dialect {quoted(node.value)}",
                    Label(node.span),
                    help=f"schemas here are JSON Schema 2020-12: `{DIALECT}`, which need not be said",
                )
            )


@cache
def _metaschema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"$ref": DIALECT}, validate_formats=True, formats={"regex": _accept}
    )


def _accept(_: str) -> bool:
    """Leaves regular expressions to `_report_patterns`."""
    return True


def _refuse(uri: str) -> Json:
    raise ValueError(f"{uri} is outside the spec, and nothing is ever fetched")
