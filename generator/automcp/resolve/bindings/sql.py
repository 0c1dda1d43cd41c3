"""One SQL statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, cast

from ...ir.backends import Backend, Given, SqlBackend, Template, Value
from ...ir.bindings import ROW_LIMIT, SqlCall
from ...ir.model import Effect
from ...runtime.sql.statement import statement
from ...spec.bindings import SqlDecl
from ...spec.document import At
from ...text.report import Label, quoted
from ...text.source import Span
from ..backends import Backends
from ..kinds import ALL
from ..templates import Scope, within
from .columns import columns_of, may_be_null
from .promise import Promise
from .sql_columns import columns_given
from .sql_words import gives_rows, numbered, only_reads, says_nothing, writes

Rows: TypeAlias = Literal["many", "one", "value", "count", "none"]

LONGEST = 30_000


def sql_call(
    declared: SqlDecl, at: Span, scope: Scope, promise: Promise, backends: Backends
) -> SqlCall | None:
    """The statement; `None` if its backend is unknown, which is reported.

    Args:
        at: Where the binding stands.
    """
    backend = backends.find(SqlBackend, declared.backend, at)
    text = declared.statement
    if len(text.value) > LONGEST or "\0" in text.value:
        message = f"a statement is a text of at most {LONGEST} characters, without the character 0"
        scope.shared.add("AM237", message, text.span)
        return None
    _check_effect(text, promise, scope)
    _check_words(text, backend, scope)
    rows = _rows(declared, promise, scope)
    if rows in ("many", "one"):
        _check_columns(text, promise, of_items=rows == "many")
    errors = {what.value: name for what, name in declared.errors}
    missing = errors.get("missing")
    if missing and (rows == "many" or (rows in ("count", "none") and only_reads(text.value))):
        message = f"with `rows: {rows}`, a row is never missing"
        help = "`one` and `value` miss a row, `count` and `none` one that was to be changed"
        scope.shared.add("AM237", message, missing.span, help)
    call = SqlCall(
        backend=backend.key if backend else "",
        statement=text.value,
        parameters=_parameters(declared, scope),
        rows=rows,
        limit=declared.limit.value if declared.limit else ROW_LIMIT,
        missing=missing.value if missing else None,
        conflict=errors["conflict"].value if "conflict" in errors else None,
        writes=promise.effect is not Effect.READS,
        needed=missing is None and rows in ("one", "value") and not may_be_null(promise),
        columns=columns_of(rows, promise),
    )
    return call if backend else None


def _parameters(declared: SqlDecl, scope: Scope) -> Mapping[str, Value]:
    """What each `:name` is bound to, in the order of the statement."""
    text = declared.statement
    found = statement(text.value)
    if found.several:
        message = "more than one statement"
        help = "one is run for each call; a database's own functions can do several things at once"
        scope.shared.add("AM237", message, text.span, help)
    names = dict.fromkeys(found.names)
    for name, _ in declared.bind:
        if name.value not in names:
            scope.shared.unknown("parameter of the statement", name, names)
    said = {name.value: scope.value(node, ALL) for name, node in declared.bind}
    return {name: said[name] if name in said else _same(name, text, scope) for name in names}


def _same(name: str, text: At[str], scope: Scope) -> Value:
    """The operation's parameter of that name."""
    known = scope.parameters or {}
    scope.used.add(name)
    if name not in known:
        start = text.value.find(f":{name}")
        place = within(text, start, start + len(name) + 1)
        message = f"nothing is bound to {quoted(':' + name)}"
        help = "add it to `bind`, or to the operation's parameters"
        near = scope.shared.suggestions.of(name, known)
        scope.shared.add("AM224", message, place, f"{near}\n{help}" if near else help)
    return Template((Given(name),))


def _check_effect(text: At[str], promise: Promise, scope: Scope) -> None:
    word = writes(text.value)
    if word is not None and promise.effect is Effect.READS:
        message = f"an operation that reads cannot {word}"
        also = (Label(promise.effect_place, "it says that it only reads"),)
        help = "write `effect: writes` or `effect: destroys`"
        scope.shared.add("AM239", message, text.span, help, also)


def _check_words(text: At[str], backend: Backend | None, scope: Scope) -> None:
    """Report parameters that nothing is bound to, and a text that says nothing."""
    if says_nothing(text.value):
        scope.shared.add("AM237", "there is no statement in this text", text.span)
    is_sqlite = False
    if backend is not None and isinstance(backend.kind, SqlBackend):
        first = backend.kind.url.pieces[0] if backend.kind.url.pieces else ""
        is_sqlite = isinstance(first, str) and first.startswith("sqlite:")
    for start, end in numbered(text.value, sqlite=is_sqlite):
        message = f"{quoted(text.value[start:end])} is no parameter that a value is bound to"
        help = "parameters have names, and are written `:name`"
        scope.shared.add("AM237", message, within(text, start, end), help)


def _check_columns(text: At[str], promise: Promise, *, of_items: bool) -> None:
    """Report members that have to be there, and that no column gives."""
    given = columns_given(text.value) if promise.schema is not None else None
    if given is None or promise.schema is None:
        return
    help = f"it gives {', '.join(sorted(given))}"
    for part in promise.shared.kinds.certain(promise.schema, of_items=of_items):
        for name in part.required:
            if name.lower() not in given:
                promise.misfit(f"the statement gives no {quoted(name)}", text, help)


def _check_gives(said: At[str], declared: SqlDecl, scope: Scope) -> None:
    """Report a statement that does not give what becomes of its rows."""
    text = declared.statement
    also = (Label(said.span, "this says what becomes of them"),)
    if said.value in ("many", "one", "value") and not gives_rows(text.value):
        message = "the statement gives no rows"
        help = "what was changed is told by `RETURNING ...`, how much by `rows: count`"
        scope.shared.add("AM238", message, text.span, help, also)
    elif said.value == "count" and only_reads(text.value):
        message = "the statement changes nothing that could be counted"
        help = "`SELECT count(*) ...` with `rows: value` counts what there is"
        scope.shared.add("AM238", message, text.span, help, also)


def _rows(declared: SqlDecl, promise: Promise, scope: Scope) -> Rows:
    promise.can_hold("an SQL statement", ())
    said = declared.rows
    if said is None:
        found = _fitting(declared, promise)
        if found is None:
            message = "what is returned does not tell what becomes of the rows"
            help = "add `rows`: one of many, one, value, count, none"
            scope.shared.add("AM238", message, promise.place, help)
            return "many"
        if found == "many" and "object" not in promise.items:
            promise.misfit(
                "each row is an object", declared.statement, "`rows: value` gives a value"
            )
        _check_gives(At(found, promise.place), declared, scope)
        return found
    _check_gives(said, declared, scope)
    match said.value:
        case "many":
            promise.has_room_for(said, "array", "object")
        case "one":
            promise.has_room_for(said, "object")
        case "count":
            promise.has_room_for(said, "number")
        case "value":
            promise.has_room_for(said)
        case _:
            promise.has_no_answer(said)
    return cast("Rows", said.value)


def _fitting(declared: SqlDecl, promise: Promise) -> Rows | None:
    if promise.kinds is None:
        return "none"
    if promise.surely("array"):
        return "many"
    if promise.surely("object"):
        return "one"
    if promise.surely("number") and not gives_rows(declared.statement.value):
        return "count"
    return "value" if promise.scalar else None
