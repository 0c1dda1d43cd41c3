"""Looks up what the templates of a binding mention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..ir.backends import Composed, Configured, Given, Piece, Template, Value
from ..ir.model import Setting
from ..ir.values import Absent, Parameter
from ..spec.backends import Texts
from ..spec.document import At, Node
from ..spec.templates import NoTemplate, Placeholder, parse
from ..text.report import Diagnostic, Label, Level, Report, quoted
from ..text.source import Span
from .kinds import SCALARS, Kinds
from .suggestions import Suggestions

ALL_ARGUMENTS = "*"
_SETTING = "settings."
_BRACES = "a brace that is meant as such is written twice: `{{` or `}}`"


@dataclass(frozen=True, slots=True)
class Shared:
    """What all templates of a spec share."""

    settings: Mapping[str, Setting]
    kinds: Kinds
    suggestions: Suggestions
    report: Report

    def add(
        self,
        code: str,
        message: str,
        at: Span,
        help: str | None = None,
        also: tuple[Label, ...] = (),
    ) -> None:
        """Report a mistake."""
        self.report.add(Diagnostic(code, message, Label(at), also, help))

    def warn(
        self,
        code: str,
        message: str,
        at: Span,
        help: str | None = None,
        also: tuple[Label, ...] = (),
    ) -> None:
        """Report something that works, and is probably not meant."""
        self.report.add(Diagnostic(code, message, Label(at), also, help, level=Level.WARNING))

    def unknown(self, what: str, name: At[str], known: Mapping[str, object]) -> None:
        """Report a name that nothing has."""
        message = f"there is no {what} {quoted(name.value)}"
        self.add("AM224", message, name.span, self.suggestions.of(name.value, known))


@dataclass(frozen=True, slots=True)
class Scope:
    """What templates in one place may mention.

    Attributes:
        parameters: What the caller may send, by name; `None` where only settings may stand.
        used: Takes the names of the parameters that are mentioned; `*` stands for all.
    """

    shared: Shared
    parameters: Mapping[str, Parameter] | None = None
    used: set[str] = field(default_factory=set[str])

    @property
    def of_settings(self) -> Scope:
        """The same where only settings may stand."""
        return Scope(self.shared, None, self.used)

    def template(
        self,
        at: At[str],
        *,
        needed: bool = False,
        whole: frozenset[str] = SCALARS,
        beside: frozenset[str] = SCALARS,
    ) -> Template:
        """A text with placeholders; nothing, once something wrong with it was reported.

        Args:
            needed: Whether what it mentions has to be there.
            whole: The kinds that a placeholder may have that is all of it.
            beside: The kinds that others may have.
        """
        try:
            parts = parse(at.value)
        except NoTemplate as error:
            place = within(at, error.start, error.end)
            self.shared.add("AM232", f"{error} in this template", place, _BRACES)
            return Template(())
        kinds = whole if len(parts) == 1 else beside
        found = [_Mention(self, at, part, kinds, needed).piece() for part in parts]
        pieces = tuple(piece for piece in found if piece is not None)
        return Template(pieces if len(pieces) == len(found) else ())

    def templates(self, texts: Texts) -> dict[str, Template]:
        """Templates by name."""
        return {name.value: self.template(text) for name, text in texts}

    def value(self, node: Node, whole: frozenset[str]) -> Value:
        """A JSON value with templates in it."""
        value = node.value
        if isinstance(value, str):
            template = self.template(At(value, node.span), whole=whole)
            if not template.pieces:
                return ""
            (first, *others) = template.pieces
            return first if isinstance(first, str) and not others else template
        if value is None or isinstance(value, int | float):
            return value
        if isinstance(value, tuple):
            return Composed(tuple(self.value(item, whole) for item in value))
        members = value.items()
        return Composed({key: self.value(one, whole) for key, (_, one) in members})


@dataclass(frozen=True, slots=True)
class _Mention:
    """One part of a template, and what it has to be."""

    scope: Scope
    at: At[str]
    part: str | Placeholder
    kinds: frozenset[str]
    needed: bool

    def piece(self) -> Piece | None:
        if isinstance(self.part, str):
            return self.part
        if self.part.name.startswith(_SETTING):
            return self._setting(self.part.name.removeprefix(_SETTING))
        return self._given(self.part.name)

    def _setting(self, name: str) -> Configured | None:
        shared = self.scope.shared
        setting = shared.settings.get(name)
        if setting is None:
            shared.unknown("setting", At(name, self._place()), shared.settings)
            return None
        self._check_kinds(shared.kinds.of(setting.schema))
        if self.needed and setting.optional and isinstance(setting.default, Absent):
            message = f"the setting {quoted(name)} may be missing, and has to be there for this"
            shared.add("AM234", message, self._place(), "give it a default, or make it required")
        return Configured(name)

    def _given(self, name: str) -> Given | None:
        parameters = self.scope.parameters
        if parameters is None:
            self._only_settings(name)
            return None
        if name == ALL_ARGUMENTS:
            self.scope.used.add(name)
            self._check_kinds(frozenset(["object"]))
            return Given(None)
        parameter = parameters.get(name)
        if parameter is None:
            self._no_parameter(name, parameters)
            return None
        self.scope.used.add(name)
        self._check_kinds(self.scope.shared.kinds.of(parameter.schema))
        if self.needed and not parameter.required and isinstance(parameter.default, Absent):
            message = f"{quoted(name)} is optional, and has to be there for this"
            help = "make it required, or give it a default"
            self.scope.shared.add("AM234", message, self._place(), help)
        return Given(name)

    def _no_parameter(self, name: str, parameters: Mapping[str, Parameter]) -> None:
        shared = self.scope.shared
        if name in shared.settings:
            message = f"there is no parameter {quoted(name)}"
            help = f"a setting is written `{{settings.{name}}}`"
            shared.add("AM224", message, self._place(), help)
        elif name.split() != [name]:
            message = f"{quoted(name)} is no name in this template"
            shared.add("AM232", message, self._place(), _BRACES)
        else:
            shared.unknown("parameter", At(name, self._place()), parameters)

    def _only_settings(self, name: str) -> None:
        shared = self.scope.shared
        help = f"a setting is written `{{settings.{name}}}`" if name in shared.settings else _BRACES
        message = f"{quoted(name)} cannot stand here, where only settings can"
        shared.add("AM233", message, self._place(), help)

    def _check_kinds(self, possible: frozenset[str]) -> None:
        if self.kinds.isdisjoint(possible):
            what = " or ".join(
                f"a{'n' if one[0] in 'ao' else ''} {one}" for one in sorted(possible)
            )
            message = f"{what or 'nothing at all'} cannot become a part of this"
            shared = self.scope.shared
            shared.add(
                "AM235", message, self._place(), f"here it has to be one of: {_list(self.kinds)}"
            )

    def _place(self) -> Span:
        assert isinstance(self.part, Placeholder)
        return within(self.at, self.part.start, self.part.end)


def _list(kinds: frozenset[str]) -> str:
    return ", ".join(sorted(kinds))


def within(at: At[str], start: int, end: int) -> Span:
    """A stretch of a text, where the spec writes it as it is; else the whole text."""
    written = at.span.text
    if written[:1] in ("'", '"') and written[1:-1] == at.value:
        start, end = start + 1, end + 1
    elif written != at.value:
        return at.span
    return Span(at.span.source, at.span.start + start, at.span.start + end)
