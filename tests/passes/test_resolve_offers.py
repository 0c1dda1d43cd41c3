"""What resolving makes of resources, prompts, questions, policies and the other offers."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.ir.model import Service
from automcp.ir.offers import Auth, Cache, Policy, PromptMessage
from automcp.pipeline import analyse
from automcp.resolve import headers
from automcp.targets.surface import surface
from automcp.text.report import Report
from automcp.text.source import Source


def resolved(text: str) -> Service:
    def read(path: str) -> Source:
        raise FileNotFoundError(path)

    head = 'automcp: 1\nname: shop\nversion: "1.0.0"\n'
    return analyse(Source("spec.yaml", head + text), read, Report())


FULL = """
icons: [{src: "https://example.com/i.png", mime: image/png, sizes: [48x48], theme: dark}]
settings: {issuer: {type: string}}
auth: {issuer: "{settings.issuer}", resource: "https://example.com/mcp", scopes: [use]}
health: /health
cache: {tools: {ttl: 1m, scope: public}, read: {ttl: 500ms}}
page_size: 50
extensions: {com.example/charts: {colours: 3}}
policies: {staff: {scopes: [staff], deny: {clients: [evil]}}}
questions:
  confirm: {message: Sure?, form: {type: object, properties: {sure: {type: boolean}}}}
  visit: {message: Look., url: "https://example.com"}
errors: {Gone: {description: It is gone.}}
groups:
  docs:
    description: Documents.
    tags: [paper]
    policy: {allow: {subjects: [ada]}}
    operations:
      draw:
        title: Draw
        description: Draws.
        content: [text, image]
        params: {size: {type: integer, header: Size, description: How large}}
        needs: [sampling, elicitation.url, com.example/charts]
        asks: [confirm, visit]
        task: optional
        ui: docs.page
        policy: staff
        tags: [art]
        meta: {com.example/rank: 1}
        icons: [{src: "https://example.com/d.png"}]
    resources:
      about: {uri: "docs://about", description: About., text: Hi., audience: [user], priority: 0.5, size: 3}
      page: {uri: "ui://docs/page", description: A page., binary: false}
      note:
        uri: "docs://notes/{id}{?words*}"
        title: A note
        description: A note.
        returns: {type: object}
        variables: {id: {type: string, maxLength: 5, description: Which, complete: true}, words: {complete: [a, b]}}
        subscribable: true
        cache: {ttl: 2s}
        errors: [Gone]
        timeout: 3s
    prompts:
      review:
        description: Reviews.
        arguments: {code: {description: What, complete: true}, tone: {optional: true}}
        messages: [{text: "Review {code} {tone}"}, {role: assistant, text: Well.}]
      plan: {description: Plans., asks: [confirm]}
