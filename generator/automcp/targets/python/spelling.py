"""Asks datamodel-code-generator how Python spells skeletons.

That library takes 150 ms to import and 2 ms for each model. So it is asked about every skeleton that differs and not
about every field, in one call, which makes 1,000 operations 3.3 s faster; and what it said to a question is kept in
the user's cache, which saves the import, too: 200 ms. What comes out of the cache is believed to be types, but
not believed to be anything else.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass
from typing import Any

from ... import cache
from ...identity import identity
from .skeleton import Skeleton

_KIND = "models"
_ASKED = "asked"
_SLOT = "slot_"


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be spelled.

    Attributes:
        aliases: Types with a name that are no records.
        records: The names of records that the skeletons refer to; what is in a record does not matter.
        shapes: Other skeletons.
    """

    aliases: Mapping[str, Skeleton]
    records: tuple[str, ...]
    shapes: tuple[Skeleton, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The types as source text: what each alias stands for, and each of the shapes."""

    aliases: Mapping[str, str]
    shapes: tuple[str, ...]


def spelled(question: Question) -> Answer:
    """How Python spells all that.

    Raises:
        RuntimeError: The library left something out or renamed it; our names are meant to rule that out.
    """
    if not (question.aliases or question.shapes):
        return Answer({}, ())
    name = _entry(question)
    kept = cache.read(_KIND, name) if name else None
    answer = _loaded(kept, question) if kept else None
    if answer is None:
        answer = _read(generated(_document(question)), question)
        if name:
            cache.write(_KIND, {name: json.dumps(asdict(answer)).encode()})
    return answer


def _entry(question: Question) -> str | None:
    """The name of a question in the cache."""
    if cache.folder() is None:
        return None
    try:
        return cache.name_of(identity(), json.dumps(asdict(question)))
    except OSError:
        return None


def _loaded(data: bytes, question: Question) -> Answer | None:
    """An answer as it was kept; `None` if it is none to this question, or says anything that is no type."""
    try:
        found: Any = json.loads(data)
        answer = Answer(dict(found["aliases"]), tuple(found["shapes"]))
        _check(answer, question)
    except (ValueError, TypeError, KeyError, SyntaxError, RecursionError, RuntimeError):
        return None
    return answer


def generated(document: Mapping[str, object]) -> str:
    """The module that the library makes of named schemas."""
    # Importing it costs more than calling it, and most commands never do.
    from datamodel_code_generator import InputFileType, LiteralType, generate
    from datamodel_code_generator.enums import DataModelType
    from datamodel_code_generator.format import PythonVersion

    generated = generate(
        json.dumps({"$defs": document}),
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


def _document(question: Question) -> Mapping[str, object]:
    slots = {f"{_SLOT}{at}": shape for at, shape in enumerate(question.shapes)}
    # Every slot as required, without default: what else there is to a field we print ourselves.
    asked = {"type": "object", "properties": slots, "required": list(slots)}
    empty: dict[str, object] = {"type": "object", "properties": {}}
    return {**question.aliases, **dict.fromkeys(question.records, empty), _ASKED: asked}


def _read(module: str, question: Question) -> Answer:
    """The answer in a module of the library."""
    aliases: dict[str, str] = {}
    slots: dict[str, str] = {}
    for statement in ast.parse(module).body:
        if isinstance(statement, ast.ClassDef) and statement.name == _ASKED:
            slots = dict(fields_of(statement))
        elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            target = statement.targets[0]
            if isinstance(target, ast.Name) and len(statement.value.args) == 2:
                aliases[target.id] = _text(statement.value.args[1])
    # The library may lift a part of a recursive type out under a name of its own.
    foreign = aliases.keys() - question.aliases.keys()
    asked = [f"{_SLOT}{at}" for at in range(len(question.shapes))]
    answer = Answer(
        {name: _without(foreign, text) for name, text in aliases.items() if name not in foreign},
        tuple(_without(foreign, slots[name]) for name in asked if name in slots),
    )
    _check(answer, question)
    return answer


def _without(foreign: Set[str], annotation: str) -> str:
    """The annotation with `Any` in place of names that nobody asked for."""
    tree = ast.parse(annotation, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in foreign:
            node.id = "Any"
    return ast.unparse(tree)


def fields_of(record: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """The names and the types of the fields of a generated class."""
    for statement in record.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            annotation, alias = _unwrapped(statement.annotation)
            yield alias or statement.target.id, _text(annotation)


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


def _check(answer: Answer, question: Question) -> None:
    """Raise `RuntimeError` unless everything is answered, and with types."""
    missing = question.aliases.keys() ^ answer.aliases.keys()
    if missing or len(answer.shapes) != len(question.shapes):
        raise RuntimeError(
            f"datamodel-code-generator did not answer for {', '.join(sorted(missing)) or 'a field'}"
        )
    for text in {*answer.aliases.values(), *answer.shapes}:
        tree = ast.parse(text, mode="eval")
        # Spelled anew it is the same, so there is no comment and no line end in it.
        parts = all(isinstance(node, _PARTS_OF_TYPES) for node in ast.walk(tree))
        if not parts or ast.unparse(tree) != text:
            raise RuntimeError(f"datamodel-code-generator gave no type: {text}")


_PARTS_OF_TYPES = (
    ast.BinOp,
    ast.BitOr,
    ast.Constant,
    ast.Expression,
    ast.Load,
    ast.Name,
    ast.Subscript,
    ast.Tuple,
    ast.UnaryOp,
    ast.USub,
)
