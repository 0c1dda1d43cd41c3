"""Reading YAML and JSON: values, places, and everything that a hostile file may hold."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping

import pytest
from automcp.spec.document import Node
from automcp.spec.load import beside, limits, load, load_all
from automcp.spec.load.limits import DEPTH, TEXT
from automcp.text.report import Report
from automcp.text.source import Source
from hypothesis import given
from hypothesis import strategies as st

from .nodes import read, value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("on", "on"),
        ("n", "n"),
        ("12", 12),
        ("-0", 0),
        ("+7", 7),
        ("012", 12),
        ("0o14", 12),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5E-1", -0.05),
        ("1.2.3", "1.2.3"),
        (".", "."),
        ("+", "+"),
        ("<<", "<<"),
        ("=", "="),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("'12'", "12"),
        ('"true"', "true"),
        ("! 12", "12"),
        ("!!str 12", "12"),
        ("!!float 1", 1),
        ("!!null ''", None),
        ('"\\U0001F600"', "😀"),
    ],
)
def test_scalars_are_yaml_1_2(text: str, value: object) -> None:
    found = value_of(f"a: {text}\n")["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("404: a\ntrue: b\n~: c\n1.0: d\n", {"404": "a", "true": "b", "~": "c", "1.0": "d"}),
        ("a: &x {b: 1}\n<<: *x\nc: *x\n", {"a": {"b": 1}, "<<": {"b": 1}, "c": {"b": 1}}),
        ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}),
        ("&k a: 1\nb: *k\n", {"a": 1, "b": "a"}),
        ("a: [b: 1, c]\n", {"a": [{"b": 1}, "c"]}),
        ("a: |\n  b\n\n  c\n\n\nd: >-\n  e\n  f\n", {"a": "b\n\nc\n", "d": "e f"}),
        ("%YAML 1.2\n---\na: 1\n...\n", {"a": 1}),
        ("a: 1\r\nb:\r\n  - c\r\n", {"a": 1, "b": ["c"]}),
        ("\ufeffa: 1\n", {"a": 1}),
        ('{"a": "\\ud83d\\ude00"}', {"a": "😀"}),
        ("{a: b}", {"a": "b"}),
    ],
)
def test_documents(text: str, value: object) -> None:
    assert value_of(text) == value


def spans(node: Node) -> Iterator[str]:
    """The text below each key and value, in the order of the source."""
    yield node.span.text
    if isinstance(node.value, tuple):
        for item in node.value:
            yield from spans(item)
    elif isinstance(node.value, Mapping):
        for key, value in node.value.values():
            yield key.span.text
            yield from spans(value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "\ufeff😀: [é, 'x']\nb:\n  c: |\n    d\n\n\n# end\ne: {f: *x}\n".replace("*x", "1"),
            ["[é, 'x']", "é", "'x'", "c: |\n    d", "|\n    d", "{f: 1}", "1"],
        ),
        ("a:\nb: 1\n", ["", "1"]),
        ("a: &x [1]\nb: *x\n", ["&x [1]", "1", "*x", "1"]),
        ("- [a: b]\n", ["[a: b]", "a: b", "b"]),
        ("a:\n- b:\n\n  # c\n", ["- b:", "b:", ""]),
    ],
)
def test_places(text: str, wanted: list[str]) -> None:
    node, _ = read(text)
    keys = {"😀", "a", "b", "c", "e", "f"}
    assert [part for part in spans(node) if part not in keys][1:] == [
        part for part in wanted if part not in keys
    ]


def test_places_of_json() -> None:
    text = ' {"a": [1, -2.5e1, "\\ud83d\\ude00"],\n"b": null}'
    node, found = read(text, "spec.json")
    assert found == []
    assert list(spans(node)) == [
        text.strip(),
        '"a"',
        '[1, -2.5e1, "\\ud83d\\ude00"]',
        "1",
        "-2.5e1",
        '"\\ud83d\\ude00"',
        '"b"',
        "null",
    ]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_json_means_what_it_means_to_others(value: object, ascii: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii, indent=indent)
    assert json.dumps(value_of(text, "spec.json")) == json.dumps(value)


@pytest.mark.parametrize(
    "text",
    [
        "[1,]", "[,1]", "{'a': 1}", '{"a" 1}', '{"a": }', "[1 2]", "01", "+1", ".5", "1.", "NaN",
        "-Infinity", "True", '"a', '"\\x41"', '"\\u12"', '"\t"', '"a\nb"', "[", "{", '{"a"', "// x",
        "1 2", "[1]]", "\x00", "\u00a01",
    ],
)  # fmt: skip
def test_json_is_strict(text: str) -> None:
    _, found = read(text, "spec.json")
    assert [diagnostic.code for diagnostic in found] == ["AM004"]


@given(st.text() | st.text(alphabet=" \n\t:-?[]{},&*!|>'\"%#ab1.\\"))
def test_no_text_breaks_the_reader(text: str) -> None:
    for name in ("spec.yaml", "spec.json"):
        _, found = read(text, name)
        for diagnostic in found:
            assert diagnostic.at is not None
            assert 0 <= diagnostic.at.span.start <= diagnostic.at.span.end <= len(text)


def bomb(width: int, height: int) -> str:
    lines = ["a0: &a0 [" + ", ".join("x" * width) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * width) + "]" for n in range(1, height)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (bomb(10, 50), "spec.yaml"),
        (
            "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 200)),
            "spec.yaml",
        ),
        ("[" * 200 + "]" * 200, "spec.yaml"),
        ("[" * 100_000, "spec.json"),
        ('{"a":' * 100_000, "spec.json"),
        ("- " * 5_000, "spec.yaml"),
        ("? " * 5_000, "spec.yaml"),
        ("[" + "1," * 600_000 + "1]", "spec.json"),
        ("x" * (TEXT + 1), "spec.yaml"),
    ],
)
def test_what_would_exhaust_the_machine_is_refused(text: str, name: str) -> None:
    _, found = read(text, name)
    assert [diagnostic.code for diagnostic in found] == ["AM005"]


def test_depth_up_to_the_limit_is_read() -> None:
    text = "[" * DEPTH + "]" * DEPTH
    assert value_of(text) == value_of(text, "spec.json")


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        (
            "a: 1\na: 2\nb: .nan\nc: !x 1\n[d]: 1\n",
            "spec.yaml",
            ["AM006", "AM009", "AM008", "AM007"],
        ),
        ('{"a": "\\ud800", "a": 1e999}', "spec.json", ["AM009", "AM006", "AM009"]),
        ("a: 0x" + "f" * 2000, "spec.yaml", ["AM009"]),
        ("[" + "9" * 5000 + "]", "spec.json", ["AM009"]),
        ("*a : 1", "spec.yaml", ["AM010"]),
        ("a: &a [*a]", "spec.yaml", ["AM010"]),
        ("a: &x [1]\n*x : 1", "spec.yaml", ["AM007"]),
        ("", "spec.yaml", ["AM012"]),
        (" \n", "spec.json", ["AM012"]),
        ("\ufeff", "spec.yaml", ["AM012"]),
        ("a: 1\n---\nb: 2\n---\nc: 3\n", "spec.yaml", ["AM011"]),
        ("a: \x7f", "spec.yaml", ["AM002"]),
        ("a: \ud800", "spec.yaml", ["AM002"]),
        ("a: b\ufeff", "spec.yaml", ["AM002"]),
    ],
)
def test_findings(text: str, name: str, codes: list[str]) -> None:
    _, found = read(text, name)
    assert sorted(diagnostic.code for diagnostic in found) == sorted(codes)


def loaded(files: dict[str, str], root: str = "spec.yaml") -> tuple[object, list[str], list[str]]:
    """What is read from files in memory: the loaded spec, the paths asked for, the codes found."""
    asked: list[str] = []

    def read_file(path: str) -> Source:
        asked.append(path)
        if path not in files:
            raise FileNotFoundError(2, "No such file or directory", path)
        return Source(path, files[path])

    report = Report()
    found = load_all(Source(root, files[root]), read_file, report)
    return found, asked, [diagnostic.code for diagnostic in report]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: {b: {c: {d: {e: [1, 2]}}}}", 13),
        ("a: &x [1, 2]\nb: *x\nc: *x", 13),
        ("[[[[[[]]]]]]", 6),
    ],
)
def test_every_value_counts_once_however_deep_it_lies(
    text: str, values: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys count too; an alias counts as what it stands for."""
    monkeypatch.setattr(limits, "NODES", values)
    assert read(text)[1] == []
    monkeypatch.setattr(limits, "NODES", values - 1)
    assert [found.code for found in read(text)[1]] == ["AM005"]


