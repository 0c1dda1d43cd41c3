"""How values, prose and names are spelled as Python: hostile text stays data."""

from __future__ import annotations

import ast
import keyword
from pathlib import Path

import pytest
from automcp import assets
from automcp.ir.values import Json
from automcp.targets.python.imports import import_lines
from automcp.targets.python.naming import (
    MODEL_MEMBERS,
    Names,
    field_names,
    parameter_names,
)
from automcp.targets.python.text import docstring, literal, markdown, prose, summary
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

HOSTILE = [
    "",
    '"',
    '"""',
    '""""',
    'ends with a quote"',
    "ends with a backslash\\",
    '\\"""',
    '"""\nimport os\n"""',
    "a\rb\r\nc\x00d\x1b[31me",
    "\u202etxt.exe\u2066",
    "\u2028line\u2029paragraph\x85next",
    "{{ jinja }} {% raw %} ${shell} %s {0}",
    "é 漢字 🎉 \U000e0001",
    "\tindented\n\t\tmore\n",
    "long " * 60,
    "x" * 300,
    "N{BULLET} \\N{BULLET} \\x41 \\u0041",
]
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_a_literal_is_the_value(value: Json) -> None:
    spelled = literal(value)
    assert ast.literal_eval(spelled) == value
    assert spelled.isprintable()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_what_is_no_json_number_has_no_literal(value: Json) -> None:
    with pytest.raises(ValueError, match="is no JSON number"):
        literal(value)


@pytest.mark.parametrize("indent", [0, 4, 80])
@given(text=st.sampled_from(HOSTILE) | st.text(alphabet='ab"\\ \n\t\r\x00\u202e{}%é', max_size=40))
def test_a_docstring_says_the_text_but_for_whitespace(indent: int, text: str) -> None:
    spelled = docstring(text, indent)
    assert ast.literal_eval(spelled).split() == "\n".join(text.splitlines()).split()
    assert all(line.isprintable() for line in spelled.split("\n"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_docstring_cannot_leave_its_place(text: str) -> None:
    module = ast.parse(f"def f():\n    {docstring(text, 4)}\n    return 1\n")
    function = module.body[0]
    assert isinstance(function, ast.FunctionDef)
    assert len(module.body) == 1
    assert len(function.body) == 2


@given(st.sampled_from(HOSTILE) | st.text())
def test_prose_is_one_printable_line(text: str) -> None:
    assert prose(text).isprintable()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("No end\nof line", "No end of line"),
        ("Version 1.2 is out. More", "Version 1.2 is out."),
        ("First paragraph\n\nSecond.", "First paragraph"),
    ],
)
def test_the_summary_is_the_first_sentence(text: str, first: str) -> None:
    assert summary(text) == first


def test_markdown_shows_markup_as_text() -> None:
    assert markdown("<b> [x](y) `z` # 1") == r"\<b\> \[x\](y) \`z\` \# 1"


def test_class_names_are_given_out_once() -> None:
    names = Names()
    wanted = ["Order", "Order", "Any", "Field", "ValueError", "Model", "ModelModel"]
    assert [names.claim(name) for name in wanted] == [
        "Order",
        "Order2",
        "AnyModel",
        "FieldModel",
        "ValueErrorModel",
        "ModelModel",
        "ModelModel2",
    ]


def test_errors_may_be_called_like_built_in_ones() -> None:
    names = Names()
    wanted = ["PermissionError", "ToolError", "Settings"]
    assert [names.claim_error(name) for name in wanted] == [
        "PermissionError",
        "ToolFailure",
        "SettingsError",
    ]


@given(
    st.lists(st.text(max_size=6) | st.sampled_from(["from", "from_", "copy", "Copy"]), unique=True)
)
def test_field_names_are_names_that_nobody_else_has(keys: list[str]) -> None:
    names = field_names(keys)
    assert list(names) == keys
    assert len(set(names.values())) == len(keys)
    for key, name in names.items():
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert not name.startswith("_")
        assert name == key or name not in keys


def test_parameter_names_avoid_those_of_the_method() -> None:
    names = parameter_names(["self", "context", "context_", "from", "copy"], ("self", "context"))
    assert list(names.values()) == ["self_", "context_", "context_2", "from_", "copy"]


def test_imports_stand_in_blocks() -> None:
    wanted = {
        ".models": {"b", "A", "UNSET"},
        "typing": {"Any"},
        "pydantic": {"Field"},
        "os": set[str](),
    }
    assert import_lines(wanted) == (
        "from typing import Any\n\nfrom pydantic import Field\n\nfrom .models import UNSET, A, b"
    )


def test_assets_are_found_in_a_checkout_and_in_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "generator" / "automcp"
    monkeypatch.setattr(assets, "_PACKAGE", package)
    with pytest.raises(FileNotFoundError, match="install automcp again"):
        assets.blueprints()
    checkout, wheel = tmp_path / "blueprints", package / "_assets" / "blueprints"
    checkout.mkdir(parents=True)
    assert assets.blueprints() == checkout
    wheel.mkdir(parents=True)
    assert assets.blueprints() == wheel


def test_the_members_of_models_are_those_of_pydantic() -> None:
    found = {name for name in dir(BaseModel) if not name.startswith("_")}
    assert set(MODEL_MEMBERS.split()) == found


def test_what_classes_have_by_their_metaclass_is_no_field() -> None:
    by_metaclass = {name for name in dir(type(BaseModel)) if not name.startswith("_")}
    given = field_names(by_metaclass)
    assert {name for name in by_metaclass if given[name] == name} == set()
