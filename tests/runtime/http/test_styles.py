"""Every style of OpenAPI, beside the values of its own table ("Style Examples" of 3.1.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from automcp.runtime.http.headers import cookie, header
from automcp.runtime.http.styles import (
    as_json,
    deep_object,
    form,
    label,
    matrix,
    pipe_delimited,
    simple,
    space_delimited,
)
from automcp.runtime.shared.failure import ArgumentError
from automcp.runtime.shared.model import UNSET, Model
from hypothesis import given
from hypothesis import strategies as some

Style = Callable[..., str]

TEXT = "blue"
LIST = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "explode", "empty", "text", "listed", "object_"),
    [
        (matrix, False, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (matrix, True, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
        (label, False, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        (label, True, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (simple, False, None, "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (simple, True, None, "blue", "blue,black,brown", "R=100,G=200,B=150"),
        (form, False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (form, True, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (space_delimited, False, "color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
        (space_delimited, True, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (pipe_delimited, False, "color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
        (pipe_delimited, True, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (cookie, False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (cookie, True, "color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"),
    ],
)  # fmt: skip
def test_the_table_of_the_specification(
    style: Style, explode: bool, empty: str | None, text: str, listed: str, object_: str
) -> None:
    assert style("color", TEXT, explode=explode) == text
    assert style("color", LIST, explode=explode) == listed
    assert style("color", OBJECT, explode=explode) == object_
    if empty is None:
        with pytest.raises(ArgumentError, match="color must not be empty: it is part of a path"):
            style("color", "", explode=explode)
    else:
        assert style("color", "", explode=explode) == empty


def test_deep_objects() -> None:
    assert deep_object("color", OBJECT) == "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
    nested = {"a": {"b": [1, 2]}, "c": None, "d&": "="}
    assert unquote(deep_object("f", nested)) == "f[a][b]=1&f[a][b]=2&f[d&]=="
    assert deep_object("f", {"d&": "="}) == "f%5Bd%26%5D=%3D"
    assert deep_object("f", {}) == deep_object("f", None) == deep_object("f", UNSET) == ""
    for wrong in ("blue", [1], 5):
        with pytest.raises(ArgumentError, match="f must be an object"):
            deep_object("f", wrong)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-5, "-5"),
        (1.0, "1"),
        (1.5, "1.5"),
        (-0.25, "-0.25"),
        (1e20, "100000000000000000000"),
        (1e21, "1e%2B21"),
        (1e-7, "1e-07"),
        (2**70, str(2**70)),
        ("a b", "a%20b"),
        ("ä€𝄞", "%C3%A4%E2%82%AC%F0%9D%84%9E"),
        ("-._~", "-._~"),
        ("a/b?c#d%2F&e=f+g;h,i", "a%2Fb%3Fc%23d%252F%26e%3Df%2Bg%3Bh%2Ci"),
        ("\r\n\x00", "%0D%0A%00"),
    ],
)
def test_values_are_written_as_json_writes_them_and_percent_encoded(
    value: object, text: str
) -> None:
    assert simple("x", value) == text
    assert form("x", value) == f"x={text}"
    assert form("x", [value, value], explode=False) == f"x={text},{text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (":/?@!$'()*,;=", ":/?@!$'()*,;="),
        ("100%", "100%25"),
        ("%2F%2f%zz%", "%2F%2f%25zz%25"),
        ("a&b=c", "a%26b=c"),
        ("a#b", "a%23b"),
        ("a+b c", "a%2Bb%20c"),
        ("[x]", "%5Bx%5D"),
        ("é", "%C3%A9"),
    ],
)
def test_reserved_characters_may_stay_where_they_end_no_value(value: str, text: str) -> None:
    assert form("x", value, reserved=True) == f"x={text}"
    assert form("x", [value], explode=False, reserved=True) == f"x={text}"
    assert deep_object("x", {"y": value}, reserved=True) == f"x%5By%5D={text}"


def test_names_are_encoded_too() -> None:
    assert form("a&b=ä", "1") == "a%26b%3D%C3%A4=1"
    assert matrix("a;b", "1") == ";a%3Bb=1"
    assert form("x", {"k&": "1"}) == "k%26=1"
    assert cookie("a;b", "1") == "a%3Bb=1"


NOTHING: list[object] = [UNSET, None, [], {}, [None], {"a": None}]


@pytest.mark.parametrize("style", [form, space_delimited, pipe_delimited, cookie])
@pytest.mark.parametrize("explode", [True, False])
def test_what_is_not_there_leaves_nothing(style: Style, explode: bool) -> None:
    for nothing in NOTHING:
        assert style("x", nothing, explode=explode) == ""


@pytest.mark.parametrize("style", [simple, label, matrix])
@pytest.mark.parametrize("explode", [True, False])
def test_a_path_needs_its_values(style: Style, explode: bool) -> None:
    for nothing in NOTHING:
        with pytest.raises(ArgumentError, match="part of a path"):
            style("x", nothing, explode=explode)


def test_what_is_nested_deeper_than_styles_reach_is_json() -> None:
    assert unquote(form("x", [{"a": [1, None]}, "b"])) == 'x={"a":[1,null]}&x=b'
    assert unquote(simple("x", {"a": {"b": "ä"}}, explode=True)) == 'a={"b":"ä"}'


def test_members_that_were_not_sent_are_left_out() -> None:
    class Point(Model):
        x: int
        y: int | None = None

    assert form("p", Point(x=1)) == "x=1"
    assert form("p", Point(x=1, y=None)) == "x=1"
    assert simple("p", [1, None, 2]) == "1,2"
    assert form("p", {"a": UNSET, "b": 1}) == "b=1"


def test_json_as_a_value() -> None:
    assert unquote(form("f", as_json("f", {"a": [1.0, "ä"]}))) == 'f={"a":[1.0,"ä"]}'
    assert form("f", as_json("f", UNSET)) == ""
    assert header("F", as_json("f", {"a": "ä"}, ascii=True)) == ("F", '{"a":"\\u00e4"}')


@pytest.mark.parametrize(
    ("value", "explode", "text"),
    [
        (TEXT, False, "blue"),
        (LIST, False, "blue,black,brown"),
        (LIST, True, "blue,black,brown"),
        (OBJECT, False, "R,100,G,200,B,150"),
        (OBJECT, True, "R=100,G=200,B=150"),
        ("", False, ""),
        (True, False, "true"),
        ("a b%2F;é", False, "a b%2F;é"),
        ("  padded\t", False, "padded"),
    ],
)
def test_headers_are_not_percent_encoded(value: object, explode: bool, text: str) -> None:
    assert header("X-Color", value, explode=explode) == ("X-Color", text)
    assert header("X-Color", UNSET) is header("X-Color", None) is header("X-Color", []) is None


@pytest.mark.parametrize("bad", ["a\r\nEvil: 1", "a\nb", "a\rb", "\x00", "\x7f", "a\x0bb"])
def test_no_value_can_begin_another_header(bad: str) -> None:
    for value in (bad, [bad], {"k": bad}, {bad: "v"}):
        with pytest.raises(ArgumentError, match="must not hold control characters"):
            header("X", value)
        with pytest.raises(ArgumentError, match="must not hold control characters"):
            cookie("x", value)


@pytest.mark.parametrize("bad", ["\ud800", float("nan"), object()])
def test_what_is_no_json_is_the_arguments_fault(bad: object) -> None:
    for style in (simple, form, header, cookie):
        with pytest.raises(ArgumentError, match="x cannot be sent"):
            style("x", bad)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip

UNRESERVED = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%")


@given(JSON, some.booleans())
def test_no_value_changes_the_structure_around_it(value: object, explode: bool) -> None:
    for style, own in ((simple, ",="), (label, ".,="), (matrix, ";,=")):
        try:
            text = style("n", value, explode=explode)
        except ArgumentError:
            continue
        assert set(text) <= UNRESERVED | set(own)
    for style in (form, space_delimited, pipe_delimited):
        assert set(style("n", value, explode=explode)) <= UNRESERVED | set("&=,")
        kept = style("n", value, explode=explode, reserved=True)
        assert "#" not in kept and " " not in kept and "+" not in kept


@given(some.text())
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unquote(form("x", text)) == f"x={text}"
    assert form("x", text, reserved=True).count("&") == 0
