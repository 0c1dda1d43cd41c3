"""Reads the members of mappings whose shape was checked, so that nothing here can go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..document import At, Node
from .durations import node_seconds
from .sizes import node_size


class Fields:
    """The keys of a checked mapping."""

    def __init__(self, node: Node) -> None:
        if not isinstance(node.value, Mapping):
            raise TypeError(f"not a mapping: {node.value!r}")
        self._members = node.value

    def node(self, key: str) -> Node | None:
        member = self._members.get(key)
        return None if member is None else member[1]

    def record(self, key: str) -> Fields | None:
        """The members of the mapping at `key`."""
        node = self.node(key)
        return Fields(node) if node is not None and isinstance(node.value, Mapping) else None

    def need_record(self, key: str) -> Fields:
        return Fields(self._members[key][1])

    def chosen(self, keys: tuple[str, ...]) -> tuple[At[str], Node]:
        """The one of `keys` that is there, and what stands behind it."""
        key = next(key for key in keys if key in self._members)
        return At(key, self.place(key).span), self._members[key][1]

    def members(self) -> Iterator[tuple[At[str], Node]]:
        """All members: names and what they stand for."""
        for name, (place, value) in self._members.items():
            yield At(name, place.span), value

    def text(self, key: str) -> At[str] | None:
        node = self.node(key)
        return None if node is None else text_of(node)

    def need(self, key: str) -> At[str]:
        return text_of(self._members[key][1])

    def flag(self, key: str) -> At[bool] | None:
        node = self.node(key)
        return None if node is None else At(node.value is True, node.span)

    def seconds(self, key: str) -> At[float] | None:
        node = self.node(key)
        return None if node is None else At(node_seconds(node), node.span)

    def size(self, key: str) -> At[int] | None:
        node = self.node(key)
        return None if node is None else At(node_size(node), node.span)

    def number(self, key: str) -> At[float] | None:
        node = self.node(key)
        if node is None or not isinstance(node.value, int | float):
            return None
        return At(node.value, node.span)

    def whole(self, key: str) -> At[int] | None:
        node = self.node(key)
        return (
            None if node is None or not isinstance(node.value, int) else At(node.value, node.span)
        )

    def items(self, key: str) -> tuple[Node, ...]:
        node = self.node(key)
        return node.value if node is not None and isinstance(node.value, tuple) else ()

    def texts(self, key: str) -> tuple[At[str], ...]:
        return tuple(text_of(item) for item in self.items(key))

    def wholes(self, key: str) -> tuple[At[int], ...]:
        return tuple(
            At(item.value, item.span) for item in self.items(key) if isinstance(item.value, int)
        )

    def entries(self, key: str) -> Iterator[tuple[At[str], Node]]:
        """The members of the mapping at `key`: names and what they stand for."""
        inner = self.record(key)
        return iter(()) if inner is None else inner.members()

    def place(self, key: str) -> Node:
        """The key itself."""
        return self._members[key][0]


def text_of(node: Node) -> At[str]:
    if not isinstance(node.value, str):
        raise TypeError(f"not a text: {node.value!r}")
    return At(node.value, node.span)


def without(node: Node, keys: tuple[str, ...]) -> Node:
    """The mapping less some of its members."""
    if not isinstance(node.value, Mapping):
        return node
    return Node({key: member for key, member in node.value.items() if key not in keys}, node.span)
