"""What a schema is made of: its places, its anchors, its embedded resources and its references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urljoin

from ..spec.document import Node
from ..spec.keywords import Path, member, members, text_of, walk

NO_BASE = "json-schema:///"
"""The base URI of a schema without `$id`; what validators take, too."""

ANCHORS = ("$anchor", "$dynamicAnchor")
REFERENCES = ("$ref", "$dynamicRef")
_SAYS_WHERE = frozenset(("$id", *ANCHORS, *REFERENCES))
_SAYS_MORE = _SAYS_WHERE | {"$schema"}

_STAND_IN = "http://automcp.invalid/"
"""Takes the place of `NO_BASE` where `urljoin` works, which knows relative names only for some schemes."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class Reference:
    """A `$ref` or `$dynamicRef`.

    Attributes:
        text: What is written.
        holder: Where the schema stands that it belongs to.
        resource: Where the resource starts that its `#...` is relative to.
        base: The URI of that resource.
    """

    keyword: str
    text: str
    node: Node
    holder: Path
    resource: Path
    base: str

    @property
    def target(self) -> tuple[str, str]:
        """The absolute URI of the resource that is meant, and the decoded fragment."""
        document, _, fragment = self.text.partition("#")
        return join(self.base, document), unquote(fragment)


@dataclass(frozen=True, slots=True)
class Claim:
    """A name that one place of a document takes: an anchor in its resource, or (`name` is empty) a URI."""

    uri: str
    name: str
    path: Path
    node: Node


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What one walk over a schema finds.

    Attributes:
        schemas: Every schema in it, itself as `()`.
        resources: Where the schemas start that have a URI (`$id`), by it; the root always has one.
        anchors: Where the anchors stand, by the URI of their resource and their name.
        claims: Every anchor and `$id` as written, for finding one that is there twice.
        dialects: What the `$schema`s say.
    """

    schemas: Mapping[Path, Node]
    resources: Mapping[str, Path]
    anchors: Mapping[tuple[str, str], Path]
    claims: tuple[Claim, ...]
    references: tuple[Reference, ...]
    dialects: tuple[Node, ...]

    @property
    def root_uri(self) -> str:
        """The URI of the schema itself."""
        return next(
            (uri for uri, path in self.resources.items() if uri != NO_BASE and not path), NO_BASE
        )


def dissect(node: Node) -> Anatomy:
    """Walk a schema once. Values of the wrong type are passed over: another check names them."""
    schemas = dict(walk(node))
    # Most schemas are nothing but places.
    if all(_SAYS_MORE.isdisjoint(members(schema)) for schema in schemas.values()):
        return Anatomy(schemas, {NO_BASE: ()}, {}, (), (), ())
    homes: dict[Path, tuple[Path, str]] = {}
    claims: list[Claim] = []
    references: list[Reference] = []
    for path, schema in schemas.items():
        home = _home(homes, path)
        if members(schema).keys().isdisjoint(_SAYS_WHERE):
            homes[path] = home
            continue
        identifier = member(schema, "$id")
        if identifier is not None and has_own_uri(schema):
            home = path, join(home[1], (text_of(identifier) or "").rstrip("#"))
            claims.append(Claim(home[1], "", path, identifier))
        homes[path] = home
        claims += _anchors(schema, path, home[1])
        references += _references(schema, path, home)
    uris = {claim.uri: claim.path for claim in claims if not claim.name}
    return Anatomy(
        schemas=schemas,
        resources={NO_BASE: (), **uris},
        anchors={(claim.uri, claim.name): claim.path for claim in claims if claim.name},
        claims=tuple(claims),
        references=tuple(references),
        dialects=tuple(
            dialect for schema in schemas.values() if (dialect := member(schema, "$schema"))
        ),
    )


def _anchors(schema: Node, path: Path, uri: str) -> Iterator[Claim]:
    for keyword in ANCHORS:
        named = member(schema, keyword)
        name = text_of(named)
        if named is not None and name:
            yield Claim(uri, name, path, named)


def _references(schema: Node, path: Path, home: tuple[Path, str]) -> Iterator[Reference]:
    for keyword in REFERENCES:
        found = member(schema, keyword)
        text = text_of(found)
        if found is not None and text is not None:
            yield Reference(keyword, text, found, path, *home)


def has_own_uri(node: Node) -> bool:
    """Whether a schema is a resource of its own, so that its references keep meaning it anywhere."""
    return bool((text_of(member(node, "$id")) or "").rstrip("#"))


def has_scheme(text: str) -> bool:
    """Whether a reference is an absolute URI. One letter and a colon is a drive, no scheme."""
    return _SCHEME.match(text) is not None


def join(base: str, relative: str) -> str:
    """RFC 3986 resolution. What is no URI stays as it is: another check names it."""
    if not relative:
        return base
    if has_scheme(relative):
        return relative
    try:
        if base.startswith(NO_BASE):
            return NO_BASE + urljoin(_STAND_IN + base[len(NO_BASE) :], relative)[len(_STAND_IN) :]
        return urljoin(base, relative)
    except ValueError:
        return relative


def pointer_steps(fragment: str) -> Path:
    """The steps of a decoded JSON pointer (RFC 6901); `fragment` is empty or starts with `/`."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in fragment.split("/")[1:])


def _home(homes: Mapping[Path, tuple[Path, str]], path: Path) -> tuple[Path, str]:
    """Resource and base URI of the schema around `path`, which is one or two steps up."""
    if not path:
        return (), NO_BASE
    return homes.get(path[:-1]) or homes[path[:-2]]
