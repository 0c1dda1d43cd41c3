"""The parts of the spec format that several of its records share: names, icons, policies, cache hints."""

from __future__ import annotations

from .shapes import (
    AnyMapping,
    Choice,
    Duration,
    Either,
    Field,
    ListOf,
    Pattern,
    Record,
    Text,
)

NAME = Pattern("^[A-Za-z][A-Za-z0-9_-]*$", "a letter, then letters, digits, `_` or `-`")
ERROR_NAME = Pattern("^[A-Z][A-Za-z0-9]*$", "a capital letter, then letters or digits")
VARIABLE = Pattern("^[A-Za-z_][A-Za-z0-9_]*$", "a letter or `_`, then letters, digits or `_`")
SIZES = Pattern("^(?:any|[0-9]{1,5}x[0-9]{1,5})$", "such as `48x48`, or `any`")
IDENTIFIER = Pattern(
    "^(?:[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$",
    "a domain backwards, `/` and a name, such as `com.example/charts`",
)

SAID = Text(empty=False)
WIRE_NAME = Field(
    "wire_name",
    SAID,
    "Its name on the wire, where `naming` would give another.",
    examples=("search-pages",),
)
TITLE = Field("title", Text(), "What people see instead of the name.")

ICON = Record(
    "icon",
    "A picture for hosts to show.",
    (
        Field("src", SAID, "Its address: `https:` or `data:`.", required=True),
        Field("mime", SAID, "Its type.", examples=("image/png",)),
        Field(
            "sizes", ListOf(Text(SIZES)), "The sizes that it is good for.", examples=(["48x48"],)
        ),
        Field("theme", Choice(("light", "dark")), "The background that it is made for."),
    ),
)

_WHO = (
    Field("clients", ListOf(SAID), "OAuth clients by their ids."),
    Field("subjects", ListOf(SAID), "People by their subject in the token."),
)
ALLOWED = Record("allowed callers", "Those who may, and nobody else.", _WHO)
DENIED = Record("denied callers", "Those who may not, whatever else is said.", _WHO)

POLICY = Record(
    "policy",
    "Who may use something. To others it does not exist: it is not listed, and cannot be called.",
    (
        Field("description", Text(), "Whom it is meant for."),
        Field("scopes", ListOf(SAID), "All of these the caller's token must allow."),
        Field("allow", ALLOWED, "The callers who may."),
        Field("deny", DENIED, "The callers who may not."),
    ),
)

CACHE = Record(
    "cache hint",
    "How long clients may keep an answer (MCP 2026-07-28).",
    (
        Field("ttl", Duration(), "How long.", required=True, examples=("5m",)),
        Field(
            "scope",
            Choice(("public", "private")),
            "Whether it is everybody's answer, or the caller's own.",
            default="private",
        ),
    ),
)

ICONS = Field("icons", ListOf(ICON), "Pictures for hosts to show.")
TAGS = Field("tags", ListOf(SAID), "Words to find it by; published as `_meta.tags`.")
META = Field("meta", AnyMapping(), "What is published as `_meta`, word for word.")
RESTRICTED = Field(
    "policy", Either(Text(NAME), POLICY), "Who may use it: a name of `policies`, or a policy."
)
FAILS = Field(
    "errors",
    ListOf(Text(ERROR_NAME)),
    "The declared errors that it may end in.",
    examples=(["NotFound"],),
)
TIMEOUT = Field("timeout", Duration(), "How long it may run.", examples=("10s", "500ms", 2.5))
ASKS = Field("asks", ListOf(Text(NAME)), "The `questions` that its handler may ask.")
