"""AM2xx: names, references, and schemas that cannot be what they say."""

from __future__ import annotations

from .explanation import Explanation

_NAMES = {
    "AM201": Explanation(
        "a name is declared twice",
        "A spec and the files that it includes share their names: settings, errors, schemas, groups. "
        "Neither of two declarations could be preferred without surprising somebody. Rename one, or "
        "delete one.",
        "include: [common.yaml]  # declares schema Money, too\nschemas: {Money: {type: integer}}",
        "include: [common.yaml]",
    ),
    "AM202": Explanation(
        "two names become one in Python",
        "Names are turned into Python's custom: `order-list` and `order_list` are both `order_list` "
        "there. Schemas, errors and the parameters of operations (`orders.create` has the class "
        "`OrdersCreateParams`) are classes that one module imports side by side. Rename one.",
        "groups: {order-list: {operations: {}}, order_list: {operations: {}}}",
        "groups: {orders: {operations: {}}, archive: {operations: {}}}",
    ),
    "AM212": Explanation(
        "`naming` is no template",
        "`naming` says how a tool is called after its group and operation. It holds text and the "
        "fields `{group}` and `{operation}`, nothing else; no format, no conversion.",
        'naming: "{service}.{operation}"',
        'naming: "{group}.{operation}"',
    ),
    "AM213": Explanation(
        "a tool's name is not allowed",
        "The name of a tool is 1 to 64 of the letters `A-Z a-z`, digits, `_`, `-` and `.`: more is "
        "refused by some model APIs. Shorten the names, or choose a shorter `naming`.",
        'naming: "{group}/{operation}"',
        'naming: "{group}.{operation}"',
    ),
    "AM214": Explanation(
        "two tools have one name",
        "Callers know a tool by its name alone. Two operations get one name if `naming` leaves out "
        "the group, or if the text between the fields is also in the names.",
        'naming: "{operation}"\ngroups: {a: {operations: {list: {}}}, b: {operations: {list: {}}}}',
        "groups: {a: {operations: {list: {}}}, b: {operations: {list: {}}}}",
    ),
    "AM215": Explanation(
        "an error is unknown",
        "An operation may only end in errors that `errors` declares, for only those have a class that "
        "the handler raises and the caller catches.",
        "errors: [NotFund]",
        "errors: [NotFound]",
    ),
    "AM216": Explanation(
        "two settings share an environment variable",
        "A variable without `env` is called after the service and the setting. If two settings are "
        "meant to have one value, declare one.",
        "settings: {url: {type: string, env: URL}, base: {type: string, env: URL}}",
        "settings: {url: {type: string, env: URL}}",
    ),
    "AM219": Explanation(
        "an error has a name that servers use themselves",
        "`InvalidArguments`, `InternalError`, `Timeout` and `NotImplemented` are what every compiled "
        "server says about a failed call. A declared error of that name could not be told from it.",
        "errors: {Timeout: {description: The warehouse is slow.}}",
        "errors: {WarehouseSlow: {description: The warehouse is slow.}}",
    ),
}

_REFERENCES = {
    "AM203": Explanation(
        "a reference leads nowhere",
        "`#/schemas/NAME` and `FILE#/schemas/NAME` mean a named schema of this spec or of another file. "
        "Any other reference that starts with `#` is relative to the schema that it is written in, "
        "as it would be if that schema stood alone.",
        'returns: {$ref: "#/schemas/Ordr"}',
        'returns: {$ref: "#/schemas/Order"}',
    ),
    "AM204": Explanation(
        "a reference leads out of the spec",
        "Nothing is ever fetched: what a spec compiles to must not depend on the network, and a "
        "published schema must stand alone. Copy the schema into `schemas`.",
        'returns: {$ref: "https://example.com/order.json"}',
        'returns: {$ref: "#/schemas/Order"}',
    ),
    "AM205": Explanation(
        "a reference only leads back to itself",
        "To check a value against the schema, a validator would have to check it against the schema "
        "first, and so on (JSON Schema core, 9.4.1). Recursive data is fine: there a reference "
        "stands under `properties` or `items`, and each round looks at a smaller value.",
        'schemas: {A: {$ref: "#/schemas/B"}, B: {$ref: "#/schemas/A"}}',
        'schemas: {A: {$ref: "#/schemas/B"}, B: {type: string}}',
    ),
    "AM206": Explanation(
        "a named schema is out of reach",
        "Inside a schema with its own `$id`, everything that starts with `#` is relative to that `$id`. "
        "A named schema is published in the document around it, which has no URI to reach it by.",
        'city: {$id: "urn:city", $ref: "#/schemas/City"}',
        'city: {$ref: "#/schemas/City"}',
    ),
    "AM208": Explanation(
        "an anchor or `$id` is there twice",
        "A published schema is one document, made of all schemas that an operation mentions. In it, "
        "an `$anchor` or `$id` can only mean one place.",
        "params: {a: {$anchor: x, type: string}, b: {$anchor: x, type: integer}}",
        "params: {a: {$anchor: x, type: string}, b: {$anchor: y, type: integer}}",
    ),
    "AM209": Explanation(
        "a definition has the name of a named schema",
        "Named schemas are published under `$defs`. A schema that mentions one, directly or not, cannot "
        "have a definition of the same name in its own `$defs`: both would be `#/$defs/NAME`.",
        'input: {type: object, $defs: {City: {}}, properties: {c: {$ref: "#/schemas/City"}}}',
        'input: {type: object, $defs: {Town: {}}, properties: {c: {$ref: "#/schemas/City"}}}',
    ),
}

