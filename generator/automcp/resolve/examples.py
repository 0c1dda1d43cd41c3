"""Examples and defaults, checked against the schemas that they illustrate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jsonschema_rs import ValidationError, ValidationErrorKind

from ..ir.values import ABSENT, ErrorType, Example, Json
from ..spec.document import ExampleDecl, Node, OperationDecl, ParamDecl
from ..spec.keywords import member, members, node_at
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.source import Span
from ..text.suggest import did_you_mean
from .bundle import plain
from .names import clash
from .validity import Check, shorten


@dataclass(frozen=True, slots=True)
class Checks:
    """The validators of one operation; `None` where a schema is broken or there is none."""

    input: Check | None
    output: Check | None
    wrapped: bool
    errors: Mapping[str, Check | None]


def resolve_examples(
    declared: OperationDecl, errors: Mapping[str, ErrorType], checks: Checks, report: Report
) -> tuple[Example, ...]:
    """The examples of an operation; what breaks a schema is a finding at the smallest place."""
    first: dict[str, ExampleDecl] = {}
    for example in declared.examples:
        earlier = first.setdefault(example.name.value, example)
        if earlier is not example:
            message = f"example {quoted(example.name.value)} is declared twice"
            report.add(clash("AM201", message, example.name, earlier.name, "first declared here"))
        for finding in _findings(example, declared, errors, checks):
            report.add(finding)
    return tuple(_example(example) for example in declared.examples)


def check_defaults(params: tuple[ParamDecl, ...], validator: Check, report: Report) -> None:
    """Find defaults that their own schema refuses."""
    nodes = {param.name.value: member(param.schema, "default") for param in params}
    defaults = {key: node for key, node in nodes.items() if node is not None}
    if not defaults:
        return
    for error in validator.iter_errors({key: plain(node) for key, node in defaults.items()}):
        if error.instance_path:
            key, *path = error.instance_path
            report.add(broken_default(defaults[str(key)], error, path))


def broken_default(node: Node, error: ValidationError, path: list[str | int]) -> Diagnostic:
    """The finding that a default breaks its schema; `path` leads into the default."""
    at = Label(_blame(node, path, error))
    return Diagnostic("AM217", f"the default breaks its own schema: {shorten(error.message)}", at)


def _example(declared: ExampleDecl) -> Example:
    arguments = plain(declared.params) if declared.params else {}
    return Example(
        name=declared.name.value,
        description=declared.description.value if declared.description else None,
        arguments=arguments if isinstance(arguments, dict) else {},
        returns=plain(declared.returns) if declared.returns else ABSENT,
        error=declared.error.value if declared.error else None,
        error_data=plain(declared.error_data) if declared.error_data else ABSENT,
    )


def _findings(
    example: ExampleDecl,
    operation: OperationDecl,
    errors: Mapping[str, ErrorType],
    checks: Checks,
) -> Iterator[Diagnostic]:
    arguments = plain(example.params) if example.params else {}
    yield from _violations(checks.input, arguments, example.params, example.name.span)
    if example.returns is not None:
        if operation.returns is None:
            message = "the example returns something, but the operation returns nothing"
            yield Diagnostic("AM218", message, Label(example.returns.span), help="say `returns`")
        answer = plain(example.returns)
        sent: Json = {"result": answer} if checks.wrapped else answer
        depth = 1 if checks.wrapped else 0
        yield from _violations(checks.output, sent, example.returns, example.span, depth)
    if example.error is not None:
        yield from _error_findings(example, example.error.value, errors, checks)


def _error_findings(
    example: ExampleDecl, key: str, errors: Mapping[str, ErrorType], checks: Checks
) -> Iterator[Diagnostic]:
    span = example.error.span if example.error else example.span
    if key not in errors:
        hint = did_you_mean(key, errors) or f"add `{key}` to the operation's `errors`"
        message = f"the operation does not declare error {quoted(key)}"
        yield Diagnostic("AM221", message, Label(span), help=hint)
    elif example.error_data is not None:
        if errors[key].data is None:
            message = f"error {quoted(key)} carries no data"
            yield Diagnostic("AM218", message, Label(example.error_data.span))
        data = plain(example.error_data)
        yield from _violations(checks.errors.get(key), data, example.error_data, span)


def _violations(
    validator: Check | None,
    value: Json,
    node: Node | None,
    otherwise: Span,
    depth: int = 0,
) -> Iterator[Diagnostic]:
    """Findings of a value, at its node; the first `depth` steps of a path are not in the node."""
    for error in validator.iter_errors(value) if validator else ():
        at = _blame(node, error.instance_path[depth:], error) if node else otherwise
        message = f"the example breaks its own schema: {shorten(error.message)}"
        yield Diagnostic("AM218", message, Label(at), help="mend the example, or the schema")


def _blame(node: Node, path: list[str | int], error: ValidationError) -> Span:
    """The smallest place: of a member that must not be there its key, else the value."""
    place = node_at(node, tuple(map(str, path)))
    match error.kind:
        case ValidationErrorKind.AdditionalProperties(unexpected=[key, *_]):
            found = members(place).get(key)
            return found[0].span if found else place.span
        case _:
            return place.span
