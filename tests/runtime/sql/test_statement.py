"""Named parameters are found where SQL has them, and nowhere else."""

from __future__ import annotations

import pytest
from automcp.runtime.sql.statement import statement


@pytest.mark.parametrize(
    ("text", "names", "numbered"),
    [
        ("SELECT 1", (), "SELECT 1"),
        ("SELECT :a", ("a",), "SELECT $1"),
        ("SELECT :a, :b, :a", ("a", "b"), "SELECT $1, $2, $1"),
        ("WHERE a=:a AND b=:b_2", ("a", "b_2"), "WHERE a=$1 AND b=$2"),
        ("(:a,:b)", ("a", "b"), "($1,$2)"),
        ("SELECT :größe", ("größe",), "SELECT $1"),
        ("SELECT ':a'", (), "SELECT ':a'"),
        ("SELECT ':a'':b', :c", ("c",), "SELECT ':a'':b', $1"),
        ("SELECT 'it''s :a' || :b", ("b",), "SELECT 'it''s :a' || $1"),
        (r"SELECT 'a\', :b", ("b",), r"SELECT 'a\', $1"),
        (r"SELECT E'a\' :b', :c", ("c",), r"SELECT E'a\' :b', $1"),
        (r"SELECT e'\\', :c", ("c",), r"SELECT e'\\', $1"),
        (r"SELECT type'\', :c", ("c",), r"SELECT type'\', $1"),
        ('SELECT ":a" FROM t', (), 'SELECT ":a" FROM t'),
        ('SELECT "x"":a"', (), 'SELECT "x"":a"'),
        ("SELECT `:a`", (), "SELECT `:a`"),
        ("SELECT 1 -- :a\n, :b", ("b",), "SELECT 1 -- :a\n, $1"),
        ("SELECT 1 -- it's\n, :b", ("b",), "SELECT 1 -- it's\n, $1"),
        ("SELECT /* :a */ :b", ("b",), "SELECT /* :a */ $1"),
        ("SELECT /* x /* :a */ :b */ :c", ("c",), "SELECT /* x /* :a */ :b */ $1"),
        ("SELECT /* :a", (), "SELECT /* :a"),
        ("SELECT :a::int, b::text", ("a",), "SELECT $1::int, b::text"),
        ("SELECT a[1 : n]", (), "SELECT a[1 : n]"),
        ("SELECT a[:i]", ("i",), "SELECT a[$1]"),
        ("SELECT $$ :a $$, :b", ("b",), "SELECT $$ :a $$, $1"),
        ("SELECT $x$ :a $$ :c $x$, :b", ("b",), "SELECT $x$ :a $$ :c $x$, $1"),
        ("SELECT a$b$ :a, $b$", ("a",), "SELECT a$b$ $1, $b$"),
        ("SELECT :1, a:=1, : a", (), "SELECT :1, a:=1, : a"),
        ("SELECT '%', 5 % 2, '?' ? :a", ("a",), "SELECT '%', 5 % 2, '?' ? $1"),
        ("SELECT ':a", (), "SELECT ':a"),
        ("SELECT a->>':x', b @> :j", ("j",), "SELECT a->>':x', b @> $1"),
        ("", (), ""),
    ],
)  # fmt: skip
def test_parameters(text: str, names: tuple[str, ...], numbered: str) -> None:
    found = statement(text)
    assert (found.text, found.names, found.numbered) == (text, names, numbered)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("SELECT 1", False),
        ("SELECT 1;", False),
        ("SELECT 1; ;\n -- done\n /* really; */ ;", False),
        ("SELECT ';' || 1", False),
        ("SELECT 1; DROP TABLE notes", True),
        ("SELECT 1; :a", True),
        ("SELECT 1; 'x'", True),
    ],
)
def test_several_statements_are_told_from_one(text: str, several: bool) -> None:
    assert statement(text).several is several


def test_a_long_statement_is_read_in_one_go() -> None:
    text = "SELECT " + ", ".join(["'x'", "/* /* */ */", ":a", "$$"] * 20_000)
    assert statement(text).names == ("a",)
