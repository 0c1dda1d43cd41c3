"""Edits of a source at the places of its syntax tree; every other byte stays."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from ..modernise.scopes import parents
from ..survey import Source


@dataclass
class Pieces:
    """What is to change in a source."""

    source: Source
    _edits: list[tuple[int, int, str]] = field(default_factory=list["tuple[int, int, str]"])
    _gone: set[int] = field(default_factory=set[int])

    def __post_init__(self) -> None:
        self._data = self.source.text.encode()
        self._lines = self._data.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def place(self, line: int, column: int) -> int:
        """The byte at a line, from 1, and a column, in bytes."""
        return self._starts[line - 1] + column

    def replace(self, node: ast.expr | ast.stmt, text: str) -> None:
        """Put a text in the place of a node."""
        end = self.place(node.end_lineno or node.lineno, node.end_col_offset or 0)
        self._edits.append((self.place(node.lineno, node.col_offset), end, text))

    def insert(self, at: int, text: str) -> None:
        """Put a text before a byte."""
        self._edits.append((at, at, text))

    def cut(self, start: int, end: int) -> None:
        """Take the bytes from one place to another out."""
        self._edits.append((start, end, ""))

    def before(self, statement: ast.stmt, text: str) -> None:
        """Put lines of statements before a statement, indented as it is; into its line if it shares that."""
        first = _first_line(statement)
        indent = self._lines[first - 1][: statement.col_offset].decode()
        if indent.strip():
            words = "".join(f"{line}; " for line in text.splitlines() if line)
            self.insert(self.place(first, statement.col_offset), words)
            return
        lines = "".join(f"{indent}{line}\n" if line else "\n" for line in text.splitlines())
        self.insert(self.place(first, 0), lines)

    def indented(self, statement: ast.stmt) -> str:
        """What stands before a statement in its line."""
        return self._lines[statement.lineno - 1][: statement.col_offset].decode()

    def lines(self, first: int, last: int) -> list[str]:
        """The lines from one to another, both from 1 and both among them."""
        return [line.decode() for line in self._lines[first - 1 : last]]

    def remove(self, statement: ast.stmt, *, said: bool = False) -> bool:
        """Take a statement out, with the empty lines around it that are too many then.

        Args:
            said: Whether the comment right above it goes, too.

        Returns:
            Whether it could be: it shares no line with another.
        """
        first, last = _first_line(statement), statement.end_lineno or statement.lineno
        behind = self._lines[last - 1][statement.end_col_offset or 0 :].decode()
        if self.indented(statement).strip() or not re.fullmatch(r"\s*(#.*)?\s*", behind):
            return False
        self._gone.add(id(statement))
        if self._is_last(statement):
            self.replace(statement, "pass")
            return True
        while said and first > 1 and self._lines[first - 2].lstrip().startswith(b"#"):
            first -= 1
        above, below = self._empty(first - 1, -1), self._empty(last + 1, 1)
        last += min(above, below) if first - above > 1 else below
        self._edits.append((self.place(first, 0), self.place(last + 1, 0), ""))
        return True

    def _is_last(self, statement: ast.stmt) -> bool:
        """Whether a block would be empty without a statement."""
        around = parents(self.source.tree).parent(statement)
        if isinstance(around, ast.Module):
            return False
        for part in ("body", "orelse", "finalbody"):
            block: list[ast.stmt] = getattr(around, part, None) or []
            if any(one is statement for one in block):
                return all(id(one) in self._gone for one in block)
        return True

    def _empty(self, line: int, step: int) -> int:
        count = 0
        while 1 <= line <= len(self._lines) and not self._lines[line - 1].strip():
            line, count = line + step, count + 1
        return count

    def text(self) -> str:
        """The source as it says then."""
        data = self._data
        for start, end, text in sorted(self._edits, key=lambda one: one[:2], reverse=True):
            data = data[:start] + text.encode() + data[end:]
        return data.decode()


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min(statement.lineno, *(one.lineno for one in decorators), statement.lineno)


def statement_of(tree: ast.Module, node: ast.AST) -> ast.stmt:
    """The statement that an expression stands in."""
    if isinstance(node, ast.stmt):
        return node
    return next(one for one in parents(tree).around(node) if isinstance(one, ast.stmt))
