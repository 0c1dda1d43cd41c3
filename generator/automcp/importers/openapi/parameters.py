"""Parameters in paths, queries, headers and cookies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...text.report import quoted
from .arguments import (
    Request,
    is_scalar,
    literal,
    only_value,
    parameter,
    placeholder,
    with_examples,
)
from .documents import Located
from .losses import Losses
from .lowering import Lowering
from .media import bare
from .operations import Found, Refused
from .reading import Json, flag, member, members, said, text_of

_PLACES = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}
_IGNORED = frozenset(("accept", "content-type", "authorization"))
"""Headers that OpenAPI describes elsewhere (parameter object, `name`)."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~A-Za-z0-9-]+")
_PLACEHOLDER = re.compile(r"\{([^{}/]+)\}")
_PATH = re.compile(r"/[^\x00-\x1f\x7f\\]*")
_DOTS = re.compile(r"/\.\.?(?:/|$)")
_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}


def put_parameters(
    request: Request, found: Found, listed: Iterable[Located], lowering: Lowering
) -> str:
    """Take all parameters into a request.

    Returns:
        The path as a template.

    Raises:
        Refused: There is one that no bound operation can send.
    """
    known = list(listed)
    path, _, query = found.path.partition("#")[0].partition("?")
    if "#" in found.path:
        lowering.losses.note("AM621", "what stands behind `#` in a path is not sent", found.node)
    keys: dict[str, str] = {}
    for one in sorted(known, key=lambda one: said(one.node, "in") != "path"):
        key = _put(request, one, found, lowering)
        if key is not None and said(one.node, "in") == "path":
            keys[text_of(member(one.node, "name")) or ""] = key
    for name in _PLACEHOLDER.findall(path):
        if name not in keys:
            keys[name] = _undeclared(request, name, found, lowering.losses)
    if not _PATH.fullmatch(path) or _DOTS.search(path):
        raise Refused("its path cannot be appended to a URL", found.node)
    for pair in filter(None, query.split("&")):
        name, _, value = pair.partition("=")
        request.send("query", name, _filled(value, keys))
    return _filled(path, keys)


def _put(request: Request, one: Located, found: Found, lowering: Lowering) -> str | None:
    """Take one parameter; gives its key, if callers have to give it."""
    name, place = text_of(member(one.node, "name")) or "", said(one.node, "in")
    if place == "querystring":
        return _put_query_string(request, one, name, lowering)
    if not name or place not in _PLACES:
        message = f"a parameter in {quoted(place)} with the name {quoted(name)} is no parameter"
        raise Refused(message, one.node)
    if place == "header" and name.lower() in _IGNORED:
        return None
    if place == "path" and f"{{{name}}}" not in found.path:
        message = f"the path has no place for the parameter {quoted(name)}, which is left out"
        lowering.losses.note("AM621", message, one.node, kind="paths have no place for a parameter")
        return None
    if place in ("header", "cookie") and not _TOKEN.fullmatch(name):
        raise Refused(f"{quoted(name)} cannot be the name of a {place}", one.node)
    draft, style = _schema(one, place, lowering)
    required = place == "path" or flag(one.node, "required")
    fixed = only_value(draft, required=required)
    if fixed is not None and place != "path":
        value = literal(fixed) if isinstance(fixed, str) else fixed
        request.send(_PLACES[place], name, value)
        return None
    key = request.claim(name, place)
    request.params[key] = _described(with_examples(draft, one, lowering.documents), one, required)
    _send(request, place, name if place != "path" else key, key, style)
    return key


def _described(draft: Json, one: Located, required: bool) -> Json:
    made = parameter(draft, one.described(), required=required)
    return {**made, "deprecated": True} if flag(one.node, "deprecated") else made


def _send(request: Request, place: str, name: str, key: str, style: Json) -> None:
    if place != "path":
        value = {"value": placeholder(key), **style} if style else placeholder(key)
        request.send(_PLACES[place], name, value)
    elif style:
        request.send("path", key, style)


def _schema(one: Located, place: str, lowering: Lowering) -> tuple[Json, Json]:
    """The schema of a parameter, and how it is written, as far as that goes without saying otherwise."""
    content = members(member(one.node, "content"))
    if content:
        media_type, (_, node) = next(iter(content.items()))
        inner = one.at(node)
        schema = inner.inner("schema")
        draft: Json = {} if schema is None else lowering.lower(schema, "in")
        if len(content) > 1:
            message = f"sent as `{media_type}`; other media types of this parameter are left out"
            lowering.losses.note("AM622", message, one.node)
        as_json = bare(media_type) == "application/json" or bare(media_type).endswith("+json")
        return with_examples(draft, inner, lowering.documents), {"style": "json"} if as_json else {}
    schema = one.inner("schema")
    draft = {"type": "string"} if schema is None else lowering.lower(schema, "in")
    return draft, _style(one, place, draft, lowering.losses)


def _style(one: Located, place: str, draft: Json, losses: Losses) -> Json:
    default = _STYLES[place][0]
    style = said(one.node, "style") or default
    if style not in _STYLES[place]:
        message = f"a parameter in a {place} cannot have the style {quoted(style)}: it has {quoted(default)}"
        losses.warn("AM621", message, member(one.node, "style"))
        style = default
    found: Json = {} if style == default else {"style": style}
    explode = member(one.node, "explode")
    usual = style == "form"
    explodes = explode.value if explode and isinstance(explode.value, bool) else usual
    # Of a scalar, `matrix` and `label` write the same either way, as all other styles do.
    if explodes != usual and style != "deepObject" and not is_scalar(draft):
        found["explode"] = explodes
    if place == "query" and flag(one.node, "allowReserved"):
        found["reserved"] = True
    return found


def _put_query_string(request: Request, one: Located, name: str, lowering: Lowering) -> str:
    """The whole query as one value (OpenAPI 3.2): the members of an object."""
    content = members(member(one.node, "content"))
    if [bare(kind) for kind in content] != ["application/x-www-form-urlencoded"]:
        raise Refused("a whole query that is no form cannot be sent", one.node)
    _, node = next(iter(content.values()))
    schema = one.at(node).inner("schema")
    draft = {"type": "object"} if schema is None else lowering.lower(schema, "in")
    key = request.claim(name or "query", "query")
    request.params[key] = parameter(draft, one.described(), required=flag(one.node, "required"))
    request.send("query", key, placeholder(key))
    return key


def _undeclared(request: Request, name: str, found: Found, losses: Losses) -> str:
    message = f"nothing says what {quoted('{' + name + '}')} in {found.path} is: taken for text"
    losses.note("AM621", message, found.node, kind="paths have undeclared placeholders")
    key = request.claim(name, "path")
    request.params[key] = {"type": "string"}
    return key


def _filled(text: str, keys: dict[str, str]) -> str:
    """A text of the document as a template: its placeholders by their keys, all other braces as braces."""
    made: list[str] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        key = keys.get(match[1])
        if key is not None:
            made += [literal(text[end : match.start()]), placeholder(key)]
            end = match.end()
    return "".join((*made, literal(text[end:])))
