"""The part of the spec format that shows how an operation behaves."""

from __future__ import annotations

from .shapes import AnyMapping, Anything, Either, Field, Record, Text
from .vocabulary import ERROR_NAME, SAID

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
        Field("name", SAID, "What it shows, in a word or a few.", required=True),
        Field("description", Text(), "What it shows, in a sentence."),
        Field("params", AnyMapping(), "The arguments."),
        Field("returns", Anything(), "Exactly what is returned."),
        Field("error", Either(Text(ERROR_NAME), RAISED), "The error that it ends in."),
    ),
    exclusive=(("returns", "error"),),
)
