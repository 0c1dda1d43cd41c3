"""Fills the templates in `blueprints/`: they hold layout and loops, the views hold every decision."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache

import jinja2

from ..assets import blueprints


def render(template: str, view: object) -> str:
    """The text of a template, named by its path in `blueprints/`, filled with a view.

    Args:
        view: A dataclass; the template sees its fields.

    Raises:
        jinja2.UndefinedError: The template asks for what the view does not hold.
    """
    assert is_dataclass(view)
    shown = {field.name: getattr(view, field.name) for field in fields(view)}
    return _environment().get_template(template).render(shown)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(blueprints()),
        undefined=jinja2.StrictUndefined,
        # What is printed is Python and Markdown, made safe where it is spelled.
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
