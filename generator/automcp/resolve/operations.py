"""Turns operation declarations into operations: what they take, what they give, how they fail."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from ..ir.model import Effect, Operation
from ..ir.offers import Question
from ..ir.values import ABSENT, Input, Json, JsonSchema, Output, Parameter
from ..spec.decode.vocabulary import IDENTIFIER
from ..spec.document import At, GroupDecl, Node, OperationDecl, ParamDecl
from ..spec.keywords import applies_in_place, member, members, subschemas, text_of
from ..text.names import Name
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from . import headers
from .access import Policies
from .anatomy import REFERENCES
from .bindings import Bindings, errors_of
from .bundle import alone, embed, plain
from .cards import card
from .errors import Errors
from .examples import Checks, check_defaults, resolve_examples
from .library import Library
from .loops import no_object, says_object, surely_object
from .questions import asked
from .validity import Check
from .written import Bound, Shared

Task: TypeAlias = Literal["forbidden", "optional", "required", "after_questions"]
_CAPABILITIES = ("sampling", "roots", "elicitation", "elicitation.url")


@dataclass(frozen=True, slots=True)
class Operations:
    """What all operations share.

    Attributes:
        pages: The addresses of resources by `group.resource`, for `ui`.
    """

    library: Library
    errors: Errors
    questions: Mapping[str, Question]
    policies: Policies
    bindings: Bindings
    pages: Mapping[str, str]
    report: Report

    def operation(self, group: GroupDecl, declared: OperationDecl, tool: str) -> Operation:
        """One operation; `tool` is its name on the wire."""
        errors = self.errors.named((*declared.errors, *errors_of(declared.run)))
        taken, input_validator = self._input(declared)
        given, output_validator = self._output(declared)
        checks = Checks(
            input_validator,
            output_validator,
            given.wrapped if given else False,
            {error.key: self.errors.validator(error.key) for error in errors},
        )
        by_key = {error.key: error for error in errors}
        effect = Effect(declared.effect.value) if declared.effect else Effect.WRITES
        said = declared.annotations
        return Operation(
            name=Name.parse(declared.name.value),
            tool=tool,
            card=card(declared.title, declared.description, declared.shown, group.tags),
            input=taken,
            output=given,
            content=tuple(dict.fromkeys(kind.value for kind in declared.content)),
            effect=effect,
            idempotent=declared.idempotent.value if declared.idempotent else effect is Effect.READS,
            open_world=declared.open_world.value if declared.open_world else True,
            errors=errors,
            timeout=declared.timeout.value if declared.timeout else None,
            uses=tuple(use.value for use in declared.uses),
            asks=asked(declared.asks, self.questions, self.report),
            needs=self._needs(declared),
            headers=self._headers(declared, taken),
            task=cast("Task", declared.task.value) if declared.task else "forbidden",
            ui=self._page(declared),
            policies=self.policies.of_each(group.policy, declared.shown.policy),
            examples=resolve_examples(declared, by_key, checks, self.report),
            run=self.bindings.run(declared, tool, taken, given, effect),
            annotations=cast("dict[str, Json] | None", said and plain(said)),
        )

    def _needs(self, declared: OperationDecl) -> tuple[str, ...]:
        for need in declared.needs:
            if need.value not in _CAPABILITIES and not re.fullmatch(IDENTIFIER.regex, need.value):
                message = f"{quoted(need.value)} is nothing that a client declares"
                hint = f"one of {', '.join(_CAPABILITIES)}, or an extension's identifier"
                self.report.add(Diagnostic("AM224", message, Label(need.span), help=hint))
        return tuple(dict.fromkeys(need.value for need in declared.needs))

    def _headers(self, declared: OperationDecl, taken: Input) -> Mapping[str, str]:
        if not headers.are_mentioned(taken.published):
            return {}
        for problem in headers.problems(taken.published):
            at = next((one.header.span for one in declared.params or () if one.header), None)
            place = at or (declared.input.span if declared.input else declared.name.span)
            self.report.add(Diagnostic("AM226", problem, Label(place)))
        return headers.headers(taken.published)

    def _page(self, declared: OperationDecl) -> str | None:
        if declared.ui is None:
            return None
        said = declared.ui.value
        uri = self.pages.get(said, said)
        if not uri.startswith("ui://"):
            message = f"{quoted(said)} is no resource that shows answers"
            hint = did_you_mean(said, self.pages) or "its address has to start with `ui://`"
            self.report.add(Diagnostic("AM224", message, Label(declared.ui.span), help=hint))
        return uri

    def _input(self, declared: OperationDecl) -> tuple[Input, Check | None]:
        if declared.input is not None:
            return self._raw_input(declared, declared.input)
        params = declared.params or ()
        bounds = [
            self.library.bind(param.schema, param.name.span, ("properties", param.name.value))
            for param in params
        ]
        schemas = [embed(bound) for bound in bounds]
        parameters = tuple(map(_parameter, params, map(alone, bounds, schemas)))
        required: list[Json] = [one.key for one in parameters if one.required]
        root: dict[str, Json] = {
            "type": "object",
            "properties": {
                one.key: _repeated(schema, param)
                for one, schema, param in zip(parameters, schemas, params, strict=True)
            },
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }
        published = self.library.publish(root, bounds)
        validator = self.library.compile(published, bounds, declared.name.span)
        if validator:
            check_defaults(params, validator, self.report)
        return Input(published, "params", parameters), validator

    def _raw_input(self, declared: OperationDecl, node: Node) -> tuple[Input, Check | None]:
        bound = self.library.bind(node, declared.name.span)
        schema = embed(bound)
        if not says_object(node):
            at = member(node, "type") or node
            self.report.add(no_object("the `input` of an operation", at))
        root = schema if isinstance(schema, dict) else {}
        published = self.library.publish(root, [bound])
        validator = self.library.compile(published, [bound], declared.name.span)
        parameters = tuple(_properties(node, root))
        if declared.keywords is None or not declared.keywords.value:
            return Input(published, "input", parameters), validator
        if not _are_keywords(node, parameters, bound):
            self.report.add(_no_keywords(declared.keywords))
        return Input(published, "params", parameters), validator

    def _output(self, declared: OperationDecl) -> tuple[Output | None, Check | None]:
        node = declared.returns
        if node is None:
            return None, None
        at = declared.name.span
        bound = self.library.bind(node, at)
        wrapped = not surely_object(bound, self.library.named)
        if wrapped:
            bound = self.library.move(bound, ("properties", "result"))
        schema = embed(bound)
        # Few APIs keep to the letter of the formats that they name, and none is mended by refusing its answers.
        answers_http = declared.run is not None and declared.run.kind.value == "http"
        checked = self.library.publish(_answer(schema, wrapped), [bound], describes=answers_http)
        validator = self.library.compile(checked, [bound], at)
        structured = declared.structured.value if declared.structured else True
        return Output(
            alone(bound, schema), checked if structured else None, wrapped, checked
        ), validator


def _answer(schema: Json, wrapped: bool) -> dict[str, Json]:
    """The root of an output's document.

    MCP wants `type: object` at the root itself, and clients drop the whole list of tools without it,
    so a root that says it only through a reference gets it; what it allows stays the same.
    """
    if wrapped or not isinstance(schema, dict):
        return {"type": "object", "properties": {"result": schema}, "required": ["result"]}
    return schema if schema.get("type") == "object" else {"type": "object", **schema}


def _repeated(schema: JsonSchema, declared: ParamDecl) -> Json:
    """The schema of a parameter with the header that repeats it."""
    if declared.header is None or not isinstance(schema, dict):
        return schema
    return {**schema, headers.KEYWORD: declared.header.value}


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


def _are_keywords(node: Node, parameters: Sequence[Parameter], bound: Bound) -> bool:
    """Whether the properties of a raw input can be taken one by one: each has a meaning of its own."""
    declared = members(member(node, "properties"))
    own = all(
        isinstance(bound.targets.get((one.holder, one.keyword)), Shared)
        for one in bound.written.anatomy.references
    )
    return own and _is_plain_object(node) and len(parameters) == len(declared)


def _no_keywords(at: At[bool]) -> Diagnostic:
    message = "the properties of this `input` cannot be taken one by one"
    hint = (
        "`keywords` needs an object that says all in `properties` and `required`, and refers to nothing "
        "but `#/schemas/NAME`"
    )
    return Diagnostic("AM250", message, Label(at.span), help=hint)


def _is_plain_object(node: Node) -> bool:
    has_more = any(
        applies_in_place(path) or path[0] == "patternProperties" for path, _ in subschemas(node)
    )
    return (
        says_object(node) and not has_more and not any(key in members(node) for key in REFERENCES)
    )
