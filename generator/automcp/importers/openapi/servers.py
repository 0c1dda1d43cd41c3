"""Where an API is: servers become settings, so that whoever runs the service can choose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ...spec.document import Node
from ...text.report import quoted
from .arguments import literal
from .documents import Documents
from .losses import Losses
from .operations import Found
from .reading import Json, items, member, members, plain, said
from .swagger import is_swagger, servers
from .words import snake_words, unique

MAIN = "api"
_VARIABLE = re.compile(r"\{([^{}]+)\}")
_USABLE = re.compile(r"[A-Za-z0-9._~:/%\[\]!$&'()*+,;=-]+")
"""What a URL is made of that paths are appended to (RFC 3986), without what marks users, queries and fragments."""
_GENERAL = frozenset(("api", "apis", "www", "com", "net", "org", "io", "dev"))


@dataclass(slots=True)
class Backends:
    """The places that operations are sent to, by the name of the backend.

    Attributes:
        settings: What has to be known of them, as a spec has it.
        urls: The URL of each, as a template.
    """

    documents: Documents
    losses: Losses
    settings: dict[str, Json] = field(default_factory=dict[str, Json])
    urls: dict[str, str] = field(default_factory=dict[str, str])
    _known: dict[str, str] = field(default_factory=dict[str, str])

    def start(self) -> None:
        """Take in the servers of the document itself."""
        listed = list(self._of(self.documents.root.root))
        if len(listed) > 1:
            others = ", ".join(quoted(url) for url, _ in listed[1:])
            message = f"the API is elsewhere, too: {others}"
            help = "set the setting of its URL to use another one"
            self.losses.note("AM625", message, listed[1][1], help)
        url, node = listed[0] if listed else ("/", self.documents.root.root)
        self._known[url] = MAIN
        self.urls[MAIN] = self._template(url, node, "base_url", is_main=True)

    def of(self, found: Found) -> str:
        """The backend of an operation: the document's, unless the operation or its path names another server."""
        for place in (found.operation, found.item):
            for url, node in self._of(place.node):
                if not urlsplit(_VARIABLE.sub("x", url)).netloc:
                    message = (
                        f"the server {quoted(url)} has no host, and is taken for the document's"
                    )
                    self.losses.note("AM625", message, node)
                    return MAIN
                return self._other(url, node)
        return MAIN

    def _of(self, node: Node) -> Iterator[tuple[str, Node]]:
        if node is self.documents.root.root and is_swagger(node):
            yield from servers(node)
        for server in items(member(node, "servers")):
            url = said(server, "url")
            if url:
                yield url, server

    def _other(self, url: str, node: Node) -> str:
        if url not in self._known:
            host = urlsplit(_VARIABLE.sub(lambda match: match[1], url)).netloc
            words = [word for word in snake_words(host.rpartition(".")[0]) if word not in _GENERAL]
            name = unique(words[0] if words else MAIN, self.urls)
            self._known[url] = name
            self.urls[name] = self._template(url, node, f"{name}_url", is_main=False)
        return self._known[url]

    def _template(self, url: str, node: Node, setting: str, *, is_main: bool) -> str:
        variables = members(member(node, "variables"))
        if _VARIABLE.search(url):
            return self._filled(url, {name: one for name, (_, one) in variables.items()}, node)
        parts = urlsplit(url)
        name = unique(setting, self.settings)
        if parts.scheme in ("http", "https") and parts.netloc and _USABLE.fullmatch(url):
            # The path stays in it: whoever goes through a gateway has another one.
            shown = url.rstrip("/")
            self.settings[name] = {
                "type": "string",
                "default": shown,
                **self._described(node, is_main),
            }
            return f"{{settings.{name}}}"
        message = f"{quoted(url)} says nothing of the host"
        help = f"`{name}` has to be set when the server starts, or give it a default"
        self.losses.note("AM625", message, node, help)
        text = "Where the API is, such as `https://api.example.com`."
        self.settings[name] = {"type": "string", "description": text}
        path = "" if parts.scheme or parts.netloc else parts.path.strip("/")
        return f"{{settings.{name}}}" + (f"/{literal(path)}" if path else "")

    def _described(self, node: Node, is_main: bool) -> Json:
        text = said(node, "description") if not is_main else "Where the API is."
        return {"description": text} if text else {}

    def _filled(self, url: str, variables: Mapping[str, Node], node: Node) -> str:
        """A URL whose variables are settings; what has no default has to be set."""
        made: list[str] = []
        end = 0
        for match in _VARIABLE.finditer(url):
            made.append(literal(url[end : match.start()]))
            end = match.end()
            name = unique("_".join(snake_words(match[1])) or "server", self.settings)
            self.settings[name] = self._variable(variables.get(match[1]), match[1], node)
            made.append(f"{{settings.{name}}}")
        template = "".join((*made, literal(url[end:]))).rstrip("/")
        if not template.startswith(("http://", "https://", "{settings.")):
            name = unique("base_url", self.settings)
            text = "Where the API is, such as `https://api.example.com`."
            self.settings[name] = {"type": "string", "description": text}
            return f"{{settings.{name}}}/{template.lstrip('/')}"
        return template

    def _variable(self, variable: Node | None, name: str, node: Node) -> Json:
        if variable is None:
            message = f"nothing says what {quoted('{' + name + '}')} in the URL of the server is"
            self.losses.note("AM625", message, node)
            return {"type": "string"}
        found: Json = {"type": "string"}
        values = [str(plain(item)) for item in items(member(variable, "enum"))]
        default = member(variable, "default")
        if values:
            found["enum"] = values
        if default is not None and not isinstance(default.value, dict | tuple):
            text = default.value if isinstance(default.value, str) else default.span.text
            if (not values or text in values) and _USABLE.fullmatch(text):
                found["default"] = text
        if said(variable, "description"):
            found["description"] = said(variable, "description")
        return found
