"""Finds the data that ships beside the code: in a wheel inside the package, in a checkout beside it."""

from __future__ import annotations

import os

# Not from `typing`, which is slow to import; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(__file__)


def blueprints() -> Path:
    """The folder of templates."""
    return asset("blueprints")


def asset(name: str) -> Path:
    """The path of `blueprints`, `specs` or `copier.yml`.

    Raises:
        FileNotFoundError: It is in neither place, so the installation is broken.
    """
    from pathlib import Path

    return Path(place_of(name))


def place_of(name: str) -> str:
    """The same as text, for commands that do not wait for `pathlib`."""
    # A checkout has no `_assets`: an editable install ignores what the wheel build puts there.
    beside = os.path.dirname(os.path.dirname(_PACKAGE))
    for place in (os.path.join(_PACKAGE, "_assets", name), os.path.join(beside, name)):
        if os.path.exists(place):
            return place
    raise FileNotFoundError(f"{name} is missing beside the automcp package; install automcp again")
