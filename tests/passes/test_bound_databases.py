"""What operations with `run: sql` and `run: file` are compiled to: arguments, defaults, requirements."""

from __future__ import annotations

import pytest
from automcp.ir.bindings import BYTE_LIMIT, ENTRY_LIMIT, ROW_LIMIT
from automcp.runtime.files.folder import BYTES, ENTRIES
from automcp.runtime.sql.database import ROWS
from automcp.targets.server import emit

from .specs import service

SPEC = """
settings: {{database: {{type: string, default: "sqlite:x.db"}}}}
errors: {{Gone: {{description: It is gone.}}, There: {{description: It is there.}}}}
backends:
  store: {{sql: {{url: "{url}"}}}}
  docs: {{files: {{root: docs}}}}
groups:
  g:
    operations:
      o:
        params: {{id: {{type: integer}}, text: {{type: string}}, some: {{type: string, optional: true}}}}
        {returns}
        effect: destroys
        run: {run}
"""


def compiled(run: str, returns: str = "", url: str = "sqlite:x.db") -> dict[str, str]:
    """The files of a server with one operation, by path."""
    said = f"returns: {returns}" if returns else ""
    files = emit(service(SPEC.format(run=run, returns=said, url=url)), {})
    return {file.path: file.text for file in files}


def test_defaults_are_the_runtimes_own() -> None:
    assert (ROW_LIMIT, BYTE_LIMIT, ENTRY_LIMIT) == (ROWS, BYTES, ENTRIES)


@pytest.mark.parametrize(
    ("run", "returns", "call"),
    [
        ('{sql: {statement: "DELETE FROM t WHERE id = :id"}}', "", 'run("DELETE FROM t WHERE id = :id", {"id": id}, writes=True)'),
        ('{sql: {statement: "DELETE FROM t"}}', "{type: integer}", 'count("DELETE FROM t", writes=True)'),
        ('{sql: {statement: "SELECT :a, :b", bind: {a: "{some}", b: [1, "{text}!"]}}}', "{type: array}", 'many("SELECT :a, :b", {"a": some, "b": [1, f"{text}!"]}, writes=True)'),
        ('{sql: {statement: "SELECT 1", limit: 1000}}', "{type: array}", 'many("SELECT 1", writes=True)'),
        ('{sql: {statement: "SELECT 1", limit: 20000}}', "{type: array}", 'many("SELECT 1", limit=20_000, writes=True)'),
        ('{sql: {statement: "SELECT \\"a\\\\b\\"\\n-- \'\\nFROM t\\n"}}', "{type: array}", r'''many("SELECT \"a\\b\"\n" "-- '\n" "FROM t", writes=True)'''),
        ('{sql: {statement: "SELECT 1", errors: {missing: Gone, conflict: There}}}', "{type: object}", 'one("SELECT 1", writes=True, missing=Gone, conflict=There)'),
        ('{file: {read: "a/{text}"}}', "{type: string}", 'read(f"a/{text}")'),
        ('{file: {read: "{id}", limit: 3}}', "{type: string}", 'read(f"{id}", limit=3)'),
        ('{file: {write: "{text}", content: "{id}"}}', "", 'write(text, f"{id}")'),
        ('{file: {write: x, content: "", errors: {missing: Gone, exists: There}}}', "", 'write("x", "", missing=Gone, exists=There)'),
        ('{file: {list: "{text}", pattern: "{some}*"}}', "{type: array}", 'list(text, text_(given(some), "*"))'),
        ('{file: {list: "{text}", pattern: "{some}", limit: 1000}}', "{type: array}", "list(text, some)"),
        ('{file: {delete: "{text}"}}', "", "delete(text)"),
    ],
)  # fmt: skip
def test_calls(run: str, returns: str, call: str) -> None:
    made = compiled(run, returns)["src/shop_server/bindings/g.py"]
    backend = "self._store" if "sql" in run else "self._docs"
    assert f"await {backend}.{call}" in made, made[made.index("async def") :]


@pytest.mark.parametrize(
    ("url", "required", "extra"),
    [
        ("sqlite:x.db", False, False),
        ("sqlite:{settings.database}", False, False),
        ("postgresql://localhost/{settings.database}", True, False),
        ("{settings.database}", False, True),
    ],
)
def test_the_driver_is_there_where_it_is_needed(url: str, required: bool, extra: bool) -> None:
    files = compiled('{sql: {statement: "SELECT 1"}}', "{type: integer}", url)
    assert ("\npsycopg[binary]" in files["requirements.txt"]) is required
    assert ('postgresql = ["psycopg[binary]' in files["pyproject.toml"]) is extra
    assert ('".[postgresql]"' in files["README.md"]) is extra


@pytest.mark.parametrize(("run", "there", "absent"), [
    ('{sql: {statement: "DELETE FROM t"}}', "sql", "command"),
    ("{file: {delete: x}}", "files", "command"),
])  # fmt: skip
def test_only_what_is_used_is_vendored(run: str, there: str, absent: str) -> None:
    folders = {path.split("/")[3] for path in compiled(run) if "/_runtime/" in path}
    assert there in folders and absent not in folders
