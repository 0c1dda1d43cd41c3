"""Finds the text of a module that a server imports, where it lies in the project, or in Python itself."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Callable, Sequence
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from types import BuiltinFunctionType

from ..text.source import Source
from .signature import Signature, signature_of
from .source import Absent, Text

Read = Callable[[str], Source]


_WITHOUT_TEXT = (".pyi", ".pyx", ".pyc", ".pyd", ".so", *EXTENSION_SUFFIXES)
"""How files end that are, or become, modules which are no text of Python."""


class NoText(LookupError):
    """The module is nowhere to be seen: it may be installed where the server runs."""


class NoModule(LookupError):
    """There is no such module in a package of the project.

    Attributes:
        package: The package's name.
        file: The text that says what the package is.
    """

    def __init__(self, package: str, file: str) -> None:
        super().__init__("no such module")
        self.package = package
        self.file = file


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
            NoModule: Its package is the project's, and does not have it.
            Absent, NeedsObject: It has no such function.
            SyntaxError: It is no Python.
        """
        if module not in self._texts:
            text = self._found(module)
            self._texts[module] = None if text is None else Text.of(text)
        known = self._texts[module]
        if known is not None:
            return known.signature(path)
        self._require_package(module)
        return _loaded(module, path)

    def _require_package(self, module: str) -> None:
        """Raise `NoModule` if the nearest package of a module that has no text lies in the project and is plain."""
        package = module.rpartition(".")[0]
        while package:
            for folder in self._folders:
                file = str(Path(folder, *package.split("."), "__init__.py"))
                try:
                    text = self._read(file).text
                except UnicodeDecodeError:
                    return
                except OSError:
                    continue
                if _is_plain(text) and not self._has_other(folder, package, module):
                    raise NoModule(package, file)
                return
            package = package.rpartition(".")[0]

    def _has_other(self, folder: str, package: str, module: str) -> bool:
        """Whether something other than a text may be the module, or what is on the way to it."""
        steps = module.split(".")
        at = [steps[:end] for end in range(package.count(".") + 2, len(steps) + 1)]
        return any(
            self._is_there(f"{Path(folder, *one)}{end}") for one in at for end in _WITHOUT_TEXT
        )

    def _is_there(self, name: str) -> bool:
        try:
            self._read(name)
        except FileNotFoundError:
            return False
        except (OSError, UnicodeDecodeError):
            return True
        return True

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


def _is_plain(text: str) -> bool:
    """Whether a package has no modules but those in its folder, as far as its text tells."""
    try:
        known = Text.of(text)
    except SyntaxError:
        return False
    return known.body is not None and not known.dynamic and "__path__" not in text


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names
