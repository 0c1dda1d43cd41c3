"""What each module of a compiled server imports: names by module."""

from __future__ import annotations

from collections.abc import Iterator

from ..python.annotations import names_in
from ..python.handler import Handler
from ..python.handlers import HandlerGroup
from ..python.imports import homes, joined, seen_from_below
from ..python.models import Types
from .view import ServerView

Imports = dict[str, set[str]]


def for_errors(view: ServerView, types: Types) -> Imports:
    mentioned = {name for one in view.errors if one.data for name in names_in(one.data)}
    return {
        **homes(mentioned, types.definitions),
        "._runtime.shared.failure": {"DeclaredError"} if view.errors else set(),
    }


def for_settings(view: ServerView) -> Imports:
    mentioned = {name for one in view.settings for name in one.mentions}
    return {
        "collections.abc": {"Mapping"},
        "dataclasses": {"dataclass"} | mentioned & {"field"},
        "pydantic": mentioned & {"SecretStr"},
        "typing": mentioned & {"Any", "Literal"},
        "._runtime.server.settings": {"SettingField", "read_environment"},
    }


def for_surface() -> Imports:
    return {"._runtime.shared.surface": {"Surface"}}


def for_questions(view: ServerView) -> Imports:
    return {
        ".surface": {"SURFACE"},
        ".models": {one.model for one in view.questions if one.model},
        "._runtime.server.questions": {one.kind for one in view.questions},
    }


def for_contract(view: ServerView, types: Types) -> Imports:
    handlers = list(_handlers(view))
    mentioned = frozenset[str]().union(*(one.signature_names for one in handlers))
    return joined(
        homes(mentioned, types.definitions),
        _context(view),
        {
            "typing": {"Protocol", "TypeAlias"},
            "._runtime.server.context": {
                "Context as RequestContext",
                *({"Answer"} if handlers else ()),
            },
        },
    )


def for_server(view: ServerView, types: Types) -> Imports:
    handlers = list(_handlers(view))
    mentioned = {name for one in handlers for name in names_in(one.returns)}
    mentioned |= {name for one in handlers for name in names_in(one.received.rpartition(": ")[2])}
    unset = any("UNSET" in taken for one in handlers for taken in one.passed)
    offers = {one.offer for one in handlers} | {group.offers for group in view.handled}
    matched = {one.sdk for one in handlers if one.sdk}
    return joined(
        {f"._runtime.as_{sdk}.resource": {f"match_as_{sdk}"} for sdk in matched},
        homes(mentioned, types.definitions),
        _context(view),
        {
            ".backends": {"Backends"} if view.backends else set(),
            ".state": {"lifespan"} if view.lifespan else set(),
            ".contract": {"Handlers", *(group.names.protocol for group in view.handled)},
            ".errors": {name for one in handlers for name in one.errors},
            ".surface": {"SURFACE"},
            "._runtime.sdk.app": {"CompiledServer"},
            "._runtime.shared.model": {"UNSET"} if unset else set(),
        },
        _of_handlers(view, offers) if handlers else {},
        _of_auth(view),
        _of_known(view),
    )


def for_handlers(group: HandlerGroup, types: Types) -> Imports:
    """Of a file of handlers."""
    mentioned = frozenset[str]().union(*(one.signature_names for one in group.written))
    own: Imports = {
        ".contract": {"Context"} if group.written else set(),
        f".bindings.{group.names.attribute}": {group.names.bound} if group.bound else set(),
    }
    return seen_from_below(joined(homes(mentioned, types.definitions), own))


def for_bindings(view: ServerView) -> Imports:
    """Of the module of `Bound`."""
    return {
        **{f".{one.group.names.attribute}": {one.group.names.bound} for one in view.alone},
        "..contract": {one.group.names.protocol for one in view.alone},
        "..backends": {"Backends"} if view.backends else set(),
    }


def for_app(view: ServerView) -> Imports:
    """Of the module of `App`."""
    return {
        **{f".{one.names.attribute}": {one.names.class_name} for one in view.seeded},
        "..contract": {one.names.protocol for one in view.seeded},
        "..bindings": {"Bound"} if view.alone else set(),
        "..backends": {"Backends"} if view.backends else set(),
    }


def _of_handlers(view: ServerView, offers: set[str]) -> Imports:
    return {
        "collections.abc": {"Iterator"},
        ".contract": {"Context"},
        ".handlers" if view.app == "App" else ".bindings": {view.app},
        "._runtime.server.context": {"Answer"},
        "._runtime.server.offers": offers,
    }


def _of_auth(view: ServerView) -> Imports:
    if view.auth is None:
        return {}
    return {
        "functools": {"partial"} if view.settings else set(),
        ".auth": {"verify"},
        "._runtime.server.auth": {"Auth"},
    }


def _of_known(view: ServerView) -> Imports:
    if view.known is None:
        return {}
    needing = {"NeededBy"} if view.known.needed else set[str]()
    return {view.known.module: {view.known.function}, "._runtime.bound.needing": needing}


def _context(view: ServerView) -> Imports:
    return {
        ".settings": {"Settings"} if view.settings else set(),
        ".state": {"State"} if view.lifespan else set(),
    }


def _handlers(view: ServerView) -> Iterator[Handler]:
    for group in view.groups:
        yield from group.handlers
