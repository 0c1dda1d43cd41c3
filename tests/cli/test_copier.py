"""The template works with plain copier, and an update keeps what the user wrote."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import copier
import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def _commit(folder: Path, message: str) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A repository with the template as its first version."""
    folder = tmp_path / "template"
    shutil.copytree(ROOT / "blueprints/new", folder / "blueprints/new")
    (folder / "specs").mkdir()
    shutil.copy(ROOT / "specs/automcp.schema.json", folder / "specs")
    shutil.copy(ROOT / "copier.yml", folder)
    _git(folder, "init", "--quiet", "--initial-branch", "main")
    _commit(folder, "one")
    _git(folder, "tag", "v1.0.0")
    return folder


def test_update_keeps_your_edits(template: Path, tmp_path: Path) -> None:
    project = tmp_path / "shop"
    copier.run_copy(str(template), project, defaults=True, quiet=True)
    _git(project, "init", "--quiet", "--initial-branch", "main")
    for name in (
        "shop.yaml",
        "README.md",
        "server/src/shop_server/handlers/notes.py",
        ".gitignore",
    ):
        (project / name).write_text(f"# mine\n{(project / name).read_text()}")
    _commit(project, "mine")

    for path in (template / "blueprints/new").rglob("*"):
        if path.is_file() and path.suffix != ".json":
            path.write_text(path.read_text() + "# second\n")
    _commit(template, "two")
    _git(template, "tag", "v2.0.0")
    copier.run_update(project, defaults=True, overwrite=True, quiet=True)

    for name in ("shop.yaml", "README.md", "server/src/shop_server/handlers/notes.py"):
        text = (project / name).read_text()
        assert text.startswith("# mine\n")
        assert "# second" not in text, f"{name} is the user's"
    ignored = (project / ".gitignore").read_text()
    assert ignored.startswith("# mine\n")
    assert ignored.endswith("# second\n")
    assert "_commit: v2.0.0" in (project / ".copier-answers.yml").read_text()
