"""Says what breaks a schema in one short sentence per mistake, for people and for models."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import cast

from jsonschema_rs import ValidationError, ValidationErrorKind

from .model import Json
from .path import Step, shorten, spell
from .violation import Violation

_LONGEST_MESSAGE = 300
_LONGEST_EXCERPT = 60
_MOST_NAMES = 12
_MOST_BRANCHES = 4


def describe(error: ValidationError, document: Mapping[str, Json]) -> Iterator[Violation]:
    """The violations that one validation error of `document` stands for."""
    steps = error.instance_path
    match error.kind:
        case ValidationErrorKind.Required(property=name):
            yield _violation([*steps, name], "is required but missing")
        case ValidationErrorKind.AdditionalProperties(unexpected=names):
            known = _properties(document, error.schema_path)
            for name in names:
                yield _violation([*steps, name], _not_known(name, known))
        case ValidationErrorKind.UnevaluatedProperties(unexpected=names):
            for name in names:
                yield _violation([*steps, name], "is not allowed here")
        case ValidationErrorKind.FalseSchema() if _forbids_all(error):
            yield _violation(steps, "must not have any property")
        case ValidationErrorKind.PropertyNames(error=inner):
            yield _violation(steps, f"has a property name that {_sentence(inner)}")
        case _:
            yield _violation(steps, _sentence(error))


def _forbids_all(error: ValidationError) -> bool:
    """Whether `additionalProperties: false` stood alone: reported of the object, without a name."""
    keyword = ["additionalProperties"]
    return error.schema_path[-1:] == keyword and error.instance_path[-1:] != keyword


def _violation(steps: Sequence[Step], message: str) -> Violation:
    return Violation(spell(steps), shorten(message, _LONGEST_MESSAGE))


def _sentence(error: ValidationError) -> str:
    found = error.instance
    match error.kind:
        case ValidationErrorKind.Type(types=types):
            return f"must be {_alternatives(_articled(name) for name in types)}, not {_kind(found)}"
        case ValidationErrorKind.Enum(options=[]):
            return "is not allowed here"
        case ValidationErrorKind.Enum(options=options):
            return f"must be {_alternatives(_excerpt(option) for option in options)}, not {_excerpt(found)}"
        case ValidationErrorKind.Constant(expected_value=value):
            return f"must be {_excerpt(value)}, not {_excerpt(found)}"
        case ValidationErrorKind.Format(format=name):
            return f"must be a valid {name}, not {_excerpt(found)}"
        case ValidationErrorKind.Pattern(pattern=pattern):
            return f"must match the pattern {_excerpt(pattern)}, not be {_excerpt(found)}"
        case ValidationErrorKind.AnyOf(context=branches):
            return _no_branch("at least one", branches, error.instance_path)
        case ValidationErrorKind.OneOfNotValid(context=branches):
            return _no_branch("exactly one", branches, error.instance_path)
        case ValidationErrorKind.OneOfMultipleValid():
            return "must match exactly one of the alternatives, but matches several"
        case ValidationErrorKind.Not():
            return f"must not be {_excerpt(found)}: the schema excludes it"
        case ValidationErrorKind.Required(property=name):
            return f"must have the property {_excerpt(name)}"
        case _:
            return _limit(error.kind, found) or _cut_excerpt(error)


def _limit(kind: ValidationErrorKind, found: object) -> str | None:
    match kind:
        case ValidationErrorKind.Minimum(limit=limit):
            return f"must be at least {limit}, not {_excerpt(found)}"
        case ValidationErrorKind.Maximum(limit=limit):
            return f"must be at most {limit}, not {_excerpt(found)}"
        case ValidationErrorKind.ExclusiveMinimum(limit=limit):
            return f"must be greater than {limit}, not {_excerpt(found)}"
        case ValidationErrorKind.ExclusiveMaximum(limit=limit):
            return f"must be less than {limit}, not {_excerpt(found)}"
        case ValidationErrorKind.MultipleOf(multiple_of=step):
            return f"must be a multiple of {step}, not {_excerpt(found)}"
        case ValidationErrorKind.MinLength(limit=limit):
            return f"must have at least {_count(limit, 'character')}, has {_size(found)}"
        case ValidationErrorKind.MaxLength(limit=limit):
            return f"must have at most {_count(limit, 'character')}, has {_size(found)}"
        case ValidationErrorKind.MinItems(limit=limit):
            return f"must have at least {_count(limit, 'item')}, has {_size(found)}"
        case ValidationErrorKind.MaxItems(limit=limit):
            return f"must have at most {_count(limit, 'item')}, has {_size(found)}"
        case ValidationErrorKind.UniqueItems():
            return "must not hold the same item twice"
        case ValidationErrorKind.Contains():
            return "holds too few or too many of the items that the schema asks for"
        case ValidationErrorKind.FalseSchema():
            return "is not allowed here"
        case _:
            return None


def _no_branch(
    wanted: str, branches: Sequence[Sequence[ValidationError]], at: Sequence[Step]
) -> str:
    types = _types_only(branches, at)
    if types is not None:
        return f"must be {_alternatives(_articled(name) for name in types)}, not {_kind(branches[0][0].instance)}"
    reasons = [_reason(branch[0], len(at)) for branch in branches[:_MOST_BRANCHES] if branch]
    rest = len(branches) - len(reasons)
    tail = f"; and {rest} more" if rest else ""
    listed = "; ".join(f"({number}) {reason}" for number, reason in enumerate(reasons, 1))
    return f"must match {wanted} of {len(branches)} alternatives: {listed}{tail}"


def _types_only(
    branches: Sequence[Sequence[ValidationError]], at: Sequence[Step]
) -> list[str] | None:
    """The types that the branches ask for, if no branch has any other complaint."""
    types: list[str] = []
    for branch in branches:
        if len(branch) != 1 or branch[0].instance_path != at:
            return None
        kind = branch[0].kind
        if not isinstance(kind, ValidationErrorKind.Type):
            return None
        types.extend(kind.types)
    return types or None


def _reason(error: ValidationError, depth: int) -> str:
    place = spell(error.instance_path[depth:])
    sentence = shorten(_sentence(error), _LONGEST_EXCERPT * 2)
    return f"{place} {sentence}" if place else sentence


def _not_known(name: str, known: Sequence[str]) -> str:
    if not known:
        return "is not allowed here"
    close = get_close_matches(name, known, n=1)
    if close:
        return f"is not allowed here: did you mean {_excerpt(close[0])}?"
    return f"is not allowed here: allowed are {_listed(known, 'and')}"


def _properties(document: Mapping[str, Json], keyword: Sequence[Step]) -> list[str]:
    """The properties that are declared beside the keyword at this path of the schema."""
    at: object = document
    for step in keyword[:-1]:
        if isinstance(at, dict):
            at = cast("dict[Step, object]", at).get(step)
        elif isinstance(at, list) and isinstance(step, int):
            at = cast("list[object]", at)[step]
    declared = cast("dict[str, object]", at).get("properties") if isinstance(at, dict) else None
    return list(cast("dict[str, object]", declared)) if isinstance(declared, dict) else []


def _alternatives(options: Iterable[str]) -> str:
    return _listed(list(dict.fromkeys(options)), "or")


def _listed(names: Sequence[str], last: str) -> str:
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} {last} {len(names) - _MOST_NAMES} more"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def _articled(type_name: str) -> str:
    if type_name == "null":
        return type_name
    return f"an {type_name}" if type_name[0] in "aeio" else f"a {type_name}"


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return _excerpt(value)
        case str():
            return f"the string {_excerpt(value)}"
        case dict():
            return "an object"
        case list():
            return "an array"
        case _:
            return f"the number {_excerpt(value)}"


def _excerpt(value: object) -> str:
    """The value as short JSON; what might drive a terminal is escaped."""
    if isinstance(value, list | dict) and len(cast("list[object]", value)) > _LONGEST_EXCERPT:
        return "this array" if isinstance(value, list) else "this object"
    if isinstance(value, str):
        value = shorten(value, _LONGEST_EXCERPT)
        return json.dumps(value, ensure_ascii=not value.isprintable())
    return shorten(json.dumps(value, default=str), _LONGEST_EXCERPT)


def _cut_excerpt(error: ValidationError) -> str:
    """The validator's own words for a keyword that has no sentence here, made harmless."""
    message = shorten(error.message, _LONGEST_MESSAGE)
    return message if message.isprintable() else _excerpt(message)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _size(value: object) -> int:
    return len(cast("list[object] | str", value))