def test_includes_come_in_order_and_once() -> None:
    files = {
        "api/spec.yaml": "include: [./a.yaml, b.yml, ./a.yaml]",
        "api/a.yaml": "include: [sub/c.json]",
        "api/b.yml": "include: [./sub/../sub/c.json]",
        "api/sub/c.json": '{"include": ["../../d.yaml"]}',
        "d.yaml": "{}",
    }
    report = Report()
    found = load_all(
        Source("api/spec.yaml", files["api/spec.yaml"]),
        lambda path: Source(path, files[path]),
        report,
    )
    assert list(report) == []
    assert found.root == "api/spec.yaml"
    assert found.included == ("api/a.yaml", "api/sub/c.json", "d.yaml", "api/b.yml")
    assert set(found.files) == set(files)


def test_references_are_followed_but_data_is_not() -> None:
    _, asked, codes = loaded(
        {
            "./spec.yaml": """
schemas:
  A: {$ref: "a.yaml#/schemas/A"}
  default: {$ref: "./b.json#/schemas/B"}
  C: {default: {$ref: "data.yaml#"}, enum: [{$ref: "data.yaml#"}], $ref: "#/schemas/A"}
  D: {$ref: "https://example.com/d.yaml#/D", items: {$ref: "a.yaml#/schemas/B"}}
  E: {$ref: "tree"}
groups:
  g: {operations: {o: {examples: [{returns: {$ref: "data.yaml#"}}]}}}
""",
            "a.yaml": 'schemas: {A: {$ref: "spec.yaml#/schemas/A"}}\ninclude: [never.yaml]',
            "b.json": '{"schemas": {"B": {"properties": {"default": {"$ref": "c.yml#/schemas/X"}}}}}',
            "c.yml": '$ref: "c.yml#/schemas/X"',
        },
        "./spec.yaml",
    )
    assert sorted(asked) == ["a.yaml", "b.json", "c.yml"]
    assert codes == []


