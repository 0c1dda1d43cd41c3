"""Decides the Python types of a service: its models, and what its operations take and give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from ...ir.model import Group, Operation, Service
from ...ir.offers import Question, Resource
from ...ir.values import Absent, ErrorType, JsonSchema, Parameter
from ...text.names import Name
from .annotations import Annotations, annotate
from .defaults import default_expression
from .lowering import Lowering
from .naming import Names, client_class, field_names, protocol_class, taken_classes
from .settling import settled
from .skeleton import Alias, Definition, Field, Record, Skeleton, admits_null, referred


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field as a model has it.

    Attributes:
        annotation: Its type without what being optional adds.
        nullable: Whether the schema lets it be `null`.
        default: The expression of its default; `None` if it has none.
    """

    key: str
    name: str
    annotation: str
    required: bool
    nullable: bool
    default: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class TypedRecord:
    """A model class."""

    name: str
    fields: tuple[TypedField, ...]
    description: str | None


@dataclass(frozen=True, slots=True)
class TypedAlias:
    """A named type that is no model class."""

    name: str
    annotation: str
    description: str | None


@dataclass(frozen=True, slots=True)
class Types:
    """All types of a service.

    Attributes:
        definitions: By name, in spec order.
        arguments: The model of what an operation takes, by tool; `None` for an operation that takes
            nothing, or what no model can say.
        returns: The annotation of what an operation gives, by tool; `"None"` for nothing.
        reads: The annotation of what a resource holds, by its key.
        forms: The model of what a user filled in, by the question's key; only for questions with a form.
        errors: The class of each declared error, by its key.
        data: The annotation of an error's data, by its key; only for errors with data.
    """

    definitions: Mapping[str, TypedRecord | TypedAlias]
    arguments: Mapping[str, TypedRecord | None]
    returns: Mapping[str, str]
    reads: Mapping[str, str]
    forms: Mapping[str, str]
    errors: Mapping[str, str]
    data: Mapping[str, str]


def types_of(service: Service) -> Types:
    """The types of a service, all in one go, as no two of them may have one name."""
    own = (client_class(service), *map(protocol_class, service.groups))
    names = Names((*taken_classes(service), *own))
    errors = {
        error.key: names.claim_error(Name.parse(error.key).pascal) for error in service.errors
    }
    named = {one.key: deepcopy(one.schema) for one in service.schemas}
    survey = _Survey(names, Lowering(names, named), _twins(named))
    survey.lowering.define_named()
    for error in service.errors:
        survey.error(error)
    for group in service.groups:
        for operation in group.operations:
            survey.operation(group, operation)
        for resource in group.resources:
            survey.resource(group, resource)
    for question in service.questions:
        survey.question(question)
    held = Record(
        names.claim("Held"),
        tuple(Field(slot, slot, one, True) for slot, one in survey.held.items()),
    )
    definitions = settled({**survey.lowering.definitions, held.name: held})
    return _typed(definitions, survey, held.name, errors)


