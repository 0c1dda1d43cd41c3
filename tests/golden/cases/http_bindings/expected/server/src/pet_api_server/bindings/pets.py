"""What the spec says that the pets group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .._runtime.bound.reading import read
from .._runtime.http.blocks import block
from .._runtime.http.bodies import json_body
from .._runtime.http.headers import header
from .._runtime.http.styles import form, pipe_delimited, simple
from .._runtime.shared.content import EmbeddedResource, Image, Text
from .._runtime.shared.model import Unset, given
from ..backends import Backends
from ..contract import Context
from ..errors import Failed, PetNotFound, Refused
from ..models import Pet, PetsPatchArguments


class BoundPets:
    """Animals for sale."""

    def __init__(self, backends: Backends) -> None:
        self._api = backends.api

    async def find(
        self,
        status: Literal["available", "sold"],
        tags: list[str] | None,
        limit: int | None,
        context: Context,
    ) -> list[Pet]:
        """Pets that fit."""
        reply = await self._api.send(
            "GET",
            "/pets",
            query=[
                form("status", status),
                pipe_delimited("tags", tags),
                form("limit", limit),
                form("version", "2"),
            ],
            errors={404: PetNotFound, "4XX": Refused, "default": Failed},
            again=True,
        )
        return read(list[Pet], reply.json())

    async def read(self, id: str, context: Context) -> Pet:
        """One pet."""
        reply = await self._api.send(
            "GET", f"/pets/{simple('id', id)}", errors={404: PetNotFound}, again=True
        )
        return read(Pet, reply.json("/data"))

    async def add(
        self,
        name: str,
        tags: list[str] | None,
        weight: float | Unset | None,
        request: str | None,
        context: Context,
    ) -> Pet:
        """Offer a pet."""
        reply = await self._api.send(
            "POST",
            "/pets",
            headers=[header("Idempotency-Key", request)],
            body=json_body(
                {
                    "name": name,
                    "tags": given(tags),
                    "weight": weight,
                    "origin": {"by": f"mcp of {context.settings.tenant}"},
                }
            ),
            auth=(("token",), ("client",)),
            errors={422: Refused},
        )
        return read(Pet, reply.json())

    async def patch(self, arguments: PetsPatchArguments, context: Context) -> None:
        """Change a pet."""
        await self._api.send(
            "PATCH",
            f"/pets/{simple('id', arguments.id)}",
            body=json_body(arguments, media_type="application/merge-patch+json"),
            auth=(("query_key",),),
        )

    async def remove(self, id: str, context: Context) -> None:
        """Take a pet back."""
        await self._api.send(
            "DELETE", f"/pets/{simple('id', id)}", auth=(("cookie_key",),), again=True
        )

    async def photo(self, id: str, context: Context) -> Image | Sequence[Image]:
        """What a pet looks like."""
        reply = await self._api.send(
            "GET", f"/pets/{simple('id', id)}/photo", accept="*/*", again=True
        )
        return block(reply, Image)

    async def anything(
        self,
        id: str,
        context: Context,
    ) -> Text | Image | EmbeddedResource | Sequence[Text | Image | EmbeddedResource]:
        """What there is to know of a pet, in whatever form."""
        reply = await self._api.send(
            "GET", f"/pets/{simple('id', id)}/anything", accept="*/*", again=True
        )
        return block(reply, Text, Image, EmbeddedResource)

    async def story(self, id: str, context: Context) -> str:
        """A pet's story."""
        reply = await self._api.send(
            "GET", f"/pets/{simple('id', id)}/story", accept="*/*", again=True
        )
        return reply.text()

    async def thumbnail(self, id: str, context: Context) -> str:
        """A small picture, as Base64."""
        reply = await self._api.send(
            "GET", f"/pets/{simple('id', id)}/thumbnail", accept="*/*", again=True
        )
        return reply.base64()
