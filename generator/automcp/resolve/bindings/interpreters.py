"""Commands that run code: what a caller sends must not become part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...spec.bindings import ArgumentDecl, CommandDecl
from ...spec.document import At
from ...spec.templates import NoTemplate, Placeholder, parse
from ...text.report import quoted
from ..templates import ALL_ARGUMENTS, Scope

_INTERPRETERS = frozenset(
    [
        "ash",
        "bash",
        "cmd",
        "csh",
        "dash",
        "elixir",
        "fish",
        "ksh",
        "lua",
        "node",
        "nodejs",
        "osascript",
        "perl",
        "php",
        "powershell",
        "pwsh",
        "python",
        "rscript",
        "ruby",
        "sh",
        "tclsh",
        "tcsh",
        "zsh",
    ]
)
_CODE = re.compile(r"-[a-z]*[ceEr]|--eval|--command|-(?i:command)|/[cCkK]")
"""The options behind which code stands, with others in the same word (`-lc`)."""

_HARMLESS = frozenset(("integer", "number", "boolean", "null"))
_SETTING = "settings."


def check_code(declared: CommandDecl, scope: Scope) -> None:
    """Report each placeholder of the caller's in what a shell, or another interpreter, is to run."""
    for argument in _pieces_of_code(declared.arguments):
        for name in _given(argument.value):
            if _may_be_code(name, scope):
                scope.shared.add(
                    "AM251",
                    f"what callers send as {quoted(name)} would be run as code",
                    argument.value.span,
                    "hand it over behind the code, which finds it as an argument of its own: "
                    """`[sh, -c, 'echo "$1"', sh, "{name}"]`; or allow nothing but numbers, or an `enum`""",
                )


def _pieces_of_code(arguments: tuple[ArgumentDecl, ...]) -> Iterator[ArgumentDecl]:
    interprets = behind_option = False
    for argument in arguments:
        word = argument.value.value
        if behind_option or (interprets and argument.flag and _CODE.fullmatch(argument.flag.value)):
            yield argument
            interprets = behind_option = False
        elif interprets and _CODE.fullmatch(word):
            behind_option = True
        elif _program(word) in _INTERPRETERS:
            # Or what `env`, `sudo` and the like start.
            interprets = True


def _program(word: str) -> str:
    """The name of a program without its folder, its version, and its ending."""
    name = re.split(r"[/\\\\]", word)[-1].lower().removesuffix(".exe")
    return re.sub(r"[-0-9.]+$", "", name)


def _given(text: At[str]) -> Iterator[str]:
    try:
        parts = parse(text.value)
    except NoTemplate:
        return
    for part in parts:
        if isinstance(part, Placeholder) and not part.name.startswith(_SETTING):
            yield part.name


def _may_be_code(name: str, scope: Scope) -> bool:
    parameter = (scope.parameters or {}).get(name)
    if name == ALL_ARGUMENTS or parameter is None:
        return name == ALL_ARGUMENTS
    schema = parameter.schema
    if isinstance(schema, dict) and ("enum" in schema or "const" in schema):
        return False
    return not scope.shared.kinds.of(schema) <= _HARMLESS
