"""Writes down functions that were tools as a spec: what was listed of them word for word, and that they are called as before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from ...importers.server.compose import effect_of
from ...importers.server.naming import Placed, laid_out
from ...importers.server.offers import prompt, resource, shown
from ...importers.server.schemas import Shared, parameters, takes_keywords, unwrapped
from ...spec.dump import dump
from ..freeing import Identity
from ..modernise import KEYS, Plain, PlainOffer

Spec: TypeAlias = "dict[str, Any]"

_CONTENT = ["text", "image", "audio", "resource", "link"]
"""Nobody knows what a tool without an output schema answers with: anything may come."""

_PARTS = {"tools": "operations", "resources": "resources", "prompts": "prompts"}

_HEAD = """\
# What of this server is plain functions. What callers see stands here: after a change, `automcp generate`.
# `as: {sdk}` calls a function as that SDK did. Without it, arguments and answers of tools are checked by the schemas,
# plain functions run in worker threads, and callers are told of declared errors alone.
"""

_HEAD_ALONE = """\
# What this server offers. What callers see stands here: after a change, `automcp generate`.
# `server: {{as: {sdk}}}`: callers see what they saw of that SDK, and functions are called as it called them. With
# `run: {{python: {{call: ..., as: automcp}}}}`, arguments and answers of a tool are checked by the schemas, a plain function
# runs in a worker thread, and callers are told of declared errors alone.
"""

_EFFECTS = """\
# `effect: destroys` is what a tool counts as that said nothing of its effect: clients do not repeat it. `annotations`
# are published word for word (`{}`: none, as before), whatever `effect` says. Where you know better, say so in both.
"""


def specification(
    plain: Sequence[Plain],
    name: str,
    version: str,
    offers: Sequence[PlainOffer] = (),
    known: Identity | None = None,
) -> str:
    """The text of the spec.

    Args:
        name: What the service is called in it.
        known: As what callers know the server, where no adapter stands for its SDK.
    """
    tools = [one.tool for one in plain]
    resources = [one for one in offers if one.kind != "prompts"]
    prompts = [one for one in offers if one.kind == "prompts"]
    named = {
        "tools": [one.name for one in plain],
        "resources": [str(one.listed["name"]) for one in resources],
        "prompts": [one.name for one in prompts],
    }
    layout = laid_out(named, name, together=("resources", "prompts"))
    documents = [
        tool[key] for tool in tools for key in ("inputSchema", "outputSchema") if tool.get(key)
    ]
    shared = Shared.of(documents)
    spec: Spec = {"automcp": 1, "name": name, "version": version, **_of_server(known, name)}
    if layout.naming is not None:
        spec["naming"] = layout.naming
    if shared.schemas:
        spec["schemas"] = dict(shared.schemas)
    groups: dict[str, Spec] = {}
    for part, written in (
        ("tools", [_operation(one, shared, known) for one in plain]),
        ("resources", list(map(_resource, resources))),
        ("prompts", list(map(_prompt, prompts))),
    ):
        for placed, one in zip(layout.placed[part], written, strict=True):
            group = groups.setdefault(placed.group, {"description": _about(placed, name)})
            own: Spec = {"wire_name": placed.wire} if placed.told else {}
            group.setdefault(_PARTS[part], {})[placed.name] = {**own, **one}
    flavour = (*(one.flavour for one in plain), *(one.flavour for one in offers))[0]
    head = (_HEAD if known is None else _HEAD_ALONE).format(sdk=flavour) + _EFFECTS
    return head + "\n" + dump({**spec, "groups": groups})


def _of_server(known: Identity | None, name: str) -> Spec:
    """What a spec says of a server that stands alone."""
    if known is None:
        return {}
    said: Spec = {} if known.instructions is None else {"instructions": known.instructions}
    server: Spec = {"as": known.sdk}
    if known.name != name:
        server["name"] = known.name
    if known.version is not None:
        server["version"] = known.version
    if known.unknown is not None:
        server["unknown"] = known.unknown
    return {**said, "server": server}


def _about(placed: Placed, name: str) -> str:
    return (
        f"What {name} offers."
        if placed.group == name
        else f"What {name} offers as `{placed.group}`."
    )


def _resource(one: PlainOffer) -> Spec:
    address = {"uri": one.listed[KEYS[one.kind]]}
    return _bound(one, resource({**one.listed, **address}, None))


def _prompt(one: PlainOffer) -> Spec:
    return _bound(one, prompt(dict(one.listed), None))


def _bound(one: PlainOffer, said: Spec) -> Spec:
    """What is said of a prompt or resource, and its function; a text that is empty is listed, too."""
    empty = {"description": ""} if one.listed.get("description") == "" else {}
    return {**said, **empty, "run": {"python": {"call": one.function, "as": one.flavour}}}


def _operation(one: Plain, shared: Shared, known: Identity | None) -> Spec:
    tool = one.tool
    hints = cast("Mapping[str, Any]", tool.get("annotations") or {})
    said: Spec = {}
    for member in ("title", "description"):
        if tool.get(member) is not None:
            said[member] = tool[member]
    schema = shared.moved(tool["inputSchema"])
    # Parameters publish what is required only if anything is.
    params = parameters(schema) if schema.get("required") != [] else None
    if params is None:
        said["input"] = schema
        if takes_keywords(schema):
            said["keywords"] = True
    elif params:
        said["params"] = params
    if tool.get("outputSchema"):
        said["returns"] = unwrapped(shared.moved(tool["outputSchema"]), shared.schemas)
    else:
        said["content"] = _CONTENT
    said |= effect_of(dict(hints))
    said["annotations"] = dict(hints)
    said |= shown(dict(tool))
    run = one.function if known else {"call": one.function, "as": one.flavour}
    return {**said, "run": {"python": run}}
