"""What a generated server registers: operations, resources, prompts and completions, each with its handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, Literal, TypeAlias

from typing_extensions import TypeVar

from ..shared.failure import DeclaredError
from ..shared.model import Model

ContextT = TypeVar("ContextT", default=Any)


class Variables(Mapping[str, "str | Sequence[str]"]):
    """The values of a resource template, or of a prompt's arguments, by name."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str | Sequence[str]]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> str | Sequence[str]:
        return self._values[name]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """The value that must be there. Raises `KeyError` if it is not, `TypeError` if it is a list."""
        value = self._values[name]
        if not isinstance(value, str):
            raise TypeError(f"{name} has several values")
        return value

    def text_or_none(self, name: str) -> str | None:
        """The value, or `None` if it was not given."""
        return self.text(name) if name in self._values else None

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of an exploded variable; a single one counts as one, a missing one as none."""
        value = self._values.get(name, ())
        return (value,) if isinstance(value, str) else tuple(value)


@dataclass(frozen=True)
class Operation(Generic[ContextT]):
    """One tool and what answers it.

    Attributes:
        tool: Its name on the wire; the surface says the rest.
        arguments: What the arguments become once they fit the schema; `None` leaves them a dict.
        call: Hands arguments and context to the handler, and returns what it returns.
        handler: The handler itself, which `call` calls. Looked at once: one that is no
            `async def` runs in a worker thread.
        name: What messages call it, such as `orders.create`; without one, `tool`.
        errors: What the handler may raise for callers to see.
        timeout: Seconds that the handler has, or `None` for no limit.
        bound: Whether the spec says what it does, and its handler only hands over what a backend answered:
            then callers are told what is wrong with an answer that does not fit.
        unchecked: Whether arguments are handed over as callers sent them: the handler reads and refuses them.
    """

    tool: str
    arguments: type[Model] | None
    call: Callable[[Any, ContextT], object]
    _: KW_ONLY
    handler: Callable[..., object]
    name: str = ""
    errors: tuple[type[DeclaredError], ...] = ()
    timeout: float | None = None
    bound: bool = False
    unchecked: bool = False

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.name or self.tool


@dataclass(frozen=True)
class Resource(Generic[ContextT]):
    """One resource, or all that fit a template, and what reads it.

    Attributes:
        uri: Its address or template, as the surface has it.
        call: Hands the template's variables and the context to the handler: text, bytes, parts, or the value
            that goes out as JSON.
        handler, name, errors, timeout, bound: As for an operation.
        match: Finds the variables in an address, where the template itself does not say how; `None` if it is none of
            them.
    """

    uri: str
    call: Callable[[Variables, ContextT], object]
    _: KW_ONLY
    handler: Callable[..., object]
    name: str = ""
    errors: tuple[type[DeclaredError], ...] = ()
    timeout: float | None = None
    bound: bool = False
    match: Callable[[str], Mapping[str, str | Sequence[str]] | None] | None = None

    @property
    def label(self) -> str:
        return self.name or self.uri


@dataclass(frozen=True)
class Prompt(Generic[ContextT]):
    """One prompt and what fills it in.

    Attributes:
        prompt: Its name on the wire.
        call: Hands the arguments and the context to the handler.
        handler, name, errors, timeout, unchecked: As for an operation.
    """

    prompt: str
    call: Callable[[Variables, ContextT], object]
    _: KW_ONLY
    handler: Callable[..., object]
    name: str = ""
    errors: tuple[type[DeclaredError], ...] = ()
    timeout: float | None = None
    unchecked: bool = False

    @property
    def label(self) -> str:
        return self.name or self.prompt


@dataclass(frozen=True)
class Completion(Generic[ContextT]):
    """What completes one argument of a prompt, or one variable of a resource template.

    Attributes:
        of: The prompt's name, or the template.
        argument: The argument's or variable's name.
        call: Hands the handler what was typed so far, the values of the other ones, and the context.
        handler, name: As for an operation.
    """

    kind: Literal["prompt", "resource"]
    of: str
    argument: str
    call: Callable[[str, Variables, ContextT], object]
    _: KW_ONLY
    handler: Callable[..., object]
    name: str = ""

    @property
    def label(self) -> str:
        return self.name or f"{self.of} {self.argument}"


Offer: TypeAlias = (
    Operation[ContextT] | Resource[ContextT] | Prompt[ContextT] | Completion[ContextT]
)
