"""Migrates a project: survey, carry, write, prove; in a draft that becomes the result in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..importers.server.capture import Captured
from . import overlay
from .carry import Carried, carry
from .compare import Difference
from .compiled.modern import Modern
from .current import is_current
from .deliver import CannotDeliver, check_apart, draft_of, is_free, move_in, say, write_draft
from .entry import NoServer
from .modernise import Left, Modernised
from .prove import Proof, Trial, prove
from .report import HEAD, as_markdown
from .standing import differing
from .survey import Project, survey
from .tree import CannotRead

PAGE = "MIGRATION.md"
_NAMED = 5
"""So many files that differ are named in a refusal."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A project, and what migrating it comes to, in a folder that is gone afterwards."""

    project: Project
    carried: Carried
    place: Path
    proof: Proof


def migrate(
    source: Path, out: Path | None, trial: Trial, *, modern: bool = False
) -> tuple[Carried, Proof]:
    """Migrate the project in `source` to `out`.

    Args:
        out: A new or empty folder, or one that holds the very result; nothing is written if it is `None`.
        trial: How the servers are tried.
        modern: Whether tools that are understood become plain functions of a compiled server.

    Raises:
        NoServer: There is no legacy server in it.
        CannotRead: It cannot be worked on.
        CannotDeliver: `out` cannot be used.
    """
    if out is not None:
        check_apart(out, source)
        if not is_free(out) and not (out / PAGE).is_file():
            raise CannotDeliver(f"`{out}` is not empty")
    with drafted(source, out, trial, modern) as made:
        carried = _with_page(made)
        if out is not None and is_free(out):
            if not os.path.lexists(made.place / PAGE):
                say(made.place, PAGE, as_markdown(carried, made.proof))
            move_in(made.place, out)
        elif out is not None:
            found = _differing(made, out)
            if found:
                more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
                raise CannotDeliver(
                    f"`{out}` is not empty, and not what would be written: "
                    f"{', '.join(found[:_NAMED])}{more} differ{'s' if len(found) == 1 else ''}"
                )
        return carried, made.proof


def check(
    source: Path, out: Path, trial: Trial, *, modern: bool = False
) -> tuple[Carried, Proof, tuple[str, ...]]:
    """Say whether `out` is what migrating the project in `source` comes to, and write nothing.

    Returns:
        What was carried, the proof, and the files of `out` that are not what would be written.

    Raises:
        NoServer: There is no legacy server in it.
        CannotRead: It cannot be worked on.
        CannotDeliver: `out` is no folder.
    """
    check_apart(out, source)
    if not out.is_dir():
        raise CannotDeliver(f"`{out}` is not there")
    with drafted(source, None, trial, modern) as made:
        found = _differing(made, out)
        proof = replace(made.proof, instead_of=out) if found else made.proof
        return _with_page(made), proof, found


def surveyed(source: Path, *, modern: bool = False) -> tuple[Project, Carried]:
    """A project, and what it says once it is migrated.

    Raises:
        NoServer: There is no legacy server in it.
        CannotRead: It cannot be worked on.
    """
    try:
        project = survey(source)
        current = is_current(project)
        if current is not None:
            raise NoServer(f"there is nothing to migrate: {current}")
        try:
            return project, _carried(project, modern=modern)
        except NoServer as error:
            unread = [f"`{path}`: {reason}" for path, reason in project.unread.items()][:_NAMED]
            # What cannot be read may well be the server: that comes first.
            first = f"{', '.join(unread)}; of what can be read, " if unread else ""
            raise NoServer(f"{first}{error}") from None
    except RecursionError:
        raise CannotRead("its sources nest too deeply") from None


def _carried(
    project: Project,
    *,
    modern: bool,
    captured: Captured | None = None,
    kept: Mapping[str, str] | None = None,
    alone: bool = True,
) -> Carried:
    """What a project says once it is migrated; if compiling what is understood goes wrong, all of it is carried."""
    try:
        return carry(project, modern=modern, captured=captured, kept=kept, alone=alone)
    except (NoServer, CannotRead):
        raise
    except Exception as error:
        if not modern or os.environ.get("AUTOMCP_TRACEBACK"):
            raise
        # Reading what anybody may write has no end of surprises; what is carried works without.
        carried = carry(project, modern=False)
        reason = (
            "its sources nest too deeply to be compiled"
            if isinstance(error, RecursionError)
            else f"AutoMCP failed here, which is a bug in it: {type(error).__name__}: {error}"
        )
        left = Left(carried.entry.source.path, 1, None, reason)
        return replace(carried, modern=Modern(Modernised((), (left,), {}), None))


