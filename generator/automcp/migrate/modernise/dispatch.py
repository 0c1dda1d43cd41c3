"""Cuts a function that dispatches by a tool's name into one function for each tool, and what is left for other names.

A function for a tool is the whole one with every question about the name answered: what stands before, behind and around the
arms stays, and so does what the function does.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import libcst as cst

from .literals import Unclear

_EMPTY = cst.Module([])
_ENDS = (cst.Return, cst.Raise)
_COLLECTIONS = (list, tuple, set, frozenset, dict)


@dataclass
class Answers:
    """What is known of a name while a function is cut.

    Attributes:
        parameter: What the function calls it.
        name: The name; `None` for one that is none of `others`.
        constant: The value of an expression that names nothing of the function; raises `Unclear`.
        told: Whether a question was answered that only this name answers so.
    """

    parameter: str
    name: str | None
    others: frozenset[str]
    constant: Callable[[ast.expr], Any]
    told: bool = field(default=False)

    def truth(self, test: cst.BaseExpression) -> bool | None:
        """Whether a condition holds; `None` if that depends on something else."""
        return self._truth(ast.parse(f"({_EMPTY.code_for_node(test)})", mode="eval").body)

    def _truth(self, node: ast.expr) -> bool | None:
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                found = self._truth(inner)
                return None if found is None else not found
            case ast.BoolOp(op=operator, values=values):
                return self._joined(values, decisive=isinstance(operator, ast.Or))
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return self._compared(left, operator, right)
            case _:
                return None

    def _joined(self, values: Sequence[ast.expr], *, decisive: bool) -> bool | None:
        # What stands before the part that decides is worked out before it, and may do something.
        for one in values:
            found = self._truth(one)
            if found is None or found is decisive:
                return found
        return not decisive

    def _compared(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> bool | None:
        if isinstance(operator, ast.Eq | ast.NotEq) and _is(right, self.parameter):
            left, right = right, left
        if not _is(left, self.parameter):
            return None
        try:
            other = self.constant(right)
        except Unclear:
            return None
        if isinstance(operator, ast.Eq | ast.NotEq):
            found = self.equals(other)
            return found if found is None or isinstance(operator, ast.Eq) else not found
        if isinstance(operator, ast.In | ast.NotIn) and isinstance(other, _COLLECTIONS):
            listed = cast("Iterable[object]", other)
            each = [self._same(one) for one in listed]
            found = True if True in each else None if None in each else False
            return found if found is None or isinstance(operator, ast.In) else not found
        return None

    def equals(self, other: object) -> bool | None:
        """Whether the name is something; notes that it was asked for."""
        found = self._same(other)
        self.told = self.told or found is True
        return found

    def _same(self, other: object) -> bool | None:
        if self.name is not None:
            return self.name == other
        return False if isinstance(other, str) and other in self.others else None


def cut(
    function: cst.FunctionDef, answers: Answers, name: str, *, drop: str | None
) -> cst.FunctionDef:
    """A function with what is known of its name.

    Args:
        name: What it is called.
        drop: The parameter that goes; `None` keeps all.

    Raises:
        Unclear: No arm is for the name.
    """
    if not isinstance(function.body, cst.IndentedBlock):
        raise Unclear("it is written in one line")
    body = _Folding(answers).block(_statements(function.body))
    if answers.name is not None and not answers.told:
        raise Unclear(f"no arm is for `{answers.name}`")
    if drop is not None and answers.name is not None:
        body = [one for place, one in enumerate(body) if place or not is_text(one)] or body
        if _mentions(body, answers.parameter):
            said = cst.parse_statement(f"{answers.parameter} = {answers.name!r}".replace("'", '"'))
            body = [said, *body]
    return _named(function, body, name, drop)


@dataclass
class _Folding:
    answers: Answers

    def block(self, statements: Sequence[cst.BaseStatement]) -> list[cst.BaseStatement]:
        """Statements with every question answered, up to the first one that ends them."""
        found: list[cst.BaseStatement] = []
        for one in statements:
            found += self._statement(one)
            if found and _ends(found[-1]):
                break
        return found

    def _statement(self, one: cst.BaseStatement) -> list[cst.BaseStatement]:
        if isinstance(one, cst.If):
            return self._if(one)
        if isinstance(one, cst.Match):
            return self._match(one)
        if isinstance(one, cst.Try | cst.With | cst.For | cst.While):
            return [self._compound(one)]
        return [one]

    def _compound(self, one: Any) -> cst.BaseStatement:
        changed: dict[str, Any] = {"body": self._suite(one.body)}
        if isinstance(one, cst.Try):
            changed["handlers"] = [
                each.with_changes(body=self._suite(each.body)) for each in one.handlers
            ]
        return cast("cst.BaseStatement", one.with_changes(**changed))

    def _suite(self, suite: cst.BaseSuite) -> cst.BaseSuite:
        return _indented(suite, self.block(_statements(suite)))

    def _if(self, one: cst.If) -> list[cst.BaseStatement]:
        found = self.answers.truth(one.test)
        if found is True:
            return _led(one, self.block(_statements(one.body)))
        rest: list[cst.BaseStatement] = []
        if isinstance(one.orelse, cst.If):
            rest = self._if(one.orelse)
        elif one.orelse is not None:
            rest = self.block(_statements(one.orelse.body))
        if found is False:
            return _led(one, rest)
        kept = one.with_changes(body=self._suite(one.body), orelse=None)
        if len(rest) == 1 and isinstance(rest[0], cst.If):
            return [kept.with_changes(orelse=rest[0])]
        if rest:
            return [kept.with_changes(orelse=cst.Else(body=cst.IndentedBlock(body=rest)))]
        return [kept]

    def _match(self, one: cst.Match) -> list[cst.BaseStatement]:
        subject = ast.parse(_EMPTY.code_for_node(one.subject), mode="eval").body
        if not _is(subject, self.answers.parameter):
            return [self._kept(one, one.cases)]
        left: list[cst.MatchCase] = []
        for case in one.cases:
            found = None if case.guard is not None else self._fits(case.pattern)
            if found is True and not left:
                return _led(one, self.block(_statements(case.body)))
            if found is not False:
                left.append(case)
        return [self._kept(one, left)] if left else []

    def _kept(self, one: cst.Match, cases: Sequence[cst.MatchCase]) -> cst.BaseStatement:
        return one.with_changes(
            cases=[case.with_changes(body=self._suite(case.body)) for case in cases]
        )

    def _fits(self, pattern: cst.MatchPattern) -> bool | None:
        if isinstance(pattern, cst.MatchOr):
            each = [self._fits(one.pattern) for one in pattern.patterns]
            return True if True in each else None if None in each else False
        if isinstance(pattern, cst.MatchAs) and pattern.pattern is None:
            # Everything else: of a name that nothing is known of, what is left is left.
            return True if pattern.name is None else None
        if not isinstance(pattern, cst.MatchValue):
            return None
        try:
            node = ast.parse(_EMPTY.code_for_node(pattern.value), mode="eval").body
            return self.answers.equals(self.answers.constant(node))
        except Unclear:
            return None


def _named(
    function: cst.FunctionDef, body: list[cst.BaseStatement], name: str, drop: str | None
) -> cst.FunctionDef:
    if drop is not None:
        function = without_parameter(function, drop).with_changes(
            decorators=[], lines_after_decorators=[]
        )
    return function.with_changes(name=cst.Name(name), body=_indented(function.body, body))


def without_parameter(function: cst.FunctionDef, name: str) -> cst.FunctionDef:
    """A function without one of its parameters."""
    parameters = function.params
    kept = [one for one in parameters.params if one.name.value != name]
    bare = cst.SimpleWhitespace("")
    last = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT, whitespace_after_param=bare)
    return function.with_changes(
        params=parameters.with_changes(params=[*kept[:-1], last]), whitespace_before_params=bare
    )


def _indented(suite: cst.BaseSuite, body: list[cst.BaseStatement]) -> cst.IndentedBlock:
    listed = body or [cst.parse_statement("pass")]
    if isinstance(suite, cst.IndentedBlock):
        return suite.with_changes(body=listed)
    return cst.IndentedBlock(body=listed)


def _statements(suite: cst.BaseSuite) -> list[cst.BaseStatement]:
    if isinstance(suite, cst.IndentedBlock):
        return list(suite.body)
    assert isinstance(suite, cst.SimpleStatementSuite)
    return [cst.SimpleStatementLine(body=suite.body)]


def _led(one: Any, statements: list[cst.BaseStatement]) -> list[cst.BaseStatement]:
    """Statements in the place of one: the lines before it are before them."""
    if not statements:
        return []
    first: Any = statements[0]
    lines = [*one.leading_lines, *first.leading_lines]
    return [first.with_changes(leading_lines=lines), *statements[1:]]


def _ends(statement: cst.BaseStatement) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and isinstance(statement.body[-1], _ENDS)


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def is_text(statement: cst.BaseStatement) -> bool:
    """Whether a statement is a docstring."""
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, cst.SimpleString | cst.ConcatenatedString)
    )


def _mentions(statements: Sequence[cst.BaseStatement], name: str) -> bool:
    code = _code(statements)
    try:
        tree = ast.parse(code)
    except SyntaxError:
        # A later Python reads it.
        return re.search(rf"\b{re.escape(name)}\b", code) is not None
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(tree))


def _code(statements: Sequence[cst.BaseStatement]) -> str:
    body = "".join(_EMPTY.code_for_node(one) for one in statements)
    return "async def _():\n" + "".join(f"    {line}\n" for line in body.splitlines())
