"""What resolving makes of `backends`: every kind, its defaults, and who may be named where."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.ir.backends import (
    ApiKey,
    Basic,
    Bearer,
    ClientCredentials,
    Configured,
    FilesBackend,
    HttpBackend,
    McpBackend,
    SqlBackend,
    Template,
)

from .specs import errors, findings, service

SETTINGS = """
    settings:
      url: {type: string, default: "https://api.example.com/v1"}
      host: {type: string}
      port: {type: integer, default: 8080}
      other_port: {type: integer}
      token: {type: string, secret: true, optional: true}
      user: {type: string, optional: true}
      list: {type: array, default: []}
"""


def backend(text: str) -> Any:
    """The kind of the backend `it`."""
    (one,) = service(f"{SETTINGS}    backends: {{it: {text}}}\n").backends
    return one.kind


def wrong(text: str) -> list[tuple[str, str]]:
    return errors(f"{SETTINGS}    backends: {{it: {text}}}\n")


TOKEN = Template((Configured("token"),))


def test_defaults_of_http() -> None:
    assert backend('{http: {url: "{settings.url}"}}') == HttpBackend(
        url=Template((Configured("url"),)), schemes={}, auth=(), headers={}, timeout=30, retries=2
    )


def test_http() -> None:
    found = backend(
        """{http: {
            url: "https://{settings.host}:{settings.port}/v1", timeout: 500ms, retries: 0,
            headers: {User-Agent: "a {{b}}", X-T: "{settings.token}"},
            auth: {
              a: {bearer: "{settings.token}"}, b: {basic: {user: "{settings.user}", password: ""}},
              c: {key: "k-{settings.token}", header: X-Key}, d: {key: "{settings.token}", query: "the key"},
              e: {key: "{settings.token}", cookie: sid},
              f: {oauth: {token_url: "{settings.url}", client_id: me, client_secret: "{settings.token}", scopes: [a, b, a]}}},
            use: [a, [b, c], []]}}"""
    )
    assert isinstance(found, HttpBackend)
    assert found.url.pieces == ("https://", Configured("host"), ":", Configured("port"), "/v1")
    assert (found.timeout, found.retries) == (0.5, 0)
    assert found.headers == {"User-Agent": Template(("a {b}",)), "X-T": TOKEN}
    assert found.schemes == {
        "a": Bearer(TOKEN),
        "b": Basic(Template((Configured("user"),)), Template(())),
        "c": ApiKey("header", "X-Key", Template(("k-", Configured("token")))),
        "d": ApiKey("query", "the key", TOKEN),
        "e": ApiKey("cookie", "sid", TOKEN),
        "f": ClientCredentials(
            Template((Configured("url"),)), Template(("me",)), TOKEN, ("a", "b")
        ),
    }
    assert found.auth == (("a",), ("b", "c"), ())


def test_each_scheme_alone_is_used_without_use() -> None:
    found = backend(
        '{http: {url: "https://a.example", auth: {b: {bearer: "{settings.token}"}, a: {key: "{settings.token}", query: q}}}}'
    )
    assert found.auth == (("b",), ("a",))


def test_the_others() -> None:
    assert backend("{sql: {url: 'sqlite:a.db'}}") == SqlBackend(Template(("sqlite:a.db",)))
    assert backend("{files: {root: '{settings.host}/x'}}") == FilesBackend(
        Template((Configured("host"), "/x"))
    )
    command = "{mcp: {command: [uvx, '{settings.host}'], env: {A: '{settings.token}'}, cwd: x}}"
    assert backend(command) == McpBackend(
        command=(Template(("uvx",)), Template((Configured("host"),))),
        url=None,
        environment={"A": TOKEN},
        folder=Template(("x",)),
        headers={},
    )
    remote = backend("{mcp: {url: 'https://a.example/mcp', headers: {X: '{settings.token}'}}}")
    assert (remote.command, remote.url) == ((), Template(("https://a.example/mcp",)))
    assert remote.headers == {"X": TOKEN}


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "http://localhost:8080/",
        "https://[::1]:80/x",
        "{settings.url}",
        "{settings.host}",
        "{settings.host}/v1",
        "https://{settings.host}",
        "http://127.0.0.1:{settings.port}",
        "http://127.0.0.1:{settings.other_port}",
        "https://a.example/{settings.port}/x",
    ],
)
def test_urls(url: str) -> None:
    assert wrong(f'{{http: {{url: "{url}"}}}}') == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("a.example", "AM237"),
        ("/v1", "AM237"),
        ("ftp://a.example", "AM237"),
        ("file:///etc/passwd", "AM237"),
        ("https://", "AM237"),
        ("https://a.example?x=1", "AM237"),
        ("https://a.example/#x", "AM237"),
        ("https://user:password@a.example", "AM237"),
        ("https://a.example/\\r\\nX: y", "AM237"),
        ("https://a.example:0", "AM237"),
        ("https://{settings.nope}", "AM224"),
        ("https://{host}", "AM233"),
        ("https://{*}", "AM233"),
        ("{settings.user}", "AM234"),
        ("https://a.example/{settings.user}", "AM234"),
        ("https://{settings.list}", "AM235"),
        ("https://{settings.host", "AM232"),
    ],
)
def test_wrong_urls(url: str, code: str) -> None:
    assert [found for found, _ in wrong(f'{{http: {{url: "{url}"}}}}')] == [code]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{files: {root: '{settings.user}'}}", [("AM234", "{settings.user}")]),
        ("{files: {root: 'a{x}'}}", [("AM233", "{x}")]),
        ('{files: {root: "a\\0b"}}', [("AM237", '"a\\0b"')]),
        ("{sql: {url: 'mysql://a'}}", [("AM237", "'mysql://a'")]),
        ("{sql: {url: 'notes.db'}}", [("AM237", "'notes.db'")]),
        ("{sql: {url: '{settings.host}'}}", []),
        ("{sql: {url: '{settings.url}'}}", [("AM237", "'{settings.url}'")]),
        ("{mcp: {command: ['{settings.user}']}}", [("AM234", "{settings.user}")]),
        ("{mcp: {command: [a, '{settings.user}', '{x}']}}", [("AM233", "{x}")]),
        ("{mcp: {url: 'a'}}", [("AM237", "'a'")]),
        (
            "{http: {url: 'https://a.example', headers: {Content-Length: '1', Host: b}}}",
            [("AM237", "Content-Length")],
        ),
        (
            '{http: {url: "https://a.example", headers: {A: "b\\nC: d"}}}',
            [("AM237", '"b\\nC: d"')],
        ),
        ("{http: {url: 'https://a.example', use: [a, [b]]}}", [("AM224", "a"), ("AM224", "b")]),
    ],
)
def test_mistakes(text: str, found: list[tuple[str, str]]) -> None:
    assert wrong(text) == found


def test_included_files_have_backends_too() -> None:
    files = {"more.yaml": "automcp: 1\nbackends: {two: {files: {root: .}}}\n"}
    both = service("include: [more.yaml]\nbackends: {one: {files: {root: .}}}\n", files)
    assert [one.key for one in both.backends] == ["one", "two"]
    twice = "include: [more.yaml]\nbackends: {two: {sql: {url: 'sqlite:a'}}}\n"
    assert errors(twice, files) == [("AM201", "two")]


def test_names_are_attributes() -> None:
    text = "backends: {a-b: {files: {root: .}}, a_b: {files: {root: .}}}\n"
    assert errors(text) == [("AM202", "a_b")]


@pytest.mark.parametrize(
    ("scheme", "codes"),
    [
        ("{bearer: abc}", ["AM313"]),
        ("{bearer: '{settings.token}'}", []),
        ("{bearer: 'x-{settings.token}'}", []),
        ("{bearer: '{settings.host}'}", ["AM314"]),
        ("{bearer: '{settings.host}{settings.token}'}", []),
        ("{basic: {user: me, password: ''}}", []),
        ("{basic: {user: me, password: x}}", ["AM313"]),
        ("{key: '{settings.host}', query: k}", ["AM314"]),
        (
            "{oauth: {token_url: 'https://a.example', client_id: a, client_secret: b}}",
            ["AM313"],
        ),
    ],
)
def test_secrets_belong_into_settings(scheme: str, codes: list[str]) -> None:
    said = findings(
        f'{SETTINGS}    backends: {{it: {{http: {{url: "https://a.example", auth: {{t: {scheme}}}}}}}}}\n'
    )
    assert [(one.code, one.level) for one in said] == [(code, "warning") for code in codes]


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("postgresql://me:secret@db/x", ["AM313"]),
        ("postgresql://me:{settings.token}@db/x", []),
        ("postgresql://me@db:5432/x", []),
        ("sqlite:a:b@c.db", []),
    ],
)
def test_passwords_of_databases_belong_into_settings(url: str, codes: list[str]) -> None:
    said = findings(f"{SETTINGS}    backends: {{it: {{sql: {{url: '{url}'}}}}}}\n")
    assert [one.code for one in said if one.level == "warning"] == codes
