"""What a service advertises, as the JSON of `surface.json`: everything exactly as it is on the wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from ..ir.model import Service
from ..ir.offers import CompletionSource, Policy, Prompt
from ..ir.values import Json
from ..runtime.shared.definitions import Definitions, with_schemas
from .printing import printed
from .shared_work import SharedWork
from .surface_resources import resource, template
from .surface_tools import TASKS, UI, needed, tool
from .wire import given, icons, meta, shown


def surface(service: Service) -> dict[str, Json]:
    """The document that a package's runtime reads; what a service has nothing of is no member.

    `outputs` holds the schemas that answers are checked against though no tool publishes them;
    `wrapped` names the tools whose answer the wire carries as `{"result": ...}`.
    """
    outputs = {one.tool: one.output for one in service.operations if one.output is not None}
    return {
        "server": _identity(service),
        "tools": [tool(operation) for operation in service.operations],
        "outputs": {
            name: output.checked for name, output in outputs.items() if output.published is None
        },
        "wrapped": [name for name, output in outputs.items() if output.wrapped],
        **{name: value for name, value in _more(service) if value},
    }


# Servers and clients hold the same text, and large ones take long to print.
@SharedWork
def surface_text(service: Service) -> str:
    """The content of `surface.json`."""
    return printed(shared(service, surface(service)))


def shared(service: Service, document: dict[str, Json]) -> dict[str, Json]:
    """The same surface with every named schema written down once, instead of wherever it is mentioned."""
    definitions = Definitions({one.key: one.schema for one in service.schemas})
    moved: set[str] = set()

    def less(schema: dict[str, Json]) -> dict[str, Json]:
        smaller = definitions.without(schema)
        moved.update(_defined(schema) - _defined(smaller))
        return smaller

    smaller = with_schemas(document, less)
    if not moved:
        return document
    used: dict[str, Json] = {one.key: one.schema for one in service.schemas if one.key in moved}
    return {"definitions": used, **smaller}


def _defined(schema: dict[str, Json]) -> set[str]:
    own = schema.get("$defs")
    return set(own) if isinstance(own, dict) else set()


def _identity(service: Service) -> Json:
    return given(
        name=(service.known_as and service.known_as.name) or service.key,
        version=service.version,
        title=service.title,
        description=service.description,
        instructions=service.instructions,
        website=service.website,
        icons=icons(service.icons) or None,
    )


def _more(service: Service) -> Iterator[tuple[str, Json]]:
    """What only some services have."""
    operations, prompts = service.operations, service.prompts
    yield "content", {one.tool: list(one.content) for one in operations if one.content}
    yield "needs", {one.tool: needed(one) for one in operations if one.needs}
    yield "tasks", {one.tool: one.task for one in operations if one.task != "forbidden"}
    yield "resources", [resource(one) for one in service.resources if not one.variables]
    yield "templates", [template(one) for one in service.resources if one.variables]
    yield "literals", {one.uri: one.literal for one in service.resources if one.literal is not None}
    yield "reads", {one.uri: one.output.checked for one in service.resources if one.output}
    yield "variables", _variables(service)
    yield "subscribable", [one.uri for one in service.resources if one.subscribable]
    yield "prompts", [_prompt(one) for one in prompts]
    yield (
        "messages",
        {
            one.key: [{"role": said.role, "text": said.text} for said in one.messages]
            for one in prompts
            if one.messages
        },
    )
    yield "completions", _completions(service)
    yield (
        "questions",
        {
            one.key: given(message=one.message, form=one.form, url=one.url)
            for one in service.questions
        },
    )
    yield "policies", _policies(service)
    yield "caches", _caches(service)
    yield "pageSize", service.page_size
    yield "health", service.health
    yield "extensions", _extensions(service)


def _variables(service: Service) -> Json:
    found: dict[str, Json] = {}
    for one in service.resources:
        limits = {each.key: each.schema for each in one.variables if isinstance(each.schema, dict)}
        if limits:
            found[one.uri] = cast("Json", limits)
    return found


def _prompt(one: Prompt) -> Json:
    arguments: list[Json] = [
        given(name=each.key, description=each.description, required=each.required)
        for each in one.arguments
    ]
    return given(name=one.key, **shown(one.card), arguments=arguments or None, _meta=meta(one.card))


def _completions(service: Service) -> Json:
    prompts = {
        one.key: _sources({each.key: each.completion for each in one.arguments})
        for one in service.prompts
    }
    resources = {
        one.uri: _sources({each.key: each.completion for each in one.variables})
        for one in service.resources
    }
    sections = {"prompts": _kept(prompts), "resources": _kept(resources)}
    return _kept(sections)


def _sources(sources: dict[str, CompletionSource | None]) -> dict[str, Json]:
    return {
        key: True if source == "handler" else list(source)
        for key, source in sources.items()
        if source is not None
    }


def _policies(service: Service) -> Json:
    tools = {one.tool: _policy_list(one.policies) for one in service.operations}
    resources = {one.uri: _policy_list(one.policies) for one in service.resources}
    prompts = {one.key: _policy_list(one.policies) for one in service.prompts}
    sections = {"tools": _kept(tools), "resources": _kept(resources), "prompts": _kept(prompts)}
    return _kept(sections)


def _policy_list(policies: tuple[Policy, ...]) -> list[Json]:
    return [
        _kept(
            {
                "scopes": list(one.scopes),
                "allowClients": list(one.allow_clients),
                "denyClients": list(one.deny_clients),
                "allowSubjects": list(one.allow_subjects),
                "denySubjects": list(one.deny_subjects),
            }
        )
        for one in policies
    ]


def _caches(service: Service) -> Json:
    found: dict[str, Json] = {
        method: {"ttlMs": hint.ttl, "cacheScope": hint.scope}
        for method, hint in service.caches.items()
    }
    resources: dict[str, Json] = {
        one.uri: {"ttlMs": one.cache.ttl, "cacheScope": one.cache.scope}
        for one in service.resources
        if one.cache is not None
    }
    return {**found, "resources": resources} if resources else found


def _extensions(service: Service) -> Json:
    used: dict[str, Json] = {}
    if any(one.task != "forbidden" for one in service.operations):
        used[TASKS] = {}
    if any(one.ui is not None for one in service.operations):
        used[UI] = {}
    return {**used, **{key: dict(said) for key, said in service.extensions.items()}}


def _kept(members: dict[str, Any]) -> dict[str, Json]:
    return {key: one for key, one in members.items() if one}
