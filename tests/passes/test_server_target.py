"""The `server` target: which files it gives, whose they are, and what they say."""

from __future__ import annotations

import ast
import json
import re
from importlib import metadata
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import automcp
import pytest
from automcp import targets
from automcp.output.files import File, Files, Owner
from automcp.output.tidy import tidy
from automcp.targets import Limited, find
from automcp.targets.limits import limits_of
from automcp.targets.surface import surface

from .specs import service

SHOP = """
title: Shop
lifespan: true
settings:
  base_url: {type: string, default: "https://example.com", description: Where the stock is.}
  api_key: {type: string, secret: true, env: SHOP_KEY}
  retries: {type: integer, optional: true}
errors:
  OutOfStock:
    description: Fewer items are left than were asked for.
    data: {type: object, properties: {sku: {type: string}}, required: [sku]}
  Busy: {description: Too many calls., retryable: true}
schemas:
  Line: {type: object, properties: {sku: {type: string}}, required: [sku]}
groups:
  orders:
    description: Placing orders.
    operations:
      create:
        description: Place an order.
        params:
          customer: {type: string, description: Who orders.}
          lines: {type: array, items: {$ref: "#/schemas/Line"}}
          note: {type: string, optional: true}
          from: {type: [string, "null"], optional: true}
        returns: {$ref: "#/schemas/Line"}
        errors: [OutOfStock, Busy]
        timeout: 10s
      list: {returns: {type: array, items: {$ref: "#/schemas/Line"}}, effect: reads}
      import: {input: {type: object, minProperties: 1}}
"""
PACKAGE = "src/shop_server"
RUNTIME = Path(automcp.__file__).parent / "runtime"


def emitted(text: str = SHOP) -> Files:
    return tidy(find("server").emit(service(text), {}))


def own(files: Files) -> dict[str, str]:
    return {file.path: str(file.owner) for file in files if "/_runtime/" not in file.path}


def test_the_layout_of_a_server_project() -> None:
    assert own(emitted()) == {
        "README.md": "seeded",
        "mcp_server.py": "seeded",
        "pyproject.toml": "seeded",
        "requirements.txt": "generated",
        f"{PACKAGE}/__init__.py": "generated",
        f"{PACKAGE}/__main__.py": "seeded",
        f"{PACKAGE}/contract.py": "generated",
        f"{PACKAGE}/errors.py": "generated",
        f"{PACKAGE}/handlers/__init__.py": "seeded",
        f"{PACKAGE}/handlers/orders.py": "seeded",
        f"{PACKAGE}/models.py": "generated",
        f"{PACKAGE}/py.typed": "generated",
        f"{PACKAGE}/server.py": "generated",
        f"{PACKAGE}/settings.py": "generated",
        f"{PACKAGE}/state.py": "seeded",
        f"{PACKAGE}/surface.json": "generated",
        f"{PACKAGE}/surface.py": "generated",
    }


def test_a_package_is_a_part_of_another_project() -> None:
    files = find("server").emit(service(SHOP), {"layout": "package"})
    outside = {"README.md", "mcp_server.py", "pyproject.toml", "requirements.txt"}
    alone = {f"{PACKAGE}/__main__.py", f"{PACKAGE}/py.typed"}
    kept = own(emitted()).keys() - outside - alone
    assert own(files).keys() == {path.removeprefix("src/") for path in kept}


OF_MCP1 = """
groups:
  orders:
    operations:
      count:
        annotations: {title: Count, readOnlyHint: true}
        input: {type: object, properties: {of: {type: string}}}
        keywords: true
        returns: {type: integer}
        run: {python: {call: "app:Orders.count", as: mcp1}}
      plain: {annotations: {}, params: {}, run: {python: {call: "app:plain", as: mcp1}}}
"""


def test_a_tool_of_an_sdk_takes_what_callers_send() -> None:
    files = find("server").emit(service(OF_MCP1), {"layout": "package"})
    assert "shop_server/models.py" not in files
    binding = files["shop_server/bindings/orders.py"].text
    assert "from app import Orders, plain" in binding
    assert '"orders_count", Orders.count, arguments, context, structured=True' in binding
    assert '"orders_plain", plain, arguments, context, structured=False' in binding
    assert "unchecked=True" in files["shop_server/server.py"].text
    tools = json.loads(files["shop_server/surface.json"].text)["tools"]
    assert tools[0]["annotations"] == {"title": "Count", "readOnlyHint": True}
    assert "annotations" not in tools[1]
    assert "shop_server/_runtime/legacy/functions/mcp1.py" in files


OFFERS_OF_MCP1 = """
groups:
  books:
    resources:
      all: {uri: "books://all", run: {python: {call: "app:all_books", as: mcp1}}}
      one: {uri: "books://{id}", run: {python: {call: "app:Books.one", as: mcp1}}}
    prompts:
      ask:
        arguments: {topic: {}, tone: {optional: true}}
        run: {python: {call: "app:ask", as: mcp1}}
"""


