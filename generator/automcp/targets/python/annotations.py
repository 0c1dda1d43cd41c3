"""Asks datamodel-code-generator how Python spells skeletons: one call for a whole service."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from .skeleton import Alias, Definition, Record


@dataclass(frozen=True, slots=True)
class Annotations:
    """The types of everything that was asked about, as source text.

    Attributes:
        aliases: What each alias stands for.
        fields: By record and Python name of the field.
    """

    aliases: Mapping[str, str]
    fields: Mapping[tuple[str, str], str]


def annotate(definitions: Iterable[Definition]) -> Annotations:
    """The Python types of all definitions.

    Raises:
        RuntimeError: The library left one out or renamed it; our names are meant to rule that out.
    """
    asked = list(definitions)
    module = ast.parse(_generate(asked)) if asked else ast.Module([], [])
    aliases: dict[str, str] = {}
    fields: dict[tuple[str, str], str] = {}
    for statement in module.body:
        if isinstance(statement, ast.ClassDef):
            for name, annotation in _fields(statement):
                fields[statement.name, name] = _text(annotation)
        elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            target = statement.targets[0]
            if isinstance(target, ast.Name) and len(statement.value.args) == 2:
                aliases[target.id] = _text(statement.value.args[1])
    # The library may lift a part of a recursive type out under a name of its own.
    foreign = aliases.keys() - {one.name for one in asked}
    found = Annotations(
        {name: _without(foreign, text) for name, text in aliases.items()},
        {place: _without(foreign, text) for place, text in fields.items()},
    )
    _check(asked, found)
    return found


def names_in(annotation: str) -> set[str]:
    """Every name that an annotation mentions."""
    return {node.id for node in ast.walk(ast.parse(annotation)) if isinstance(node, ast.Name)}


def _without(foreign: Set[str], annotation: str) -> str:
    """The annotation with `Any` in place of names that nobody asked for."""
    if not foreign & names_in(annotation):
        return annotation
    tree = ast.parse(annotation, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in foreign:
            node.id = "Any"
    return ast.unparse(tree)


def _generate(definitions: list[Definition]) -> str:
    # Importing it costs more than calling it, and most commands never do.
    from datamodel_code_generator import InputFileType, LiteralType, generate
    from datamodel_code_generator.enums import DataModelType
    from datamodel_code_generator.format import PythonVersion

    document = {"$defs": {one.name: _schema(one) for one in definitions}}
    generated = generate(
        json.dumps(document),
        input_file_type=InputFileType.JsonSchema,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        custom_class_name_generator=str,
        use_annotated=True,
        strict_nullable=True,
        disable_timestamp=True,
        enum_field_as_literal=LiteralType.All,
        use_standard_collections=True,
        use_union_operator=True,
        use_type_alias=True,
        use_type_alias_type=True,
        use_tuple_for_closed_arrays=True,
        keep_model_order=True,
        formatters=[],
    )
    if not isinstance(generated, str):
        raise RuntimeError("datamodel-code-generator gave no single module")
    return generated


def _schema(definition: Definition) -> object:
    if isinstance(definition, Alias):
        return definition.type
    # Every field as required, without default and words: those we print ourselves.
    return {
        "type": "object",
        "properties": {field.name: field.type for field in definition.fields},
        "required": [field.name for field in definition.fields],
    }


def _fields(record: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    for statement in record.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            annotation, alias = _unwrapped(statement.annotation)
            yield alias or statement.target.id, annotation


def _unwrapped(annotation: ast.expr) -> tuple[ast.expr, str | None]:
    """The type inside `Annotated[...]`, and the alias if the library gave the field another name."""
    match annotation:
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, ast.Call(keywords=keywords)])):
            for keyword in keywords:
                if keyword.arg == "alias" and isinstance(keyword.value, ast.Constant):
                    return inner, str(keyword.value.value)
            return inner, None
        case _:
            return annotation, None


def _text(annotation: ast.expr) -> str:
    return ast.unparse(_Plain().visit(annotation))


class _Plain(ast.NodeTransformer):
    """One spelling for every type: no quotes, `|` for unions, no list or dict of who knows what."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        match node:
            case ast.Subscript(ast.Name("Literal")):
                return node
            case ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, *_])):
                return self._expression(inner)
            case ast.Subscript(ast.Name("Optional"), inner):
                return ast.BinOp(self._expression(inner), ast.BitOr(), ast.Constant(None))
            case ast.Subscript(ast.Name("Union"), ast.Tuple([first, *rest])):
                joined = self._expression(first)
                for member in rest:
                    joined = ast.BinOp(joined, ast.BitOr(), self._expression(member))
                return joined
            case _:
                return ast.Subscript(node.value, self._expression(node.slice), node.ctx)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, str):
            return node
        return self._expression(ast.parse(node.value, mode="eval").body)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        whole = {"list": "list[Any]", "dict": "dict[str, Any]"}.get(node.id)
        return ast.parse(whole, mode="eval").body if whole else node

    def _expression(self, node: ast.expr) -> ast.expr:
        changed: object = self.visit(node)
        assert isinstance(changed, ast.expr)
        return changed


def _check(asked: list[Definition], found: Annotations) -> None:
    for one in asked:
        if isinstance(one, Alias):
            missing = [] if one.name in found.aliases else [one.name]
        else:
            missing = _missing_fields(one, found)
        if missing:
            raise RuntimeError(f"datamodel-code-generator gave no type for {', '.join(missing)}")


def _missing_fields(record: Record, found: Annotations) -> list[str]:
    names = [(record.name, field.name) for field in record.fields]
    return [".".join(name) for name in names if name not in found.fields]
