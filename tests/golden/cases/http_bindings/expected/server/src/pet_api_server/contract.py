"""What the handlers of pet-api implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from ._runtime.shared.content import EmbeddedResource, Image, Text
from ._runtime.shared.model import Unset
from .models import Pet, PetsPatchArguments, Point
from .settings import Settings

Context: TypeAlias = RequestContext[None, Settings]
"""What every handler is given last: progress, log, the caller, settings and state."""


class PetsHandlers(Protocol):
    """Animals for sale."""

    def find(
        self,
        status: Literal["available", "sold"],
        tags: list[str] | None,
        limit: int | None,
        context: Context,
    ) -> Answer[list[Pet]]:
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
        ...

    def read(self, id: str, context: Context) -> Answer[Pet]:
        """One pet.

        Args:
            id: Which one.

        Raises:
            PetNotFound: There is no such pet.
        """
        ...

    def add(
        self,
        name: str,
        tags: list[str] | None,
        weight: float | Unset | None,
        request: str | None,
        context: Context,
    ) -> Answer[Pet]:
        """Offer a pet.

        Args:
            name: What it is called.
            tags: What it is like.
            weight: In kilograms; null if unknown.
            request: So that it is not added twice.

        Raises:
            Refused: The shop does not want that.
        """
        ...

    def patch(self, arguments: PetsPatchArguments, context: Context) -> Answer[None]:
        """Change a pet."""
        ...

    def remove(self, id: str, context: Context) -> Answer[None]:
        """Take a pet back.

        Args:
            id: Which one.
        """
        ...

    def photo(self, id: str, context: Context) -> Answer[Image | Sequence[Image]]:
        """What a pet looks like.

        Args:
            id: Which one.
        """
        ...

    def anything(
        self, id: str, context: Context
    ) -> Answer[Text | Image | EmbeddedResource | Sequence[Text | Image | EmbeddedResource]]:
        """What there is to know of a pet, in whatever form.

        Args:
            id: Which one.
        """
        ...

    def story(self, id: str, context: Context) -> Answer[str]:
        """A pet's story.

        Args:
            id: Which one.
        """
        ...

    def thumbnail(self, id: str, context: Context) -> Answer[str]:
        """A small picture, as Base64.

        Args:
            id: Which one.
        """
        ...


class StylesHandlers(Protocol):
    """Every way to write a value."""

    def path(
        self, text: str, list: list[int], point: Point, a_b: str, context: Context
    ) -> Answer[dict[str, Any]]:
        """Values in a path.

        Args:
            text: A text.
            list: A list.
            point: An object.
            a_b: A parameter with an awkward name.
        """
        ...

    def awkward(self, a_b: str, context: Context) -> Answer[dict[str, Any]]:
        """A path that no f-string can say.

        Args:
            a_b: A parameter with an awkward name.
        """
        ...

    def query(
        self,
        list: list[str] | None,
        point: Point | None,
        filter: dict[str, Any] | None,
        flag: bool | None,
        context: Context,
    ) -> Answer[dict[str, Any]]:
        """Values in a query.

        Args:
            list: A list.
            point: An object.
            filter: An object of objects.
            flag: A flag.
        """
        ...

    def headers(
        self, list: list[str] | None, point: Point | None, context: Context
    ) -> Answer[dict[str, Any]]:
        """Values in headers and cookies.

        Args:
            list: A list.
            point: An object.
        """
        ...


class BodiesHandlers(Protocol):
    """Every kind of body."""

    def form(self, name: str, tags: list[str] | None, context: Context) -> Answer[dict[str, Any]]:
        """A form.

        Args:
            name: A text.
            tags: A list.
        """
        ...

    def upload(
        self, photo: str, title: str | None, reply: dict[str, Any] | None, context: Context
    ) -> Answer[dict[str, Any]]:
        """A form with a file.

        Args:
            photo: The picture.
            title: What it shows.
            reply: More about it.
        """
        ...

    def text(self, text: str, context: Context) -> Answer[dict[str, Any]]:
        """A text.

        Args:
            text: The text.
        """
        ...

    def binary(self, data: str, context: Context) -> Answer[dict[str, Any]]:
        """Bytes.

        Args:
            data: The bytes.
        """
        ...


class PagesHandlers(Protocol):
    """Lists that come page by page."""

    def links(self, context: Context) -> Answer[list[str]]:
        """By links."""
        ...

    def cursors(self, size: int, context: Context) -> Answer[list[str]]:
        """By cursors.

        Args:
            size: How many at once.
        """
        ...

    def numbers(self, context: Context) -> Answer[list[str]]:
        """By numbers."""
        ...

    def offsets(self, context: Context) -> Answer[list[str]]:
        """By offsets."""
        ...


class Handlers(Protocol):
    """Everything that the pet-api server needs from you."""

    @property
    def pets(self) -> PetsHandlers: ...

    @property
    def styles(self) -> StylesHandlers: ...

    @property
    def bodies(self) -> BodiesHandlers: ...

    @property
    def pages(self) -> PagesHandlers: ...
