"""Keeps specs that lie in one folder from deleting each other's packages."""

from __future__ import annotations

from ..output.files import Owner
from ..output.plan import Action, Plan
from ..project import Project
from ..project.model import reject
from ..project.specs import specs_in
from ..text.report import Diagnostic


def refuse_to_mix(project: Project, plan: Plan) -> None:
    """Raise `Rejected` (`AM529`) if what would be deleted may be what another spec of the folder became.

    A project file says which spec the folder is about; without one, nothing but the files does.
    """
    gone = [one for one in plan.changes if one.action is Action.DELETE]
    if not project.implied or not any(one.owner is Owner.GENERATED for one in gone):
        return
    names = [one.name for one in specs_in(project.spec.parent) if one.name != project.spec.name]
    if names:
        others = ", ".join(f"`{name}`" for name in names)
        reject(
            Diagnostic(
                "AM529",
                f"`{project.spec.name}` would delete {len(gone)} files that may be of {others}",
                help="give each spec a folder of its own, or `--out DIR`; or write `spec = "
                f'"{project.spec.name}"` into automcp.toml if the folder is about this one',
            )
        )
