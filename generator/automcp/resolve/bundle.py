"""Makes published documents: a schema, and under `$defs` every named schema that it leads to.

Nothing but reference strings and the order of keywords is changed, so a document means what the spec's
schema means: a reference to a named schema becomes `#/$defs/<key>`, and one that is relative to its own
schema gets the steps to where that schema now stands in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import quote

from ..ir.values import Json, JsonSchema
from ..spec.document import Node
from ..spec.keywords import Path, member, members, names_dialect
from .anatomy import has_own_uri
from .ordering import ordered
from .written import Bound, Shared

Named: TypeAlias = Mapping[str, Bound]

_FRAGMENT_SAFE = "/~!$&'()*+,;=:@?"
"""What RFC 3986 lets stand in a fragment as it is, besides letters and digits."""


def plain(node: Node) -> Json:
    """The JSON value of a node, newly made."""
    value = node.value
    # Scalars first: most nodes are, and asking about `Mapping` takes long.
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return {key: plain(member) for key, (_, member) in value.items()}


@lru_cache(maxsize=1 << 12)
def embed(bound: Bound) -> JsonSchema:
    """A schema as it reads where it is published; one object for everybody, and therefore not to be changed."""
    return _rewrite(bound, bound.written.prefix)


def alone(bound: Bound, embedded: JsonSchema | None = None) -> JsonSchema:
    """A schema as it reads if it were a document itself, with named schemas under `$defs`.

    Args:
        embedded: What `embed` made of it, which reads the same if nothing in it is relative to where it stands.
    """
    targets = (
        bound.targets.get((one.holder, one.keyword)) for one in bound.written.anatomy.references
    )
    if embedded is not None and all(isinstance(target, Shared) for target in targets):
        return embedded
    return _rewrite(bound, ())


def _rewrite(bound: Bound, prefix: Path) -> JsonSchema:
    written = bound.written
    references = written.anatomy.references
    schema = plain(written.node) if references else written.value
    moves = bool(prefix) and not has_own_uri(written.node)
    for reference in references:
        target = bound.targets.get((reference.holder, reference.keyword))
        text = reference.text
        if isinstance(target, Shared):
            text = pointer(("$defs", target.key))
        elif moves and not reference.resource and _is_pointer(text):
            text = pointer(prefix) + text[1:]
        if text != reference.text:
            _replace(schema, reference.holder, reference.keyword, text)
    assert isinstance(schema, bool | dict)
    return ordered(schema)


def closure(mentions: Iterable[str], named: Named, ranks: Mapping[str, int]) -> tuple[str, ...]:
    """The keys of all named schemas that some lead to, in the spec's order.

    Args:
        ranks: The place of each key in that order.
    """
    seen: set[str] = set()
    waiting = list(mentions)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(named[key].mentions)
    return tuple(sorted(seen, key=ranks.__getitem__))


def says_dialect(bound: Bound) -> bool:
    """Whether the root of a schema names its dialect."""
    return names_dialect(member(bound.written.node, "$schema"))


@lru_cache(maxsize=1 << 16)
def says_format(bound: Bound) -> bool:
    """Whether a schema says `format` anywhere."""
    return any("format" in members(one) for one in bound.written.anatomy.schemas.values())


def pointer(path: Path) -> str:
    """A path as a reference: a JSON pointer (RFC 6901, section 6) in a URI fragment."""
    steps = (step.replace("~", "~0").replace("/", "~1") for step in path)
    return "#" + "".join("/" + quote(step, safe=_FRAGMENT_SAFE) for step in steps)


def _is_pointer(text: str) -> bool:
    """Whether a reference is relative to the start of its resource; anchors are not."""
    return text in ("", "#") or text.startswith("#/")


def _replace(schema: Json, holder: Path, keyword: str, text: str) -> None:
    for step in holder:
        schema = schema[int(step)] if isinstance(schema, list) else _object(schema)[step]
    _object(schema)[keyword] = text


def _object(value: Json) -> dict[str, Json]:
    assert isinstance(value, dict)
    return value
