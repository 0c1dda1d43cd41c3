"""Parameters that are repeated in HTTP headers (`x-mcp-header`, SEP-2243)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ..ir.values import Json

KEYWORD = "x-mcp-header"
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_TYPES = ("string", "integer", "boolean")
_DATA = frozenset(("default", "examples", "const", "enum"))


def are_mentioned(schema: dict[str, Json]) -> bool:
    """Whether the keyword is anywhere in it, which takes much less time than to walk it and is rarely so."""
    return KEYWORD in json.dumps(schema)


def problems(schema: dict[str, Json]) -> Iterator[str]:
    """What is wrong with the annotations of an input schema; clients would drop the whole tool."""
    seen: dict[str, str] = {}
    for path, part in _annotated(schema, ()):
        header = part[KEYWORD]
        where = ".".join(path or ()) or "the schema"
        if not path:
            yield f"only a property of the arguments can be repeated in a header ({KEYWORD})"
        elif not isinstance(header, str) or not _TOKEN.fullmatch(header):
            yield f"{where}: a header's name has letters, digits and `-` (RFC 9110, token)"
        elif part.get("type") not in _TYPES:
            yield f"{where}: only a string, an integer or a boolean can be repeated in a header"
        elif (other := seen.setdefault(header.lower(), where)) != where:
            yield f"{where} and {other} are repeated in the same header"


def headers(schema: dict[str, Json]) -> dict[str, str]:
    """The header of each property that has one, by its path."""
    return {
        ".".join(path): header
        for path, part in _annotated(schema, ())
        if path and isinstance(header := part[KEYWORD], str)
    }


def _annotated(
    value: Json, path: tuple[str, ...] | None
) -> Iterator[tuple[tuple[str, ...] | None, dict[str, Json]]]:
    """Every schema with the keyword; its path if it is reached through `properties` alone, else `None`."""
    if isinstance(value, list):
        for item in value:
            yield from _annotated(item, None)
    if not isinstance(value, dict):
        return
    if KEYWORD in value:
        yield path, value
    for key, member in value.items():
        if key == "properties" and isinstance(member, dict):
            for name, part in member.items():
                yield from _annotated(part, None if path is None else (*path, name))
        elif key not in _DATA:
            yield from _annotated(member, None)
