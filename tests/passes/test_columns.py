"""What is returned says which columns hold booleans and JSON, and which are left out where they are NULL."""

from __future__ import annotations

import pytest
from automcp.ir.bindings import Column, SqlCall

from .specs import service

SPEC = """
backends: {{store: {{sql: {{url: "sqlite:x.db"}}}}}}
errors: {{Gone: {{description: It is gone.}}}}
schemas:
  Flag: {{type: boolean}}
  Tags: {{type: array, items: {{type: string}}}}
  Tree: {{type: object, properties: {{name: {{type: string}}, tree: {{$ref: "#/schemas/Tree"}}}}}}
  Both: {{allOf: [{{$ref: "#/schemas/Tree"}}, {{$ref: "#/schemas/Tree"}}]}}
groups:
  g:
    operations:
      o:
        {returns}
        effect: reads
        run: {{sql: {{statement: "SELECT 1 FROM t", {run}}}}}
"""

BOOLEAN = Column("boolean", False)
JSON = Column("json", False)
LEFT_OUT = Column(None, True)


def call(returns: str, run: str) -> SqlCall:
    """The binding of an operation that returns this."""
    made = service(SPEC.format(returns=f"returns: {returns}" if returns else "", run=run))
    (operation,) = made.operations
    assert isinstance(operation.run, SqlCall)
    return operation.run


@pytest.mark.parametrize(
    ("schema", "column"),
    [
        ("type: boolean", BOOLEAN),
        ("type: [boolean, 'null']", BOOLEAN),
        ("type: [boolean, string]", BOOLEAN),
        ("type: [boolean, integer]", None),
        ("type: [boolean, number]", None),
        ("enum: [true, null]", BOOLEAN),
        ("const: true", BOOLEAN),
        ('$ref: "#/schemas/Flag"', BOOLEAN),
        ("type: array", JSON),
        ("type: object", JSON),
        ("type: [object, 'null']", JSON),
        ("type: [object, string]", None),
        ('$ref: "#/schemas/Tags"', JSON),
        ("type: string", None),
        ("type: integer", None),
        ("{}", None),
        ("allOf: [{type: [boolean, integer]}, {type: [boolean, string]}]", BOOLEAN),
    ],
)
def test_what_a_column_holds(schema: str, column: Column | None) -> None:
    of = schema if schema == "{}" else f"{{{schema}}}"
    record = f"{{type: object, properties: {{x: {of}}}, required: [x]}}"
    found = {} if column is None else {"x": column}
    assert call(record, "rows: one").columns == found
    assert call(f"{{type: array, items: {record}}}", "rows: many").columns == found
    if schema != "{}":
        assert call(of, "rows: value").columns == ({"": column} if column else {})


@pytest.mark.parametrize(
    ("record", "columns"),
    [
        ("{type: object, properties: {a: {type: string}, b: {type: string}}, required: [a]}", {"b": LEFT_OUT}),
        ("{type: object, properties: {a: {type: [string, 'null']}}}", {}),
        ("{type: object, properties: {a: {type: boolean}}}", {"a": Column("boolean", True)}),
        ('{$ref: "#/schemas/Tree"}', {"name": LEFT_OUT, "tree": Column("json", True)}),
        ('{allOf: [{$ref: "#/schemas/Tree"}, {required: [name]}], type: object}', {"tree": Column("json", True)}),
        ('{anyOf: [{$ref: "#/schemas/Tree"}, {type: "null"}]}', {"name": LEFT_OUT, "tree": Column("json", True)}),
        ('{type: object, $ref: "#/schemas/Both"}', {"name": LEFT_OUT, "tree": Column("json", True)}),
        ("{type: object}", {}),
        ('{type: object, $defs: {f: {type: boolean}}, properties: {x: {$ref: "#/$defs/f"}}, required: [x]}', {"x": BOOLEAN}),
    ],
)  # fmt: skip
def test_what_is_left_out(record: str, columns: dict[str, Column]) -> None:
    assert call(record, "rows: one").columns == columns


@pytest.mark.parametrize(
    ("returns", "run", "needed"),
    [
        ("{type: object}", "rows: one", True),
        ("{type: [object, 'null']}", "rows: one", False),
        ("{type: object}", "rows: one, errors: {missing: Gone}", False),
        ("{type: integer}", "rows: value", True),
        ("{type: array}", "rows: many", False),
        ("", "rows: none", False),
    ],
)
def test_whether_a_row_is_needed(returns: str, run: str, needed: bool) -> None:
    assert call(returns, run).needed is needed
