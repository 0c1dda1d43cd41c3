"""The spec format: every key that a spec may have, told once. `decode` and the JSON Schema both read it."""

from __future__ import annotations

from .backends import BACKENDS
from .bindings import RUN
from .examples import EXAMPLE
from .offers import AUTH, PROMPT, QUESTION, RESOURCE
from .server import SERVER
from .shapes import (
    AnyMapping,
    Choice,
    Field,
    Flag,
    FormatVersion,
    JsonSchema,
    ListOf,
    MapOf,
    Number,
    Record,
    Text,
)
from .vocabulary import (
    ASKS,
    CACHE,
    ERROR_NAME,
    FAILS,
    ICONS,
    IDENTIFIER,
    META,
    NAME,
    POLICY,
    RESTRICTED,
    SAID,
    TAGS,
    TIMEOUT,
    TITLE,
    VARIABLE,
    WIRE_NAME,
)

VERSION = 1

_CONTEXT = (
    "progress",
    "log",
    "ask",
    "sample",
    "roots",
    "changed",
    "read_resource",
    "state",
    "settings",
    "caller",
    "headers",
)
_CACHED = ("tools", "prompts", "resources", "templates", "read", "discover")

SETTING = Record(
    "setting",
    "One value that the server reads from its environment: a JSON Schema and the keys below.",
    (
        Field(
            "env",
            Text(VARIABLE),
            "The environment variable that holds it.",
            examples=("WEATHER_API_KEY",),
        ),
        Field("secret", Flag(), "Whether it must never be printed.", default=False),
        Field("optional", Flag(), "Whether the server starts without it.", default=False),
    ),
    is_schema=True,
)

ERROR = Record(
    "error",
    "A failure that callers can tell apart by its name.",
    (
        Field("description", SAID, "When it happens, and what the caller can do.", required=True),
        Field("data", JsonSchema(), "The schema of what it carries; an object."),
        Field(
            "retryable", Flag(), "Whether the same call may be repeated after it.", default=False
        ),
    ),
)

PARAMETER = Record(
    "parameter",
    "One argument: a JSON Schema and the key below. It is required unless it has a default or is optional.",
    (
        Field("optional", Flag(), "Whether the caller may leave it out.", default=False),
        Field("header", SAID, "The HTTP header that repeats it, behind `Mcp-Param-` (SEP-2243)."),
    ),
    is_schema=True,
    is_boolean=True,
)

OPERATION = Record(
    "operation",
    "One tool.",
    (
        WIRE_NAME,
        TITLE,
        Field("description", Text(), "What it does; a model chooses tools by this."),
        Field("params", MapOf(PARAMETER), "Its arguments by name; no others are accepted."),
        Field(
            "input",
            JsonSchema(),
            "Instead of params: the JSON Schema of all arguments, published as it stands.",
        ),
        Field(
            "keywords",
            Flag(),
            "Whether handlers and callers take the properties of `input` as keywords; others that are sent are dropped.",
            default=False,
        ),
        Field(
            "returns", JsonSchema(), "The JSON Schema of what it gives back; nothing without it."
        ),
        Field(
            "content",
            ListOf(Choice(("text", "image", "audio", "resource", "link"))),
            "The kinds of content blocks that it answers with, alone or beside what it returns.",
            examples=(["text", "image"],),
        ),
        Field(
            "structured",
            Flag(),
            "Whether answers are published and sent as structured content.",
            default=True,
        ),
        Field(
            "effect",
            Choice(("reads", "writes", "destroys")),
            "What calling it does to the world.",
            default="writes",
        ),
        Field(
            "idempotent", Flag(), "Whether calling it twice changes no more than calling it once."
        ),
        Field(
            "open_world",
            Flag(),
            "Whether it deals with things outside the server's control.",
            default=True,
        ),
        Field(
            "annotations",
            AnyMapping(),
            "What is published as the tool's annotations, word for word, instead of what `effect`, `idempotent`, "
            "`open_world` and `title` say.",
            examples=({"readOnlyHint": True},),
        ),
        RUN,
        FAILS,
        TIMEOUT,
        Field(
            "uses",
            ListOf(Choice(_CONTEXT)),
            "What of its context the handler uses.",
            examples=(["progress"],),
        ),
        ASKS,
        Field(
            "needs",
            ListOf(SAID),
            "What a client must declare to call it: `sampling`, `roots`, `elicitation`, `elicitation.url`, "
            "or the identifier of an extension.",
            examples=(["sampling"],),
        ),
        Field(
            "task",
            Choice(("forbidden", "optional", "required", "after_questions")),
            "Whether a call may, or must, run on as a task, or may once its first questions are answered "
            "(extension `io.modelcontextprotocol/tasks`).",
            default="forbidden",
        ),
        Field(
            "ui",
            SAID,
            "The resource that shows its answers, `group.resource` (extension `io.modelcontextprotocol/ui`).",
        ),
        ICONS,
        META,
        TAGS,
        RESTRICTED,
        Field("examples", ListOf(EXAMPLE), "Calls that show how it behaves."),
    ),
    exclusive=(("params", "input"), ("content", "structured")),
)

