"""Registers what pet-api offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from ._runtime.shared.content import EmbeddedResource, Image, Text
from ._runtime.shared.model import UNSET
from .backends import Backends
from .bindings import Bound
from .contract import BodiesHandlers, Context, Handlers, PagesHandlers, PetsHandlers, StylesHandlers
from .errors import Failed, PetNotFound, Refused
from .models import (
    BodiesBinaryParams,
    BodiesFormParams,
    BodiesTextParams,
    BodiesUploadParams,
    PagesCursorsParams,
    Pet,
    PetsAddParams,
    PetsAnythingParams,
    PetsFindParams,
    PetsPatchArguments,
    PetsPhotoParams,
    PetsReadParams,
    PetsRemoveParams,
    PetsStoryParams,
    PetsThumbnailParams,
    StylesAwkwardParams,
    StylesHeadersParams,
    StylesPathParams,
    StylesQueryParams,
)
from .settings import Settings
from .surface import SURFACE


def build_server(
    handlers: Handlers | None = None,
    *,
    settings: Settings | None = None,
    backends: Backends | None = None,
) -> CompiledServer[None, Settings]:
    """Build the pet-api server; without `handlers`, with what the spec says. It closes `backends`."""
    settings = settings or Settings.from_environment()
    if handlers is None:
        backends = backends or Backends.of(settings)
        handlers = Bound(backends)
    return CompiledServer(
        SURFACE,
        [
            *_pets(handlers.pets),
            *_styles(handlers.styles),
            *_bodies(handlers.bodies),
            *_pages(handlers.pages),
        ],
        settings=settings,
        backends=backends,
    )


def _pets(handlers: PetsHandlers) -> Iterator[Operation[Context]]:
    def find(arguments: PetsFindParams, context: Context) -> Answer[list[Pet]]:
        return handlers.find(
            status=arguments.status, tags=arguments.tags, limit=arguments.limit, context=context
        )

    yield Operation(
        "pets_find",
        PetsFindParams,
        find,
        handler=handlers.find,
        name="pets.find",
        errors=(PetNotFound, Refused, Failed),
        bound=True,
    )

    def read(arguments: PetsReadParams, context: Context) -> Answer[Pet]:
        return handlers.read(id=arguments.id, context=context)

    yield Operation(
        "pets_read",
        PetsReadParams,
        read,
        handler=handlers.read,
        name="pets.read",
        errors=(PetNotFound,),
        timeout=10,
        bound=True,
    )

    def add(arguments: PetsAddParams, context: Context) -> Answer[Pet]:
        return handlers.add(
            name=arguments.name,
            tags=arguments.tags,
            weight=arguments.weight if arguments.sent("weight") else UNSET,
            request=arguments.request,
            context=context,
        )

    yield Operation(
        "pets_add",
        PetsAddParams,
        add,
        handler=handlers.add,
        name="pets.add",
        errors=(Refused,),
        bound=True,
    )

    def patch(arguments: PetsPatchArguments, context: Context) -> Answer[None]:
        return handlers.patch(arguments=arguments, context=context)

    yield Operation(
        "pets_patch",
        PetsPatchArguments,
        patch,
        handler=handlers.patch,
        name="pets.patch",
        bound=True,
    )

    def remove(arguments: PetsRemoveParams, context: Context) -> Answer[None]:
        return handlers.remove(id=arguments.id, context=context)

    yield Operation(
        "pets_remove",
        PetsRemoveParams,
        remove,
        handler=handlers.remove,
        name="pets.remove",
        bound=True,
    )

    def photo(arguments: PetsPhotoParams, context: Context) -> Answer[Image | Sequence[Image]]:
        return handlers.photo(id=arguments.id, context=context)

    yield Operation(
        "pets_photo", PetsPhotoParams, photo, handler=handlers.photo, name="pets.photo", bound=True
    )

    def anything(
        arguments: PetsAnythingParams, context: Context
    ) -> Answer[Text | Image | EmbeddedResource | Sequence[Text | Image | EmbeddedResource]]:
        return handlers.anything(id=arguments.id, context=context)

    yield Operation(
        "pets_anything",
        PetsAnythingParams,
        anything,
        handler=handlers.anything,
        name="pets.anything",
        bound=True,
    )

    def story(arguments: PetsStoryParams, context: Context) -> Answer[str]:
        return handlers.story(id=arguments.id, context=context)

    yield Operation(
        "pets_story", PetsStoryParams, story, handler=handlers.story, name="pets.story", bound=True
    )

    def thumbnail(arguments: PetsThumbnailParams, context: Context) -> Answer[str]:
        return handlers.thumbnail(id=arguments.id, context=context)

    yield Operation(
        "pets_thumbnail",
        PetsThumbnailParams,
        thumbnail,
        handler=handlers.thumbnail,
        name="pets.thumbnail",
        bound=True,
    )


def _styles(handlers: StylesHandlers) -> Iterator[Operation[Context]]:
    def path(arguments: StylesPathParams, context: Context) -> Answer[dict[str, Any]]:
        return handlers.path(
            text=arguments.text,
            list=arguments.list_,
            point=arguments.point,
            a_b=arguments.a_b,
            context=context,
        )

    yield Operation(
        "styles_path", StylesPathParams, path, handler=handlers.path, name="styles.path", bound=True
    )

    def awkward(arguments: StylesAwkwardParams, context: Context) -> Answer[dict[str, Any]]:
        return handlers.awkward(a_b=arguments.a_b, context=context)

    yield Operation(
        "styles_awkward",
        StylesAwkwardParams,
        awkward,
        handler=handlers.awkward,
        name="styles.awkward",
        bound=True,
    )

    def query(arguments: StylesQueryParams, context: Context) -> Answer[dict[str, Any]]:
        return handlers.query(
            list=arguments.list_,
            point=arguments.point,
            filter=arguments.filter,
            flag=arguments.flag,
            context=context,
        )

    yield Operation(
        "styles_query",
        StylesQueryParams,
        query,
        handler=handlers.query,
        name="styles.query",
        bound=True,
    )

    def headers(arguments: StylesHeadersParams, context: Context) -> Answer[dict[str, Any]]:
        return handlers.headers(list=arguments.list_, point=arguments.point, context=context)

    yield Operation(
        "styles_headers",
        StylesHeadersParams,
        headers,
        handler=handlers.headers,
        name="styles.headers",
        bound=True,
    )


def _bodies(handlers: BodiesHandlers) -> Iterator[Operation[Context]]:
    def form(arguments: BodiesFormParams, context: Context) -> Answer[dict[str, Any]]:
        return handlers.form(name=arguments.name, tags=arguments.tags, context=context)

    yield Operation(
        "bodies_form", BodiesFormParams, form, handler=handlers.form, name="bodies.form", bound=True
    )

    def upload(arguments: BodiesUploadParams, context: Context) -> Answer[dict[str, Any]]:
        return handlers.upload(
            photo=arguments.photo, title=arguments.title, reply=arguments.reply, context=context
        )

    yield Operation(
        "bodies_upload",
        BodiesUploadParams,
        upload,
        handler=handlers.upload,
        name="bodies.upload",
        bound=True,
    )

    def text(arguments: BodiesTextParams, context: Context) -> Answer[dict[str, Any]]:
        return handlers.text(text=arguments.text, context=context)

    yield Operation(
        "bodies_text", BodiesTextParams, text, handler=handlers.text, name="bodies.text", bound=True
    )

    def binary(arguments: BodiesBinaryParams, context: Context) -> Answer[dict[str, Any]]:
        return handlers.binary(data=arguments.data, context=context)

    yield Operation(
        "bodies_binary",
        BodiesBinaryParams,
        binary,
        handler=handlers.binary,
        name="bodies.binary",
        bound=True,
    )


def _pages(handlers: PagesHandlers) -> Iterator[Operation[Context]]:
    def links(_arguments: object, context: Context) -> Answer[list[str]]:
        return handlers.links(context=context)

    yield Operation(
        "pages_links", None, links, handler=handlers.links, name="pages.links", bound=True
    )

    def cursors(arguments: PagesCursorsParams, context: Context) -> Answer[list[str]]:
        return handlers.cursors(size=arguments.size, context=context)

    yield Operation(
        "pages_cursors",
        PagesCursorsParams,
        cursors,
        handler=handlers.cursors,
        name="pages.cursors",
        bound=True,
    )

    def numbers(_arguments: object, context: Context) -> Answer[list[str]]:
        return handlers.numbers(context=context)

    yield Operation(
        "pages_numbers", None, numbers, handler=handlers.numbers, name="pages.numbers", bound=True
    )

    def offsets(_arguments: object, context: Context) -> Answer[list[str]]:
        return handlers.offsets(context=context)

    yield Operation(
        "pages_offsets", None, offsets, handler=handlers.offsets, name="pages.offsets", bound=True
    )
