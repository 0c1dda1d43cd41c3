"""Request bodies: a few members of an object that nothing else mentions become parameters, anything else is one parameter."""

from __future__ import annotations

from collections.abc import Mapping

from ...spec.document import Node
from ...text.names import Name
from ...text.report import quoted
from .access import hidden
from .arguments import Request, parameter, placeholder, python_key, with_examples
from .documents import Documents, Located, Unresolved
from .keywords import is_right
from .lowering import Lowering
from .media import (
    UNREAD_SCHEMAS,
    Kind,
    bare,
    is_media_type,
    is_text,
    listed,
    preferred,
    says_text,
    schema_of,
)
from .operations import Refused
from .parts import parts_of, readable
from .reading import Json, flag, is_mapping, is_object, member, members, said, texts
from .words import key_of

MOST_MEMBERS = 16
"""An object of more members is one parameter: a call with twenty arguments is nothing that one reads."""

_BASE64 = {"type": "string", "contentEncoding": "base64"}
_PLAIN = frozenset(
    [
        "$anchor",
        "$comment",
        "$defs",
        "$id",
        "$schema",
        "additionalProperties",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "nullable",
        "properties",
        "required",
        "title",
        "type",
        "xml",
    ]
)
"""Keywords of a schema of which nothing is lost if its properties become parameters."""


def put_body(request: Request, body: Located, lowering: Lowering) -> None:
    """Take a request body into a request."""
    content = body.inner("content")
    choices = [] if content is None else preferred(lowering.documents, content)
    if not choices:
        return
    name, kind, chosen = choices[0]
    if kind == "multipart" and bare(name) not in ("multipart/form-data", "multipart/*"):
        raise Refused(f"a body that is {quoted(name)} cannot be sent", body.node)
    if kind == "text" and not is_text(name):
        kind = "binary"
    if len(choices) > 1:
        message = f"sent as `{name}`; the API takes {listed(one for one, _, _ in choices[1:])}, too"
        lowering.losses.note("AM622", message, body.node, kind="bodies have other media types, too")
    schema = schema_of(chosen)
    if schema is not None and kind not in ("text", "binary") and _is_empty(body, schema, lowering):
        return
    if kind in ("text", "binary"):
        _put_text(request, body, chosen, kind, lowering)
    elif schema is None:
        _put_whole(request, body, {} if kind == "json" else {"type": "object"}, "body")
    elif (shared := _shared(schema, kind, lowering)) is not None:
        draft = with_examples(lowering.lower(schema, "in"), chosen, lowering.documents)
        _put_whole(request, body, draft, said(body.node, "name") or shared)
    elif not _put_members(request, body, chosen, schema, kind, lowering):
        draft = _whole_draft(chosen, schema, kind, lowering)
        _put_whole(
            request,
            body,
            with_examples(draft, chosen, lowering.documents),
            said(body.node, "name") or "body",
        )
        _put_parts(request, chosen, schema, kind, lowering)
    sent = _as(name, kind)
    if sent is not None:
        request.http["as"] = sent
    if "parts" in request.http:
        # Behind `as`, where it is read.
        request.http["parts"] = request.http.pop("parts")


def _shared(schema: Located, kind: Kind, lowering: Lowering) -> str | None:
    """What the one parameter is called whose schema others share: taken apart, it would be said twice."""
    name = lowering.documents.shared_name(schema) if kind == "json" else None
    return None if name is None else Name.parse(name.rpartition(".")[2]).snake


def _is_empty(body: Located, schema: Located, lowering: Lowering) -> bool:
    """Whether a body is an object with no properties, that may be left out: generators write it where there is none."""
    try:
        node = lowering.documents.follow(schema).node
    except Unresolved:
        return False
    said_more = [key for key in members(node) if key not in ("type", "properties", "description")]
    properties = member(node, "properties")
    is_empty = properties is not None and not members(properties) and not said_more
    return is_empty and not flag(body.node, "required")


def _as(media_type: str, kind: Kind) -> str | None:
    usual = {
        "json": ("application/json", None),
        "form": ("application/x-www-form-urlencoded", "form"),
        "multipart": ("multipart/form-data", "multipart"),
        "text": ("text/plain", "text"),
        "binary": ("application/octet-stream", "binary"),
    }[kind]
    named = bare(media_type)
    is_other_json = kind == "json" and not named.endswith("+json")
    if named == usual[0] or is_other_json or not is_media_type(media_type.strip()):
        return usual[1]
    return media_type.strip()


