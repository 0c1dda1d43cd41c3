"""An OpenAPI document becomes a spec: operations that are HTTP requests, on a backend that is the API."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...spec.document import Node
from ...spec.load import load
from ...text.report import Diagnostic, Label, Report, quoted
from ...text.source import Source, Span
from .compose import Composition
from .documents import SCALE, Base, Documents, Read
from .losses import Losses
from .naming import placed
from .operations import find_operations
from .reading import Json, is_mapping, member, said
from .selection import Selection
from .size import MOST_PUBLISHED, Bundles, Size, operations_of, size_of
from .unread import tell_unread

__all__ = ["STDIN", "Imported", "Read", "Selection", "Size", "import_openapi"]

STDIN = "<stdin>"
"""What a document is called that has no name."""

_VERSIONS = re.compile(r"(2\.0|3\.[0-2](?:\.[0-9]+)?(?:-.*)?)")


_MANY_TOKENS = 25_000
"""An eighth of what common models can hold."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A spec, and what of the document it does not say.

    Attributes:
        spec: As plain JSON.
        losses: Findings that lose or change something, by kind.
        operations: How many there are.
        skipped: How many operations of the document are not in the spec.
        size: How large the list of its tools will be, roughly.
    """

    spec: Json
    losses: Losses
    operations: int
    skipped: int
    size: Size


def import_openapi(
    source: Source,
    read: Read,
    report: Report,
    *,
    top: str | None = None,
    name: str | None = None,
    selection: Selection | None = None,
    overlays: Sequence[Source] = (),
) -> Imported:
    """Turn a document into a spec.

    Args:
        read: Gives the file at a path, for documents that are made of several.
        report: Takes what is wrong with the texts.
        top: The folder that references may not leave; that of the document, if it is empty; `None` reads no other file.
        name: What the service is called; after its title, if it is left out.
        overlays: Changes to the document, in the order in which they are applied (OpenAPI Overlay 1.0).

    Raises:
        Rejected: The text cannot be read, or is no OpenAPI document.
    """
    if not source.text.removeprefix("\ufeff").strip():
        report.add(Diagnostic("AM601", f"{quoted(source.name)} is empty, and no OpenAPI document"))
        report.settle()
    root = load(source, report, scale=SCALE)
    report.settle()
    root = _overlaid(root, overlays, report)
    version = _version(root, report)
    report.settle()
    uri = posixpath.normpath(source.name.replace("\\", "/"))
    if source.name == STDIN and top is not None:
        uri = posixpath.join(top, STDIN)
    documents = Documents(Base(uri, root), top, read, report)
    losses = Losses()
    found = list(find_operations(documents, losses))
    chosen = selection or Selection()
    for finding in chosen.idle(found):
        report.add(finding)
    taken = placed(found, said(member(root, "info"), "title"), losses, chosen.takes)
    tell_unread(documents, [one.found for one in taken], losses)
    siblings = not version.startswith(("2.", "3.0"))
    composition = Composition(documents, losses, siblings=siblings)
    spec = composition.spec(taken, name)
    report.settle()
    kept = sum(len(group["operations"]) for group in spec["groups"].values())
    bundles = Bundles(spec.get("schemas", {}))
    _unpublish(spec, bundles, losses)
    size = size_of(spec, bundles)
    if size.tokens > _MANY_TOKENS:
        message = f"models are shown about {size.tokens:,} tokens of tools before they do anything"
        help = 'choose with `--include` and `--exclude`, or compile with `tools = "search"`'
        losses.note("AM629", message, None, help)
    return Imported(spec, losses, kept, len(found) - kept, size)


def _unpublish(spec: Json, bundles: Bundles, losses: Losses) -> None:
    """Keep the largest output schemas out of the list of tools; answers are checked by them all the same."""
    for operation in operations_of(spec):
        length = bundles.bytes_of(operation["returns"]) if "returns" in operation else 0
        if length > MOST_PUBLISHED:
            operation["structured"] = False
            # Behind `returns`, where one looks for it.
            for key in ("effect", "idempotent", "run"):
                if key in operation:
                    operation[key] = operation.pop(key)
            name = operation.get("title") or operation["description"].partition("\n")[0]
            message = f"the schema of what {quoted(name)} returns would have {length // 1024} kB"
            help = "it is not published (`structured: false`): answers are text; typed all the same"
            losses.note(
                "AM630", message, None, help, kind="large schemas of answers are not published"
            )


def _overlaid(root: Node, overlays: Sequence[Source], report: Report) -> Node:
    if overlays:
        from .overlay import overlaid

        for overlay in overlays:
            root = overlaid(root, load(overlay, report, scale=SCALE), report)
            report.settle()
    return root


def _version(root: Node, report: Report) -> str:
    """The version of OpenAPI that a document says it is written in."""
    for key in ("openapi", "swagger"):
        found = member(root, key)
        if found is None:
            continue
        said = found.value if isinstance(found.value, str) else found.span.text
        if _VERSIONS.fullmatch(said.strip()):
            return said.strip()
        help = "OpenAPI 3.0, 3.1 and 3.2, and Swagger 2.0 can be imported"
        message = f"nobody here knows OpenAPI {quoted(said)}"
        report.add(Diagnostic("AM601", message, Label(found.span), help=help))
        return ""
    what = "a mapping without `openapi` or `swagger`" if is_mapping(root) else "no mapping"
    message = f"this is no OpenAPI document: it is {what}"
    spec = member(root, "automcp") is not None
    way_out = "this is a spec already: `automcp generate` compiles it" if spec else None
    report.add(Diagnostic("AM601", message, Label(_start(root)), help=way_out))
    return ""


def _start(root: Node) -> Span:
    return Span(root.span.source, root.span.start, min(root.span.start + 1, root.span.end))
