"""Finds what a configuration names: classes and functions, as `module:name`."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from sysconfig import get_path
from traceback import extract_tb
from typing import Any, cast

from .types import GroupConfig

_HERE = Path(__file__).parent
_LIBRARY = Path(get_path("stdlib"))
Lifespan = Callable[[Any], AbstractAsyncContextManager[Any]]


class CannotLoad(ValueError):
    """What a configuration names is not there, or cannot be imported.

    Attributes:
        kind: `path` (it is no `module:name`), `module`, `import` (the module fails), `name`, `class` (it is no
            class, or has no operations), `init` (the class cannot be made).
        near: The names that the module has, where one is missing.
    """

    def __init__(self, kind: str, message: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.kind = kind
        self.near = near


def load_named(path: str) -> Any:
    """What `module:name` stands for.

    Raises:
        CannotLoad: It is spelt otherwise, the module is not there or fails, or has no such name.
    """
    module_name, colon, name = path.partition(":")
    dotted = [*module_name.split("."), name]
    if not colon or not all(part.isidentifier() for part in dotted):
        raise CannotLoad("path", f"{path!r} is not of the form 'module.path:Name'")
    module = _module(module_name)
    try:
        return getattr(module, name)
    except AttributeError:
        near = tuple(one for one in dir(module) if not one.startswith("_"))
        raise CannotLoad("name", f"module {module_name!r} has no {name!r}", near) from None


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if name == missing or name.startswith(f"{missing}."):
            raise CannotLoad("module", f"there is no module {missing!r}") from error
        raise CannotLoad("import", f"importing {name!r} fails: {error}") from error
    except (Exception, SystemExit) as error:
        # A module may do anything while it is imported.
        raise CannotLoad("import", f"importing {name!r} fails: {_told(error)}") from error


def load_class(path: str) -> Callable[..., Any]:
    """The class of a group.

    Raises:
        CannotLoad: There is no such class, or it is none.
    """
    found = load_named(path)
    if not inspect.isclass(found):
        raise CannotLoad("class", f"{path!r} is no class, but {_kind(found)}")
    return cast("Callable[..., Any]", found)


def load_group(path: str, config: GroupConfig) -> Any:
    """Make the group of a configuration, and hand the configuration to it.

    Raises:
        CannotLoad: There is no such class, it is none, or it cannot be made.
    """
    make: Any = load_class(path)
    try:
        # A class may want its settings when it is made; others find the whole configuration afterwards.
        wants = "config" in inspect.signature(make).parameters
        group: Any = make(config=config.config) if wants else make()
        if not hasattr(group, "group_config"):
            group.config = config
    except (Exception, SystemExit) as error:
        raise CannotLoad("init", f"making {path!r} fails: {_told(error)}") from error
    return group


def load_lifespan(path: str) -> Lifespan:
    """The lifespan function of a configuration.

    Raises:
        RuntimeError: It cannot be loaded, or is no function.
    """
    try:
        found = load_named(path)
        if not callable(found):
            raise CannotLoad("class", f"{path!r} is no function, but {_kind(found)}")
    except CannotLoad as error:
        raise RuntimeError(f"Failed to load lifespan function: {error}") from error
    # One that was left undecorated.
    lifespan: Any = asynccontextmanager(found) if inspect.isasyncgenfunction(found) else found
    return cast("Lifespan", lifespan)


def _told(error: BaseException) -> str:
    """What an error says, and where it was raised; if that was in a library, where the project called it."""
    said = f"{type(error).__name__}: {error}"
    if isinstance(error, SyntaxError):
        # It says so itself.
        return said
    frames = [one for one in extract_tb(error.__traceback__) if not one.filename.startswith("<")]
    own = [one for one in frames if not _in_library(one.filename)]
    if not own:
        return said
    return f"{said} ({Path(own[-1].filename).name}, line {own[-1].lineno})"


def _in_library(file: str) -> bool:
    path = Path(file)
    return "site-packages" in path.parts or path.is_relative_to(_LIBRARY) or path.parent == _HERE


def _kind(found: object) -> str:
    return "a function" if inspect.isroutine(found) else f"a {type(found).__name__}"
