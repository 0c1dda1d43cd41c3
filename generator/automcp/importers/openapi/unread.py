"""Tells what of the operations that are imported nobody reads: what OpenAPI does not have, and what a spec does not."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...spec.document import Node
from ...spec.keywords import LIST, MAP, ONE
from ...text.report import quoted
from .documents import Documents, Located, Unresolved
from .fields import MEANT, OPEN, OPENAPI, REFERABLE, SWAGGER, Fields, tell_unknown
from .losses import Losses
from .operations import Found
from .reading import flag, is_mapping, items, member, members, said, text_of, texts
from .swagger import is_swagger

_BESIDE = frozenset(("$ref", "summary", "description"))
_LEFT_OUT = {
    "callbacks": "callbacks are left out",
    "links": "links of responses are left out",
    "headers": "headers of responses are left out",
}


def tell_unread(documents: Documents, operations: Sequence[Found], losses: Losses) -> None:
    """Report what stands in a document, belongs to these operations, and becomes no part of a spec."""
    root = Located(documents.root.root, documents.root)
    for name, (at, _) in members(member(root.node, "webhooks")).items():
        message = f"the webhook {quoted(name)} is left out"
        losses.note("AM626", message, at, kind="webhooks are left out")
    walk = _Walk(documents, losses)
    walk.look("document", root)
    schemes = member(root.node, "securityDefinitions") or member(
        member(root.node, "components"), "securitySchemes"
    )
    for _, scheme in members(schemes).values():
        walk.look("security scheme", root.at(scheme))
    for found in operations:
        walk.look("path item", found.item)
        walk.look("operation", found.operation)
        _beside(found, losses)
    walk.finish()
    _about(root.node, losses)


def _about(root: Node, losses: Losses) -> None:
    """What is told to people alone."""
    info = member(root, "info")
    kept = [key for key in ("contact", "license", "termsOfService") if member(info, key)]
    if kept:
        message = f"a spec has no place for {', '.join(map(quoted, kept))} of the API"
        losses.note("AM626", message, member(info, kept[0]))


def _beside(found: Found, losses: Losses) -> None:
    """What an operation says beside what it takes and gives."""
    node = found.node
    tags = list(texts(member(node, "tags")))
    if len(tags) > 1:
        message = f"{found.label} is in the group of its first tag; left out: {', '.join(map(quoted, tags[1:]))}"
        losses.note("AM626", message, member(node, "tags"), kind="operations have further tags")
    if member(node, "externalDocs") is not None:
        message = f"the link to documents about {found.label} is left out"
        losses.note(
            "AM626",
            message,
            member(node, "externalDocs"),
            kind="links to documents are left out",
        )


@dataclass(slots=True)
class _Walk:
    """Goes through everything of a few operations that is no schema, each part once."""

    documents: Documents
    losses: Losses
    _waiting: deque[tuple[str, Located]] = field(default_factory=deque[tuple[str, Located]])
    _seen: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    def look(self, kind: str, at: Located) -> None:
        """Go through a part and all that is in it, later."""
        if (kind, id(at.node)) not in self._seen:
            self._seen.add((kind, id(at.node)))
            self._waiting.append((kind, at))

    def finish(self) -> None:
        while self._waiting:
            kind, at = self._waiting.popleft()
            found = self._followed(kind, at)
            if found is None:
                continue
            if kind == "schema":
                self._parts(found)
            elif not is_mapping(found.node):
                self._wrong(kind, found.node)
            else:
                self._fields(kind, found)

    def _fields(self, kind: str, at: Located) -> None:
        swagger = is_swagger(self.documents.root.root)
        known: Fields = (SWAGGER if swagger else OPENAPI)[kind]
        is_open = ("swagger" if swagger else "openapi", kind) in OPEN
        for key, (place, value) in members(at.node).items():
            if key.startswith("x-") or key == "$ref":
                continue
            wanted = known.get(key)
            if wanted is None:
                if not is_open or said(at.node, "in") == "body":
                    tell_unknown(key, place, kind, self.losses)
            elif not self._fits(value, wanted, at):
                message = (
                    f"{quoted(key)} has to be {MEANT.get(wanted, 'a mapping')}, and is left out"
                )
                self.losses.warn("AM602", message, value)
            elif key in _LEFT_OUT and members(value) and kind in ("operation", "response"):
                self._left_out(key, value)
            elif key == "allowEmptyValue" and flag(at.node, key):
                message = "that this may be sent without a value is left out"
                self.losses.note("AM621", message, place, kind="values may be empty")

    def _parts(self, at: Located) -> None:
        """Look at the schemas in a schema: some are never lowered, and a broken reference in them is one all the same."""
        inside = Located(at.node, at.base.within(at.node))
        for key, (_, value) in members(at.node).items():
            if key in ONE and not isinstance(value.value, tuple):
                self.look("schema", inside.at(value))
            elif key in ONE or key in LIST:
                self._all("schema", items(value), inside)
            elif key in MAP and "$ref" not in members(value):
                self._all("schema", (one for _, one in members(value).values()), inside)

    def _left_out(self, key: str, value: Node) -> None:
        for name, (at, _) in members(value).items():
            what = key.removesuffix("s")
            self.losses.note(
                "AM626", f"the {what} {quoted(name)} is left out", at, kind=_LEFT_OUT[key]
            )

    def _fits(self, value: Node, wanted: str, at: Located) -> bool:
        """Whether a value may stand behind its field; what it is made of is looked at later."""
        if wanted.startswith("["):
            return isinstance(value.value, tuple) and self._all(wanted[1:-1], items(value), at)
        if wanted.startswith("{"):
            inner = (one for key, (_, one) in members(value).items() if not key.startswith("x-"))
            return is_mapping(value) and self._all(wanted[1:-1], inner, at)
        if wanted not in MEANT and wanted != "any":
            self.look(wanted, at.at(value))
            return True
        return _is(value, wanted)

    def _all(self, kind: str, nodes: Iterable[Node], at: Located) -> bool:
        for node in nodes:
            self.look(kind, at.at(node))
        return True

    def _wrong(self, kind: str, node: Node) -> None:
        self.losses.warn("AM602", f"a {kind} has to be a mapping: this is left out", node)

    def _followed(self, kind: str, at: Located) -> Located | None:
        """What stands at a place; nothing if a reference there is broken, which others tell of some kinds."""
        found = members(at.node)
        if kind not in REFERABLE or "$ref" not in found:
            if kind == "schema" and not is_mapping(at.node) and not isinstance(at.node.value, bool):
                message = "this is no schema, and is taken for anything"
                self.losses.warn("AM602", message, at.node)
            return at
        _, reference = found["$ref"]
        if text_of(reference) is None:
            self.losses.warn("AM602", "a `$ref` has to be text", reference)
            return at
        if kind != "schema":
            for key in [key for key in found if key not in _BESIDE]:
                message = f"{quoted(key)} beside `$ref` means nothing here"
                self.losses.note("AM610", message, found[key][0])
        try:
            if kind == "schema":
                return self.documents.resolve(text_of(reference) or "", at.base)
            return self.documents.follow(at)
        except Unresolved as problem:
            if kind in ("schema", "example", "media type"):
                what = "taken for anything" if kind == "schema" else "left out"
                self.losses.warn(
                    "AM603", f"{problem}: {what}", reference, problem.help, kind=f"no such {kind}"
                )
            return None


def _is(value: Node, wanted: str) -> bool:
    match wanted:
        case "text":
            return isinstance(value.value, str)
        case "flag":
            return isinstance(value.value, bool)
        case "map":
            return is_mapping(value)
        case "list":
            return isinstance(value.value, tuple)
        case "texts":
            listed = value.value
            return isinstance(listed, tuple) and all(isinstance(one.value, str) for one in listed)
        case "security":
            return isinstance(value.value, tuple) and all(map(is_mapping, items(value)))
        case _:
            return True
