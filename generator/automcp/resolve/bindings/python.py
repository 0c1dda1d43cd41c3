"""`run: python`: a function that exists."""

from __future__ import annotations

from keyword import iskeyword
from typing import Literal, TypeAlias, cast

from ...ir.bindings import PythonCall
from ...spec.bindings import PythonDecl
from ...spec.document import At
from ...text.report import quoted
from ..templates import Shared

Sdk: TypeAlias = Literal["mcp1", "mcp1_lowlevel", "fastmcp2"]


def python_call(
    declared: PythonDecl, what: str, errors: tuple[At[str], ...], shared: Shared
) -> PythonCall:
    """The function that a binding names.

    Args:
        what: What it is bound to: `tool`, `resource` or `prompt`.
        errors: The names of the errors that are declared.
    """
    module, _, function = declared.function.value.partition(":")
    for word in (*module.split("."), *function.split(".")):
        if iskeyword(word):
            message = f"{quoted(word)} is a word of Python, and no name in it"
            shared.add("AM237", message, declared.function.span)
    context = declared.context is not None and declared.context.value
    sdk = cast("Sdk | None", declared.sdk.value) if declared.sdk else None
    for error in errors[:1] if sdk else ():
        message = f"a {what} of {sdk} fails with a text: it cannot end in a declared error"
        shared.add("AM238", message, error.span)
    return PythonCall(module, function, context, sdk)
