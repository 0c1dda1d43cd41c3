"""The declared errors, with what checks their data."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from ..ir.values import ErrorType
from ..spec.document import At, ErrorDecl
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from .bundle import embed
from .library import Library
from .loops import no_object, surely_object
from .validity import Check


@dataclass(frozen=True, slots=True)
class Errors:
    """All errors of a spec, each with its validator if it has data."""

    declared: Mapping[str, tuple[ErrorType, Check | None]]
    report: Report

    @classmethod
    def of(
        cls,
        declared: tuple[ErrorDecl, ...],
        library: Library,
        report: Report,
        *,
        foreign: Set[str] = frozenset(),
    ) -> Errors:
        """Resolve all errors; the data of those that `foreign` names is made elsewhere: formats describe it."""
        found = {one.name.value: _error(one, library, report, foreign) for one in declared}
        return cls(found, report)

    @property
    def all(self) -> tuple[ErrorType, ...]:
        return tuple(error for error, _ in self.declared.values())

    def validator(self, key: str) -> Check | None:
        """What checks the data of an error."""
        return self.declared[key][1]

    def named(self, names: tuple[At[str], ...]) -> tuple[ErrorType, ...]:
        """The errors of these names; unknown ones are findings."""
        found: dict[str, ErrorType] = {}
        for name in names:
            if name.value in self.declared:
                found[name.value] = self.declared[name.value][0]
            else:
                message = f"there is no error {quoted(name.value)}"
                hint = did_you_mean(name.value, self.declared)
                self.report.add(Diagnostic("AM215", message, Label(name.span), help=hint))
        return tuple(found.values())


def _error(
    declared: ErrorDecl, library: Library, report: Report, foreign: Set[str]
) -> tuple[ErrorType, Check | None]:
    key, description = declared.name.value, declared.description.value
    retryable = declared.retryable is not None and declared.retryable.value
    if declared.data is None:
        return ErrorType(key, description, None, None, retryable), None
    bound = library.bind(declared.data, declared.name.span)
    if not surely_object(bound, library.named):
        report.add(no_object("the `data` of an error", declared.data))
    data = embed(bound)
    root = data if isinstance(data, dict) else {}
    published = library.publish(root, [bound], describes=key in foreign)
    validator = library.compile(published, [bound], declared.name.span)
    return ErrorType(key, description, data, published, retryable), validator
