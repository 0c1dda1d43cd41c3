"""What a server offers, as the client knows it: operations, resources and prompts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import cached_property, partial
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import TypeAdapter

from ..shared.model import Json, typed
from ..shared.uri_template import UriTemplate
from .errors import DeclaredError
from .wording import values_of

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, eq=False)
class Offer:
    """What all offers have.

    Attributes:
        name: Its name within the group.
        errors: The classes of the errors that it declares.
        timeout: Seconds until an attempt is given up; `None`: what the configuration says.
    """

    name: str
    _: KW_ONLY
    errors: tuple[type[DeclaredError], ...] = ()
    timeout: float | None = None

    def declared(self, name: str) -> type[DeclaredError] | None:
        """The class of the declared error of this name."""
        return self._declared.get(name)

    @cached_property
    def _declared(self) -> Mapping[str, type[DeclaredError]]:
        return {error.name: error for error in self.errors}


@dataclass(frozen=True, eq=False)
class Operation(Offer, Generic[T_co]):
    """An operation, and what its answers become in Python.

    Attributes:
        tool: Its name on the wire.
        returns: The type of the answer, `T_co`; `None` if success is all that it tells.
        repeatable: Whether a second identical call does no harm: it reads, or is idempotent.
    """

    _: KW_ONLY
    tool: str
    returns: Any = None
    repeatable: bool = False

    def decode(self, value: Json) -> T_co:
        """The answer as `returns`. Raises `pydantic.ValidationError` if it is none."""
        return typed(self._read, value)

    @cached_property
    def _read(self) -> Callable[[Json], T_co]:
        return reader(self.returns)


@dataclass(frozen=True, eq=False)
class ResourceOffer(Offer, Generic[T_co]):
    """A resource, or all that fit a template, and what its JSON becomes in Python.

    Attributes:
        uri: Its address, or a template (RFC 6570).
        returns: The type of what it holds, `T_co`, if that is JSON.
    """

    _: KW_ONLY
    uri: str
    returns: Any = None

    def at(self, variables: Mapping[str, object] | None = None) -> str:
        """The address. Variables that are `None` or `UNSET` leave nothing.

        Raises:
            TypeError: A variable is of a kind that no address can hold.
        """
        if not self._template.variables:
            return self.uri
        return self._template.expand(values_of(variables or {}))

    def decode(self, value: Json) -> T_co:
        """What it holds as `returns`. Raises `pydantic.ValidationError` if it is none."""
        return typed(self._read, value)

    @cached_property
    def _read(self) -> Callable[[Json], T_co]:
        return reader(self.returns)

    @cached_property
    def _template(self) -> UriTemplate:
        return UriTemplate.parse(self.uri)


@dataclass(frozen=True, eq=False)
class PromptOffer(Offer):
    """A prompt.

    Attributes:
        prompt: Its name on the wire.
    """

    _: KW_ONLY
    prompt: str


def reader(kind: Any) -> Callable[[Json], Any]:
    """What makes a type's values of JSON, by wire names only: `from_` beside `from` is an extra property like any other."""
    # The adapter's own method does the same, after a look at eight arguments that nobody gave.
    return partial(TypeAdapter(kind).validator.validate_python, by_alias=True, by_name=False)


def declared_error(kind: type[DeclaredError], message: str, data: Json) -> DeclaredError:
    """The error that the server raised, its data as the class annotates `data`.

    Raises:
        pydantic.ValidationError: The data does not fit the annotation.
    """
    # A generated class takes its data by keyword and only if it has some; what they share is the base's.
    error = kind.__new__(kind)
    # Built anew each time: errors are rare, and pydantic keeps what is dear, the models' own validators.
    read = reader(get_type_hints(kind).get("data", Any))
    DeclaredError.__init__(error, message, typed(read, data))
    return error
