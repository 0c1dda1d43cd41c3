"""`run: python`, and `server`: functions that exist, and as which SDK's they are called."""

from __future__ import annotations

from dataclasses import replace
from keyword import iskeyword
from typing import Literal, TypeAlias, cast

from ...ir.bindings import PythonCall
from ...ir.known import KnownAs
from ...spec.bindings import PythonDecl
from ...spec.document import At, ServerDecl
from ...text.report import quoted
from ..templates import Shared

Sdk: TypeAlias = Literal["mcp1", "mcp1_lowlevel", "fastmcp2"]

_OUR_WAY = "automcp"


def python_call(
    declared: PythonDecl,
    what: str,
    errors: tuple[At[str], ...],
    shared: Shared,
    known: Sdk | None = None,
) -> PythonCall:
    """The function that a binding names.

    Args:
        what: What it is bound to: `tool`, `resource` or `prompt`.
        errors: The names of the errors that are declared.
        known: The SDK that callers know the server by, which functions are called by that do not say otherwise.
    """
    context = declared.context is not None and declared.context.value
    sdk = known if declared.sdk is None and not context else None
    if declared.sdk is not None and declared.sdk.value != _OUR_WAY:
        sdk = cast("Sdk", declared.sdk.value)
    for error in errors[:1] if sdk else ():
        message = f"a {what} of {sdk} fails with a text: it cannot end in a declared error"
        shared.add("AM238", message, error.span)
    return replace(_function(declared.function, shared), context=context, sdk=sdk)


def known_as(declared: ServerDecl | None, shared: Shared) -> KnownAs | None:
    """As what callers know the server."""
    if declared is None:
        return None
    sdk = cast("Literal['mcp1', 'mcp1_lowlevel']", declared.sdk.value)
    unknown = declared.unknown
    if unknown is not None and sdk != "mcp1_lowlevel":
        message = (
            f"a server of {sdk} answers itself what is unknown: `unknown` is for `mcp1_lowlevel`"
        )
        shared.add("AM238", message, unknown.span)
    return KnownAs(
        sdk,
        declared.name.value if declared.name else None,
        declared.version.value if declared.version else None,
        _function(unknown, shared) if unknown else None,
    )


def _function(named: At[str], shared: Shared) -> PythonCall:
    module, _, function = named.value.partition(":")
    for word in (*module.split("."), *function.split(".")):
        if iskeyword(word):
            message = f"{quoted(word)} is a word of Python, and no name in it"
            shared.add("AM237", message, named.span)
    return PythonCall(module, function, context=False)
