"""Starts a project from the template in `blueprints/new`: everything of it, or nothing."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from unicodedata import normalize

from .assets import asset
from .output.draft import draft_beside
from .text.report import Diagnostic, Rejected, Report

if TYPE_CHECKING:
    from copier.errors import CopierError

_PARTS = ("copier.yml", "blueprints/new", "specs/automcp.schema.json")
_WORDS = re.compile(r"[a-z]+[0-9]*")
_LONGEST = 40


def start_project(
    folder: Path,
    answers: Mapping[str, str],
    *,
    defaults: bool,
    template: str | None = None,
    finish: Callable[[Path], object] = lambda folder: None,
) -> None:
    """Make a project in `folder`, which must be new, empty, or hold nothing but `.git`.

    Args:
        answers: Answers that are known already, by question.
        defaults: Take the default answer to every other question instead of asking.
        template: Where the template is, for copier; the packaged one if not given. A template
            under version control can be updated from with `copier update`.
        finish: Called with the folder of the finished files, before they come to `folder`.

    Raises:
        Rejected: `AM526` if the folder is not empty, `AM527` if the answers do not fit.
    """
    _check_free(folder)
    with draft_beside(folder, "new", _refuse_disk) as draft:
        with _template(template) as source:
            _render(source, draft, {"name": _name_of(folder)}, answers, defaults)
        finish(draft)
        _move_in(draft, folder)


def _render(
    source: str, draft: Path, known: Mapping[str, str], answers: Mapping[str, str], defaults: bool
) -> None:
    from copier import run_copy
    from copier.errors import CopierAnswersInterrupt, CopierError

    try:
        run_copy(
            source,
            draft,
            data=dict(answers),
            user_defaults=dict(known),
            defaults=defaults,
            quiet=True,
        )
    except CopierAnswersInterrupt:
        raise KeyboardInterrupt from None
    except (CopierError, ValueError) as error:
        _reject("AM527", _reason(error), "answer otherwise, such as with `--data name=shop`")


def _check_free(folder: Path) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        _reject("AM526", f"`{folder}` is there, and is no folder", "choose another name")
    if any(path.name != ".git" for path in folder.iterdir()):
        _reject("AM526", f"`{folder}` is not empty", "choose a new folder")


@contextmanager
def _template(template: str | None) -> Generator[str]:
    """Where copier finds the template.

    It gets a copy of the packaged one: in a checkout copier would clone the whole repository.
    """
    if template is not None:
        yield template
        return
    with tempfile.TemporaryDirectory(prefix="automcp-") as copy:
        for part in _PARTS:
            _copy(asset(part), Path(copy, part))
        yield copy


def _copy(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(source, place)


def _move_in(draft: Path, folder: Path) -> None:
    """Move everything from `draft` to `folder`; back again if something fails."""
    made = not folder.exists()
    moved: list[Path] = []
    try:
        folder.mkdir(exist_ok=True)
        for path in sorted(draft.iterdir()):
            path.rename(folder / path.name)
            moved.append(folder / path.name)
    except BaseException:
        for path in moved:
            path.rename(draft / path.name)
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _name_of(folder: Path) -> str:
    """The default name of a service in `folder`: its words, as far as a name may have them."""
    plain = normalize("NFKD", folder.absolute().name).encode("ascii", "ignore").decode()
    words: list[str] = _WORDS.findall(plain.lower())
    return "-".join(words)[:_LONGEST].rstrip("-") or "notes"


def _reason(error: CopierError | ValueError) -> str:
    first = str(error).strip().split("\n")[0].rstrip(".")
    return f"the project cannot be made: {first}"


def _refuse_disk(parent: Path, reason: str) -> NoReturn:
    _reject("AM508", f"nothing was written: {reason}", f"look at `{parent}`")


def _reject(code: str, message: str, help_: str | None) -> NoReturn:
    report = Report()
    report.add(Diagnostic(code, message, help=help_))
    raise Rejected(report)
