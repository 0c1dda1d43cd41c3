"""What the operations of pet-api take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ._runtime.shared.model import ABSENT, Model


class Pet(Model):
    """An animal for sale."""

    id: str
    name: str
    tags: list[str] | None = ABSENT


class Point(Model):
    """A place."""

    x: int | float
    y: int | float


class RefusedData(Model):
    code: int


class PetsFindParams(Model):
    """What pets.find takes."""

    status: Literal["available", "sold"] = "available"
    """Which."""
    tags: list[str] | None = ABSENT
    """All of them."""
    limit: int | None = ABSENT
    """How many at most."""


class PetsReadParams(Model):
    """What pets.read takes."""

    id: str
    """Which one."""


class PetsAddParams(Model):
    """What pets.add takes."""

    name: str
    """What it is called."""
    tags: list[str] | None = ABSENT
    """What it is like."""
    weight: int | float | None = None
    """In kilograms; null if unknown."""
    request: str | None = ABSENT
    """So that it is not added twice."""


class PetsPatchArguments(Model):
    """What to change."""

    id: str
    name: str | None = ABSENT


class PetsRemoveParams(Model):
    """What pets.remove takes."""

    id: str
    """Which one."""


class PetsPhotoParams(Model):
    """What pets.photo takes."""

    id: str
    """Which one."""


class PetsAnythingParams(Model):
    """What pets.anything takes."""

    id: str
    """Which one."""


class PetsStoryParams(Model):
    """What pets.story takes."""

    id: str
    """Which one."""


class PetsThumbnailParams(Model):
    """What pets.thumbnail takes."""

    id: str
    """Which one."""


class StylesPathParams(Model):
    """What styles.path takes."""

    text: str
    """A text."""
    list_: Annotated[list[int], Field(alias="list")]
    """A list."""
    point: Point
    """An object."""
    a_b: Annotated[str, Field(alias="a 'b\"")]
    """A parameter with an awkward name."""


class StylesAwkwardParams(Model):
    """What styles.awkward takes."""

    a_b: Annotated[str, Field(alias="a'b")]
    """A parameter with an awkward name."""


class StylesQueryParams(Model):
    """What styles.query takes."""

    list_: Annotated[list[str] | None, Field(alias="list")] = ABSENT
    """A list."""
    point: Point | None = ABSENT
    """An object."""
    filter: dict[str, Any] | None = ABSENT
    """An object of objects."""
    flag: bool | None = ABSENT
    """A flag."""


class StylesHeadersParams(Model):
    """What styles.headers takes."""

    list_: Annotated[list[str] | None, Field(alias="list")] = ABSENT
    """A list."""
    point: Point | None = ABSENT
    """An object."""


class BodiesFormParams(Model):
    """What bodies.form takes."""

    name: str
    """A text."""
    tags: list[str] | None = ABSENT
    """A list."""


class BodiesUploadParams(Model):
    """What bodies.upload takes."""

    photo: str
    """The picture."""
    title: str | None = ABSENT
    """What it shows."""
    reply: dict[str, Any] | None = ABSENT
    """More about it."""


class BodiesTextParams(Model):
    """What bodies.text takes."""

    text: str
    """The text."""


class BodiesBinaryParams(Model):
    """What bodies.binary takes."""

    data: str
    """The bytes."""


class PagesCursorsParams(Model):
    """What pages.cursors takes."""

    size: int = 2
    """How many at once."""
