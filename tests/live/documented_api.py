"""An API that is made of an OpenAPI document: it checks each request by the document, and answers as that says.

It reads OpenAPI 3.0 and 3.1 in its own way, and shares nothing with the importer, so that both cannot be wrong together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from automcp.targets.cases import NoSample, boundaries, sample
from automcp.targets.cases.schemas import Root

from ..runtime.http.scripted_api import Asked, answer

_METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
_MOST = 12
"""Different answers of one operation."""
_IGNORED = ("accept", "content-type", "authorization")
"""Headers that OpenAPI describes elsewhere."""
_DELIMITERS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|", "simple": ","}


@dataclass
class Documented:
    """The API.

    Attributes:
        base: The path at which the API stands.
        wrong: What requests broke of the document, in words.
        answered: What each operation (`GET /pets`) was asked for and answered, in order; `None` where there is no body.
    """

    document: dict[str, Any]
    base: str = "/v1"
    wrong: list[str] = field(default_factory=list[str])
    answered: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    _answers: dict[str, Iterator[Any]] = field(default_factory=dict[str, "Iterator[Any]"])
    _roots: dict[str, Root] = field(default_factory=dict[str, Root])

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any], list[Any]]]:
        """The path, the method, the operation and its parameters, those of the path included."""
        for path, item in self.document["paths"].items():
            for method in _METHODS:
                if method in item:
                    listed = [*item.get("parameters", []), *item[method].get("parameters", [])]
                    known = {(one["name"], one["in"]): one for one in map(self.follow, listed)}
                    yield path, method.upper(), item[method], list(known.values())

    def __call__(self, asked: Asked) -> bytes:
        parts = urlsplit(asked.target)
        for path, method, operation, parameters in sorted(
            self.operations(), key=lambda one: one[0].count("{")
        ):
            pattern = re.sub(r"\\\{(.+?)\\\}", r"([^/]*)", re.escape(path))
            found = re.fullmatch(pattern, parts.path.removeprefix(self.base))
            if method != asked.method or not found:
                continue
            names = re.findall(r"\{(.+?)\}", path)
            values = {name: unquote(text) for name, text in zip(names, found.groups(), strict=True)}
            label = f"{method} {path}"
            self._check(label, asked, parameters, values, parts.query)
            self._check_body(label, asked, operation)
            return self._answer(label, operation)
        self.wrong.append(f"nothing is at {asked.method} {asked.target}")
        return answer('{"title": "nothing here"}', 404)

    def follow(self, node: Any) -> Any:
        """What a reference leads to."""
        while node is not None and "$ref" in node:
            found: Any = self.document
            for step in str(node["$ref"])[2:].split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            node = found
        return node

    def _check(
        self, label: str, asked: Asked, parameters: list[Any], path: dict[str, str], query: str
    ) -> None:
        pairs = parse_qsl(query, keep_blank_values=True)
        known: set[str] = set()
        for one in parameters:
            name, place = one["name"], one["in"]
            if place == "query":
                found = self._in_query(one, pairs, known)
            elif place == "header" and name.lower() in _IGNORED:
                continue
            elif place == "header":
                said = asked.header(name)
                found = None if said is None else self._parsed(one, [said])
            else:
                found = self._parsed(one, [path[name]]) if name in path else None
            if found is None and one.get("required"):
                self.wrong.append(f"{label}: {name} is missing")
            if found is not None and not any(self._fits(one["schema"], value) for value in found):
                self.wrong.append(f"{label}: {name} is {found}")
        for name in {name for name, _ in pairs} - known:
            self.wrong.append(f"{label}: the document has no {name}")

    def _in_query(self, one: Any, pairs: list[tuple[str, str]], known: set[str]) -> Any:
        name = one["name"]
        if one.get("style") == "deepObject":
            inner = {k[len(name) + 1 : -1]: v for k, v in pairs if k.startswith(name + "[")}
            known |= {f"{name}[{key}]" for key in inner}
            return [_typed(inner)] if inner else None
        texts = [text for key, text in pairs if key == name]
        known.add(name)
        return self._parsed(one, texts) if texts else None

    def _parsed(self, one: Any, texts: list[str]) -> list[Any]:
        """What texts may stand for: as lists, if the schema is one."""
        style = one.get("style", "form" if one["in"] == "query" else "simple")
        explode = one.get("explode", style == "form")
        if self.follow(one["schema"]).get("type") == "array":
            parts = texts if explode and style == "form" else texts[0].split(_DELIMITERS[style])
            return [[value for part in parts for value in _values(part)[:1]], parts]
        return _values(texts[0])

    def _check_body(self, label: str, asked: Asked, operation: dict[str, Any]) -> None:
        body = self.follow(operation.get("requestBody"))
        if body is None:
            if asked.body:
                self.wrong.append(f"{label}: a body came, and none is described")
            return
        said = (asked.header("Content-Type") or "").partition(";")[0]
        if not asked.body and not said:
            if body.get("required"):
                self.wrong.append(f"{label}: no body")
            return
        if said not in body["content"]:
            self.wrong.append(f"{label}: a body in {said}")
        elif not self._fits(body["content"][said]["schema"], json.loads(asked.body)):
            self.wrong.append(f"{label}: the body is {asked.body.decode()}")

    def _answer(self, label: str, operation: dict[str, Any]) -> bytes:
        statuses = sorted(status for status in operation["responses"] if status.startswith("2"))
        response = self.follow(operation["responses"][statuses[0]])
        content = response.get("content", {}).get("application/json")
        status = int(statuses[0])
        if content is None:
            self.answered.setdefault(label, []).append(None)
            return answer(b"", status, None)
        if label not in self._answers:
            self._answers[label] = cycle(self._examples(label, content["schema"]))
        value = next(self._answers[label])
        self.answered.setdefault(label, []).append(value)
        return answer(json.dumps(value), status)

    def _examples(self, label: str, schema: Any) -> list[Any]:
        """A small value that fits, and others with each constraint met as closely as can be."""
        root = self._root(schema, "readOnly")
        try:
            first = sample(root, root.document)
        except NoSample:
            raise AssertionError(f"nothing fits the answer of {label}") from None
        found: list[Any] = [first]
        for one in boundaries(root, first):
            if one.accepted is not None and one.accepted not in found:
                found.append(one.accepted)
            if len(found) == _MOST:
                break
        return found

    def _fits(self, schema: Any, value: Any) -> bool:
        root = self._root(schema, "writeOnly")
        return root.check(root.document).is_valid(value)

    def _root(self, schema: Any, mine: str) -> Root:
        """A schema of the document as JSON Schema 2020-12; `mine` marks the members that belong to this direction."""
        key = mine + json.dumps(schema)
        if key not in self._roots:
            other = "writeOnly" if mine == "readOnly" else "readOnly"
            components = self.document.get("components", {}).get("schemas", {})
            definitions = {name: _modern(one, other) for name, one in components.items()}
            root = {"allOf": [_modern(schema, other)], "components": {"schemas": definitions}}
            self._roots[key] = Root(json.loads(json.dumps(root)))
        return self._roots[key]


def _modern(schema: Any, other: str) -> Any:
    """A schema of OpenAPI 3.0 in the words of 3.1; members that only the other direction has are not required."""
    if isinstance(schema, list):
        return [_modern(one, other) for one in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    members = cast("dict[str, Any]", schema)
    said = {key: _modern(one, other) for key, one in members.items() if key != "discriminator"}
    if "$ref" in said and isinstance(said["$ref"], str):
        return {"$ref": said["$ref"]}
    for key, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if said.get(key) is True:
            said[key] = said.pop(bound)
        elif said.get(key) is False:
            del said[key]
    properties: dict[str, Any] = members.get("properties", {})
    if isinstance(members.get("required"), list):
        said["required"] = [
            key for key in members["required"] if not properties.get(key, {}).get(other)
        ]
    if said.pop("nullable", False) is True:
        return {"anyOf": [said, {"type": "null"}]}
    return said


def _values(text: str) -> list[Any]:
    """What a text may stand for, with the most particular first."""
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return [text] if isinstance(found, str | list | dict) else [found, text]


def _typed(texts: dict[str, str]) -> dict[str, Any]:
    return {key: _values(text)[0] for key, text in texts.items()}
