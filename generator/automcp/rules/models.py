"""Rules about what typed models do not show of a schema, and about keywords that mean nothing."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from ..spec.document import Node
from ..spec.keywords import KEYWORDS, member, members, text_of
from ..text.report import Diagnostic, Fix, Label, Level, quoted
from ..text.suggest import nearest
from .rule import Spec

ENFORCED_ONLY = (
    "not",
    "if",
    "dependentRequired",
    "dependentSchemas",
    "contains",
    "patternProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
)
"""Keywords that the schema check enforces and that no Python type says."""

_HIDING = frozenset((*ENFORCED_ONLY, "prefixItems", "oneOf"))

_SHORTEST_TYPO = 5
"""Shorter keys are too soon like something: a `note` is not meant to be `not`."""


def models_show_everything(spec: Spec) -> Iterator[Diagnostic]:
    """One note per operation, named schema or error, at the first of its keywords."""
    hidden: dict[str, dict[str, Node]] = {}
    for owner, schema in spec.schemas:
        if not _HIDING.isdisjoint(members(schema)):
            for what, node in _hidden(schema):
                hidden.setdefault(owner, {}).setdefault(what, node)
    for owner, found in hidden.items():
        yield Diagnostic(
            "AM307",
            f"the Python types of {owner} do not show {', '.join(found)}",
            Label(next(iter(found.values())).span),
            help="values are still checked against the whole schema on both sides",
            level=Level.NOTE,
        )


def _hidden(schema: Node) -> Iterator[tuple[str, Node]]:
    found = members(schema)
    for keyword in ENFORCED_ONLY:
        if keyword in found:
            yield f"`{keyword}`", found[keyword][0]
    if "prefixItems" in found and not _is_false(member(schema, "items")):
        yield "an open `prefixItems`", found["prefixItems"][0]
    if "oneOf" in found and not _tells_apart(found["oneOf"][1]):
        yield "that only one of `oneOf` may fit", found["oneOf"][0]


def _is_false(node: Node | None) -> bool:
    return node is not None and node.value is False


def _tells_apart(branches: Node) -> bool:
    """Whether no value can fit two branches, as far as one look tells: all are of different types."""
    if not isinstance(branches.value, tuple):
        return True
    types = [text_of(member(branch, "type")) for branch in branches.value]
    if {"integer", "number"} <= set(types) or None in types:
        return _same_key_differs(branches.value)
    return len(set(types)) == len(types) or _same_key_differs(branches.value)


def _same_key_differs(branches: tuple[Node, ...]) -> bool:
    """Whether every branch requires one property to be a constant of its own."""
    tags: dict[str, list[str]] = defaultdict(list)
    for branch in branches:
        for key, (_, schema) in members(member(branch, "properties")).items():
            tag = text_of(member(schema, "const"))
            if tag is not None:
                tags[key].append(tag)
    return any(len(set(values)) == len(branches) for values in tags.values())


def required_names_are_declared(spec: Spec) -> Iterator[Diagnostic]:
    for _, schema in spec.schemas:
        required = member(schema, "required")
        properties = None if required is None else member(schema, "properties")
        if properties is None or required is None or not isinstance(required.value, tuple):
            continue
        for name in required.value:
            if isinstance(name.value, str) and name.value not in members(properties):
                yield _undeclared(name, name.value, properties)


def _undeclared(at: Node, name: str, properties: Node) -> Diagnostic:
    near = nearest(name, members(properties))
    return Diagnostic(
        "AM308",
        f"{quoted(name)} is required but not among the `properties`",
        Label(at.span),
        help=f"did you mean `{near}`?" if near else "declare it, so that the type shows it",
        level=Level.WARNING,
    )


def properties_differ_in_python(spec: Spec) -> Iterator[Diagnostic]:
    for _, schema in spec.schemas:
        properties = members(member(schema, "properties"))
        # Normalizing leaves ASCII alone.
        if all(map(str.isascii, properties)):
            continue
        first: dict[str, Node] = {}
        for name, (key, _) in properties.items():
            earlier = first.setdefault(unicodedata.normalize("NFKC", name), key)
            if earlier is not key:
                yield Diagnostic(
                    "AM309",
                    f"{quoted(name)} is the same as another property to Python",
                    Label(key.span),
                    (Label(earlier.span, "the other one"),),
                    "Python normalizes identifiers (NFKC), so the model renames one of them",
                    level=Level.NOTE,
                )


def keywords_mean_something(spec: Spec) -> Iterator[Diagnostic]:
    """A keyword that is nearly one of JSON Schema's is ignored by every validator."""
    for _, schema in spec.schemas:
        found = members(schema)
        if found.keys() <= KEYWORDS:
            continue
        for name, (key, _) in found.items():
            near = _keyword_like(name)
            if near is not None:
                yield Diagnostic(
                    "AM310",
                    f"{quoted(name)} is no keyword of JSON Schema, and means nothing",
                    Label(key.span),
                    help=f"did you mean `{near}`?",
                    fix=Fix(key.span, near, f"write `{near}`"),
                    level=Level.WARNING,
                )


def _keyword_like(name: str) -> str | None:
    if name in KEYWORDS or name.startswith("x-") or len(name) < _SHORTEST_TYPO:
        return None
    return nearest(name, KEYWORDS)
