"""How the members of a form are written: OpenAPI's encoding objects, and what goes without saying there."""

from __future__ import annotations

from ...spec.document import Node
from ...text.report import quoted
from .documents import Documents, Located, Unresolved
from .losses import Losses
from .lowering import Lowering
from .media import Kind, is_media_type
from .reading import Json, flag, member, members, said, text_of

_STYLES = ("form", "spaceDelimited", "pipeDelimited", "deepObject")


def parts_of(lowering: Lowering, content: Located, schema: Located, kind: Kind) -> Json:
    """The `parts` of a form, by member; only of those that say something."""
    documents = lowering.documents
    try:
        target = documents.follow(schema)
    except Unresolved:
        return {}
    encodings = members(member(content.node, "encoding"))
    found: Json = {}
    properties = members(member(target.node, "properties"))
    for name in [name for name in encodings if name not in properties]:
        message = f"nothing of the body is called {quoted(name)}: how it is written is left out"
        lowering.losses.note("AM610", message, encodings[name][0])
    for name, (_, node) in properties.items():
        encoding = encodings[name][1] if name in encodings else None
        part = _part(documents, target.at(node), encoding, kind)
        if encoding is not None and members(member(encoding, "headers")):
            message = "headers of parts are left out"
            lowering.losses.note("AM622", message, member(encoding, "headers"))
        if encoding is not None:
            _tell_encoding(encoding, lowering.losses)
        if part:
            found[name] = part
    return found


def _tell_encoding(encoding: Node, losses: Losses) -> None:
    """Tell what a part says that no bound operation does."""
    media_type = said(encoding, "contentType")
    if "*" in media_type or "," in media_type:
        message = f"which of {quoted(media_type)} a part is, is not said"
        losses.note("AM622", message, encoding, kind="parts have one of several media types")
    if flag(encoding, "allowReserved"):
        losses.note("AM621", "reserved characters of parts are encoded", encoding)
    style = said(encoding, "style")
    if style and style not in _STYLES:
        message = f"a part cannot have the style {quoted(style)}: it has `form`"
        losses.warn("AM621", message, member(encoding, "style"))


def _part(documents: Documents, schema: Located, encoding: Node | None, kind: Kind) -> Json:
    """One part; without one, lists are written once for each item, and objects as JSON, as OpenAPI has it."""
    media_type = "" if encoding is None else said(encoding, "contentType")
    usable = media_type if media_type and "*" not in media_type and "," not in media_type else ""
    if kind == "multipart" and _is_file(documents, schema):
        named = usable or (_media_type(documents, schema) if not media_type else "")
        return {"file": True, **({"media_type": named} if named else {})}
    style = "" if encoding is None else said(encoding, "style")
    explode = None if encoding is None else member(encoding, "explode")
    found: Json = {}
    if style in _STYLES or explode is not None:
        if style in _STYLES and style != "form":
            found["style"] = style
        usual = style in ("", "form")
        if style != "deepObject" and explode is not None and explode.value is not usual:
            found["explode"] = explode.value is True
        return found
    if usable and not usable.startswith("text/plain") and "json" not in usable:
        return {"media_type": usable}
    return {}


def _media_type(documents: Documents, schema: Located) -> str:
    """What the schema of a file says that it is, which counts where the encoding says nothing (3.1)."""
    found = said(_item(documents, schema), "contentMediaType")
    return found if is_media_type(found) else ""


def _is_file(documents: Documents, schema: Located) -> bool:
    """Whether a member of a multipart body is bytes: `format: binary`, or a media type without an encoding (3.1)."""
    node = _item(documents, schema)
    if said(node, "format") == "binary":
        return True
    encoded = text_of(member(node, "contentEncoding"))
    media_type = said(node, "contentMediaType")
    return bool(media_type) and encoded is None and not media_type.startswith("text/")


def _item(documents: Documents, schema: Located) -> Node:
    """The schema of a member, or of the items of a list."""
    node = _target(documents, schema)
    inner = member(node, "items")
    is_list = inner is not None and said(node, "type") == "array"
    return _target(documents, schema.at(inner)) if inner is not None and is_list else node


def _target(documents: Documents, schema: Located) -> Node:
    try:
        return documents.follow(schema).node
    except Unresolved:
        return schema.node


def readable(documents: Documents, schema: Located, content: Located) -> Located:
    """The schema of a multipart body with base64 where it has bytes, which JSON cannot say."""
    try:
        target = documents.follow(schema)
    except Unresolved:
        return schema
    properties = members(member(target.node, "properties"))
    changed = {
        name: (key, _in_base64(documents, target.at(node)))
        for name, (key, node) in properties.items()
        if _is_file(documents, target.at(node))
    }
    if not changed:
        return schema
    parts = dict(members(target.node))
    key, node = parts["properties"]
    parts["properties"] = key, Node({**properties, **changed}, node.span)
    return Located(Node(parts, target.node.span), target.base, target.name, target.steps)


def _in_base64(documents: Documents, schema: Located) -> Node:
    node = schema.node
    inner = member(node, "items")
    if inner is not None:
        made = _in_base64(documents, schema.at(inner))
        parts = dict(members(node))
        return Node({**parts, "items": (parts["items"][0], made)}, node.span)
    target = _target(documents, schema)
    kept = {
        key: pair for key, pair in members(target).items() if key in ("description", "nullable")
    }
    said_here = {key: pair for key, pair in members(node).items() if key in ("description",)}
    for key, value in (("type", "string"), ("contentEncoding", "base64")):
        kept[key] = Node(key, node.span), Node(value, node.span)
    return Node({**kept, **said_here}, node.span)
