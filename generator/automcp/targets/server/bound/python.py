"""`run: python`: a function that exists."""

from __future__ import annotations

from collections.abc import Iterator

from ....ir.bindings import PythonCall
from ...python.text import quoted
from .method import Method

_FUNCTION = "._runtime.python.function"


def tool_of_an_sdk(run: PythonCall, method: Method) -> Iterator[str]:
    """Call it as that SDK called its tools."""
    called = method.use(f"._runtime.as_{run.sdk}.tool", f"call_as_{run.sdk}")
    tool = method.operation.tool
    structured = method.operation.output is not None
    function = _function(run, method)
    yield (
        f"return await {called}({quoted(tool)}, {function}, arguments, context, structured={structured})"
    )


def body(run: PythonCall, method: Method) -> Iterator[str]:
    """Call it by the names of its parameters."""
    given = [_function(run, method), *(f"{name}={value}" for name, value in method.parameters)]
    if run.context:
        given.append("context=context")
    if method.operation.content:
        blocks = method.use(_FUNCTION, "blocks")
        yield f"return await {blocks}({', '.join(given)})"
    else:
        call = method.use(_FUNCTION, "call")
        yield method.answer(f"await {call}({', '.join(given)})")


def _function(run: PythonCall, method: Method) -> str:
    first, *members = run.function.split(".")
    return ".".join((method.use(run.module, first), *members))