def test_prompts_and_resources_of_an_sdk_are_answered_by_their_functions() -> None:
    files = find("server").emit(service(OFFERS_OF_MCP1), {"layout": "package"})
    binding = files["shop_server/bindings/books.py"].text
    assert 'with NeededBy("books.all", "books.one", "books.ask"):' in binding
    assert 'read_as_mcp1("books://all", all_books, variables, context)' in binding
    assert 'read_as_mcp1("books://{id}", Books.one, variables, context)' in binding
    assert 'fill_as_mcp1("books_ask", ask, arguments, context, required=["topic"])' in binding
    server = files["shop_server/server.py"].text
    assert 'match=match_as_mcp1("books://{id}")' in server
    assert "unchecked=True" in server
    assert "shop_server/_runtime/legacy/functions/mcp1_offers.py" in files
    limits = limits_of(service(OFFERS_OF_MCP1), {"sdk": "mcp1"})
    assert [one.path for one in limits] == [
        "groups.books.resources.all.run.python",
        "groups.books.resources.one.run.python",
        "groups.books.prompts.ask.run.python",
    ]


def test_what_a_spec_does_not_have_is_no_file() -> None:
    paths = own(emitted("groups: {orders: {operations: {list: {}}}}"))
    absent = {f"{PACKAGE}/{name}.py" for name in ("auth", "questions", "settings", "state")}
    assert not absent & paths.keys()


@pytest.mark.parametrize(
    ("sdk", "folders"),
    [
        ("mcp2", {"__init__.py", "lowlevel", "sdk", "server", "shared"}),
        ("mcp1", {"__init__.py", "sdk", "server", "shared"}),
    ],
)
def test_the_runtime_is_copied_as_it_is(sdk: str, folders: set[str]) -> None:
    files = find("server").emit(service(SHOP), {"sdk": sdk})
    copied = [file for file in files if "_runtime" in file.path]
    assert {file.path.split("/")[3] for file in copied} == folders
    for file in copied:
        path = file.path.partition("_runtime/")[2].replace("sdk/", f"{sdk}/")
        assert file.text == (RUNTIME / path).read_text("utf-8")


