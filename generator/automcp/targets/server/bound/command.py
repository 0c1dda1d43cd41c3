"""`run: command`: a program that is started without a shell."""

from __future__ import annotations

from collections.abc import Iterator
from keyword import iskeyword

from ....ir.backends import Configured, Given, Template
from ....ir.bindings import INHERITED, OUTPUT_LIMIT, Argument, CommandCall
from ...python.telling import tuple_of
from ...python.text import literal, quoted
from .method import Method

_ARGV = "._runtime.command.argv"


def body(run: CommandCall, method: Method) -> Iterator[str]:
    """Run it, and hand over what it wrote."""
    argv = ", ".join(_argument(one, method) for one in run.arguments)
    # A content block holds text, whatever it is the text of.
    output = "text" if method.operation.content else run.output
    given = [f"[{argv}]", *_options(run, output, method)]
    ran = f"await {method.use('._runtime.command.run', 'run')}({', '.join(given)})"
    yield method.content(ran) if method.operation.content else method.answer(ran)


def _options(run: CommandCall, output: str, method: Method) -> Iterator[str]:
    if output != "text":
        yield f"output={quoted(output)}"
    if run.stdin is not None:
        yield f"stdin={method.values.value(run.stdin)}"
    if run.folder is not None:
        yield f"cwd={_folder(run.folder, method)}"
    if run.environment:
        own = (f"{quoted(key)}: {method.values.text(one)}" for key, one in run.environment.items())
        yield f"environment={{{', '.join(own)}}}"
    if run.inherits != INHERITED:
        yield f"inherited={tuple_of(map(quoted, run.inherits))}"
    if run.succeeds != (0,):
        yield f"succeeds={tuple_of(map(str, run.succeeds))}"
    codes = {code: error for code, error in run.errors.items() if code != "default"}
    if codes:
        listed = (f"{int(code)}: {method.error(error)}" for code, error in codes.items())
        yield f"errors={{{', '.join(listed)}}}"
    if "default" in run.errors:
        yield f"otherwise={method.error(run.errors['default'])}"
    secrets = dict.fromkeys(method.values.operand(one).expression for one in _secrets(run, method))
    if secrets:
        yield f"secrets={tuple_of(secrets)}"
    if run.limit != OUTPUT_LIMIT:
        yield f"limit={literal(run.limit)}"


def _argument(argument: Argument, method: Method) -> str:
    """One item of the list of arguments: a text, or `*` and the call that makes some of what was sent."""
    value = argument.value
    safe = argument.dashes or _is_ours(value)
    if argument.flag is None and safe and _is_text(value, method):
        whole = value.whole
        return method.values.operand(whole).expression if whole else method.values.text(value)
    kind = ("any_" if safe else "") + ("option" if argument.flag is not None else "words")
    flag = [quoted(argument.flag)] if argument.flag is not None else []
    keys = [piece.key for piece in value.pieces if not isinstance(piece, str)]
    given = _named(next(filter(None, keys), "arguments"), _sent(value, method))
    return f"*{method.use(_ARGV, kind)}({', '.join([*flag, given])})"


def _sent(value: Template, method: Method) -> str:
    whole = value.whole
    # What was not sent gives no argument, and neither does `null`.
    short = method.values.operand(whole).none if whole else ""
    return short or method.values.value(value)


def _is_ours(value: Template) -> bool:
    """Whether nothing of it is the caller's."""
    return not any(isinstance(piece, Given) for piece in value.pieces)


def _is_text(value: Template, method: Method) -> bool:
    """Whether it surely is one text."""
    whole = value.whole
    if whole is not None:
        return method.values.operand(whole).is_text
    pieces = (piece for piece in value.pieces if not isinstance(piece, str))
    return all(method.values.operand(piece).prints for piece in pieces)


def _named(name: str, expression: str) -> str:
    """A value by its name on the wire, which messages mention."""
    if name.isidentifier() and not iskeyword(name):
        return f"{name}={expression}"
    return f"**{{{quoted(name)}: {expression}}}"


def _folder(folder: Template, method: Method) -> str:
    whole = folder.whole
    if whole is not None:
        operand = method.values.operand(whole)
        if operand.is_text or operand.annotation == "str":
            return operand.expression
        return f"{method.use('._runtime.bound.values', 'text')}({operand.expression})"
    # What callers say is a part of a path, and leads down.
    below = method.use(_ARGV, "below") if not _is_ours(folder) else ""
    guard = {
        piece: f"{below}({_named(piece.key or 'arguments', method.values.operand(piece).expression)})"
        for piece in folder.pieces
        if isinstance(piece, Given)
    }
    return method.values.text(folder, guard)


def _secrets(run: CommandCall, method: Method) -> Iterator[Configured]:
    """The secret settings that it is told."""
    given = (one.value for one in run.arguments)
    more = (one for one in (run.stdin, run.folder) if one is not None)
    for template in (*given, *more, *run.environment.values()):
        for piece in template.pieces:
            if isinstance(piece, Configured) and method.values.is_secret(piece):
                yield piece
