"""The parts of the spec format that are about resources, prompts, questions and who may connect."""

from __future__ import annotations

from .bindings import FILL, READ
from .shapes import (
    Choice,
    Either,
    Field,
    Flag,
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
    FAILS,
    ICONS,
    META,
    RESTRICTED,
    SAID,
    TAGS,
    TIMEOUT,
    TITLE,
    VARIABLE,
    WIRE_NAME,
)

_COMPLETE = Field(
    "complete",
    Either(Flag(), ListOf(Text())),
    "Where clients get values to complete it from: a handler (`true`), or these.",
    default=False,
)

TEMPLATE_VARIABLE = Record(
    "template variable",
    "One variable of the resource's URI template: a JSON Schema of its text, and the key below.",
    (_COMPLETE,),
    is_schema=True,
)

RESOURCE = Record(
    "resource",
    "Something to read, or a template of many. Text, unless one of `binary`, `returns` and `text` says otherwise.",
    (
        Field(
            "uri",
            SAID,
            "Its address, or a URI template (RFC 6570).",
            required=True,
            examples=("notes://{id}",),
        ),
        WIRE_NAME,
        TITLE,
        Field("description", Text(), "What it holds; a model chooses by this."),
        Field("mime", SAID, "Its media type.", examples=("text/markdown",)),
        Field("text", Text(), "What it holds, if that never changes; no handler is needed then."),
        Field("binary", Flag(), "Whether it holds bytes.", default=False),
        Field("returns", JsonSchema(), "The JSON Schema of what it holds; it goes out as JSON."),
        Field(
            "variables", MapOf(TEMPLATE_VARIABLE, VARIABLE), "More about the template's variables."
        ),
        Field("subscribable", Flag(), "Whether clients are told of its changes.", default=False),
        Field("audience", ListOf(Choice(("user", "assistant"))), "For whom it is meant."),
        Field("priority", Number(0, 1), "How much it matters, up to 1."),
        Field("modified", SAID, "When it was changed last, as ISO 8601 has it."),
        Field("size", Number(0, 2**53, whole=True), "How many bytes it has."),
        Field("cache", CACHE, "How long clients may keep it."),
        READ,
        ICONS,
        META,
        TAGS,
        RESTRICTED,
        FAILS,
        TIMEOUT,
    ),
    exclusive=(
        ("text", "binary"),
        ("text", "returns"),
        ("binary", "returns"),
        ("text", "variables"),
        ("text", "run"),
    ),
)

PROMPT_ARGUMENT = Record(
    "prompt argument",
    "One argument of a prompt; its value is text.",
    (
        Field("description", Text(), "What it means."),
        Field("optional", Flag(), "Whether the caller may leave it out.", default=False),
        _COMPLETE,
    ),
)

PROMPT_MESSAGE = Record(
    "prompt message",
    "One message; `{argument}` stands for the argument's text.",
    (
        Field("role", Choice(("user", "assistant")), "Who says it.", default="user"),
        Field("text", SAID, "What is said.", required=True),
    ),
)

PROMPT = Record(
    "prompt",
    "Messages that a user can send to a model.",
    (
        WIRE_NAME,
        TITLE,
        Field("description", Text(), "What it is good for."),
        Field("arguments", MapOf(PROMPT_ARGUMENT), "Its arguments by name."),
        Field("messages", ListOf(PROMPT_MESSAGE), "What it says; no handler is needed then."),
        FILL,
        ASKS,
        ICONS,
        META,
        TAGS,
        RESTRICTED,
        FAILS,
        TIMEOUT,
    ),
    exclusive=(
        ("messages", "asks"),
        ("messages", "errors"),
        ("messages", "timeout"),
        ("messages", "run"),
        ("asks", "run"),
    ),
)

QUESTION = Record(
    "question",
    "Something that handlers may ask the user: a form to fill in, or a page to visit.",
    (
        Field("message", SAID, "What the user reads.", required=True),
        Field(
            "form",
            JsonSchema(),
            "The form: an object of texts, numbers, flags and choices (MCP, elicitation).",
        ),
        Field("url", SAID, "The page."),
    ),
    exclusive=(("form", "url"),),
)

AUTH = Record(
    "auth",
    "Who may connect over HTTP: callers with a token that the service's own `auth.py` accepts.",
    (
        Field(
            "issuer",
            SAID,
            "The authorization server that gives out tokens: a URL, or `{settings.NAME}`.",
            examples=("https://login.example.com", "{settings.issuer}"),
        ),
        Field("resource", SAID, "This server's own public URL, written in the same ways."),
        Field("scopes", ListOf(SAID), "What every token must allow."),
        Field("documentation", SAID, "A page about how to get access."),
    ),
)
