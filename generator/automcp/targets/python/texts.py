"""Parameters whose values are texts: the variables of a resource template, the arguments of a prompt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...ir.offers import Prompt, Resource
from .naming import parameter_names
from .text import quoted

_EXPRESSION = re.compile(r"\{([+#./;?&]?)([^{}]*)\}")
_RESERVED = ("self", "cls", "context", "variables", "arguments", "handlers", "others", "value")


@dataclass(frozen=True, slots=True)
class TextParameter:
    """One parameter, on both sides.

    Attributes:
        key: Its name on the wire, as a literal.
        annotation: Its type.
        taken: How the server reads it out of all of them.
        sent_as: The parameter of the client's method, with type and default.
    """

    name: str
    key: str
    annotation: str
    taken: str
    sent_as: str
    optional: bool
    description: str | None


def variables_of(resource: Resource) -> tuple[TextParameter, ...]:
    """The variables of a template, in its order."""
    given = set(_always_given(resource.uri))
    names = parameter_names((one.key for one in resource.variables), _RESERVED)
    return tuple(
        _listed(names[one.key], one.key, one.description)
        if one.exploded
        else _single(names[one.key], one.key, one.description, "variables", one.key in given)
        for one in resource.variables
    )


def arguments_of_prompt(prompt: Prompt) -> tuple[TextParameter, ...]:
    """The arguments of a prompt, in spec order."""
    names = parameter_names((one.key for one in prompt.arguments), _RESERVED)
    return tuple(
        _single(names[one.key], one.key, one.description, "arguments", one.required)
        for one in prompt.arguments
    )


def signature(parameters: Iterable[TextParameter]) -> list[str]:
    """The client's parameters: those that must be given come first."""
    return [one.sent_as for one in sorted(parameters, key=lambda one: one.optional)]


def _single(
    name: str, key: str, description: str | None, source: str, required: bool
) -> TextParameter:
    read = "text" if required else "text_or_none"
    return TextParameter(
        name=name,
        key=quoted(key),
        annotation="str" if required else "str | None",
        taken=f"{source}.{read}({quoted(key)})",
        sent_as=f"{name}: str" if required else f"{name}: str | None = None",
        optional=not required,
        description=description,
    )


def _listed(name: str, key: str, description: str | None) -> TextParameter:
    return TextParameter(
        name=name,
        key=quoted(key),
        annotation="Sequence[str]",
        taken=f"variables.texts({quoted(key)})",
        sent_as=f"{name}: Sequence[str]",
        optional=False,
        description=description,
    )


def _always_given(template: str) -> Iterator[str]:
    """The variables without which no address is of the template (RFC 6570).

    An expression with a prefix of its own (`{?page}`) may be left out as a whole, and a list (`{x,y}`) may end
    early.
    """
    for operator, names in _EXPRESSION.findall(template):
        if operator in ("", "+"):
            yield names.partition(",")[0].partition(":")[0].removesuffix("*")


def shortest(template: str, values: Mapping[str, str]) -> str:
    """An address of the template, with nothing in it that may be left out.

    Args:
        values: A text for each variable, of characters that no address has to escape.
    """
    return _EXPRESSION.sub(
        lambda found: "".join(values[name] for name in _always_given(found[0])), template
    )
