"""The service as every target reads it: all names bound, all schemas bundled, all defaults applied.

Built by `resolve`, immutable from then on. Schemas stay JSON Schema 2020-12 (the type language of MCP);
how a target says them in Python is the target's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from ..text.names import Name

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
JsonSchema: TypeAlias = bool | dict[str, Json]


class Effect(StrEnum):
    """What calling an operation does to the world; hints and retry policy both come from it."""

    READS = "reads"
    WRITES = "writes"
    DESTROYS = "destroys"


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


@dataclass(frozen=True, slots=True)
class Operation:
    """One tool.

    Attributes:
        name: Its name within the group.
        tool: Its name on the wire, unique in the service.
        output: `None` if it answers with nothing but success.
        idempotent: Whether a second identical call changes nothing more.
        timeout: Seconds until the server gives the call up, or `None` for no limit.
        uses: What of the context the spec says the handler uses, such as `progress`.
    """

    name: Name
    tool: str
    title: str | None
    description: str | None
    input: Input
    output: Output | None
    effect: Effect
    idempotent: bool
    open_world: bool
    errors: tuple[ErrorType, ...]
    timeout: float | None
    uses: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def repeatable(self) -> bool:
        """Whether a client may send the same call again without being asked to."""
        return self.effect is Effect.READS or self.idempotent


@dataclass(frozen=True, slots=True)
class Group:
    """Operations that belong together; an attribute of the client, a file of handlers."""

    name: Name
    title: str | None
    description: str | None
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that the server reads from its environment.

    Attributes:
        schema: Its JSON Schema (`secret`, `env` and `default` taken out).
        env: The environment variable that holds it.
        default: Used when the variable is not set; `ABSENT` if it must be set (or, with
            `optional`, may be missing).
    """

    name: Name
    key: str
    schema: dict[str, Json]
    env: str
    secret: bool
    optional: bool
    default: Json | Absent
    description: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """The root: everything one spec says. Compared by identity, so that what is derived from it can be kept.

    Attributes:
        source: The spec's file name without folders, for the header of generated files.
        lifespan: Whether the server sets something up once and hands it to every handler.
    """

    name: Name
    key: str
    version: str
    title: str | None
    description: str | None
    instructions: str | None
    website: str | None
    source: str
    schemas: tuple[Named, ...]
    errors: tuple[ErrorType, ...]
    settings: tuple[Setting, ...]
    groups: tuple[Group, ...]
    lifespan: bool

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Every operation in spec order, which is also the order of `tools/list`."""
        return tuple(operation for group in self.groups for operation in group.operations)
