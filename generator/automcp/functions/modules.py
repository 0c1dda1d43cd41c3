"""Finds the text of a module that a server imports, where it lies beside the package, the spec or in Python itself."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path
from types import BuiltinFunctionType

from ..text.source import Source
from .signature import Signature, signature_of
from .source import Absent, Text

Read = Callable[[str], Source]


class NoText(LookupError):
    """The module is nowhere to be seen: it may be installed where the server runs."""


class Modules:
    """The modules that a server can import, as far as their texts can be found.

    Args:
        folders: Where modules of the project may lie, the first ones first.
        read: Gives the text of a file; an `OSError` means that there is none.
    """

    def __init__(self, folders: Sequence[str], read: Read) -> None:
        self._folders = folders
        self._read = read
        self._texts: dict[str, Text | None] = {}

    def signature(self, module: str, path: str) -> Signature | None:
        """What a function of a module takes; `None` if nothing tells it.

        Raises:
            NoText: Nobody knows the module.
            Absent, NeedsObject: It has no such function.
            SyntaxError: It is no Python.
        """
        if module not in self._texts:
            text = self._found(module)
            self._texts[module] = None if text is None else Text.of(text)
        known = self._texts[module]
        return _loaded(module, path) if known is None else known.signature(path)

    def _found(self, module: str) -> str | None:
        steps = module.replace(".", "/")
        standard = [sysconfig.get_paths()["stdlib"]] if _is_standard(module) else []
        for folder in (*self._folders, *standard):
            for name in (f"{steps}.py", f"{steps}/__init__.py"):
                try:
                    return self._read(str(Path(folder, name))).text
                except (OSError, UnicodeDecodeError):
                    continue
        return None


def _loaded(module: str, path: str) -> Signature | None:
    """What a function takes that Python itself is made of, if it is loaded anyway: nothing is imported."""
    loaded = sys.modules.get(module) if _is_standard(module) else None
    if loaded is None:
        raise NoText(module)
    members = vars(loaded)
    if path.partition(".")[0] not in members:
        raise Absent(name for name in members if not name.startswith("_"))
    found = members.get(path)
    return signature_of(found) if isinstance(found, BuiltinFunctionType) else None


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names
