"""What the shared schemas of a document are called in a spec."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ...spec.document import Node
from ...text.names import Name
from ...text.report import quoted
from .documents import Documents, Located
from .losses import Losses
from .reading import member, members
from .shared import Key, SharedSchemas
from .words import Taken, pascal

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_STRUCTURE = frozenset(
    [
        "$defs",
        "additionalProperties",
        "allOf",
        "anyOf",
        "components",
        "content",
        "definitions",
        "items",
        "oneOf",
        "parameters",
        "paths",
        "properties",
        "requestBodies",
        "requestBody",
        "responses",
        "schema",
        "schemas",
    ]
)
_OTHER = "Schema"


def schema_names(
    documents: Documents, shared: SharedSchemas, losses: Losses
) -> tuple[dict[Key, str], list[Key]]:
    """A name for every shared schema, and the schemas in the order in which a spec has them.

    Components keep their names and their order; what else is referred to comes behind. A schema that callers have to
    send otherwise than they get it is two.
    """
    components = _components(documents)
    met = shared.nodes()
    known = set(met)
    order = [node for node in components if node in known]
    order += [node for node in met if node not in components]
    tails = Counter(tail for name, _ in components.values() for tail in set(_tails(name)))
    apart = shared.apart()
    names: dict[Key, str] = {}
    taken = Taken(class_name, between="")
    kept: list[Key] = []
    for node in order:
        said, at = components.get(node) or (None, None)
        place = shared.place(node)
        wanted = _as_name(said, tails) if said is not None else _after(place)
        name = taken.claim(wanted)
        if said is not None and name != said:
            message = f"the schema {quoted(said)} is called `{name}`"
            losses.note("AM620", message, at, kind="schemas have names that no spec can have")
        for way in ("out", "in"):
            if (node, way) not in shared.drafts:
                continue
            if way == "in" and node in apart:
                name = taken.claim(f"{name}Input")
            if (node, way) == (node, "in") and (node, "out") in names and node not in apart:
                names[node, way] = names[node, "out"]
                continue
            names[node, way] = name
            kept.append((node, way))
    return names, kept


def _components(documents: Documents) -> dict[int, tuple[str, Node]]:
    root = documents.root.root
    holders = (member(root, "definitions"), member(member(root, "components"), "schemas"))
    return {
        id(node): (name, key) for holder in holders for name, (key, node) in members(holder).items()
    }


def _as_name(name: str, tails: Mapping[str, int]) -> str:
    """A name that a spec can have; of dotted ones, as many of the last parts as tell it from all others."""
    if _NAME.fullmatch(name):
        return name
    for tail in _tails(name):
        if tails[tail] == 1 and _NAME.fullmatch(tail):
            return tail
    return pascal(name) or _OTHER


def _tails(name: str) -> Iterator[str]:
    """`Pod`, `V1Pod`, `CoreV1Pod` ... for `io.k8s.api.core.v1.Pod`."""
    parts = name.split(".")
    for start in range(len(parts) - 1, -1, -1):
        yield "".join(map(pascal, parts[start:]))


def _after(place: Located) -> str:
    """A name for what is no component, after where it stands."""
    steps = [step for step in place.steps if step not in _STRUCTURE and not step.isdecimal()]
    last = place.steps[-2:-1]
    if last and last[0] in ("$defs", "definitions", "schemas"):
        steps = steps[-1:]
    if steps and len(place.steps) <= 3 and _NAME.fullmatch(steps[-1]):
        return steps[-1]
    found = "".join(filter(None, map(pascal, steps[-3:])))
    return found if _NAME.fullmatch(found) else _OTHER


def class_name(name: str) -> str:
    """What a class is called that is made of a schema, or of an error."""
    return Name.parse(name).pascal
