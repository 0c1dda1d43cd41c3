"""Declared errors: what an API says when it refuses."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from ...spec.document import Node
from ...text.names import Name
from ...text.report import quoted
from .documents import Documents, Located, Unresolved
from .lowering import Lowering
from .media import OTHER_ANSWERS, listed, preferred, schema_of
from .reading import Json, flag, is_object, items, member, members, said
from .shared import Mention
from .words import pascal

_PHRASES = {
    "400": ("BadRequest", "The request is wrong."),
    "401": ("Unauthorized", "The API does not know who calls."),
    "402": ("PaymentRequired", "It has to be paid for."),
    "403": ("Forbidden", "The caller may not do that."),
    "404": ("NotFound", "There is no such thing."),
    "405": ("MethodNotAllowed", "That cannot be done with it."),
    "406": ("NotAcceptable", "It cannot be given in that form."),
    "408": ("RequestTimeout", "The API waited too long for the request."),
    "409": ("Conflict", "It contradicts what is there."),
    "410": ("Gone", "It is there no longer."),
    "412": ("PreconditionFailed", "It has changed meanwhile."),
    "413": ("ContentTooLarge", "It is too large."),
    "414": ("UriTooLong", "The request is too long."),
    "415": ("UnsupportedMediaType", "The API does not read that form."),
    "416": ("RangeNotSatisfiable", "It has no such part."),
    "422": ("Unprocessable", "The API understands the request, and cannot carry it out."),
    "423": ("Locked", "It is locked."),
    "424": ("FailedDependency", "Something that it depends on failed."),
    "428": ("PreconditionRequired", "The request has to say what it changes."),
    "429": ("TooManyRequests", "Too many requests; ask again later."),
    "451": ("UnavailableForLegalReasons", "The law does not allow it."),
    "500": ("ServerError", "Something went wrong at the API."),
    "501": ("NotSupported", "The API cannot do that yet."),
    "502": ("BadGateway", "Something behind the API went wrong."),
    "503": ("Unavailable", "The API has no time; ask again later."),
    "504": ("GatewayTimeout", "Something behind the API took too long."),
    "4XX": ("ClientError", "The request is wrong."),
    "5XX": ("ServerError", "Something went wrong at the API."),
    "default": ("ApiError", "The API refused."),
}
_RETRYABLE = frozenset(("429", "503"))
_TELLING = frozenset(("404", "409", "410", "412", "429"))
"""Statuses that callers do something about even if the API says no more."""
_RESERVED = frozenset(
    ("InternalError", "InvalidArguments", "NotImplemented", "Timeout", "BackendFailed")
)
_VAGUE = frozenset(
    [
        "api",
        "body",
        "common",
        "default",
        "error",
        "errors",
        "exception",
        "failure",
        "fault",
        "generic",
        "json",
        "problem",
        "response",
        "responses",
        "standard",
        "unexpected",
    ]
)
_DEEPEST = 20


@dataclass(slots=True)
class Failures:
    """The errors of a service, each declared once.

    Attributes:
        declared: As a spec has them, by name; their data is still a draft.
    """

    lowering: Lowering
    declared: dict[str, Json] = field(default_factory=dict[str, Json])
    _known: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    _places: dict[str, Node] = field(default_factory=dict[str, Node])
    _shapes: dict[str, dict[str, Json]] = field(default_factory=dict[str, dict[str, Json]])

    def named(self, bad: tuple[tuple[str, Located], ...]) -> Json:
        """The error of each status of an operation."""
        found: Json = {}
        for status, one in bad:
            has_body, data = self._data(one, status)
            if has_body or status in _TELLING:
                found[status] = self._error(status, one, data)
            else:
                message = f"{status} says no more than its status, and is no error of its own"
                self._lose(message, one.node, "failures that are only a status are not declared")
        return found

    def _lose(self, message: str, at: Node, kind: str) -> None:
        self.lowering.losses.note("AM631", message, at, kind=kind)

    def finish(self) -> None:
        """Say of errors that have another shape each time what all of them have."""
        for name, drafts in self._shapes.items():
            if len(drafts) > 1:
                self.declared[name]["data"] = _in_common(list(drafts.values()))
                message = (
                    f"`{name}` stands for errors of {len(drafts)} shapes, and says what all have"
                )
                self.lowering.losses.note("AM623", message, self._places[name])

    def _error(self, status: str, one: Located, data: Json) -> str:
        component, base = _component(one), _phrase(status)[0]
        of = self._data_name(data)
        if data is None and not component and base in self.declared:
            # What is not described here is most probably what is described elsewhere.
            self._describe(base, one)
            return base
        # Shapes without a name are one error for each status: nobody could tell them apart by name.
        key = (status, component, of) if of or not component else ("", component, "")
        shape = (status, "", json.dumps(data, default=_identity))
        name = self._known.get(key) or (self._known.get(shape) if data is not None else None)
        if name is None:
            name = self._free(component or base, of)
            self._known[key] = self._known[shape] = name
            self._places[name] = one.node
            self.declared[name] = {"description": one.described() or _phrase(status)[1]}
        else:
            self._describe(name, one)
        if data is not None:
            self.declared[name].setdefault("data", data)
            if not of:
                self._shapes.setdefault(name, {})[json.dumps(data, default=_identity)] = data
        if status in _RETRYABLE:
            self.declared[name]["retryable"] = True
        return name

    def _describe(self, name: str, one: Located) -> None:
        """Tell that an error is described otherwise where it was first met."""
        text = one.described()
        if text and text != self.declared[name]["description"]:
            message = f"`{name}` is described as elsewhere, not with {quoted(text)}"
            self._lose(message, one.node, "errors have several descriptions: the first one counts")

    def _free(self, base: str, of: str) -> str:
        """A free name: with what the data is called, if another error has that name."""
        names = [base, base + (of or "Details")]
        while names[-1] in self.declared:
            names.append(f"{names[1]}{len(names)}")
        return next(name for name in names if name not in self.declared)

    def _data_name(self, data: Json) -> str:
        reference = data.get("$ref") if is_object(data) else None
        if not isinstance(reference, Mention):
            return ""
        return pascal(self.lowering.shared.place(reference.key[0]).name)

    def _data(self, one: Located, status: str) -> tuple[bool, Json]:
        """Whether a response has a body that says something, and its schema if that is an object."""
        documents = self.lowering.documents
        content = one.inner("content")
        choices = [] if content is None else preferred(documents, content)
        if not choices:
            return False, None
        name, kind, chosen = choices[0]
        if len(choices) > 1:
            others = listed(other for other, _, _ in choices[1:])
            message = f"{status} is read as `{name}`; the API can say it in {others}, too"
            self.lowering.losses.note("AM622", message, one.node, kind=OTHER_ANSWERS)
        schema = schema_of(chosen)
        if schema is None:
            return False, None
        if kind != "json" or not _is_object(documents, schema):
            message = f"what {status} says is no object, and no data of the error"
            self._lose(message, schema.node, "errors carry data only if it is an object")
            return True, None
        draft = self.lowering.lower(schema, "out")
        if not is_object(draft):
            return True, None
        return True, draft if _says_object(documents, schema, 0) else {"type": "object", **draft}


def _is_object(documents: Documents, schema: Located) -> bool:
    """Whether a schema describes an object, whether or not it says so."""
    try:
        node = documents.follow(schema).node
    except Unresolved:
        return False
    return "properties" in members(node) or _says_object(documents, schema, 0)


def _says_object(documents: Documents, schema: Located, depth: int) -> bool:
    """Whether a schema says that every value is an object, where the compiler looks for it."""
    try:
        target = documents.follow(schema)
    except Unresolved:
        return False
    if flag(target.node, "nullable") or flag(target.node, "x-nullable"):
        return False
    if said(target.node, "type") == "object":
        return True
    parts = items(member(target.node, "allOf"))
    return depth < _DEEPEST and any(
        _says_object(documents, target.at(part), depth + 1) for part in parts
    )


def _component(one: Located) -> str:
    """The name of a response component, if it says more than that something failed."""
    if not one.name or one.name[0].isdigit() or len(one.steps) < 2:
        return ""
    words = {word.lower() for word in Name.parse(one.name).snake.split("_")}
    name = pascal(one.name)
    vague = words <= _VAGUE or any(word.isdigit() for word in words) or name in _RESERVED
    return "" if vague else name


def _phrase(status: str) -> tuple[str, str]:
    if status in _PHRASES:
        return _PHRASES[status]
    return f"Status{status}", f"The API answered {status}."


def _in_common(drafts: list[Json]) -> Json:
    """What several schemas of objects agree on; of members that differ, only that they are there."""
    first, *others = [draft.get("properties", {}) for draft in drafts]
    anything: Json = {}
    properties: Json = {
        key: schema if all(_same(schema, other[key]) for other in others) else anything
        for key, schema in first.items()
        if all(key in other for other in others)
    }
    required = [
        key for key in properties if all(key in draft.get("required", []) for draft in drafts)
    ]
    found: Json = {"type": "object"}
    found |= {"properties": properties} if properties else {}
    return found | ({"required": required} if required else {})


def _same(one: Json, other: Json) -> bool:
    return json.dumps(one, default=_identity) == json.dumps(other, default=_identity)


def _identity(mention: Mention) -> int:
    return mention.key[0]
