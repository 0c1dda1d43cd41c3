"""The spec format: every key that a spec may have, told once. `decode` and the JSON Schema both read it."""

from __future__ import annotations

from .shapes import (
    AnyMapping,
    Anything,
    Choice,
    Duration,
    Field,
    Flag,
    FormatVersion,
    JsonSchema,
    ListOf,
    MapOf,
    NameOr,
    Pattern,
    Record,
    Text,
)

VERSION = 1

NAME = Pattern("^[A-Za-z][A-Za-z0-9_-]*$", "a letter, then letters, digits, `_` or `-`")
ERROR_NAME = Pattern("^[A-Z][A-Za-z0-9]*$", "a capital letter, then letters or digits")
VARIABLE = Pattern("^[A-Za-z_][A-Za-z0-9_]*$", "a letter or `_`, then letters, digits or `_`")

_TITLE = Field("title", Text(), "What people see instead of the name.")
_SAID = Text(empty=False)
_CONTEXT = ("progress", "log", "ask", "read_resource", "state", "settings", "caller", "headers")

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
        Field("description", _SAID, "When it happens, and what the caller can do.", required=True),
        Field("data", JsonSchema(), "The schema of what it carries; an object."),
        Field(
            "retryable", Flag(), "Whether the same call may be repeated after it.", default=False
        ),
    ),
)

PARAMETER = Record(
    "parameter",
    "One argument: a JSON Schema and the key below. It is required unless it has a default or is optional.",
    (Field("optional", Flag(), "Whether the caller may leave it out.", default=False),),
    is_schema=True,
    is_boolean=True,
)

RAISED = Record(
    "raised error",
    "The error that an example ends in.",
    (
        Field("name", Text(ERROR_NAME), "One of the operation's errors.", required=True),
        Field("data", Anything(), "Exactly what it carries."),
    ),
)

EXAMPLE = Record(
    "example",
    "One call and what comes of it; it becomes documentation and a test.",
    (
        Field("name", _SAID, "What it shows, in a word or a few.", required=True),
        Field("description", Text(), "What it shows, in a sentence."),
        Field("params", AnyMapping(), "The arguments."),
        Field("returns", Anything(), "Exactly what is returned."),
        Field("error", NameOr(Text(ERROR_NAME), RAISED), "The error that it ends in."),
    ),
    exclusive=(("returns", "error"),),
)

OPERATION = Record(
    "operation",
    "One tool.",
    (
        _TITLE,
        Field("description", Text(), "What it does; a model chooses tools by this."),
        Field("params", MapOf(PARAMETER), "Its arguments by name; no others are accepted."),
        Field(
            "input",
            JsonSchema(),
            "Instead of params: the JSON Schema of all arguments, published as it stands.",
        ),
        Field(
            "returns", JsonSchema(), "The JSON Schema of what it gives back; nothing without it."
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
            "errors",
            ListOf(Text(ERROR_NAME)),
            "The declared errors that it may end in.",
            examples=(["NotFound"],),
        ),
        Field("timeout", Duration(), "How long it may run.", examples=("10s", "500ms", 2.5)),
        Field(
            "uses",
            ListOf(Choice(_CONTEXT)),
            "What of its context the handler uses.",
            examples=(["progress"],),
        ),
        Field("examples", ListOf(EXAMPLE), "Calls that show how it behaves."),
    ),
    exclusive=(("params", "input"),),
)

GROUP = Record(
    "group",
    "Operations that belong together.",
    (
        _TITLE,
        Field("description", Text(), "What they are about."),
        Field("operations", MapOf(OPERATION, NAME), "The operations by name.", required=True),
    ),
)

_AUTOMCP = Field("automcp", FormatVersion(VERSION), "The version of this format.", required=True)
_SHARED = (
    Field(
        "include",
        ListOf(_SAID),
        "Files whose declarations belong to this spec.",
        examples=(["./orders.yaml"],),
    ),
    Field("settings", MapOf(SETTING, NAME), "What the server reads from its environment."),
    Field("errors", MapOf(ERROR, ERROR_NAME), "Errors that operations may end in."),
    Field("schemas", MapOf(JsonSchema(), NAME), "JSON Schemas to refer to as `#/schemas/NAME`."),
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
        Field("version", _SAID, "The service's version.", required=True, examples=("1.0.0",)),
        _TITLE,
        Field("description", Text(), "What the service is for."),
        Field("instructions", Text(), "What a model should know before it calls anything."),
        Field("website", _SAID, "Where people read more.", examples=("https://example.com",)),
        Field(
            "naming",
            _SAID,
            "How a tool is named after its group and operation.",
            default="{group}_{operation}",
        ),
        Field(
            "lifespan",
            Flag(),
            "Whether the server sets something up once, for every handler.",
            default=False,
        ),
        *_SHARED,
    ),
)

PART = Record(
    "included file",
    "A file that a spec includes.",
    (Field("automcp", FormatVersion(VERSION), _AUTOMCP.description), *_SHARED),
)
