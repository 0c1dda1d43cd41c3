"""Resources: what is at an address, or at all addresses that fit a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ..ir.offers import Cache, CompletionSource, Resource, Variable
from ..ir.values import Output
from ..runtime.shared.uri_template import UriTemplate
from ..spec.document import At, GroupDecl
from ..spec.keywords import member, text_of
from ..spec.offers import CacheDecl, CompletionDecl, ResourceDecl, VariableDecl
from ..text.names import Name
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from .access import Policies
from .backends import Backends
from .bindings.offers import reader
from .bundle import alone, embed
from .cards import card, text
from .errors import Errors
from .library import Library

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")
_MIME_TYPES = {
    "text": "text/plain",
    "bytes": "application/octet-stream",
    "json": "application/json",
}
APP_MIME_TYPE = "text/html;profile=mcp-app"
"""What resources that show answers hold (extension `io.modelcontextprotocol/ui`)."""


class Resources:
    """What all resources share."""

    def __init__(
        self,
        library: Library,
        errors: Errors,
        policies: Policies,
        backends: Backends,
        report: Report,
    ) -> None:
        self._library = library
        self._errors = errors
        self._policies = policies
        self._backends = backends
        self._report = report
        self._taken: dict[str, At[str]] = {}

    def resource(self, group: GroupDecl, declared: ResourceDecl, key: str) -> Resource:
        """One resource; `key` is its name on the wire."""
        template = self._template(declared)
        content: Literal["text", "bytes", "json"] = "text"
        if declared.returns is not None:
            content = "json"
        elif declared.binary is not None and declared.binary.value:
            content = "bytes"
        mime = _MIME_TYPES[content]
        if declared.uri.value.startswith("ui://"):
            mime = APP_MIME_TYPE
        return Resource(
            name=Name.parse(declared.name.value),
            key=key,
            uri=declared.uri.value,
            variables=tuple(self._variables(declared, template)),
            card=card(declared.title, declared.description, declared.shown, group.tags),
            mime_type=text(declared.mime) or mime,
            content=content,
            output=self._output(declared),
            literal=text(declared.text),
            audience=tuple(one.value for one in declared.audience),
            priority=declared.priority.value if declared.priority else None,
            last_modified=text(declared.modified),
            size=declared.size.value if declared.size else None,
            subscribable=declared.subscribable is not None and declared.subscribable.value,
            cache=cache_hint(declared.cache),
            errors=self._errors.named(declared.errors),
            timeout=declared.timeout.value if declared.timeout else None,
            policies=self._policies.of_each(group.policy, declared.shown.policy),
            run=reader(declared, template, self._backends),
        )

    def _template(self, declared: ResourceDecl) -> UriTemplate | None:
        uri = declared.uri
        earlier = self._taken.setdefault(uri.value, uri)
        if earlier is not uri:
            message = f"two resources are at {quoted(uri.value)}"
            first = (Label(earlier.span, "the other one"),)
            self._report.add(Diagnostic("AM223", message, Label(uri.span), first))
        try:
            template = UriTemplate.parse(uri.value)
        except ValueError as error:
            message = f"{quoted(uri.value)} is no URI template: {error}"
            self._report.add(Diagnostic("AM222", message, Label(uri.span)))
            return None
        if not _SCHEME.match(uri.value):
            message = f"{quoted(uri.value)} has no scheme"
            hint = f"such as `docs://{declared.name.value}`"
            self._report.add(Diagnostic("AM222", message, Label(uri.span), help=hint))
        if template.variables and declared.text is not None:
            message = "a text that never changes cannot be at many addresses"
            self._report.add(Diagnostic("AM229", message, Label(declared.text.span)))
        return template

    def _variables(
        self, declared: ResourceDecl, template: UriTemplate | None
    ) -> Iterator[Variable]:
        said = {one.name.value: one for one in declared.variables}
        names = [one.name for one in template.variables] if template else list(said)
        for unknown in said.keys() - set(names):
            at = said[unknown].name
            message = f"the address has no variable {quoted(unknown)}"
            hint = did_you_mean(unknown, names)
            self._report.add(Diagnostic("AM222", message, Label(at.span), help=hint))
        exploded = (
            {one.name for one in template.variables if one.exploded} if template else set[str]()
        )
        for name in dict.fromkeys(names):
            yield self._variable(name, name in exploded, said.get(name))

    def _variable(self, name: str, exploded: bool, said: VariableDecl | None) -> Variable:
        if said is None:
            return Variable(name, True, exploded, None, None)
        bound = self._library.bind(said.schema, said.name.span)
        schema = alone(bound)
        published = self._library.publish(schema if isinstance(schema, dict) else {}, [bound])
        self._library.compile(published, [bound], said.name.span)
        bare = {key for key in published if key not in ("title", "description")}
        return Variable(
            key=name,
            schema=published if bare else True,
            exploded=exploded,
            description=text_of(member(said.schema, "description")),
            completion=completion(said.complete),
        )

    def _output(self, declared: ResourceDecl) -> Output | None:
        if declared.returns is None:
            return None
        at = declared.name.span
        bound = self._library.bind(declared.returns, at)
        schema = embed(bound)
        checked = self._library.publish(schema if isinstance(schema, dict) else {}, [bound])
        self._library.compile(checked, [bound], at)
        return Output(alone(bound), None, False, checked)


def cache_hint(declared: CacheDecl | None) -> Cache | None:
    """The hint in milliseconds."""
    if declared is None:
        return None
    public = declared.scope is not None and declared.scope.value == "public"
    return Cache(round(declared.ttl.value * 1000), "public" if public else "private")


def completion(declared: CompletionDecl | None) -> CompletionSource | None:
    """Where completions come from."""
    if declared is None:
        return None
    return "handler" if declared.values is None else tuple(one.value for one in declared.values)
