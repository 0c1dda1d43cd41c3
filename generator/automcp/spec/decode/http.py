"""The part of the spec format that says which HTTP request an operation is."""

from __future__ import annotations

from .backends import BACKEND_NAME, CREDENTIALS, TOKEN
from .shapes import (
    Anything,
    Choice,
    Either,
    Field,
    Flag,
    MapOf,
    Number,
    Pattern,
    Record,
    Scalar,
    Text,
)
from .vocabulary import ERROR_NAME, SAID

VERBS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
REQUEST = "request"
"""The key in front of a request whose method is none of these."""

WAYS = ("link", "cursor", "page", "offset")

_REQUEST = Pattern("^(?!CONNECT )[!#$%&'*+.^_`|~0-9A-Z-]+ /.*$", "such as `QUERY /pets`", "request")
_STATUS = Pattern(
    "^(?:[1-5](?:[0-9][0-9]|XX)|default)$", "such as `404`, `4XX`, or `default`", "status"
)
_POINTER = Pattern(
    "^(?:/(?:[^~/]|~[01])*)*$", "empty, or steps such as `/data/items` (RFC 6901)", "JSON pointer"
)
_AT = Text(_POINTER)
_EXPLODE = Field("explode", Flag(), "Whether each item of a list or object stands by itself.")


def _value(name: str, place: str, *styles: str) -> Record:
    """A value in a query, a header or a cookie."""
    more = (
        (Field("reserved", Flag(), "Whether reserved characters stay.", default=False),)
        if place == "query"
        else ()
    )
    return Record(
        name,
        f"A value in a {place}, and how it is written (OpenAPI, parameter object).",
        (
            Field("value", Anything(), "The value: a template, or any JSON.", required=True),
            Field("style", Choice(styles), "How it is written.", default=styles[0]),
            _EXPLODE,
            *more,
        ),
    )


_PATH_VALUE = Record(
    "path value",
    "How a value in a path is written (OpenAPI, parameter object).",
    (
        Field("style", Choice(("simple", "label", "matrix", "json")), "How.", default="simple"),
        _EXPLODE,
    ),
)
_QUERY_VALUE = _value(
    "query value", "query", "form", "spaceDelimited", "pipeDelimited", "deepObject", "json"
)
_HEADER_VALUE = _value("header value", "header", "simple", "json")
_COOKIE_VALUE = _value("cookie value", "cookie", "form", "json")

_BODY_PART = Record(
    "body part",
    "How one member of a form is written (OpenAPI, encoding object).",
    (
        Field("media_type", SAID, "What it is.", examples=("image/png",)),
        Field("file", Flag(), "Whether it is a file, in base64.", default=False),
        Field(
            "style",
            Choice(("form", "spaceDelimited", "pipeDelimited", "deepObject", "json")),
            "How it is written.",
            default="form",
        ),
        _EXPLODE,
        Field("headers", MapOf(Text(), TOKEN), "Headers of the part."),
    ),
)
_PAGES = Record(
    "pages",
    "How further pages of a list are fetched; all of them become one answer.",
    (
        Field("link", Flag(), "By the `next` of the `Link` header (RFC 8288)."),
        Field("cursor", SAID, "By a value of each page, sent as this query parameter."),
        Field("at", _AT, "Where that value is in a page.", examples=("/next",)),
        Field("page", SAID, "By this query parameter, which counts pages from 1."),
        Field("offset", SAID, "By this query parameter, which counts items from 0."),
        Field("items", _AT, "Where the list is in each page.", examples=("/items",)),
        Field(
            "limit",
            Number(1, 10_000, whole=True),
            "How many pages are fetched at most; 10, if left out.",
        ),
    ),
    exclusive=(("link", "at"), ("page", "at"), ("offset", "at")),
    one_of=WAYS,
    needs=(("cursor", ("at",)),),
)

HTTP = Record(
    "HTTP call",
    "One HTTP request. `{name}` stands for a parameter, `{settings.name}` for a setting.",
    (
        BACKEND_NAME,
        *(
            Field(verb, SAID, f"{verb.upper()} this path, below the backend's URL.")
            for verb in VERBS
        ),
        Field(
            REQUEST,
            Text(_REQUEST),
            "Any other method and its path, below the backend's URL.",
            examples=("QUERY /pets",),
        ),
        Field("path", MapOf(_PATH_VALUE), "How values in the path are written, by placeholder."),
        Field("query", MapOf(Either(Scalar(), _QUERY_VALUE)), "The query parameters by name."),
        Field("headers", MapOf(Either(Scalar(), _HEADER_VALUE), TOKEN), "The headers by name."),
        Field("cookies", MapOf(Either(Scalar(), _COOKIE_VALUE), TOKEN), "The cookies by name."),
        Field(
            "body",
            Anything(),
            "What is sent: any JSON with templates in it; what the caller left out is left out.",
        ),
        Field(
            "as",
            SAID,
            "How the body is sent: `json`, `form`, `multipart`, `text`, `binary`, or as a media type.",
            default="json",
        ),
        Field("parts", MapOf(_BODY_PART), "How the members of a form are written, by name."),
        Field("auth", CREDENTIALS, "Instead of the backend's `use`; `[]` sends no credentials."),
        Field(
            "errors",
            MapOf(Text(ERROR_NAME), _STATUS),
            "The declared errors by status.",
            examples=({"404": "NotFound"},),
        ),
        Field(
            "answer",
            Choice(("json", "text", "bytes", "none")),
            "How the answer is read; by what the operation returns, if it is left out.",
        ),
        Field("at", _AT, "Where in the answer is what the operation returns.", examples=("/data",)),
        Field("pages", _PAGES, "How further pages are fetched."),
    ),
    one_of=(*VERBS, REQUEST),
    needs=(("as", ("body",)), ("parts", ("body",))),
)
