"""`run: http`: one request to an API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ....ir.backends import Configured, Given, HttpBackend, Template, Value
from ....ir.bindings import HttpBody, HttpCall, HttpPages, HttpPart, HttpValue
from ...python.content import CLASSES
from ...python.telling import tuple_of
from ...python.text import literal, quoted
from .method import Method
from .values import Values

_STYLES = "._runtime.http.styles"
_HEADERS = "._runtime.http.headers"
_BODIES = "._runtime.http.bodies"

_FUNCTIONS = {
    "simple": "simple",
    "label": "label",
    "matrix": "matrix",
    "form": "form",
    "spaceDelimited": "space_delimited",
    "pipeDelimited": "pipe_delimited",
    "deepObject": "deep_object",
}
"""The function of `runtime/http/styles.py` that writes a style."""

_PAGES = {"link": "Links", "cursor": "Cursor", "page": "Numbers", "offset": "Offsets"}

_DEFAULTS = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "text": "text/plain; charset=utf-8",
    "binary": "application/octet-stream",
}


def body(run: HttpCall, method: Method) -> Iterator[str]:
    """Send it, and hand over what came back."""
    given = [quoted(run.method), _path(run.path, method), *_options(run, method)]
    sent = f"await {method.backend(run.backend)}.send({', '.join(given)})"
    if run.answer == "none":
        yield sent
        return
    reply = method.local("reply")
    yield f"{reply} = {sent}"
    at = quoted(run.at) if run.at else ""
    if not method.operation.content:
        read = {"json": f"json({at})", "text": "text()", "bytes": "base64()"}[run.answer]
        is_text = run.answer != "json" and method.returns == "str"
        said = f"{reply}.{read}"
        yield f"return {said}" if is_text else method.answer(said)
    elif run.at:
        text, word = method.use(_CONTENT, "Text"), method.use("._runtime.http.words", "word")
        yield f"return {text}({word}({reply}.json({at})))"
    else:
        kinds = (method.use(_CONTENT, CLASSES[kind]) for kind in method.operation.content)
        block = method.use("._runtime.http.blocks", "block")
        yield f"return {block}({', '.join((reply, *kinds))})"


_CONTENT = "._runtime.shared.content"


def _options(run: HttpCall, method: Method) -> Iterator[str]:
    query = [_in_query(name, value, method) for name, value in run.query.items()]
    if query:
        yield f"query=[{', '.join(query)}]"
    headers = [_header(name, value, method) for name, value in run.headers.items()]
    if headers:
        yield f"headers=[{', '.join(headers)}]"
    cookies = [_cookie(name, value, method) for name, value in run.cookies.items()]
    if cookies:
        yield f"cookies=[{', '.join(cookies)}]"
    if run.body is not None:
        yield f"body={_body(run.body, method)}"
    if run.answer in ("text", "bytes"):
        yield 'accept="*/*"'
    if run.auth != _usual(run, method):
        yield f"auth={alternatives(run.auth)}"
    if run.errors:
        listed = (f"{_status(key)}: {method.error(error)}" for key, error in run.errors.items())
        yield f"errors={{{', '.join(listed)}}}"
    if method.operation.repeatable:
        yield "again=True"
    if run.pages is not None:
        yield f"pages={_pages(run.pages, method)}"


def alternatives(auth: tuple[tuple[str, ...], ...]) -> str:
    """Alternatives of schemes as they are handed over."""
    return tuple_of(tuple_of(map(quoted, names)) for names in auth)


def text_of(template: Template, values: Values) -> str:
    """A text, or `UNSET` if what it consists of is not there."""
    whole = template.whole
    operand = values.operand(whole) if whole else None
    return operand.expression if operand and operand.annotation == "str" else values.text(template)


def _usual(run: HttpCall, method: Method) -> object:
    """What the backend does that the call goes to."""
    (kind,) = (one.kind for one in method.values.service.backends if one.key == run.backend)
    return kind.auth if isinstance(kind, HttpBackend) else None


def _status(key: str) -> str:
    return key if key.isdecimal() else quoted(key)


def _path(path: tuple[str | HttpValue, ...], method: Method) -> str:
    """An f-string; a sum of texts, if quotes or backslashes stand in a value."""
    pieces = [one if isinstance(one, str) else _in_path(one, method) for one in path]
    texts = [isinstance(one, str) for one in path]
    if all(texts):
        return quoted("".join(pieces))
    inner = [one.replace('"', "'") for one, text in zip(pieces, texts, strict=True) if not text]
    values = [one for one, text in zip(pieces, texts, strict=True) if not text]
    # Before Python 3.12, what stands in an f-string holds neither backslashes nor its quotes.
    if any("\\" in one or "'" in one for one in values):
        said = (quoted(one) if text else one for one, text in zip(pieces, texts, strict=True))
        return " + ".join(said)
    rest = iter(inner)
    said = (_literal(one) if text else f"{{{next(rest)}}}" for one, text in zip(pieces, texts, strict=True))  # fmt: skip
    return f'f"{"".join(said)}"'


def _literal(text: str) -> str:
    return quoted(text)[1:-1].replace("{", "{{").replace("}", "}}")


def _in_path(value: HttpValue, method: Method) -> str:
    return _styled(_name_of(value.value), value, method, "simple")


def _in_query(name: str, value: HttpValue, method: Method) -> str:
    return _styled(name, value, method, "form")


def _styled(name: str, value: HttpValue, method: Method, usual: str) -> str:
    """A call of the style's function; JSON is a text in the usual one."""
    style = _FUNCTIONS.get(value.style, usual)
    said = _said(value, name, method)
    options = _exploded(value, style == "form") if style != "deep_object" else []
    if value.reserved and style in ("form", "space_delimited", "pipe_delimited", "deep_object"):
        options.append("reserved=True")
    return f"{method.use(_STYLES, style)}({', '.join((quoted(name), said, *options))})"


