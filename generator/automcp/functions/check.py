"""Finds functions that cannot be called as the spec says, before a call does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..ir.bindings import PythonCall
from ..ir.model import Operation, Service
from ..ir.offers import Prompt, Resource
from ..ir.values import Absent as NoDefault
from ..resolve.kinds import Kinds
from ..targets.python.arguments import argument_names
from ..text.report import Diagnostic, Label, Level, Report, quoted
from ..text.suggest import did_you_mean
from .modules import Modules, NoModule, NoText, Read
from .signature import Signature
from .source import Absent, NeedsObject

_PARTS = {Operation: "operations", Resource: "resources", Prompt: "prompts"}


def check_functions(service: Service, folders: Sequence[str], read: Read, report: Report) -> None:
    """Report the functions that calls cannot reach, as far as the texts of their modules tell.

    A module that is not found may be installed where the server runs: nothing is said of it then, unless its package
    is the project's.

    Args:
        folders: Where modules of the project may lie, the first ones first.
        read: Gives the text of a file; an `OSError` means that there is none.
    """
    schemas = {named.key: named.schema for named in service.schemas}
    kinds = Kinds(schemas.get)
    modules = Modules(folders, read)
    for call in _calls(service, kinds):
        for finding in _findings(call, modules):
            report.add(finding)


def _calls(service: Service, kinds: Kinds) -> Iterator[_Call]:
    for group in service.groups:
        for one in group.offered:
            if isinstance(one.run, PythonCall):
                path = f"groups.{group.name.text}.{_PARTS[type(one)]}.{one.name.text}"
                span = service.places.get(f"{path}.run.python") or service.places.get(path)
                called = one if isinstance(one, Operation) else None
                yield _Call(called, one.run, Label(span) if span else None, kinds)


@dataclass(frozen=True, slots=True)
class _Call:
    """One function, and the operation that it is; `None` of a resource or a prompt, which an SDK calls."""

    operation: Operation | None
    run: PythonCall
    place: Label | None
    kinds: Kinds

    def finding(self, code: str, message: str, help: str | None = None) -> Diagnostic:
        return Diagnostic(code, message, self.place, help=help)

    @property
    def said(self) -> str:
        return quoted(f"{self.run.module}:{self.run.function}")

    @property
    def given(self) -> dict[str, bool]:
        """The names of what is handed over, and whether each of it always is."""
        taken = self.operation.input if self.operation else None
        given = {"arguments": True}
        if taken is not None and taken.form == "params":
            names = argument_names(one.key for one in taken.parameters)
            given = {
                names[one.key]: one.required or not isinstance(one.default, NoDefault)
                for one in taken.parameters
            }
        return {**given, **({"context": True} if self.run.context else {})}


def _findings(call: _Call, modules: Modules) -> Iterator[Diagnostic]:
    run = call.run
    try:
        found = modules.signature(run.module, run.function)
    except NoText:
        return
    except NoModule as error:
        message = f"there is no module {quoted(run.module)}"
        help = f"its package {quoted(error.package)} is `{error.file}`, beside which it would lie"
        yield call.finding("AM224", message, help)
        return
    except SyntaxError as error:
        message = (
            f"the module {quoted(run.module)} cannot be read: {error.msg}, line {error.lineno}"
        )
        yield replace(call.finding("AM240", message), level=Level.WARNING)
        return
    except Absent as error:
        message = f"there is no {quoted(run.function)} in the module {quoted(run.module)}"
        yield call.finding("AM224", message, did_you_mean(run.function, error.known))
        return
    except NeedsObject:
        message = f"{call.said} is a method, and there is no object to call it on"
        yield call.finding(
            "AM240", message, "make it a `staticmethod`, or a function of the module"
        )
        return
    # Those of an SDK are called as that SDK does.
    if found is not None and call.run.sdk is None:
        yield from _misfits(call, found)


def _misfits(call: _Call, found: Signature) -> Iterator[Diagnostic]:
    given = call.given
    for name in found.positional:
        if name in found.required:
            message = f"{call.said} takes {quoted(name)} by its place only, and is called by names"
            help = (
                "call it from a function of yours, whose parameters are called as the operation's"
            )
            yield call.finding("AM240", message, help)
            return
    if not found.anything:
        for name in given:
            if name not in found.named:
                message = f"{call.said} takes no argument {quoted(name)}"
                help = f"it takes {', '.join(found.named) or 'none'}"
                yield call.finding("AM240", message, did_you_mean(name, found.named) or help)
    for name in found.named:
        if name in found.required and name not in given:
            message = f"{call.said} needs an argument {quoted(name)}, and the operation has none"
            help = (
                "write `context: true`"
                if name == "context"
                else "parameters are handed over by name"
            )
            yield call.finding("AM240", message, help)
        elif name in found.required and not given[name]:
            message = f"{quoted(name)} is optional, and {call.said} needs it"
            yield call.finding("AM234", message, "make it required, or give either a default")
    yield from _answers(call, found)


def _answers(call: _Call, found: Signature) -> Iterator[Diagnostic]:
    operation = call.operation
    output = operation.output if operation and not operation.content else None
    if output is None or found.returns is None:
        return
    if found.returns.isdisjoint(call.kinds.of(output.schema)):
        kinds = " or ".join(f"`{one}`" for one in sorted(found.returns))
        message = (
            f"{call.said} gives a value of the type {kinds}, and the operation answers otherwise"
        )
        yield call.finding("AM238", message)
