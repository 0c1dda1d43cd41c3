"""What the questions of a service look like as constants, and what their answers become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.model import Service
from .models import Types
from .naming import free_name
from .text import docstring, quoted


@dataclass(frozen=True, slots=True)
class QuestionConstant:
    """One question.

    Attributes:
        kind: The class that it is made of.
        made_of: What makes it.
        model: The model of the filled-in form, if it is a form.
    """

    name: str
    kind: str
    made_of: str
    model: str | None
    doc: str


def question_constants(service: Service, types: Types) -> Iterator[QuestionConstant]:
    """All questions, in spec order."""
    taken = {"SURFACE"}
    for question in service.questions:
        name = free_name(question.name.constant, taken)
        taken.add(name)
        model = types.forms.get(question.key)
        yield QuestionConstant(
            name=name,
            kind="Form" if model else "Url",
            made_of=", ".join([quoted(question.key), "SURFACE", *([model] if model else [])]),
            model=model,
            doc=docstring(question.message, 0),
        )
