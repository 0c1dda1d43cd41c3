"""From a configuration to a server: its environment, its modules, its groups."""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from ..runtime.legacy_groups.group import operations
from ..runtime.legacy_groups.loading import CannotLoad, load_class, load_lifespan
from ..runtime.legacy_groups.requests import said_of, usual_separator
from ..runtime.legacy_groups.server import AutoMCPServer
from ..runtime.legacy_groups.types import GroupConfig, ServiceConfig
from ..text.report import Diagnostic, Label, Level, Report
from ..text.suggest import did_you_mean, nearest
from .packages import look_for_packages
from .reading import Configured

_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
_CODES: Mapping[str, str] = {"path": "AM703", "module": "AM704", "import": "AM704"}
_PROJECT = ("pyproject.toml", "setup.py", ".git")


def narrowed(found: Configured, group: str, report: Report) -> Configured:
    """The configuration with one of its groups alone, which is named by its name or its class.

    Raises:
        Rejected: It has no such group.
    """
    config = found.config
    if isinstance(config, ServiceConfig):
        kept = {key: one for key, one in config.groups.items() if group in (key, one.name)}
        names = [one.name for one in config.groups.values()]
        if kept:
            return Configured(config.model_copy(update={"groups": kept}), found.node)
    elif group == config.name:
        return found
    else:
        names = [config.name]
    report.add(
        Diagnostic(
            "AM701",
            f"no group is called `{group}`",
            found.at("groups"),
            help=did_you_mean(group, names) or f"there are: {', '.join(names)}",
        )
    )
    report.settle()
    return found


def set_environment(found: Configured, report: Report) -> None:
    """Set what `env_vars` says, where the environment says nothing. Adds `AM707` for what is missing."""
    places = [((), found.config.env_vars), *((s, g.env_vars) for s, _, g in found.groups())]
    for steps, variables in places:
        for name, value in variables.items():
            if name in os.environ:
                continue
            missing = [one for one in _PLACEHOLDER.findall(value) if one not in os.environ]
            if missing:
                report.add(
                    Diagnostic(
                        "AM707",
                        f"`{name}` needs the variable {missing[0]}, which is not set",
                        found.at(*steps, "env_vars", name),
                        help=f"set it where the server is started: {missing[0]}=... automcp serve ...",
                    )
                )
                continue
            os.environ[name] = _PLACEHOLDER.sub(lambda match: os.environ[match[1]], value)


def set_import_path(path: Path, found: Configured) -> None:
    """Let imports look in the current folder, and where the modules of a configuration lie around it."""
    names = [target for _, target, _ in found.groups() if target]
    names += [lifespan for _, lifespan in _lifespans(found)]
    tops = {name.partition(":")[0].partition(".")[0] for name in names}
    folders = [Path.cwd(), *_around(path.resolve().parent)]
    wanted = [one for one in folders if one == Path.cwd() or _has_one(one, tops)]
    for folder in reversed(list(dict.fromkeys(map(str, wanted)))):
        if folder not in sys.path:
            sys.path.insert(0, folder)


def _around(folder: Path) -> Iterator[Path]:
    """A folder and those above it, as far as they belong to one project; and `src` in each."""
    for one in (folder, *folder.parents):
        yield one
        yield one / "src"
        if any((one / mark).exists() for mark in _PROJECT):
            return


def _has_one(folder: Path, tops: set[str]) -> bool:
    return any((folder / top).is_dir() or (folder / f"{top}.py").is_file() for top in tops if top)


def open_server(
    found: Configured, report: Report, *, timeout: float | None, separator: str | None, mask: bool
) -> AutoMCPServer:
    """Make the server of a configuration.

    Args:
        separator: What stands in names of tools behind the group; `none` for neither; `None` for what was usual.

    Raises:
        Rejected: Something that it names cannot be loaded.
    """
    look_for_packages(found, report)
    _look_for_classes(found, report)
    _look_for_lifespan(found, report)
    report.settle()
    try:
        server = AutoMCPServer(
            found.config.name,
            found.config,
            timeout,
            separator=_separator(found, separator),
            mask_errors=mask,
        )
    except (RuntimeError, ValueError) as error:
        report.add(_unmade(error, found))
        report.settle()
        raise
    for steps, target, group in found.groups():
        if not operations(server.groups[group.name]):
            report.add(_nothing(found, steps, target, group))
    return server