_SCHEMAS = {
    "AM207": Explanation(
        "a schema is of another dialect",
        "MCP's schemas are JSON Schema 2020-12. Keywords changed their meaning between drafts "
        "(`items`, `definitions`, `dependencies`), so an older schema would not mean what it says.",
        '$schema: "http://json-schema.org/draft-07/schema#"',
        '$schema: "https://json-schema.org/draft/2020-12/schema"',
    ),
    "AM210": Explanation(
        "a schema is no JSON Schema",
        "It breaks the metaschema of JSON Schema 2020-12: clients would refuse it, or worse, ignore it.",
        "city: {type: strin}",
        "city: {type: string}",
    ),
    "AM211": Explanation(
        "a schema cannot be compiled",
        "It has the form of JSON Schema, yet no validator can be made of it; most often because of a "
        "regular expression that is too large or that names something unknown.",
        "code: {type: string, pattern: '\\p{Foo}'}",
        "code: {type: string, pattern: '\\p{L}'}",
    ),
    "AM217": Explanation(
        "a default breaks its own schema",
        "The handler would see a value that no caller may send.",
        "days: {type: integer, minimum: 1, default: 0}",
        "days: {type: integer, minimum: 1, default: 1}",
    ),
    "AM218": Explanation(
        "an example breaks its own schema",
        "Examples become documentation and tests; one that cannot happen is worse than none.",
        "params: {days: {type: integer}}\nexamples: [{name: week, params: {days: seven}}]",
        "params: {days: {type: integer}}\nexamples: [{name: week, params: {days: 7}}]",
    ),
    "AM251": Explanation(
        "what callers send would be run as code",
        "A command starts a shell, or another interpreter, with code that a caller's text is part of: it could do anything "
        "that the server may do. Hand the text over as an argument of its own, which the code refers to.",
        'argv: [sh, -c, "grep {word} notes.txt"]',
        """argv: [sh, -c, 'grep -e "$1" notes.txt', sh, "{word}"]""",
    ),
    "AM250": Explanation(
        "keywords that cannot be",
        "With `keywords: true`, handlers and the client take the properties of a raw `input` one by one. Then all has to be "
        "said of each property by itself: in `properties` and `required`, with references to `#/schemas/NAME` alone.",
        "input: {type: object, properties: {a: {}}, anyOf: [{required: [a]}]}\nkeywords: true",
        "input: {type: object, properties: {a: {}}, required: [a]}\nkeywords: true",
    ),
    "AM220": Explanation(
        "a schema must describe an object",
        "MCP sends arguments as an object, and an error's data is one so that it can grow. Clients look "
        "for `type: object` at the root of an input schema and drop all tools of a server without it.",
        "input: {properties: {city: {type: string}}}",
        "input: {type: object, properties: {city: {type: string}}}",
    ),
    "AM221": Explanation(
        "an example ends in an error that the operation does not declare",
        "The example becomes a test in which the handler raises that very error; an operation that does "
        "not list it may not end in it.",
        "examples: [{name: none, error: NotFound}]",
        "errors: [NotFound]\nexamples: [{name: none, error: NotFound}]",
    ),
}

CODES: dict[str, Explanation] = dict(sorted({**_NAMES, **_REFERENCES, **_SCHEMAS}.items()))