@pytest.mark.parametrize(
    ("spec", "asked", "codes"),
    [
        ("include: [/etc/a.yaml]", [], ["AM014"]),
        ("include: ['C:\\a.yaml']", [], ["AM014"]),
        ("include: ['\\\\host\\a.yaml']", [], ["AM014"]),
        ("include: ['//host/a.yaml']", [], ["AM014"]),
        ("include: [file:///a.yaml, http://x/a.yaml]", [], ["AM014", "AM014"]),
        ("include: [.env, a.py, '']", [], ["AM014", "AM014", "AM014"]),
        ("include: 7\nschemas: {A: {$ref: 7}}", [], []),
        ("include: [a.yaml, a.yaml]\nschemas: {A: {$ref: 'a.yaml#'}}", ["a.yaml"], ["AM001"]),
        ("include: [spec.yaml]", [], ["AM013"]),
    ],
)
def test_only_spec_files_are_read(spec: str, asked: list[str], codes: list[str]) -> None:
    _, read_paths, found = loaded({"spec.yaml": spec})
    assert (read_paths, found) == (asked, codes)


def test_endless_includes_end() -> None:
    def read_file(path: str) -> Source:
        return Source(path, f"include: [x{path}]")

    report = Report()
    load_all(Source("a.yaml", "include: [xa.yaml]"), read_file, report)
    assert [diagnostic.code for diagnostic in report] == ["AM005"]


@pytest.mark.parametrize(
    ("name", "path", "key"),
    [
        ("spec.yaml", "./a.yaml", "a.yaml"),
        ("x/spec.yaml", "../a.yaml", "a.yaml"),
        ("/srv/spec.yaml", "b/a.yaml", "/srv/b/a.yaml"),
        ("<stdin>", "a.yaml", "a.yaml"),
    ],
)
def test_beside(name: str, path: str, key: str) -> None:
    assert beside(name, path) == key


def test_a_large_spec_is_read_quickly() -> None:
    text = "groups:\n" + "".join(
        f"  g{n}:\n    operations:\n      o: {{description: Does it., params: {{a: {{type: string}}}}}}\n"
        for n in range(5_000)
    )
    start = time.perf_counter()
    load(Source("spec.yaml", text), Report())
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: b: c\n", ":", '": " inside of plain text'),
        ("a:b\nc: 1\n", ":", "no space behind this colon"),
        ("c: 1\na:b\n", ":", "no space behind this colon"),
        ("a: 1\nb\nc: 1\n", "b", "no colon behind this key"),
        ("a: 1\n  bc: 2\n", "bc", "indented deeper"),
        ("a:\n  b: 1\n c: 2\n", "c:", "fits no line above"),
        ("a:\n\tb: 1\n", "\t", "a tab cannot indent"),
        ("a: @b\n", "@", 'cannot start with "@"'),
        ("a: 'b\nc: d\n", "'", "this quote is never closed"),
        ("a: 'it's'\n", "s'", "unexpected text behind a value"),
        ("a: {b: 1\n", "{", 'this "{" is never closed'),
        ("a: [b\nc: d\n", ":", 'expected "," or "]"'),
        ("a: ]\n", "]", "expected a value"),
        ("a: - b\n", "-", "a list cannot start on the line of its key"),
        ("- a\nb: c\n", "b:", "a key between the items of a list"),
        ('a: "\\q"\n', "\\q", "no such escape"),
        ('a: "\\ud83d\\ude00"\n', "\\u", "no such escape"),
    ],
)
def test_broken_yaml_is_told_at_the_smallest_place(text: str, place: str, words: str) -> None:
    _, (found,) = read(text)
    assert found.at is not None
    assert (found.code, found.at.span.text) == ("AM003", place)
    assert words in found.message


def test_half_a_surrogate_pair_goes_nowhere() -> None:
    _, asked, codes = loaded({"spec.json": '{"include": ["\\ud800.yaml"]}'}, "spec.json")
    assert asked == ["\ufffd.yaml"]
    assert codes == ["AM001", "AM009"]