@dataclass(slots=True)
class _Survey:
    """Lowers all schemas of a service, one after the other.

    Attributes:
        twins: The keys of named object schemas, by what they say.
        held: Skeletons that only need an annotation, by the field of a record that is never printed.
        plain: Schemas in which nothing has a name, and what they became, by identity.
        arguments: The name of each operation's record, by tool.
        returns: The field in `held`, by tool.
        reads: The same, by resource.
        forms: The name of each form's record, by question.
        data: The field in `held`, by error.
    """

    names: Names
    lowering: Lowering
    twins: Mapping[str, str]
    held: dict[str, Skeleton] = field(default_factory=dict[str, Skeleton])
    plain: dict[int, tuple[JsonSchema, Skeleton]] = field(
        default_factory=dict[int, "tuple[JsonSchema, Skeleton]"]
    )
    arguments: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    returns: dict[str, str] = field(default_factory=dict[str, str])
    reads: dict[str, str] = field(default_factory=dict[str, str])
    forms: dict[str, str] = field(default_factory=dict[str, str])
    data: dict[str, str] = field(default_factory=dict[str, str])

    def error(self, error: ErrorType) -> None:
        if error.data is not None:
            owner = Name.parse(error.key).pascal
            skeleton = self.lowering.lower(error.data, owner + "Data", owner)
            self.data[error.key] = self._hold(skeleton)

    def operation(self, group: Group, operation: Operation) -> None:
        owner = group.name.pascal + operation.name.pascal
        if operation.input.form == "params":
            self.arguments[operation.tool] = self._parameters(group, operation, owner)
        else:
            root = self.lowering.lower(operation.input.published, owner + "Arguments", owner)
            name = referred(root)
            isrecord = isinstance(self.lowering.definitions.get(name or ""), Record)
            self.arguments[operation.tool] = name if isrecord else None
        if operation.output is not None:
            result = self._answer(operation.output.schema, owner + "Result", owner)
            self.returns[operation.tool] = self._hold(result)

    def resource(self, group: Group, resource: Resource) -> None:
        if resource.output is not None:
            owner = group.name.pascal + resource.name.pascal
            value = self._answer(resource.output.schema, owner, owner)
            self.reads[resource.key] = self._hold(value)

    def question(self, question: Question) -> None:
        if question.form is None:
            return
        pascal = question.name.pascal
        name = pascal if self.names.is_free(pascal) else f"{pascal}Form"
        root = self.lowering.lower(question.form, name, name)
        record = referred(root)
        if record is None:
            # A form without fields is a model, too.
            record = self.names.claim(name)
            self.lowering.definitions[record] = Record(record, ())
        self.forms[question.key] = record

    def _answer(self, schema: JsonSchema, hint: str, owner: str) -> Skeleton:
        """The skeleton of an answer; if a named schema says the same, that one's, so that there is one class."""
        twin = self.twins.get(_said(schema))
        same: JsonSchema = schema if twin is None else {"$ref": f"#/$defs/{_escaped(twin)}"}
        return self.lowering.lower(same, hint, owner)

    def _parameters(self, group: Group, operation: Operation, owner: str) -> str | None:
        parameters = operation.input.parameters
        if not parameters:
            return None
        name = self.names.claim(owner + "Params")
        python = field_names(one.key for one in parameters)
        told = f"What {group.name.snake}.{operation.name.snake} takes."
        # Takes its place in the order before what is lifted out of it.
        self.lowering.definitions[name] = Record(name, ())
        fields = tuple(
            Field(
                one.key,
                python[one.key],
                self._lowered(one, owner),
                one.required,
                one.default,
                one.description,
            )
            for one in parameters
        )
        self.lowering.definitions[name] = Record(name, fields, told)
        return name

    def _lowered(self, parameter: Parameter, owner: str) -> Skeleton:
        """The skeleton of a parameter; what names nothing is the same one for all operations that share a schema."""
        schema = parameter.schema
        known = self.plain.get(id(schema))
        if known is not None:
            return known[1]
        before = len(self.lowering.definitions)
        hint = owner + Name.parse(parameter.key).pascal
        skeleton = self.lowering.lower(schema, hint, owner)
        if len(self.lowering.definitions) == before:
            self.plain[id(schema)] = schema, skeleton
        return skeleton

    def _hold(self, skeleton: Skeleton) -> str:
        slot = f"held_{len(self.held)}"
        self.held[slot] = skeleton
        return slot


def _typed(
    definitions: dict[str, Definition], survey: _Survey, held: str, errors: Mapping[str, str]
) -> Types:
    annotations = annotate(definitions.values())
    typed = {
        name: _typed_definition(one, annotations, definitions)
        for name, one in definitions.items()
        if name != held
    }
    records = {name: one for name, one in typed.items() if isinstance(one, TypedRecord)}
    returns = dict.fromkeys(survey.arguments, "None")
    returns |= {tool: annotations.fields[held, slot] for tool, slot in survey.returns.items()}
    return Types(
        definitions=typed,
        arguments={tool: records.get(name or "") for tool, name in survey.arguments.items()},
        returns=returns,
        reads={key: annotations.fields[held, slot] for key, slot in survey.reads.items()},
        forms=survey.forms,
        errors=errors,
        data={key: annotations.fields[held, slot] for key, slot in survey.data.items()},
    )


def _typed_definition(
    one: Definition, annotations: Annotations, definitions: Mapping[str, Definition]
) -> TypedRecord | TypedAlias:
    if isinstance(one, Alias):
        return TypedAlias(one.name, annotations.aliases[one.name], one.description)
    fields = (
        _typed_field(each, annotations.fields[one.name, each.name], definitions)
        for each in one.fields
    )
    return TypedRecord(one.name, tuple(fields), one.description)


def _typed_field(one: Field, annotation: str, definitions: Mapping[str, Definition]) -> TypedField:
    default = (
        None
        if isinstance(one.default, Absent) or one.required
        else default_expression(one.default, one.type, definitions)
    )
    return TypedField(
        key=one.key,
        name=one.name,
        annotation=annotation,
        required=one.required,
        nullable=admits_null(one.type, definitions),
        default=default,
        description=one.description,
    )


def _twins(named: Mapping[str, JsonSchema]) -> dict[str, str]:
    """Named object schemas that mean the same wherever they stand: nothing in them is relative."""
    return {
        _said(schema): key
        for key, schema in named.items()
        if isinstance(schema, dict)
        and "properties" in schema
        and not {"$defs", "$id"} & schema.keys()
    }


def _said(schema: JsonSchema) -> str:
    return json.dumps(schema, sort_keys=True)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
