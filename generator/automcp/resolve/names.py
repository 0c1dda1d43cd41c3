"""Which name belongs to what: the declarations of all files, names on the wire, names in Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Protocol, TypeVar

from ..spec.document import At, Declarations, Document, GroupDecl
from ..text.names import Name
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean

DEFAULT_NAMING = "{group}_{operation}"

RESERVED_ERRORS = ("InternalError", "InvalidArguments", "NotImplemented", "Timeout")
"""What every generated server says by itself when a call fails."""

_TOOL_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_OTHER_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,256}")
_NAMING_FIELDS = ("group", "operation")


class _Declared(Protocol):
    @property
    def name(self) -> At[str]: ...


class _Offered(_Declared, Protocol):
    @property
    def wire_name(self) -> At[str] | None: ...


DeclaredT = TypeVar("DeclaredT", bound=_Declared)


def merge(document: Document, report: Report) -> Declarations:
    """The declarations of the spec and of what it includes; of two with one name the first stays."""
    parts = (document.declared, *document.included)
    return Declarations(
        _distinct("setting", [one for part in parts for one in part.settings], report),
        _distinct("backend", [one for part in parts for one in part.backends], report),
        _distinct("error", [one for part in parts for one in part.errors], report),
        _distinct("schema", [one for part in parts for one in part.schemas], report),
        _distinct("question", [one for part in parts for one in part.questions], report),
        _distinct("policy", [one for part in parts for one in part.policies], report),
        _distinct("group", [one for part in parts for one in part.groups], report),
    )


def _distinct(kind: str, declared: list[DeclaredT], report: Report) -> tuple[DeclaredT, ...]:
    first: dict[str, DeclaredT] = {}
    for one in declared:
        earlier = first.setdefault(one.name.value, one)
        if earlier is not one:
            message = f"{kind} {quoted(one.name.value)} is declared twice"
            report.add(clash("AM201", message, one.name, earlier.name, "first declared here"))
    return tuple(first.values())


def clash(
    code: str, message: str, at: At[str], first: At[str], why: str, hint: str | None = None
) -> Diagnostic:
    """A finding about two places, the later one to blame."""
    if at.span.source is first.span.source and at.span.start < first.span.start:
        at, first = first, at
    return Diagnostic(code, message, Label(at.span), (Label(first.span, why),), hint)


def report_python_clashes(declared: Declarations, report: Report) -> None:
    """Find names that differ in the spec but not in generated Python."""
    _attributes("settings", [one.name for one in declared.settings], report)
    _attributes("backends", [one.name for one in declared.backends], report)
    _attributes("groups", [group.name for group in declared.groups], report)
    for group in declared.groups:
        _attributes("members of the group", _members(group), report)
        for operation in group.operations:
            params = [param.name for param in operation.params or ()]
            _one_python_name("parameters", params, lambda name: name.parameter, report)
    _classes(declared, report)


def _members(group: GroupDecl) -> list[At[str]]:
    """What becomes a method of the group: operations, resources, prompts."""
    declared: list[_Declared] = [*group.operations, *group.resources, *group.prompts]
    return [one.name for one in declared]


def _attributes(kind: str, names: Sequence[At[str]], report: Report) -> None:
    _one_python_name(kind, names, lambda name: name.attribute, report)


def _one_python_name(
    kind: str, names: Sequence[At[str]], form: Callable[[Name], str], report: Report
) -> None:
    first: dict[str, At[str]] = {}
    for name in names:
        python = form(Name.parse(name.value))
        earlier = first.setdefault(python, name)
        if earlier is not name:
            message = f"{kind} {quoted(earlier.value)} and {quoted(name.value)} are both {quoted(python)} in Python"
            if earlier.value == name.value:
                message = f"two {kind} are called {quoted(name.value)}"
            report.add(
                clash("AM202", message, name, earlier, "the other one", "rename one of them")
            )


def _classes(declared: Declarations, report: Report) -> None:
    """Schemas and errors are classes by their names; what has none in the spec gets a free one."""
    first: dict[str, tuple[str, At[str]]] = {}
    for what, class_name, at in _class_names(declared):
        other, earlier = first.setdefault(class_name, (what, at))
        if earlier is not at:
            message = f"{other} and {what} are both class {quoted(class_name)} in Python"
            report.add(clash("AM202", message, at, earlier, "the other one", "rename one of them"))


def _class_names(declared: Declarations) -> Iterable[tuple[str, str, At[str]]]:
    for schema in declared.schemas:
        yield (
            f"schema {quoted(schema.name.value)}",
            Name.parse(schema.name.value).pascal,
            schema.name,
        )
    for question in declared.questions:
        if question.form is not None:
            owner = f"question {quoted(question.name.value)}"
            yield owner, Name.parse(question.name.value).pascal, question.name
    for error in declared.errors:
        pascal = Name.parse(error.name.value).pascal
        yield f"error {quoted(error.name.value)}", pascal, error.name
        if error.data is not None:
            yield f"the data of error {quoted(error.name.value)}", f"{pascal}Data", error.name


def report_reserved_errors(declared: Declarations, report: Report) -> None:
    """Find errors that callers could not tell from the runtime's own."""
    for error in declared.errors:
        if error.name.value in RESERVED_ERRORS:
            message = (
                f"{quoted(error.name.value)} is what a server says by itself when a call fails"
            )
            report.add(
                Diagnostic("AM219", message, Label(error.name.span), help="rename the error")
            )