def _header(name: str, value: HttpValue, method: Method) -> str:
    said = _said(value, name, method, ascii=True)
    given = (quoted(name), said, *_exploded(value, usual=False))
    return f"{method.use(_HEADERS, 'header')}({', '.join(given)})"


def _cookie(name: str, value: HttpValue, method: Method) -> str:
    given = (quoted(name), _said(value, name, method), *_exploded(value, usual=True))
    return f"{method.use(_HEADERS, 'cookie')}({', '.join(given)})"


def _exploded(value: HttpValue, usual: bool) -> list[str]:
    if value.style == "json" or value.explode == usual:
        return []
    return [f"explode={value.explode}"]


def _said(value: HttpValue, name: str, method: Method, *, ascii: bool = False) -> str:
    # What was not sent leaves nothing, and neither does `null`; only JSON tells them apart.
    if value.style != "json":
        return _short(value.value, method)
    options = ", ascii=True" if ascii else ""
    as_json = method.use(_STYLES, "as_json")
    return f"{as_json}({quoted(name)}, {method.values.value(value.value)}{options})"


def _short(value: Value, method: Method) -> str:
    whole = value.whole if isinstance(value, Template) else None
    short = method.values.operand(whole).none if whole else ""
    return short or method.values.value(value)


def _name_of(value: Value) -> str:
    """What messages call a value without a name of its own."""
    pieces = value.pieces if isinstance(value, Template) else ()
    for piece in pieces:
        if isinstance(piece, Given | Configured):
            return piece.key or "arguments"
    return "body"


def _body(sent: HttpBody, method: Method) -> str:
    value = method.values.value(sent.value)
    given = [quoted(_name_of(sent.value)), value] if sent.kind == "binary" else [value]
    if sent.parts:
        part = method.use(_BODIES, "Part")
        listed = (
            f"{quoted(key)}: {part}({', '.join(_part(one, method))})"
            for key, one in sent.parts.items()
        )
        given.append(f"{{{', '.join(listed)}}}")
    if sent.media_type != _DEFAULTS[sent.kind]:
        given.append(f"media_type={quoted(sent.media_type)}")
    return f"{method.use(_BODIES, f'{sent.kind}_body')}({', '.join(given)})"


def _part(part: HttpPart, method: Method) -> Iterator[str]:
    if part.file:
        yield "file=True"
    if part.media_type is not None:
        yield f"media_type={quoted(part.media_type)}"
    if part.style != "form":
        yield f"style={quoted(part.style)}"
    if not part.explode:
        yield "explode=False"
    if part.headers:
        yield f"headers={_headers(part.headers, method)}"


def _headers(headers: Mapping[str, Template], method: Method) -> str:
    listed = (f"{quoted(name)}: {text_of(one, method.values)}" for name, one in headers.items())
    return f"{{{', '.join(listed)}}}"


def _pages(pages: HttpPages, method: Method) -> str:
    given = {"parameter": pages.parameter, "at": pages.at, "items": pages.items or None}
    said = [f"{key}={quoted(value)}" for key, value in given.items() if value is not None]
    kind = method.use("._runtime.http.pages", _PAGES[pages.by])
    return f"{kind}({', '.join([*said, f'limit={literal(pages.limit)}'])})"
