"""AM60x to AM62x: what a spec does not say of the OpenAPI document that it was made from."""

from __future__ import annotations

from .explanation import Explanation

_DOCUMENT = {
    "AM601": Explanation(
        "this is no OpenAPI document",
        "A document says which OpenAPI it is written in: `openapi: 3.0.x`, `3.1.x` or `3.2.x`, or `swagger: "
        '"2.0"`. Others cannot be imported.',
        "openapi: 4.0.0",
        "openapi: 3.1.1",
    ),
    "AM602": Explanation(
        "a part of the document is not as OpenAPI has it",
        "A text stands where a mapping belongs, a path does not start with `/`, a status is none. That part is left "
        "out, or taken for what allows anything; the rest is imported.",
        "schema: string",
        "schema: {type: string}",
    ),
    "AM603": Explanation(
        "a reference leads nowhere",
        "The file, or the place in it, is not there. Files are read below the folder of the document (or of `--root`), "
        "and nothing is fetched from the network: download what is referred to. What a lost reference stands for is "
        "taken for anything.",
        "$ref: https://example.com/common.yaml#/Pet",
        "$ref: common.yaml#/Pet",
    ),
    "AM604": Explanation(
        "an operation is left out",
        "It cannot be said as a bound operation: a parameter or a body of it cannot be found, it has a method or a way "
        "to send a value that bindings do not have. The message says which; the other operations are imported.",
        "",
        "",
    ),
}
_SCHEMAS = {
    "AM610": Explanation(
        "a keyword that means nothing",
        "JSON Schema has no such keyword, OpenAPI has no such field there, or it stands beside a `$ref` that replaces "
        "all around it: in schemas, until OpenAPI 3.1. It is left out. Extensions (`x-…`) are not read at all.",
        "{type: string, alias: title}",
        "{type: string}",
    ),
    "AM611": Explanation(
        "a keyword with a value that it cannot have",
        "No validator could use it: a type that JSON does not have, a regular expression of another dialect, a "
        "`required` that is true. It is left out, so that the schema allows more than was meant.",
        "{type: datetime}",
        "{type: string, format: date-time}",
    ),
    "AM612": Explanation(
        "a discriminator without branches",
        "A discriminator beside `oneOf` or `anyOf` becomes part of the branches: each says which value it is for. One "
        "of a base class lists no branches, and JSON Schema has no way to find those who inherit from it.",
        "Pet: {type: object, discriminator: {propertyName: kind}}",
        'Pet: {oneOf: [{$ref: "#/components/schemas/Cat"}], discriminator: {propertyName: kind}}',
    ),
    "AM613": Explanation(
        "a schema that is only itself",
        "Following the references, one comes back to where one was without having learnt anything about the value "
        "(JSON Schema 2020-12 core, 9.4.1). The reference is taken out, so that anything is allowed there.",
        'Pet: {allOf: [{$ref: "#/components/schemas/Pet"}]}',
        "Pet: {type: object}",
    ),
    "AM614": Explanation(
        "a dynamic reference that is taken for a static one",
        "`$dynamicRef` means another schema depending on who refers to it. Several schemas of the document have that "
        "`$dynamicAnchor`; the spec refers to the first.",
        "",
        "",
    ),
}
_OPERATIONS = {
    "AM620": Explanation(
        "a name that is not as in the document",
        "Names of operations and schemas are letters, digits, `_` and `-`; two of a kind differ also in Python; the "
        "name of a tool, group and operation together, has at most 64 letters. Rename it in the spec as you like.",
        "",
        "",
    ),
    "AM621": Explanation(
        "a parameter that is not quite as the document has it",
        "The path and its parameters do not fit each other, or a parameter has a style that its place does not have. "
        "The message says what was made of it.",
        "/pets/{petId}:   # and no parameter petId",
        "",
    ),
    "AM622": Explanation(
        "one of several media types",
        "A bound operation sends and reads one media type: JSON if the API has it, else a form, text, or bytes. The "
        "others are not said. Change `as` or the `Accept` header of the binding to use another one.",
        "",
        "",
    ),
    "AM623": Explanation(
        "one of several kinds of answer",
        "Successful responses are of different kinds, such as JSON and an image: the operation gives back the first. Or "
        "a response is neither success nor failure, such as a redirect.",
        "",
        "",
    ),
    "AM624": Explanation(
        "a security scheme that is not done as the document wants it",
        "Keys, bearer tokens, basic authentication and OAuth with client credentials are done by the server itself. "
        "Where somebody has to log in, a token that was got elsewhere can be set; other schemes (client certificates, "
        "digest) are left out: put them in front of the API, or write a handler.",
        "",
        "",
    ),
    "AM625": Explanation(
        "where the API is",
        "The document does not name the host, or names several. The URL is a setting of the compiled server; see what "
        "its default is, and set it.",
        "servers: [{url: /v1}]",
        'servers: [{url: "https://api.example.com/v1"}]',
    ),
    "AM626": Explanation(
        "what is no operation",
        "Webhooks, callbacks and links describe what others do, or could do next; headers of responses are not part "
        "of what an operation returns; licences, contacts and links to documents are for people. A spec has no place "
        "for them, and one group for each operation: that of its first tag.",
        "",
        "",
    ),
    "AM627": Explanation(
        "an overlay that cannot be applied",
        "An overlay (OpenAPI Overlay 1.0) is a list of actions, each with a JSONPath (RFC 9535) that finds what it is "
        "about. An expression that cannot be read is an error; one that finds nothing is a warning.",
        "overlay: 1.0.0\nactions: [{target: paths, remove: true}]",
        'overlay: 1.0.0\nactions: [{target: "$.paths", remove: true}]',
    ),
    "AM628": Explanation(
        "a pattern that fits no operation",
        "`--include` and `--exclude` take `tag:NAME`, a path such as `/pets/**`, a method, both (`GET /pets/*`), or an "
        "operation's id. This one fits nothing, so it is probably misspelt.",
        "automcp import openapi api.yaml --include pets",
        "automcp import openapi api.yaml --include tag:pets",
    ),
    "AM629": Explanation(
        "more tools than a model can choose from",
        "Hosts hand the names, descriptions and input schemas of all tools to the model, in every conversation. Import "
        "what you need: `--include` and `--exclude` choose by tag, path, method or id. Or let the compiled server list two tools "
        'that find and call the others: `tools = "search"` in `automcp.toml`.',
        "automcp import openapi github.json",
        "automcp import openapi github.json --include tag:issues",
    ),
    "AM630": Explanation(
        "a schema of answers that is not published",
        "With all that it refers to, the schema of what the operation returns has more than 64 kB. A list of such tools "
        "has hundreds of megabytes, so the answers go out as text (`structured: false`). They are checked and typed as "
        "before. Cut the schema down, or take `structured` out.",
        "",
        'returns: {$ref: "#/schemas/Charge"}\nstructured: false',
    ),
    "AM631": Explanation(
        "a failure that is not quite as the document has it",
        "A declared error has a name, a description and data that are an object. A failure of which only the status is "
        "described is told to callers as `BackendFailed`, with what the API says; a body that is a text or a list is "
        "no data. Operations share errors: where each describes one in its own words, the first words stand.",
        '"401": {description: The token is too old.}',
        "errors: {TokenTooOld: {description: The token is too old.}}",
    ),
}
CODES: dict[str, Explanation] = {**_DOCUMENT, **_SCHEMAS, **_OPERATIONS}
