"""What people and models are shown of things: titles, descriptions, icons, tags."""

from __future__ import annotations

from typing import Literal, cast

from ..ir.offers import Card, Icon
from ..ir.values import Json
from ..spec.document import At
from ..spec.offers import IconDecl, ShownDecl
from .bundle import plain


def card(
    title: At[str] | None,
    description: At[str] | None,
    shown: ShownDecl,
    group_tags: tuple[At[str], ...],
) -> Card:
    """The card of something that stands in a group with tags."""
    meta = plain(shown.meta) if shown.meta else {}
    tags = dict.fromkeys(tag.value for tag in (*group_tags, *shown.tags))
    return Card(
        title=text(title),
        description=text(description),
        icons=icons(shown.icons),
        meta=cast("dict[str, Json]", meta),
        tags=tuple(tags),
    )


def icons(declared: tuple[IconDecl, ...]) -> tuple[Icon, ...]:
    """The icons in the spec's order."""
    return tuple(
        Icon(
            src=one.src.value,
            mime_type=text(one.mime),
            sizes=tuple(size.value for size in one.sizes),
            theme=cast("Literal['light', 'dark'] | None", text(one.theme)),
        )
        for one in declared
    )


def text(declared: At[str] | None) -> str | None:
    """The text, if there is one."""
    return declared.value if declared else None
