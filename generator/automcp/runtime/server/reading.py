"""Resources: finds the one at an address, reads it, and says what came out as the protocol wants it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pydantic_core

from ..shared.model import Json, to_json
from ..shared.path import shorten
from ..shared.schema import Schema
from ..shared.surface import Surface
from ..shared.uri_template import UriTemplate
from .access import Access
from .answer import Unfit
from .context import RequestContext
from .errors import INTERNAL_ERROR_CODE, NotFound, ProtocolError, Unknown
from .execution import Paused, Raised, Returned, Run, runner
from .failures import as_protocol_error, crash, failure, misfit, overdue
from .offers import Resource, Variables
from .request import Caller, Wire
from .result import Part


@dataclass(frozen=True, slots=True)
class Source:
    """A resource or template of the surface, and what reads it.

    Attributes:
        key: Its address or template.
        literal: Its text, if the surface holds it; else `offer` reads it.
        schema: What its value is checked against, if it is JSON.
    """

    key: str
    mime_type: str
    meta: Json
    literal: str | None
    offer: Resource[Any] | None
    run: Run | None
    schema: Schema | None

    def contents(self, uri: str, value: object) -> Wire:
        """What a read gives. Raises `Unfit` if the value is not what the spec promises."""
        if self.schema is not None:
            return {"contents": [self._part(uri, Part(self._json(value)))]}
        parts: list[object] = [value]
        if isinstance(value, list | tuple):
            parts = list(cast("Sequence[object]", value))
        return {"contents": [self._part(uri, one) for one in parts]}

    def _part(self, uri: str, value: object) -> Wire:
        part = value if isinstance(value, Part) else Part(cast("str | bytes", value))
        body: Wire = {"uri": part.uri or uri, "mimeType": part.mime_type or self.mime_type}
        content = cast("object", part.body)
        if isinstance(content, bytes):
            body["blob"] = base64.b64encode(content).decode()
        elif isinstance(content, str):
            body["text"] = cast("str", to_json(content))
        else:
            raise Unfit(f"returned a {type(content).__name__}, which is neither text nor bytes")
        meta = dict(part.meta) if part.meta is not None else self.meta
        if meta:
            body["_meta"] = meta
        return body

    def _json(self, value: object) -> str:
        try:
            plain = to_json(value)
        except (TypeError, ValueError) as error:
            raise Unfit(f"returned what is no JSON: {error}") from error
        violations = self.schema.violations(plain) if self.schema else ()
        if violations:
            raise Unfit("returned what does not fit its schema: " + "; ".join(map(str, violations)))
        return pydantic_core.to_json(plain, indent=2).decode()


class Shelf:
    """All resources of a service."""

    def __init__(self, surface: Surface, offers: Iterable[Resource[Any]]) -> None:
        by_key = {offer.uri: offer for offer in offers}
        self.resources = surface.listed("resources")
        self.templates = surface.listed("templates")
        self._access = Access(surface, "resources")
        self._subscribable = frozenset(cast("list[str]", surface.value("subscribable") or []))
        self._caches = cast("Mapping[str, Wire]", surface.section("caches").get("resources") or {})
        self._single = {
            source.key: source
            for source in (_source(one, "uri", surface, by_key) for one in self.resources)
        }
        self._families = [
            _Family.of(_source(one, "uriTemplate", surface, by_key), surface)
            for one in self.templates
        ]
        if by_key:
            raise ValueError(f"surface.json has no resources {', '.join(by_key)}")

    def admitted(self, caller: Caller | None) -> list[Wire]:
        """The resources that the caller may see."""
        return self._access.admitted(self.resources, "uri", caller)

    def admitted_templates(self, caller: Caller | None) -> list[Wire]:
        """The templates that the caller may see."""
        return self._access.admitted(self.templates, "uriTemplate", caller)

    def find(self, uri: str, caller: Caller | None) -> tuple[Source, Variables]:
        """What is at an address. Raises `Unknown`."""
        source = self._single.get(uri)
        if source is not None and self._access.admits(uri, caller):
            return source, Variables({})
        for family in self._families:
            if self._access.admits(family.source.key, caller):
                values = family.match(uri)
                if values is not None and family.holds(values):
                    return family.source, Variables(values)
        raise Unknown(f"Unknown resource: {shorten(uri, 200)}", {"uri": uri})

    def subscribable(self, uri: str, caller: Caller | None) -> bool:
        """Whether somebody may be told of the resource's changes. Raises `Unknown`."""
        return self.find(uri, caller)[0].key in self._subscribable

    def find_template(self, template: str, caller: Caller | None) -> Source:
        """The family of a template. Raises `Unknown`."""
        for family in self._families:
            if family.source.key == template and self._access.admits(template, caller):
                return family.source
        raise Unknown(f"Unknown resource template: {shorten(template, 200)}", {"uri": template})

    def cache(self, uri: str, caller: Caller | None) -> Wire:
        """What the spec says of keeping the resource; empty if nothing."""
        return dict(self._caches.get(self.find(uri, caller)[0].key) or {}) if self._caches else {}

    async def content(self, uri: str, context: RequestContext[Any, Any]) -> str | bytes:
        """What the resource holds. Raises `ProtocolError`."""
        result = await self.read(uri, context)
        if "contents" not in result:
            raise ProtocolError(
                INTERNAL_ERROR_CODE, "This resource asks questions, and nobody is there."
            )
        parts = cast("list[Mapping[str, str]]", result["contents"])
        if not parts:
            raise ProtocolError(INTERNAL_ERROR_CODE, "This resource holds nothing at all.")
        body = next((one for one in parts if one["uri"] == uri), parts[0])
        return body["text"] if "text" in body else base64.b64decode(body["blob"])

    async def read(self, uri: str, context: RequestContext[Any, Any]) -> Wire:
        """The result of reading a resource. Raises `ProtocolError`."""
        source, variables = self.find(uri, context.caller)
        if source.literal is not None:
            return source.contents(uri, source.literal)
        assert source.run is not None and source.offer is not None
        offer = source.offer
        try:
            match await source.run(variables, context):
                case Returned(value):
                    return source.contents(uri, value)
                case Raised(NotFound()):
                    raise Unknown(f"Unknown resource: {shorten(uri, 200)}", {"uri": uri})
                case Raised(error):
                    raise as_protocol_error(failure(offer, error), {"uri": uri})
                case Paused():
                    assert context.asking is not None
                    return context.asking.result()
                case _:
                    raise as_protocol_error(overdue(offer, repeatable=True), {"uri": uri})
        except Exception as error:
            if isinstance(error, ProtocolError):
                raise
            if isinstance(error, Unfit) and offer.bound:
                raise as_protocol_error(misfit(offer.label, error), {"uri": uri}) from None
            raise as_protocol_error(crash(offer.label, error), {"uri": uri}) from None


