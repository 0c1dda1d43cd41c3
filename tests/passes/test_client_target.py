"""The `client` target: which files it gives, what they say, and that they talk to the server's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from automcp.output.files import Files
from automcp.output.tidy import tidy
from automcp.runtime.client import AutoMCPClient, ErrorHandlingGroup
from automcp.targets import find

from ..live.compiled import emit, imported, lay_out
from .specs import service
from .test_server_target import OFFERS, SHOP, own

PACKAGE = "src/shop_client"
pytestmark = pytest.mark.anyio


def emitted(text: str = SHOP) -> Files:
    return tidy(find("client").emit(service(text), {}))


def test_the_layout_of_a_client_project() -> None:
    assert own(emitted()) == {
        "README.md": "seeded",
        "pyproject.toml": "seeded",
        f"{PACKAGE}/__init__.py": "generated",
        f"{PACKAGE}/client.py": "generated",
        f"{PACKAGE}/errors.py": "generated",
        f"{PACKAGE}/models.py": "generated",
        f"{PACKAGE}/py.typed": "generated",
        f"{PACKAGE}/surface.json": "generated",
    }


def test_server_and_client_have_the_same_surface() -> None:
    server = find("server").emit(service(SHOP), {})
    path = "surface.json"
    assert emitted()[f"{PACKAGE}/{path}"].text == server[f"src/shop_server/{path}"].text


def test_a_client_has_no_class_for_what_are_parameters_of_its_methods() -> None:
    server = tidy(find("server").emit(service(SHOP), {}))["src/shop_server/models.py"].text
    assert "class OrdersCreateParams(Model):" in server
    assert "Params" not in emitted()[f"{PACKAGE}/models.py"].text


def test_a_method_takes_what_must_be_given_first() -> None:
    text = emitted()[f"{PACKAGE}/client.py"].text
    assert (
        """
    async def create(
        self,
        customer: str,
        lines: list[Line],
        note: str | None = None,
        from_: str | Unset | None = UNSET,
    ) -> Line:
"""
        in text
    )
    assert '"note": given(note),' in text
    assert '"from": from_}' in text


@pytest.mark.parametrize(
    ("schema", "parameter"),
    [
        ("{type: integer, default: 3}", "days: int = 3"),
        ("{type: array, default: [1]}", "days: list[Any] | None = None"),
        ('{type: string, default: "[x("}', 'days: str = "[x("'),
        ("{type: [integer, 'null'], default: null}", "days: int | None = None"),
        ("{optional: true}", "days: Any = UNSET"),
    ],
)
def test_how_a_default_is_offered(schema: str, parameter: str) -> None:
    spec = f"groups: {{orders: {{operations: {{list: {{params: {{days: {schema}}}}}}}}}}}"
    assert (
        f"async def list_(self, {parameter}) -> None:" in emitted(spec)[f"{PACKAGE}/client.py"].text
    )


def test_what_may_be_repeated_is_said() -> None:
    text = emitted()[f"{PACKAGE}/client.py"].text
    assert re.findall(r"repeatable=(\w+)", text) == ["False", "True", "False"]


def test_a_schema_called_like_a_group_leaves_both() -> None:
    spec = """
