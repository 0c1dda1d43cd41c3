"""AM3xx: sound, but probably not meant."""

from __future__ import annotations

from .explanation import Explanation

CODES: dict[str, Explanation] = {
    "AM301": Explanation(
        "an operation has no description",
        "A model chooses a tool by its description. Without one it has only the name to go by.",
        "daily: {effect: reads}",
        "daily: {effect: reads, description: The forecast for the coming days.}",
    ),
    "AM302": Explanation(
        "a group has no description",
        "It is what the reader of the handlers and of the client sees first.",
        "forecast: {operations: {}}",
        "forecast: {description: Daily and hourly forecasts., operations: {}}",
    ),
    "AM303": Explanation(
        "parameters have no description",
        "A model guesses from the name what to pass: a city's name, its code, its coordinates?",
        "params: {city: {type: string}}",
        "params: {city: {type: string, description: The city's English name.}}",
    ),
    "AM304": Explanation(
        "a description is very long",
        "Some model APIs refuse or cut descriptions of tools beyond 1024 characters, and every one of "
        "them is paid for on every call. What concerns all tools belongs into `instructions`.",
        "",
        "",
    ),
    "AM305": Explanation(
        "an operation says that it only reads, but is called after a change",
        "`effect: reads` lets clients repeat the call after a failure and skip asking the user. If the "
        "operation changes anything, it does that twice, unasked.",
        "delete_order: {effect: reads}",
        "delete_order: {effect: destroys}",
    ),
    "AM306": Explanation(
        "a secret has a default",
        "The default is written into the generated package, where everyone who has the package reads it. "
        "Without a default, the server says at start that the variable is missing.",
        "settings: {key: {type: string, secret: true, default: abc}}",
        "settings: {key: {type: string, secret: true}}",
    ),
    "AM307": Explanation(
        "a type does not show all of its schema",
        "Python types cannot say `not`, `if`, `contains` and the like. Values are still checked against "
        "the whole schema on both sides; only type checkers and readers do not see it.",
        "city: {type: string, not: {const: nowhere}}",
        "city: {type: string, enum: [oslo, rome]}",
    ),
    "AM308": Explanation(
        "a required property is not declared",
        "It must be there but may be anything, and the type has no field for it. Often it is a typo.",
        "{type: object, properties: {city: {type: string}}, required: [ctiy]}",
        "{type: object, properties: {city: {type: string}}, required: [city]}",
    ),
    "AM309": Explanation(
        "two properties are one to Python",
        "Python brings identifiers into a normal form (NFKC), in which the two names are equal. On the "
        "wire they stay apart; in the model one of them has another name.",
        "properties: {ﬁle: {type: string}, file: {type: string}}",
        "properties: {file: {type: string}, folder: {type: string}}",
    ),
    "AM310": Explanation(
        "a keyword means nothing",
        "JSON Schema ignores keywords that it does not know, so a misspelt one is never enforced. One "
        "of your own starts with `x-`.",
        "city: {type: string, minlength: 1}",
        "city: {type: string, minLength: 1}",
    ),
}
