"""Completions of prompt arguments and of template variables (MCP, completion)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from ..shared.failure import BackendError
from ..shared.model import Json
from ..shared.surface import Surface
from .answer import Unfit
from .context import RequestContext
from .errors import INVALID_PARAMS, ProtocolError, Unknown
from .execution import Raised, Returned, runner
from .failures import as_protocol_error, behind, crash
from .offers import Completion, Variables
from .request import Wire
from .result import Completions

_MOST_VALUES = 100


class Completer:
    """All completions of a service."""

    def __init__(self, surface: Surface, offers: Iterable[Completion[Any]]) -> None:
        said = surface.section("completions")
        self._listed = {
            (kind, of, argument): values
            for kind, section in (("prompt", "prompts"), ("resource", "resources"))
            for of, arguments in cast("Mapping[str, Wire]", said.get(section) or {}).items()
            for argument, values in arguments.items()
        }
        self._offers = {
            (str(one.kind), one.of, one.argument): (runner(one), one.label) for one in offers
        }
        for unlisted in self._offers.keys() - self._listed.keys():
            raise ValueError(f"surface.json has no completion {' '.join(unlisted)}")
        for key, values in self._listed.items():
            if values is True and key not in self._offers:
                raise ValueError(f"nothing completes {' '.join(key)}")

    def __bool__(self) -> bool:
        return bool(self._listed)

    async def answer(
        self, kind: str, of: str, params: Wire, context: RequestContext[Any, Any]
    ) -> Wire:
        """The result for the argument that `params` is about. Raises `ProtocolError`."""
        argument = cast("Mapping[str, str]", params["argument"])
        name, value = argument["name"], argument["value"]
        key = (kind, of, name)
        if key not in self._offers:
            listed = self._listed.get(key)
            return _result(_beginning(listed if isinstance(listed, list) else [], value))
        run, label = self._offers[key]
        others = cast("Mapping[str, Mapping[str, str]]", params.get("context") or {})
        try:
            match await run(value, Variables(others.get("arguments") or {}), context):
                case Returned(found):
                    return _result(found)
                case Raised(ProtocolError() as error):
                    raise error
                case Raised(BackendError() as error):
                    raise as_protocol_error(behind(label, error), {"argument": name})
                case Raised(error):
                    raise as_protocol_error(crash(label, error), {"argument": name})
                case _:
                    raise ProtocolError(INVALID_PARAMS, "A completion cannot ask questions.")
        except Unfit as error:
            raise as_protocol_error(crash(label, error), {"argument": name}) from None


def reference(params: Wire) -> tuple[str, str]:
    """What a completion is about: a prompt's name, or a template. Raises `Unknown`."""
    ref = cast("Mapping[str, Json]", params.get("ref") or {})
    match ref.get("type"):
        case "ref/prompt":
            return "prompt", cast("str", ref.get("name"))
        case "ref/resource":
            return "resource", cast("str", ref.get("uri"))
        case _:
            raise Unknown("A completion is about a prompt or a resource template.")


def _beginning(values: Sequence[Json], typed: str) -> list[str]:
    start = typed.casefold()
    return [one for one in values if isinstance(one, str) and one.casefold().startswith(start)]


def _result(found: object) -> Wire:
    if isinstance(found, list | tuple):
        found = Completions(cast("Sequence[str]", found))
    if not isinstance(found, Completions):
        raise Unfit(f"returned a {type(found).__name__}, which is no completions")
    values: list[object] = list(found.values)
    if not all(isinstance(one, str) for one in values):
        raise Unfit("returned completions that are no text")
    more = found.more or len(values) > _MOST_VALUES
    total = found.total if found.total is not None else None if found.more else len(values)
    completion: Wire = {"values": cast("list[Json]", values[:_MOST_VALUES])}
    if total is not None:
        completion["total"] = total
    return {"completion": {**completion, "hasMore": more}}
