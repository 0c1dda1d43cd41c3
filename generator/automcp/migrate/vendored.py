"""The adapters as they are copied into migrated projects: modules of `runtime/`, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from .survey import Project
from .taken import check_adapter
from .usage import last_release

_RUNTIME = Path(__file__).parent.parent / "runtime"
SHARED = ("captured.py", "listed.py", "wire_names.py")
"""What both adapters have."""

_FOLDERS: Mapping[str, str] = {"mcp": "legacy", "fastmcp": "legacy_fastmcp"}
_FIRST = "legacy_fastmcp1"
"""Stands for fastmcp before 2, which `mcp` 1 took over: on a copy of the adapter for that, in `sdk`."""


def adapters(project: Project, brought: Mapping[str, str], needed: Iterable[str]) -> dict[str, str]:
    """The files of a project's adapters.

    Args:
        brought: The folders that they come to, by what they stand for.
        needed: What the project requires.
    """
    files: dict[str, str] = {}
    required = list(needed)
    for sdk, home in brought.items():
        check_adapter(project, sdk, home)
        for path, text in adapter_files(sdk, last_release(project, required, sdk)).items():
            files[f"{home}/{path}"] = text
    return files


def adapter_files(sdk: str, before: tuple[int, ...] | None) -> Mapping[str, str]:
    """The modules of the adapter that stands for an SDK: their texts by their paths below its folder.

    Args:
        before: The release that the legacy server was made for, if that is known.
    """
    if sdk == "fastmcp" and before is not None and before < (2,):
        within = {f"sdk/{path}": text for path, text in adapter_files("mcp", None).items()}
        return {**_texts(_FIRST), **within}
    files = _texts(_FOLDERS[sdk])
    for name in SHARED:
        files[name] = (_RUNTIME / "legacy" / name).read_text("utf-8")
    if before is not None:
        files["before.py"] = release_module(sdk, before)
    return files


def _texts(name: str) -> dict[str, str]:
    folder = _RUNTIME / name
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.py"))
    }


def release_module(sdk: str, before: tuple[int, ...]) -> str:
    """The module of an adapter that says which release the legacy server was made for."""
    lines = (_RUNTIME / _FOLDERS[sdk] / "before.py").read_text("utf-8").splitlines()
    return "\n".join([*lines[:-1], f"{sdk.upper()}: tuple[int, ...] = {before!r}"]) + "\n"
