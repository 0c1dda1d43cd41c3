"""Templates: what is text, what is a placeholder, and where a mistake is."""

from __future__ import annotations

import pytest
from automcp.spec.templates import NoTemplate, Placeholder, parse


def spelled(text: str) -> list[str | tuple[str]]:
    """Texts, and the names of placeholders in tuples."""
    return [(one.name,) if isinstance(one, Placeholder) else one for one in parse(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("plain", ["plain"]),
        ("{a}", [("a",)]),
        ("{a}{b}", [("a",), ("b",)]),
        ("/x/{a}.json", ["/x/", ("a",), ".json"]),
        ("{settings.base_url}/v1", [("settings.base_url",), "/v1"]),
        ("{*}", [("*",)]),
        ("{{", ["{"]),
        ("}}", ["}"]),
        ("{{a}}", ["{a}"]),
        ("{{{a}}}", ["{", ("a",), "}"]),
        ("{a}}}", [("a",), "}"]),
        ("{{}}{{}}", ["{}{}"]),
        ("query {{ me {{ id }} }}", ["query { me { id } }"]),
        ("{X-Request-Id}", [("X-Request-Id",)]),
        ("{filter[name]}", [("filter[name]",)]),
        ("{ a }", [(" a ",)]),
        ("{a:>10}{b!r}", [("a:>10",), ("b!r",)]),
        ("{__class__.__init__}", [("__class__.__init__",)]),
        ("{ключ}\u202e{\x1b[31m}", [("ключ",), "\u202e", ("\x1b[31m",)]),
        ("$a %s \\{{ 100%", ["$a %s \\{ 100%"]),
    ],
)
def test_parts(text: str, parts: list[str | tuple[str]]) -> None:
    assert spelled(text) == parts


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("{", 0, 1),
        ("}", 0, 1),
        ("a{b", 1, 2),
        ("a}b", 1, 2),
        ("{a{b}", 0, 1),
        ("{{a}", 3, 4),
        ("{a}}", 3, 4),
        ("x{}", 1, 3),
        ("{  }", 0, 4),
        ("{a}{b}{", 6, 7),
    ],
)
def test_mistakes(text: str, start: int, end: int) -> None:
    with pytest.raises(NoTemplate) as caught:
        parse(text)
    assert (caught.value.start, caught.value.end) == (start, end)


@pytest.mark.parametrize("text", ["", "plain", "/x/{a}.json", "{a}{b}", "{{{a}}}", "{a b}{c}"])
def test_places_are_those_of_the_braces(text: str) -> None:
    for part in parse(text):
        if isinstance(part, Placeholder):
            assert text[part.start : part.end] == f"{{{part.name}}}"


@pytest.mark.parametrize("text", ["{a}", "{{", "a}}", "{a} "])
def test_many_of_them(text: str) -> None:
    assert len(parse(text * 20_000)) in (1, 20_000, 40_000)


@pytest.mark.parametrize("text", ["{" * 99_999, "{a" * 50_000, "{" + "a" * 100_000, "}" * 99_999])
def test_long_mistakes(text: str) -> None:
    with pytest.raises(NoTemplate):
        parse(text)