schemas: {Orders: {type: object, properties: {a: {type: string}}}}
groups: {orders: {operations: {list: {returns: {$ref: "#/schemas/Orders"}}}}}
"""
    text = emitted(spec)[f"{PACKAGE}/client.py"].text
    assert "class OrdersGroup(ErrorHandlingGroup):" in text
    assert "from .models import Orders" in text


def test_groups_and_operations_do_not_hide_what_the_client_has() -> None:
    spec = "groups: {config: {operations: {call: {}, execute: {}, class: {}}}}"
    text = emitted(spec)[f"{PACKAGE}/client.py"].text
    assert "self.config_ = self.add_group(" in text
    for name in ("call_", "execute_", "class_"):
        assert f"async def {name}(self) -> None:" in text


def test_every_public_member_of_a_group_is_reserved() -> None:
    members = [name for name in dir(ErrorHandlingGroup) if not name.startswith("_")]
    operations = ", ".join(f"{name}: {{}}" for name in members)
    text = emitted(f"groups: {{g: {{operations: {{{operations}}}}}}}")[f"{PACKAGE}/client.py"].text
    methods = re.findall(r"async def (\w+)\(", text)
    assert methods == [f"{name}_" for name in members]


def test_every_public_member_of_the_client_is_reserved() -> None:
    members = [name for name in dir(AutoMCPClient) if not name.startswith("_")]
    groups = ", ".join(f"{name}: {{operations: {{o: {{}}}}}}" for name in members)
    text = emitted(f"groups: {{{groups}}}")[f"{PACKAGE}/client.py"].text
    attributes = re.findall(r"self\.(\w+) = self\.add_group", text)
    assert attributes == [f"{name}_" for name in members]


def test_methods_of_everything() -> None:
    text = emitted(OFFERS)[f"{PACKAGE}/client.py"].text
    flat = re.sub(r"\s+", " ", text).replace("( ", "(").replace(", )", ")").replace(" )", ")")
    for line in (
        "async def cover(self) -> tuple[Block, ...]:",
        "return await self.call_for_blocks(_BOOKS_COVER)",
        "async def page(self) -> Result[Book]:",
        "return await self.call_for_result(_BOOKS_PAGE)",
        "async def rules(self) -> str:",
        "return await self.read_text(_BOOKS_RULES)",
        "async def plan(self) -> bytes:",
        "async def book(self, isbn: str, page: str | None = None) -> Book:",
        'return await self.read_json(_BOOKS_BOOK, {"isbn": isbn, "page": page})',
        "async def file(self, path: Sequence[str]) -> str:",
        "async def hello(self) -> Prompt:",
        "async def review(self, code: str, in_tone: str | None = None) -> Prompt:",
        'return await self.fill_prompt(_BOOKS_REVIEW, {"code": code, "inTone": in_tone})',
        'return await self.complete_value(_BOOKS_BOOK, "isbn", value, others)',
        "async def complete_book_page(",
        'ResourceOffer[Book]("book", uri="books://{isbn}{?page}", returns=Book, errors=(Gone,))',
        'PromptOffer("review", prompt="books_review")',
        'self.add_group(Books(self, "books", (_BOOKS_COVER, _BOOKS_PAGE)))',
    ):
        assert line in flat


def test_a_service_may_have_a_name_of_the_runtimes_errors() -> None:
    text = emitted("""
