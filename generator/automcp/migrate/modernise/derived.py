"""Derives what `mcp` 1 listed of a function, through the SDK's own derivation on a stand-in with the same parameters."""

from __future__ import annotations

import ast
import inspect
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_origin

from mcp.server.mcpserver.tools import Tool

from ..survey import Source
from .bindings import Names, Outside
from .literals import Unclear, Unknown
from .members import annotations_of_tool
from .results import is_record, schema_of_record
from .scopes import Function, parameters
from .values import Values

CONTEXTS = frozenset(
    {
        "mcp.server.fastmcp.Context",
        "mcp.server.fastmcp.server.Context",
        "fastmcp.Context",
        "fastmcp.server.Context",
        "fastmcp.server.context.Context",
    }
)
_STRUCTURED = (1, 10)
"""The release of `mcp` that began to list output schemas."""
OPTIONAL_CONTEXT = (1, 15)
"""The release from which on a context may be optional."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a registration says beside the function.

    Attributes:
        words: The arguments of the decorator by their names, worked out.
    """

    words: Mapping[str, Any]

    def text(self, word: str) -> str | None:
        """A word that is a text, or not said.

        Raises:
            Unclear: It is something else.
        """
        found = self.words.get(word)
        if found is not None and not isinstance(found, str):
            raise Unclear(f"`{word}` is no text")
        return found


def annotations_said(said: Said) -> dict[str, Any] | None:
    """The annotations that a registration gives, as a record or as a dictionary.

    Raises:
        Unclear: They are none.
    """
    given = said.words.get("annotations")
    if given is None:
        return None
    try:
        return annotations_of_tool(**given)
    except (TypeError, ValueError) as error:
        raise Unclear(f"its annotations: {error}") from error


def context_parameter(
    names: Names, source: Source, function: Function, *, optional: bool
) -> str | None:
    """The parameter that the SDK's context is handed to.

    Args:
        optional: Whether a type that may be a context or not counts.

    Raises:
        Unclear: There is more than one, or this release did not recognize it.
    """
    found: list[str] = []
    for one in parameters(function):
        kinds = [] if one.annotation is None else list(_named(one.annotation))
        for node, direct in kinds:
            named = names.of(source, node)
            if isinstance(named, Outside) and named.name in CONTEXTS:
                if not direct and not optional:
                    raise Unclear(f"parameter `{one.arg}` may be a context, or not")
                found.append(one.arg)
    if len(set(found)) > 1:
        raise Unclear("it takes more than one context")
    return found[0] if found else None


