"""Questions: what handlers may ask the user, in the words that MCP has for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..ir.offers import Question
from ..ir.values import Json
from ..spec.document import At, Declarations, Node
from ..spec.keywords import member, members
from ..spec.offers import QuestionDecl
from ..text.names import Name
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from .access import is_page
from .bundle import embed
from .cards import text
from .library import Library

_ROOT = {"$schema", "type", "properties", "required"}
_ALL = {"type", "title", "description", "default"}
_FIELDS: dict[str, set[str]] = {
    "string": {*_ALL, "minLength", "maxLength", "format", "enum", "enumNames", "oneOf"},
    "number": {*_ALL, "minimum", "maximum"},
    "integer": {*_ALL, "minimum", "maximum"},
    "boolean": _ALL,
    "array": {*_ALL, "minItems", "maxItems", "items"},
}
"""The keywords of a form's fields by their type (MCP 2025-11-25, `PrimitiveSchemaDefinition`)."""
_FORMATS = ("email", "uri", "date", "date-time")


def resolve_questions(
    declared: Declarations, library: Library, report: Report
) -> dict[str, Question]:
    """The questions by name."""
    return {one.name.value: _question(one, library, report) for one in declared.questions}


def asked(
    names: tuple[At[str], ...], questions: Mapping[str, Question], report: Report
) -> tuple[Question, ...]:
    """The questions that `asks` names."""
    found: dict[str, Question] = {}
    for name in names:
        if name.value in questions:
            found[name.value] = questions[name.value]
        else:
            message = f"there is no question {quoted(name.value)}"
            hint = did_you_mean(name.value, questions)
            report.add(Diagnostic("AM224", message, Label(name.span), help=hint))
    return tuple(found.values())


def _question(declared: QuestionDecl, library: Library, report: Report) -> Question:
    if declared.form is None and declared.url is None:
        message = f"question {quoted(declared.name.value)} asks nothing"
        hint = "add a `form` to fill in, or the `url` of a page"
        report.add(Diagnostic("AM225", message, Label(declared.name.span), help=hint))
    if declared.url is not None and not is_page(declared.url.value):
        message = f"{quoted(declared.url.value)} is no address of a page"
        report.add(Diagnostic("AM225", message, Label(declared.url.span)))
    return Question(
        name=Name.parse(declared.name.value),
        key=declared.name.value,
        message=declared.message.value,
        form=_form(declared, declared.form, library, report) if declared.form else None,
        url=text(declared.url),
    )


def _form(
    declared: QuestionDecl, node: Node, library: Library, report: Report
) -> dict[str, Json] | None:
    problems = list(_form_problems(node))
    for place, message in problems:
        hint = "a form has fields of text, numbers, flags, and choices of them (MCP, elicitation)"
        report.add(Diagnostic("AM225", message, Label(place.span), help=hint))
    if problems:
        return None
    bound = library.bind(node, declared.name.span)
    schema = embed(bound)
    published = library.publish(schema if isinstance(schema, dict) else {}, [bound])
    library.compile(published, [bound], declared.name.span)
    return published


def _form_problems(node: Node) -> Iterator[tuple[Node, str]]:
    kind = member(node, "type")
    fields = member(node, "properties")
    if kind is None or kind.value != "object" or fields is None:
        yield node, "a form is an object with `properties`"
        return
    for key, (place, _) in members(node).items():
        if key not in _ROOT:
            yield place, f"a form cannot have {quoted(key)}"
    for key, (place, field) in members(fields).items():
        yield from _field_problems(key, place, field)


def _field_problems(name: str, place: Node, field: Node) -> Iterator[tuple[Node, str]]:
    kind = member(field, "type")
    allowed = _FIELDS.get(str(kind.value)) if kind else None
    if allowed is None:
        yield kind or place, f"{quoted(name)} cannot be a field: no form has this type"
        return
    for key, (at, value) in members(field).items():
        if key not in allowed:
            yield at, f"a field of this type cannot have {quoted(key)}"
        elif key == "format" and value.value not in _FORMATS:
            yield value, f"a form knows the formats {', '.join(_FORMATS)}"
        elif key == "oneOf" and not _titled(value):
            yield at, "a choice is a list of `{const, title}`"
        elif key == "items" and not _choices(value):
            yield at, "several choices are texts of an `enum`, or of an `anyOf` of `{const, title}`"
    if kind is not None and kind.value == "array" and member(field, "items") is None:
        yield place, f"{quoted(name)} does not say what can be chosen"


def _choices(items: Node) -> bool:
    given = members(items)
    if set(given) == {"type", "enum"}:
        return given["type"][1].value == "string"
    listed = given.get("anyOf") or given.get("oneOf")
    return listed is not None and len(given) == 1 and _titled(listed[1])


def _titled(options: Node) -> bool:
    if not isinstance(options.value, tuple) or not options.value:
        return False
    return all(set(members(option)) == {"const", "title"} for option in options.value)
