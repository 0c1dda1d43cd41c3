"""Says what sources are like without the registrations that were understood; every other byte stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from typing_extensions import override

from .dispatch import is_text
from .words import with_word

Place: TypeAlias = tuple[int, int]
"""A line, from 1, and a column, from 0, in characters."""

_WIDTH = 80
_OF_CHECKERS = ("# noqa", "# type:", "# pyright:", "# pylint:", "# pragma:", "# mypy:")


class CannotEdit(Exception):
    """A source cannot be edited without changing more of it; the message says why."""


@dataclass
class Edits:
    """What is to change in a source.

    Attributes:
        decorators: By the line of a `def`, the places of its decorators that go.
        words: By the place of a call, the word that it is told, and its text.
        statements: By the lines of the statements that go, what stands there instead, if anything.
        lifted: By the line of a `def`, the lines of the functions in it that move before it.
        published: By the line of a `def`, the names that it binds for its module.
    """

    decorators: dict[int, set[int]] = field(default_factory=dict[int, "set[int]"])
    words: dict[Place, tuple[str, str]] = field(default_factory=dict[Place, "tuple[str, str]"])
    statements: dict[int, str] = field(default_factory=dict[int, str])
    lifted: dict[int, set[int]] = field(default_factory=dict[int, "set[int]"])
    published: dict[int, list[str]] = field(default_factory=dict[int, "list[str]"])


def edited(text: str, edits: Edits) -> str:
    """A source with its edits.

    Raises:
        CannotEdit: It cannot be read, or an edit has no place in it.
    """
    try:
        module = cst.parse_module(text)
    except Exception as error:
        raise CannotEdit(f"it cannot be read for editing: {str(error).splitlines()[0]}") from error
    if module.code != text:
        raise CannotEdit("it would not come back as it is")
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    change = _Change(edits, wrapper.resolve(PositionProvider))
    result = wrapper.module.visit(change)
    wanted = len(edits.decorators) + len(edits.words) + len(edits.statements)
    wanted += sum(map(len, edits.lifted.values())) + len(edits.published)
    if change.done != wanted:
        raise CannotEdit("what should change in it is not found")
    return result.code


class _Change(cst.CSTTransformer):
    def __init__(self, edits: Edits, positions: Mapping[cst.CSTNode, CodeRange]) -> None:
        super().__init__()
        self._edits = edits
        self._positions = positions
        self.done = 0
        # The comments above statements that go, by what they stand above then.
        self._waiting: dict[cst.CSTNode, list[cst.EmptyLine]] = {}

    def _line(self, node: cst.CSTNode) -> int:
        return self._positions[node].start.line

    @override
    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        line = self._line(original_node)
        found = updated_node
        gone = self._edits.decorators.get(line)
        if gone is not None:
            self.done += 1
            found = _without(found, gone)
        moved = self._edits.lifted.get(line)
        out: list[cst.BaseStatement] = []
        if moved:
            out, found = self._lifted(original_node, found, moved)
        names = self._edits.published.get(line)
        if names:
            self.done += 1
            found = published(found, names)
        return cst.FlattenSentinel([*out, found]) if out else found

    def _lifted(
        self, original: cst.FunctionDef, updated: cst.FunctionDef, lines: set[int]
    ) -> tuple[list[cst.BaseStatement], cst.FunctionDef]:
        out: list[cst.BaseStatement] = []
        kept: list[cst.BaseStatement] = []
        body, statements = original.body, updated.body
        if not isinstance(body, cst.IndentedBlock) or not isinstance(statements, cst.IndentedBlock):
            raise CannotEdit("a function that registers others stands on one line")
        for before, now in zip(body.body, statements.body, strict=True):
            one = before if isinstance(before, cst.FunctionDef) else None
            if one is not None and self._line(one) in lines and isinstance(now, cst.FunctionDef):
                out.append(now.with_changes(leading_lines=_apart(now.leading_lines)))
                self.done += 1
            else:
                kept.append(now)
        if not kept:
            kept = [cst.SimpleStatementLine([cst.Pass()])]
        rest = updated.with_changes(body=statements.with_changes(body=kept))
        top = _at_top(out[0], updated.leading_lines)
        return [top, *out[1:]], rest.with_changes(leading_lines=_apart(updated.leading_lines))

    @override
    def visit_Module(self, node: cst.Module) -> None:
        self._plan(node, node.body)

    @override
    def visit_IndentedBlock(self, node: cst.IndentedBlock) -> None:
        self._plan(node, node.body)

    def _plan(self, block: cst.CSTNode, body: Sequence[cst.CSTNode]) -> None:
        """Find out where the comments above statements that go will stand."""
        lines: list[cst.EmptyLine] = []
        for one in body:
            if self._vanishes(one) and isinstance(one, cst.SimpleStatementLine):
                lines += _with_comments(one.leading_lines)
            elif lines:
                self._waiting[one] = lines
                lines = []
        if lines:
            self._waiting[block] = lines

    def _vanishes(self, node: cst.CSTNode) -> bool:
        return self._goes(node) and not self._edits.statements[self._line(node)]

    def _goes(self, node: cst.CSTNode) -> bool:
        alone = isinstance(node, cst.SimpleStatementLine) and len(node.body) == 1
        return alone and self._line(node) in self._edits.statements

    @override
    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.RemovalSentinel:
        if not self._goes(original_node):
            return updated_node
        self.done += 1
        said = self._edits.statements[self._line(original_node)]
        if said:
            now = cst.ensure_type(cst.parse_statement(said), cst.SimpleStatementLine)
            return updated_node.with_changes(body=now.body)
        return cst.RemoveFromParent()

    @override
    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.BaseSuite:
        if updated_node.body:
            return updated_node
        return updated_node.with_changes(body=[cst.SimpleStatementLine([cst.Pass()])])

    @override
    def on_leave(self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT) -> Any:
        found: Any = super().on_leave(original_node, updated_node)
        lines = self._waiting.get(original_node)
        if lines is None:
            return found
        if isinstance(found, cst.FlattenSentinel):
            raise CannotEdit("comments stand between what moves and what goes")
        part = (
            "footer"
            if isinstance(original_node, cst.Module | cst.IndentedBlock)
            else "leading_lines"
        )
        return found.with_changes(**{part: [*lines, *getattr(found, part)]})

    @override
    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        start = self._positions[original_node].start
        word = self._edits.words.get((start.line, start.column))
        # `super().__init__(…)` starts where `super()` does.
        if word is None or _is_name(original_node.func, "super"):
            return updated_node
        self.done += 1
        return with_word(updated_node, *word)


def _is_name(node: cst.BaseExpression, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name


def published(function: cst.FunctionDef, names: Iterable[str]) -> cst.FunctionDef:
    """A function that binds some of its names for its module.

    Raises:
        CannotEdit: It stands on one line.
    """
    body = function.body
    if not isinstance(body, cst.IndentedBlock):
        raise CannotEdit("a function that registers others stands on one line")
    lines: list[list[str]] = [[]]
    for one in names:
        if lines[-1] and len(", ".join([*lines[-1], one])) > _WIDTH:
            lines.append([])
        lines[-1].append(one)
    said = [
        cst.SimpleStatementLine([cst.Global([cst.NameItem(cst.Name(one)) for one in line])])
        for line in lines
    ]
    at = 1 if is_text(body.body[0]) else 0
    changed = [*body.body[:at], *said, *body.body[at:]]
    return function.with_changes(body=body.with_changes(body=changed))


def _without(function: cst.FunctionDef, gone: set[int]) -> cst.FunctionDef:
    """A function without some of its decorators; the comments around them stay."""
    kept: list[cst.Decorator] = []
    waiting: list[cst.EmptyLine] = []
    for place, one in enumerate(function.decorators):
        if place in gone:
            waiting += [*one.leading_lines, *_said(one.trailing_whitespace)]
        else:
            kept.append(one.with_changes(leading_lines=[*waiting, *one.leading_lines]))
            waiting = []
    before = function.leading_lines
    after = [*waiting, *function.lines_after_decorators]
    if not kept:
        # Without decorators there is nothing for these lines to stand behind.
        before, after = [*before, *after], []
    return function.with_changes(
        decorators=kept, leading_lines=before, lines_after_decorators=after
    )


def _said(end: cst.TrailingWhitespace) -> list[cst.EmptyLine]:
    """The comment at the end of a line that goes, on a line of its own; none that speaks to checkers."""
    comment = end.comment
    if comment is None or comment.value.startswith(_OF_CHECKERS):
        return []
    return [cst.EmptyLine(comment=comment, newline=end.newline)]


def _with_comments(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """Lines up to the last comment in them; none if there is no comment."""
    said = [place for place, one in enumerate(lines) if one.comment is not None]
    return list(lines[: said[-1] + 1]) if said else []


def _apart(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """Lines before a definition at the outermost level: two empty ones, then the comments."""
    said = [one for one in lines if one.comment is not None]
    return [cst.EmptyLine(indent=False), cst.EmptyLine(indent=False), *said]


def _at_top(first: cst.BaseStatement, lines: Sequence[cst.EmptyLine]) -> cst.BaseStatement:
    """The first function that moves out stands where the one stood that it comes from."""
    if not isinstance(first, cst.FunctionDef):
        return first
    empty = [one for one in lines if one.comment is None]
    said = [one for one in first.leading_lines if one.comment is not None]
    return first.with_changes(leading_lines=[*empty, *said])
