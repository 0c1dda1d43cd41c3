"""What the service's parts are made of: JSON, schemas, inputs, outputs, errors, examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
JsonSchema: TypeAlias = bool | dict[str, Json]


@dataclass(frozen=True, slots=True)
class Absent:
    """Says that a spec gave no value, where `None` would mean JSON `null`."""


ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class Named:
    """A schema with a name of its own: one of the spec's `schemas`, or an error's `data`.

    Attributes:
        key: Its name in the spec, and under `$defs` wherever it is bundled.
        schema: The schema as it reads at `/$defs/<key>` of every published document. A reference to
            another named schema is `#/$defs/<its key>`, one to a part of itself
            `#/$defs/<key>/...`. It stands alone only together with the named schemas that it mentions.
    """

    key: str
    schema: JsonSchema
    description: str | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One property of an operation's input.

    Attributes:
        key: The property name on the wire.
        schema: Its schema as if it were a document itself: a reference to a named schema is
            `#/$defs/<its key>`, any other one relative to this schema. With `"input"`, the property
            as it stands in the raw schema.
        required: Whether the caller must send it.
        default: The schema's `default`, which the handler sees when the caller sent nothing.
    """

    key: str
    schema: JsonSchema
    required: bool
    default: Json | Absent
    description: str | None


@dataclass(frozen=True, slots=True)
class Input:
    """What an operation takes.

    Attributes:
        published: The `inputSchema` on the wire, standing alone (what it mentions is under `$defs`).
        form: `"params"` when the spec lists parameters: the input is closed, and the handler takes
            them as keywords. `"input"` when the spec gives a raw schema: the handler takes one value,
            so that nothing a caller may send is lost.
        parameters: The declared properties in spec order. With `"input"`, those that the root of
            the schema declares, and only if the root is a plain object; else empty.
    """

    published: dict[str, Json]
    form: Literal["params", "input"]
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """What an operation gives.

    Attributes:
        schema: What the handler returns, as if it were a document itself (see `Parameter`).
        published: The `outputSchema` on the wire, standing alone; `None` if `structured` is off.
        wrapped: Whether the wire carries `{"result": value}`, because the value is no object.
        checked: What an answer is checked against on both sides: `published`, or what it would be.
    """

    schema: JsonSchema
    published: dict[str, Json] | None
    wrapped: bool
    checked: dict[str, Json]


@dataclass(frozen=True, slots=True)
class ErrorType:
    """A failure that callers can tell apart by name.

    Attributes:
        key: Its name in the spec and on the wire.
        data: The schema of what it carries (an object), or `None`.
        published: `data` standing alone, for checking; `None` without data.
        retryable: Whether the same call may be repeated after it, whatever the operation's effect.
    """

    key: str
    description: str
    data: JsonSchema | None
    published: dict[str, Json] | None
    retryable: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One call and what comes of it.

    Attributes:
        returns: The exact answer; `ABSENT` if the spec only says that there is one.
        error: The key of the declared error that it ends in, or `None`.
        error_data: The error's exact data; `ABSENT` if the spec does not say.
    """

    name: str
    description: str | None
    arguments: Mapping[str, Json]
    returns: Json | Absent
    error: str | None
    error_data: Json | Absent
