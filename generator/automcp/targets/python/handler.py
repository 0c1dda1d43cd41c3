"""One method that the server asks of its handlers, and what the server calls it with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .annotations import names_in
from .naming import free_name
from .text import WIDTH, docstring, summary

_TOLD_OF_MISFITS = ("Operation", "Resource")
"""The offers whose answers are checked by a schema of the spec, which a backend may not know of."""


@dataclass(frozen=True)
class Handler:
    """One method, and what the server calls it with.

    Attributes:
        parameters: Names and types of the method's parameters, without `self` and `context`.
        passed: How the server makes each of them of what it received.
        received: The parameters of the function that calls the method, without `context`.
        offer: The class of what the server registers.
        answers: What the offer answers, as its first arguments.
        label: What messages call it, as a literal.
        failing: The offer's keywords about errors and time.
        record: The model that an operation's arguments become.
        errors: The classes that the method may raise.
        bound: Whether the spec says what it does (`run:`), so that nobody has to write it.
        unchecked: Whether it takes arguments as callers sent them.
        sdk: The SDK whose resource template it was, which said what addresses fit.
    """

    name: str
    parameters: tuple[tuple[str, str], ...]
    passed: tuple[str, ...]
    received: str
    returns: str
    offer: str
    answers: tuple[str, ...]
    label: str
    text: str
    doc: str
    failing: tuple[str, ...] = ()
    record: str | None = None
    errors: tuple[str, ...] = ()
    bound: bool = False
    unchecked: bool = False
    sdk: str | None = None

    @property
    def heading(self) -> str:
        """The parameters of the method."""
        return ", ".join(self._heading())

    @property
    def stub(self) -> str:
        """The head of a seeded handler, laid out as a formatter would."""
        head = f"async def {self.name}({self.heading}) -> {self.returns}:"
        if len(head) + 4 <= WIDTH:
            return head
        lines = "".join(f"        {one},\n" for one in self._heading())
        return f"async def {self.name}(\n{lines}    ) -> {self.returns}:"

    @property
    def summary(self) -> str:
        """The docstring of a seeded handler."""
        return docstring(summary(self.text), 8)

    @property
    def function(self) -> str:
        """What the function that calls the method is called, inside the one that registers the group."""
        return free_name(
            self.name, {"handlers", "arguments", "context", "others", "value", "variables"}
        )

    @property
    def call(self) -> str:
        """What the method is called with."""
        given = (
            f"{name}={taken}" for (name, _), taken in zip(self.parameters, self.passed, strict=True)
        )
        return ", ".join([*given, "context=context"])

    @property
    def registered(self) -> str:
        """What makes the offer."""
        named = [f"handler=handlers.{self.name}", f"name={self.label}"]
        bound = ["bound=True"] if self.bound and self.offer in _TOLD_OF_MISFITS else []
        unchecked = ["unchecked=True"] if self.unchecked else []
        match = [f"match=match_as_{self.sdk}({self.answers[0]})"] if self.sdk else []
        more = (*self.failing, *bound, *unchecked, *match)
        return ", ".join([*self.answers, self.function, *named, *more])

    @cached_property
    def signature_names(self) -> frozenset[str]:
        """Every name in the types of the method."""
        types = [self.returns, *(annotation for _, annotation in self.parameters)]
        return frozenset[str]().union(*map(names_in, types))

    def _heading(self) -> list[str]:
        own = [f"{name}: {annotation}" for name, annotation in self.parameters]
        return ["self", *own, "context: Context"]
