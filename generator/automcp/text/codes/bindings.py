"""AM232 to AM240, AM311 to AM315: what operations are bound to, and what they use for that."""

from __future__ import annotations

from .explanation import Explanation

CODES: dict[str, Explanation] = {
    "AM232": Explanation(
        "a template cannot be read",
        "In templates, `{name}` stands for a parameter, `{settings.name}` for a setting and `{*}` for all arguments. "
        "A brace that is meant as such is written twice.",
        "body: {query: 'query { me }'}",
        "body: {query: 'query {{ me }}'}",
    ),
    "AM233": Explanation(
        "a caller's value stands where only settings can",
        "Callers choose what is done, never where: which host gets the credentials, or which program is started, is "
        "for those who run the server to say.",
        "run: {command: {argv: ['{program}']}}",
        "run: {command: {argv: ['{settings.program}']}}",
    ),
    "AM234": Explanation(
        "a value may be missing where one has to be",
        "What the caller leaves out is left out of queries, headers, bodies and arguments. A path or a URL without one "
        "of its parts would be another one.",
        "params: {id: {type: string, optional: true}}\nrun: {http: {get: '/pets/{id}'}}",
        "params: {id: {type: string}}\nrun: {http: {get: '/pets/{id}'}}",
    ),
    "AM235": Explanation(
        "a value cannot become part of a text",
        "A placeholder beside other text stands for its value as text, which texts, numbers and flags have. Lists and "
        "objects can stand alone where JSON is sent, and lists among the arguments of a command.",
        "params: {tags: {type: array}}\nrun: {http: {get: /pets, query: {q: 'tags:{tags}'}}}",
        "params: {tags: {type: array}}\nrun: {http: {get: /pets, query: {tags: '{tags}'}}}",
    ),
    "AM236": Explanation(
        "it is not clear which backend is meant",
        "`backend` may be left out if `backends` has exactly one of the kind that is needed: `http` for `http`, `sql` "
        "for `sql`, `files` for `file`, `mcp` for `proxy`.",
        "backends: {a: {files: {root: a}}, b: {files: {root: b}}}\nrun: {file: {read: '{path}'}}",
        "backends: {a: {files: {root: a}}, b: {files: {root: b}}}\nrun: {file: {backend: a, read: '{path}'}}",
    ),
    "AM237": Explanation(
        "a binding cannot work",
        "What it says would be refused by whatever it is sent to, or mean something else there: a path that is none, a "
        "header with control characters, a body that cannot have this form, an error that can never come up.",
        "run: {http: {get: 'pets?limit=5'}}",
        "run: {http: {get: /pets, query: {limit: 5}}}",
    ),
    "AM238": Explanation(
        "what an operation is bound to does not answer what it promises",
        "`returns` and `content` are checked before an answer leaves, so every call would fail, or something would be "
        "read that nobody gets.",
        "run: {file: {read: '{path}'}}  # and no `returns`",
        "returns: {type: string}\nrun: {file: {read: '{path}'}}",
    ),
    "AM239": Explanation(
        "an operation that reads is bound to something that writes",
        "`effect: reads` lets clients repeat a call and skip asking the user, and statements run in a transaction that "
        "cannot write.",
        'effect: reads\nrun: {sql: {statement: "DELETE FROM notes WHERE id = :id"}}',
        'effect: destroys\nrun: {sql: {statement: "DELETE FROM notes WHERE id = :id"}}',
    ),
    "AM240": Explanation(
        "a function cannot be called as the spec says",
        "Functions are called with the arguments by name. This is found in the text of the module, if that lies beside "
        "the server's package, the spec or automcp.toml, in `src` there, or belongs to Python; nothing is imported.",
        "params: {x: {type: number}}\nrun: {python: 'math:sqrt'}  # def sqrt(x, /)",
        "params: {x: {type: number}}\nrun: {python: 'numbers_of_mine:root'}  # def root(x)",
    ),
    "AM311": Explanation(
        "nothing is done with a parameter",
        "Callers would fill it in, and wonder.",
        "params: {id: {type: string}, limit: {type: integer}}\nrun: {http: {get: '/pets/{id}'}}",
        "params: {id: {type: string}}\nrun: {http: {get: '/pets/{id}'}}",
    ),
    "AM312": Explanation(
        "a request that is not meant to have a body has one",
        "A body of a GET or HEAD request has no meaning in HTTP (RFC 9110, 9.3.1): servers may ignore it, proxies may "
        "refuse it, caches do not look at it.",
        "run: {http: {get: /search, body: {text: '{text}'}}}",
        "run: {http: {post: /search, body: {text: '{text}'}}}",
    ),
    "AM313": Explanation(
        "the spec itself says a secret",
        "It is written into the generated package, where everyone who has the package reads it.",
        "auth: {token: {bearer: abc123}}",
        "settings: {token: {type: string, secret: true}}\nauth: {token: {bearer: '{settings.token}'}}",
    ),
    "AM314": Explanation(
        "what proves who calls is no secret",
        "Settings that are no secrets are printed where settings are, as in logs and in error messages.",
        "settings: {token: {type: string}}\nauth: {token: {bearer: '{settings.token}'}}",
        "settings: {token: {type: string, secret: true}}\nauth: {token: {bearer: '{settings.token}'}}",
    ),
    "AM315": Explanation(
        "a command has no time limit",
        "Programs wait: for a network, a lock, or input that nobody gives. Without `timeout` such a call never ends, and "
        "holds one of the places for commands.",
        "run: {command: {argv: [git, fetch]}}",
        "timeout: 1m\nrun: {command: {argv: [git, fetch]}}",
    ),
}
