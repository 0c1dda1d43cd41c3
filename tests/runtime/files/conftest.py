"""What the tests of files share: a folder with a bit of everything, used both ways."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from automcp.runtime.files import entries, place
from automcp.runtime.files.folder import Folder


@pytest.fixture(params=["held", "looked at"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Folders that are held open, as on Linux and macOS; or paths that are looked at, as on Windows."""
    if request.param == "looked at":
        monkeypatch.setattr(place, "HELD", False)
        monkeypatch.setattr(entries, "HELD", False)
    elif not place.HELD:
        pytest.skip("the system does not open files by their names in an open folder")
    return request.param


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder beside a secret one."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.txt").write_text("secret")
    made = tmp_path / "root"
    (made / "notes" / "old").mkdir(parents=True)
    (made / "empty").mkdir()
    (made / "tea.txt").write_text("Grün 🍵\r\n", "utf-8", newline="")
    (made / "notes" / "jam.md").write_text("jam")
    (made / "notes" / "old" / "milk.md").write_text("milk")
    (made / "bytes.bin").write_bytes(b"\x00\xff")
    (made / "out").symlink_to("../secret")
    (made / "key").symlink_to("../secret/key.txt")
    (made / "inside").symlink_to("notes")
    (made / "nowhere").symlink_to("nothing")
    if hasattr(os, "mkfifo"):
        os.mkfifo(made / "pipe")
    return made


@pytest.fixture
def folder(root: Path, way: str) -> Folder:
    return Folder(str(root))
