"""The adapters as they are copied into migrated projects: modules of `runtime/`, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_RUNTIME = Path(__file__).parent.parent / "runtime"
_FOLDERS: Mapping[str, str] = {"mcp": "legacy", "fastmcp": "legacy_fastmcp"}


def adapter_files(sdk: str, before: tuple[int, ...] | None) -> Mapping[str, str]:
    """The modules of the adapter that stands for an SDK: their texts by their paths below its folder.

    Args:
        before: The release that the legacy server was made for, if that is known.
    """
    folder = _RUNTIME / _FOLDERS[sdk]
    files = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.py"))
    }
    # What both adapters have.
    files["wire_names.py"] = (_RUNTIME / "legacy" / "wire_names.py").read_text("utf-8")
    if before is not None:
        lines = files["before.py"].splitlines()
        files["before.py"] = (
            "\n".join([*lines[:-1], f"{sdk.upper()}: tuple[int, ...] = {before!r}"]) + "\n"
        )
    return files
