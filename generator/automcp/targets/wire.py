"""Pieces that tools, resources and prompts have in common on the wire."""

from __future__ import annotations

from typing import Any, cast

from ..ir.offers import Card, Icon
from ..ir.values import Json


def given(**members: Any) -> dict[str, Json]:
    """An object of the members that are not `None`."""
    return cast("dict[str, Json]", {key: one for key, one in members.items() if one is not None})


def shown(card: Card) -> dict[str, Json]:
    """What a card says in members of their own."""
    return given(title=card.title, description=card.description, icons=icons(card.icons) or None)


def meta(card: Card, **more: Json) -> Json:
    """`_meta`: what the spec says, its tags, and more; `None` if it would be empty."""
    tags: dict[str, Json] = {"tags": list(card.tags)} if card.tags else {}
    return {**card.meta, **tags, **more} or None


def icons(listed: tuple[Icon, ...]) -> list[Json]:
    """Icons as they are on the wire."""
    return [
        given(src=one.src, mimeType=one.mime_type, sizes=list(one.sizes) or None, theme=one.theme)
        for one in listed
    ]
