"""Discriminators, said as JSON Schema says them: each branch names the value that it is for.

A `mapping` holds pointers into the document, which lead nowhere once a schema is published; and JSON Schema knows no
`discriminator`, so that two branches that look alike would both fit, which `oneOf` forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ...spec.document import Node
from ...text.report import quoted
from .documents import Documents, Located, Unresolved
from .losses import Losses
from .reading import Json, is_mapping, is_object, items, member, members, said, text_of

Members: TypeAlias = Mapping[str, tuple[Node, Node]]
_DEEPEST = 20
_COMPONENTS = ("#/components/schemas/", "#/definitions/")
_NAME = re.compile(r"[^/#]+")


def told_apart(documents: Documents, schema: Located, draft: Json, losses: Losses) -> bool:
    """Make the branches of `oneOf` or `anyOf` in a draft tell themselves apart, if they do not yet.

    Returns:
        Whether the discriminator is told; one of a base class, whose branches are elsewhere, is not.
    """
    told = member(schema.node, "discriminator")
    key = said(told, "propertyName") if told is not None else ""
    keyword = next((one for one in ("oneOf", "anyOf") if one in draft), None)
    if not key or told is None or keyword is None:
        return False
    mapping = member(told, "mapping")
    if mapping is not None and not is_mapping(mapping):
        losses.warn("AM602", '"mapping" has to be a mapping, and is left out', mapping)
    values = _mapped(documents, schema, members(mapping), losses)
    branches = items(member(schema.node, keyword))
    drafts: list[Json] = draft[keyword]
    named = True
    listed: set[int] = set()
    for at, branch in enumerate(branches[: len(drafts)]):
        try:
            target = documents.follow(schema.at(branch))
        except Unresolved:
            named = False
            continue
        listed.add(id(target.node))
        if any(_pins(documents, target, key, 0)):
            continue
        meant = values.get(id(target.node))
        if meant is None or not is_object(drafts[at]):
            named = False
            continue
        value = {"const": meant[0]} if len(meant) == 1 else {"enum": meant}
        drafts[at] = {**drafts[at], **_with(drafts[at], key, value)}
    for other in (one for node, each in values.items() if node not in listed for one in each):
        message = f"the discriminator's {quoted(other)} means a schema that is not listed here"
        losses.note("AM612", message, told, kind="discriminators mean schemas that are not listed")
    if not named and keyword == "oneOf":
        # Nothing says that only one branch fits: the name of its schema is a guess that few APIs bear out.
        draft["anyOf"] = draft.pop("oneOf")
    return True


def _with(draft: Json, key: str, value: Json) -> Json:
    properties = {**draft.get("properties", {})}
    properties[key] = {**properties.get(key, {}), **value} if key in properties else value
    required = draft.get("required", [])
    return {
        "properties": properties,
        "required": required if key in required else [*required, key],
    }


def _mapped(
    documents: Documents, schema: Located, mapping: Members, losses: Losses
) -> dict[int, list[str]]:
    """The values of the property, by the schema that they stand for."""
    found: dict[int, list[str]] = {}
    for value, (_, node) in mapping.items():
        for reference in _meanings(text_of(node) or ""):
            try:
                target = documents.follow(documents.resolve(reference, schema.base))
            except Unresolved:
                continue
            found.setdefault(id(target.node), []).append(value)
            break
        else:
            message = f"the discriminator's {quoted(value)} means no schema, and is left out"
            losses.warn("AM603", message, node, kind="no such schema")
    return found


def _meanings(text: str) -> Iterator[str]:
    """A name of a component comes before a relative reference."""
    if _NAME.fullmatch(text):
        for prefix in _COMPONENTS:
            yield prefix + text.replace("~", "~0")
    yield text


def _pins(documents: Documents, schema: Located, key: str, depth: int) -> Iterator[bool]:
    """Whether a schema itself says which one value of the property is its own."""
    prop = members(member(schema.node, "properties")).get(key)
    if prop is not None:
        yield "const" in members(prop[1]) or len(items(member(prop[1], "enum"))) == 1
    if depth < _DEEPEST:
        for part in items(member(schema.node, "allOf")):
            try:
                inner = documents.follow(schema.at(part))
            except Unresolved:
                continue
            yield from _pins(documents, inner, key, depth + 1)
