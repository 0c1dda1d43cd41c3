"""Resources and templates on the wire."""

from __future__ import annotations

from ..ir.offers import Resource
from ..ir.values import Json
from .wire import given, meta, shown


def resource(one: Resource) -> Json:
    """A single resource."""
    return given(uri=one.uri, **_both(one), size=one.size)


def template(one: Resource) -> Json:
    """A template of many."""
    return given(uriTemplate=one.uri, **_both(one))


def _both(one: Resource) -> dict[str, Json]:
    annotations = given(
        audience=list(one.audience) or None, priority=one.priority, lastModified=one.last_modified
    )
    return given(
        name=one.key,
        **shown(one.card),
        mimeType=one.mime_type,
        annotations=annotations or None,
        _meta=meta(one.card),
    )