"""


@pytest.fixture(scope="module")
def full() -> Service:
    return resolved(FULL)


def test_the_head(full: Service) -> None:
    assert full.auth == Auth("{settings.issuer}", "https://example.com/mcp", ("use",), None)
    assert full.caches == {
        "tools/list": Cache(60_000, "public"),
        "resources/read": Cache(500, "private"),
    }
    assert (full.page_size, full.health) == (50, "/health")
    assert full.extensions == {"com.example/charts": {"colours": 3}}
    assert [(one.key, one.form is not None, one.url) for one in full.questions] == [
        ("confirm", True, None),
        ("visit", False, "https://example.com"),
    ]


def test_an_operation(full: Service) -> None:
    (draw,) = full.operations
    assert (draw.content, draw.task, draw.ui) == (("text", "image"), "optional", "ui://docs/page")
    assert draw.needs == ("sampling", "elicitation.url", "com.example/charts")
    assert [one.key for one in draw.asks] == ["confirm", "visit"]
    assert draw.headers == {"size": "Size"}
    assert draw.input.published["properties"] == {
        "size": {"description": "How large", "type": "integer", "x-mcp-header": "Size"}
    }
    assert draw.policies == (
        Policy(allow_subjects=("ada",)),
        Policy(scopes=("staff",), deny_clients=("evil",)),
    )


def test_resources(full: Service) -> None:
    about, page, note = full.resources
    assert (about.literal, about.mime_type, about.content) == ("Hi.", "text/plain", "text")
    assert page.mime_type == "text/html;profile=mcp-app"
    assert (note.content, note.mime_type, note.timeout) == ("json", "application/json", 3)
    assert [(one.key, one.exploded, one.completion) for one in note.variables] == [
        ("id", False, "handler"),
        ("words", True, ("a", "b")),
    ]
    assert [error.key for error in note.errors] == ["Gone"]


def test_prompts(full: Service) -> None:
    review, plan = full.prompts
    assert [(one.key, one.required, one.completion) for one in review.arguments] == [
        ("code", True, "handler"),
        ("tone", False, None),
    ]
    assert review.messages == (
        PromptMessage("user", "Review {code} {tone}"),
        PromptMessage("assistant", "Well."),
    )
    assert [one.key for one in plan.asks] == ["confirm"]


def test_the_surface(full: Service) -> None:
    said: Any = surface(full)
    (tool,) = said["tools"]
    assert tool["_meta"] == {
        "com.example/rank": 1,
        "tags": ["paper", "art"],
        "ui": {"resourceUri": "ui://docs/page"},
    }
    assert tool["icons"] == [{"src": "https://example.com/d.png"}]
    assert said["server"]["icons"] == [
        {"src": "https://example.com/i.png", "mimeType": "image/png", "sizes": ["48x48"], "theme": "dark"}
    ]  # fmt: skip
    assert said["needs"] == {
        "docs_draw": {
            "sampling": {},
            "elicitation": {"url": {}},
            "extensions": {"com.example/charts": {}},
        }
    }
    assert said["resources"][0] == {
        "uri": "docs://about",
        "name": "docs_about",
        "description": "About.",
        "mimeType": "text/plain",
        "annotations": {"audience": ["user"], "priority": 0.5},
        "_meta": {"tags": ["paper"]},
        "size": 3,
    }
    assert said["templates"][0]["uriTemplate"] == "docs://notes/{id}{?words*}"
    assert said["variables"] == {
        "docs://notes/{id}{?words*}": {
            "id": {"description": "Which", "type": "string", "maxLength": 5}
        }
    }
    assert said["completions"] == {
        "prompts": {"docs_review": {"code": True}},
        "resources": {"docs://notes/{id}{?words*}": {"id": True, "words": ["a", "b"]}},
    }
    assert said["policies"]["tools"]["docs_draw"] == [
        {"allowSubjects": ["ada"]},
        {"scopes": ["staff"], "denyClients": ["evil"]},
    ]
    assert said["caches"] == {
        "tools/list": {"ttlMs": 60_000, "cacheScope": "public"},
        "resources/read": {"ttlMs": 500, "cacheScope": "private"},
        "resources": {"docs://notes/{id}{?words*}": {"ttlMs": 2000, "cacheScope": "private"}},
    }
    assert list(said["extensions"]) == [
        "io.modelcontextprotocol/tasks",
        "io.modelcontextprotocol/ui",
        "com.example/charts",
    ]


def test_what_a_spec_does_not_use_is_no_member_of_its_surface() -> None:
    said = surface(resolved("groups: {g: {description: G., operations: {f: {description: F.}}}}"))
    assert list(said) == ["server", "tools", "outputs", "wrapped"]


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ({"properties": {"a": {"type": "string", "x-mcp-header": "A"}}}, None),
        ({"properties": {"a": {"properties": {"b": {"type": "boolean", "x-mcp-header": "B"}}}}}, None),
        ({"properties": {"a": {"default": {"x-mcp-header": "B"}}}}, None),
        ({"x-mcp-header": "A"}, "only a property"),
        ({"items": {"type": "string", "x-mcp-header": "A"}}, "only a property"),
        ({"$defs": {"A": {"type": "string", "x-mcp-header": "A"}}}, "only a property"),
        ({"properties": {"a": {"type": "number", "x-mcp-header": "A"}}}, "only a string"),
        ({"properties": {"a": {"x-mcp-header": "A"}}}, "only a string"),
        ({"properties": {"a": {"type": "string", "x-mcp-header": "a b"}}}, "RFC 9110"),
        ({"properties": {"a": {"type": "string", "x-mcp-header": 3}}}, "RFC 9110"),
        ({"properties": {"a": {"type": "string", "x-mcp-header": "A"}, "b": {"type": "string", "x-mcp-header": "a"}}}, "same header"),
    ],
)  # fmt: skip
def test_headers(schema: dict[str, Any], problem: str | None) -> None:
    found = list(headers.problems(schema))
    assert len(found) == (problem is not None)
    assert problem is None or problem in found[0]
