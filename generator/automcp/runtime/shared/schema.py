"""Checks values against JSON Schema 2020-12, and says what is wrong in words that help to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

from .model import DEPTH_LIMIT, Json
from .path import Step, spell
from .plain import Check, plain_check
from .violation import Violation

# Imported when it is first needed: 6 MB that a server does without whose values `plain` can tell to fit.
if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MOST_VIOLATIONS = 20
_FLAT = frozenset((bool, int, str, type(None)))
"""What holds nothing else, and is no number that JSON lacks."""


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

    def violations(self, value: Any, *, finite: bool = False) -> tuple[Violation, ...]:
        """What of `value` (JSON, as Python's `json` reads it) breaks the schema: the first 20.

        Args:
            finite: It is known that all numbers in it are; otherwise, they are looked at.

        Raises:
            jsonschema_rs.ValidationError: The document is no valid schema, or refers outside itself.
        """
        if self._plain is not None and self._plain(value):
            return ()
        validator = self._validator
        if self._may_recurse and _deeper(value, DEPTH_LIMIT):
            # The validator recurses on the native stack: deep enough, it would end the process.
            return (_TOO_DEEP,)
        try:
            if not finite and not _finite(value):
                at = spell(_infinite(value) or ())
                return (Violation(at, "must be a number that JSON can say"),)
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
        from jsonschema_rs import Draft202012Validator

        return Draft202012Validator(
            cast("dict[str, object]", self.document),
            validate_formats=asserts_format(self.document),
            ignore_unknown_formats=True,
            offline=True,
        )

    @cached_property
    def _plain(self) -> Check | None:
        return plain_check(self.document)

    @cached_property
    def _may_recurse(self) -> bool:
        return _recursive(self.document)


_TOO_DEEP = Violation("", f"is nested more than {DEPTH_LIMIT} levels deep")


def _described(errors: Iterable[ValidationError], document: Mapping[str, Json]) -> list[Violation]:
    from .describing import describe

    told: dict[Violation, None] = {}
    for error in errors:
        told.update(dict.fromkeys(describe(error, document)))
    return list(islice(told, _MOST_VIOLATIONS))


def _deeper(value: object, room: int) -> bool:
    members = _members(value)
    if members is None:
        return False
    if room == 0:
        return True
    # Most lists are long and flat: a look at the types alone is ten times as fast as one at each member.
    return not _FLAT.issuperset(map(type, members)) and any(
        _deeper(member, room - 1) for member in members
    )


def _finite(value: Json | tuple[Json, ...]) -> bool:
    """Whether all numbers are finite, unlike what the text `1e400` is read as; a schema may well not look at them."""
    if isinstance(value, dict):
        members: Iterable[Json] = value.values()
    elif not isinstance(value, (list, tuple)):
        return not isinstance(value, float) or isfinite(value)
    elif _FLAT.issuperset(map(type, value)):
        return True
    else:
        members = value
    for member in members:
        if type(member) in _FLAT:
            continue
        if not (isfinite(member) if type(member) is float else _finite(member)):
            return False
    return True


def _infinite(value: object) -> list[Step] | None:
    """Where the first number is that is not finite."""
    if isinstance(value, float):
        return None if isfinite(value) else []
    for step, member in _steps(value):
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


def _recursive(document: Mapping[str, Json]) -> bool:
    """Whether the schema may lead back into itself: a value as deep as it likes can fit it then.

    References to `$defs` are followed; any other, and any in a schema with parts of other names, counts as one.
    """
    definitions = document.get("$defs")
    known = definitions if isinstance(definitions, dict) else {}
    leads = {f"#/$defs/{name}": _references(part) for name, part in known.items()}
    rest = {key: part for key, part in document.items() if key not in ("$defs", "$id")}
    if not _references(rest).union(*leads.values()) <= leads.keys():
        return True
    try:
        TopologicalSorter(leads).prepare()
    except CycleError:
        return True
    return False


def _references(value: Json) -> set[str]:
    """The targets of all references in a part of a schema, and "*" for what may lead anywhere."""
    if isinstance(value, list):
        return set[str]().union(*map(_references, value))
    if not isinstance(value, dict):
        return set()
    found = set[str]().union(*map(_references, value.values()))
    target = value.get("$ref")
    if isinstance(target, str):
        found.add(target)
    if "$dynamicRef" in value or "$id" in value:
        found.add("*")
    return found
