"""What lives as long as the server: the notebook, kept in a JSON file."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Lock

from .models import Note
from .settings import Settings


class State:
    """Notes in a file, safe to use from several threads of one server."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "notes.json"
        self._lock = Lock()
        self._last = 0
        self._notes: dict[int, Note] = {}
        if self._file.exists():
            self._read()

    def add(self, text: str) -> Note:
        with self._lock:
            note = Note(id=self._last + 1, text=text)
            self._write({**self._notes, note.id: note}, note.id)
            return note

    def newest_first(self) -> list[Note]:
        with self._lock:
            return sorted(self._notes.values(), key=lambda note: note.id, reverse=True)

    def remove(self, id: int) -> bool:
        """Throw a note away; `False` if there is none with that id."""
        with self._lock:
            if id not in self._notes:
                return False
            self._write({key: note for key, note in self._notes.items() if key != id}, self._last)
            return True

    def _read(self) -> None:
        stored = json.loads(self._file.read_text("utf-8"))
        self._last = int(stored["last"])
        self._notes = {note.id: note for note in map(Note.model_validate, stored["notes"])}

    def _write(self, notes: dict[int, Note], last: int) -> None:
        """Replace the file as a whole, so that a crash leaves the old one."""
        listed = [note.model_dump(mode="json") for note in notes.values()]
        text = json.dumps({"last": last, "notes": listed}, ensure_ascii=False, indent=2)
        draft = self._file.with_suffix(".tmp")
        draft.write_text(text + "\n", "utf-8")
        draft.replace(self._file)
        self._notes, self._last = notes, last


@asynccontextmanager
async def lifespan(settings: Settings) -> AsyncGenerator[State]:
    """Open the notebook; the server closes down when this is left."""
    yield State(Path(settings.folder))
