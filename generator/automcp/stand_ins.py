"""Modules that existing groups import and that today's SDK has otherwise: imports of them find the adapter's."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from .migrate.names import MOVED

_ADAPTER = f"{__package__}.runtime.legacy"
_TYPES = "mcp.types"
STAND_INS = {
    name: f"{_ADAPTER}.{inside}"
    for name, inside in MOVED.items()
    if name.startswith("mcp.server.fastmcp")
}
"""Modules of `mcp` 1 that are gone, and where what they offered is."""


_KHIVE = f"{__package__}.runtime.legacy_khive"
FALLBACKS = {
    "khivemcp": _KHIVE,
    "khivemcp.decorators": f"{_KHIVE}.decorators",
    "khivemcp.types": f"{_KHIVE}.types",
    "khivemcp.utils": f"{__package__}.utils",
}
"""Modules that may be installed, and what they offer to groups where they are not."""


class _Finder(MetaPathFinder, Loader):
    def __init__(self, homes: Mapping[str, str]) -> None:
        self._homes = homes

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._homes:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return ModuleType(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        home = import_module(self._homes[module.__name__])
        # A module of its own, because importing writes into what it is given.
        vars(module).update({k: v for k, v in vars(home).items() if not k.startswith("__")})
        vars(module)["__getattr__"] = partial(getattr, home)


def install() -> None:
    """Let imports in this process find them; once is enough."""
    if any(isinstance(one, _Finder) for one in sys.meta_path):
        return
    sys.meta_path.insert(0, _Finder(STAND_INS))
    sys.meta_path.append(_Finder(FALLBACKS))
    now = import_module(_TYPES)
    # The SDK itself never imports its types by this name, so that what others get under it may be as it was:
    # with members as `mcp` 1 spelt them, and with room for more of them.
    before = import_module(f"{_ADAPTER}.types")
    shown = ModuleType(_TYPES, now.__doc__)
    vars(shown).update(
        __all__=sorted(before.NAMES),
        __getattr__=partial(getattr, before),
        __path__=now.__path__,
        __spec__=now.__spec__,
    )
    sys.modules[_TYPES] = shown
    vars(sys.modules["mcp"])["types"] = shown
