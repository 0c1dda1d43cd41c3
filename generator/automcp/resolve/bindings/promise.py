"""What an operation promises to answer, and whether what it is bound to can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...ir.model import Effect
from ...ir.values import JsonSchema, Output
from ...spec.document import At, OperationDecl
from ...text.report import Label, quoted
from ...text.source import Span
from ..kinds import ALL, SCALARS
from ..templates import Shared

_NULL = frozenset(["null"])


@dataclass(frozen=True, slots=True)
class Promise:
    """What an operation answers.

    Attributes:
        kinds: The kinds of JSON that it returns, beside `null`; `None` if it returns nothing.
        items: The kinds that the items have, if what it returns is a list.
        content: The kinds of content blocks.
        place: Where the operation says so, or its name.
        effect_place: Where it says its effect, or its name.
        schema: Of what it returns; `None` if it returns nothing.
    """

    kinds: frozenset[str] | None
    items: frozenset[str]
    content: tuple[str, ...]
    effect: Effect
    place: Span
    effect_place: Span
    shared: Shared
    schema: JsonSchema | None = None

    @classmethod
    def of(
        cls, declared: OperationDecl, given: Output | None, effect: Effect, shared: Shared
    ) -> Promise:
        """What an operation with this output answers."""
        return cls(
            kinds=None if given is None else shared.kinds.of(given.schema) - _NULL,
            items=ALL if given is None else shared.kinds.of_items(given.schema) - _NULL,
            content=tuple(dict.fromkeys(kind.value for kind in declared.content)),
            effect=effect,
            place=declared.content[0].span if declared.content else _place(declared),
            effect_place=declared.effect.span if declared.effect else declared.name.span,
            shared=shared,
            schema=given.schema if given else None,
        )

    @property
    def nothing(self) -> bool:
        """Whether nothing but success is answered."""
        return self.kinds is None and not self.content

    @property
    def scalar(self) -> bool:
        """Whether what is returned surely is a text, a number or a flag."""
        return self.kinds is not None and bool(self.kinds) and self.kinds <= SCALARS

    def surely(self, kind: str) -> bool:
        """Whether what is returned surely is of this kind."""
        return self.kinds == frozenset([kind])

    def can_hold(self, what: str, blocks: tuple[str, ...]) -> None:
        """Report content that is no content of these kinds, or stands beside a value.

        Args:
            what: What the operation is bound to, in words.
        """
        if self.content and self.kinds is not None:
            message = f"{what} cannot answer with a value and content beside it"
            self._cannot(message, self.place, "leave `returns` or `content` out")
            return
        for kind in self.content:
            if kind not in blocks:
                help = f"it can answer with: {', '.join(blocks)}" if blocks else "use `returns`"
                self._cannot(f"{what} cannot answer with content of this kind", self.place, help)

    def has_room_for(
        self, said: At[str], kind: str | None = None, items: str | None = None
    ) -> None:
        """Report something that gives values of a kind, if the operation returns none of it.

        Args:
            said: What gives it.
            kind: Of JSON; any, if there is none.
            items: The kind of the items, if it gives a list.
        """
        if self.kinds is None:
            if not self.content:
                self.misfit(f"{quoted(said.value)} gives something", said)
        elif kind is not None and kind not in self.kinds:
            self.misfit(f"{quoted(said.value)} gives a value of the type `{kind}`", said)
        elif items is not None and items not in self.items:
            self.misfit(f"{quoted(said.value)} gives a list of the type `{items}`", said)

    def has_room_for_record(
        self, said: At[str], given: Mapping[str, str], *, of_items: bool
    ) -> None:
        """Report something that gives an object with these members, if it cannot be what the operation returns.

        Args:
            said: What gives it.
            given: The kinds of its members, all of which are always there.
            of_items: Whether it gives a list of them.
        """
        if self.schema is None:
            return
        help = f"it gives {', '.join(given)}"
        for part in self.shared.kinds.certain(self.schema, of_items=of_items):
            for name in part.required:
                if name not in given:
                    self.misfit(f"{quoted(said.value)} gives no {quoted(name)}", said, help)
            for name, kinds in part.members.items():
                if name in given and given[name] not in kinds:
                    what = f"{quoted(name)} as a value of the type `{given[name]}`"
                    self.misfit(f"{quoted(said.value)} gives {what}", said)
            more = [quoted(name) for name in given if part.closed and name not in part.members]
            if more:
                what = f"{', '.join(more)}, too, which `additionalProperties` forbids"
                self.misfit(f"{quoted(said.value)} gives {what}", said, help)

    def has_no_answer(self, said: At[str]) -> None:
        """Report something that gives nothing, if the operation returns something."""
        if not self.nothing:
            self.misfit(f"{quoted(said.value)} gives nothing", said)

    def misfit(self, message: str, said: At[str], help: str | None = None) -> None:
        """Report that something gives what the operation does not answer."""
        also = (Label(self.place, "what the operation answers"),)
        self.shared.add(
            "AM238", f"{message}, and the operation answers otherwise", said.span, help, also
        )

    def _cannot(self, message: str, at: Span, help: str) -> None:
        self.shared.add("AM238", message, at, help)


def _place(declared: OperationDecl) -> Span:
    node = declared.returns
    # A schema of many lines is no small place.
    is_small = node is not None and node.span.text and "\n" not in node.span.text
    return node.span if node is not None and is_small else declared.name.span
