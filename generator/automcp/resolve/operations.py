"""Turns operation declarations into operations: what they take, what they give, how they fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jsonschema_rs import Draft202012Validator

from ..ir.model import (
    ABSENT,
    Effect,
    ErrorType,
    Group,
    Input,
    Json,
    JsonSchema,
    Operation,
    Output,
    Parameter,
)
from ..spec.document import GroupDecl, Node, OperationDecl, ParamDecl
from ..spec.keywords import applies_in_place, member, members, subschemas, text_of
from ..text.names import Name
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from .anatomy import REFERENCES
from .bundle import alone, embed, plain
from .examples import Checks, check_defaults, resolve_examples
from .library import Library
from .loops import says_object, surely_object


@dataclass(frozen=True, slots=True)
class Operations:
    """What all operations share.

    Attributes:
        tools: Names on the wire, by group and operation.
        errors: Every declared error, with its validator if it has data.
    """

    library: Library
    tools: Mapping[tuple[str, str], str]
    errors: Mapping[str, tuple[ErrorType, Draft202012Validator | None]]
    report: Report

    def group(self, declared: GroupDecl) -> Group:
        """A group with all its operations."""
        return Group(
            name=Name.parse(declared.name.value),
            title=declared.title.value if declared.title else None,
            description=declared.description.value if declared.description else None,
            operations=tuple(self._operation(declared, one) for one in declared.operations),
        )

    def _operation(self, group: GroupDecl, declared: OperationDecl) -> Operation:
        errors = self._declared_errors(declared)
        taken, input_validator = self._input(declared)
        given, output_validator = self._output(declared)
        checks = Checks(
            input_validator,
            output_validator,
            given.wrapped if given else False,
            {error.key: self.errors[error.key][1] for error in errors},
        )
        by_key = {error.key: error for error in errors}
        effect = Effect(declared.effect.value) if declared.effect else Effect.WRITES
        return Operation(
            name=Name.parse(declared.name.value),
            tool=self.tools[group.name.value, declared.name.value],
            title=declared.title.value if declared.title else None,
            description=declared.description.value if declared.description else None,
            input=taken,
            output=given,
            effect=effect,
            idempotent=declared.idempotent.value if declared.idempotent else effect is Effect.READS,
            open_world=declared.open_world.value if declared.open_world else True,
            errors=errors,
            timeout=declared.timeout.value if declared.timeout else None,
            uses=tuple(use.value for use in declared.uses),
            examples=resolve_examples(declared, by_key, checks, self.report),
        )

    def _declared_errors(self, declared: OperationDecl) -> tuple[ErrorType, ...]:
        found: dict[str, ErrorType] = {}
        for error in declared.errors:
            if error.value in self.errors:
                found[error.value] = self.errors[error.value][0]
            else:
                message = f"there is no error {quoted(error.value)}"
                hint = did_you_mean(error.value, self.errors)
                self.report.add(Diagnostic("AM215", message, Label(error.span), help=hint))
        return tuple(found.values())

    def _input(self, declared: OperationDecl) -> tuple[Input, Draft202012Validator | None]:
        if declared.input is not None:
            return self._raw_input(declared, declared.input)
        params = declared.params or ()
        bounds = [
            self.library.bind(param.schema, param.name.span, ("properties", param.name.value))
            for param in params
        ]
        parameters = tuple(map(_parameter, params, map(alone, bounds)))
        required: list[Json] = [one.key for one in parameters if one.required]
        root: dict[str, Json] = {
            "type": "object",
            "properties": {
                one.key: embed(bound) for one, bound in zip(parameters, bounds, strict=True)
            },
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }
        published = self.library.publish(root, bounds)
        validator = self.library.compile(published, bounds, declared.name.span)
        if validator:
            check_defaults(params, validator, self.report)
        return Input(published, "params", parameters), validator

    def _raw_input(
        self, declared: OperationDecl, node: Node
    ) -> tuple[Input, Draft202012Validator | None]:
        bound = self.library.bind(node, declared.name.span)
        schema = embed(bound)
        if not says_object(node):
            at = member(node, "type") or node
            self.report.add(no_object("the `input` of an operation", at))
        root = schema if isinstance(schema, dict) else {}
        published = self.library.publish(root, [bound])
        validator = self.library.compile(published, [bound], declared.name.span)
        return Input(published, "input", tuple(_properties(node, root))), validator

    def _output(self, declared: OperationDecl) -> tuple[Output | None, Draft202012Validator | None]:
        node = declared.returns
        if node is None:
            return None, None
        at = declared.name.span
        bound = self.library.bind(node, at)
        wrapped = not surely_object(bound, self.library.named)
        if wrapped:
            bound = self.library.move(bound, ("properties", "result"))
        checked = self.library.publish(_answer(embed(bound), wrapped), [bound])
        validator = self.library.compile(checked, [bound], at)
        structured = declared.structured.value if declared.structured else True
        return Output(alone(bound), checked if structured else None, wrapped, checked), validator


def no_object(what: str, at: Node) -> Diagnostic:
    """The finding that a schema that must describe an object does not say so at its root."""
    return Diagnostic(
        "AM220", f"{what} must be an object", Label(at.span), help="add `type: object`"
    )


def _answer(schema: Json, wrapped: bool) -> dict[str, Json]:
    """The root of an output's document.

    MCP wants `type: object` at the root itself, and clients drop the whole list of tools without it,
    so a root that says it only through a reference gets it; what it allows stays the same.
    """
    if wrapped or not isinstance(schema, dict):
        return {"type": "object", "properties": {"result": schema}, "required": ["result"]}
    return schema if schema.get("type") == "object" else {"type": "object", **schema}


def _parameter(declared: ParamDecl, schema: JsonSchema) -> Parameter:
    default = member(declared.schema, "default")
    optional = declared.optional is not None and declared.optional.value
    return Parameter(
        key=declared.name.value,
        schema=schema,
        required=default is None and not optional,
        default=ABSENT if default is None else plain(default),
        description=text_of(member(declared.schema, "description")),
    )


def _properties(node: Node, root: dict[str, Json]) -> Sequence[Parameter]:
    """The declared properties of a raw input, if nothing else in it says something about them."""
    properties = root.get("properties")
    if not _is_plain_object(node) or not isinstance(properties, dict):
        return ()
    required = root.get("required")
    names = required if isinstance(required, list) else []
    found: list[Parameter] = []
    for key, (_, value) in members(member(node, "properties") or node).items():
        schema = properties[key]
        default = member(value, "default")
        if isinstance(schema, bool | dict):
            found.append(
                Parameter(
                    key=key,
                    schema=schema,
                    required=key in names,
                    default=ABSENT if default is None else plain(default),
                    description=text_of(member(value, "description")),
                )
            )
    return found


def _is_plain_object(node: Node) -> bool:
    has_more = any(
        applies_in_place(path) or path[0] == "patternProperties" for path, _ in subschemas(node)
    )
    return (
        says_object(node) and not has_more and not any(key in members(node) for key in REFERENCES)
    )
