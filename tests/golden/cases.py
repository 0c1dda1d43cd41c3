"""The golden cases: specs, and what the compiler makes of them."""

from __future__ import annotations

from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from automcp import Files, Report
from automcp.pipeline import generate
from automcp.project import find_project, read_file, read_source
from automcp.text.render import render_all

FOLDER = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in FOLDER.iterdir())


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of a case.

    Attributes:
        files: Every file of every target, where the project puts it.
        said: What `automcp generate` says on stderr about the spec.
        sdk: The SDK that the server is compiled for.
    """

    files: Files
    said: str
    sdk: str


@cache
def compiled(name: str) -> Compiled:
    """Compile a case as `automcp generate` does in its folder, without writing anything."""
    report = Report()
    with chdir(FOLDER / name):
        project = find_project(Path("spec.yaml"))
        wanted = generate(project, read_source(project.spec), read_file, report).wanted
    (sdk,) = {
        str(job.options.get("sdk", "mcp2")) for job in project.jobs if job.target == "server"
    } or {""}
    return Compiled(Files.merge(want.files for want in wanted.values()), render_all(report), sdk)
