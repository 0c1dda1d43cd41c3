"""The columns of a statement are known where it names each of them, and nothing is guessed elsewhere."""

from __future__ import annotations

import pytest
from automcp.resolve.bindings.sql_columns import columns_given


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("SELECT id, title FROM notes", {"id", "title"}),
        ("select n.id, n.Title AS Name from notes n", {"id", "name"}),
        ('SELECT "a b", `c`, 1 AS "d""e", 2 AS \'f\'', {"a b", "c", 'd"e', "f"}),
        ("SELECT count(*) AS total, (SELECT x FROM y) AS one FROM z", {"total", "one"}),
        ("SELECT CASE WHEN a THEN b ELSE c END AS d -- , e\n FROM f /* , g */", {"d"}),
        ("WITH a AS (SELECT x, y FROM z) SELECT x FROM a", {"x"}),
        ("WITH a AS (DELETE FROM z RETURNING q) SELECT q FROM a", {"q"}),
        ("INSERT INTO a (b) SELECT :b RETURNING id", None),
        ("INSERT INTO a (b) VALUES (:b) RETURNING id, b", {"id", "b"}),
        ("SELECT a UNION SELECT b", {"a"}),
        ("SELECT s.t.a, NULL AS b FROM s.t ORDER BY c", {"a", "b"}),
        ("SELECT 'a, b' AS c, d::text AS e", {"c", "e"}),
        ("SELECT DISTINCT id FROM a", None),
        ("SELECT * FROM a", None),
        ("SELECT a.* FROM a", None),
        ("SELECT id, * FROM a", None),
        ("SELECT id, count(*) FROM a", None),
        ("SELECT id name FROM a", None),
        ("SELECT CASE WHEN a THEN b END FROM c", None),
        ("SELECT null", None),
        ("SELECT 1", None),
        ("SELECT", None),
        ("TABLE a", None),
        ("VALUES (1)", None),
        ("PRAGMA table_info(a)", None),
        (")))((( SELECT", None),
        ("", None),
    ],
)
def test_columns(statement: str, names: set[str] | None) -> None:
    assert columns_given(statement) == (None if names is None else frozenset(names))
