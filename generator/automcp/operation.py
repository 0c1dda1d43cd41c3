"""`automcp.operation`: the decorator that makes a method an operation.

The module may be called like the function, because the first import of it makes it what `automcp.operation` is.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from . import stand_ins
from .runtime.legacy_groups.operation import operation

stand_ins.install()

__all__ = ["operation"]


class _CallableModule(ModuleType):
    def __call__(self, *args: Any, **words: Any) -> Any:
        return operation(*args, **words)


sys.modules[__name__].__class__ = _CallableModule
