"""What resolving makes of `run`: defaults, what templates mention, and what can be answered."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.ir.backends import Composed, Configured, Given, Template
from automcp.ir.bindings import (
    INHERITED,
    Argument,
    CommandCall,
    FileCall,
    HttpBody,
    HttpCall,
    HttpPages,
    HttpPart,
    HttpValue,
    ProxyCall,
    PythonCall,
    SqlCall,
)
from automcp.ir.model import Operation

from .specs import errors, findings, service

AROUND = """
settings:
  key: {type: string}
  folder: {type: string, optional: true}
  token: {type: string, secret: true}
errors:
  Gone: {description: Gone.}
  Bad: {description: Bad.}
questions: {sure: {message: Sure?, url: "https://a.example"}}
schemas:
  Name: {type: string}
  Names: {type: array, items: {$ref: "#/schemas/Name"}}
  Pet: {type: object, properties: {id: {type: integer}}}
  Maybe: {oneOf: [{$ref: "#/schemas/Pet"}, {type: "null"}]}
backends:
  api: {http: {url: "https://a.example", auth: {t: {bearer: "{settings.token}"}, u: {key: "{settings.key}", query: k}}}}
  store: {sql: {url: "sqlite:a.db"}}
  docs: {files: {root: docs}}
  other: {mcp: {url: "https://b.example/mcp"}}
groups:
  g:
    operations:
      o:
        description: Does.
"""
PARAMS = """
        params:
          id: {type: string}
          n: {type: integer, default: 3}
          tags: {type: array, items: {type: string}, optional: true}
          pet: {$ref: "#/schemas/Pet"}
          note: {type: string, optional: true}
          X-Odd.key[0]: {type: string, optional: true}