@contextmanager
def drafted(source: Path, out: Path | None, trial: Trial, modern: bool) -> Generator[Drafted]:
    """Migrate a project in a folder that is gone afterwards, on the disk of `out` if it may be moved there.

    Raises:
        NoServer: There is no legacy server in it.
        CannotRead: It cannot be worked on.
        CannotDeliver: The disk refuses.
    """
    project, carried = surveyed(source, modern=modern)
    with tempfile.TemporaryDirectory(prefix="automcp-migrate-", ignore_cleanup_errors=True) as made:
        scratch = Path(made)
        if out is None or not is_free(out):
            yield _in(scratch, project, carried, scratch, trial)
        else:
            with draft_of(out) as draft:
                yield _in(draft, project, carried, scratch, trial)


def _in(draft: Path, project: Project, carried: Carried, scratch: Path, trial: Trial) -> Drafted:
    drafted = _proven(draft / "project", project, carried, scratch, trial)
    otherwise = _otherwise(drafted)
    if otherwise and drafted.proof.after is not None:
        # What was listed is known now.
        read = _carried(project, modern=True, captured=drafted.proof.before)
        drafted = _proven(draft / "captured", project, read, scratch, trial)
        otherwise = _otherwise(drafted)
    if otherwise:
        rest = _carried(project, modern=True, captured=drafted.proof.before, kept=otherwise)
        drafted = _proven(draft / "rest", project, rest, scratch, trial)
    if not _stands_as_before(drafted):
        # The adapter may know better as what callers know the server.
        hosted = _carried(
            project, modern=True, captured=drafted.proof.before, kept=otherwise, alone=False
        )
        other = _proven(draft / "hosted", project, hosted, scratch, trial)
        if _is_better(other.proof, drafted.proof):
            return other
    return drafted


def _stands_as_before(drafted: Drafted) -> bool:
    """Whether a server that stands alone shows what the legacy server showed, as far as that was tried."""
    modern, proof = drafted.carried.modern, drafted.proof
    alone = modern is not None and modern.freed is not None
    return not alone or proof.before is None or (proof.after is not None and not proof.found)


def _is_better(proof: Proof, than: Proof) -> bool:
    """Whether a result shows more of what the legacy server showed than another one."""
    return proof.after is not None and (than.after is None or len(proof.found) < len(than.found))


def _proven(
    place: Path, project: Project, carried: Carried, scratch: Path, trial: Trial
) -> Drafted:
    write_draft(project.folder, place, carried.files, carried.dropped, carried.encodings)
    return Drafted(project, carried, place, prove(project, carried, place, scratch, trial))


def _otherwise(drafted: Drafted) -> Mapping[str, str]:
    """What is compiled and not what the legacy server showed, and why; all of it if the result does not start.

    Tools are known by their names, prompts and resources by what else tells them apart.
    """
    modern, proof = drafted.carried.modern, drafted.proof
    if modern is None or modern.compiled is None or proof.before is None:
        return {}
    compiled = {one.name for one in modern.read.plain}
    compiled |= {one.known_as for one in modern.read.offers}
    if proof.after is None:
        return dict.fromkeys(compiled, "the result did not start when it was compiled")
    differing = ((_known_as(one), one.member) for one in proof.untold)
    return {
        name: f"compiled, its `{member or 'name'}` was listed otherwise"
        for name, member in differing
        if name in compiled
    }


def _known_as(one: Difference) -> str:
    return one.name if one.part == "tools" else f"{one.part} {one.name}"


def _with_page(drafted: Drafted) -> Carried:
    """What was carried; it says so if the report is not written because the project has a page of that name."""
    page = drafted.place / PAGE
    if not os.path.lexists(page) or (page.is_file() and _is_report(page)):
        return drafted.carried
    return replace(drafted.carried, not_written={PAGE: "the project has one of its own"})


def _is_report(page: Path) -> bool:
    """Whether a page is the report of a migration before."""
    with page.open("rb") as opened:
        return opened.read(len(HEAD)) == HEAD.encode()


def _differing(drafted: Drafted, out: Path) -> tuple[str, ...]:
    beside = {PAGE}
    if drafted.proof.before is None:
        # What an earlier proof learnt stays.
        for folder in drafted.carried.adapters.values():
            beside |= {f"{folder}/before.py", f"{folder}/{overlay.MODULE}"}
    return differing(drafted.place, out, beside)
