"""What the generated tests try of resources and prompts: requests, and what has to come of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from ...ir.model import Group, Service
from ...ir.offers import Prompt, Resource, Variable
from ...ir.values import ErrorType, Json
from ..cases import NoSample, sample
from ..cases.schemas import Root
from ..python.texts import shortest

Case = dict[str, Json]


def offer_errors(group: Group) -> Iterator[tuple[Case, ErrorType]]:
    """A request that makes a handler run, for each error that the handler declares."""
    for resource in group.resources:
        for error in resource.errors:
            yield {"of": resource.key, **_read(resource)}, error
    for prompt in group.prompts:
        for error in prompt.errors:
            yield {"of": prompt.key, **_fill(prompt)}, error


def said_by_the_spec(service: Service) -> Iterator[Json]:
    """Requests that no handler answers, with what the answer has to hold."""
    for resource in service.resources:
        if resource.literal is not None:
            request = _read(resource)
            content: Json = {"mimeType": resource.mime_type, "text": resource.literal}
            yield {"of": resource.key, **request, "result": {"contents": [content]}}
        for variable in resource.variables:
            if isinstance(variable.completion, tuple):
                of: Case = {"type": "ref/resource", "uri": resource.uri}
                yield _complete(resource.key, of, variable.key, variable.completion)
    for prompt in service.prompts:
        if prompt.messages:
            yield {"of": prompt.key, **_fill(prompt), "result": {"messages": _messages(prompt)}}
        for argument in prompt.arguments:
            if isinstance(argument.completion, tuple):
                of = {"type": "ref/prompt", "name": prompt.key}
                yield _complete(prompt.key, of, argument.key, argument.completion)


def unknown(service: Service) -> Iterator[Json]:
    """Requests for what is not there."""
    yield _unknown_name("tools/call", {one.tool for one in service.operations})
    if service.prompts:
        yield _unknown_name("prompts/get", {one.key for one in service.prompts})
    if service.resources and not any(one.uri.startswith("{") for one in service.resources):
        uri = "x-nowhere:"
        while any(one.uri.startswith(uri) for one in service.resources):
            uri = f"x-{uri}"
        yield {"method": "resources/read", "params": {"uri": uri}}


def _unknown_name(method: str, known: set[str]) -> Json:
    name = "nothing"
    while name in known:
        name += "_"
    return {"method": method, "params": {"name": name, "arguments": {}}}


def _read(resource: Resource) -> Case:
    values = {one.key: quote(_text(one), safe="") for one in resource.variables}
    return {"method": "resources/read", "params": {"uri": shortest(resource.uri, values)}}


def _fill(prompt: Prompt) -> Case:
    return {
        "method": "prompts/get",
        "params": {"name": prompt.key, "arguments": _arguments(prompt)},
    }


def _arguments(prompt: Prompt) -> Case:
    return {one.key: f"some {one.key}" for one in prompt.arguments if one.required}


def _complete(of: str, reference: Case, argument: str, values: tuple[str, ...]) -> Json:
    """Nothing typed yet, so all values come, the first hundred of them (MCP, completion)."""
    return {
        "of": f"{of} {argument}",
        "method": "completion/complete",
        "params": {"ref": reference, "argument": {"name": argument, "value": ""}},
        "result": {"completion": {"values": list(values[:100])}},
    }


def _messages(prompt: Prompt) -> list[Json]:
    """The messages of a prompt for `_arguments`."""
    given = _arguments(prompt)

    def value(found: re.Match[str]) -> str:
        return str(given.get(found[1], ""))

    return [
        {
            "role": one.role,
            "content": {
                "type": "text",
                "text": re.sub(r"\{([A-Za-z_][A-Za-z0-9_-]*)\}", value, one.text),
            },
        }
        for one in prompt.messages
    ]


def _text(variable: Variable) -> str:
    """A value of the variable."""
    if isinstance(variable.completion, tuple) and variable.completion:
        return variable.completion[0]
    if not isinstance(variable.schema, dict):
        return "a"
    schema: dict[str, Json] = {"type": "string", "minLength": 1, **variable.schema}
    try:
        value = sample(Root(schema), schema)
    except NoSample:
        return "a"
    return value if isinstance(value, str) else "a"