"""


def spec(run: str, more: str = "") -> str:
    lines = "".join(f"        {line}\n" for line in more.splitlines())
    return f"{AROUND}{PARAMS}{lines}        run: {run}\n"


def bound(run: str, more: str = "") -> Operation:
    return service(spec(run, more)).operations[0]


def http(text: str, more: str = "") -> HttpCall:
    found = bound(f"{{http: {{{text}}}}}", more).run
    assert isinstance(found, HttpCall)
    return found


def command(text: str, more: str = "") -> CommandCall:
    found = bound(f"{{command: {{{text}}}}}", more).run
    assert isinstance(found, CommandCall)
    return found


def sql(text: str, more: str = "") -> SqlCall:
    found = bound(f"{{sql: {{{text}}}}}", more).run
    assert isinstance(found, SqlCall)
    return found


def given(key: str | None) -> Template:
    return Template((Given(key),))


def simple(value: Any) -> HttpValue:
    return HttpValue(value, "simple", explode=False)


def form(value: Any, *, explode: bool = True, reserved: bool = False) -> HttpValue:
    return HttpValue(value, "form", explode, reserved)


def test_defaults_of_http() -> None:
    assert http("get: /pets") == HttpCall(
        backend="api",
        method="GET",
        path=("/pets",),
        query={},
        headers={},
        cookies={},
        body=None,
        auth=(("t",), ("u",)),
        errors={},
        answer="none",
        at="",
        pages=None,
    )


@pytest.mark.parametrize(
    ("line", "method", "path"),
    [
        ("QUERY /pets", "QUERY", "/pets"),
        ("M-SEARCH /a b", "M-SEARCH", "/a%20b"),
        ("GET /pets", "GET", "/pets"),
    ],
)
def test_other_methods(line: str, method: str, path: str) -> None:
    call = http(f"request: {line}")
    assert (call.method, call.path) == (method, (path,))


@pytest.mark.parametrize("line", ["query /x", "CONNECT /x", "/x", "A B /x", "QUERY x", "QUERY"])
def test_what_is_no_request(line: str) -> None:
    assert errors(spec(f"{{http: {{request: {line}}}}}")) == [("AM106", line)]


def test_a_wrong_placeholder_of_another_method_is_found_in_its_path() -> None:
    assert ("AM224", "{idd}") in errors(spec('{http: {request: "QUERY /{idd}"}}'))


@pytest.mark.parametrize(
    ("path", "pieces"),
    [
        ("/", ("/",)),
        ("/pets/{id}", ("/pets/", simple(given("id")))),
        ("/pets/{id}.{n}", ("/pets/", simple(given("id")), ".", simple(given("n")))),
        ("/{settings.key}/x", ("/", simple(Template((Configured("key"),))), "/x")),
        ("/a b/ü%/%41%4g", ("/a%20b/%C3%BC%25/%41%254g",)),
        ("/a{{b}}", ("/a%7Bb%7D",)),
        ("/pets:search;v=1/@x,y", ("/pets:search;v=1/@x,y",)),
        ("/...", ("/...",)),
    ],
)
def test_paths(path: str, pieces: tuple[str | HttpValue, ...]) -> None:
    assert http(f'get: "{path}"').path == pieces


@pytest.mark.parametrize(
    "path", ["pets", "/a?b=c", "/a#b", "/a/../b", "/..", "/./a", "/a\\\\b", "/a\\rb", "//\\0"]
)
def test_paths_that_lead_elsewhere(path: str) -> None:
    assert [code for code, _ in errors(spec(f'{{http: {{get: "{path}"}}}}'))] == ["AM237"]


@pytest.mark.parametrize(
    ("text", "style", "explode"),
    [
        ("{}", "simple", False),
        ("{style: matrix}", "matrix", False),
        ("{style: label, explode: true}", "label", True),
        ("{style: json}", "json", False),
    ],
)
def test_styles_in_paths(text: str, style: str, explode: bool) -> None:
    found = http(f'get: "/{{id}}", path: {{id: {text}}}').path[1]
    assert found == HttpValue(given("id"), style, explode)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"{tags}"', form(given("tags"))),
        ('"2"', form("2")),
        ("2", form(2)),
        ("true", form(True)),
        ('""', form("")),
        ('"{{x}}"', form("{x}")),
        ('"a {id}{n}"', form(Template(("a ", Given("id"), Given("n"))))),
        ('"{*}"', form(given(None))),
        ('"{X-Odd.key[0]}"', form(given("X-Odd.key[0]"))),
        ('{value: "{tags}", explode: false}', form(given("tags"), explode=False)),
        ('{value: "{tags}", style: pipeDelimited}', HttpValue(given("tags"), "pipeDelimited", False)),
        ('{value: "{pet}", style: deepObject}', HttpValue(given("pet"), "deepObject", True)),
        ('{value: "{pet}", style: json}', HttpValue(given("pet"), "json", False)),
        ('{value: "{id}", reserved: true}', form(given("id"), reserved=True)),
        ('{value: [1, "{id}"]}', form(Composed((1, given("id"))))),
        ("{value: {a: null}}", form(Composed({"a": None}))),
    ],
)  # fmt: skip
def test_query(text: str, value: HttpValue) -> None:
    assert http(f"get: /, query: {{q: {text}}}").query == {"q": value}


def test_headers_and_cookies() -> None:
    found = http('get: /, headers: {X-Id: "{id}"}, cookies: {sid: "{tags}"}')
    assert found.headers == {"X-Id": simple(given("id"))}
    assert found.cookies == {"sid": form(given("tags"))}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ('body: "{pet}"', HttpBody(given("pet"), "json", "application/json")),
        ("body: null", HttpBody(None, "json", "application/json")),
        (
            'body: {a: ["{id}", {b: "{note}!"}], "{c}": 1}',
            HttpBody(
                Composed(
                    {
                        "a": Composed((given("id"), Composed({"b": Template((Given("note"), "!"))}))),
                        "{c}": 1,
                    }
                ),
                "json",
                "application/json",
            ),
        ),
        ('body: "{pet}", as: form', HttpBody(given("pet"), "form", "application/x-www-form-urlencoded")),
        ('body: "{id}", as: text', HttpBody(given("id"), "text", "text/plain; charset=utf-8")),
        ('body: "{id}", as: binary', HttpBody(given("id"), "binary", "application/octet-stream")),
        ('body: "{id}", as: image/png', HttpBody(given("id"), "binary", "image/png")),
        ('body: "{id}", as: application/xml', HttpBody(given("id"), "text", "application/xml")),
        ("body: x, as: text/csv; header=present", HttpBody("x", "text", "text/csv; header=present")),
        (
            'body: "{pet}", as: application/merge-patch+json',
            HttpBody(given("pet"), "json", "application/merge-patch+json"),
        ),
        (
            'body: {f: "{id}"}, as: multipart, parts: {f: {file: true, media_type: image/png, headers: {X: "{n}"}}}',
            HttpBody(
                Composed({"f": given("id")}),
                "multipart",
                "multipart/form-data",
                {"f": HttpPart("image/png", file=True, headers={"X": given("n")})},
            ),
        ),
        (
            'body: "{pet}", as: form, parts: {any: {style: deepObject}, b: {style: spaceDelimited}}',
            HttpBody(
                given("pet"),
                "form",
                "application/x-www-form-urlencoded",
                {"any": HttpPart(style="deepObject"), "b": HttpPart(style="spaceDelimited", explode=False)},
            ),
        ),
    ],
)  # fmt: skip
def test_bodies(text: str, body: HttpBody) -> None:
    assert http(f"post: /, {text}").body == body


@pytest.mark.parametrize(
    ("text", "credentials"),
    [
        ("auth: []", ()),
        ("auth: [u]", (("u",),)),
        ("auth: [[t, u], []]", (("t", "u"), ())),
    ],
)
def test_credentials(text: str, credentials: tuple[tuple[str, ...], ...]) -> None:
    assert http(f"get: /, {text}").auth == credentials


@pytest.mark.parametrize(
    ("more", "text", "answer"),
    [
        ("", "", "none"),
        ("returns: {type: object}", "", "json"),
        ("returns: {type: string}", "", "text"),
        ('returns: {$ref: "#/schemas/Name"}', "", "text"),
        ("returns: {type: [string, 'null']}", "", "text"),
        ("returns: {type: string}", "at: /a, ", "json"),
        ("content: [text]", "at: /a, ", "json"),
        ("returns: {type: string}", "answer: bytes, ", "bytes"),
        ("returns: {type: string}", "answer: json, ", "json"),
        ("returns: {enum: [a, b]}", "", "text"),
        ("returns: {enum: [a, 1]}", "", "json"),
        ("returns: {}", "", "json"),
        ("returns: {}", "answer: text, ", "text"),
        ("content: [text]", "", "text"),
        ("content: [image]", "", "bytes"),
        ("content: [text, image]", "", "bytes"),
    ],
)
def test_answers(more: str, text: str, answer: str) -> None:
    assert http(f"{text}get: /", more).answer == answer


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("{link: true}", HttpPages("link", None, None, "", 10)),
        ("{link: false}", None),
        (
            "{cursor: after, at: /next, items: /a~1b, limit: 3}",
            HttpPages("cursor", "after", "/next", "/a~1b", 3),
        ),
        ("{page: page}", HttpPages("page", "page", None, "", 10)),
        ("{offset: o}", HttpPages("offset", "o", None, "", 10)),
    ],
)
def test_pages(text: str, pages: HttpPages | None) -> None:
    assert http(f"get: /, pages: {text}", "returns: {type: array}").pages == pages


def test_the_list_of_pages_is_where_the_answer_is() -> None:
    found = http("get: /, at: /data, pages: {page: p}", "returns: {type: array}")
    assert found.at == ""
    assert found.pages is not None
    assert found.pages.items == "/data"


def test_errors_of_bindings_are_the_operations() -> None:
    found = bound("{http: {get: /, errors: {404: Gone, 4XX: Bad, default: Bad}}}", "errors: [Bad]")
    assert [error.key for error in found.errors] == ["Bad", "Gone"]
    assert isinstance(found.run, HttpCall)
    assert found.run.errors == {"404": "Gone", "4XX": "Bad", "default": "Bad"}
    example = "examples: [{name: gone, params: {id: a, pet: {}}, error: Gone}]"
    assert bound("{command: {argv: [a], errors: {1: Gone}}}", example).examples[0].error == "Gone"


def test_defaults_of_commands() -> None:
    assert command("argv: [ls]") == CommandCall(
        arguments=(Argument(Template(("ls",))),),
        stdin=None,
        folder=None,
        inherits=INHERITED,
        environment={},
        output="none",
        succeeds=(0,),
        errors={},
        limit=10_000_000,
    )


@pytest.mark.parametrize(
    ("item", "argument"),
    [
        ("x", Argument(Template(("x",)), dashes=True)),
        ('"{id}"', Argument(given("id"))),
        ('"{tags}"', Argument(given("tags"))),
        ('"--n={n}"', Argument(Template(("--n=", Given("n"))), dashes=True)),
        ('"{n}px"', Argument(Template((Given("n"), "px")))),
        ('{flag: --max, value: "{n}"}', Argument(given("n"), "--max")),
        ('{flag: --max, value: "{n}", dashes: true}', Argument(given("n"), "--max", True)),
        ('{value: "{id}", dashes: true}', Argument(given("id"), None, True)),
        ('{value: "x{id}", dashes: false}', Argument(Template(("x", Given("id"))))),
        ('"{settings.key}"', Argument(Template((Configured("key"),)))),
        ('""', Argument(Template(()))),
    ],
)
def test_arguments(item: str, argument: Argument) -> None:
    assert command(f"argv: [ls, {item}]").arguments[1] == argument


def test_behind_two_dashes_a_value_is_no_option() -> None:
    found = command(
        'argv: [ls, "{id}", {flag: --, value: x}, "{id}", --, "{tags}", {value: "{n}", dashes: false}]'
    )
    assert [one.dashes for one in found.arguments] == [False, False, True, False, True, True, False]  # fmt: skip


def test_commands() -> None:
    found = command(
        'argv: ["{settings.key}"], stdin: "{*}", cwd: "{settings.key}/{id}", inherit: [A_B], '
        'env: {C: "{note}", D: ""}, succeeds: [0, 3, 0], errors: {1: Gone, default: Bad}, limit: 1.1kB'
    )
    assert found.stdin == given(None)
    assert found.folder == Template((Configured("key"), "/", Given("id")))
    assert found.inherits == ("A_B",)
    assert found.environment == {"C": given("note"), "D": Template(())}
    assert (found.succeeds, found.limit) == ((0, 3), 1100)
    assert found.errors == {"1": "Gone", "default": "Bad"}


@pytest.mark.parametrize(
    ("more", "output"),
    [
        ("", "none"),
        ("returns: {type: string}", "text"),
        ("returns: {type: array, items: {type: string}}", "lines"),
        ('returns: {$ref: "#/schemas/Names"}', "lines"),
        ("returns: {type: array}", "json"),
        ("returns: {type: array, items: {type: integer}}", "json"),
        ("returns: {type: integer}", "json"),
        ("returns: {}", "json"),
        ("content: [text]", "text"),
    ],
)
def test_output_of_commands(more: str, output: str) -> None:
    assert command("argv: [ls]", more).output == output


def test_statements() -> None:
    found = sql(
        "statement: \"SELECT 1 WHERE a = :id AND b = ':no' AND c::text = :x -- :no\", bind: {x: ['%{note}%']}, "
        "rows: many, limit: 5, errors: {conflict: Bad}",
        "returns: {type: array}\neffect: reads",
    )
    assert found.backend == "store"
    assert found.parameters == {"id": given("id"), "x": Composed((Template(("%", Given("note"), "%")),))}  # fmt: skip
    assert list(found.parameters) == ["id", "x"]
    assert (found.rows, found.limit, found.conflict, found.missing) == ("many", 5, "Bad", None)
    assert not found.writes


@pytest.mark.parametrize(
    ("statement", "more", "rows"),
    [
        ("DELETE FROM a", "", "none"),
        ("SELECT 1", "returns: {type: array}", "many"),
        ("SELECT 1", 'returns: {$ref: "#/schemas/Pet"}', "one"),
        ("SELECT 1", 'returns: {$ref: "#/schemas/Maybe"}', "one"),
        ("SELECT 1", "returns: {type: string}", "value"),
        ("SELECT count(*) FROM a", "returns: {type: integer}", "value"),
        ("DELETE FROM a", "returns: {type: integer}", "count"),
        ("/* x */ delete from a", "returns: {type: [integer, 'null']}", "count"),
        ("INSERT INTO a VALUES (1) RETURNING id", "returns: {type: integer}", "value"),
        ("WITH x AS (SELECT 1) UPDATE a SET b = 1", "returns: {type: integer}", "count"),
    ],
)
def test_rows(statement: str, more: str, rows: str) -> None:
    assert sql(f'statement: "{statement}"', more).rows == rows


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO a VALUES (1)",
        "  -- SELECT\\n  update a set b = 1",
        "/* ( */ Delete FROM a",
        "WITH x AS (SELECT ')') DELETE FROM a",
        "WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone",
        "drop table a",
    ],
)
def test_what_reads_does_not_write(statement: str) -> None:
    text = spec(f'{{sql: {{statement: "{statement}"}}}}', "effect: reads")
    assert [code for code, _ in errors(text)] == ["AM239"]
    assert sql(f'statement: "{statement}"').writes


@pytest.mark.parametrize(
    "statement",
    ["SELECT 'delete' FROM a", 'SELECT 1 AS "update"', "SELECT replace(a, 1, 2) FROM a"],
)
def test_what_reads_may_mention_what_writes(statement: str) -> None:
    text = spec(f"{{sql: {{statement: {statement!r}}}}}", "effect: reads")
    assert errors(text) == []


def test_files() -> None:
    found = bound('{file: {write: "{id}.md", content: "{n}", errors: {exists: Bad}}}').run
    assert found == FileCall(
        backend="docs",
        act="write",
        path=Template((Given("id"), ".md")),
        content=given("n"),
        binary=False,
        pattern=None,
        limit=1_000_000,
        missing=None,
        exists="Bad",
    )
    listed = bound('{file: {list: ., pattern: "*.md"}}', "returns: {type: array}").run
    assert isinstance(listed, FileCall)
    assert (listed.act, listed.pattern, listed.limit) == ("list", Template(("*.md",)), 1000)


def test_functions_and_tools() -> None:
    assert bound("{python: a.b:c}").run == PythonCall("a.b", "c", context=False)
    assert bound("{python: {call: 'a:b.c', context: true}}").run == PythonCall("a", "b.c", context=True)  # fmt: skip
    of_mcp1 = bound("{python: {call: 'a:b', as: mcp1}}")
    assert of_mcp1.run == PythonCall("a", "b", context=False, sdk="mcp1")
    assert of_mcp1.tool_of == "mcp1"
    assert bound("{python: a.b:c}").tool_of is None
    assert bound("{proxy: git_log}").run == ProxyCall("other", "git_log")
    assert bound("{proxy: {backend: other}}").run == ProxyCall("other", "g_o")
    assert bound("{python: {call: 'a:b', context: true}}", "asks: [sure]").asks


def test_an_operation_without_a_binding_has_none() -> None:
    only = service("groups: {g: {operations: {o: {}}}}\n")
    assert only.operations[0].run is None
    assert only.backends == ()


RAW = """
groups:
  g:
    operations:
      o:
        description: Does.
        input: {INPUT}
        run: {command: {argv: [a, {value: "{x}"}]}}
