"""Reads as what callers know a server: its constructor's words, and the options that it is run with."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from ..modernise.bindings import Names, Outside
from ..modernise.literals import Unclear
from ..modernise.values import Values
from ..survey import Source
from ..usage import KNOWN_TO_MCP
from .found import Identity, held

_PLACES: Mapping[str, tuple[str, ...]] = {
    "mcp1": ("name", "instructions"),
    "mcp1_lowlevel": ("name", "version", "instructions"),
}
"""What the first arguments of a constructor mean."""

_NOTHING = frozenset(
    {
        "compiled", "debug", "dependencies", "mount_path", "sse_path", "message_path",
        "warn_on_duplicate_prompts", "warn_on_duplicate_resources", "warn_on_duplicate_tools",
    }
)  # fmt: skip
"""Words that a server without an adapter does as well without."""

SERVING = frozenset({"host", "json_response", "port", "stateless_http", "streamable_http_path"})
"""Words that say how it is served over HTTP, which it is told where it is run."""

_UNNAMED = "FastMCP"
_USUAL = "INFO"
_LEVELS = frozenset({"CRITICAL", "DEBUG", "ERROR", "WARNING", _USUAL})


@dataclass(frozen=True)
class Constructed:
    """What a constructor was told.

    Attributes:
        source: Where it stands.
        serving: The words about HTTP.
        logs: The level from which on is logged, if it is not the usual one.
    """

    source: Source
    identity: Identity
    serving: Mapping[str, ast.expr]
    logs: str | None


@dataclass(frozen=True)
class Words:
    """Reads the words of calls."""

    names: Names
    values: Values

    def constructed(self, source: Source, call: ast.Call, sdk: str) -> Constructed:
        """What a constructor was told. Raises `Held`."""
        said: dict[str, str] = {}
        serving: dict[str, ast.expr] = {}
        logs: str | None = None
        for word, node in self._given(source, call, _PLACES[sdk]).items():
            if word in _PLACES[sdk]:
                found = self._text(source, node, word)
                if found is not None:
                    said[word] = found
            elif sdk == "mcp1" and word in SERVING:
                serving[word] = node
            elif sdk == "mcp1" and word == "log_level":
                logs = self._level(source, node)
            elif sdk == "mcp1" and word not in KNOWN_TO_MCP:
                # Releases that took any word did nothing with it.
                continue
            elif word not in _NOTHING:
                raise held(source.path, node, f"its constructor is told `{word}`")
        name = said.get("name") or _UNNAMED
        known = Identity(
            "mcp1" if sdk == "mcp1" else "mcp1_lowlevel",
            name,
            said.get("version"),
            said.get("instructions"),
        )
        return Constructed(source, known, serving, logs)

    def _level(self, source: Source, node: ast.expr) -> str | None:
        """The level from which on is logged; `None` if it is the usual one. Raises `Held`."""
        level = self._value(source, node, "log_level", str)
        if level not in _LEVELS:
            raise held(source.path, node, "its `log_level` is none")
        return None if level == _USUAL else str(level)

    def moved(self, told: Constructed, word: str, to: Source) -> str:
        """A word about HTTP as it is said in another place.

        Raises:
            Held: It means something else there, or may.
        """
        node = told.serving[word]
        for one in ast.walk(node):
            if isinstance(one, ast.Name):
                meant = self.names.bound(told.source, one.id)
                same = isinstance(meant, Outside) and self.names.bound(to, one.id) == meant
                if not same or one.id in _bound_in_functions(to):
                    raise held(told.source.path, node, f"its `{word}` is worked out when it starts")
        return f"{word}={ast.unparse(node)}"

    def options(
        self, source: Source, call: ast.Call, server: ast.expr, known: Identity
    ) -> Identity:
        """What a low-level server is run with. Raises `Held`."""
        asked = call.func
        if (
            isinstance(asked, ast.Attribute)
            and asked.attr == "create_initialization_options"
            and ast.unparse(asked.value) == ast.unparse(server)
            and not call.keywords
        ):
            self._no_changes(source, call, call.args)
            return known
        found = self.names.of(source, asked)
        if not (isinstance(found, Outside) and found.name.endswith(".InitializationOptions")):
            raise held(source.path, call, "what it is run with cannot be followed")
        words = self._given(source, call, ())
        for word in words.keys() - {
            "server_name",
            "server_version",
            "capabilities",
            "instructions",
        }:
            raise held(source.path, call, f"it is run with `{word}`")
        self._capabilities(source, words.get("capabilities"), server)
        texts = {
            key: self._text(source, node, key)
            for key, node in words.items()
            if key != "capabilities"
        }
        return Identity(
            known.sdk,
            texts.get("server_name") or known.name,
            texts.get("server_version"),
            texts.get("instructions"),
        )

    def _capabilities(self, source: Source, node: ast.expr | None, server: ast.expr) -> None:
        asked = node.func if isinstance(node, ast.Call) else None
        if (
            not isinstance(node, ast.Call)
            or not isinstance(asked, ast.Attribute)
            or asked.attr != "get_capabilities"
            or ast.unparse(asked.value) != ast.unparse(server)
        ):
            raise held(source.path, node, "its capabilities cannot be followed")
        given = self._given(source, node, ("notification_options", "experimental_capabilities"))
        self._no_changes(
            source, node, [given["notification_options"]] if "notification_options" in given else []
        )
        experimental = given.get("experimental_capabilities")
        if experimental is not None and ast.unparse(experimental) not in ("{}", "None", "dict()"):
            raise held(source.path, experimental, "it declares experimental capabilities")

    def _no_changes(self, source: Source, call: ast.Call, given: list[ast.expr]) -> None:
        """Make sure that callers are not told of changes of lists. Raises `Held`."""
        for node in given:
            plain = isinstance(node, ast.Call) and not node.args and not node.keywords
            if not plain and ast.unparse(node) != "None":
                raise held(source.path, call, "it declares that its lists may change")

    def _given(
        self, source: Source, call: ast.Call, places: tuple[str, ...]
    ) -> dict[str, ast.expr]:
        if len(call.args) > len(places) or any(isinstance(one, ast.Starred) for one in call.args):
            raise held(source.path, call, "what it is told cannot be followed")
        given = dict(zip(places, call.args, strict=False))
        for word in call.keywords:
            if word.arg is None:
                raise held(source.path, call, "what it is told cannot be followed")
            given[word.arg] = word.value
        return given

    def _text(self, source: Source, node: ast.expr, word: str) -> str | None:
        found = self._value(source, node, word, str, type(None))
        return found if isinstance(found, str) and found else None

    def _value(self, source: Source, node: ast.expr, word: str, *kinds: type) -> object:
        """The value of a word. Raises `Held` if it is worked out when the server starts, or of another kind."""
        try:
            found: object = self.values.of(source, node)
        except Unclear as error:
            raise held(
                source.path, node, f"its `{word}` is worked out when it starts: {error}"
            ) from None
        if not isinstance(found, kinds):
            raise held(source.path, node, f"its `{word}` is nothing that can be told here")
        return found


def _bound_in_functions(source: Source) -> set[str]:
    """The names that any function of a source binds."""
    found: set[str] = set()
    for node in source.nodes:
        if isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found
