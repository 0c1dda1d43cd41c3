"""Values in headers and cookies (OpenAPI 3.1.1 and 3.2, "Serializing Headers and Cookies"; RFC 9110, section 5.5)."""

from __future__ import annotations

import re

from ..shared.failure import ArgumentError
from .words import defined, escaped, word

Header = tuple[str, str]

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def header(name: str, value: object, *, explode: bool = False) -> Header | None:
    """A header: `blue`, `blue,black`, `R,100,G,200`, exploded `R=100,G=200`; `None` for what was not sent, and `null`.

    Nothing is percent-encoded; what is not ASCII goes out as UTF-8.

    Raises:
        ArgumentError: It holds a line end or another control character.
    """
    json = defined(name, value)
    if json is None:
        return None
    if isinstance(json, list):
        text = ",".join(map(word, json))
    elif isinstance(json, dict):
        between = "=" if explode else ","
        text = ",".join(f"{key}{between}{word(member)}" for key, member in json.items())
    else:
        text = word(json)
    return name, field_value(name, text)


def field_value(name: str, text: str) -> str:
    """`text` as a header's value. Raises `ArgumentError` if it holds a control character."""
    if _CONTROL.search(text):
        raise ArgumentError(name, "must not hold control characters: it becomes a header")
    return text.strip(" \t")


def cookie(name: str, value: object, *, explode: bool = True) -> str:
    """A cookie, percent-encoded: `color=blue`; not exploded `color=blue,black`; `""` for what was not sent, and `null`.

    Exploded lists and objects are several cookies, as in the style `cookie` of OpenAPI 3.2: the `&` between
    them that earlier versions ask for is no separator of cookies.

    Raises:
        ArgumentError: It holds a line end or another control character.
    """
    json = defined(name, value)
    if json is None:
        return ""
    if isinstance(json, dict):
        pairs = [(key, word(member)) for key, member in json.items()]
        flat = [text for pair in pairs for text in pair]
    else:
        flat = [word(item) for item in json] if isinstance(json, list) else [word(json)]
        pairs = [(name, text) for text in flat]
    if _CONTROL.search("".join(flat)):
        raise ArgumentError(name, "must not hold control characters: it becomes a cookie")
    if explode:
        return "; ".join(f"{escaped(key)}={escaped(text)}" for key, text in pairs)
    return f"{escaped(name)}={','.join(map(escaped, flat))}"