def _put_whole(request: Request, body: Located, draft: Json, name: str) -> None:
    key = request.claim(name, "body")
    required = flag(body.node, "required")
    request.params[key] = parameter(draft, body.described(), required=required)
    request.http["body"] = placeholder(key)


def _put_text(
    request: Request, body: Located, chosen: Located, kind: Kind, lowering: Lowering
) -> None:
    draft: Json = _BASE64 if kind == "binary" else {"type": "string"}
    schema = schema_of(chosen)
    if kind == "text" and schema is not None:
        lowered = lowering.lower(schema, "in")
        if is_object(lowered) and lowered.get("type") == "string":
            draft = lowered
        elif not says_text(lowering.documents, schema):
            message = "what is sent here is given as text: its schema is left out"
            lowering.losses.note("AM622", message, schema.node, kind=UNREAD_SCHEMAS)
    _put_whole(
        request,
        body,
        with_examples(draft, chosen, lowering.documents),
        said(body.node, "name") or "body",
    )


def _whole_draft(chosen: Located, schema: Located, kind: Kind, lowering: Lowering) -> Json:
    if kind == "multipart":
        schema = readable(lowering.documents, schema, chosen)
    return lowering.lower(schema, "in")


def _put_members(
    request: Request,
    body: Located,
    chosen: Located,
    schema: Located,
    kind: Kind,
    lowering: Lowering,
) -> bool:
    """Take the members of a plain object as parameters; gives whether that says all that it says."""
    try:
        target = lowering.documents.follow(schema)
    except Unresolved:
        return False
    if kind == "multipart":
        target = readable(lowering.documents, target, chosen)
    names = _members(lowering.documents, target)
    required = set(texts(member(target.node, "required")))
    keys = {name: key_of(name) for name in names}
    clashing = len(set(map(python_key, keys.values()))) < len(names)
    if not names or clashing or not all(map(request.is_free, keys.values())):
        return False
    if required and not flag(body.node, "required"):
        # Either all of it is there, or nothing; parameters cannot say that.
        return False
    alone = not request.params and all(name == key for name, key in keys.items())
    for name, key in keys.items():
        property_ = target.at(members(member(target.node, "properties"))[name][1])
        draft = lowering.lower(property_, "in", name)
        request.params[key] = parameter(draft, "", required=name in required)
    if alone and len(names) > 1:
        request.http["body"] = "{*}"
    else:
        request.http["body"] = {name: placeholder(key) for name, key in keys.items()}
    _put_parts(request, chosen, schema, kind, lowering)
    return True


def _members(documents: Documents, schema: Located) -> list[str]:
    """The properties that callers send; none if the schema says more than that an object has them."""
    node = schema.node
    found = members(node)
    if not all(keyword in _PLAIN or keyword.startswith("x-") for keyword in found):
        return []
    if not all(is_right(keyword, value) for keyword, (_, value) in found.items()):
        return []
    if flag(node, "nullable") or said(node, "type") not in ("", "object") or _is_open(found):
        return []
    properties = members(member(node, "properties"))
    if not set(texts(member(node, "required"))) <= properties.keys():
        return []
    if not all(is_mapping(one) or isinstance(one.value, bool) for _, one in properties.values()):
        return []
    away = hidden(documents, schema, "readOnly")
    names = [name for name in properties if name not in away]
    return names if len(names) <= MOST_MEMBERS else []


def _is_open(found: Mapping[str, tuple[Node, Node]]) -> bool:
    """Whether the schema says that there may be further members."""
    if "type" in found and not isinstance(found["type"][1].value, str):
        return True
    more = found.get("additionalProperties")
    return more is not None and (more[1].value is True or is_mapping(more[1]))


def _put_parts(
    request: Request, chosen: Located, schema: Located, kind: Kind, lowering: Lowering
) -> None:
    if kind in ("form", "multipart"):
        parts = parts_of(lowering, chosen, schema, kind)
        if parts:
            request.http["parts"] = parts