GROUP = Record(
    "group",
    "What belongs together: operations, resources, prompts.",
    (
        TITLE,
        Field("description", Text(), "What they are about."),
        TAGS,
        RESTRICTED,
        Field("operations", MapOf(OPERATION, NAME), "The operations by name."),
        Field("resources", MapOf(RESOURCE, NAME), "The resources by name."),
        Field("prompts", MapOf(PROMPT, NAME), "The prompts by name."),
    ),
)

CACHES = Record(
    "cache hints",
    "How long clients may keep answers, by what they are about.",
    tuple(Field(key, CACHE, f"Of `{key}`.") for key in _CACHED),
)

_AUTOMCP = Field("automcp", FormatVersion(VERSION), "The version of this format.", required=True)
_SHARED = (
    Field(
        "include",
        ListOf(SAID),
        "Files whose declarations belong to this spec.",
        examples=(["./orders.yaml"],),
    ),
    Field("settings", MapOf(SETTING, NAME), "What the server reads from its environment."),
    BACKENDS,
    Field("errors", MapOf(ERROR, ERROR_NAME), "Errors that operations may end in."),
    Field("schemas", MapOf(JsonSchema(), NAME), "JSON Schemas to refer to as `#/schemas/NAME`."),
    Field("questions", MapOf(QUESTION, NAME), "What handlers may ask the user."),
    Field("policies", MapOf(POLICY, NAME), "Who may use what, by name."),
    Field("groups", MapOf(GROUP, NAME), "What the service offers."),
)

SPEC = Record(
    "spec",
    "What an MCP service offers, for AutoMCP to compile.",
    (
        _AUTOMCP,
        Field(
            "name",
            Text(NAME),
            "The service's name; packages are called after it.",
            required=True,
            examples=("weather",),
        ),
        Field("version", SAID, "The service's version.", required=True, examples=("1.0.0",)),
        TITLE,
        Field("description", Text(), "What the service is for."),
        Field("instructions", Text(), "What a model should know before it calls anything."),
        Field("website", SAID, "Where people read more.", examples=("https://example.com",)),
        Field(
            "naming",
            SAID,
            "How a tool is named after its group and operation.",
            default="{group}_{operation}",
        ),
        Field(
            "lifespan",
            Flag(),
            "Whether the server sets something up once, for every handler.",
            default=False,
        ),
        SERVER,
        ICONS,
        Field("auth", AUTH, "Who may connect over HTTP."),
        Field(
            "health",
            SAID,
            "The path of a page that says that the server is up.",
            examples=("/health",),
        ),
        Field(
            "state_key",
            SAID,
            "The secret setting by which state is sealed that travels through clients between the rounds of a "
            "call; without it, each process has a key of its own.",
            examples=("{settings.state_key}",),
        ),
        Field("cache", CACHES, "How long clients may keep what the server lists."),
        Field("page_size", Number(1, 100_000, whole=True), "How many items a list gives at once."),
        Field(
            "extensions",
            MapOf(AnyMapping(), IDENTIFIER),
            "What the server declares of extensions (SEP-2133), by identifier.",
        ),
        *_SHARED,
    ),
)

PART = Record(
    "included file",
    "A file that a spec includes.",
    (Field("automcp", FormatVersion(VERSION), _AUTOMCP.description), *_SHARED),
)
