"""Rules about what callers and operators may wrongly believe."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.bindings import CommandDecl
from ..spec.keywords import member
from ..text.names import Name
from ..text.report import Diagnostic, Label, Level, quoted
from .rule import Spec, operations, settings

CHANGING_VERBS = frozenset(
    [
        "add",
        "cancel",
        "clear",
        "create",
        "delete",
        "destroy",
        "drop",
        "insert",
        "modify",
        "patch",
        "post",
        "publish",
        "purge",
        "put",
        "remove",
        "rename",
        "replace",
        "reset",
        "revoke",
        "send",
        "set",
        "submit",
        "update",
        "upload",
        "upsert",
        "write",
    ]
)


def readers_do_not_change(spec: Spec) -> Iterator[Diagnostic]:
    for _, operation in operations(spec.document):
        effect = operation.effect
        verb = Name.parse(operation.name.value).snake.split("_")[0]
        if effect is not None and effect.value == "reads" and verb in CHANGING_VERBS:
            yield Diagnostic(
                "AM305",
                f"{quoted(operation.name.value)} says that it only reads",
                Label(effect.span),
                (Label(operation.name.span, f"{quoted(verb)} sounds as if it changes something"),),
                "clients repeat a reading call after a failure, and do not ask the user first",
                level=Level.WARNING,
            )


def commands_end(spec: Spec) -> Iterator[Diagnostic]:
    for _, operation in operations(spec.document):
        run = operation.run
        if run is not None and isinstance(run.call, CommandDecl) and operation.timeout is None:
            yield Diagnostic(
                "AM315",
                f"nothing ends the command of {quoted(operation.name.value)} if it hangs",
                Label(run.kind.span),
                help="give the operation a `timeout`, such as `30s`",
                level=Level.NOTE,
            )


def secrets_have_no_default(spec: Spec) -> Iterator[Diagnostic]:
    for setting in settings(spec.document):
        default = member(setting.schema, "default")
        if default is not None and setting.secret is not None and setting.secret.value:
            yield Diagnostic(
                "AM306",
                f"secret {quoted(setting.name.value)} has a default",
                Label(default.span),
                help="it is written into the generated package for everyone to read",
                level=Level.WARNING,
            )