def test_another_sdk_changes_no_file_that_is_yours_and_no_line_of_ours() -> None:
    one, other = (
        {file.path: file for file in find("server").emit(service(SHOP), {"sdk": sdk})}
        for sdk in ("mcp2", "mcp1")
    )
    changed = [path for path in own(Files(one.values())) if one[path].text != other[path].text]
    assert changed == ["requirements.txt"]
    assert "mcp>=2.3,<3\n" in one["requirements.txt"].text
    assert "mcp>=1.30,<2\n" in other["requirements.txt"].text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sdk": "mcp3"}, 'one of "mcp2", "mcp1", "fastmcp4"'),
        ({"sdk": "fastmcp"}, "did you mean `fastmcp4`"),
        ({"sdk": 2}, "`sdk` is one of"),
        ({"without": "tasks"}, "`without` is a list"),
        ({"without": ["prompts"]}, '"tasks"'),
        ({"layout": "flat"}, "`layout` is one of project, package"),
        ({"witout": []}, "no option `witout`; did you mean `without`"),
    ],
)
def test_wrong_options(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        find("server").emit(service(SHOP), options)


def test_the_contract_says_what_the_spec_says() -> None:
    contract = emitted()[f"{PACKAGE}/contract.py"].text
    assert (
        '''
class OrdersHandlers(Protocol):
    """Placing orders."""

    def create(
        self,
        customer: str,
        lines: list[Line],
        note: str | None,
        from_: str | Unset | None,
        context: Context,
    ) -> Answer[Line]:
        """Place an order.

        Args:
            customer: Who orders.

        Raises:
            OutOfStock: Fewer items are left than were asked for.
            Busy: Too many calls.
        """
        ...

    def list_(self, context: Context) -> Answer[list[Line]]:
'''
        in contract
    )
    assert "Context: TypeAlias = RequestContext[State, Settings]" in contract


def test_the_server_registers_each_operation_once() -> None:
    text = emitted()[f"{PACKAGE}/server.py"].text
    assert (
        """
    yield Operation(
        "orders_create",
        OrdersCreateParams,
        create,
        handler=handlers.create,
        name="orders.create",
        errors=(OutOfStock, Busy),
        timeout=10,
    )
"""
        in text
    )
    assert text.count("yield Operation(") == 3
    assert 'from_=arguments.from_ if arguments.sent("from_") else UNSET' in text


def test_settings_are_typed_and_read_by_name() -> None:
    text = emitted()[f"{PACKAGE}/settings.py"].text
    for line in (
        'base_url: str = "https://example.com"',
        "api_key: SecretStr",
        "retries: int | None = None",
        'SettingField("api_key", "SHOP_KEY", {"type": "string"}, secret=True)',
    ):
        assert line in text


@pytest.mark.parametrize(
    ("said", "hints"),
    [
        ("{effect: reads}", (True, False, True, True)),
        ("{effect: writes}", (False, False, False, True)),
        ("{effect: writes, idempotent: true}", (False, False, True, True)),
        ("{effect: destroys, open_world: false}", (False, True, False, False)),
        ("{}", (False, False, False, True)),
    ],
)
def test_hints_come_from_the_effect(said: str, hints: tuple[bool, ...]) -> None:
    document: Any = surface(service(f"groups: {{orders: {{operations: {{list: {said}}}}}}}"))
    names = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
    assert document["tools"][0]["annotations"] == dict(zip(names, hints, strict=True))


def test_the_surface_keeps_what_no_tool_publishes() -> None:
    document: Any = surface(
        service(
            "groups: {orders: {operations: {list: {returns: {type: integer}, structured: false}}}}"
        )
    )
    assert "outputSchema" not in document["tools"][0]
    assert document["wrapped"] == ["orders_list"]
    assert document["outputs"]["orders_list"]["required"] == ["result"]


HOSTILE = json.dumps(
    '"""\n' + "PWNED()" + '\n\\"""\\ {{ PWNED }} \u202e\x1b[31m \' `PWNED`\r\nPWNED'
)


def test_text_of_the_spec_never_becomes_code() -> None:
    text = f"""
title: {HOSTILE}
description: {HOSTILE}
settings: {{key: {{type: string, description: {HOSTILE}, default: {HOSTILE}}}}}
errors: {{Bad: {{description: {HOSTILE}, data: {{type: object, properties: {{{HOSTILE}: {{}}}}}}}}}}
schemas: {{Thing: {{type: object, description: {HOSTILE}, properties: {{{HOSTILE}: {{enum: [{HOSTILE}]}}}}}}}}
groups:
  orders:
    title: {HOSTILE}
    description: {HOSTILE}
    operations:
      list:
        title: {HOSTILE}
        description: {HOSTILE}
        errors: [Bad]
        params:
          thing: {{$ref: "#/schemas/Thing", description: {HOSTILE}}}
          other: {{type: string, default: {HOSTILE}}}
"""
    for kind in ("server", "client"):
        for file in tidy(find(kind).emit(service(text), {})):
            if file.path.endswith(".py"):
                names = {
                    node.id for node in ast.walk(ast.parse(file.text)) if isinstance(node, ast.Name)
                }
                assert "PWNED" not in names
                assert all(char.isprintable() or char == "\n" for char in file.text)


def test_the_same_spec_gives_the_same_bytes() -> None:
    assert [file.text for file in emitted()] == [file.text for file in emitted()]


def test_tidying_twice_changes_nothing() -> None:
    files = emitted()
    assert [file.text for file in tidy(files)] == [file.text for file in files]


def test_code_that_does_not_parse_is_our_mistake() -> None:
    with pytest.raises(RuntimeError, match=r"pkg/bad\.py"):
        tidy(Files([File("pkg/bad.py", "def :\n"), File("pkg/good.py", "x = 1\n")]))


def test_options_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="`server` has no option `async`"):
        find("server").emit(service(SHOP), {"async": True})


OFFERS = """
questions:
  reader: {message: Who?, form: {type: object, properties: {name: {type: string}}, required: [name]}}
  consent: {message: Sign in., url: "https://example.com/"}
errors: {Gone: {description: It is gone.}}
schemas: {Book: {type: object, properties: {isbn: {type: string}}}}
groups:
  books:
    operations:
      cover: {content: [image]}
      page: {content: [text, link], returns: {$ref: "#/schemas/Book"}}
    resources:
      rules: {uri: "books://rules", text: No shouting.}
      plan: {uri: "books://plan", binary: true}
      book:
        uri: books://{isbn}{?page}
        returns: {$ref: "#/schemas/Book"}
        errors: [Gone]
        variables: {isbn: {complete: true}, page: {complete: ["1", "2"]}}
      file: {uri: "books://files{/path*}"}
    prompts:
      hello: {messages: [{role: user, text: Hello}]}
      review: {arguments: {code: {complete: true}, inTone: {optional: true}}}
"""


