"""How an API knows who calls: security schemes become settings and ways to use them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from ...spec.document import Node
from ...text.report import quoted
from .arguments import literal
from .documents import Documents, Located, Unresolved
from .losses import Losses
from .reading import Json, is_mapping, items, member, members, said, texts
from .swagger import is_swagger, scheme
from .words import snake_words, unique

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~A-Za-z0-9-]+")
_GENERIC = frozenset(
    [
        "auth",
        "authentication",
        "authorization",
        "cookie",
        "header",
        "http",
        "oauth",
        "oauth2",
        "query",
        "scheme",
        "security",
        "x",
    ]
)
_NOUNS = frozenset(("code", "id", "key", "password", "secret", "token", "version"))
"""What the name of a scheme may end in to be the name of what is sent."""

Use: TypeAlias = "list[Json]"
"""Alternatives as a spec has them: names, or lists of names that count together."""


@dataclass(slots=True)
class Security:
    """The schemes of a document.

    Attributes:
        schemes: As a backend has them, by name; only those that something uses.
        settings: The secrets that they need.
    """

    documents: Documents
    losses: Losses
    taken: dict[str, Json]
    schemes: dict[str, Json] = field(default_factory=dict[str, Json])
    _known: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    _scopes: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])

    def required(self, operation: Located) -> Use | None:
        """What an operation asks for; `None` if it does not say, and neither does the document."""
        listed = member(operation.node, "security")
        if listed is None or not isinstance(listed.value, tuple):
            listed = member(self.documents.root.root, "security")
        if listed is None:
            return None
        found: Use = []
        for requirement in items(listed):
            names = self._names(requirement)
            if names is not None and names not in found:
                found.append(names[0] if len(names) == 1 else names)
        if items(listed) and not found:
            # All that it says cannot be done: callers are nobody in particular.
            return []
        return found

    def sent_by(self, use: Use) -> frozenset[tuple[str, str]]:
        """The places and names of the keys that schemes send, which some documents list as parameters, too."""
        names = {name for one in use for name in ([one] if isinstance(one, str) else one)}
        return frozenset(
            (place, self.schemes[name][place].lower())
            for name in names
            for place in ("header", "query", "cookie")
            if place in self.schemes[name]
        )

    def all(self) -> Use:
        """Each scheme alone, and none at all: for documents that declare schemes and use none."""
        root = self.documents.root.root
        declared = members(member(root, "securityDefinitions")) or members(
            member(member(root, "components"), "securitySchemes")
        )
        names = [known for name in declared if (known := self._known_as(name, declared[name][0]))]
        return [*names, []] if names else []

    def finish(self) -> None:
        """Write the scopes down that operations turned out to need."""
        for name, scopes in self._scopes.items():
            if name in self.schemes and "oauth" in self.schemes[name] and scopes:
                self.schemes[name]["oauth"]["scopes"] = list(scopes)

    def _names(self, requirement: Node) -> list[str] | None:
        """The schemes of one alternative; `None` if one of them cannot be used."""
        found: list[str] = []
        if not is_mapping(requirement):
            return None
        for name, (key, scopes) in members(requirement).items():
            known = self._known_as(name, key)
            if known is None:
                return None
            found.append(known)
            self._scopes.setdefault(known, {}).update(dict.fromkeys(texts(scopes)))
        return found

    def _known_as(self, name: str, at: Node) -> str | None:
        if name not in self._known:
            self._known[name] = self._add(name, at)
        return self._known[name]

    def _add(self, name: str, at: Node) -> str | None:
        node = self._declared(name)
        if node is None:
            message = f"there is no security scheme {quoted(name)}: that alternative is left out"
            self.losses.warn("AM624", message, at)
            return None
        own = "_".join(snake_words(name)) or "auth"
        known = unique(own, self.schemes)
        made = self._scheme(node, name)
        if made is None:
            return None
        self.schemes[known] = made
        return known

    def _declared(self, name: str) -> Node | None:
        root = Located(self.documents.root.root, self.documents.root)
        if is_swagger(root.node):
            found = member(member(root.node, "securityDefinitions") or root.node, name)
            return None if found is None else scheme(found)
        schemes = member(member(root.node, "components") or root.node, "securitySchemes")
        found = None if schemes is None else member(schemes, name)
        try:
            if found is None:
                # OpenAPI 3.2: the URI of a scheme.
                return (
                    self.documents.follow(self.documents.resolve(name, root.base)).node
                    if "/" in name
                    else None
                )
            return self.documents.follow(root.at(found)).node
        except Unresolved as problem:
            at = found or root.node
            self.losses.warn(
                "AM603", f"{problem}: the security scheme is left out", at, problem.help
            )
            return None

    def _scheme(self, node: Node, name: str) -> Json | None:
        kind, how = said(node, "type"), said(node, "scheme").lower()
        if kind == "http" and how == "basic":
            return self._basic(node, name)
        if kind == "http" and how == "bearer":
            return self._bearer(node, name)
        if kind == "apiKey":
            return self._key(node, name)
        if kind == "oauth2":
            return self._oauth(node, name)
        if kind == "openIdConnect":
            return self._token_of_somebody(node, name, "OpenID Connect")
        what = f"`{how}`" if kind == "http" else f"`{kind}`"
        message = f"the security scheme {quoted(name)} ({what}) cannot be used, and is left out"
        self.losses.warn("AM624", message, node)
        return None

    def _basic(self, node: Node, name: str) -> Json:
        user = self._setting("user", name, f"User of the API{_more(node)}", secret=False)
        password = self._setting("password", name, "Password of that user.")
        return {"basic": {"user": user, "password": password}}

    def _bearer(self, node: Node, name: str) -> Json:
        return {"bearer": self._setting("token", name, f"Token for the API{_more(node)}")}

    def _key(self, node: Node, name: str) -> Json | None:
        place, wire = said(node, "in"), said(node, "name")
        is_bad = place in ("header", "cookie") and not _TOKEN.fullmatch(wire)
        if place not in ("header", "query", "cookie") or not wire or is_bad:
            message = f"the security scheme {quoted(name)} does not say where its key goes"
            self.losses.warn("AM624", message, node)
            return None
        return {"key": self._setting("api_key", name, f"Key for the API{_more(node)}"), place: wire}

    def _oauth(self, node: Node, name: str) -> Json:
        flow = member(member(node, "flows"), "clientCredentials")
        url = said(flow, "tokenUrl")
        if flow is None or not url.startswith(("https://", "http://")):
            return self._token_of_somebody(node, name, "OAuth")
        return {
            "oauth": {
                "token_url": literal(url),
                "client_id": self._setting("client_id", name, "Client of the API.", secret=False),
                "client_secret": self._setting("client_secret", name, "Secret of that client."),
            }
        }

    def _token_of_somebody(self, node: Node, name: str, what: str) -> Json:
        message = (
            f"{quoted(name)} wants somebody to log in ({what}): a token has to be given instead"
        )
        self.losses.note("AM624", message, node)
        return {"bearer": self._setting("token", name, f"Access token for the API{_more(node)}")}

    def _setting(self, what: str, scheme: str, text: str, *, secret: bool = True) -> str:
        """A setting of that kind; its template."""
        words = [word for word in snake_words(scheme) if word not in _GENERIC]
        name = what
        if what == "api_key" and words and words[-1] in _NOUNS:
            name = "_".join(words)
        elif what in self.taken:
            own = "_".join(word for word in words if word not in (*what.split("_"), "bearer"))
            name = f"{own}_{what}" if own else what
        name = unique(name, self.taken)
        self.taken[name] = {
            "type": "string",
            **({"secret": True} if secret else {}),
            "optional": True,
            "description": text,
        }
        return f"{{settings.{name}}}"


def _more(node: Node) -> str:
    """What the document says of a scheme, behind what it is."""
    text = " ".join(said(node, "description").split())
    return f": {text}" if text else "."


def most_used(uses: Iterable[Use]) -> Use:
    """What most operations ask for; the first of several that are as many."""
    listed = list(uses)
    counted = Counter(map(repr, listed))
    nobody: Use = []
    return max(listed, key=lambda use: counted[repr(use)], default=nobody)
