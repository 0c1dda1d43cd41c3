"""Templates of the spec as Python expressions."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ....ir.backends import Composed, Configured, Given, Template, Value
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
        annotation: The type of its value, but for that; `"Any"` if it is not known.
        none: The same value, but `None` where it is not there: shorter, for whom `null` is nothing, too.
    """

    expression: str
    optional: bool = False
    annotation: str = "Any"
    none: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it surely is a text."""
        return not self.optional and _is_text(self.annotation)

    @property
    def prints(self) -> bool:
        """Whether an f-string says it as JSON would."""
        return self.is_text or (not self.optional and self.annotation == "int")


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
        self.service = service
        self._scope = scope
        self._settings = settings
        self._names = setting_attributes(service)
        self._known = {setting.key: setting for setting in service.settings}
        self._given = given

    def use(self, module: str, name: str) -> str:
        """Import `name` from a module, as seen from the package; what to call it."""
        return self._scope.use(module, name)

    def variables(self, template: Template) -> tuple[str, ...]:
        """The environment variables that a template's settings come from."""
        pieces = (piece for piece in template.pieces if isinstance(piece, Configured))
        return tuple(self._known[piece.key].env for piece in pieces)

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

    def is_secret(self, setting: Configured) -> bool:
        """Whether nobody may see the text of a setting."""
        known = self._known[setting.key]
        return known.secret and known.schema.get("type") == "string"

    def text(self, template: Template, guarded: Mapping[Given, str] | None = None) -> str:
        """A text: `str`, or `UNSET` too if one of its placeholders is optional (`optional`).

        Args:
            guarded: Expressions that stand for some placeholders instead, and are texts.
        """
        operands = [
            piece if isinstance(piece, str) else self._standing(piece, guarded or {})
            for piece in template.pieces
        ]
        if all(isinstance(one, str) for one in operands):
            return quoted("".join(one for one in operands if isinstance(one, str)))
        if all(isinstance(one, str) or _may_stand_in_f(one) for one in operands):
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

    def _standing(self, piece: Given | Configured, guarded: Mapping[Given, str]) -> Operand:
        if isinstance(piece, Given) and piece in guarded:
            return Operand(guarded[piece], annotation="str")
        return self.operand(piece)

    def _setting(self, key: str) -> Operand:
        setting = self._known[key]
        expression = f"{self._settings}.{self._names[key]}"
        kind = setting.schema.get("type")
        optional = setting.optional and isinstance(setting.default, Absent)
        annotation = {"string": "str", "integer": "int"}.get(str(kind), "Any")
        if setting.secret and kind == "string":
            expression = f"{self._scope.use(_VALUES, 'revealed')}({expression})"
        elif optional:
            given = f"{self._scope.use(_MODEL, 'given')}({expression})"
            return Operand(given, True, annotation, expression)
        return Operand(expression, optional, annotation)


@lru_cache(maxsize=1 << 12)
def _is_text(annotation: str) -> bool:
    listed = re.fullmatch(r"Literal\[([^\[\]]*)\]", annotation)
    if listed is None:
        return annotation == "str"
    return all(isinstance(option, str) for option in ast.literal_eval(f"({listed[1]},)"))


def _may_stand_in_f(one: Operand) -> bool:
    # Before Python 3.12, what stands in an f-string holds none of its quotes.
    return one.prints and '"' not in one.expression and "\\" not in one.expression


def _in_f_string(one: str | Operand) -> str:
    if isinstance(one, Operand):
        return f"{{{one.expression}}}"
    return quoted(one)[1:-1].replace("{", "{{").replace("}", "}}")


def _json(value: Value) -> Json:
    assert not isinstance(value, Template | Composed)
    return value
