"""Lowers the schemas of all versions of OpenAPI to JSON Schema 2020-12: the one place that knows how they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...spec.document import Node
from ...spec.keywords import LIST, MAP, ONE
from ...text.report import quoted
from .access import hidden
from .discriminator import told_apart
from .documents import Documents, Located, Unresolved
from .keywords import DROPPED, TYPES, VALUES, fits, is_pattern
from .losses import Losses
from .nullable import ANNOTATIONS, or_null
from .reading import Json, flag, is_mapping, is_object, items, member, members, plain, text_of
from .shared import SharedSchemas, Way

_BESIDE_REF = frozenset((*ANNOTATIONS, "nullable", "x-nullable", "example"))
"""What counts beside `$ref` in OpenAPI 3.0: strictly nothing, but these say what no reader takes otherwise."""

_COMPOSITE = frozenset(("properties", "items", "prefixItems", "allOf", "anyOf", "oneOf"))
_IN_SIMPLE = {"$ref": 0, "type": 1, "title": 2, "default": 5, "description": 6, "examples": 7}
_IN_COMPOSITE = {**_IN_SIMPLE, "description": 3}

_OLD_NAMES = {"additionalItems": "items"}
_HIDES: Mapping[Way, str] = {"in": "readOnly", "out": "writeOnly"}


@dataclass(frozen=True, slots=True)
class Lowering:
    """How the schemas of one document become those of a spec.

    Attributes:
        siblings: Whether what stands beside `$ref` counts (OpenAPI 3.1).
    """

    documents: Documents
    shared: SharedSchemas
    losses: Losses
    siblings: bool

    def lower(self, schema: Located, way: Way, name: str = "") -> Json:
        """A schema as a spec has it; references are `Mention`s.

        Args:
            name: What it is called; a `title` that says the same is left out.
        """
        node = schema.node
        if isinstance(node.value, bool):
            return node.value
        if not is_mapping(node):
            self.losses.warn("AM602", "this is no schema, and is taken for anything", node)
            return {}
        schema = Located(node, schema.base.within(node), schema.name, schema.steps)
        draft = self._keywords(schema, way, name)
        if told_apart(self.documents, schema, draft, self.losses):
            pass
        elif member(node, "discriminator") is not None:
            message = "this discriminator does not list its branches, and is left out"
            self.losses.note("AM612", message, member(node, "discriminator"))
        self._hide(schema, way, draft)
        if flag(node, "nullable") or flag(node, "x-nullable"):
            draft = or_null(draft)
        return self._checked(draft, node)

    def _keywords(self, schema: Located, way: Way, name: str) -> Json:
        draft: Json = {}
        found = members(schema.node)
        alone = "$ref" in found and not self.siblings
        for keyword, (key, value) in found.items():
            if alone and keyword not in _BESIDE_REF and keyword != "$ref":
                if keyword not in DROPPED and not keyword.startswith("x-"):
                    message = f"{quoted(keyword)} beside `$ref` means nothing before OpenAPI 3.1"
                    self.losses.note("AM610", message, key)
                continue
            if keyword in DROPPED or keyword.startswith("x-"):
                self._drop(keyword, key, value)
                continue
            if keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
                self._refer(schema, keyword, value, way, draft)
            elif keyword in ("exclusiveMinimum", "exclusiveMaximum") and _is_flag(value):
                continue
            elif keyword in ONE or keyword in _OLD_NAMES:
                self._one(schema, keyword, value, way, draft)
            elif keyword in LIST:
                self._list(schema, keyword, value, way, draft)
            elif keyword in MAP or keyword == "dependencies":
                self._map(schema, keyword, value, way, draft)
            elif keyword == "type":
                self._type(value, draft)
            else:
                self._value(keyword, key, value, draft)
        if draft.get("type") == "string" and "enum" in draft:
            draft["enum"] = _as_written(draft["enum"], found["enum"][1])
        self._exclude_bounds(found, draft)
        self._add_example(found, draft)
        return _tidy(draft, name)

    def _drop(self, keyword: str, key: Node, value: Node) -> None:
        """Tell of what others read, or nobody, if that loses something."""
        if keyword in ("nullable", "x-nullable") and not isinstance(value.value, bool):
            self._refuse(keyword, value, "it is neither true nor false")
        elif keyword == "externalDocs":
            message = "the link to documents about this schema is left out"
            self.losses.note("AM626", message, key, kind="links to documents are left out")

    def _refer(self, schema: Located, keyword: str, value: Node, way: Way, draft: Json) -> None:
        reference = text_of(value)
        if reference is None:
            self.losses.warn("AM602", "a `$ref` has to be text", value)
            return
        if keyword == "$recursiveRef" and schema.base.recursive is not None:
            target = schema.at(schema.base.recursive)
            draft["$ref"] = self.shared.mention(target, way)
            return
        if keyword == "$dynamicRef":
            anchor = reference.partition("#")[2]
            if self.documents.count(schema.base, anchor) > 1:
                message = f"{quoted(reference)} is taken for the same schema wherever it is met"
                self.losses.note("AM614", message, value)
        try:
            target = self.documents.resolve(reference, schema.base)
        except Unresolved as problem:
            self.losses.warn(
                "AM603",
                f"{problem}: taken for anything",
                value,
                problem.help,
                kind="no such schema",
            )
            return
        if isinstance(target.node.value, bool):
            draft.update({} if target.node.value else {"not": {}})
        elif not is_mapping(target.node) or "openapi" in members(target.node):
            self.losses.warn("AM602", "this leads to no schema, and is taken for anything", value)
        else:
            draft["$ref"] = self.shared.mention(target, way)

    def _one(self, schema: Located, keyword: str, value: Node, way: Way, draft: Json) -> None:
        if keyword == "items" and isinstance(value.value, tuple):
            # Before 2020-12, a list of schemas stood for the first items.
            self._list(schema, "prefixItems", value, way, draft)
            return
        if keyword == "additionalItems" and not isinstance(
            getattr(member(schema.node, "items"), "value", None), tuple
        ):
            return
        lowered = self.lower(schema.at(value), way)
        if keyword == "additionalProperties" and lowered in (True, {}) and not self.siblings:
            return
        draft[_OLD_NAMES.get(keyword, keyword)] = lowered

    def _list(self, schema: Located, keyword: str, value: Node, way: Way, draft: Json) -> None:
        if not items(value):
            self._refuse(keyword, value, "it is no list of schemas")
            return
        draft[keyword] = [self.lower(schema.at(item), way) for item in items(value)]

    def _map(self, schema: Located, keyword: str, value: Node, way: Way, draft: Json) -> None:
        if not is_mapping(value):
            self._refuse(keyword, value, "it is no mapping of schemas")
            return
        if keyword == "dependencies":
            self._dependencies(schema, value, way, draft)
            return
        reference = text_of(member(value, "$ref"))
        if reference is not None:
            # OpenAPI has no reference here; authors of many files use it as if it included the other place.
            try:
                found = self.documents.resolve(reference, schema.base)
            except Unresolved as problem:
                self.losses.warn("AM603", f"{problem}: left out", value, problem.help)
                return
            self._map(found, keyword, found.node, way, draft)
            return
        named = keyword == "properties"
        lowered = {
            key: self.lower(schema.at(inner), way, key if named else "")
            for key, (_, inner) in members(value).items()
        }
        if keyword == "patternProperties":
            for pattern in [key for key in lowered if not is_pattern(key)]:
                self._refuse(keyword, members(value)[pattern][0], "it is no regular expression")
                del lowered[pattern]
        if lowered:
            draft[keyword] = lowered

    def _dependencies(self, schema: Located, value: Node, way: Way, draft: Json) -> None:
        for key, (_, inner) in members(value).items():
            if isinstance(inner.value, tuple):
                draft.setdefault("dependentRequired", {})[key] = [
                    item.value for item in inner.value if isinstance(item.value, str)
                ]
            else:
                draft.setdefault("dependentSchemas", {})[key] = self.lower(schema.at(inner), way)

    def _type(self, value: Node, draft: Json) -> None:
        listed = items(value) if isinstance(value.value, tuple) else (value,)
        # Without quotes, YAML's null is what JSON Schema's "null" is the type of.
        names = ["null" if item.value is None else str(item.value) for item in listed]
        known = [name for name in dict.fromkeys(names) if name in TYPES]
        for name, item in zip(names, listed, strict=True):
            if name not in TYPES:
                message = f"{quoted(name)} is no type of JSON Schema, and is taken for any"
                self.losses.warn("AM611", message, item)
        if known and len(known) == len(dict.fromkeys(names)):
            draft["type"] = known if len(known) > 1 else known[0]

    def _value(self, keyword: str, key: Node, value: Node, draft: Json) -> None:
        check = VALUES.get(keyword)
        if check is None:
            message = f"{quoted(keyword)} is no keyword of JSON Schema, and is left out"
            self.losses.note("AM610", message, key)
            return
        try:
            checked = check(value)
        except ValueError as problem:
            self._refuse(keyword, value, str(problem))
            return
        if keyword == "examples" and not checked:
            return
        if keyword == "format" and checked == "byte":
            draft["contentEncoding"] = "base64"
        elif checked != "":
            draft[keyword] = checked

    def _refuse(self, keyword: str, at: Node, why: str) -> None:
        message = f"{quoted(keyword)} is left out: {why}"
        self.losses.warn("AM611", message, at)

    def _exclude_bounds(self, found: Mapping[str, tuple[Node, Node]], draft: Json) -> None:
        """Until OpenAPI 3.1, `exclusiveMinimum: true` said that `minimum` itself is not allowed."""
        for bound, keyword in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            exclusive = found.get(keyword)
            if exclusive and exclusive[1].value is True and bound in draft:
                draft[keyword] = draft.pop(bound)

    def _add_example(self, found: Mapping[str, tuple[Node, Node]], draft: Json) -> None:
        if "example" in found and "examples" not in draft and "$ref" not in draft:
            draft["examples"] = [plain(found["example"][1])]

    def _hide(self, schema: Located, way: Way, draft: Json) -> None:
        """Let nobody ask callers for what they cannot send, or promise them what they never get."""
        inside = [part for part in draft.get("allOf", []) if is_object(part)]
        required = {name for part in (draft, *inside) for name in part.get("required", [])}
        if not required:
            return
        names = hidden(self.documents, schema, _HIDES[way])
        if names.isdisjoint(required):
            return
        for part in (draft, *inside):
            kept = [name for name in part.get("required", []) if name not in names]
            if kept:
                part["required"] = kept
            else:
                part.pop("required", None)
            if way == "in" and "properties" in part:
                rest = {key: one for key, one in part["properties"].items() if key not in names}
                if rest:
                    part["properties"] = rest
                else:
                    del part["properties"]

    def _checked(self, draft: Json, node: Node) -> Json:
        """Without a default that the schema itself refuses."""
        if "default" in draft and not fits(draft["default"], draft):
            if draft["default"] is not None:
                self._refuse("default", member(node, "default") or node, "it is of another type")
            del draft["default"]
        return draft


def _is_flag(value: Node) -> bool:
    return isinstance(value.value, bool)


def _as_written(values: Json, node: Node) -> Json:
    """The values of an `enum`; of texts that YAML takes for something else, what is written."""
    return [
        item.span.text if isinstance(item.value, bool | int | float) else value
        for value, item in zip(values, items(node), strict=False)
    ]


def _tidy(draft: Json, name: str) -> Json:
    """Without a title that is the name once more, as some frameworks write it everywhere; the type comes first."""
    title = draft.get("title")
    if title is not None and _letters(title) == _letters(name):
        del draft["title"]
    for keyword in ("required", "dependentRequired"):
        if keyword in draft and not draft[keyword]:
            del draft[keyword]
    ranks = _IN_COMPOSITE if not _COMPOSITE.isdisjoint(draft) else _IN_SIMPLE
    return {key: draft[key] for key in sorted(draft, key=lambda key: ranks.get(key, 4))}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