def _separator(found: Configured, said: str | None) -> str | None:
    if said is not None:
        return None if said == "none" else said
    khive = any(
        said_of(inspect.getattr_static(load_class(target), member)) is not None
        for _, target, _ in found.groups()
        if target is not None
        for member in dir(load_class(target))
    )
    return usual_separator() if khive else "."


def _look_for_classes(found: Configured, report: Report) -> None:
    for steps, target, group in found.groups():
        if target is None:
            continue
        try:
            load_class(target)
        except CannotLoad as error:
            report.add(_unloaded(error, _target_place(found, steps, group)))


def _look_for_lifespan(found: Configured, report: Report) -> None:
    for steps, lifespan in _lifespans(found):
        try:
            load_lifespan(lifespan)
        except RuntimeError as error:
            cause = error.__cause__
            help = _help(cause) if isinstance(cause, CannotLoad) else None
            place = found.at(*steps, "lifespan")
            report.add(Diagnostic("AM708", _lower(str(error)), place, help=help))


def _lifespans(found: Configured) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each lifespan function, and where what it belongs to stands."""
    if found.config.lifespan:
        yield (), found.config.lifespan
    for steps, _, group in found.groups():
        if steps and group.lifespan:
            yield steps, group.lifespan


def _unloaded(error: CannotLoad, place: Label) -> Diagnostic:
    code = _CODES.get(error.kind, "AM705")
    return Diagnostic(code, _lower(str(error)), place, help=_help(error))


def _help(error: CannotLoad) -> str | None:
    match error.kind:
        case "path":
            return _spelt(str(error).split("'")[1])
        case "module":
            return (
                _near_module(str(error).split("'")[1])
                or "start `automcp serve` in the folder that the module is imported from, or install it"
            )
        case "import" if "No module named" in str(error):
            return "install it where AutoMCP runs; if it stands in `packages`, `--install` does so"
        case "name":
            return did_you_mean(str(error).rsplit("'", 2)[-2], error.near)
        case _:
            return None


def _spelt(path: str) -> str:
    """How a path is written that was meant for a file, or with one dot too many."""
    if path.startswith("."):
        return "write it from the top: `package.module:Name`"
    module, colon, name = path.partition(":")
    if not colon:
        module, _, name = path.rpartition(".")
    module = re.sub(r"\.py$", "", module).replace("/", ".").strip(".")
    if name[:1].isupper() and all(one.isidentifier() for one in (*module.split("."), name)):
        return f"write `{module}:{name}`"
    return "write `module.path:Name`"


def _near_module(name: str) -> str | None:
    """The module beside a missing one that has almost its name."""
    above, _, last = name.rpartition(".")
    try:
        found = find_spec(above) if above else None
    except (ImportError, ValueError):
        return None
    places = found.submodule_search_locations if found else None
    if places is None:
        return None
    near = nearest(last, [one.name for one in iter_modules(places)])
    return f"did you mean `{above}.{near}`?" if near else None


def _unmade(error: Exception, found: Configured) -> Diagnostic:
    for steps, target, group in found.groups():
        if target is not None and f"group {target}:" in str(error):
            return Diagnostic("AM705", _lower(str(error)), _target_place(found, steps, group))
    if "two operations are called" in str(error):
        help = "their groups tell them apart: `--separator _` puts the group's name in front"
        return Diagnostic("AM706", _lower(str(error)), found.at("groups"), help=help)
    code = "AM706" if "two operations" in str(error) else "AM705"
    return Diagnostic(code, _lower(str(error)), found.at())


def _nothing(
    found: Configured, steps: tuple[str, ...], target: str | None, group: GroupConfig
) -> Diagnostic:
    message = f"the group `{group.name}` has no operations"
    help = "decorate its methods with `@operation()`"
    if target is None:
        help = "say which class it is: `class_path`, as `module.path:Class`"
    place = found.at(*steps, "name")
    return Diagnostic("AM710", message, place, help=help, level=Level.WARNING)


def _target_place(found: Configured, steps: tuple[str, ...], group: GroupConfig) -> Label:
    if group.class_path is not None:
        return found.at(*steps, "class_path")
    return found.key(*steps)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
