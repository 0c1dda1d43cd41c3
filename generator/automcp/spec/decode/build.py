"""Builds a document from nodes whose shape was checked, so that nothing here can go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..document import (
    At,
    Declarations,
    Document,
    ErrorDecl,
    ExampleDecl,
    GroupDecl,
    Node,
    OperationDecl,
    ParamDecl,
    SchemaDecl,
    SettingDecl,
)
from ..load import Loaded
from .durations import node_seconds
from .format import PARAMETER, SETTING


def build(loaded: Loaded) -> Document:
    """The document of a spec that `check_spec` and `check_part` found nothing wrong with."""
    root = loaded.files[loaded.root]
    head = _Fields(root)
    return Document(
        source=loaded.root,
        span=root.span,
        name=head.need("name"),
        version=head.need("version"),
        title=head.text("title"),
        description=head.text("description"),
        instructions=head.text("instructions"),
        website=head.text("website"),
        naming=head.text("naming"),
        lifespan=head.flag("lifespan"),
        declared=_declarations(head),
        included=tuple(_declarations(_Fields(loaded.files[name])) for name in loaded.included),
        files=loaded.files,
    )


class _Fields:
    """The keys of a checked mapping."""

    def __init__(self, node: Node) -> None:
        if not isinstance(node.value, Mapping):
            raise TypeError(f"not a mapping: {node.value!r}")
        self._members = node.value

    def node(self, key: str) -> Node | None:
        member = self._members.get(key)
        return None if member is None else member[1]

    def text(self, key: str) -> At[str] | None:
        node = self.node(key)
        return None if node is None else _text(node)

    def need(self, key: str) -> At[str]:
        return _text(self._members[key][1])

    def flag(self, key: str) -> At[bool] | None:
        node = self.node(key)
        return None if node is None else At(node.value is True, node.span)

    def items(self, key: str) -> tuple[Node, ...]:
        node = self.node(key)
        return node.value if node is not None and isinstance(node.value, tuple) else ()

    def texts(self, key: str) -> tuple[At[str], ...]:
        return tuple(_text(item) for item in self.items(key))

    def entries(self, key: str) -> Iterator[tuple[At[str], Node]]:
        """The members of the mapping at `key`: names and what they stand for."""
        node = self.node(key)
        if node is not None and isinstance(node.value, Mapping):
            for name, (place, value) in node.value.items():
                yield At(name, place.span), value


def _text(node: Node) -> At[str]:
    if not isinstance(node.value, str):
        raise TypeError(f"not a text: {node.value!r}")
    return At(node.value, node.span)


def _declarations(fields: _Fields) -> Declarations:
    return Declarations(
        settings=tuple(_setting(name, node) for name, node in fields.entries("settings")),
        errors=tuple(_error(name, node) for name, node in fields.entries("errors")),
        schemas=tuple(SchemaDecl(name, node) for name, node in fields.entries("schemas")),
        groups=tuple(_group(name, node) for name, node in fields.entries("groups")),
    )


def _setting(name: At[str], node: Node) -> SettingDecl:
    fields = _Fields(node)
    return SettingDecl(
        name=name,
        schema=_without(node, SETTING.keys),
        env=fields.text("env"),
        secret=fields.flag("secret"),
        optional=fields.flag("optional"),
    )


def _error(name: At[str], node: Node) -> ErrorDecl:
    fields = _Fields(node)
    return ErrorDecl(
        name=name,
        description=fields.need("description"),
        data=fields.node("data"),
        retryable=fields.flag("retryable"),
    )


def _group(name: At[str], node: Node) -> GroupDecl:
    fields = _Fields(node)
    return GroupDecl(
        name=name,
        title=fields.text("title"),
        description=fields.text("description"),
        operations=tuple(_operation(*entry) for entry in fields.entries("operations")),
    )


def _operation(name: At[str], node: Node) -> OperationDecl:
    fields = _Fields(node)
    params = tuple(_param(*entry) for entry in fields.entries("params"))
    timeout = fields.node("timeout")
    return OperationDecl(
        name=name,
        span=node.span,
        title=fields.text("title"),
        description=fields.text("description"),
        params=None if fields.node("params") is None else params,
        input=fields.node("input"),
        returns=fields.node("returns"),
        structured=fields.flag("structured"),
        effect=fields.text("effect"),
        idempotent=fields.flag("idempotent"),
        open_world=fields.flag("open_world"),
        errors=fields.texts("errors"),
        timeout=None if timeout is None else At(node_seconds(timeout), timeout.span),
        uses=fields.texts("uses"),
        examples=tuple(map(_example, fields.items("examples"))),
    )


def _param(name: At[str], node: Node) -> ParamDecl:
    if isinstance(node.value, bool):
        return ParamDecl(name, node, None)
    return ParamDecl(name, _without(node, PARAMETER.keys), _Fields(node).flag("optional"))


def _example(node: Node) -> ExampleDecl:
    fields = _Fields(node)
    error = fields.node("error")
    raised = _Fields(error) if error is not None and isinstance(error.value, Mapping) else None
    return ExampleDecl(
        span=node.span,
        name=fields.need("name"),
        description=fields.text("description"),
        params=fields.node("params"),
        returns=fields.node("returns"),
        error=fields.text("error") if raised is None else raised.need("name"),
        error_data=None if raised is None else raised.node("data"),
    )


def _without(node: Node, keys: tuple[str, ...]) -> Node:
    if not isinstance(node.value, Mapping):
        return node
    return Node({key: member for key, member in node.value.items() if key not in keys}, node.span)
