"""Bound resources, prompts and completions: what their methods do. Another MCP server answers them, or a function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ....ir.bindings import ProxyPrompt, ProxyRead, PythonCall
from ....ir.model import Group
from ....ir.offers import Prompt, Resource
from ....runtime.shared.uri_template import UriTemplate
from ...python.groups import completed
from ...python.handler import Handler
from ...python.models import Types
from ...python.text import quoted
from ...python.texts import TextParameter, arguments_of_prompt, variables_of
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Speaker:
    """Spells what the methods of one module do.

    Attributes:
        backends: The attribute of `self` that holds a backend, by its key.
    """

    backends: Mapping[str, str]
    types: Types
    scope: Scope

    def read(self, resource: Resource, run: ProxyRead | PythonCall, handler: Handler) -> str:
        """What reads a resource."""
        if isinstance(run, PythonCall):
            called = self.scope.use(f"._runtime.as_{run.sdk}.resource", f"read_as_{run.sdk}")
            given = [quoted(resource.uri), self._function(run), "variables", "context"]
            return f"return await {called}({', '.join(given)})"
        there = {one.name for one in UriTemplate.parse(run.uri).variables}
        known = zip(resource.variables, variables_of(resource), strict=True)
        given = [quoted(run.uri), "context"]
        named = [said for variable, said in known if variable.key in there]
        if named:
            given.append(_mapping(named))
        server = self._server(run)
        value = self.types.reads.get(resource.key)
        if value is None:
            return f"return await {server}.read({', '.join(given)})"
        kind = self.scope.kind(value, {name for name, _ in handler.parameters})
        return f"return await {server}.read_json({', '.join([kind, *given])})"

    def fill(self, prompt: Prompt, run: ProxyPrompt | PythonCall) -> str:
        """What fills a prompt in."""
        if isinstance(run, PythonCall):
            called = self.scope.use(f"._runtime.as_{run.sdk}.prompt", f"fill_as_{run.sdk}")
            given = [quoted(prompt.key), self._function(run), "arguments", "context"]
            required = [quoted(one.key) for one in prompt.arguments if one.required]
            if required:
                given.append(f"required=[{', '.join(required)}]")
            return f"return await {called}({', '.join(given)})"
        given = [quoted(run.prompt), "context"]
        arguments = arguments_of_prompt(prompt)
        if arguments:
            given.append(_mapping(arguments))
        return f"return await {self._server(run)}.prompt({', '.join(given)})"

    def complete(self, run: ProxyRead | ProxyPrompt, key: str) -> str:
        """What completes a variable of a template, or an argument of a prompt."""
        if isinstance(run, ProxyRead):
            method, of = "complete_variable", run.uri
        else:
            method, of = "complete_argument", run.prompt
        given = f"{quoted(of)}, {quoted(key)}, value, others, context"
        return f"return await {self._server(run)}.{method}({given})"

    def _function(self, run: PythonCall) -> str:
        first, *members = run.function.split(".")
        return ".".join((self.scope.use(run.module, first), *members))

    def _server(self, run: ProxyRead | ProxyPrompt) -> str:
        return f"self.{self.backends[run.backend]}"


def offer_bodies(group: Group, handlers: Iterator[Handler], speaker: Speaker) -> Iterator[str]:
    """The statement of each bound resource, prompt and completion, in the order of their handlers."""
    for resource in group.resources:
        if resource.run is not None:
            yield speaker.read(resource, resource.run, next(handlers))
    for prompt in group.prompts:
        if prompt.run is not None:
            yield speaker.fill(prompt, prompt.run)
    for one in completed(group):
        run = one.of.run
        if one.handled and isinstance(run, ProxyRead | ProxyPrompt):
            yield speaker.complete(run, one.key)


def _mapping(parameters: list[TextParameter] | tuple[TextParameter, ...]) -> str:
    return f"{{{', '.join(f'{one.key}: {one.name}' for one in parameters)}}}"
