"""Builds the declarations of resources, prompts, questions and policies from checked nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..document import At, Node
from ..offers import (
    AuthDecl,
    CacheDecl,
    CompletionDecl,
    IconDecl,
    PolicyDecl,
    PromptArgumentDecl,
    PromptDecl,
    PromptMessageDecl,
    QuestionDecl,
    ResourceDecl,
    ShownDecl,
    VariableDecl,
)
from .build_bindings import offered
from .fields import Fields, text_of, without
from .offers import TEMPLATE_VARIABLE


def resource(name: At[str], node: Node) -> ResourceDecl:
    fields = Fields(node)
    return ResourceDecl(
        name=name,
        span=node.span,
        uri=fields.need("uri"),
        wire_name=fields.text("wire_name"),
        title=fields.text("title"),
        description=fields.text("description"),
        mime=fields.text("mime"),
        text=fields.text("text"),
        binary=fields.flag("binary"),
        returns=fields.node("returns"),
        variables=tuple(_variable(*entry) for entry in fields.entries("variables")),
        subscribable=fields.flag("subscribable"),
        audience=fields.texts("audience"),
        priority=fields.number("priority"),
        modified=fields.text("modified"),
        size=fields.whole("size"),
        cache=next(caches(fields, ("cache",)), None),
        run=offered(fields, "uri"),
        shown=shown(fields),
        errors=fields.texts("errors"),
        timeout=fields.seconds("timeout"),
    )


def _variable(name: At[str], node: Node) -> VariableDecl:
    return VariableDecl(name, without(node, TEMPLATE_VARIABLE.keys), _completion(Fields(node)))


def prompt(name: At[str], node: Node) -> PromptDecl:
    fields = Fields(node)
    messages = tuple(_message(item) for item in fields.items("messages"))
    return PromptDecl(
        name=name,
        span=node.span,
        wire_name=fields.text("wire_name"),
        title=fields.text("title"),
        description=fields.text("description"),
        arguments=tuple(_argument(*entry) for entry in fields.entries("arguments")),
        messages=None if fields.node("messages") is None else messages,
        run=offered(fields, "prompt"),
        asks=fields.texts("asks"),
        shown=shown(fields),
        errors=fields.texts("errors"),
        timeout=fields.seconds("timeout"),
    )


def _argument(name: At[str], node: Node) -> PromptArgumentDecl:
    fields = Fields(node)
    return PromptArgumentDecl(
        name, fields.text("description"), fields.flag("optional"), _completion(fields)
    )


def _message(node: Node) -> PromptMessageDecl:
    fields = Fields(node)
    return PromptMessageDecl(fields.text("role"), fields.need("text"))


def _completion(fields: Fields) -> CompletionDecl | None:
    node = fields.node("complete")
    if node is None or node.value is False:
        return None
    values = tuple(map(text_of, node.value)) if isinstance(node.value, tuple) else None
    return CompletionDecl(node.span, values)


def question(name: At[str], node: Node) -> QuestionDecl:
    fields = Fields(node)
    return QuestionDecl(name, fields.need("message"), fields.node("form"), fields.text("url"))


def policy(name: At[str], node: Node) -> PolicyDecl:
    fields = Fields(node)
    allow, deny = fields.record("allow"), fields.record("deny")
    return PolicyDecl(
        name=name,
        scopes=fields.texts("scopes"),
        allow_clients=allow.texts("clients") if allow else (),
        allow_subjects=allow.texts("subjects") if allow else (),
        deny_clients=deny.texts("clients") if deny else (),
        deny_subjects=deny.texts("subjects") if deny else (),
    )


def restriction(fields: Fields) -> PolicyDecl | At[str] | None:
    """What stands behind `policy`: the name of one, or one without a name."""
    node = fields.node("policy")
    if node is None:
        return None
    if isinstance(node.value, Mapping):
        return policy(At("policy", fields.place("policy").span), node)
    return text_of(node)


def shown(fields: Fields) -> ShownDecl:
    return ShownDecl(icons(fields), fields.node("meta"), fields.texts("tags"), restriction(fields))


def icons(fields: Fields) -> tuple[IconDecl, ...]:
    return tuple(_icon(Fields(item)) for item in fields.items("icons"))


def _icon(fields: Fields) -> IconDecl:
    return IconDecl(
        fields.need("src"), fields.text("mime"), fields.texts("sizes"), fields.text("theme")
    )


def caches(fields: Fields, keys: tuple[str, ...]) -> Iterator[CacheDecl]:
    """The cache hints behind `keys`, where there are any."""
    for key in keys:
        hint = fields.record(key)
        ttl = hint.seconds("ttl") if hint else None
        if hint is not None and ttl is not None:
            yield CacheDecl(At(key, fields.place(key).span), ttl, hint.text("scope"))


def auth(node: Node) -> AuthDecl:
    fields = Fields(node)
    return AuthDecl(
        span=node.span,
        issuer=fields.text("issuer"),
        resource=fields.text("resource"),
        scopes=fields.texts("scopes"),
        documentation=fields.text("documentation"),
    )
