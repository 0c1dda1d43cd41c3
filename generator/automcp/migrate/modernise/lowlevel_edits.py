"""Says what the source of a low-level server is like once its tools are functions of their own."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import libcst as cst
from typing_extensions import override

from .dispatch import Answers, cut, is_text, without_parameter
from .edits import CannotEdit, published
from .literals import Unclear
from .lowlevel import Dispatched, binds
from .scopes import own_names
from .values import Values
from .words import with_word


def cut_up(one: Dispatched, values: Values, package: str) -> Mapping[str, str]:
    """The source with a function for each tool, no list of tools, and a dispatcher for other names alone.

    Raises:
        CannotEdit: It cannot be cut up.
    """
    try:
        module = cst.parse_module(one.source.text)
        change = _Change(one, values, package)
        changed = module.visit(change)
    except Unclear as error:
        raise CannotEdit(str(error)) from error
    except cst.ParserSyntaxError as error:
        raise CannotEdit("it cannot be read for editing") from error
    if change.told != 1:
        raise CannotEdit("what makes the server is not found for editing")
    return {one.source.path: changed.code}


class _Change(cst.CSTTransformer):
    def __init__(self, one: Dispatched, values: Values, package: str) -> None:
        super().__init__()
        self._one, self._values, self._package = one, values, package
        self.told = 0

    @override
    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        # Only what stands in the module itself is meant.
        return False

    @override
    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        return False

    @override
    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement] | cst.RemovalSentinel:
        name = original_node.name.value
        if self._one.holder is not None:
            return self._held(updated_node) if name == self._one.holder.name else updated_node
        if name == self._one.lists.name:
            listed = self._lists(updated_node)
            return cst.RemoveFromParent() if listed is None else listed
        if name != self._one.calls.name:
            return updated_node
        spaced = [cst.EmptyLine(indent=False), cst.EmptyLine(indent=False)]
        return cst.FlattenSentinel(self._functions(updated_node, spaced))

    def _held(self, function: cst.FunctionDef) -> cst.FunctionDef:
        """A function that makes a server, with a function for each tool that its module is told of."""
        body = function.body
        if not isinstance(body, cst.IndentedBlock):
            raise Unclear("it is written in one line")
        found: list[cst.BaseStatement] = []
        for one in body.body:
            name = one.name.value if isinstance(one, cst.FunctionDef) else None
            if isinstance(one, cst.FunctionDef) and name == self._one.lists.name:
                listed = self._lists(one)
                found += [] if listed is None else [listed]
            elif isinstance(one, cst.FunctionDef) and name == self._one.calls.name:
                found += self._functions(one, [cst.EmptyLine(indent=False)])
            elif isinstance(one, cst.SimpleStatementLine):
                found.append(one.with_changes(body=[self._told(each) for each in one.body]))
            else:
                found.append(one)
        return published(function.with_changes(body=body.with_changes(body=found)), self._one.tools)

    def _lists(self, function: cst.FunctionDef) -> cst.FunctionDef | None:
        """The function that lists the tools that are left; `None` if there are none."""
        if self._one.left:
            return cst.ensure_type(
                function.visit(_Shorter(self._one.places, len(self._one.left))), cst.FunctionDef
            )
        if not self._one.lists_are_used:
            return None
        return function.with_changes(decorators=[], lines_after_decorators=[])

    @override
    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine:
        if self._one.holder is not None:
            return updated_node
        return updated_node.with_changes(body=[self._told(one) for one in updated_node.body])

    def _told(self, one: cst.BaseSmallStatement) -> cst.BaseSmallStatement:
        """A statement that makes the server, with what it is told of its package."""
        target = (
            one.targets[0].target if isinstance(one, cst.Assign) else getattr(one, "target", None)
        )
        call = getattr(one, "value", None)
        named = isinstance(target, cst.Name) and target.value == self._one.variable
        if not isinstance(one, cst.Assign | cst.AnnAssign) or not named:
            return one
        if not isinstance(call, cst.Call):
            return one
        self.told += 1
        return one.with_changes(value=with_word(call, "compiled", self._package))

    def _functions(
        self, function: cst.FunctionDef, lines: Sequence[cst.EmptyLine]
    ) -> list[cst.BaseStatement]:
        """The dispatcher, and a function for each tool."""
        try:
            return self._cut(function, lines)
        except Unclear:
            return [function, *self._entries(function, lines)]

    def _entries(
        self, function: cst.FunctionDef, lines: Sequence[cst.EmptyLine]
    ) -> Iterator[cst.FunctionDef]:
        """A function for each tool that asks the dispatcher, which stays whole."""
        name, arguments = function.params.params
        for plain, tool in self._one.tools.items():
            said = json.dumps(tool["name"], ensure_ascii=False)
            text = f"return await {function.name.value}({said}, {arguments.name.value})"
            body = cst.IndentedBlock([cst.parse_statement(text)])
            bare = function.with_changes(body=body, decorators=[], lines_after_decorators=[])
            given = without_parameter(bare, name.name.value)
            yield given.with_changes(name=cst.Name(plain), leading_lines=lines)

    def _cut(
        self, function: cst.FunctionDef, lines: Sequence[cst.EmptyLine]
    ) -> list[cst.BaseStatement]:
        """The dispatcher as a function for each tool, and what is left of it. Raises `Unclear`."""
        if len(self._one.calls.decorator_list) > 1:
            raise Unclear("what else decorates it is meant for all tools")
        parameter = self._one.calls.args.args[0].arg
        if any(binds(node, parameter) for one in self._one.calls.body for node in ast.walk(one)):
            raise Unclear(f"`{self._one.calls.name}` binds `{parameter}` anew")
        names = frozenset(tool["name"] for tool in self._one.tools.values())
        found: list[cst.BaseStatement] = []
        for plain, tool in self._one.tools.items():
            answers = Answers(parameter, tool["name"], names, self._constant)
            found.append(cut(function, answers, plain, drop=parameter))
        rest = Answers(parameter, None, names, self._constant)
        left = cut(function, rest, function.name.value, drop=None)
        found.append(self._asking(left) if self._one.calls_are_used else left)
        later = [one.with_changes(leading_lines=lines) for one in found[1:]]
        return [found[0], *later]

    def _asking(self, function: cst.FunctionDef) -> cst.FunctionDef:
        """The function with all names, for what else calls it."""
        name, arguments = (one.name.value for one in function.params.params)
        taken = {node.id for node in ast.walk(self._one.calls) if isinstance(node, ast.Name)}
        table = next(one for one in ("functions", "functions_", "_functions") if one not in taken)
        listed = "".join(
            f'    "{tool["name"]}": {plain},\n' for plain, tool in self._one.tools.items()
        )
        wait = "await " if function.asynchronous is not None else ""
        text = f"{table} = {{\n{listed}}}\nif {name} in {table}:\n    return {wait}{table}[{name}]({arguments})\n"
        more = cst.parse_module(text).body
        body = cast("list[cst.BaseStatement]", list(function.body.body))
        place = 1 if is_text(body[0]) else 0
        return function.with_changes(
            body=function.body.with_changes(body=[*body[:place], *more, *body[place:]])
        )

    def _constant(self, node: ast.expr) -> object:
        own = own_names(self._one.calls)
        if self._one.holder is not None:
            own |= own_names(self._one.holder)
        if any(isinstance(one, ast.Name) and one.id in own for one in ast.walk(node)):
            raise Unclear("what the function binds may be anything")
        return self._values.of(self._one.source, node)


class _Shorter(cst.CSTTransformer):
    """Takes tools out of the list that a function gives."""

    def __init__(self, places: frozenset[int], left: int) -> None:
        super().__init__()
        self._places, self._all = places, len(places) + left

    @override
    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.List:
        if len(original_node.elements) != self._all:
            return updated_node
        kept = [one for at, one in enumerate(updated_node.elements) if at not in self._places]
        return updated_node.with_changes(elements=kept)
