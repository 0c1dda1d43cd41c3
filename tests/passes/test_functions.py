"""What `check` says of functions (`run: python`) it knows from their texts; what it cannot know, it does not say."""

from __future__ import annotations

import sys
from textwrap import dedent

import pytest
from automcp.pipeline import analyse
from automcp.text.report import Rejected, Report
from automcp.text.source import Source

SPEC = """
automcp: 1
name: shop
version: "1"
groups:
  g:
    operations:
      o:
        params: {{item-id: {{type: string}}, class: {{type: string, default: x}}}}
        {more}
        run: {{python: {call}}}
"""


def said(
    module: str | None, call: str = "prices:of", more: str = "effect: reads", place: str = ""
) -> list[str]:
    """The messages about a call of what a module's text defines."""
    read_from: list[str] = []

    def read(name: str) -> Source:
        read_from.append(name)
        if module is None or name != f"{place}prices.py":
            raise FileNotFoundError(name)
        return Source(name, dedent(module))

    report = Report()
    source = Source("specs/spec.yaml", SPEC.format(call=call, more=more))
    try:
        analyse(source, read, report, ["server/src"])
    except Rejected as rejected:
        assert rejected.report is report
    assert not any(".." in name for name in read_from)
    return [f"{one.code} {one.message}" for one in report if not one.code.startswith("AM3")]


FINE = "def of(item_id: str, class_: str) -> str: ..."


@pytest.mark.parametrize("place", ["server/src/", "specs/"])
def test_modules_beside_the_package_and_the_spec_are_read(place: str) -> None:
    assert said(FINE, place=place) == []
    wrong = said("def of(item_id, *, clas): ...", place=place)
    assert wrong == [
        'AM240 "prices:of" takes no argument "class_"',
        'AM240 "prices:of" needs an argument "clas", and the operation has none',
    ]


def test_of_modules_that_are_elsewhere_nothing_is_said() -> None:
    assert said(None) == []
    assert said(FINE, "elsewhere.prices:of") == []


@pytest.mark.parametrize(
    "module",
    [
        FINE,
        "async def of(item_id, class_='x', *rest, more=None, **others): ...",
        "def of(before=1, /, item_id=2, *, class_): ...",
        "def of(*, item_id, **others): ...",
        "@cached\ndef of(): ...",
        "def of(): ...\ndef of(item_id, class_): ...",
        "try:\n    from fast import of\nexcept ImportError:\n    def of(): ...",
        "from slow import of",
        "import slow as of",
        "from slow import *",
        "of = partial(print)",
        "of: object = print",
        "a, (of, *b) = c",
        "for of in (): pass",
        "with a as of: pass",
        "if (of := 1): pass",
        "globals()['of'] = print",
        "def __getattr__(name): ...",
        "def make():\n    global of\n    of = print",
        "import sys\nsys.modules[__name__].of = print",
        "class of:\n    def __init__(self, item_id, class_): ...",
        "class of(Other): ...",
        "@dataclass\nclass of:\n    item_id: str\n    class_: str",
        "match a:\n    case [of, *_]: ...",
        "\0",
        "of = [" + "[" * 300,
        "#" * 1_000_001,
    ],
)  # fmt: skip
def test_what_may_well_work(module: str) -> None:
    found = said(module, place="server/src/")
    assert [one for one in found if "cannot be read" not in one] == []


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("def of(item_id, class_, /): ...", 'AM240 "prices:of" takes "item_id" by its place only, and is called by names'),
        ("def off(item_id, class_): ...", 'AM224 there is no "of" in the module "prices"'),
        ("def x():\n    def of(): ...", 'AM224 there is no "of" in the module "prices"'),
        ("class of:\n    def __init__(self, item_id): ...", 'AM240 "prices:of" takes no argument "class_"'),
        ("class of: ...", 'AM240 "prices:of" takes no argument "item_id"'),
    ],
)  # fmt: skip
def test_what_cannot_work(module: str, message: str) -> None:
    assert message in said(module, place="server/src/")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("@staticmethod\n    def of(item_id, class_): ...", []),
        ("@classmethod\n    def of(cls, item_id, class_): ...", []),
        ("@property\n    def of(self): ...", []),
        ("of = staticmethod(print)", []),
        ("@staticmethod\n    def of(item_id): ...", ['AM240 "prices:A.of" takes no argument "class_"']),
        ("def of(self, item_id, class_): ...", ['AM240 "prices:A.of" is a method, and there is no object to call it on']),
        ("pass", ['AM224 there is no "A.of" in the module "prices"']),
    ],
)  # fmt: skip
def test_methods(body: str, found: list[str]) -> None:
    assert said(f"class A:\n    {body}", "prices:A.of", place="server/src/") == found


@pytest.mark.parametrize(
    ("annotation", "returns", "fits"),
    [
        ("str", "{type: string}", True),
        ("int | None", "{type: [number, 'null']}", True),
        ("dict[str, int]", "{type: object}", True),
        ("Other", "{type: integer}", True),
        ("'int'", "{type: string}", True),
        ("bool", "{type: integer}", False),
        ("None", "{type: string}", False),
        ("list[int]", "{type: object}", False),
    ],
)
def test_what_is_returned(annotation: str, returns: str, fits: bool) -> None:
    module = f"def of(item_id, class_) -> {annotation}: ..."
    found = said(module, more=f"returns: {returns}", place="server/src/")
    assert [one.partition(" ")[0] for one in found] == ([] if fits else ["AM238"])


def test_a_module_of_another_python_is_a_warning() -> None:
    (found,) = said("def of(:", place="server/src/")
    assert found.startswith('AM240 the module "prices" cannot be read: ')


def test_modules_of_python_itself_are_not_imported() -> None:
    before = set(sys.modules)
    assert said(None, "antigravity:of") == []
    assert said(None, "this:of") == []
    assert "antigravity" not in sys.modules or "antigravity" in before
    assert said(None, "math:sqrt") != []
    assert said(None, "math:nothing") == ['AM224 there is no "nothing" in the module "math"']
    assert said(None, "sys:modules.clear") == []