"""


@pytest.mark.parametrize(
    ("schema", "codes"),
    [
        ("{type: object, properties: {x: {type: string}}}", []),
        ("{type: object, properties: {x: {type: object}}}", ["AM235"]),
        ("{type: object, properties: {y: {type: string}}}", ["AM224"]),
        ("{type: object, anyOf: [{properties: {x: {}}}]}", ["AM224"]),
    ],
)
def test_raw_inputs(schema: str, codes: list[str]) -> None:
    assert [code for code, _ in errors(RAW.replace("{INPUT}", schema))] == codes


@pytest.mark.parametrize(
    ("run", "more", "found"),
    [
        ('{http: {get: "/{note}"}}', "", [("AM234", "{note}")]),
        ('{http: {get: "/{tags}"}}', "", [("AM234", "{tags}")]),
        ('{http: {get: "/{idd}", query: {a: "{nn}"}}}', "", [("AM224", "{idd}"), ("AM224", "{nn}")]),
        ('{http: {get: /, query: {a: "{settings.keyy}"}}}', "", [("AM224", "{settings.keyy}")]),
        ('{http: {get: /, query: {a: "x{tags}"}}}', "", [("AM235", "{tags}")]),
        ('{http: {get: /, body: {a: "x{pet}"}}}', "", [("AM235", "{pet}")]),
        ('{http: {get: "/{id}", path: {n: {}}}}', "", [("AM224", "n")]),
        ("{http: {get: /, errors: {404: Gonee}}}", "", [("AM215", "Gonee")]),
        ("{http: {get: /, auth: [tt]}}", "", [("AM224", "tt")]),
        ("{http: {backend: store, get: /}}", "", [("AM236", "store")]),
        ("{http: {backend: ap, get: /}}", "", [("AM224", "ap")]),
        ("{http: {post: /, body: 1, as: text}}", "", [("AM237", "body")]),
        ('{http: {post: /, body: "{tags}", as: form}}', "", [("AM235", "{tags}")]),
        ('{http: {post: /, body: "{pet}", as: text}}', "", [("AM235", "{pet}")]),
        ("{http: {post: /, body: {a: 1}, as: form, parts: {b: {}}}}", "", [("AM224", "b")]),
        ("{http: {post: /, body: {a: 1}, as: 'text/plain\\r\\nX: y'}}", "", [("AM237", "body"), ("AM237", "'text/plain\\r\\nX: y'")]),
        ('{http: {get: /, headers: {A: "b\\nc"}}}', "", [("AM237", '"b\\nc"')]),
        ("{http: {get: /, headers: {hOST: a, transfer-encoding: b}}}", "", [("AM237", "hOST"), ("AM237", "transfer-encoding")]),
        ("{http: {get: /, answer: json}}", "", [("AM238", "json")]),
        ("{http: {get: /, answer: none}}", "returns: {}", [("AM238", "none")]),
        ("{http: {get: /, answer: text}}", "returns: {type: integer}", [("AM238", "text")]),
        ("{http: {head: /}}", "returns: {}", [("AM238", "head")]),
        ("{http: {get: /}}", "returns: {}\ncontent: [text]", [("AM238", "text")]),
        ("{http: {get: /, at: /a, answer: text}}", "returns: {}", [("AM237", "/a")]),
        ("{http: {get: /, at: /a}}", "", [("AM237", "/a")]),
        ("{http: {get: /, at: /a}}", "content: [image]", [("AM238", "image")]),
        ("{http: {get: /}}", "content: [link]", [("AM238", "link")]),
        ("{http: {get: /, pages: {page: p}}}", "returns: {type: object}", [("AM238", "page")]),
        ("{http: {get: /, answer: text, pages: {page: p}}}", "returns: {}", [("AM238", "text")]),
        ("{http: {get: /, at: /a, pages: {page: p, items: /b}}}", "returns: {type: array}", [("AM237", "/a")]),
        ('{command: {argv: ["{id}"]}}', "", [("AM233", "{id}")]),
        ('{command: {argv: ["./{id}"]}}', "", [("AM233", "{id}")]),
        ('{command: {argv: ["{settings.folder}"]}}', "", [("AM234", "{settings.folder}")]),
        ('{command: {argv: [" "]}}', "", [("AM237", '" "')]),
        ('{command: {argv: [{flag: -a, value: b}]}}', "", [("AM237", "-a")]),
        ('{command: {argv: [a, "{pet}", "{*}", "x{tags}"]}}', "", [("AM235", "{pet}"), ("AM235", "{*}"), ("AM235", "{tags}")]),
        ('{command: {argv: [a, "b\\0"]}}', "", [("AM237", '"b\\0"')]),
        ('{command: {argv: [a], cwd: "{note}"}}', "", [("AM234", "{note}")]),
        ('{command: {argv: [a], env: {A: "{tags}"}}}', "", [("AM235", "{tags}")]),
        ("{command: {argv: [a], errors: {0: Bad}}}", "", [("AM237", "0")]),
        ("{command: {argv: [a], succeeds: [2], errors: {0: Bad, 2: Bad}}}", "", [("AM237", "2")]),
        ("{command: {argv: [a], output: lines}}", "returns: {type: string}", [("AM238", "lines")]),
        ("{command: {argv: [a]}}", "content: [image]", [("AM238", "image")]),
        ("{command: {argv: [a]}}", "asks: [sure]", [("AM238", "sure")]),
        ("{python: a:b}", "asks: [sure]", [("AM238", "sure")]),
        ("{python: a.class:b}", "", [("AM237", "a.class:b")]),
        ("{python: {call: 'a:b', as: mcp1}}", "errors: [Bad]", [("AM238", "Bad")]),
        ("{python: {call: 'a:b', as: mcp1}}", "asks: [sure]", [("AM238", "sure")]),
        ('{sql: {statement: "SELECT :who"}}', "", [("AM224", ":who")]),
        ('{sql: {statement: "SELECT 1", bind: {a: 1}}}', "", [("AM224", "a")]),
        ('{sql: {statement: "SELECT 1; SELECT 2"}}', "", [("AM237", '"SELECT 1; SELECT 2"')]),
        ('{sql: {statement: "SELECT 1", errors: {missing: Gone}}}', "", [("AM237", "Gone")]),
        ("{sql: {statement: SELECT 1}}", "returns: {}", [("AM238", "{}")]),
        ("{sql: {statement: SELECT 1}}", "content: [text]", [("AM238", "text")]),
        ("{sql: {statement: SELECT 1, rows: one}}", "returns: {type: array}", [("AM238", "one")]),
        ("{file: {read: a}}", "", [("AM238", "read")]),
        ("{file: {read: a}}", "returns: {type: object}", [("AM238", "read")]),
        ("{file: {delete: a}}", "returns: {type: object}", [("AM238", "delete")]),
        ("{file: {delete: a}}", "effect: reads", [("AM239", "delete")]),
        ('{file: {read: "{note}"}}', "returns: {type: string}", [("AM234", "{note}")]),
        ('{file: {write: a, content: "{tags}"}}', "", [("AM234", "{tags}"), ("AM235", "{tags}")]),
        ("{file: {append: a, content: b, errors: {exists: Bad}}}", "", [("AM237", "Bad")]),
    ],
)  # fmt: skip
def test_mistakes(run: str, more: str, found: list[tuple[str, str]]) -> None:
    assert sorted(errors(spec(run, more))) == sorted(found)


def test_unused_parameters() -> None:
    def unused(run: str) -> list[str]:
        said = findings(spec(run))
        return [one.at.span.text for one in said if one.code == "AM311" and one.at]

    everything = ["id", "n", "tags", "pet", "note", "X-Odd.key[0]"]
    assert unused("{http: {get: /}}") == everything
    assert unused('{http: {get: "/{id}", query: {a: "x{n}"}, body: {b: ["{pet}"]}}}') == [
        "tags",
        "note",
        "X-Odd.key[0]",
    ]
    assert unused('{http: {post: /, body: "{*}"}}') == []
    assert unused("{sql: {statement: 'DELETE FROM a WHERE b = :id'}}") == everything[1:]
    assert unused("{python: a:b}") == []
    assert unused("{proxy: a}") == []


def test_many_placeholders() -> None:
    many = 10_000
    argv = ", ".join(['"{id}{n}"'] * many)
    assert len(command(f"argv: [a, {argv}]").arguments) == many + 1
    long = "{id}" * many
    (piece,) = http(f'get: /, query: {{a: "{long}"}}').query.values()
    assert isinstance(piece.value, Template)
    assert len(piece.value.pieces) == many
    assert len(errors(spec(f'{{http: {{get: /, query: {{a: "{"{x}" * 100}"}}}}}}'))) == 100


def test_names_that_nobody_has_are_harmless() -> None:
    text = spec('{http: {get: /, query: {a: "{\\e[31m}", b: "{a\\nb}"}}}')
    assert [code for code, _ in errors(text)] == ["AM224", "AM232"]


@pytest.mark.parametrize(
    ("argv", "found"),
    [
        ('[sh, -c, "echo {text}"]', True),
        ('[/usr/bin/env, bash, -lc, "echo {text}"]', True),
        ('[python3.11, -c, "{text}"]', True),
        ("[perl, {flag: -e, value: '{text}'}]", True),
        ('[cmd.exe, /c, "dir {text}"]', True),
        ('[node, --eval, "{text}"]', True),
        ('[sh, -c, "head -n {count} {mode}"]', False),
        ("""[sh, -c, 'echo "$1"', sh, "{text}"]""", False),
        ('[grep, -c, "{text}"]', False),
        ('[python, script.py, "{text}"]', False),
        ('[sh, -c, "echo {settings.word}"]', False),
    ],
)
def test_what_callers_send_is_no_code(argv: str, found: bool) -> None:
    text = f"""
        settings: {{word: {{type: string}}}}
        groups:
          g:
            operations:
              o:
                params: {{text: {{type: string}}, count: {{type: integer}}, mode: {{enum: [a, b]}}}}
                returns: {{type: string}}
                run: {{command: {{argv: {argv}}}}}
    """
    assert ("AM251" in [code for code, _ in errors(text)]) is found
