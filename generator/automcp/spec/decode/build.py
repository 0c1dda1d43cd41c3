"""Builds a document from nodes whose shape was checked, so that nothing here can go wrong."""

from __future__ import annotations

from collections.abc import Mapping

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
    ServerDecl,
    SettingDecl,
)
from ..load import Loaded
from . import build_offers as offers
from .build_backends import backend
from .build_bindings import run
from .fields import Fields, without
from .format import CACHES, PARAMETER, SETTING


def build(loaded: Loaded) -> Document:
    """The document of a spec that `check_spec` and `check_part` found nothing wrong with."""
    root = loaded.files[loaded.root]
    head = Fields(root)
    auth, hints = head.node("auth"), head.record("cache")
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
        server=_server(head.record("server")),
        icons=offers.icons(head),
        auth=None if auth is None else offers.auth(auth),
        health=head.text("health"),
        state_key=head.text("state_key"),
        caches=() if hints is None else tuple(offers.caches(hints, CACHES.keys)),
        page_size=head.whole("page_size"),
        extensions=tuple(head.entries("extensions")),
        declared=_declarations(head),
        included=tuple(_declarations(Fields(loaded.files[name])) for name in loaded.included),
        files=loaded.files,
    )


def _server(fields: Fields | None) -> ServerDecl | None:
    if fields is None:
        return None
    return ServerDecl(
        sdk=fields.need("as"),
        name=fields.text("name"),
        version=fields.text("version"),
        unknown=fields.text("unknown"),
    )


def _declarations(fields: Fields) -> Declarations:
    return Declarations(
        settings=tuple(_setting(name, node) for name, node in fields.entries("settings")),
        backends=tuple(backend(*entry) for entry in fields.entries("backends")),
        errors=tuple(_error(name, node) for name, node in fields.entries("errors")),
        schemas=tuple(SchemaDecl(name, node) for name, node in fields.entries("schemas")),
        questions=tuple(offers.question(*entry) for entry in fields.entries("questions")),
        policies=tuple(offers.policy(*entry) for entry in fields.entries("policies")),
        groups=tuple(_group(name, node) for name, node in fields.entries("groups")),
    )


def _setting(name: At[str], node: Node) -> SettingDecl:
    fields = Fields(node)
    return SettingDecl(
        name=name,
        schema=without(node, SETTING.keys),
        env=fields.text("env"),
        secret=fields.flag("secret"),
        optional=fields.flag("optional"),
    )


def _error(name: At[str], node: Node) -> ErrorDecl:
    fields = Fields(node)
    return ErrorDecl(
        name=name,
        description=fields.need("description"),
        data=fields.node("data"),
        retryable=fields.flag("retryable"),
    )


def _group(name: At[str], node: Node) -> GroupDecl:
    fields = Fields(node)
    return GroupDecl(
        name=name,
        title=fields.text("title"),
        description=fields.text("description"),
        tags=fields.texts("tags"),
        policy=offers.restriction(fields),
        operations=tuple(_operation(*entry) for entry in fields.entries("operations")),
        resources=tuple(offers.resource(*entry) for entry in fields.entries("resources")),
        prompts=tuple(offers.prompt(*entry) for entry in fields.entries("prompts")),
    )


def _operation(name: At[str], node: Node) -> OperationDecl:
    fields = Fields(node)
    params = tuple(_param(*entry) for entry in fields.entries("params"))
    bound = fields.node("run")
    return OperationDecl(
        name=name,
        span=node.span,
        wire_name=fields.text("wire_name"),
        title=fields.text("title"),
        description=fields.text("description"),
        params=None if fields.node("params") is None else params,
        input=fields.node("input"),
        keywords=fields.flag("keywords"),
        returns=fields.node("returns"),
        structured=fields.flag("structured"),
        effect=fields.text("effect"),
        idempotent=fields.flag("idempotent"),
        open_world=fields.flag("open_world"),
        annotations=fields.node("annotations"),
        run=None if bound is None else run(bound),
        errors=fields.texts("errors"),
        timeout=fields.seconds("timeout"),
        uses=fields.texts("uses"),
        content=fields.texts("content"),
        asks=fields.texts("asks"),
        needs=fields.texts("needs"),
        task=fields.text("task"),
        ui=fields.text("ui"),
        shown=offers.shown(fields),
        examples=tuple(map(_example, fields.items("examples"))),
    )


def _param(name: At[str], node: Node) -> ParamDecl:
    if isinstance(node.value, bool):
        return ParamDecl(name, node, None)
    fields = Fields(node)
    schema = without(node, PARAMETER.keys)
    return ParamDecl(name, schema, fields.flag("optional"), fields.text("header"))


def _example(node: Node) -> ExampleDecl:
    fields = Fields(node)
    error = fields.node("error")
    raised = Fields(error) if error is not None and isinstance(error.value, Mapping) else None
    return ExampleDecl(
        span=node.span,
        name=fields.need("name"),
        description=fields.text("description"),
        params=fields.node("params"),
        returns=fields.node("returns"),
        error=fields.text("error") if raised is None else raised.need("name"),
        error_data=None if raised is None else raised.node("data"),
    )
