"""Puts a spec together, as a person would write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...spec.document import Node
from .answers import answer, responses
from .arguments import Request
from .bodies import put_body
from .documents import Documents, Located, Unresolved
from .failures import Failures
from .losses import Losses
from .lowering import Lowering
from .naming import Placed, service_name
from .operations import METHODS, Found, Refused, parameters
from .parameters import put_parameters
from .reading import Json, flag, items, member, said
from .schema_names import class_name, schema_names
from .security import Security, Use, most_used
from .servers import MAIN, Backends
from .shared import SharedSchemas, named
from .swagger import body, is_swagger, parameter
from .words import Taken

_EFFECTS: Mapping[str, Json] = {
    **{method: {"effect": "reads"} for method in ("get", "head", "options", "trace", "query")},
    "put": {"idempotent": True},
    "delete": {"effect": "destroys", "idempotent": True},
}


@dataclass(frozen=True, slots=True)
class Made:
    """An operation as a spec has it, but for its references, and what it asks of callers."""

    placed: Placed
    draft: Json
    http: Json
    use: Use | None
    backend: str


class Composition:
    """One document on its way into a spec."""

    def __init__(self, documents: Documents, losses: Losses, *, siblings: bool) -> None:
        self.documents = documents
        self.losses = losses
        self._root = Located(documents.root.root, documents.root)
        self._shared = SharedSchemas(losses)
        self._lowering = Lowering(documents, self._shared, losses, siblings)
        self._failures = Failures(self._lowering)
        self._backends = Backends(documents, losses)
        self._backends.start()
        self._security = Security(documents, losses, self._backends.settings)

    def spec(self, operations: Sequence[Placed], name: str | None) -> Json:
        """The spec of a document with these operations."""
        made = [found for one in operations if (found := self._try(one)) is not None]
        self._failures.finish()
        self._shared.finish(self._lowering.lower)
        names, kept = schema_names(self.documents, self._shared, self.losses)
        schemas = {names[key]: named(self._shared.drafts[key], names) for key in kept}
        errors = self._error_names(schemas)
        uses = [one.use for one in made if one.use is not None]
        # Documents that declare schemes and use none mean that any of them will do.
        use = most_used(uses) if any(uses) else self._security.all()
        groups = self._groups(made, errors, use if any(uses) else None)
        spec = {
            **self._head(name),
            "settings": self._backends.settings,
            "backends": self._backend_specs(made, use),
            "errors": {errors[key]: error for key, error in self._failures.declared.items()},
            "schemas": schemas,
            "groups": groups,
        }
        return {key: named(part, names) for key, part in spec.items() if part or key == "groups"}

    def _try(self, placed: Placed) -> Made | None:
        try:
            return self._made(placed)
        except Refused as refused:
            message = f"{placed.found.label} is left out: {refused}"
            at = refused.at or placed.found.node
            self.losses.warn("AM604", message, at, refused.help)
            return None

    def _made(self, placed: Placed) -> Made:
        found = placed.found
        listed = parameters(self.documents, found)
        carried = self._body(found, listed)
        request = Request()
        use = self._security.required(found.operation)
        sent = self._security.sent_by(use or [])
        plain = [one for one in self._plain(listed) if _place(one) not in sent]
        path = put_parameters(request, found, plain, self._lowering)
        if carried is not None:
            put_body(request, carried, self._lowering)
        answers = responses(self.documents, found.operation, self.losses)
        given = answer(answers.good, found.method, self._lowering)
        errors = self._failures.named(answers.bad)
        backend = self._backends.of(found)
        headers = {**request.http.pop("headers", {}), **given.http.pop("headers", {})}
        http: Json = _line(found, path) | request.http
        if headers:
            http["headers"] = headers
        http |= {"errors": errors} if errors else {}
        http |= given.http
        draft = {**_texts(found), **({"params": request.params} if request.params else {})}
        draft |= {**given.said, **_EFFECTS.get(found.method, {})}
        return Made(placed, draft, http, use, backend)

    def _plain(self, listed: Sequence[Located]) -> list[Located]:
        """The parameters that are no part of the body."""
        if not is_swagger(self._root.node):
            return list(listed)
        return [
            parameter(one) for one in listed if said(one.node, "in") not in ("body", "formData")
        ]

    def _body(self, found: Found, listed: Sequence[Located]) -> Located | None:
        if is_swagger(self._root.node):
            return body(self.documents, listed, found.operation)
        carried = found.operation.inner("requestBody")
        try:
            return None if carried is None else self.documents.follow(carried)
        except Unresolved as problem:
            message = f"its body cannot be found: {problem}"
            raise Refused(message, carried.node if carried else None, problem.help) from problem

    def _head(self, name: str | None) -> Json:
        info = member(self._root.node, "info")
        title = said(info, "title")
        called = name or service_name(title)
        head: Json = {"automcp": 1, "name": called, "version": _version(info)}
        if title and title.casefold() != called.casefold():
            head["title"] = title
        description = said(info, "description") or said(info, "summary")
        if description:
            head["description"] = description
        website = said(member(self._root.node, "externalDocs"), "url")
        if website.startswith(("https://", "http://")):
            head["website"] = website
        return head

    def _backend_specs(self, made: Sequence[Made], use: Use) -> Json:
        self._security.finish()
        schemes = self._security.schemes
        needed = {one.backend for one in made} or {MAIN}
        found: Json = {}
        for name, url in self._backends.urls.items():
            if name not in needed:
                continue
            http: Json = {"url": url}
            if schemes:
                http["auth"] = schemes
                if use != list(schemes):
                    http["use"] = use
            found[name] = {"http": http}
        return found

    def _groups(self, made: Sequence[Made], errors: Mapping[str, str], common: Use | None) -> Json:
        several = len({one.backend for one in made}) > 1
        groups: Json = {}
        for one in made:
            group = groups.get(one.placed.group)
            if group is None:
                group = groups[one.placed.group] = self._group(one.placed)
            http: Json = {"backend": one.backend} if several else {}
            http |= one.http
            if common is not None and (one.use or []) != common:
                http["auth"] = one.use or []
            if "errors" in http:
                told = http.pop("errors")
                http["errors"] = {status: errors[name] for status, name in told.items()}
            if "answer" in http:
                http["answer"] = http.pop("answer")
            group["operations"][one.placed.name] = {**one.draft, "run": {"http": http}}
        return groups

    def _group(self, placed: Placed) -> Json:
        """A group with what the document says of its tag, and no operation yet."""
        found: Json = {}
        if placed.tag and placed.tag.casefold() != placed.group:
            found["title"] = placed.tag
        for tag in items(member(self._root.node, "tags")):
            description = said(tag, "description") or said(tag, "summary")
            if said(tag, "name") == placed.tag and description:
                found["description"] = description
        return {**found, "operations": {}}

    def _error_names(self, schemas: Mapping[str, Json]) -> dict[str, str]:
        """Names of errors that no schema has: both become classes, and so does what an error carries."""
        taken = Taken(class_name, between="")
        for name in schemas:
            taken.claim(name)
        found: dict[str, str] = {}
        for name in self._failures.declared:
            free, number = name, 1
            while not (taken.is_free(free) and taken.is_free(f"{free}Data")):
                free = f"{name}Error" if number == 1 else f"{name}Error{number}"
                number += 1
            found[name] = taken.claim(free)
            taken.claim(f"{free}Data")
        return found


def _line(found: Found, path: str) -> Json:
    """The method and the path, as a spec has them."""
    named = found.method in METHODS
    return {found.method: path} if named else {"request": f"{found.sent} {path}"}


def _place(parameter: Located) -> tuple[str, str]:
    """Where a parameter goes, and what it is called there."""
    return said(parameter.node, "in"), said(parameter.node, "name").lower()


def _version(info: Node | None) -> str:
    found = member(info, "version")
    if found is None or isinstance(found.value, tuple | dict):
        return "0"
    text = found.value if isinstance(found.value, str) else found.span.text
    return text.strip() or "0"


def _texts(found: Found) -> Json:
    """Title and description: what the document says of an operation, or else of its path."""
    title = said(found.node, "summary") or said(found.item.node, "summary")
    text = said(found.node, "description") or said(found.item.node, "description")
    title = " ".join(title.split())
    if not text or text == title:
        title, text = "", title or text or found.label
    if flag(found.node, "deprecated"):
        text = f"Deprecated. {text}"
    return {**({"title": title} if title else {}), "description": text}
