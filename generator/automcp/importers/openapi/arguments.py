"""What an operation takes: each argument once, and where in the request it goes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from ...text.names import Name
from .documents import Documents, Located, Unresolved
from .reading import Json, is_object, member, members, plain
from .words import key_of, unique


@dataclass(slots=True)
class Request:
    """The request of one operation, while it is put together.

    Attributes:
        params: The operation's parameters as a spec has them, by key.
        http: The members of `run.http` that say what is sent.
    """

    params: Json = field(default_factory=dict[str, Json])
    http: Json = field(default_factory=dict[str, Json])

    def claim(self, name: str, place: str) -> str:
        """A free key for a parameter: its own name, unless that is taken or no model could say it."""
        key = key_of(name)
        if self.is_free(key):
            return key
        return unique(f"{key}_{place}", self.params, python_key)

    def is_free(self, key: str) -> bool:
        """Whether no parameter has that key, in the spec or in Python."""
        return python_key(key) not in {python_key(one) for one in self.params}

    def send(self, where: str, name: str, value: Json) -> None:
        """Put a value into `path`, `query`, `headers` or `cookies`."""
        self.http.setdefault(where, {})[name] = value


def python_key(key: str) -> str:
    """What a parameter is called in Python."""
    return Name.parse(key).parameter


def parameter(draft: Json, description: str, *, required: bool) -> Json:
    """A schema as a parameter.

    A default is what the API takes for what was not sent. Sending it instead would be another request: half of an
    update would be undone by it. So it is told, and the argument is optional.
    """
    if not is_object(draft):
        draft = {} if draft else {"not": {}}
    found = {key: value for key, value in draft.items() if key not in ("default", "readOnly")}
    text = description or found.pop("description", "")
    default = None if required else draft.get("default")
    if default is not None and "default" not in text.lower():
        is_text = isinstance(default, str) and default != ""
        shown = default if is_text else json.dumps(default, ensure_ascii=False)
        text = f"{text} Default: `{shown}`.".strip()
    if text:
        found["description"] = text
    if not required:
        found["optional"] = True
    return found


def with_examples(draft: Json, place: Located, documents: Documents) -> Json:
    """A draft with the examples that OpenAPI has beside a schema."""
    if not is_object(draft) or "examples" in draft or "$ref" in draft:
        return draft
    found: list[Json] = []
    example = member(place.node, "example")
    if example is not None:
        found = [plain(example)]
    for _, node in members(member(place.node, "examples")).values():
        try:
            value = member(documents.follow(place.at(node)).node, "value")
        except Unresolved:
            # Told elsewhere.
            continue
        if value is not None:
            found.append(plain(value))
    return {**draft, "examples": found} if found else draft


def only_value(draft: Json, *, required: bool) -> str | int | float | bool | None:
    """The one value that an argument can have; nobody has to give it then."""
    if not required or not is_object(draft):
        return None
    values: list[Json] = [draft["const"]] if "const" in draft else draft.get("enum", [])
    if len(values) != 1 or "nullable" in draft or not isinstance(values[0], str | int | float):
        return None
    return values[0]


def literal(text: str) -> str:
    """A text in which a template finds no placeholder."""
    return text.replace("{", "{{").replace("}", "}}")


def placeholder(key: str) -> str:
    """The template that stands for a parameter."""
    return f"{{{key}}}"


def is_scalar(draft: Json) -> bool:
    """Whether a schema surely allows no list and no object, so that there is one way to write it."""
    if not is_object(draft):
        return False
    types: Json = draft.get("type")
    listed: list[str] = [types] if isinstance(types, str) else types or []
    return bool(listed) and not {"array", "object"} & set(listed)
