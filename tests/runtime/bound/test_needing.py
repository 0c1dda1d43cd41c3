"""Imports of functions that are not there end the program with a sentence; whatever else is wrong goes on."""

from __future__ import annotations

import pytest
from automcp.runtime.bound.needing import NeededBy


def test_what_is_there_is_imported() -> None:
    with NeededBy("shop.price"):
        from math import sqrt
    assert sqrt(4) == 2


def test_what_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, NeededBy("shop.price", "shop.total"):
        __import__("no_such.module")
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(
        "The server cannot start:\n- shop.price, shop.total: there is no module `no_such`: put it beside"
    )


def test_what_a_module_does_wrong_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), NeededBy("shop.price"):
        _ = 1 / 0