@dataclass(frozen=True, slots=True)
class _Family:
    """A template, how it is found, and what its variables may be."""

    source: Source
    match: Callable[[str], Mapping[str, str | Sequence[str]] | None]
    limits: Mapping[str, Schema]
    careful: bool

    @classmethod
    def of(cls, source: Source, surface: Surface) -> _Family:
        said = cast("Mapping[str, Json]", surface.section("variables").get(source.key) or {})
        limits = {name: Schema(one) for name, one in said.items() if isinstance(one, dict)}
        own = source.offer.match if source.offer is not None else None
        match = own or UriTemplate.parse(source.key).match
        return cls(source, match, limits, careful=own is None)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether each variable is what the spec lets it be; else there is no such resource.

        Where the spec says nothing, a value that climbs out of a folder (`..`) or holds a NUL is refused:
        templates over files are what they are mostly used for.
        """
        return all(
            not self.limits[name].violations(text)
            if name in self.limits
            else not (self.careful and _climbs(text))
            for name, value in values.items()
            for text in ([value] if isinstance(value, str) else value)
        )


def _source(one: Wire, key: str, surface: Surface, offers: dict[str, Resource[Any]]) -> Source:
    """Takes its offer out of `offers`, so that what is left over shows."""
    uri = cast("str", one[key])
    literal = surface.section("literals").get(uri)
    offer = offers.pop(uri, None)
    if literal is None and offer is None:
        raise ValueError(f"nothing reads the resource {uri}")
    schema = surface.section("reads").get(uri)
    return Source(
        key=uri,
        mime_type=cast("str", one.get("mimeType") or "text/plain"),
        meta=one.get("_meta"),
        literal=cast("str | None", literal),
        offer=offer,
        run=runner(offer) if offer else None,
        schema=Schema(schema) if isinstance(schema, dict) else None,
    )


def _climbs(text: str) -> bool:
    return "\0" in text or ".." in text.replace("\\", "/").split("/")
