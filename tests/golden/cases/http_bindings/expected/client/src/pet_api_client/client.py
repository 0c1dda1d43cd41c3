"""Calls what pet-api offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ._runtime.client import (
    UNSET,
    AutoMCPClient,
    Block,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
    Unset,
    from_base64,
    given,
    to_base64,
)
from .errors import Failed, PetNotFound, Refused
from .models import Pet, PetsPatchArguments, Point

_SURFACE = Surface.beside(__file__)

_PETS_FIND = Operation[list[Pet]](
    "find",
    tool="pets_find",
    returns=list[Pet],
    repeatable=True,
    errors=(PetNotFound, Refused, Failed),
)

_PETS_READ = Operation[Pet](
    "read", tool="pets_read", returns=Pet, repeatable=True, errors=(PetNotFound,), timeout=10
)

_PETS_ADD = Operation[Pet]("add", tool="pets_add", returns=Pet, repeatable=False, errors=(Refused,))

_PETS_PATCH = Operation[None]("patch", tool="pets_patch", repeatable=False)

_PETS_REMOVE = Operation[None]("remove", tool="pets_remove", repeatable=True)

_PETS_PHOTO = Operation[None]("photo", tool="pets_photo", repeatable=True)

_PETS_ANYTHING = Operation[None]("anything", tool="pets_anything", repeatable=True)

_PETS_STORY = Operation[str]("story", tool="pets_story", returns=str, repeatable=True)

_PETS_THUMBNAIL = Operation[str]("thumbnail", tool="pets_thumbnail", returns=str, repeatable=True)


class Pets(ErrorHandlingGroup):
    """Animals for sale."""

    async def find(
        self,
        status: Literal["available", "sold"] = "available",
        tags: list[str] | None = None,
        limit: int | None = None,
    ) -> list[Pet]:
        """Pets that fit.

        Args:
            status: Which.
            tags: All of them.
            limit: How many at most.

        Raises:
            PetNotFound: There is no such pet.
            Refused: The shop does not want that.
            Failed: Something else went wrong.
        """
        return await self.call(
            _PETS_FIND, {"status": status, "tags": given(tags), "limit": given(limit)}
        )

    async def read(self, id: str) -> Pet:
        """One pet.

        Args:
            id: Which one.

        Raises:
            PetNotFound: There is no such pet.
        """
        return await self.call(_PETS_READ, {"id": id})

    async def add(
        self,
        name: str,
        tags: list[str] | None = None,
        weight: float | Unset | None = UNSET,
        request: str | None = None,
    ) -> Pet:
        """Offer a pet.

        Args:
            name: What it is called.
            tags: What it is like.
            weight: In kilograms; null if unknown.
            request: So that it is not added twice.

        Raises:
            Refused: The shop does not want that.
        """
        return await self.call(
            _PETS_ADD,
            {"name": name, "tags": given(tags), "weight": weight, "request": given(request)},
        )

    async def patch(self, arguments: PetsPatchArguments) -> None:
        """Change a pet."""
        await self.call(_PETS_PATCH, arguments)

    async def remove(self, id: str) -> None:
        """Take a pet back.

        Args:
            id: Which one.
        """
        await self.call(_PETS_REMOVE, {"id": id})

    async def photo(self, id: str) -> tuple[Block, ...]:
        """What a pet looks like.

        Args:
            id: Which one.
        """
        return await self.call_for_blocks(_PETS_PHOTO, {"id": id})

    async def anything(self, id: str) -> tuple[Block, ...]:
        """What there is to know of a pet, in whatever form.

        Args:
            id: Which one.
        """
        return await self.call_for_blocks(_PETS_ANYTHING, {"id": id})

    async def story(self, id: str) -> str:
        """A pet's story.

        Args:
            id: Which one.
        """
        return await self.call(_PETS_STORY, {"id": id})

    async def thumbnail(self, id: str) -> bytes:
        """A small picture, as Base64.

        Args:
            id: Which one.
        """
        return from_base64(await self.call(_PETS_THUMBNAIL, {"id": id}))


_STYLES_PATH = Operation[dict[str, Any]](
    "path", tool="styles_path", returns=dict[str, Any], repeatable=True
)

_STYLES_AWKWARD = Operation[dict[str, Any]](
    "awkward", tool="styles_awkward", returns=dict[str, Any], repeatable=True
)

_STYLES_QUERY = Operation[dict[str, Any]](
    "query", tool="styles_query", returns=dict[str, Any], repeatable=True
)

_STYLES_HEADERS = Operation[dict[str, Any]](
    "headers", tool="styles_headers", returns=dict[str, Any], repeatable=True
)


class Styles(ErrorHandlingGroup):
    """Every way to write a value."""

    async def path(self, text: str, list: list[int], point: Point, a_b: str) -> dict[str, Any]:
        """Values in a path.

        Args:
            text: A text.
            list: A list.
            point: An object.
            a_b: A parameter with an awkward name.
        """
        return await self.call(
            _STYLES_PATH, {"text": text, "list": list, "point": point, "a 'b\"": a_b}
        )

    async def awkward(self, a_b: str) -> dict[str, Any]:
        """A path that no f-string can say.

        Args:
            a_b: A parameter with an awkward name.
        """
        return await self.call(_STYLES_AWKWARD, {"a'b": a_b})

    async def query(
        self,
        list: list[str] | None = None,
        point: Point | None = None,
        filter: dict[str, Any] | None = None,
        flag: bool | None = None,
    ) -> dict[str, Any]:
        """Values in a query.

        Args:
            list: A list.
            point: An object.
            filter: An object of objects.
            flag: A flag.
        """
        return await self.call(
            _STYLES_QUERY,
            {
                "list": given(list),
                "point": given(point),
                "filter": given(filter),
                "flag": given(flag),
            },
        )

    async def headers(
        self, list: list[str] | None = None, point: Point | None = None
    ) -> dict[str, Any]:
        """Values in headers and cookies.

        Args:
            list: A list.
            point: An object.
        """
        return await self.call(_STYLES_HEADERS, {"list": given(list), "point": given(point)})


_BODIES_FORM = Operation[dict[str, Any]](
    "form", tool="bodies_form", returns=dict[str, Any], repeatable=False
)

_BODIES_UPLOAD = Operation[dict[str, Any]](
    "upload", tool="bodies_upload", returns=dict[str, Any], repeatable=False
)

_BODIES_TEXT = Operation[dict[str, Any]](
    "text", tool="bodies_text", returns=dict[str, Any], repeatable=False
)

_BODIES_BINARY = Operation[dict[str, Any]](
    "binary", tool="bodies_binary", returns=dict[str, Any], repeatable=False
)


class Bodies(ErrorHandlingGroup):
    """Every kind of body."""

    async def form(self, name: str, tags: list[str] | None = None) -> dict[str, Any]:
        """A form.

        Args:
            name: A text.
            tags: A list.
        """
        return await self.call(_BODIES_FORM, {"name": name, "tags": given(tags)})

    async def upload(
        self, photo: bytes, title: str | None = None, reply: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """A form with a file.

        Args:
            photo: The picture.
            title: What it shows.
            reply: More about it.
        """
        return await self.call(
            _BODIES_UPLOAD,
            {"photo": to_base64(photo), "title": given(title), "reply": given(reply)},
        )

    async def text(self, text: str) -> dict[str, Any]:
        """A text.

        Args:
            text: The text.
        """
        return await self.call(_BODIES_TEXT, {"text": text})

    async def binary(self, data: bytes) -> dict[str, Any]:
        """Bytes.

        Args:
            data: The bytes.
        """
        return await self.call(_BODIES_BINARY, {"data": to_base64(data)})


_PAGES_LINKS = Operation[list[str]]("links", tool="pages_links", returns=list[str], repeatable=True)

_PAGES_CURSORS = Operation[list[str]](
    "cursors", tool="pages_cursors", returns=list[str], repeatable=True
)

_PAGES_NUMBERS = Operation[list[str]](
    "numbers", tool="pages_numbers", returns=list[str], repeatable=True
)

_PAGES_OFFSETS = Operation[list[str]](
    "offsets", tool="pages_offsets", returns=list[str], repeatable=True
)


class Pages(ErrorHandlingGroup):
    """Lists that come page by page."""

    async def links(self) -> list[str]:
        """By links."""
        return await self.call(_PAGES_LINKS)

    async def cursors(self, size: int = 2) -> list[str]:
        """By cursors.

        Args:
            size: How many at once.
        """
        return await self.call(_PAGES_CURSORS, {"size": size})

    async def numbers(self) -> list[str]:
        """By numbers."""
        return await self.call(_PAGES_NUMBERS)

    async def offsets(self) -> list[str]:
        """By offsets."""
        return await self.call(_PAGES_OFFSETS)


class PetApiClient(AutoMCPClient):
    """A shop's API, offered as tools."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "pet-api", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.pets = self.add_group(
            Pets(
                self,
                "pets",
                (
                    _PETS_FIND,
                    _PETS_READ,
                    _PETS_ADD,
                    _PETS_PATCH,
                    _PETS_REMOVE,
                    _PETS_PHOTO,
                    _PETS_ANYTHING,
                    _PETS_STORY,
                    _PETS_THUMBNAIL,
                ),
            )
        )
        self.styles = self.add_group(
            Styles(self, "styles", (_STYLES_PATH, _STYLES_AWKWARD, _STYLES_QUERY, _STYLES_HEADERS))
        )
        self.bodies = self.add_group(
            Bodies(self, "bodies", (_BODIES_FORM, _BODIES_UPLOAD, _BODIES_TEXT, _BODIES_BINARY))
        )
        self.pages = self.add_group(
            Pages(self, "pages", (_PAGES_LINKS, _PAGES_CURSORS, _PAGES_NUMBERS, _PAGES_OFFSETS))
        )
