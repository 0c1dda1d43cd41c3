"""What operations are bound to: everything that `run` says, looked up and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...ir.backends import McpBackend
from ...ir.bindings import ProxyCall, Run
from ...ir.known import KnownAs
from ...ir.model import Effect
from ...ir.values import Input, Output
from ...spec.bindings import (
    CommandDecl,
    FileDecl,
    HttpDecl,
    ProxyDecl,
    PythonDecl,
    RunDecl,
    SqlDecl,
)
from ...spec.document import At, OperationDecl
from ...spec.keywords import member, members
from ...text.report import Label, quoted
from ...text.source import Span
from ..backends import Backends
from ..templates import ALL_ARGUMENTS, Scope, Shared
from .command import command_call
from .file import file_call
from .http import http_call
from .promise import Promise
from .python import python_call
from .sql import sql_call

__all__ = ["Bindings", "errors_of"]


def errors_of(declared: RunDecl | None) -> tuple[At[str], ...]:
    """The names of the errors that a binding may end in."""
    if declared is None or isinstance(declared.call, PythonDecl | ProxyDecl):
        return ()
    return tuple(name for _, name in declared.call.errors)


@dataclass(frozen=True, slots=True)
class Bindings:
    """What all bindings share.

    Attributes:
        known: As what callers know the server, if it was made with an SDK of before.
    """

    backends: Backends
    shared: Shared
    known: KnownAs | None = None

    def run(
        self,
        declared: OperationDecl,
        tool: str,
        taken: Input,
        given: Output | None,
        effect: Effect,
    ) -> Run | None:
        """What an operation is bound to; `None` if its handler is written by hand, or its binding is wrong."""
        run = declared.run
        if run is None:
            return None
        scope = Scope(self.shared, {one.key: one for one in taken.parameters})
        promise = Promise.of(declared, given, effect, self.shared)
        call = run.call
        self._check_asks(declared, run)
        found: Run | None
        match call:
            case HttpDecl():
                found = http_call(call, run.kind.span, scope, promise, self.backends)
            case CommandDecl():
                found = command_call(call, scope, promise)
            case SqlDecl():
                found = sql_call(call, run.kind.span, scope, promise, self.backends)
            case FileDecl():
                found = file_call(call, run.kind.span, scope, promise, self.backends)
            case PythonDecl():
                known = self.known.sdk if self.known else None
                return python_call(call, "tool", declared.errors, self.shared, known)
            case ProxyDecl():
                return self._proxy(call, run.kind.span, tool)
        self._report_unused(declared, taken, scope.used, run)
        return found

    def _proxy(self, declared: ProxyDecl, at: Span, tool: str) -> ProxyCall | None:
        backend = self.backends.find(McpBackend, declared.backend, at)
        if backend is None:
            return None
        return ProxyCall(backend.key, declared.tool.value if declared.tool else tool)

    def _check_asks(self, declared: OperationDecl, run: RunDecl) -> None:
        call = run.call
        if isinstance(call, PythonDecl) and call.context is not None and call.context.value:
            return
        for ask in declared.asks[:1]:
            message = "only a handler, or a function that takes `context`, can ask"
            also = (Label(run.kind.span, "what the operation is bound to"),)
            self.shared.add("AM238", message, ask.span, None, also)

    def _report_unused(
        self, declared: OperationDecl, taken: Input, used: Iterable[str], run: RunDecl
    ) -> None:
        """Warn of arguments that nothing is done with."""
        if ALL_ARGUMENTS in used:
            return
        for name, span in _parameter_places(declared, taken).items():
            if name not in used:
                message = f"nothing is done with {quoted(name)}"
                help = f"use `{{{name}}}`, or leave the parameter out"
                also = (Label(run.kind.span, "this does not mention it"),)
                self.shared.warn("AM311", message, span, help, also)


def _parameter_places(declared: OperationDecl, taken: Input) -> dict[str, Span]:
    """Where the parameters of an operation are named."""
    if declared.params is not None:
        return {one.name.value: one.name.span for one in declared.params}
    node = declared.input and member(declared.input, "properties")
    keys = {one.key for one in taken.parameters}
    return {key: at.span for key, (at, _) in members(node).items() if key in keys}
