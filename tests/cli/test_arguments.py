"""Words become arguments by what the input schema says of them."""

from __future__ import annotations

import pytest
from automcp.cli.arguments import BadArgument, parse_arguments

SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "maybe": {"type": ["string", "null"]},
        "count": {"type": "integer"},
        "share": {"type": ["number", "null"]},
        "on": {"type": "boolean"},
        "list": {"type": "array"},
        "record": {"type": "object"},
        "unit": {"enum": ["metric", "imperial"]},
        "level": {"enum": [1, 2]},
        "kind": {"const": "x"},
        "named": {"$ref": "#/$defs/Id"},
        "loop": {"$ref": "#/$defs/Loop"},
        "either": {"anyOf": [{"type": "integer"}, {"$ref": "#/$defs/Id"}]},
        "neither": {"oneOf": [{"type": "integer"}, {"type": "null"}]},
        "open": {"anyOf": [{"type": "integer"}, {}]},
        "all": {"allOf": [{"minLength": 1}, {"type": "string"}]},
        "any": True,
        "new line": {"type": "string"},
    },
    "additionalProperties": False,
    "$defs": {"Id": {"type": "string"}, "Loop": {"$ref": "#/$defs/Loop"}},
}

GOOD = [
    ("text=12", "12"),
    ("text=", ""),
    ("text=a=b", "a=b"),
    ("text=null", "null"),
    ("maybe=null", "null"),
    ("maybe:=null", None),
    ("count=12", 12),
    ("count:=1.5", 1.5),
    ("share=1.5", 1.5),
    ("share=null", None),
    ("on=true", True),
    ('list=[1, "a"]', [1, "a"]),
    ('record={"a": null}', {"a": None}),
    ("unit=metric", "metric"),
    ("level=2", 2),
    ("kind=5", "5"),
    ("named=007", "007"),
    ("either=5", "5"),
    ("neither=5", 5),
    ("open=5", 5),
    ("open=x", "x"),
    ("all=5", "5"),
    ("any=[1]", [1]),
    ("any=hello", "hello"),
    ("loop=x", "x"),
    ('text:="quoted"', "quoted"),
    ("new line=x", "x"),
]


@pytest.mark.parametrize(("word", "value"), GOOD)
def test_value(word: str, value: object) -> None:
    (read,) = parse_arguments([word], SCHEMA).values()
    assert read == value
    assert type(read) is type(value)


BAD = [
    (["text"], "'text' is not key=value"),
    (["=x"], "'=x' is not key=value"),
    (["text=a", "text=b"], "text is given twice"),
    (["count=many"], "count has to be integer: 'many'"),
    (["share=NaN"], "share has to be null or number: 'NaN'"),
    (["count:=x"], "count has to be JSON: 'x'"),
    (["list=" + "[" * 100_000], "list has to be array"),
    (["txt=a"], "no argument 'txt': did you mean `text`?"),
]


@pytest.mark.parametrize(("words", "message"), BAD)
def test_refused(words: list[str], message: str) -> None:
    with pytest.raises(BadArgument) as caught:
        parse_arguments(words, SCHEMA)
    assert str(caught.value).startswith(message)


def test_an_open_schema_takes_any_key() -> None:
    assert parse_arguments(["a=1", "b=x"], {"type": "object"}) == {"a": 1, "b": "x"}
