"""Registers what Notes offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from ._runtime.shared.content import Text
from .backends import Backends
from .bindings import Bound
from .contract import Context, DocsHandlers, Handlers, NotesHandlers
from .errors import DocumentExists, NoSuchDocument, NoteNotFound, TitleTaken
from .models import (
    DocsAboutParams,
    DocsKeepParams,
    DocsListParams,
    DocsLogParams,
    DocsPictureParams,
    DocsReadParams,
    DocsRemoveParams,
    DocsSaveParams,
    DocsShowParams,
    DocsUploadParams,
    Entry,
    Note,
    NotesAddParams,
    NotesArchivedParams,
    NotesChangeArguments,
    NotesFindParams,
    NotesFinishParams,
    NotesReadParams,
    NotesRemoveParams,
    NotesSearchParams,
)
from .settings import Settings
from .surface import SURFACE


def build_server(
    handlers: Handlers | None = None,
    *,
    settings: Settings | None = None,
    backends: Backends | None = None,
) -> CompiledServer[None, Settings]:
    """Build the Notes server; without `handlers`, with what the spec says. It closes `backends`."""
    settings = settings or Settings.from_environment()
    if handlers is None:
        backends = backends or Backends.of(settings)
        handlers = Bound(backends)
    return CompiledServer(
        SURFACE,
        [
            *_notes(handlers.notes),
            *_docs(handlers.docs),
        ],
        settings=settings,
        backends=backends,
    )


def _notes(handlers: NotesHandlers) -> Iterator[Operation[Context]]:
    def search(arguments: NotesSearchParams, context: Context) -> Answer[list[Note]]:
        return handlers.search(
            text=arguments.text, done=arguments.done, limit=arguments.limit, context=context
        )

    yield Operation(
        "notes_search",
        NotesSearchParams,
        search,
        handler=handlers.search,
        name="notes.search",
        bound=True,
    )

    def read(arguments: NotesReadParams, context: Context) -> Answer[Note]:
        return handlers.read(id=arguments.id, context=context)

    yield Operation(
        "notes_read",
        NotesReadParams,
        read,
        handler=handlers.read,
        name="notes.read",
        errors=(NoteNotFound,),
        bound=True,
    )

    def find(arguments: NotesFindParams, context: Context) -> Answer[Note | None]:
        return handlers.find(title=arguments.title, context=context)

    yield Operation(
        "notes_find", NotesFindParams, find, handler=handlers.find, name="notes.find", bound=True
    )

    def add(arguments: NotesAddParams, context: Context) -> Answer[Note]:
        return handlers.add(
            title=arguments.title,
            body=arguments.body,
            tags=arguments.tags,
            values=arguments.values,
            context=context,
        )

    yield Operation(
        "notes_add",
        NotesAddParams,
        add,
        handler=handlers.add,
        name="notes.add",
        errors=(TitleTaken,),
        bound=True,
    )

    def change(arguments: NotesChangeArguments, context: Context) -> Answer[None]:
        return handlers.change(arguments=arguments, context=context)

    yield Operation(
        "notes_change",
        NotesChangeArguments,
        change,
        handler=handlers.change,
        name="notes.change",
        errors=(TitleTaken,),
        bound=True,
    )

    def finish(arguments: NotesFinishParams, context: Context) -> Answer[int]:
        return handlers.finish(ids=arguments.ids, context=context)

    yield Operation(
        "notes_finish",
        NotesFinishParams,
        finish,
        handler=handlers.finish,
        name="notes.finish",
        bound=True,
    )

    def any_done(_arguments: object, context: Context) -> Answer[bool]:
        return handlers.any_done(context=context)

    yield Operation(
        "notes_any_done",
        None,
        any_done,
        handler=handlers.any_done,
        name="notes.any_done",
        bound=True,
    )

    def remove(arguments: NotesRemoveParams, context: Context) -> Answer[None]:
        return handlers.remove(id=arguments.id, context=context)

    yield Operation(
        "notes_remove",
        NotesRemoveParams,
        remove,
        handler=handlers.remove,
        name="notes.remove",
        bound=True,
    )

    def archived(arguments: NotesArchivedParams, context: Context) -> Answer[list[dict[str, Any]]]:
        return handlers.archived(tags=arguments.tags, context=context)

    yield Operation(
        "notes_archived",
        NotesArchivedParams,
        archived,
        handler=handlers.archived,
        name="notes.archived",
        bound=True,
    )


def _docs(handlers: DocsHandlers) -> Iterator[Operation[Context]]:
    def read(arguments: DocsReadParams, context: Context) -> Answer[str]:
        return handlers.read(path=arguments.path, context=context)

    yield Operation(
        "docs_read",
        DocsReadParams,
        read,
        handler=handlers.read,
        name="docs.read",
        errors=(NoSuchDocument,),
        bound=True,
    )

    def show(arguments: DocsShowParams, context: Context) -> Answer[Text | Sequence[Text]]:
        return handlers.show(path=arguments.path, context=context)

    yield Operation(
        "docs_show", DocsShowParams, show, handler=handlers.show, name="docs.show", bound=True
    )

    def picture(arguments: DocsPictureParams, context: Context) -> Answer[str]:
        return handlers.picture(number=arguments.number, context=context)

    yield Operation(
        "docs_picture",
        DocsPictureParams,
        picture,
        handler=handlers.picture,
        name="docs.picture",
        errors=(NoSuchDocument,),
        bound=True,
    )

    def save(arguments: DocsSaveParams, context: Context) -> Answer[None]:
        return handlers.save(name=arguments.name, text=arguments.text, context=context)

    yield Operation(
        "docs_save",
        DocsSaveParams,
        save,
        handler=handlers.save,
        name="docs.save",
        errors=(DocumentExists,),
        bound=True,
    )

    def keep(arguments: DocsKeepParams, context: Context) -> Answer[None]:
        return handlers.keep(path=arguments.path, value=arguments.value, context=context)

    yield Operation(
        "docs_keep", DocsKeepParams, keep, handler=handlers.keep, name="docs.keep", bound=True
    )

    def upload(arguments: DocsUploadParams, context: Context) -> Answer[None]:
        return handlers.upload(number=arguments.number, data=arguments.data, context=context)

    yield Operation(
        "docs_upload",
        DocsUploadParams,
        upload,
        handler=handlers.upload,
        name="docs.upload",
        bound=True,
    )

    def log(arguments: DocsLogParams, context: Context) -> Answer[None]:
        return handlers.log(line=arguments.line, context=context)

    yield Operation(
        "docs_log",
        DocsLogParams,
        log,
        handler=handlers.log,
        name="docs.log",
        errors=(NoSuchDocument,),
        bound=True,
    )

    def list_(arguments: DocsListParams, context: Context) -> Answer[list[Entry]]:
        return handlers.list_(folder=arguments.folder, pattern=arguments.pattern, context=context)

    yield Operation(
        "docs_list",
        DocsListParams,
        list_,
        handler=handlers.list_,
        name="docs.list",
        errors=(NoSuchDocument,),
        bound=True,
    )

    def about(arguments: DocsAboutParams, context: Context) -> Answer[Entry]:
        return handlers.about(path=arguments.path, context=context)

    yield Operation(
        "docs_about",
        DocsAboutParams,
        about,
        handler=handlers.about,
        name="docs.about",
        errors=(NoSuchDocument,),
        bound=True,
    )

    def remove(arguments: DocsRemoveParams, context: Context) -> Answer[None]:
        return handlers.remove(path=arguments.path, context=context)

    yield Operation(
        "docs_remove",
        DocsRemoveParams,
        remove,
        handler=handlers.remove,
        name="docs.remove",
        errors=(NoSuchDocument,),
        bound=True,
    )
