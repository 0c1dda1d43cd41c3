"""Templates of the spec as Python expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ....ir.backends import Composed, Configured, Given, Piece, Template, Value
from ....ir.model import Service
from ....ir.values import Absent, Json
from ...python.settings import setting_attributes
from ...python.text import literal, quoted
from .scope import Scope

_VALUES = "._runtime.bound.values"
_MODEL = "._runtime.shared.model"


@dataclass(frozen=True, slots=True)
class Operand:
    """What one placeholder stands for.

    Attributes:
        expression: Its value; `UNSET` where it is not there.
        optional: Whether it may be `UNSET`.
        textual: Whether an f-string says it as its text.
    """

    expression: str
    optional: bool
    textual: bool


class Values:
    """Spells values where settings, and perhaps parameters, are at hand.

    Args:
        settings: The expression of the settings.
        given: What a parameter stands for, by its key; `None`: all of them.
    """

    def __init__(
        self,
        scope: Scope,
        service: Service,
        settings: str,
        given: Callable[[str | None], Operand],
    ) -> None:
        self._scope = scope
        self._settings = settings
        self._names = setting_attributes(service)
        self._known = {setting.key: setting for setting in service.settings}
        self._given = given

    def value(self, value: Value) -> str:
        """A value, `UNSET` where a placeholder that is all of it is not there."""
        match value:
            case Template():
                whole = value.whole
                return self.operand(whole).expression if whole else self.text(value)
            case Composed(Mapping() as members):
                said = (f"{quoted(key)}: {self.value(one)}" for key, one in members.items())
                return f"{{{', '.join(said)}}}"
            case Composed(tuple() as items):
                return f"[{', '.join(map(self.value, items))}]"
            case _:
                return literal(_json(value))

    def text(self, template: Template) -> str:
        """A text: `str`, or `UNSET` too if one of its placeholders is optional (`optional`)."""
        pieces = template.pieces
        operands = [piece if isinstance(piece, str) else self.operand(piece) for piece in pieces]
        if all(isinstance(one, str) for one in operands):
            return quoted("".join(one for one in operands if isinstance(one, str)))
        if all(isinstance(one, str) or (one.textual and not one.optional) for one in operands):
            said = "".join(_in_f_string(one) for one in operands)
            return f'f"{said}"'
        listed = (quoted(one) if isinstance(one, str) else one.expression for one in operands)
        return f"{self._scope.use(_VALUES, 'text')}({', '.join(listed)})"

    def optional(self, template: Template) -> bool:
        """Whether what a template stands for may be `UNSET`."""
        return any(
            not isinstance(piece, str) and self.operand(piece).optional for piece in template.pieces
        )

    def operand(self, piece: Given | Configured) -> Operand:
        """What a placeholder stands for."""
        return self._given(piece.key) if isinstance(piece, Given) else self._setting(piece.key)

    def _setting(self, key: str) -> Operand:
        setting = self._known[key]
        expression = f"{self._settings}.{self._names[key]}"
        kind = setting.schema.get("type")
        optional = setting.optional and isinstance(setting.default, Absent)
        if setting.secret and kind == "string":
            return Operand(f"{self._scope.use(_VALUES, 'revealed')}({expression})", optional, True)
        if optional:
            expression = f"{self._scope.use(_MODEL, 'given')}({expression})"
        return Operand(expression, optional, kind in ("string", "integer"))


def is_callers(piece: Piece) -> bool:
    """Whether a piece of a template is what the caller sends."""
    return isinstance(piece, Given)


def _in_f_string(one: str | Operand) -> str:
    if isinstance(one, Operand):
        return f"{{{one.expression}}}"
    return quoted(one)[1:-1].replace("{", "{{").replace("}", "}}")


def _json(value: Value) -> Json:
    assert not isinstance(value, Template | Composed)
    return value