errors: {NotFound: {description: There is no such book.}}
groups: {books: {operations: {find: {errors: [NotFound]}}}}
""")[f"{PACKAGE}/errors.py"].text
    assert "class NotFound(DeclaredError):" in text
    assert "    NotFound," not in text.partition("__all__")[0]


class Orders:
    """Handlers that remember what they were given."""

    def __init__(self, package: Any) -> None:
        self.package = package
        self.seen: dict[str, Any] = {}

    async def create(self, **given: Any) -> Any:
        self.seen = given
        if given["customer"] == "nobody":
            data = self.package.models.OutOfStockData(sku="x")
            raise self.package.errors.OutOfStock(data=data)
        return given["lines"][0]

    def list_(self, context: Any) -> Any:
        return [self.package.models.Line(sku=context.settings.base_url)]

    async def import_(self, arguments: Any, context: Any) -> None:
        self.seen = arguments


async def test_client_and_server_understand_each_other(tmp_path: Path) -> None:
    lay_out(emit(service(SHOP)), tmp_path)
    names = ("shop_server", "shop_client", "shop_server.models", "shop_server.settings")
    with imported(tmp_path, *names) as (server, client, _, settings):
        orders = Orders(server)
        app = type("App", (), {"orders": orders})()
        environment = {"SHOP_KEY": "k"}
        built = server.build_server(app, settings=settings.Settings.from_environment(environment))
        async with client.ShopClient(built) as shop:
            line = client.Line(sku="a", extra=[1])
            assert await shop.orders.create("me", [line]) == line
            assert orders.seen["note"] is None
            assert repr(orders.seen["from_"]) == "UNSET"
            await shop.orders.create("me", [line], from_=None)
            assert orders.seen["from_"] is None
            with pytest.raises(client.OutOfStock) as caught:
                await shop.orders.create("nobody", [line])
            assert caught.value.data == client.OutOfStockData(sku="x")
            assert await shop.orders.list_() == [client.Line(sku="https://example.com")]
            assert await shop.orders.import_({"any": {"thing": 1}}) is None
            assert orders.seen == {"any": {"thing": 1}}


class Books:
    """Handlers of everything that a spec can ask of a group."""

    def __init__(self, server: Any) -> None:
        self.runtime = server._runtime
        self.models = server.models
        self.errors = server.errors

    async def cover(self, context: Any) -> Any:
        return self.runtime.shared.content.Image(b"\x89PNG", "image/png")

    async def page(self, context: Any) -> Any:
        text = self.runtime.shared.content.Text("page one")
        return self.runtime.server.result.Result(self.models.Book(isbn="1"), [text])

    def plan(self, context: Any) -> bytes:
        return b"\x00plan"

    async def book(self, isbn: str, page: str | None, context: Any) -> Any:
        if isbn == "0":
            raise self.errors.Gone
        return self.models.Book(isbn=f"{isbn}/{page}")

    async def file(self, path: tuple[str, ...], context: Any) -> str:
        return "|".join(path)

    async def review(self, code: str, in_tone: str | None, context: Any) -> str:
        return f"{code} {in_tone}"

    async def complete_book_isbn(self, value: str, others: Any, context: Any) -> list[str]:
        return [f"{value}-{others.text_or_none('page')}"]

    async def complete_review_code(self, value: str, others: Any, context: Any) -> list[str]:
        return [value.upper()]


async def test_client_and_server_understand_each_other_in_everything(tmp_path: Path) -> None:
    lay_out(emit(service(OFFERS)), tmp_path)
    names = (
        "shop_server",
        "shop_client",
        "shop_server.models",
        "shop_server._runtime.server.result",
    )
    with imported(tmp_path, *names) as (server, client, *_):
        app = type("App", (), {"books": Books(server)})()
        async with client.ShopClient(server.build_server(app)) as shop:
            books = shop.books
            assert [block.data for block in await books.cover()] == [b"\x89PNG"]
            page = await books.page()
            assert page.value == client.Book(isbn="1")
            assert [block.text for block in page.content] == ["page one"]
            assert await books.rules() == "No shouting."
            assert await books.plan() == b"\x00plan"
            assert await books.book("a b") == client.Book(isbn="a b/None")
            assert await books.book("7", page="2") == client.Book(isbn="7/2")
            with pytest.raises(client.Gone):
                await books.book("0")
            assert await books.file(["a", "b/c"]) == "a|b/c"
            assert (await books.hello()).text == "Hello"
            assert (await books.review("x", in_tone="kindly")).text == "x kindly"
            assert (await books.review("x")).text == "x None"
            assert (await books.complete_book_isbn("9", {"page": "3"})).values == ("9-3",)
            assert (await books.complete_book_page("2")).values == ("2",)
            assert (await books.complete_review_code("ab")).values == ("AB",)


def test_base64_is_bytes_to_callers() -> None:
    text = emitted("""
schemas: {Blob: {type: string, contentEncoding: base64}, Blobs: {type: array, items: {$ref: "#/schemas/Blob"}}}
groups:
  blobs:
    operations:
      put:
        params:
          one: {$ref: "#/schemas/Blob"}
          many: {$ref: "#/schemas/Blobs"}
          other: {type: string, contentEncoding: base64url}
          odd: {type: string, contentEncoding: base64, default: "no base64"}
        returns: {$ref: "#/schemas/Blob"}
      all: {returns: {$ref: "#/schemas/Blobs"}}
""")[f"{PACKAGE}/client.py"].text
    method = " ".join(text.partition("async def put(")[2].partition("->")[0].split())
    assert "one: bytes, many: Blobs, other: str, odd: bytes | None = None" in method
    assert ") -> bytes:" in text
    assert text.count("to_base64(") == 2
    assert text.count("from_base64(") == 1
    assert "async def all(self) -> Blobs:" in text
