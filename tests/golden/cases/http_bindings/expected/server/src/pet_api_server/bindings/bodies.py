"""What the spec says that the bodies group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any

from .._runtime.bound.reading import read
from .._runtime.http.bodies import Part, binary_body, form_body, multipart_body, text_body
from .._runtime.shared.model import given
from ..backends import Backends
from ..contract import Context


class BoundBodies:
    """Every kind of body."""

    def __init__(self, backends: Backends) -> None:
        self._api = backends.api

    async def form(self, name: str, tags: list[str] | None, context: Context) -> dict[str, Any]:
        """A form."""
        reply_ = await self._api.send(
            "POST",
            "/form",
            body=form_body({"name": name, "tags": given(tags)}, {"tags": Part(explode=False)}),
        )
        return read(dict[str, Any], reply_.json())

    async def upload(
        self,
        photo: str,
        title: str | None,
        reply: dict[str, Any] | None,
        context: Context,
    ) -> dict[str, Any]:
        """A form with a file."""
        reply_ = await self._api.send(
            "POST",
            "/upload",
            body=multipart_body(
                {"photo": photo, "title": given(title), "more": given(reply)},
                {
                    "photo": Part(
                        file=True,
                        media_type="image/png",
                        headers={"X-Tenant": context.settings.tenant},
                    )
                },
            ),
        )
        return read(dict[str, Any], reply_.json())

    async def text(self, text: str, context: Context) -> dict[str, Any]:
        """A text."""
        reply_ = await self._api.send(
            "PUT", "/text", body=text_body(f"# {text}", media_type="text/markdown")
        )
        return read(dict[str, Any], reply_.json())

    async def binary(self, data: str, context: Context) -> dict[str, Any]:
        """Bytes."""
        reply_ = await self._api.send("PUT", "/binary", body=binary_body("data", data))
        return read(dict[str, Any], reply_.json())
