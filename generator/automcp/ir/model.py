"""The service as every target reads it: all names bound, all schemas bundled, all defaults applied.

Built by `resolve`, immutable from then on. Schemas stay JSON Schema 2020-12 (the type language of MCP);
how a target says them in Python is the target's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from ..text.names import Name
from ..text.source import Span
from .backends import Backend
from .bindings import ProxyPrompt, ProxyRead, PythonCall, Run
from .known import KnownAs
from .offers import Auth, Cache, Card, Icon, Policy, Prompt, Question, Resource
from .values import Absent, ErrorType, Example, Input, Json, Named, Output


class Effect(StrEnum):
    """What calling an operation does to the world; hints and retry policy both come from it."""

    READS = "reads"
    WRITES = "writes"
    DESTROYS = "destroys"


@dataclass(frozen=True, slots=True)
class Operation:
    """One tool.

    Attributes:
        name: Its name within the group.
        tool: Its name on the wire, unique in the service.
        output: `None` if it answers with nothing but success, or with content alone.
        content: The kinds of content blocks that it answers with (`text`, `image`, `audio`, `resource`,
            `link`), in spec order. Empty: the answer is its output.
        idempotent: Whether a second identical call changes nothing more.
        timeout: Seconds until the server gives the call up, or `None` for no limit.
        uses: What of the context the spec says the handler uses, such as `progress`.
        asks: The questions that its handler may ask.
        needs: The capabilities that a client must declare to call it, as the wire names them
            (`sampling`, `roots`, `elicitation`, `elicitation.url`, or an extension's identifier).
        headers: Which parameters are repeated in HTTP headers, by parameter: the header's name (SEP-2243).
        task: Whether a call may, or must, run on as a task, or may once its first questions are answered
            (extension `io.modelcontextprotocol/tasks`).
        ui: The address of the resource that shows its answers (extension `io.modelcontextprotocol/ui`).
        run: What it does, if the spec says so; else its handler is written by hand.
        annotations: What is published as the tool's annotations; `None` if the hints above say it.
    """

    name: Name
    tool: str
    card: Card
    input: Input
    output: Output | None
    content: tuple[str, ...]
    effect: Effect
    idempotent: bool
    open_world: bool
    errors: tuple[ErrorType, ...]
    timeout: float | None
    uses: tuple[str, ...]
    asks: tuple[Question, ...]
    needs: tuple[str, ...]
    headers: Mapping[str, str]
    task: Literal["forbidden", "optional", "required", "after_questions"]
    ui: str | None
    policies: tuple[Policy, ...]
    examples: tuple[Example, ...]
    run: Run | None = None
    annotations: Mapping[str, Json] | None = None

    @property
    def title(self) -> str | None:
        return self.card.title

    @property
    def description(self) -> str | None:
        return self.card.description

    @property
    def repeatable(self) -> bool:
        """Whether a client may send the same call again without being asked to."""
        return self.effect is Effect.READS or self.idempotent

    @property
    def tool_of(self) -> str | None:
        """The SDK whose tool its function was: it takes arguments unchecked, and answers with results of its own."""
        return self.run.sdk if isinstance(self.run, PythonCall) else None


Offered: TypeAlias = Operation | Resource | Prompt
"""What a group offers."""


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together; an attribute of the client, a file of handlers. All names in it differ."""

    name: Name
    title: str | None
    description: str | None
    operations: tuple[Operation, ...]
    resources: tuple[Resource, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    @property
    def offered(self) -> tuple[Offered, ...]:
        """Its operations, resources and prompts."""
        return (*self.operations, *self.resources, *self.prompts)

    @property
    def has_bindings(self) -> bool:
        """Whether the spec says of anything in it what answers it (`run:`)."""
        return any(run is not None for run in self.runs)

    @property
    def runs(self) -> tuple[Run | ProxyRead | ProxyPrompt | None, ...]:
        """What the spec says of each operation, resource and prompt."""
        return tuple(one.run for one in self.offered)


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
        caches: Cache hints by method (`tools/list`, `resources/read`, ...).
        page_size: How many items a list gives at once; all, if `None`.
        health: The path of the route that says whether the server is up, or `None`.
        state_key: The name of the secret setting by which state is sealed between the rounds of a call.
        extensions: What is declared of extensions (SEP-2133), by identifier.
        backends: What bound operations use, in spec order.
        known_as: As what callers know the server, if it was made with an SDK of before.
        places: Where the spec says what, by path (`groups.orders.operations.create.task`), for the findings of
            targets. Not part of what the service is: left out when it is printed.
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
    icons: tuple[Icon, ...] = ()
    questions: tuple[Question, ...] = ()
    auth: Auth | None = None
    caches: Mapping[str, Cache] = field(default_factory=dict[str, Cache])
    page_size: int | None = None
    health: str | None = None
    state_key: str | None = None
    extensions: Mapping[str, Mapping[str, Json]] = field(
        default_factory=dict[str, Mapping[str, Json]]
    )
    backends: tuple[Backend, ...] = ()
    known_as: KnownAs | None = None
    places: Mapping[str, Span] = field(default_factory=dict[str, Span])

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Every operation in spec order, which is also the order of `tools/list`."""
        return tuple(operation for group in self.groups for operation in group.operations)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every resource and template in spec order."""
        return tuple(resource for group in self.groups for resource in group.resources)

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """Every prompt in spec order."""
        return tuple(prompt for group in self.groups for prompt in group.prompts)
