"""Says what Swagger 2.0 says in the words of OpenAPI 3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...spec.document import Node
from ...text.source import Span
from .documents import Documents, Located
from .reading import flag, items, member, members, said, texts

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_STYLES: Mapping[str, tuple[str | None, bool]] = {
    "csv": (None, False),
    "ssv": ("spaceDelimited", False),
    "tsv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
    "multi": (None, True),
}
_OF_PARAMETER = ("name", "in", "description", "required", "collectionFormat", "allowEmptyValue")
_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def is_swagger(root: Node) -> bool:
    return member(root, "swagger") is not None


def parameter(found: Located) -> Located:
    """A parameter that is no body, as OpenAPI 3 has it."""
    node = found.node
    parts = {key: members(node)[key] for key in _OF_PARAMETER[:4] if key in members(node)}
    parts["schema"] = _pair("schema", _schema(node), node)
    if flag(node, "required"):
        parts["required"] = members(node)["required"]
    if said(node, "type") == "array":
        for key, value in _style(node).items():
            parts[key] = _pair(key, value, node)
    return Located(_made(parts, node), found.base, found.name, found.steps)


def body(documents: Documents, parameters: Sequence[Located], operation: Located) -> Located | None:
    """The request body that parameters in `body` or `formData` make."""
    bodies = [one for one in parameters if said(one.node, "in") == "body"]
    if bodies:
        return _whole(documents, bodies[0], operation)
    fields = [one for one in parameters if said(one.node, "in") == "formData"]
    return _form(documents, fields, operation) if fields else None


def response(documents: Documents, found: Located, operation: Located, *, failed: bool) -> Located:
    """A response, as OpenAPI 3 has it.

    Args:
        failed: It tells of a failure, which is told in JSON even where pictures are given otherwise.
    """
    schema = member(found.node, "schema")
    if schema is None:
        return found
    kinds = _media(documents, operation, "produces") or [_JSON]
    if said(schema, "type") == "file":
        schema = _binary(schema)
        kinds = [kind for kind in kinds if "json" not in kind] or ["application/octet-stream"]
    elif failed and said(schema, "type") != "string":
        kinds = [kind for kind in kinds if "json" in kind] or [_JSON]
    media = _made({"schema": _pair("schema", schema, found.node)}, schema)
    content = _made({kind: _pair(kind, media, found.node) for kind in kinds}, schema)
    parts = {**members(found.node), "content": _pair("content", content, found.node)}
    return Located(_made(parts, found.node), found.base, found.name, found.steps, found.override)


def scheme(node: Node) -> Node:
    """A security definition, as OpenAPI 3 has it."""
    kind = said(node, "type")
    if kind == "basic":
        parts = {"type": _text("http", node), "scheme": _text("basic", node)}
        return _made({key: _pair(key, value, node) for key, value in parts.items()}, node)
    if kind == "oauth2":
        flow = said(node, "flow")
        flows = _made({_FLOWS.get(flow, flow): _pair(flow, node, node)}, node)
        return _made({**members(node), "flows": _pair("flows", flows, node)}, node)
    return node


def servers(root: Node) -> list[tuple[str, Node]]:
    """The URLs of the API; relative ones, if the document does not name the host."""
    base = said(root, "basePath").rstrip("/")
    at = member(root, "host") or member(root, "basePath") or root
    host = said(root, "host")
    if not host:
        return [(base or "/", at)]
    schemes = list(texts(member(root, "schemes"))) or ["https"]
    schemes.sort(key=lambda one: one != "https")
    return [(f"{one}://{host}{base}", at) for one in schemes if one in ("http", "https")]


def _whole(documents: Documents, found: Located, operation: Located) -> Located:
    node = found.node
    schema = member(node, "schema") or _made({}, node)
    kinds = _media(documents, operation, "consumes") or [_JSON]
    media = _made({"schema": _pair("schema", schema, node)}, schema)
    content = _made({kind: _pair(kind, media, node) for kind in kinds}, schema)
    kept = ("description", "required", "name")
    parts = {key: members(node)[key] for key in kept if key in members(node)}
    parts["content"] = _pair("content", content, node)
    return Located(_made(parts, node), found.base)


def _form(documents: Documents, fields: Sequence[Located], operation: Located) -> Located:
    at = fields[0].node
    properties: dict[str, tuple[Node, Node]] = {}
    encoding: dict[str, tuple[Node, Node]] = {}
    required: list[Node] = []
    has_files = False
    for field in fields:
        name = said(field.node, "name")
        has_files = has_files or said(field.node, "type") == "file"
        properties[name] = _pair(name, _described(field.node), field.node)
        if flag(field.node, "required"):
            required.append(_text(name, field.node))
        if said(field.node, "type") == "array":
            style = {key: _pair(key, value, at) for key, value in _style(field.node).items()}
            encoding[name] = _pair(name, _made(style, field.node), field.node)
    kinds = _media(documents, operation, "consumes")
    kind = _MULTIPART if has_files or (_MULTIPART in kinds and _FORM not in kinds) else _FORM
    schema = {
        "type": _pair("type", _text("object", at), at),
        "properties": _pair("properties", _made(properties, at), at),
        "required": _pair("required", Node(tuple(required), at.span), at),
    }
    media = {
        "schema": _pair("schema", _made(schema, at), at),
        "encoding": _pair("encoding", _made(encoding, at), at),
    }
    content = _made({kind: _pair(kind, _made(media, at), at)}, at)
    parts = {
        "content": _pair("content", content, at),
        "required": _pair("required", Node(bool(required), at.span), at),
    }
    return Located(_made(parts, at), operation.base)


def _described(node: Node) -> Node:
    """The schema of a form field, with what is said about the field."""
    schema = _schema(node)
    if "description" not in members(node):
        return schema
    return _made({**members(schema), "description": members(node)["description"]}, node)


def _schema(node: Node) -> Node:
    """All that a parameter says about its value: Swagger has no schema around it."""
    if said(node, "type") == "file":
        return _binary(node)
    parts = {key: pair for key, pair in members(node).items() if key not in _OF_PARAMETER}
    return parts["schema"][1] if "schema" in parts else _made(parts, node)


def _style(node: Node) -> dict[str, Node]:
    style, explode = _STYLES.get(said(node, "collectionFormat") or "csv", (None, False))
    found = {"explode": Node(explode, node.span)}
    return found if style is None else {"style": _text(style, node), **found}


def _binary(node: Node) -> Node:
    parts = {"type": _text("string", node), "format": _text("binary", node)}
    return _made({key: _pair(key, value, node) for key, value in parts.items()}, node)


def _media(documents: Documents, operation: Located, key: str) -> list[str]:
    own = member(operation.node, key)
    return list(texts(own if items(own) else member(documents.root.root, key)))


def _made(parts: Mapping[str, tuple[Node, Node]], at: Node) -> Node:
    return Node(dict(parts), at.span)


def _pair(key: str, value: Node, at: Node) -> tuple[Node, Node]:
    start = at.span.start
    return Node(key, Span(at.span.source, start, min(start + 1, at.span.end))), value


def _text(text: str, at: Node) -> Node:
    return Node(text, at.span)
