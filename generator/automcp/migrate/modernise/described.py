"""Docstrings as fastmcp 3 read them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final, Literal

from griffe import Docstring, DocstringSectionKind

_STYLES: Final[tuple[Literal["google", "numpy", "sphinx"], ...]] = ("google", "numpy", "sphinx")


def described(text: str) -> tuple[str | None, Mapping[str, str]]:
    """The description in a docstring and the parameters' descriptions, by the first style that finds parameters.

    Where none does, the description is the whole docstring.
    """
    logging.getLogger("griffe").setLevel(logging.ERROR)
    for style in _STYLES:
        sections = Docstring(text, lineno=1, parser=style).parse()
        texts = [str(one.value) for one in sections if one.kind is DocstringSectionKind.text]
        parameters = {
            str(one.name): str(one.description)
            for each in sections
            if each.kind is DocstringSectionKind.parameters
            for one in each.value
        }
        if parameters:
            return (texts[0] if texts else None), parameters
    return text, {}
