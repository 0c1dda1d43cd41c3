"""Finds what `$ref` points to inside one schema document; never outside it, never on a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, cast

from referencing import Registry, Resource, Specification
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from ...ir.values import Json, JsonSchema

Resolver: TypeAlias = Any
"""`referencing`'s own resolver, whose class is private there."""

_ROOT = "automcp:schema"
_2020: Specification[Any] = DRAFT202012


@dataclass(frozen=True, slots=True)
class Located:
    """A schema object and the place that its references start from."""

    schema: dict[str, Json]
    resolver: Resolver

    def at(self, inner: Json) -> Located | None:
        """A schema inside this one; `None` if it is `true`, `false` or no schema."""
        if not isinstance(inner, dict):
            return None
        if "$id" not in inner:
            return Located(inner, self.resolver)
        return Located(inner, self.resolver.in_subresource(_2020.create_resource(inner)))

    def target(self) -> Located | None:
        """What `$ref` points to; `None` without one, or if it leads to no schema object of this document."""
        ref = self.schema.get("$ref")
        if not isinstance(ref, str):
            return None
        try:
            found = self.resolver.lookup(ref)
        except (Unresolvable, ValueError, TypeError, LookupError):
            return None
        contents: object = found.contents
        if not isinstance(contents, dict):
            return None
        return Located(cast("dict[str, Json]", contents), found.resolver)


def document(schema: JsonSchema, named: Mapping[str, JsonSchema]) -> Located | None:
    """The root of a document: the schema, with the named schemas under `$defs` beside its own.

    The named ones are put in as the same objects every time, so that a reference to one of them is
    recognised by identity, whichever document it stands in.
    """
    if not isinstance(schema, dict):
        return None
    own = schema.get("$defs")
    definitions = cast("dict[str, Json]", named)
    if isinstance(own, dict):
        more = {key: one for key, one in own.items() if named.get(key) != one}
        definitions = {**definitions, **more}
    root: dict[str, Json] = {**schema, "$defs": definitions} if definitions else schema
    return Located(root, _Document(root))


class _Document:
    """A resolver that reads its document when the first reference is followed: most documents have none."""

    def __init__(self, root: dict[str, Json]) -> None:
        self._root = root

    def lookup(self, ref: str) -> Any:
        return self._resolver.lookup(ref)

    def in_subresource(self, resource: Resource[Any]) -> Resolver:
        return self._resolver.in_subresource(resource)

    @cached_property
    def _resolver(self) -> Resolver:
        whole = _2020.create_resource(self._root)
        registry = Registry[Any]().with_resource(_ROOT, whole)
        identity = self._root.get("$id")
        if not isinstance(identity, str):
            return registry.resolver(_ROOT)
        base = identity.removesuffix("#")
        return registry.with_resource(base, whole).resolver(base)
