"""What a document becomes: names, defaults, and what is said about a spec that does not fit together."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from automcp.ir.model import Effect
from automcp.ir.values import ABSENT
from automcp.pipeline import analyse
from automcp.spec.keywords import DIALECT
from automcp.text.report import Rejected, Report
from automcp.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from .specs import errors, findings, operation, service


def test_the_head_of_a_service() -> None:
    found = service("title: The Shop\nlifespan: true\nwebsite: https://example.com\ngroups: {}")
    assert (found.name.snake, found.key, found.version, found.source) == (
        "shop",
        "shop",
        "1",
        "spec.yaml",
    )
    assert (found.title, found.lifespan, found.website, found.instructions) == (
        "The Shop",
        True,
        "https://example.com",
        None,
    )


@pytest.mark.parametrize(
    ("naming", "tool"),
    [
        ("", "orders_list-all"),
        ('naming: "{group}.{operation}"', "orders.list-all"),
        ('naming: "shop-{operation}"', "shop-list-all"),
    ],
)
def test_names_on_the_wire(naming: str, tool: str) -> None:
    found = service(f"{naming}\ngroups: {{orders: {{operations: {{list-all: {{}}}}}}}}")
    assert [one.tool for one in found.operations] == [tool]
    assert found.operations[0].name.snake == "list_all"


@pytest.mark.parametrize(
    ("naming", "code"),
    [
        ("{", "AM212"),
        ("{group.name}_{operation}", "AM212"),
        ("{group!r}_{operation}", "AM212"),
        ("{operation:>20}", "AM212"),
        ("{}", "AM212"),
        ("{group} {operation}", "AM213"),
        ("x" * 61 + "{operation}", "AM213"),
    ],
)
def test_a_naming_that_cannot_be(naming: str, code: str) -> None:
    found = errors(f'naming: "{naming}"\ngroups: {{orders: {{operations: {{list: {{}}}}}}}}')
    assert [error for error, _ in found] == [code]


def test_defaults_of_an_operation() -> None:
    found = operation("{}")
    assert (found.effect, found.idempotent, found.open_world, found.timeout) == (
        Effect.WRITES,
        False,
        True,
        None,
    )
    assert (found.output, found.errors, found.uses, found.examples) == (None, (), (), ())
    assert found.input.published == {
        "type": "object",
        "properties": {},
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("body", "idempotent", "repeatable"),
    [
        ("effect: reads", True, True),
        ("effect: writes", False, False),
        ("effect: destroys", False, False),
        ("{effect: destroys, idempotent: true}", True, True),
    ],
)
def test_what_may_be_repeated(body: str, idempotent: bool, repeatable: bool) -> None:
    found = operation(body)
    assert (found.idempotent, found.repeatable) == (idempotent, repeatable)


def test_parameters() -> None:
    found = operation(
        """
        params:
          city: {type: string, description: Where.}
          days: {type: integer, default: 3}
          near: {type: string, optional: true}
          any: {default: null}
        """
    ).input
    assert found.form == "params"
    assert [(one.key, one.required, one.default, one.description) for one in found.parameters] == [
        ("city", True, ABSENT, "Where."),
        ("days", False, 3, None),
        ("near", False, ABSENT, None),
        ("any", False, None, None),
    ]
    assert found.published["required"] == ["city"]
    assert found.parameters[2].schema == {"type": "string"}


@pytest.mark.parametrize(
    ("raw", "keys"),
    [
        ("{type: object, properties: {a: {}, b: {default: 1}}, required: [a]}", ["a", "b"]),
        ("{type: object, properties: {a: {}}, allOf: [{required: [a]}]}", []),
        ("{type: object, properties: {a: {}}, patternProperties: {b: {}}}", []),
        ('{type: object, $ref: "#/$defs/x", $defs: {x: {}}}', []),
        ("{type: object}", []),
    ],
)
def test_parameters_of_a_raw_input(raw: str, keys: list[str]) -> None:
    found = operation(f"input: {raw}").input
    assert found.form == "input"
    assert [one.key for one in found.parameters] == keys
    assert [one.key for one in found.parameters if one.required] == keys[:1]


def test_settings() -> None:
    found = service(
        """
        settings:
          base_url: {type: string, default: "https://example.com", description: Where.}
          key: {type: string, secret: true, env: KEY}
          level: {$ref: "#/schemas/Level", optional: true}
        schemas: {Level: {enum: [low, high]}}
        groups: {}
        """
    ).settings
    assert [(one.key, one.env, one.secret, one.optional, one.default) for one in found] == [
        ("base_url", "SHOP_BASE_URL", False, False, "https://example.com"),
        ("key", "KEY", True, False, ABSENT),
        ("level", "SHOP_LEVEL", False, True, ABSENT),
    ]
    assert found[0].schema == {"type": "string", "description": "Where."}
    assert found[2].schema == {
        "$ref": "#/$defs/Level",
        "$defs": {"Level": {"enum": ["low", "high"]}},
    }


def test_errors_carry_their_data() -> None:
    found = service(
        """
        errors:
          Gone: {description: Gone., retryable: true}
          NotFound: {description: None., data: {$ref: "#/schemas/What"}}
        schemas: {What: {type: object}}
        groups: {orders: {operations: {list: {errors: [NotFound, Gone, Gone]}}}}
        """
    )
    gone, missing = found.errors
    assert (gone.data, gone.published, gone.retryable) == (None, None, True)
    assert (missing.data, missing.retryable) == ({"$ref": "#/$defs/What"}, False)
    assert missing.published == {"$ref": "#/$defs/What", "$defs": {"What": {"type": "object"}}}
    assert found.operations[0].errors == (missing, gone)


def test_examples() -> None:
    (found, silent) = operation(
        """
        returns: {type: [string, "null"]}
        examples:
          - {name: a, params: {}, returns: null}
          - {name: b}
        """
    ).examples
    assert (found.returns, silent.returns) == (None, ABSENT)
    assert (silent.arguments, silent.error, silent.error_data) == ({}, None, ABSENT)


@pytest.mark.parametrize(
    ("schemas", "codes"),
    [
        # Recursive data is no loop.
        ('{A: {properties: {a: {$ref: "#/schemas/A"}}}}', []),
        ('{A: {items: {$ref: "#"}}}', []),
        ('{A: {$ref: "#/schemas/A"}}', ["AM205"]),
        ('{A: {not: {$ref: "#"}}}', ["AM205"]),
        (
            '{A: {$ref: "#/schemas/B"}, B: {anyOf: [{$ref: "#/schemas/A"}, {type: string}]}}',
            ["AM205"],
        ),
        ('{A: {$dynamicRef: "#a", $dynamicAnchor: a}}', ["AM205"]),
        ('{A: {$ref: "#/schemas/B", $defs: {B: {}}}, B: {}}', ["AM209"]),
        # One mistake is one finding, wherever the schema is used.
        (
            '{A: {$ref: "#/schemas/X"}, B: {$ref: "#/schemas/A"}, C: {items: {$ref: "#/schemas/A"}}}',
            ["AM203"],
        ),
        ('{A: {type: strin}, B: {$ref: "#/schemas/A"}}', ["AM210"]),
        ('{A: {pattern: "("}, B: {$ref: "#/schemas/A"}}', ["AM211"]),
        # Hostile shapes are findings, not crashes.
        (
            "{A: {$ref: 3, properties: 3, allOf: {}, $id: 3, $anchor: 3, required: 3}}",
            ["AM210"] * 6,
        ),
        ('{A: {$id: "//[x", $ref: "//[y"}}', ["AM204", "AM210", "AM210"]),
        ("{A: {items: [{}]}}", ["AM210"]),
        ("{A: 3}", ["AM101"]),
    ],
)
def test_schemas_that_cannot_be(schemas: str, codes: list[str]) -> None:
    use = 'groups: {g: {operations: {o: {params: {a: {$ref: "#/schemas/A"}}, returns: {$ref: "#/schemas/A"}}}}}'
    assert sorted(code for code, _ in errors(f"schemas: {schemas}\n{use}")) == codes


@pytest.mark.parametrize(
    ("params", "codes"),
    [
        # One text in two places, by a YAML alias, is one mistake.
        ('{a: &a {$ref: "#/nowhere"}, b: *a}', ["AM203"]),
        ("{a: &a {$anchor: x}, b: *a}", ["AM208"]),
        ("{a: {$anchor: x, $dynamicAnchor: x}}", []),
        ("{a: {items: {$anchor: x}, contains: {$anchor: x}}}", ["AM208"]),
        ("{a: {$id: 'urn:a', $anchor: x}, b: {$anchor: x}}", []),
        ("{a: {$defs: {A: {}}, $ref: '#/schemas/A'}}", ["AM209"]),
        ("{a: {$defs: {A: {}}}, b: {$ref: '#/schemas/A'}}", []),
        ("{a: {$schema: 'https://json-schema.org/draft/2020-12/schema#'}}", []),
        ("{a: {items: {$schema: 'http://json-schema.org/draft-04/schema'}}}", ["AM207"]),
    ],
)
def test_parameters_that_cannot_be(params: str, codes: list[str]) -> None:
    found = errors(
        f"schemas: {{A: {{}}}}\ngroups: {{g: {{operations: {{o: {{params: {params}}}}}}}}}"
    )
    assert [code for code, _ in found] == codes


def test_an_anchor_of_a_raw_input_may_be_taken() -> None:
    raw = '{$id: "urn:o", type: object, $anchor: x, properties: {a: {$ref: "#/schemas/A"}}}'
    found = errors(
        f"schemas: {{A: {{$anchor: x}}}}\ngroups: {{g: {{operations: {{o: {{input: {raw}}}}}}}}}"
    )
    assert [code for code, _ in found] == ["AM208"]


def test_a_loop_shows_every_place() -> None:
    (found,) = findings(
        'schemas: {A: {$ref: "#/schemas/B"}, B: {allOf: [{$ref: "#/schemas/A"}]}}\ngroups: {}'
    )
    assert found.at is not None
    assert [found.at.span.text, *(label.span.text for label in found.also)] == [
        '"#/schemas/B"',
        '"#/schemas/A"',
    ]


@pytest.mark.parametrize(
    ("example", "place"),
    [
        ("{params: {days: 9}}", "9"),
        ("{params: {days: 1, more: {}}}", "more"),
        ("{params: {days: 1}, returns: [a, {b: 3}]}", "3"),
        ("{params: {days: 1}, error: {name: Gone, data: {sku: 4}}}", "4"),
        ("{params: {days: 1}, error: Other}", "Other"),
        ("{}", "x"),
    ],
)
def test_a_broken_example_is_shown_at_the_smallest_place(example: str, place: str) -> None:
    found = errors(
        f"""
        errors: {{Gone: {{description: Gone., data: {{type: object, properties: {{sku: {{type: string}}}}}}}}}}
        groups:
          g:
            operations:
              o:
                params: {{days: {{type: integer, maximum: 7}}}}
                returns: {{type: array, items: {{additionalProperties: {{type: string}}}}}}
                errors: [Gone]
                examples: [{{name: x, {example[1:]}]
        """
    )
    assert [at for _, at in found] == [place]


KEYS = st.sampled_from(
    [
        "$ref",
        "$dynamicRef",
        "$id",
        "$anchor",
        "$dynamicAnchor",
        "$schema",
        "$defs",
        "properties",
        "items",
        "allOf",
        "anyOf",
        "not",
        "if",
        "type",
        "enum",
        "const",
        "pattern",
        "patternProperties",
        "required",
        "default",
        "format",
        "minimum",
        "dependentSchemas",
        "x",
    ]
)
TEXTS = st.sampled_from(
    [
        *(
            "",
            "#",
            "#/",
            "#//",
            "#/$defs/x",
            "#/schemas/A",
            "#/schemas/",
            "#/schemas/A%2Fb",
            "#x",
            "#%ff",
            "#~2",
        ),
        *(
            "urn:x",
            "urn:x#x",
            "http://x/y#/z",
            "http://[x",
            "string",
            "object",
            "(",
            "\x1b[31m",
            DIALECT,
        ),
    ]
)
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
SCHEMAS = st.dictionaries(KEYS, JUNK, max_size=4)


@settings(max_examples=300, deadline=None)
@given(
    named=JUNK, param=st.dictionaries(KEYS, JUNK, max_size=4), raw=JUNK, returns=JUNK, value=JUNK
)
def test_junk_is_compiled_or_refused_but_never_crashes(
    named: Any, param: Any, raw: Any, returns: Any, value: Any
) -> None:
    operations = {
        "o": {
            "params": {"a": param},
            "returns": returns,
            "examples": [{"name": "e", "params": {"a": value}, "returns": value}],
        },
        "p": {"input": raw, "errors": ["E"]},
    }
    spec: dict[str, Any] = {
        "automcp": 1,
        "name": "s",
        "version": "1",
        "schemas": {"A": named},
        "errors": {"E": {"description": "e", "data": returns}},
        "groups": {"g": {"operations": operations}},
    }

    def read(name: str) -> Source:
        raise FileNotFoundError(name)

    with suppress(Rejected):
        compiled = analyse(Source("spec.json", json.dumps(spec)), read, Report())
        for one in compiled.operations:
            Draft202012Validator(one.input.published)


def test_all_findings_come_at_once() -> None:
    found = errors(
        """
        settings: {a: {type: string, env: X}, b: {type: string, env: X}}
        groups:
          g:
            operations:
              o: {errors: [Gone], params: {a: {$ref: "#/schemas/A"}}}
              p: {input: {}, returns: {type: 3}}
        """
    )
    assert sorted(code for code, _ in found) == ["AM203", "AM210", "AM215", "AM216", "AM220"]


def test_time_is_linear() -> None:
    schemas = "\n".join(
        f'  S{n}: {{type: object, properties: {{n: {{$ref: "#/schemas/S{n - n % 8}"}}}}}}'
        for n in range(400)
    )
    operations = "\n".join(
        f'      o{n}: {{params: {{a: {{$ref: "#/schemas/S{n % 400}"}}}}, returns: {{$ref: "#/schemas/S{n % 399}"}}}}'
        for n in range(1000)
    )
    start = time.perf_counter()
    found = service(f"schemas:\n{schemas}\ngroups:\n  g:\n    operations:\n{operations}\n")
    assert len(found.operations) == 1000
    assert time.perf_counter() - start < 10


def test_a_name_on_the_wire_may_be_another_one() -> None:
    compiled = service("""
        groups:
          pages:
            operations:
              search: {wire_name: search-pages}
              read: {}
            resources:
              index: {wire_name: "All pages, A-Z", uri: "pages://index"}
            prompts:
              sum: {wire_name: pages.sum, messages: [{text: Sum them up.}]}
    """)
    assert [one.tool for one in compiled.operations] == ["search-pages", "pages_read"]
    assert [one.key for one in compiled.resources] == ["All pages, A-Z"]
    assert [one.key for one in compiled.prompts] == ["pages.sum"]


@pytest.mark.parametrize(
    ("wire_name", "code"),
    [("../../x", "AM213"), ("a b", "AM213"), ("x" * 65, "AM213"), ("g_b", "AM214")],
)
def test_a_name_on_the_wire_has_its_limits(wire_name: str, code: str) -> None:
    text = f"groups: {{g: {{operations: {{a: {{wire_name: {wire_name!r}}}, b: {{}}}}}}}}"
    assert code in [found for found, _ in errors(text)]


def test_a_raw_input_may_be_taken_by_keywords() -> None:
    found = operation(
        """
        input:
          type: object
          title: findArguments
          properties:
            text: {type: string, title: Text}
            near: {$ref: "#/schemas/Place"}
            limit: {type: integer, default: 3}
          required: [text]
        keywords: true
        """,
        "schemas: {Place: {type: string}}",
    )
    assert found.input.form == "params"
    assert [(one.key, one.required) for one in found.input.parameters] == [
        ("text", True),
        ("near", False),
        ("limit", False),
    ]
    assert found.input.published["title"] == "findArguments"
    assert "additionalProperties" not in found.input.published


@pytest.mark.parametrize(
    "schema",
    [
        "{type: object, properties: {a: {}}, anyOf: [{required: [a]}]}",
        "{type: object, properties: {a: {}}, patternProperties: {b: {}}}",
        '{type: object, properties: {a: {$ref: "#/$defs/A"}}, $defs: {A: {type: string}}}',
        '{$ref: "#/schemas/Any"}',
    ],
)
def test_what_cannot_be_taken_by_keywords(schema: str) -> None:
    text = (
        "schemas: {Any: {type: object}}\n"
        f"groups: {{g: {{operations: {{a: {{input: {schema}, keywords: true}}}}}}}}"
    )
    assert "AM250" in [code for code, _ in errors(text)]
