"""Large services: two tools, `search_tools` and `call_tool`, stand for all others, which are found by words.

A model reads what `tools/list` says before anything else: some hundred tools fill its memory before it has done anything.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import pydantic_core

from ..shared.failure import INVALID_ARGUMENTS, Failure
from ..shared.path import shorten
from ..shared.schema import Schema
from ..shared.surface import Surface
from ..shared.violation import Violation
from .access import Access
from .answer import error_result
from .request import Caller, Wire

SEARCH_TOOLS = "search_tools"
CALL_TOOL = "call_tool"
SEARCHING = (SEARCH_TOOLS, CALL_TOOL)

_USUAL = 8
"""How many tools are given where the caller does not say: the default of the schema, too."""

_FOUND = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")

# BM25 as Robertson and Zaragoza give it (2009), with the usual constants.
_SATURATION = 1.2
_LENGTH = 0.75

_WEIGHTS = {"name": 4, "title": 3, "description": 2}
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Named:
    """What `call_tool` is to call: the params of that call."""

    params: Wire


class Search:
    """The two tools of a service whose others are not listed (`searching` of its surface)."""

    def __init__(self, surface: Surface, access: Access) -> None:
        self._surface = surface
        self._access = access
        self.tools = surface.listed("searching")
        self._schemas = {cast("str", tool["name"]): tool["inputSchema"] for tool in self.tools}

    def answer(self, tool: str, params: Wire, caller: Caller | None) -> Wire | Named:
        """The result of one of the two tools, or the call that has it."""
        arguments = cast("Wire", params.get("arguments") or {})
        violations = Schema(cast("Wire", self._schemas[tool])).violations(arguments)
        if violations:
            return _refused(violations)
        if tool == SEARCH_TOOLS:
            return self._found(arguments, caller)
        return self._named(arguments, params, caller)

    def _found(self, arguments: Wire, caller: Caller | None) -> Wire:
        """The result of `search_tools`: the tools that fit best and that the caller may see, best first."""
        limit = cast("int", arguments.get("limit", _USUAL))
        ranked = self._index.ranked(cast("str", arguments["query"]))
        seen = [name for name in ranked if self._access.admits(name, caller)]
        found: Wire = {
            "tools": [_shown(self._surface.tool(name)) for name in seen[:limit]],
            "matches": len(seen),
        }
        text = pydantic_core.to_json(found, indent=2).decode()
        return {
            "content": [{"type": "text", "text": text}],
            "structuredContent": found,
            "isError": False,
        }

    def _named(self, arguments: Wire, params: Wire, caller: Caller | None) -> Named | Wire:
        """What a call of `call_tool` stands for; an error result if that is nothing."""
        name = cast("str", arguments["name"])
        if name not in self._surface or not self._access.admits(name, caller):
            problem = f"is no tool: {shorten(name, 100)!r}; `{SEARCH_TOOLS}` finds them"
            return _refused((Violation("name", problem),))
        return Named({**params, "name": name, "arguments": arguments.get("arguments") or {}})

    @cached_property
    def _index(self) -> _Index:
        return _Index({name: _words_of(self._surface.tool(name)) for name in self._surface.names})


class _Index:
    """Finds texts by words (BM25); a word also finds those that begin with it."""

    def __init__(self, texts: Mapping[str, Counter[str]]) -> None:
        self._texts = texts
        self._lengths = {name: words.total() for name, words in texts.items()}
        self._average = sum(self._lengths.values()) / max(len(texts), 1) or 1
        self._having: dict[str, list[str]] = {}
        for name, words in texts.items():
            for word in words:
                self._having.setdefault(word, []).append(name)

    def ranked(self, query: str) -> list[str]:
        """The names of the texts that have a word of the query, best first; ties in their order."""
        scores: dict[str, float] = {}
        for word in set(_words(query)):
            for similar in self._similar(word):
                self._score(similar, 1 if similar == word else 0.5, scores)
        order = {name: at for at, name in enumerate(self._texts)}
        return sorted(scores, key=lambda name: (-scores[name], order[name]))

    def _similar(self, word: str) -> Iterator[str]:
        for known in self._having:
            if known == word or (len(word) > 2 and known.startswith(word)):
                yield known

    def _score(self, word: str, share: float, scores: dict[str, float]) -> None:
        having = self._having[word]
        rarity = math.log(1 + (len(self._texts) - len(having) + 0.5) / (len(having) + 0.5))
        for name in having:
            count = self._texts[name][word]
            length = 1 - _LENGTH + _LENGTH * self._lengths[name] / self._average
            gain = count * (_SATURATION + 1) / (count + _SATURATION * length)
            scores[name] = scores.get(name, 0) + share * rarity * gain


def _words_of(tool: Wire) -> Counter[str]:
    """The words by which a tool is found, and how much each of them says."""
    words: Counter[str] = Counter()
    for member, weight in _WEIGHTS.items():
        for word in _words(str(tool.get(member) or "")):
            words[word] += weight
    properties = cast("Wire", tool["inputSchema"]).get("properties")
    for key, schema in (properties if isinstance(properties, dict) else {}).items():
        said = schema.get("description") if isinstance(schema, dict) else None
        words.update(_words(f"{key} {said or ''}"))
    return words


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(_CAMEL.sub(" ", text)):
        folded = word.casefold()
        # Plurals of English, which most descriptions are written in.
        yield folded[:-1] if len(folded) > 3 and folded.endswith("s") else folded


def _shown(tool: Wire) -> Wire:
    return {key: tool[key] for key in _FOUND if key in tool}


def _refused(violations: Sequence[Violation]) -> Wire:
    count = len(violations)
    message = "One argument is wrong." if count == 1 else f"{count} arguments are wrong."
    return error_result(Failure(INVALID_ARGUMENTS, message, details=tuple(violations)))
