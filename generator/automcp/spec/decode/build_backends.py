"""Builds the declarations of what bound operations use from checked nodes."""

from __future__ import annotations

from collections.abc import Iterator

from ..backends import (
    Alternatives,
    BackendDecl,
    FilesBackendDecl,
    HttpBackendDecl,
    McpBackendDecl,
    SchemeDecl,
    SqlBackendDecl,
    Texts,
)
from ..document import At, Node
from .fields import Fields, text_of


def backend(name: At[str], node: Node) -> BackendDecl:
    fields = Fields(node)
    return BackendDecl(name, fields.text("description"), _kind(fields))


def _kind(
    fields: Fields,
) -> HttpBackendDecl | SqlBackendDecl | FilesBackendDecl | McpBackendDecl:
    if (http := fields.record("http")) is not None:
        return _http(http)
    if (sql := fields.record("sql")) is not None:
        return SqlBackendDecl(sql.need("url"))
    if (files := fields.record("files")) is not None:
        return FilesBackendDecl(files.need("root"))
    mcp = fields.need_record("mcp")
    command = None if mcp.node("command") is None else mcp.texts("command")
    return McpBackendDecl(
        command=command,
        environment=texts(mcp, "env"),
        folder=mcp.text("cwd"),
        url=mcp.text("url"),
        headers=texts(mcp, "headers"),
    )


def _http(fields: Fields) -> HttpBackendDecl:
    return HttpBackendDecl(
        url=fields.need("url"),
        auth=tuple(_scheme(*entry) for entry in fields.entries("auth")),
        use=alternatives(fields, "use"),
        headers=texts(fields, "headers"),
        timeout=fields.seconds("timeout"),
        retries=fields.whole("retries"),
    )


def _scheme(name: At[str], node: Node) -> SchemeDecl:
    fields = Fields(node)
    inner = fields.record("basic") or fields.record("oauth")
    parts = (*_members(fields), *(_members(inner) if inner else ()))
    return SchemeDecl(name, parts, inner.texts("scopes") if inner else ())


def _members(fields: Fields) -> Iterator[tuple[At[str], At[str]]]:
    for name, value in fields.members():
        if isinstance(value.value, str):
            yield name, text_of(value)


def texts(fields: Fields, key: str) -> Texts:
    """The texts in the mapping at `key`, by name."""
    return tuple((name, text_of(value)) for name, value in fields.entries(key))


def alternatives(fields: Fields, key: str) -> Alternatives | None:
    """The list at `key`: names, or lists of names that count together."""
    if fields.node(key) is None:
        return None
    return tuple(
        tuple(map(text_of, item.value)) if isinstance(item.value, tuple) else (text_of(item),)
        for item in fields.items(key)
    )
