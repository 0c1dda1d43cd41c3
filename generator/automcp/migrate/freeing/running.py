"""Tells how a server is run, and how one that is compiled is run instead."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from ..modernise.bindings import Outside
from ..modernise.scopes import parents
from ..survey import Source
from .found import Identity, held
from .pieces import Pieces, statement_of
from .using import Use
from .words import Constructed, Words

BUILD = "build_server"
_STREAMS = frozenset({"mcp.server.stdio.stdio_server", "mcp.stdio_server"})
_REMOTE = "streamable-http"


@dataclass(frozen=True)
class Run:
    """A place where the server is run.

    Attributes:
        statement: Before this stands the import of what builds the compiled one.
        served: The nodes that name the server there.
    """

    use: Use
    statement: ast.stmt
    served: frozenset[int]


def run_of_fastmcp(words: Words, told: Constructed, use: Use, pieces: Pieces) -> Run | None:
    """A plain run of a `FastMCP`, which is edited to one of the compiled server; `None` if it is none.

    Raises:
        Held: It is run in a way that a compiled server is not.
    """
    above = parents(use.source.tree)
    asked = above.parent(use.node)
    if not isinstance(asked, ast.Attribute) or not isinstance(use.node, ast.expr):
        return None
    call = above.parent(asked)
    called = isinstance(call, ast.Call) and call.func is asked
    more: list[str] = []
    if asked.attr == "run" and isinstance(call, ast.Call) and called:
        more = _told(words, told, use, call)
    elif asked.attr != "run_stdio_async" or not isinstance(call, ast.Call):
        return None
    pieces.replace(use.node, f"{BUILD}()")
    if more:
        end = pieces.place(call.end_lineno or 1, (call.end_col_offset or 1) - 1)
        lead = ", " if call.args or call.keywords else ""
        pieces.insert(end, lead + ", ".join(more))
    return Run(use, statement_of(use.source.tree, use.node), frozenset({id(use.node)}))


def _told(words: Words, told: Constructed, use: Use, call: ast.Call) -> list[str]:
    """What the constructor was told of HTTP, which a run is told now. Raises `Held`."""
    given: dict[str, ast.expr] = dict(zip(("transport",), call.args, strict=False))
    for word in call.keywords:
        given[word.arg or ""] = word.value
    if len(call.args) > 1 or given.keys() - {"transport"}:
        raise held(use.source.path, call, "it is run with more than a transport")
    transport = given.get("transport", ast.Constant("stdio"))
    if isinstance(transport, ast.Constant):
        if transport.value == "stdio":
            return []
        if transport.value != _REMOTE:
            raise held(use.source.path, call, f"it is served over {transport.value!r}")
        return [words.moved(told, word, use.source) for word in told.serving]
    if told.serving.keys() - {"host", "port"}:
        raise held(use.source.path, call, "its constructor says how it is served over HTTP")
    return [words.moved(told, word, use.source) for word in told.serving]


def run_of_streams(
    words: Words, known: Identity, use: Use, pieces: Pieces
) -> tuple[Run, Identity] | None:
    """A low-level server's run over stdio, which is edited to one of the compiled server; `None` if it is none.

    Raises:
        Held: It is run in a way that a compiled server is not.
    """
    source, above = use.source, parents(use.source.tree)
    asked = above.parent(use.node)
    call = above.parent(asked) if isinstance(asked, ast.Attribute) and asked.attr == "run" else None
    if (
        not isinstance(call, ast.Call)
        or call.func is not asked
        or not isinstance(use.node, ast.expr)
    ):
        return None
    block = next((one for one in above.around(call) if isinstance(one, ast.AsyncWith)), None)
    if block is None:
        raise held(source.path, call, "it is run over streams that cannot be followed")
    streams = _streams(words, use, block)
    options, before = _options(use, call, streams)
    identity = words.options(source, options, use.node, known)
    served = {id(one) for part in (call, options) for one in ast.walk(part)}
    _replace(use, block, call, pieces, streams)
    if before is not None and not pieces.remove(before):
        raise held(source.path, before, "it shares a line with something else")
    return Run(use, block, frozenset(served)), identity


def _streams(words: Words, use: Use, block: ast.AsyncWith) -> tuple[str, str]:
    """The names of the streams that a block opens. Raises `Held`."""
    item = block.items[0]
    opened = item.context_expr
    found = words.names.of(use.source, opened.func) if isinstance(opened, ast.Call) else None
    plain = isinstance(opened, ast.Call) and not opened.args and not opened.keywords
    if len(block.items) == 1 and plain and isinstance(found, Outside) and found.name in _STREAMS:
        match item.optional_vars:
            case ast.Tuple(elts=[ast.Name(id=read), ast.Name(id=write)]):
                return read, write
            case _:
                pass
    raise held(use.source.path, block, "it is run over something else than stdio")


def _options(
    use: Use, call: ast.Call, streams: tuple[str, str]
) -> tuple[ast.Call, ast.stmt | None]:
    """What a run is told, and the statement that makes it if it stands before. Raises `Held`."""
    given = [one for one in call.keywords if one.arg != "raise_exceptions"]
    third = [*call.args[2:], *(one.value for one in given if one.arg == "initialization_options")]
    first = [ast.unparse(one) for one in call.args[:2]]
    if first != list(streams) or len(third) != 1 or len(given) > 1:
        raise held(use.source.path, call, "it is run over streams that cannot be followed")
    node = third[0]
    if isinstance(node, ast.Call):
        return node, None
    name = node.id if isinstance(node, ast.Name) else None
    around = next(
        (
            one
            for one in parents(use.source.tree).around(call)
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
        ),
        None,
    )
    inside = list(ast.walk(around)) if around is not None else []
    named = [one for one in inside if isinstance(one, ast.Name) and one.id == name]
    made = [
        one
        for one in inside
        if isinstance(one, ast.Assign) and [ast.unparse(each) for each in one.targets] == [name]
    ]
    if len(named) == 2 and len(made) == 1 and isinstance(made[0].value, ast.Call):
        return made[0].value, made[0]
    raise held(use.source.path, call, "what it is run with cannot be followed")


def _replace(
    use: Use, block: ast.AsyncWith, call: ast.Call, pieces: Pieces, streams: tuple[str, str]
) -> None:
    """Put the compiled server's run in the place of a block. Raises `Held`."""
    above = parents(use.source.tree)
    awaited = above.parent(call)
    run = above.parent(awaited) if isinstance(awaited, ast.Await) else None
    others = [one for one in block.body if one is not run]
    used = {one.id for each in others for one in ast.walk(each) if isinstance(one, ast.Name)} & set(
        streams
    )
    long = any(
        isinstance(one, ast.Constant | ast.JoinedStr) and one.lineno != one.end_lineno
        for each in others
        for one in ast.walk(each)
    )
    # What is printed while streams are open does not reach the client.
    prints = any(
        isinstance(one, ast.Call)
        and ast.unparse(one.func) == "print"
        and not any(word.arg == "file" for word in one.keywords)
        for each in others
        for one in ast.walk(each)
    )
    among = any(one is run for one in block.body)
    if not isinstance(run, ast.Expr) or not among or used or long or prints:
        raise held(use.source.path, block, "what runs beside it cannot be followed")
    indent, inner = pieces.indented(block), block.body[0].col_offset
    deeper = inner - block.col_offset
    found: list[str] = []
    lines = pieces.lines(block.body[0].lineno, block.body[-1].end_lineno or block.lineno)
    for at, line in enumerate(lines, block.body[0].lineno):
        if at == run.lineno:
            found.append(f"{indent}await {BUILD}().run_stdio_async()\n")
        elif not run.lineno < at <= (run.end_lineno or run.lineno):
            found.append(line[deeper:] if line.strip() else line)
    pieces.replace(block, "".join(found).removeprefix(indent).rstrip("\n"))


def scope_of(source: Source, statement: ast.stmt) -> ast.AST:
    """The function that a statement stands in; else the module."""
    for one in parents(source.tree).around(statement):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            return one
    return source.tree


def before_which(source: Source, run: Run, runs: list[Run]) -> ast.stmt:
    """The statement before which the import stands: the run, or what holds several of them."""
    scope = scope_of(source, run.statement)
    here = [
        one for one in runs if one.use.source is source and scope_of(source, one.statement) is scope
    ]
    if len(here) == 1 or isinstance(scope, ast.Module):
        return run.statement
    above = parents(source.tree)
    statement: ast.AST = run.statement
    while above.parent(statement) is not scope:
        statement = above.parent(statement) or run.statement
    assert isinstance(statement, ast.stmt)
    return statement
