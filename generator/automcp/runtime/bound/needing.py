"""Says what is missing where a function that the spec names cannot be imported: a server without it must not start."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from .main_module import know_the_main_module


class NeededBy:
    """Around an import: if that fails, the program ends with 2, as it does if settings are wrong.

    What else goes wrong in the module that is imported is not looked at.
    """

    def __init__(self, *operations: str) -> None:
        """The operations that cannot be without it, as the spec calls them."""
        self._operations = operations

    def __enter__(self) -> None:
        """Let a function be found in the module that runs as the main program."""
        know_the_main_module()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, ImportError):
            print("The server cannot start:", file=sys.stderr)
            print(f"- {', '.join(self._operations)}: {_told(error)}", file=sys.stderr)
            raise SystemExit(2) from None


def _told(error: ImportError) -> str:
    # The first frame is the import itself.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)[1:] if frame.line]
    at = f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else ""
    if not isinstance(error, ModuleNotFoundError):
        return f"{error.msg}{at}"
    return (
        f"there is no module `{error.name}`{at}: put it beside the server's package, "
        f"or install it for {sys.executable}"
    )
