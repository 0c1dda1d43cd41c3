"""Finds out what each reference means: a named schema, or a place in the schema it is written in."""

from __future__ import annotations

from urllib.parse import unquote

from ..spec.keywords import Path
from ..spec.load import beside
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from .anatomy import Anatomy, Reference, has_own_uri, has_scheme, pointer_steps
from .schemas import Schemas
from .written import Bound, Local, Shared, Target, Written


def bind(written: Written, schemas: Schemas, report: Report) -> Bound:
    """Look every reference up; one that leads nowhere is a finding and stays unbound."""
    targets: dict[tuple[Path, str], Target] = {}
    for reference in written.anatomy.references:
        found = _target(reference, written, schemas)
        if isinstance(found, Diagnostic):
            report.add(found)
        else:
            targets[reference.holder, reference.keyword] = found
    mentions = dict.fromkeys(t.key for t in targets.values() if isinstance(t, Shared))
    return Bound(written, targets, tuple(mentions))


def _target(reference: Reference, written: Written, schemas: Schemas) -> Target | Diagnostic:
    document, _, fragment = reference.text.partition("#")
    if _is_spec_reference(document, fragment, reference, written.anatomy):
        return _named(reference, document, fragment, written, schemas)
    uri, decoded = reference.target
    start = written.anatomy.resources.get(uri)
    if start is None:
        return _out_of_reach(reference, document)
    if decoded and not decoded.startswith("/"):
        return _anchored(reference, uri, decoded, written.anatomy)
    path = (*start, *pointer_steps(decoded))
    if path in written.anatomy.schemas:
        return Local(path)
    return _no_place(reference, path, written.anatomy, schemas)


def _is_spec_reference(
    document: str, fragment: str, reference: Reference, anatomy: Anatomy
) -> bool:
    """`#/schemas/X` and `FILE#/schemas/X`, exactly; deeper pointers are no names."""
    steps = pointer_steps(unquote(fragment))
    if len(steps) != 2 or steps[0] != "schemas" or has_scheme(document):
        return False
    return not document or reference.target[0] not in anatomy.resources


def _named(
    reference: Reference, document: str, fragment: str, written: Written, schemas: Schemas
) -> Target | Diagnostic:
    name = pointer_steps(unquote(fragment))[1]
    own = written.node.span.source.name
    file = beside(own, document) if document else beside("", own)
    if not schemas.knows_file(file):
        return _finding(
            "AM203", f"there is no file {quoted(document)} that could be read", reference
        )
    key = schemas.find(file, name)
    if key is None:
        where = f" in {quoted(document)}" if document else ""
        near = schemas.nearest(name, schemas.names_in(file))
        hint = f"did you mean `{near}`?" if near else None
        return _finding("AM203", f"there is no schema {quoted(name)}{where}", reference, hint)
    if reference.resource or (written.prefix and has_own_uri(written.node)):
        return _finding(
            "AM206",
            f"schema {quoted(name)} cannot be reached from inside a schema with its own `$id`",
            reference,
            "take the `$id` out, or put what is needed into its own `$defs`",
        )
    return Shared(key)


def _anchored(reference: Reference, uri: str, name: str, anatomy: Anatomy) -> Target | Diagnostic:
    found = anatomy.anchors.get((uri, name))
    if found is not None:
        return Local(found)
    known = [anchor for resource, anchor in anatomy.anchors if resource == uri]
    return _finding(
        "AM203", f"there is no anchor {quoted(name)} here", reference, did_you_mean(name, known)
    )


def _out_of_reach(reference: Reference, document: str) -> Diagnostic:
    if has_scheme(document):
        return _finding(
            "AM204",
            f"{quoted(document)} is outside the spec, and nothing is ever fetched",
            reference,
            "copy the schema into `schemas` and refer to it as `#/schemas/NAME`",
        )
    return _finding(
        "AM204",
        f"{quoted(reference.text)} leads out of this schema",
        reference,
        "a reference to another file ends in `#/schemas/NAME`",
    )


def _no_place(reference: Reference, path: Path, anatomy: Anatomy, schemas: Schemas) -> Diagnostic:
    if len(path) > 2 and path[0] == "schemas" and path[1] in schemas.by_key:
        hint = "refer to the whole of it, or give the part a name of its own in `schemas`"
        return _finding("AM203", "a reference cannot reach into a named schema", reference, hint)
    around, _, last = reference.text.rpartition("/")
    siblings = [known[-1] for known in anatomy.schemas if known and known[:-1] == path[:-1]]
    near = schemas.nearest(last, siblings)
    hint = f"did you mean `{around}/{near}`?" if near else ""
    if not near and last in schemas.by_key:
        hint = f"schema `{last}` of the spec is `#/schemas/{last}`"
    return _finding(
        "AM203",
        f"there is no schema at {quoted(reference.text)}",
        reference,
        hint or None,
    )


def _finding(code: str, message: str, reference: Reference, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, message, Label(reference.node.span), help=hint)
