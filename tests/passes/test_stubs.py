"""Stubs are appended, imports with them, and no existing line moves."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest
from automcp.output.stubs import add_stubs

SEED = dedent('''\
    """Orders."""

    from __future__ import annotations

    from ..contract import Context
    from ..models import Line, Order


    class Orders:
        """Placing orders."""

        def __init__(self) -> None:
            self.book = Book()

        async def create(self, lines: list[Line], context: Context) -> Order:
            """Place an order."""
            raise NotImplementedError

        @staticmethod
        async def cancel(id: str, context: Context) -> None:
            raise NotImplementedError
    ''')

MINE = dedent('''\
    """Orders, as I like them."""

    from ..contract import Context  # mine


    class Orders:
      def __init__(self):
        self.mine = 1

      async def create(self, lines, context: Context):
        return lines  # no newline at the end of the class


    def below() -> None: ...
    ''')


def test_the_missing_method_is_appended_with_its_decorator_and_imports() -> None:
    stubbed = add_stubs(MINE, SEED)
    assert stubbed.missing == ("Orders.book", "Orders.cancel")
    assert stubbed.text == MINE.replace(
        "    self.mine = 1\n", "    self.mine = 1\n    self.book = Book()\n"
    ).replace(
        "end of the class\n",
        "end of the class\n\n  @staticmethod\n  async def cancel(id: str, context: Context) -> None:\n"
        "      raise NotImplementedError\n",
    )


def test_imports_that_the_stub_needs() -> None:
    mine = "class Orders:\n    pass\n"
    text = add_stubs(mine, SEED).text
    assert text.startswith(
        "from ..contract import Context\nfrom ..models import Line, Order\nclass Orders:"
    )
    ast.parse(text)


def test_every_existing_line_is_still_there_in_order() -> None:
    after = iter(add_stubs(MINE, SEED).text.split("\n"))
    assert all(line in after for line in MINE.split("\n"))


def test_a_second_run_adds_nothing() -> None:
    once = add_stubs(MINE, SEED).text
    assert add_stubs(once, SEED).missing == ()


@pytest.mark.parametrize(
    "mine",
    [
        SEED,
        "class Other: ...\n",
        "class Orders(:\n",
        "\0",
        "class Orders:\n    book = None\n    create = cancel = staticmethod(print)\n",
        "class Orders:\n    cancel: object\n    def create(self): self.book: int = 1\n",
    ],
)
def test_left_alone(mine: str) -> None:
    stubbed = add_stubs(mine, SEED)
    assert (stubbed.text, stubbed.missing) == (mine, ())


def test_imports_go_where_a_sorter_would_put_them() -> None:
    mine = (
        "from __future__ import annotations\n\nfrom .z import Z\n\n\nclass Orders:\n    book = Z\n"
    )
    text = add_stubs(mine, SEED).text
    assert text.split("\n")[:5] == [
        "from __future__ import annotations",
        "",
        "from ..contract import Context",
        "from ..models import Line, Order",
        "from .z import Z",
    ]


def test_new_groups_reach_the_app() -> None:
    mine = (
        "from .a import A\n\n\nclass App:\n    def __init__(self) -> None:\n        self.a = A()\n"
    )
    seed = mine.replace("import A\n", "import A\nfrom .b import B\n") + "        self.b = B()\n"
    assert add_stubs(mine, seed).text == seed


def test_several_stubs_keep_the_order_of_the_contract() -> None:
    names = ("first", "second", "third")
    methods = "\n".join(f"    def {name}(self) -> None: ...\n" for name in names)
    text = add_stubs("class Orders:\n    pass\n", f"class Orders:\n{methods}").text
    assert [text.index(f"def {name}") for name in names] == sorted(
        text.index(f"def {name}") for name in names
    )


def test_a_file_that_is_no_python_is_left_alone_and_said_to_be_none() -> None:
    broken = SEED.replace("def create(self, lines", "def create(self,,, lines")
    stubbed = add_stubs(broken, SEED)
    assert (stubbed.text, stubbed.missing) == (broken, ())
    assert stubbed.problem is not None and "invalid syntax" in stubbed.problem
    assert stubbed.problem.startswith("line ")


BOUND = dedent("""\
    from ..bindings.orders import BoundOrders
    from ..contract import Context


    class Orders(BoundOrders):
        async def create(self, context: Context) -> None:
            raise NotImplementedError
    """)


@pytest.mark.parametrize(
    ("mine", "apart"),
    [
        (BOUND, ()),
        ("class Orders: ...\n", ("Orders",)),
        ("class Orders(Mine):\n    def create(self): ...\n", ("Orders",)),
        ("class Mine(BoundOrders): ...\nclass Orders(Mine): ...\n", ()),
        ("class Orders(orders.BoundOrders): ...\n", ()),
        ("class Others: ...\n", ()),
    ],
)
def test_classes_without_what_the_spec_says(mine: str, apart: tuple[str, ...]) -> None:
    line = "from ..bindings.orders import BoundOrders"
    assert add_stubs(mine, BOUND).apart == tuple((one, "BoundOrders", line) for one in apart)
