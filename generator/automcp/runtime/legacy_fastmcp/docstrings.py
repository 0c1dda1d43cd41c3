"""Docstrings as fastmcp 3 read them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Literal

from griffe import Docstring, DocstringSectionKind

_STYLES: tuple[Literal["google", "numpy", "sphinx"], ...] = ("google", "numpy", "sphinx")


def read_as_3(function: Callable[..., Any]) -> tuple[str | None, dict[str, str]]:
    """The description and the parameters' descriptions, by the first style that finds parameters.

    Where none does, the description is the whole docstring.
    """
    text = inspect.getdoc(function)
    if not text:
        return None, {}
    for style in _STYLES:
        sections = Docstring(text, lineno=1, parser=style).parse()
        parameters = {
            one.name: one.description
            for section in sections
            if section.kind == DocstringSectionKind.parameters
            for one in section.value
        }
        if parameters:
            texts = [one.value for one in sections if one.kind == DocstringSectionKind.text]
            return (texts[0] if texts else None), parameters
    return text, {}
