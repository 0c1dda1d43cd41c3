"""Which of several media types is taken, and how its values are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

from .documents import Documents, Located, Unresolved
from .reading import member, members, said

Kind: TypeAlias = Literal["json", "form", "multipart", "text", "binary"]

_ORDER: tuple[Kind, ...] = ("json", "form", "multipart", "text", "binary")
_TEXT = re.compile(
    r"text/.*|.*[/+](?:xml|yaml|x-yaml|csv|javascript|ecmascript|graphql|sql|x-ndjson|jsonl|json-seq|toml)"
)
_BINARY = re.compile(
    r"(?:image|audio|video|font|model)/.*|application/(?:octet-stream|pdf|zip|gzip|x-.*zip.*|x-tar|vnd\.(?:ms-|openxml).*)"
)
_SENT_AS_TEXT = re.compile(r"text/.+|application/(?:xml|yaml|javascript|graphql)|.+\+(?:xml|yaml)")
_TOKEN = r"[!#$%&'+.^_`|~A-Za-z0-9-]+"
_MEDIA_TYPE = re.compile(rf'{_TOKEN}/{_TOKEN}(?: *; *{_TOKEN}=(?:{_TOKEN}|"[ !#-\[\]-~]*"))*')
_SEQUENCE = re.compile(r"text/event-stream|.*[/+](?:x-ndjson|ndjson|jsonl|json-seq)")


OTHER_ANSWERS = "answers have other media types"
UNREAD_SCHEMAS = "schemas of what is no JSON are left out"
"""Kinds of losses that several places have."""


def bare(media_type: str) -> str:
    """A media type in small letters, without parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_sequence(media_type: str) -> bool:
    """Whether a body is one value after the other."""
    return _SEQUENCE.fullmatch(bare(media_type)) is not None


def kind_of(documents: Documents, media_type: str, content: Located) -> Kind:
    """How values of a media type are written; of one that nobody knows, its schema tells."""
    name = bare(media_type)
    if name in ("application/json", "text/json", "application/*", "*/*") or name.endswith("+json"):
        return "binary" if _is_binary(documents, content) else "json"
    if name == "application/x-www-form-urlencoded":
        return "form"
    if name.startswith("multipart/"):
        return "multipart"
    if _BINARY.fullmatch(name):
        return "binary"
    if _TEXT.fullmatch(name):
        return "text"
    schema = _schema(documents, content)
    if schema is None:
        return "binary"
    if said(schema.node, "type") == "string":
        return "binary" if said(schema.node, "format") == "binary" else "text"
    return "json"


def preferred(documents: Documents, content: Located) -> list[tuple[str, Kind, Located]]:
    """The media types of a body, the one that is taken first."""
    found: list[tuple[str, Kind, Located]] = [
        (name, kind_of(documents, name, content.at(node)), content.at(node))
        for name, (_, node) in members(content.node).items()
    ]
    return sorted(found, key=lambda one: (is_sequence(one[0]), *_rank(one)))


def _rank(found: tuple[str, Kind, Located]) -> tuple[int, bool, bool]:
    name, kind, _ = found
    # Only forms of several parts have names for them.
    if kind == "multipart" and bare(name) not in ("multipart/form-data", "multipart/*"):
        return len(_ORDER), True, True
    exact = bare(name) in ("application/json", "text/plain", "application/octet-stream")
    # JSON Patch is a list of changes; what else an API takes is the thing itself.
    return _ORDER.index(kind), "json-patch" in name, not exact


def _is_binary(documents: Documents, content: Located) -> bool:
    schema = _schema(documents, content)
    return schema is not None and said(schema.node, "format") == "binary"


def _schema(documents: Documents, content: Located) -> Located | None:
    schema = content.inner("schema")
    if schema is None:
        return None
    try:
        return documents.follow(schema)
    except Unresolved:
        return None


def is_text(media_type: str) -> bool:
    """Whether a body of a media type is sent as text; of any other that is no JSON and no form, bytes are."""
    return _SENT_AS_TEXT.fullmatch(bare(media_type)) is not None


def is_media_type(text: str) -> bool:
    """Whether a text is one media type, without wildcards (RFC 9110, 8.3.1)."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def listed(names: Iterable[str]) -> str:
    """Media types for a message."""
    return ", ".join(f"`{name}`" for name in names)


def schema_of(content: Located) -> Located | None:
    """The schema of a body, if it says one."""
    schema = member(content.node, "schema")
    return None if schema is None else content.at(schema)


def says_text(documents: Documents, schema: Located) -> bool:
    """Whether a schema says no more than that a value is text, or bytes."""
    try:
        node = documents.follow(schema).node
    except Unresolved:
        # Told elsewhere.
        return True
    return said(node, "type") == "string" or not members(node)
