"""Names: words, cases, and identifiers that Python takes."""

from __future__ import annotations

import keyword
import unicodedata

import pytest
from automcp.text.names import Name, python_name
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "snake", "pascal", "constant"),
    [
        ("orders", "orders", "Orders", "ORDERS"),
        ("find_open_orders", "find_open_orders", "FindOpenOrders", "FIND_OPEN_ORDERS"),
        ("find-open.orders", "find_open_orders", "FindOpenOrders", "FIND_OPEN_ORDERS"),
        ("OutOfStock", "out_of_stock", "OutOfStock", "OUT_OF_STOCK"),
        ("OUT_OF_STOCK", "out_of_stock", "OutOfStock", "OUT_OF_STOCK"),
        ("HTTPServer", "http_server", "HTTPServer", "HTTP_SERVER"),
        ("userIDs", "user_ids", "UserIDs", "USER_IDS"),
        ("orderV2", "order_v2", "OrderV2", "ORDER_V2"),
        ("UTF8Text", "utf8_text", "UTF8Text", "UTF8_TEXT"),
        ("getB2BPrice", "get_b2b_price", "GetB2BPrice", "GET_B2B_PRICE"),
        ("sha256Sum", "sha256_sum", "Sha256Sum", "SHA256_SUM"),
        ("2fa", "x2fa", "X2fa", "X2FA"),
        ("_private", "private", "Private", "PRIVATE"),
        ("Größe", "größe", "Größe", "GRÖSSE"),
        ("ﬁle", "file", "File", "FILE"),
        ("注文 作成", "注文_作成", "注文作成", "注文_作成"),
        ("none", "none", "None_", "NONE"),
        ("!!!", "x", "X", "X"),
        ("", "x", "X", "X"),
    ],
)
def test_cases(text: str, snake: str, pascal: str, constant: str) -> None:
    name = Name.parse(text)
    assert (name.snake, name.pascal, name.constant) == (snake, pascal, constant)
    assert name.kebab == snake.replace("_", "-")
    assert name.text == text


@pytest.mark.parametrize(
    ("text", "attribute", "parameter"),
    [
        ("create", "create", "create"),
        ("class", "class_", "class_"),
        ("list", "list_", "list"),
        ("type", "type_", "type"),
        ("self", "self", "self_"),
        ("match", "match", "match"),
    ],
)
def test_words_that_python_uses_itself(text: str, attribute: str, parameter: str) -> None:
    assert python_name(text) == Name.parse(text).attribute == attribute
    assert Name.parse(text).parameter == parameter


@given(st.text())
def test_every_text_makes_identifiers_in_normal_form(text: str) -> None:
    name = Name.parse(text)
    assert name.words
    assert all(name.words)
    for form in (name.attribute, name.parameter, name.pascal, name.constant, python_name(text)):
        assert form.isidentifier()
        assert not keyword.iskeyword(form)
        assert not form.startswith("_")
        assert unicodedata.normalize("NFKC", form) == form
