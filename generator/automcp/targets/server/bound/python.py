"""`run: python`: a function that exists."""

from __future__ import annotations

from collections.abc import Iterator

from ....ir.bindings import PythonCall
from .method import Method

_FUNCTION = "._runtime.python.function"


def body(run: PythonCall, method: Method) -> Iterator[str]:
    """Call it by the names of its parameters."""
    first, *members = run.function.split(".")
    function = ".".join((method.use(run.module, first), *members))
    given = [function, *(f"{name}={value}" for name, value in method.parameters)]
    if run.context:
        given.append("context=context")
    if method.operation.content:
        blocks = method.use(_FUNCTION, "blocks")
        yield f"return await {blocks}({', '.join(given)})"
    else:
        call = method.use(_FUNCTION, "call")
        yield method.answer(f"await {call}({', '.join(given)})")
