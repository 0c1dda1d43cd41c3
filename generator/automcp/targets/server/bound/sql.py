"""`run: sql`: a statement of SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ....ir.backends import SqlBackend, Template, Value
from ....ir.bindings import ROW_LIMIT, Column, SqlCall
from ....ir.model import Service
from ...python.telling import tuple_of
from ...python.text import quoted
from .http import text_of
from .method import Method
from .values import Values

_METHODS = {"none": "run"}
DRIVER = "psycopg[binary]>=3.2"


def body(run: SqlCall, method: Method) -> Iterator[str]:
    """Run it, and hand over its rows."""
    called = _METHODS.get(run.rows, run.rows)
    given = ", ".join(_arguments(run, method))
    answer = f"await {method.backend(run.backend)}.{called}({given})"
    # A count is no JSON of somebody else's that would have to be read.
    is_count = run.rows == "count" and method.returns == "int"
    yield f"return {answer}" if is_count else method.answer(answer)


def construct(backend: SqlBackend, values: Values) -> Iterator[str]:
    """What makes the database."""
    yield text_of(backend.url, values)


def requirements(service: Service) -> tuple[str, ...]:
    """The driver, if a database surely is PostgreSQL's."""
    return (DRIVER,) if any(map(_is_postgresql, _beginnings(service))) else ()


def may_need_driver(service: Service) -> bool:
    """Whether nothing but the settings say which database it is."""
    begin = [*_beginnings(service)]
    return "" in begin and not any(map(_is_postgresql, begin))


def _beginnings(service: Service) -> Iterator[str]:
    """How the URLs of databases begin; empty, if a setting says it."""
    for backend in service.backends:
        if isinstance(backend.kind, SqlBackend):
            first = backend.kind.url.pieces[0] if backend.kind.url.pieces else ""
            yield first if isinstance(first, str) else ""


def _is_postgresql(url: str) -> bool:
    return url.startswith("postgres")


def _arguments(run: SqlCall, method: Method) -> Iterator[str]:
    yield _statement(run.statement)
    if run.parameters:
        bound = (f"{quoted(key)}: {_bound(one, method)}" for key, one in run.parameters.items())
        yield f"{{{', '.join(bound)}}}"
    if run.rows == "many" and run.limit != ROW_LIMIT:
        yield f"limit={run.limit:_}"
    if run.writes:
        yield "writes=True"
    yield from _columns(run.columns)
    if run.needed:
        yield "needed=True"
    if run.missing is not None:
        yield f"missing={method.error(run.missing)}"
    if run.conflict is not None:
        yield f"conflict={method.error(run.conflict)}"


def _statement(text: str) -> str:
    """A literal for each line: the formatter keeps them below each other."""
    lines = text.strip().splitlines(keepends=True)
    return " ".join(map(quoted, lines))


def _bound(value: Value, method: Method) -> str:
    whole = value.whole if isinstance(value, Template) else None
    # What was not sent is NULL, and so is `null`.
    short = method.values.operand(whole).none if whole else ""
    return short or method.values.value(value)


def _columns(columns: Mapping[str, Column]) -> Iterator[str]:
    only = columns.get("")
    if only is not None and only.holds:
        yield f"kind={quoted(only.holds)}"
        return
    kinds = (f"{quoted(name)}: {quoted(one.holds)}" for name, one in columns.items() if one.holds)
    if listed := ", ".join(kinds):
        yield f"kinds={{{listed}}}"
    optional = [quoted(name) for name, one in columns.items() if one.optional]
    if optional:
        yield f"optional={tuple_of(optional)}"