def _named(annotation: ast.expr) -> list[tuple[ast.expr, bool]]:
    """The names in an annotation that may be a context, and whether the annotation is that alone."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except (SyntaxError, ValueError):
            return []
    if isinstance(annotation, ast.Name | ast.Attribute):
        return [(annotation, True)]
    if isinstance(annotation, ast.BinOp):
        return [
            (one, False) for side in (annotation.left, annotation.right) for one, _ in _named(side)
        ]
    if isinstance(annotation, ast.Subscript):
        base = _named(annotation.value)
        inside = annotation.slice
        parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
        return [*base, *((one, False) for part in parts for one, _ in _named(part))]
    return []


def tool_of(
    values: Values,
    source: Source,
    function: Function,
    said: Said,
    context: str | None,
    release: tuple[int, ...],
) -> dict[str, Any]:
    """A tool as `mcp` 1 listed it.

    Raises:
        Unclear: What it listed cannot be told from the text.
    """
    structured = said.words.get("structured_output")
    with_result = release >= _STRUCTURED and structured is not False
    made = stand_in(values, source, function, context, with_result=with_result)
    logging.getLogger("mcp.shared.tool_name_validation").setLevel(logging.ERROR)
    try:
        tool = Tool.from_function(
            made,
            name=said.text("name"),
            title=said.text("title"),
            description=said.text("description"),
            context_kwarg=context,
            structured_output=structured,
        )
    except Exception as error:
        raise Unknown(f"its schema cannot be derived: {str(error).splitlines()[0]}") from error
    check_names(function, context, tool.parameters, aliases=release < _STRUCTURED)
    output = tool.output_schema if with_result else None
    if output is not None and is_record(made.__annotations__.get("return")):
        output = schema_of_record(made.__annotations__["return"])
    listed = {
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "inputSchema": tool.parameters,
        "outputSchema": output,
        "annotations": annotations_said(said),
        "icons": said.words.get("icons"),
        "_meta": said.words.get("meta"),
    }
    return {member: value for member, value in listed.items() if value is not None}


def check_names(
    function: Function, context: str | None, schema: Mapping[str, Any], *, aliases: bool = False
) -> None:
    """Whether the parameters are listed by the names that the function gives them.

    Args:
        aliases: Whether the release handed on by its own name what is listed by another.

    Raises:
        Unclear: One is not: by which name it was handed on depends on the release.
    """
    listed = set(schema.get("properties", {}))
    own = {one.arg for one in parameters(function)} - {context}
    if listed != own and not aliases:
        raise Unclear(f"`{min(listed ^ own)}` is listed by another name than it is handed on by")


def stand_in(
    values: Values,
    source: Source,
    function: Function,
    context: str | None,
    *,
    with_result: bool,
    whole: bool = True,
) -> Any:
    """A function with the same name, docstring and parameters, which does nothing.

    Args:
        with_result: Whether it says what it returns.
        whole: Whether it takes the context, too.

    Raises:
        Unclear: A parameter's annotation or default cannot be told from the text.
    """
    found = [
        inspect.Parameter(
            one.arg,
            kind,
            default=_default(values, source, one, default, context),
            annotation=_annotation(values, source, one, context),
        )
        for one, default, kind in _given(function)
        if whole or one.arg != context
    ]
    returned: Any = inspect.Signature.empty
    if with_result and function.returns is not None:
        try:
            returned = values.annotation(source, function.returns)
        except Unclear as error:
            raise type(error)(f"what it returns: {error}") from error
        if whole and get_origin(returned) is Annotated:
            raise Unknown("what it returns is annotated, which some releases passed over")

    def made(**_: Any) -> None:
        """Never called: how it looks is all that is asked of it."""

    stated = {one.name: one.annotation for one in found if one.annotation is not one.empty}
    if returned is not inspect.Signature.empty:
        stated["return"] = returned
    made.__name__ = made.__qualname__ = function.name
    made.__doc__ = documentation(function)
    made.__module__ = "synthetic"
    made.__annotations__ = stated
    vars(made)["__signature__"] = inspect.Signature(found, return_annotation=returned)
    return made


def _given(function: Function) -> list[tuple[ast.arg, ast.expr | None, Any]]:
    """The parameters of a function, their defaults, and how they are given.

    Raises:
        Unclear: It takes any arguments, or some by place alone.
    """
    said = function.args
    if said.vararg or said.kwarg or said.posonlyargs:
        raise Unclear("it takes `*args`, `**kwargs`, or parameters without a name")
    lacking: list[ast.expr | None] = [None] * (len(said.args) - len(said.defaults))
    plain = zip(said.args, [*lacking, *said.defaults], strict=True)
    named = zip(said.kwonlyargs, said.kw_defaults, strict=True)
    return [
        *((one, default, inspect.Parameter.POSITIONAL_OR_KEYWORD) for one, default in plain),
        *((one, default, inspect.Parameter.KEYWORD_ONLY) for one, default in named),
    ]


def _default(
    values: Values, source: Source, one: ast.arg, default: ast.expr | None, context: str | None
) -> Any:
    if default is None:
        return inspect.Parameter.empty
    if one.arg == context:
        return None
    try:
        return values.of(source, default)
    except Unclear as error:
        raise Unclear(f"the default of `{one.arg}`: {error}") from error


def _annotation(values: Values, source: Source, one: ast.arg, context: str | None) -> Any:
    if one.arg == context:
        return Any
    if one.annotation is None:
        return inspect.Parameter.empty
    try:
        return values.annotation(source, one.annotation)
    except Unclear as error:
        raise type(error)(f"the type of `{one.arg}`: {error}") from error


def documentation(function: Function) -> str | None:
    """The docstring as Python 3.13 and later keep it: without the indentation of the source."""
    first = function.body[0]
    if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)):
        return None
    text = first.value.value
    return unindented(text) if isinstance(text, str) else None


def unindented(text: str) -> str:
    """A docstring without the indentation that its lines have in common."""
    first, *rest = text.expandtabs().split("\n")
    margin = min((len(one) - len(one.lstrip(" ")) for one in rest if one.strip(" ")), default=0)
    kept = [one[min(margin, len(one) - len(one.lstrip(" "))) :] for one in rest]
    return "\n".join([first.lstrip(" "), *kept])
