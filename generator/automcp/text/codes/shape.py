"""AM1xx: a spec that has another shape than the format."""

from __future__ import annotations

from .explanation import Explanation

CODES: dict[str, Explanation] = {
    "AM101": Explanation(
        "a value is of the wrong kind",
        "Nothing is converted silently: `1.20` is a number and would lose its zero, `yes` is text.",
        "version: 1.20",
        'version: "1.20"',
    ),
    "AM102": Explanation(
        "a key is missing",
        "The compiler cannot guess it.",
        "errors: {NotFound: {retryable: false}}",
        "errors: {NotFound: {description: There is none.}}",
    ),
    "AM103": Explanation(
        "a key is unknown",
        "A misspelt key that is ignored looks like one that works.",
        "descripton: Forecasts",
        "description: Forecasts",
    ),
    "AM104": Explanation(
        "a word is not among the choices",
        "The key takes one of a few words, and each makes the compiler do something else.",
        "effect: read",
        "effect: reads",
    ),
    "AM105": Explanation(
        "the format version is unknown",
        "`automcp:` says which version of the format the file is written in. This compiler "
        "cannot know what another version means.",
        "automcp: 2",
        "automcp: 1",
    ),
    "AM106": Explanation(
        "a name has the wrong form",
        "Names become tool names, modules and classes. Titles are for people and may say anything.",
        "name: my shop",
        "name: my_shop\ntitle: My shop",
    ),
    "AM107": Explanation(
        "a time has the wrong form",
        "A time is a positive number with `ms`, `s`, `m` or `h` behind it, or a number of seconds.",
        "timeout: 10 sec",
        "timeout: 10s",
    ),
    "AM108": Explanation(
        "two keys exclude each other",
        "They answer one question in two ways: `params` and `input` what an operation takes, "
        "`returns` and `error` how an example ends, `get` and `post` what is requested. Or one of them means "
        "nothing beside the other.",
        "input: {type: object}\nparams: {sku: {type: string}}",
        "params: {sku: {type: string}}",
    ),
    "AM110": Explanation(
        "a number is out of bounds",
        "The protocol, or common sense, gives it bounds.",
        "priority: 7",
        "priority: 0.7",
    ),
    "AM111": Explanation(
        "a size has the wrong form",
        "A size is a whole number of bytes, or a number with `B`, `kB`, `MB` or `GB` behind it: thousands, millions "
        "and billions of bytes.",
        "limit: 10 megabytes",
        "limit: 10MB",
    ),
    "AM112": Explanation(
        "the file is no spec, but something else that AutoMCP reads",
        "Each has a command of its own: `automcp serve` for configurations of service groups, `automcp import openapi` "
        "for OpenAPI documents, `automcp import server` for what clients start.",
        "name: studio\ngroups: {'studio.sums:SumGroup': {name: sums}}",
        "automcp: 1\nname: studio\nversion: 1.0.0\ngroups: {}",
    ),
    "AM109": Explanation(
        "a text is empty",
        "This one is shown or looked up somewhere, so it has to say something.",
        'version: ""',
        'version: "1.0.0"',
    ),
}
