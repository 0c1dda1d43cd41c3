"""Migrates a project: survey, carry, write, prove; in a draft that becomes the result in one step."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from .carry import Carried, carry
from .deliver import check_free, draft_beside, move_in, write_draft
from .prove import Proof, Trial, prove
from .report import as_markdown
from .survey import survey

PAGE = "MIGRATION.md"


def migrate(source: Path, out: Path | None, trial: Trial) -> tuple[Carried, Proof]:
    """Migrate the project in `source` to `out`.

    Args:
        out: A new or empty folder; nothing is written if it is `None`.
        trial: How the servers are tried.

    Raises:
        NoServer: There is no legacy server in it.
        CannotDeliver: `out` cannot be used.
    """
    if out is not None:
        check_free(out, source)
    project = survey(source)
    carried = carry(project)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="automcp-migrate-")))
        draft = scratch if out is None else stack.enter_context(draft_beside(out))
        place = draft / "project"
        write_draft(source, place, carried.files, carried.dropped)
        proof = prove(project, carried, place, scratch, trial)
        if out is not None:
            page = place / PAGE
            if not page.exists():
                page.write_text(as_markdown(carried, proof), "utf-8")
            move_in(place, out)
    return carried, proof
