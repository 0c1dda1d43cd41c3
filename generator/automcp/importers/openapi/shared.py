"""The schemas that a description shares, each lowered once for what callers send and once for what they get."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ...spec.keywords import IN_PLACE_LIST, IN_PLACE_MAP, IN_PLACE_ONE
from .documents import Located
from .losses import Losses
from .reading import Json, is_list, is_object

Way: TypeAlias = Literal["in", "out"]
"""Whether callers send a value, or get it: `readOnly` and `writeOnly` make a difference."""

Lower: TypeAlias = Callable[[Located, Way, str], Json]
Key: TypeAlias = tuple[int, Way]


@dataclass(frozen=True, slots=True)
class Mention:
    """Stands behind `$ref` until all names are known."""

    key: Key


@dataclass(slots=True)
class SharedSchemas:
    """Collects the schemas that something refers to.

    Attributes:
        drafts: As they will read but for their references, in the order in which they were met.
    """

    losses: Losses
    drafts: dict[Key, Json] = field(default_factory=dict[Key, Json])
    _places: dict[int, Located] = field(default_factory=dict[int, Located])
    _waiting: deque[Key] = field(default_factory=deque[Key])
    _known: set[Key] = field(default_factory=set[Key])

    def mention(self, target: Located, way: Way) -> Mention:
        """Refer to a schema, which is lowered later, so that nothing recurses."""
        key = (id(target.node), way)
        if key not in self._known:
            self._known.add(key)
            self._waiting.append(key)
            self._places.setdefault(id(target.node), target)
        return Mention(key)

    def finish(self, lower: Lower) -> None:
        """Lower what was mentioned, and what that mentions in its turn."""
        while self._waiting:
            key = self._waiting.popleft()
            place = self._places[key[0]]
            self.drafts[key] = lower(place, key[1], place.name)
        self._cut_loops()

    def place(self, node: int) -> Located:
        """Where a schema stands, by the identity of its node."""
        return self._places[node]

    def nodes(self) -> list[int]:
        """The identities of all schemas, in the order in which they were met."""
        return list(dict.fromkeys(node for node, _ in self.drafts))

    def apart(self) -> frozenset[int]:
        """The schemas that mean one thing for those who send them, and another for those who get them."""
        both = [node for node, way in self.drafts if way == "in" and (node, "out") in self.drafts]
        found = {node for node in both if self._spelt(node, "in") != self._spelt(node, "out")}
        users: dict[int, set[int]] = {}
        for node in both:
            for mentioned in mentions(self.drafts[node, "in"]):
                users.setdefault(mentioned.key[0], set()).add(node)
        waiting = list(found)
        while waiting:
            for user in users.get(waiting.pop(), ()):
                if user not in found:
                    found.add(user)
                    waiting.append(user)
        return frozenset(found)

    def _spelt(self, node: int, way: Way) -> str:
        return json.dumps(self.drafts[node, way], default=lambda mention: mention.key[0])

    def _cut_loops(self) -> None:
        """Take out references that lead back to themselves at the same value: they mean nothing.

        Source: JSON Schema 2020-12 core, 9.4.1.
        """
        done: set[Key] = set()
        for start in list(self.drafts):
            trail: dict[Key, Iterator[Json]] = {}
            if start not in done:
                trail[start] = _at_same_value(self.drafts[start])
            while trail:
                key = next(reversed(trail))
                holder = next(trail[key], None)
                if holder is None:
                    done.add(key)
                    trail.pop(key)
                    continue
                target = holder["$ref"].key
                if target in trail:
                    del holder["$ref"]
                    at = self._places[key[0]].node
                    message = "a reference that only leads back to itself is taken for anything"
                    self.losses.warn("AM613", message, at)
                elif target not in done:
                    trail[target] = _at_same_value(self.drafts[target])


def _at_same_value(draft: Json) -> Iterator[Json]:
    """The parts of a schema that hold a `$ref` and see the same value as it."""
    waiting = [draft]
    while waiting:
        part = waiting.pop()
        if not is_object(part):
            continue
        if isinstance(part.get("$ref"), Mention):
            yield part
        for keyword, value in part.items():
            if keyword in IN_PLACE_ONE:
                waiting.append(value)
            elif keyword in IN_PLACE_LIST:
                waiting.extend(value)
            elif keyword in IN_PLACE_MAP:
                waiting.extend(value.values())


def mentions(draft: Json) -> Iterator[Mention]:
    """The shared schemas that a draft refers to."""
    waiting = [draft]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mention):
            yield part
        elif is_list(part):
            waiting.extend(part)
        elif is_object(part):
            waiting.extend(part.values())


def named(draft: Json, names: Mapping[Key, str]) -> Json:
    """A draft with its references as a spec writes them."""
    if isinstance(draft, Mention):
        return f"#/schemas/{names[draft.key]}"
    if is_list(draft):
        return [named(item, names) for item in draft]
    if is_object(draft):
        return {key: named(value, names) for key, value in draft.items()}
    return draft
