"""Where the spec says what some targets cannot do, for their findings."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.bindings import PythonDecl
from ..spec.document import Declarations, Document
from ..text.source import Span


def places(document: Document, declared: Declarations) -> dict[str, Span]:
    """Spans by path, such as `groups.orders.operations.create.task`."""
    return dict(_all(document, declared))


def _all(document: Document, declared: Declarations) -> Iterator[tuple[str, Span]]:
    if document.server is not None:
        yield "server", document.server.sdk.span
    for hint in document.caches[:1]:
        yield "cache", hint.name.span
    for identifier, _ in document.extensions:
        yield f"extensions.{identifier.value}", identifier.span
    for backend in declared.backends:
        yield f"backends.{backend.name.value}", backend.name.span
    for group in declared.groups:
        path = f"groups.{group.name.value}"
        for operation in group.operations:
            of = f"{path}.operations.{operation.name.value}"
            if operation.task is not None:
                yield f"{of}.task", operation.task.span
            if operation.run is not None:
                yield f"{of}.run", operation.run.kind.span
                if isinstance(operation.run.call, PythonDecl):
                    yield f"{of}.run.python", operation.run.call.function.span
            if operation.ui is not None:
                yield f"{of}.ui", operation.ui.span
            yield of, operation.name.span
            for param in operation.params or ():
                if param.header is not None:
                    yield f"{of}.params.{param.name.value}.header", param.header.span
        for resource in group.resources:
            of = f"{path}.resources.{resource.name.value}"
            if resource.cache is not None:
                yield f"{of}.cache", resource.cache.name.span
            if isinstance(resource.run, PythonDecl):
                yield f"{of}.run.python", resource.run.function.span
        for prompt in group.prompts:
            if isinstance(prompt.run, PythonDecl):
                yield f"{path}.prompts.{prompt.name.value}.run.python", prompt.run.function.span
