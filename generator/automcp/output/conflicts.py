"""Why a file cannot be written, as diagnostics."""

from __future__ import annotations

from collections.abc import Iterable
from os.path import commonpath

from ..text.report import Diagnostic
from .disk import Found, Standing

_SHOWN = 2


def of_place(path: str, found: Found) -> Diagnostic | None:
    """What is wrong with the place itself, whatever the file holds."""
    if found.standing is Standing.OUTSIDE:
        return Diagnostic(
            "AM506",
            f"`{path}` would be written outside the project: `{found.blocker}` is a link that leads out of it",
            help="replace the link by a folder, or choose another `out` in automcp.toml",
        )
    if found.standing is Standing.BLOCKED:
        return Diagnostic(
            "AM507",
            f"`{path}` cannot be written: `{found.blocker}` is not "
            + ("a plain file that can be read" if found.blocker == path else "a folder"),
            help="move it out of the way",
        )
    if found.clash:
        return Diagnostic(
            "AM505",
            f"`{path}` and `{found.clash}`, which is there already, differ only in upper and lower case",
            help="rename one: on Windows and macOS both names mean one file",
        )
    return None


def edited(path: str, yours: Iterable[str]) -> Diagnostic:
    """A generated file was changed by hand."""
    return Diagnostic(
        "AM501", f"`{path}` was edited by hand, and is generated", help=_move_edit(path, yours)
    )


def both_changed(path: str, reason: str, yours: Iterable[str]) -> Diagnostic:
    """A generated file was changed by hand, and would also be rewritten."""
    return Diagnostic(
        "AM502",
        f"`{path}` was edited by hand, and has to be written anew ({reason})",
        help=_move_edit(path, yours),
    )


def edited_and_gone(path: str) -> Diagnostic:
    """A file that is no longer generated was changed by hand."""
    return Diagnostic(
        "AM502",
        f"`{path}` was edited by hand, and is no longer generated",
        help="move what you still need into a file of your own, then delete it",
    )


def stranger(path: str) -> Diagnostic:
    """A file that AutoMCP did not write is in the way."""
    return Diagnostic(
        "AM503",
        f"`{path}` is in the way: AutoMCP did not write it, and does not overwrite it",
        help="move or delete it, or choose another `out` in automcp.toml",
    )


def changed_meanwhile(path: str) -> Diagnostic:
    """A file changed between the plan and the write."""
    return Diagnostic(
        "AM504", f"`{path}` was changed while AutoMCP ran; nothing was written", help="run it again"
    )


def not_written(why: str) -> Diagnostic:
    """The disk refused."""
    return Diagnostic("AM508", f"nothing was written: {why}", help="mend that, and run it again")


def one_place(path: str, other: str) -> Diagnostic:
    """Two files would be written to one place."""
    return Diagnostic(
        "AM506",
        f"`{path}` and `{other}` are one file: a link leads from one to the other",
        help="replace the link by a folder",
    )


def _move_edit(path: str, yours: Iterable[str]) -> str:
    undo = f"delete `{path}` and run `automcp generate` to have it written again"
    near = sorted(
        (file for file in yours if file.endswith(".py")),
        key=lambda file: (-len(commonpath([file, path])), "handlers/" not in file, file),
    )
    if not near:
        return f"change the spec, or build on it from a file of your own; {undo}"
    names = ", ".join(f"`{file}`" for file in near[:_SHOWN])
    return f"put your code into a file that is yours, such as {names}; {undo}"
