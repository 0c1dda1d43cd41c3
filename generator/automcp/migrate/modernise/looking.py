"""Tells whether a project looks into the tools of its servers, or changes how they are registered."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..survey import Source
from .asked import CONSTRUCTORS, FUNCTIONS, OF_LOW_LEVEL, OFFERS, REGISTERS, TELLING
from .bindings import Names, Outside
from .found import Flavour


def looks_at_tools(sources: Sequence[Source], flavour: Flavour) -> bool:
    """Whether anything in a project is asked for what looks at tools, or changes them."""
    telling = TELLING[flavour] | OF_LOW_LEVEL | FUNCTIONS
    return any(
        isinstance(node, ast.Attribute) and node.attr in telling
        for source in sources
        for node in source.nodes
    )


def replaced(names: Names, sources: Sequence[Source]) -> tuple[Source, int, str] | None:
    """Where the SDK's way to register is replaced, for all servers."""
    changed = REGISTERS | OFFERS.keys()
    for source in sources:
        for node in source.nodes:
            if not isinstance(node, ast.Attribute) or node.attr not in changed:
                continue
            if isinstance(node.ctx, ast.Load):
                continue
            of = names.of(source, node.value)
            if isinstance(of, Outside) and of.name in CONSTRUCTORS:
                return source, node.lineno, f"`{ast.unparse(node)}` is replaced"
    return None
