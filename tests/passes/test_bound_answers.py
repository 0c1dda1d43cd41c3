"""What can be answered is not refused: what `check` says about answers, it is sure of."""

from __future__ import annotations

import pytest

from .specs import errors

AROUND = """
backends:
  store: {{sql: {{url: "sqlite:a.db"}}}}
  any: {{sql: {{url: "{{settings.url}}"}}}}
  docs: {{files: {{root: docs}}}}
settings: {{url: {{type: string}}, empty: {{type: string, default: ""}}, name: {{type: string, optional: true}}}}
errors: {{Gone: {{description: Gone.}}}}
schemas:
  Entry: {{type: object, properties: {{path: {{type: string}}, size: {{type: integer}}}}, required: [path, modified]}}
  Whole:
    allOf:
      - {{$ref: "#/schemas/Entry"}}
      - {{type: object, properties: {{type: {{enum: [file, folder, link, other]}}, modified: {{}}}}}}
  Either: {{anyOf: [{{type: object, required: [name]}}, {{$ref: "#/schemas/Entry"}}]}}
  Closed:
    type: object
    properties: {{path: {{}}, type: {{}}, size: {{type: number}}, modified: {{type: [string, "null"]}}}}
    additionalProperties: false
  Tree: {{type: object, properties: {{path: {{}}, below: {{type: array, items: {{$ref: "#/schemas/Tree"}}}}}}}}
groups:
  g:
    operations:
      o:
        description: Does.
        params: {{id: {{type: string}}}}
        {more}
        run: {run}
"""


def found(run: str, more: str = "effect: writes") -> list[tuple[str, str]]:
    return errors(AROUND.format(run=run, more=more))


@pytest.mark.parametrize("schema", ["Entry", "Whole", "Either", "Closed", "Tree"])
def test_entries_may_be_described_in_any_way(schema: str) -> None:
    one = f'{{$ref: "#/schemas/{schema}"}}'
    assert found('{file: {stat: "{id}"}}', f"returns: {one}") == []
    listed = f"returns: {{type: array, items: {one}}}"
    assert found('{file: {list: "{id}", pattern: "**/*.md"}}', listed) == []


@pytest.mark.parametrize("path", ["a..b/{id}", "{id}/..a", "./{id}", "...", "{{..}}/x", "a/b.md"])
def test_paths_that_stay_inside(path: str) -> None:
    assert found(f'{{file: {{read: "{path}"}}}}', "returns: {type: string}") == []


@pytest.mark.parametrize("path", ["{id}/../x", "..", "a/..", "/{id}"])
def test_paths_that_cannot(path: str) -> None:
    said = found(f'{{file: {{read: "{path}"}}}}', "returns: {type: string}")
    assert said == [("AM237", f'"{path}"')]


@pytest.mark.parametrize(
    ("backend", "statement"),
    [
        ("any", "DELETE FROM a WHERE b ? :id AND c @> :id AND d @@ :id AND e ->> '$.x' = '?'"),
        ("any", "DELETE FROM a WHERE b = $$ $1 ? $$ AND c = $t$ $2 $t$ AND d$1 = :id"),
        ("store", "DELETE FROM a -- ?1\n WHERE \"b?\" = ':x $1' /* @b */ AND c = json_extract(d, '$.e')"),
        ("store", "CREATE TABLE x (a)"),
        ("store", "VACUUM"),
    ],
)  # fmt: skip
def test_what_is_no_parameter(backend: str, statement: str) -> None:
    text = statement.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    assert found(f'{{sql: {{backend: {backend}, statement: "{text}"}}}}') == []


@pytest.mark.parametrize(
    ("statement", "more"),
    [
        ("CALL settle(:id)", "returns: {type: object}"),
        ("WITH a AS (DELETE FROM b RETURNING id) SELECT id FROM a", "returns: {type: array}"),
        ("INSERT INTO a VALUES (:id) RETURNING id", "returns: {type: array, items: {}}"),
        ("PRAGMA table_info(a)", "returns: {type: array}"),
        ("SELECT pg_notify('a', :id)", "effect: writes"),
    ],
)
def test_rows_that_may_come(statement: str, more: str) -> None:
    assert found(f'{{sql: {{backend: any, statement: "{statement}"}}}}', more) == []


@pytest.mark.parametrize("more", ["effect: destroys", "returns: {type: integer}"])
def test_a_change_may_miss_its_row(more: str) -> None:
    run = '{sql: {backend: store, statement: "DELETE FROM a WHERE id = :id", errors: {missing: Gone}}}'
    assert found(run, more) == []


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("{settings.empty}", [("AM237", '"{settings.empty}"')]),
        ("{settings.url}", []),
        ("./{settings.empty}run", []),
    ],
)
def test_programs_have_names(program: str, said: list[tuple[str, str]]) -> None:
    assert found(f'{{command: {{argv: ["{program}", "{{id}}"]}}}}') == said
