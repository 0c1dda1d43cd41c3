"""Completes and checks what a user filled into a form, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ..shared.model import Json, to_json
from ..shared.schema import Schema
from .answer import summary, violations
from .errors import CannotAnswer
from .questions import FormQuestion


def filled(form: FormQuestion, content: Mapping[str, Json] | None) -> dict[str, Json]:
    """The content with the form's defaults for what it leaves out (SEP-1034), as it is sent.

    Raises:
        CannotAnswer: It does not fit the form's schema, or is no JSON.
    """
    try:
        given = cast("dict[str, Json]", to_json(dict(content or {})))
    except (TypeError, ValueError) as error:
        raise CannotAnswer(f"the answer to the form is no JSON: {error}") from error
    whole = {**_defaults(form), **given}
    found = violations(Schema(dict(form.schema)), whole)
    if found:
        raise CannotAnswer(f"the answer does not fit the form: {summary(found)}")
    return whole


def _defaults(form: FormQuestion) -> dict[str, Json]:
    properties = form.schema.get("properties")
    members = properties if isinstance(properties, dict) else {}
    return {
        name: member["default"]
        for name, member in members.items()
        if isinstance(member, dict) and "default" in member
    }
