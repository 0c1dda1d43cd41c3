"""One command, never run by a shell."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from ...ir.backends import Template
from ...ir.bindings import INHERITED, OUTPUT_LIMIT, Argument, CommandCall
from ...spec.bindings import ArgumentDecl, CommandDecl
from ..kinds import ALL
from ..requests import check_named, passable
from ..templates import Scope
from .interpreters import check_code
from .promise import Promise

Output: TypeAlias = Literal["text", "lines", "json", "none"]


def command_call(declared: CommandDecl, scope: Scope, promise: Promise) -> CommandCall:
    """The command; what is wrong with it is reported."""
    _check_codes(declared, scope)
    check_code(declared, scope)
    inherits = declared.inherits
    stdin = declared.stdin
    return CommandCall(
        arguments=tuple(_arguments(declared, scope)),
        stdin=None if stdin is None else scope.template(stdin, whole=ALL),
        folder=None if declared.folder is None else passable(declared.folder, scope, needed=True),
        inherits=INHERITED if inherits is None else tuple(one.value for one in inherits),
        environment={name.value: passable(text, scope) for name, text in declared.environment},
        output=_output(declared, promise),
        succeeds=tuple(dict.fromkeys(code.value for code in declared.succeeds)) or (0,),
        errors={code.value: name.value for code, name in declared.errors},
        limit=declared.limit.value if declared.limit else OUTPUT_LIMIT,
    )


def _arguments(declared: CommandDecl, scope: Scope) -> list[Argument]:
    program, *others = declared.arguments
    found = [Argument(_program(program, scope))]
    behind_dashes = False
    for one in others:
        value = passable(one.value, scope, lists=True)
        # What starts with a text of the spec's starts with nothing of the caller's.
        safe = behind_dashes or bool(value.pieces and isinstance(value.pieces[0], str))
        dashes = one.dashes.value if one.dashes else safe
        found.append(Argument(value, one.flag.value if one.flag else None, dashes))
        behind_dashes = behind_dashes or (one.flag is None and one.value.value == "--")
    return found


def _program(declared: ArgumentDecl, scope: Scope) -> Template:
    if declared.flag is not None:
        message = "the program comes first, and no option in front of it"
        scope.shared.add("AM237", message, declared.flag.span)
    program = passable(declared.value, scope.of_settings, needed=True)
    check_named(program, declared.value, scope)
    return program


def _check_codes(declared: CommandDecl, scope: Scope) -> None:
    fine = {str(code.value) for code in declared.succeeds} or {"0"}
    for code, _ in declared.errors:
        if code.value in fine:
            message = f"the exit code {code.value} is no failure, so no error comes of it"
            scope.shared.add("AM237", message, code.span)


def _output(declared: CommandDecl, promise: Promise) -> Output:
    promise.can_hold("a command", ("text",))
    said = declared.output
    if said is None:
        return _fitting(promise)
    match said.value:
        case "text":
            promise.has_room_for(said, "string")
        case "lines":
            promise.has_room_for(said, "array", "string")
        case "json":
            promise.has_room_for(said)
        case _:
            promise.has_no_answer(said)
    return cast("Output", said.value)


def _fitting(promise: Promise) -> Output:
    if promise.kinds is None:
        return "text" if promise.content else "none"
    if promise.surely("string"):
        return "text"
    if promise.surely("array") and promise.items == frozenset(["string"]):
        return "lines"
    return "json"
