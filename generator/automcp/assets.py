"""Finds the data that ships beside the code: in a wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def blueprints() -> Path:
    """The folder of templates."""
    return asset("blueprints")


def asset(name: str) -> Path:
    """The path of `blueprints`, `specs` or `copier.yml`.

    Raises:
        FileNotFoundError: It is in neither place, so the installation is broken.
    """
    # A checkout has no `_assets`: an editable install ignores what the wheel build puts there.
    places = (_PACKAGE / "_assets" / name, _PACKAGE.parent.parent / name)
    for place in places:
        if place.exists():
            return place
    raise FileNotFoundError(f"{name} is missing beside the automcp package; install automcp again")
