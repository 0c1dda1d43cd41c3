"""PostgreSQL, as a real server has it: values both ways, rights, cancelling, lost connections."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from automcp.runtime.shared.failure import BackendError
from automcp.runtime.sql import postgresql_driver
from automcp.runtime.sql.database import Database
from automcp.runtime.sql.rows import Kind

slow = pytest.mark.slow


@slow
@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        ("true", None, True),
        ("1::smallint", None, 1),
        ("9223372036854775807", None, 2**63 - 1),
        ("sum(x)::numeric FROM (VALUES (1), (2)) AS v (x)", None, 3),
        ("1e30::numeric", None, 10**30),
        ("12.50::numeric", None, 12.5),
        ("12.50::numeric::text", None, "12.50"),
        ("12345678901234567890.123456789::numeric::text", None, "12345678901234567890.123456789"),
        ("0.1::real", None, 0.1),
        ("0.1::float8", None, 0.1),
        ("'a'::text", None, "a"),
        ("'ab'::char(3)", None, "ab "),
        ("'abc'::name", None, "abc"),
        ("'a'::text", "json", BackendError),
        ("date '2026-02-28'", None, "2026-02-28"),
        ("time '10:00'", None, "10:00:00"),
        ("timestamp '2026-02-28 10:00:00.5'", None, "2026-02-28T10:00:00.500000"),
        ("timestamptz '2026-02-28 10:00:00+02'", None, "2026-02-28T08:00:00+00:00"),
        ("interval '1 month 2 days 3 hours'", None, "P1M2DT3H"),
        ("date 'infinity'", None, BackendError),
        ("'NaN'::numeric", None, BackendError),
        ("'Infinity'::float8", None, BackendError),
        ("'0f3c9a7e-0000-4000-8000-000000000000'::uuid", None, "0f3c9a7e-0000-4000-8000-000000000000"),
        (r"'\x00ff'::bytea", None, "AP8="),
        ("'{\"a\": [1, null]}'::jsonb", None, {"a": [1, None]}),
        ("'{\"b\": 1.5}'::json", "json", {"b": 1.5}),
        ("'null'::jsonb", None, None),
        ("ARRAY[1, NULL, 3]", None, [1, None, 3]),
        ("ARRAY[['a'], ['b']]", None, [["a"], ["b"]]),
        ("ARRAY[date '2026-01-01']", None, ["2026-01-01"]),
        ("'10.0.0.1'::inet", None, "10.0.0.1"),
        ("'10.0.0.0/8'::cidr", None, "10.0.0.0/8"),
        ("int4range(1, 5)", None, "[1,5)"),
        ("point(1, 2)", None, "(1,2)"),
        ("row(1, 'a')", None, ["1", "a"]),
        ("B'101'", None, "101"),
        ("NULL", None, None),
    ],
)  # fmt: skip
async def test_values(postgresql: Database, expression: str, kind: Kind | None, value: Any) -> None:
    if value is BackendError:
        with pytest.raises(BackendError):
            await postgresql.value(f"SELECT {expression}", {}, kind=kind)
        return
    found = await postgresql.value(f"SELECT {expression}", {}, kind=kind)
    assert found == value and type(found) is type(value)


@slow
@pytest.mark.parametrize(
    ("text", "value", "back"),
    [
        ("SELECT :x::text", "a", "a"),
        ("SELECT :x::int + 1", 1, 2),
        ("SELECT :x::bigint", 2**40, 2**40),
        ("SELECT :x::numeric", 2**70, 2**70),
        ("SELECT :x::float8", 0.1, 0.1),
        ("SELECT :x::numeric", 12.34, 12.34),
        ("SELECT :x::boolean", True, True),
        ("SELECT :x::date + 1", "2026-02-28", "2026-03-01"),
        ("SELECT :x::uuid", "0f3c9a7e-0000-4000-8000-000000000000", "0f3c9a7e-0000-4000-8000-000000000000"),
        ("SELECT 5 = ANY(:x)", [1, 5], True),
        ("SELECT 5 = ANY(:x)", [], False),
        ("SELECT 'b' = ANY(:x)", ["a", "b"], True),
        ("SELECT 2 = ANY(:x)", [1.5, 2], True),
        ("SELECT :x::int[]", [1, None], [1, None]),
        ("SELECT :x::jsonb", {"a": ["ü", None]}, {"a": ["ü", None]}),
        ("SELECT to_jsonb(:x)", [{"a": 1}, {"b": 2}], [{"a": 1}, {"b": 2}]),
        ("SELECT count(*) FROM generate_series(1, 9) LIMIT :x", 1, 9),
        ("SELECT :x::int IS NULL", None, True),
    ],
)  # fmt: skip
async def test_bound_values(postgresql: Database, text: str, value: object, back: object) -> None:
    assert await postgresql.value(text, {"x": value}) == back


@slow
@pytest.mark.parametrize(
    ("value", "problem"), [("a\0b", "NUL"), ([1, "a"], "mixed"), ("x", "integer")]
)
async def test_values_that_do_not_fit(postgresql: Database, value: object, problem: str) -> None:
    text = "SELECT :x::int" if problem == "integer" else "SELECT :x"
    with pytest.raises(BackendError, match=problem):
        await postgresql.value(text, {"x": value})
    assert await postgresql.value("SELECT 1", {}) == 1


@slow
async def test_types_of_the_databases_own(postgresql: Database) -> None:
    await postgresql.count("CREATE TYPE mood AS ENUM ('good', 'bad')", {}, writes=True)
    await postgresql.count("CREATE TABLE days (day date, mood mood)", {}, writes=True)
    await postgresql.count(
        "INSERT INTO days VALUES (:day, :mood)", {"day": "2026-01-01", "mood": "bad"}, writes=True
    )
    rows = await postgresql.many(
        "SELECT * FROM days WHERE day < :day", {"day": "2027-01-01"}, limit=9
    )
    assert rows == [{"day": "2026-01-01", "mood": "bad"}]


@slow
@pytest.mark.parametrize(
    "text",
    [
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT nextval('counter')",
    ],
)
async def test_reading_stays_reading(postgresql: Database, text: str) -> None:
    await postgresql.count("CREATE SEQUENCE counter", {}, writes=True)
    with pytest.raises(BackendError):
        await postgresql.count(text, {})
    with pytest.raises(BackendError, match="read-only"):
        await postgresql.count("CREATE TABLE made (a int)", {})


@slow
async def test_what_is_cancelled_ends_in_the_database(postgresql: Database) -> None:
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
    with anyio.fail_after(10):
        for after in (0.0, 0.001, 0.01, 0.2):
            with anyio.move_on_after(after) as scope:
                await postgresql.value("SELECT pg_sleep(60)", {})
            assert scope.cancelled_caught
        while await postgresql.value(f"{sleeping} AND state = 'active'", {}) != 0:
            await anyio.sleep(0.02)


@slow
async def test_a_connection_that_broke_while_it_lay_idle_is_replaced(postgresql: Database) -> None:
    mine = await postgresql.value("SELECT pg_backend_pid()", {})
    assert await postgresql.value("SELECT pg_backend_pid()", {}) == mine, "used again"
    other = Database(postgresql_url(postgresql))
    ended = "SELECT pg_terminate_backend(:pid)"
    assert await other.value(ended, {"pid": mine}, writes=True) is True
    await other.aclose()
    assert await postgresql.value("SELECT pg_backend_pid()", {}) != mine


@slow
async def test_a_connection_that_breaks_under_a_statement_is_an_error(postgresql: Database) -> None:
    suicide = "SELECT pg_terminate_backend(pg_backend_pid())"
    with pytest.raises(BackendError) as reading:
        await postgresql.value(suicide, {})
    with pytest.raises(BackendError):
        await postgresql.value(suicide, {}, writes=True)
    assert reading.value.retryable
    assert await postgresql.value("SELECT 1", {}) == 1


@slow
async def test_no_more_connections_than_allowed(postgresql: Database) -> None:
    async def call() -> None:
        await postgresql.value("SELECT pg_sleep(0.01)", {})

    async with anyio.create_task_group() as tasks:
        for _ in range(60):
            tasks.start_soon(call)
    open_ = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'automcp'"
    assert await postgresql.value(open_, {}) == 10
    await postgresql.aclose()
    assert await postgresql.value(open_, {}) == 1


@slow
async def test_a_deadlock_may_be_tried_again(postgresql: Database) -> None:
    await postgresql.count("CREATE TABLE t (id int PRIMARY KEY, n int)", {}, writes=True)
    await postgresql.count("INSERT INTO t VALUES (1, 0), (2, 0)", {}, writes=True)
    function = """
        CREATE FUNCTION both_(a int, b int) RETURNS int AS $$ BEGIN
            UPDATE t SET n = n + 1 WHERE id = a; PERFORM pg_sleep(0.3);
            UPDATE t SET n = n + 1 WHERE id = b; RETURN 1;
        END $$ LANGUAGE plpgsql
    """
    await postgresql.count(function, {}, writes=True)
    failed: list[BackendError] = []

    async def call(a: int, b: int) -> None:
        try:
            await postgresql.value("SELECT both_(:a, :b)", {"a": a, "b": b}, writes=True)
        except BackendError as error:
            failed.append(error)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(call, 1, 2)
        tasks.start_soon(call, 2, 1)
    (error,) = failed
    assert error.retryable and "deadlock detected" in error.message


@slow
@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://u:secret@127.0.0.1:1/x", "the database cannot be reached"),
        ("postgresql://u:secret@/x?host=/nowhere", "the database cannot be reached"),
        ("postgres://u:secret@h/x?colour=red", "the database's URL is none that PostgreSQL knows"),
        ("postgresql:secret", "the database's URL is none that PostgreSQL knows"),
    ],
)
async def test_nothing_of_the_url_is_told(server: str, url: str, message: str) -> None:
    with pytest.raises(BackendError) as caught:
        await Database(url).value("SELECT 1", {})
    assert caught.value.message == message


async def test_without_the_driver_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(postgresql_driver.importlib, "import_module", missing)
    with pytest.raises(BackendError, match=r"psycopg.*extra `postgresql`"):
        await Database("postgresql://host/x").value("SELECT 1", {})


def postgresql_url(database: Database) -> str:
    return database._driver._url  # type: ignore[attr-defined]  # pyright: ignore
