"""Tells which file of a folder is its spec."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from ..text.report import Diagnostic
from .files import shown
from .model import reject

PROJECT_FILE = "automcp.toml"
_SPEC_SUFFIXES = (".yaml", ".yml", ".json")
_OTHERS = (
    (re.compile(r"""^[ {]*["']?(openapi|swagger)["']?[ \t]*:""", re.MULTILINE), "an OpenAPI document", "import openapi"),
    (re.compile(r"""\bclass_path["']?[ \t]*:|^[ {]+["'][\w.]+:\w+["'][ \t]*:""", re.MULTILINE), "a configuration of service groups", "serve"),
)  # fmt: skip
"""What else lies in folders, by how it is known, and the command that takes it."""
_SPEC_KEY = re.compile(r"""^["']?automcp["']?[ \t]*:""", re.MULTILINE)


def only_spec(folder: Path) -> Path:
    """The one spec in `folder`. Raises `Rejected` (`AM522`, `AM523`) if there is none, or more."""
    specs = specs_in(folder)
    if len(specs) == 1:
        return specs[0]
    if specs:
        names = ", ".join(f"`{path.name}`" for path in specs)
        reject(
            Diagnostic(
                "AM523",
                f"`{shown(folder)}` holds several specs: {names}",
                help=f'name one, or write `spec = "{specs[0].name}"` into {PROJECT_FILE}',
            )
        )
    reject(
        Diagnostic(
            "AM522",
            f"`{shown(folder)}` holds no spec: no .yaml, .yml or .json file with `automcp: 1` at its top",
            help=_instead(folder) or "name the spec, or start a project with `automcp new FOLDER`",
        )
    )


def _instead(folder: Path) -> str | None:
    """What can be done with a file that is no spec."""
    for path in _documents(folder):
        text = _text(path)
        for pattern, what, command in _OTHERS:
            if pattern.search(text):
                return f"`{shown(path)}` is {what}: `automcp {command} {shown(path)}`"
    return None


def _documents(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.suffix in _SPEC_SUFFIXES and path.is_file():
            yield path


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""


def specs_in(folder: Path) -> list[Path]:
    """The specs that lie in a folder itself, by name."""
    return [path for path in _documents(folder) if _is_spec(path)]


def _is_spec(path: Path) -> bool:
    text = _text(path)
    if path.suffix != ".json":
        return bool(_SPEC_KEY.search(text))
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and "automcp" in document