@dataclass(frozen=True, slots=True)
class WireNames:
    """What everything is called on the wire, by group and name."""

    tools: Mapping[tuple[str, str], str]
    resources: Mapping[tuple[str, str], str]
    prompts: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, document: Document, groups: Sequence[GroupDecl], report: Report) -> WireNames:
        """The names that `naming` gives, where nothing says its own. Tools, resources and prompts each have theirs."""
        naming = document.naming.value if document.naming else DEFAULT_NAMING
        parts = _parse_naming(naming, document, report)
        return cls(
            _named("tool", _listed(groups, lambda group: group.operations), parts, report),
            _named("resource", _listed(groups, lambda group: group.resources), parts, report),
            _named("prompt", _listed(groups, lambda group: group.prompts), parts, report),
        )


def _listed(
    groups: Sequence[GroupDecl], members: Callable[[GroupDecl], Sequence[_Offered]]
) -> list[tuple[str, _Offered]]:
    return [(group.name.value, one) for group in groups for one in members(group)]


def _named(
    kind: str, listed: list[tuple[str, _Offered]], parts: list[tuple[str, str]], report: Report
) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    first: dict[str, tuple[str, At[str]]] = {}
    for group, one in listed:
        name, own = one.name, one.wire_name
        fields = {"group": group, "operation": name.value}
        wire = own.value if own else "".join(text + fields.get(at, "") for text, at in parts)
        names[group, name.value] = wire
        said = At(name.value, own.span) if own else name
        taken = first.setdefault(wire, (group, said))
        if parts or own:
            _report_name(kind, wire, said, taken, report)
    return names


def _report_name(
    kind: str, wire: str, name: At[str], taken: tuple[str, At[str]], report: Report
) -> None:
    group, earlier = taken
    if earlier is not name:
        message = f"two {kind}s are called {quoted(wire)} on the wire"
        why = f"`{group}.{earlier.value}` is called that, too"
        hint = "rename one, or choose a `naming` that keeps them apart"
        report.add(clash("AM214", message, name, earlier, why, hint))
    elif not _TOOL_NAME.fullmatch(wire) and (kind == "tool" or not _OTHER_NAME.fullmatch(wire)):
        message = f"{quoted(wire)} cannot be the name of a {kind}"
        hint = "1 to 64 of the letters `A-Z a-z`, digits, `_`, `-` and `.`"
        report.add(Diagnostic("AM213", message, Label(name.span), help=hint))


def _parse_naming(naming: str, document: Document, report: Report) -> list[tuple[str, str]]:
    """The pieces of a naming template: text, then a field or nothing; no pieces if it is wrong."""
    try:
        pieces = list(Formatter().parse(naming))
    except ValueError:
        _bad_naming("the braces do not match", document, None, report)
        return []
    for _, field, spec, conversion in pieces:
        if field is not None and (field not in _NAMING_FIELDS or spec or conversion):
            shown = field + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            hint = (
                did_you_mean(field, _NAMING_FIELDS) or "the fields are `{group}` and `{operation}`"
            )
            _bad_naming(f"there is no field `{{{shown}}}`", document, hint, report)
            return []
    return [(text, field or "") for text, field, _, _ in pieces]


def _bad_naming(message: str, document: Document, hint: str | None, report: Report) -> None:
    span = document.naming.span if document.naming else document.span
    report.add(Diagnostic("AM212", message, Label(span), help=hint))