def test_handlers_of_everything() -> None:
    files = emitted(OFFERS)
    contract = files[f"{PACKAGE}/contract.py"].text
    heads = re.findall(r"    def (\w+)\(\s*self,? ?(.*?),?\s*\) -> Answer\[(.*)\]:", contract)
    assert [
        (name, taken.removesuffix(", context: Context"), given) for name, taken, given in heads
    ] == [
        ("cover", "context: Context", "Image | Sequence[Image]"),
        ("page", "context: Context", "Result[Book]"),
        ("plan", "context: Context", "bytes"),
        ("book", "isbn: str, page: str | None", "Book"),
        ("file", "path: Sequence[str]", "str"),
        ("review", "code: str, in_tone: str | None", "Messages"),
        ("complete_book_isbn", "value: str, others: Variables", "Completions | Sequence[str]"),
        ("complete_review_code", "value: str, others: Variables", "Completions | Sequence[str]"),
    ]
    stubs = files[f"{PACKAGE}/handlers/books.py"].text
    assert re.findall(r"async def (\w+)\(", stubs) == [name for name, _, _ in heads]


def test_offers_say_what_they_answer() -> None:
    text = emitted(OFFERS)[f"{PACKAGE}/server.py"].text
    flat = re.sub(r"\s+", " ", text).replace("( ", "(").replace(", )", ")").replace(" )", ")")
    for line in (
        "def _books(handlers: BooksHandlers) -> Iterator[Offer[Context]]:",
        'yield Resource("books://{isbn}{?page}", book, handler=handlers.book, name="books.book", errors=(Gone,))',
        'yield Prompt("books_review", review, handler=handlers.review, name="books.review")',
        'yield Completion("prompt", "books_review", "code", complete_review_code,',
        'path=variables.texts("path")',
        'page=variables.text_or_none("page")',
        'in_tone=arguments.text_or_none("inTone")',
    ):
        assert line in flat
    assert "rules" not in text
    assert "hello" not in text


def test_questions_are_constants() -> None:
    text = emitted(OFFERS)[f"{PACKAGE}/questions.py"].text
    assert 'READER = Form.of("reader", SURFACE, Reader)\n"""Who?"""' in text
    assert 'CONSENT = Url.of("consent", SURFACE)\n"""Sign in."""' in text


@pytest.mark.parametrize(
    ("settings", "auth", "lines"),
    [
        ("{}", "{scopes: [a]}", ['auth=Auth(verify=verify, scopes=("a",)),']),
        (
            "{url: {type: string}, from: {type: string}}",
            '{issuer: "{settings.from}", resource: "{settings.url}"}',
            [
                "settings = settings or Settings.from_environment()",
                "verify=partial(verify, settings=settings),",
                "issuer=settings.from_,",
                "resource=settings.url",
            ],
        ),
    ],
)
def test_who_may_connect(settings: str, auth: str, lines: list[str]) -> None:
    files = emitted(
        f"settings: {settings}\nauth: {auth}\ngroups: {{g: {{operations: {{o: {{}}}}}}}}"
    )
    for line in lines:
        assert line in files[f"{PACKAGE}/server.py"].text
    assert own(files)[f"{PACKAGE}/auth.py"] == "seeded"


@pytest.mark.parametrize(
    ("options", "features"),
    [
        ({}, []),
        ({"sdk": "fastmcp4"}, []),
        ({"sdk": "mcp1"}, ["cache", "header", "tasks", "cache"]),
        ({"sdk": "mcp1", "without": ["cache"]}, ["header", "tasks"]),
    ],
)
def test_what_an_sdk_lacks_is_said(options: dict[str, object], features: list[str]) -> None:
    spec = service("""
cache: {tools: {ttl: 1m}}
groups:
  books:
    operations:
      read: {task: optional, params: {region: {type: string, header: Region}}}
    resources:
      plan: {uri: "books://plan", cache: {ttl: 1m}}
""")
    target = find("server")
    assert isinstance(target, Limited)
    assert [limit.feature for limit in target.limits(spec, options)] == features


def test_an_unknown_target_says_which_is_near() -> None:
    with pytest.raises(LookupError, match="no target `sever`; did you mean `server`"):
        find("sever")


def test_a_plugin_is_found_but_cannot_take_a_built_in_name(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = {name: EntryPoint(name, "json", targets.ENTRY_POINTS) for name in ("server", "docs")}

    def offers(group: str, name: str | None = None) -> list[EntryPoint]:
        return [one for one in offered.values() if name in (None, one.name)]

    monkeypatch.setattr(metadata, "entry_points", offers)
    plugin: object = find("docs")
    built_in: object = find("server")
    assert plugin is json
    assert built_in is not json
    assert targets.names() == ("server", "client", "tests", "ir", "docs")


def test_the_ir_target_gives_one_file() -> None:
    (file,) = find("ir").emit(service(SHOP), {})
    assert file.path == "shop.ir.json"
    assert file.owner is Owner.GENERATED
    assert json.loads(file.text)["groups"][0]["name"] == "orders"
