"""`run: file`: something about files below one folder."""

from __future__ import annotations

from collections.abc import Iterator

from ....ir.backends import FilesBackend
from ....ir.bindings import BYTE_LIMIT, ENTRY_LIMIT, FileCall
from .http import text_of
from .method import Method
from .values import Values


def body(run: FileCall, method: Method) -> Iterator[str]:
    """Do it, and hand over what was read."""
    act = "read_base64" if run.act == "read" and run.binary else run.act
    given = ", ".join(_arguments(run, method))
    done = f"await {method.backend(run.backend)}.{act}({given})"
    if method.operation.content:
        yield f"return {method.use('._runtime.shared.content', 'Text')}({done})"
    elif run.act == "read" and method.returns == "str":
        yield f"return {done}"
    else:
        yield method.answer(done)


def construct(backend: FilesBackend, values: Values) -> Iterator[str]:
    """What makes the folder."""
    yield text_of(backend.root, values)


def _arguments(run: FileCall, method: Method) -> Iterator[str]:
    yield text_of(run.path, method.values)
    if run.content is not None:
        yield text_of(run.content, method.values)
    if run.pattern is not None:
        whole = run.pattern.whole
        operand = method.values.operand(whole) if whole else None
        short = operand.none if operand and operand.annotation == "str" else ""
        yield short or text_of(run.pattern, method.values)
    if run.binary and run.act in ("write", "append"):
        yield "binary=True"
    if run.act not in ("stat", "delete"):
        usual = ENTRY_LIMIT if run.act == "list" else BYTE_LIMIT
        if run.limit != usual:
            yield f"limit={run.limit:_}"
    if run.missing is not None:
        yield f"missing={method.error(run.missing)}"
    if run.exists is not None:
        yield f"exists={method.error(run.exists)}"
