"""What a server offers, read from `surface.json`: data, the same for server and client."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, cast

import pydantic_core

from .definitions import expanded
from .model import Json
from .path import shorten
from .schema import Schema

Wire: TypeAlias = dict[str, Json]
"""Something as it is on the wire."""

_SEARCHING = ("search_tools", "call_tool")
_COMPARED = ("title", "description", "inputSchema", "outputSchema", "annotations")


@dataclass(frozen=True, slots=True)
class Identity:
    """How the server introduces itself."""

    name: str
    version: str
    title: str | None = None
    description: str | None = None
    instructions: str | None = None
    website: str | None = None
    icons: tuple[Wire, ...] = ()


class Surface:
    """What a server offers.

    The document has `server` (an `Identity`), `tools` (wire tools in their order), `outputs`
    (tool name -> schema of the answers of tools that publish none, `structured: false`) and
    `wrapped` (names of tools whose answer is no object, so that it is checked, and sent as
    structured content, as `{"result": answer}`). Schemas refer to its `definitions` as if each had them
    under `$defs`. What it has besides is read with `listed` and `section`.
    """

    def __init__(self, document: Mapping[str, Json]) -> None:
        document = expanded(document)
        self._document = document
        self.identity = _identity(cast("Wire", document["server"]))
        self.tools = cast("list[Wire]", document["tools"])
        self._tools = {cast("str", tool["name"]): tool for tool in self.tools}
        self._outputs = cast("dict[str, Wire]", document.get("outputs") or {})
        self._wrapped = frozenset(cast("list[str]", document.get("wrapped") or []))
        # Made when first asked for, as most tools of a big service are not called in a given process.
        self._inputs: dict[str, Schema] = {}
        self._answers: dict[str, Schema | None] = {}

    @classmethod
    def beside(cls, module: str) -> Surface:
        """The `surface.json` in the folder of `module`, a `__file__`."""
        text = Path(module).with_name("surface.json").read_bytes()
        # What is said over and over is one string in memory: `json` does that for keys alone, and takes twice as long.
        return cls(pydantic_core.from_json(text, cache_strings="all"))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The tools' names in their order."""
        return tuple(self._tools)

    def listed(self, name: str) -> list[Wire]:
        """A member that is a list of wire objects, such as `resources`; empty if it is not there."""
        return cast("list[Wire]", self._document.get(name) or [])

    def section(self, name: str) -> Wire:
        """A member that is an object, such as `completions`; empty if it is not there."""
        return cast("Wire", self._document.get(name) or {})

    def value(self, name: str) -> Json:
        """A member of any kind, such as `pageSize`; `None` if it is not there."""
        return self._document.get(name)

    def __contains__(self, tool: object) -> bool:
        return tool in self._tools

    def tool(self, name: str) -> Wire:
        """The tool as it is on the wire. Raises `KeyError` if there is none of this name."""
        return self._tools[name]

    def input(self, name: str) -> Schema:
        """What the tool's arguments are checked against. Raises `KeyError` as `tool` does."""
        if name not in self._inputs:
            self._inputs[name] = _schema(self._tools[name].get("inputSchema")) or Schema({})
        return self._inputs[name]

    def output(self, name: str) -> Schema | None:
        """What the tool's answer is checked against (see `wrapped`); `None` if it gives none."""
        if name not in self._answers:
            document = self._tools[name].get("outputSchema") or self._outputs.get(name)
            self._answers[name] = _schema(document)
        return self._answers[name]

    def structured(self, name: str) -> bool:
        """Whether the answer is sent as structured content, and not only as text."""
        return "outputSchema" in self._tools[name]

    def wrapped(self, name: str) -> bool:
        """Whether `output` describes `{"result": answer}` instead of the answer itself."""
        return name in self._wrapped

    def literal(self, name: str) -> bool:
        """Whether the answer's text is the answer itself: it comes as text only, and is a string.

        The text of every other answer without structured content is JSON.
        """
        return not self.structured(name) and _is_text(self._outputs.get(name))

    def repeatable(self, name: str) -> bool:
        """Whether the tool's annotations promise that calling it again does no harm."""
        hints = self._tools[name].get("annotations")
        return isinstance(hints, dict) and (
            hints.get("readOnlyHint") is True or hints.get("idempotentHint") is True
        )


def _schema(document: Json) -> Schema | None:
    return Schema(document) if isinstance(document, dict) else None


def _identity(said: Wire) -> Identity:
    icons = cast("list[Wire]", said.get("icons") or [])
    texts = cast("dict[str, str]", {key: one for key, one in said.items() if key != "icons"})
    return Identity(**texts, icons=tuple(icons))


def differences(expected: Surface, actual: Sequence[Mapping[str, Json]]) -> list[str]:
    """How `actual` (wire tools) departs from `expected`, a line each; more tools are no difference.

    Nor are those two that stand for all others, where a server lets its tools be searched for: nothing can be
    said of what it does not list.
    """
    offered = {tool.get("name"): tool for tool in actual}
    if offered.keys() == set(_SEARCHING):
        return []
    found: list[str] = []
    for name in expected.names:
        if name not in offered:
            found.append(f"{name}: the server has no such tool")
            continue
        found += [
            f"{name}: {key} changed from {_brief(expected.tool(name).get(key))} to {_brief(offered[name].get(key))}"
            for key in _COMPARED
            if expected.tool(name).get(key) != offered[name].get(key)
        ]
    return found


def _is_text(document: Wire | None) -> bool:
    """Whether every value that fits the (wrapped) output schema is a string."""
    properties = (document or {}).get("properties")
    at = properties.get("result") if isinstance(properties, dict) else None
    seen: set[str] = set()
    while isinstance(at, dict) and isinstance(reference := at.get("$ref"), str):
        if reference in seen or not reference.startswith("#/$defs/"):
            return False
        seen.add(reference)
        definitions = (document or {}).get("$defs")
        key = reference.removeprefix("#/$defs/").replace("~1", "/").replace("~0", "~")
        at = definitions.get(key) if isinstance(definitions, dict) else None
    return isinstance(at, dict) and at.get("type") == "string"


def _brief(value: Json) -> str:
    return shorten(json.dumps(value), 80)
