"""AM222 to AM230: resources, prompts, questions, and who may use what."""

from __future__ import annotations

from .explanation import Explanation

CODES: dict[str, Explanation] = {
    "AM222": Explanation(
        "an address is none",
        "A resource has a URI with a scheme, or a URI template (RFC 6570): expressions in braces, of which each "
        "names variables. `variables` says more about those, and about no others.",
        "uri: notes/{id}",
        "uri: notes://{id}",
    ),
    "AM223": Explanation(
        "two resources have one address",
        "Callers know a resource by its address alone.",
        'resources: {a: {uri: "docs://all"}, b: {uri: "docs://all"}}',
        'resources: {a: {uri: "docs://all"}, b: {uri: "docs://new"}}',
    ),
    "AM224": Explanation(
        "a name is unknown",
        "`asks` names questions, `policy` a policy, `{settings.NAME}` a setting, `ui` a resource whose address "
        "starts with `ui://`, and `needs` what clients can declare. In `run`, `{NAME}` and `:NAME` are parameters, "
        "`backend` is one of `backends`, and `use` and `auth` name the schemes of one.",
        "asks: [confrm]",
        "asks: [confirm]",
    ),
    "AM225": Explanation(
        "a question cannot be asked",
        "MCP's forms are flat: an object of texts, numbers, flags, and choices of them, so that every client can "
        "draw one. Titles for choices are a `oneOf` of `{const, title}`. What does not fit a form can be a page to visit.",
        "form: {type: object, properties: {tags: {type: array, items: {type: object}}}}",
        "form: {type: object, properties: {tags: {type: array, items: {type: string, enum: [a, b]}}}}",
    ),
    "AM226": Explanation(
        "a parameter cannot be repeated in a header",
        "A header's value is text, so only strings, integers and booleans can be (SEP-2243); its name is a token "
        "(RFC 9110), and no other parameter has it. Clients drop a whole tool over a mistake here.",
        "params: {tags: {type: array, header: Tags}}",
        "params: {region: {type: string, header: Region}}",
    ),
    "AM227": Explanation(
        "authentication is not whole",
        "A policy decides by who calls, which only `auth` can tell. Clients that find their way to the `issuer` by "
        "themselves ask for tokens for `resource`, the server's own public URL.",
        "policy: {scopes: [admin]}  # and no `auth` in the spec",
        "auth: {scopes: [read]}",
    ),
    "AM228": Explanation(
        "a message mentions an argument that the prompt does not have",
        "`{name}` in a message stands for the text of an argument.",
        'messages: [{text: "Review {cod}"}]\narguments: {code: {}}',
        'messages: [{text: "Review {code}"}]\narguments: {code: {}}',
    ),
    "AM229": Explanation(
        "a text stands at many addresses",
        "`text` holds a resource that never changes; one whose address has variables needs a handler.",
        'uri: "notes://{id}"\ntext: A note.',
        'uri: "notes://about"\ntext: A note.',
    ),
    "AM231": Explanation(
        "a key cannot be kept",
        "State that travels through clients is sealed with this key, so it is a secret, a text of 32 bytes or more, "
        "and every process of the server has to have it.",
        "settings: {key: {type: string}}\nstate_key: '{settings.key}'",
        "settings: {key: {type: string, secret: true, minLength: 32}}\nstate_key: '{settings.key}'",
    ),
    "AM230": Explanation(
        "a path cannot be a page of its own",
        "`health` is the path of a page beside the MCP endpoint, which is at `/mcp`.",
        "health: up",
        "health: /health",
    ),
}
