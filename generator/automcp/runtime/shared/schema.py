"""Checks values against JSON Schema 2020-12, and says what is wrong in words that help to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import isfinite
from typing import cast

from jsonschema_rs import Draft202012Validator, ValidationError

from .model import DEPTH_LIMIT, Json
from .path import Step, spell
from .violation import Violation, describe

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MOST_VIOLATIONS = 20
_REFERENCES = ("$ref", "$dynamicRef")
_FINITE = frozenset((bool, int, str, type(None)))


def asserts_format(document: Mapping[str, Json]) -> bool:
    """Whether `format` is checked: unless the document names the dialect, which only annotates it.

    Source: JSON Schema 2020-12 validation, section 7.2.1.
    """
    dialect = document.get("$schema")
    return not (isinstance(dialect, str) and dialect.removesuffix("#") == DIALECT)


@dataclass(frozen=True, eq=False)
class Schema:
    """A JSON Schema that stands alone. Compiled when first used; never fetches anything.

    Attributes:
        document: The schema. References may only point into it.
    """

    document: dict[str, Json]

    def violations(self, value: object) -> tuple[Violation, ...]:
        """What of `value` (JSON, as Python's `json` reads it) breaks the schema: the first 20.

        Raises:
            jsonschema_rs.ValidationError: The document is no valid schema, or refers outside itself.
        """
        validator = self._validator
        if self._may_recurse and _deeper(value, DEPTH_LIMIT):
            # The validator recurses on the native stack: deep enough, it would end the process.
            return (_TOO_DEEP,)
        try:
            beyond = _infinite(value)
            if beyond is not None:
                return (Violation(spell(beyond), "must be a number that JSON can say"),)
            if validator.is_valid(value):
                return ()
            found = islice(validator.iter_errors(value), _MOST_VIOLATIONS)
            return tuple(_described(found, self.document))
        except (TypeError, ValueError, RecursionError) as error:
            return (
                _TOO_DEEP if _deeper(value, DEPTH_LIMIT) else Violation("", f"is no JSON: {error}"),
            )

    @cached_property
    def _validator(self) -> Draft202012Validator:
        return Draft202012Validator(
            cast("dict[str, object]", self.document),
            validate_formats=asserts_format(self.document),
            ignore_unknown_formats=True,
            offline=True,
        )

    @cached_property
    def _may_recurse(self) -> bool:
        return _mentions(self.document, _REFERENCES)


_TOO_DEEP = Violation("", f"is nested more than {DEPTH_LIMIT} levels deep")


def _described(errors: Iterable[ValidationError], document: Mapping[str, Json]) -> list[Violation]:
    told: dict[Violation, None] = {}
    for error in errors:
        told.update(dict.fromkeys(describe(error, document)))
    return list(islice(told, _MOST_VIOLATIONS))


def _deeper(value: object, room: int) -> bool:
    members = _members(value)
    return members is not None and (
        room == 0 or any(_deeper(member, room - 1) for member in members)
    )


def _infinite(value: object) -> list[Step] | None:
    """Where a number is infinite or NaN, as the text `1e400` is read; a schema may well not look at it."""
    if isinstance(value, float):
        return None if isfinite(value) else []
    for step, member in _steps(value):
        if type(member) not in _FINITE:
            found = _infinite(member)
            if found is not None:
                return [step, *found]
    return None


def _steps(value: object) -> Iterable[tuple[Step, object]]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value).items()
    return enumerate(cast("Sequence[object]", value)) if isinstance(value, list | tuple) else ()


def _members(value: object) -> Iterable[object] | None:
    if isinstance(value, dict):
        return cast("dict[object, object]", value).values()
    return cast("Sequence[object]", value) if isinstance(value, list | tuple) else None


def _mentions(value: Json, keys: Sequence[str]) -> bool:
    if isinstance(value, dict):
        return any(key in value for key in keys) or any(
            _mentions(part, keys) for part in value.values()
        )
    return isinstance(value, list) and any(_mentions(part, keys) for part in value)
