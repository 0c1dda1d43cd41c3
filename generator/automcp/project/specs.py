"""Tells which file of a folder is its spec."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ..text.report import Diagnostic
from .files import shown
from .model import reject

PROJECT_FILE = "automcp.toml"
_SPEC_SUFFIXES = (".yaml", ".yml", ".json")
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
            help="name the spec, or start a project with `automcp new FOLDER`",
        )
    )


def specs_in(folder: Path) -> list[Path]:
    """The specs that lie in a folder itself, by name."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix in _SPEC_SUFFIXES and path.is_file() and _is_spec(path)
    ]


def _is_spec(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix != ".json":
            return bool(_SPEC_KEY.search(text))
        document: object = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and "automcp" in document
