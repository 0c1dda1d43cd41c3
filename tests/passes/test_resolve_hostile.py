"""Whatever stands in `run` and `backends`, there are findings, never a crash, and nothing that a terminal would obey."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any, cast

import pytest
from automcp.ir.dump import dump
from automcp.pipeline import analyse
from automcp.text.render import render_all
from automcp.text.report import Rejected, Report
from automcp.text.source import Source

SETTINGS = {"url": {"type": "string"}, "key": {"type": "string", "secret": True}}
ERRORS = {"Gone": {"description": "Gone."}}
BACKENDS: Any = {
    "api": {
        "http": {
            "url": "{settings.url}",
            "auth": {
                "a": {"bearer": "{settings.key}"},
                "b": {"key": "{settings.key}", "header": "X"},
                "c": {"oauth": {"token_url": "{settings.url}", "client_id": "i", "client_secret": "{settings.key}"}},
            },
            "use": ["a", ["b", "c"], []],
            "headers": {"A": "b"},
        }
    },
    "store": {"sql": {"url": "sqlite:a.db"}},
    "docs": {"files": {"root": "docs"}},
    "other": {"mcp": {"command": ["a"], "env": {"B": "c"}}},
}  # fmt: skip
PARAMS: Any = {"x": {"type": "string", "description": "X."}, "l": {"type": "array", "description": "L.", "optional": True}}  # fmt: skip
RUNS: Any = [
    {
        "http": {
            "post": "/a/{x}",
            "path": {"x": {"style": "label"}},
            "query": {"q": {"value": ["{l}"], "style": "form"}},
            "headers": {"H": "{x}"},
            "cookies": {"c": 1},
            "body": {"m": "{x}!", "n": [{"o": "{l}"}]},
            "as": "multipart",
            "parts": {"m": {"headers": {"P": "{x}"}, "media_type": "text/plain"}},
            "auth": [["a", "b"]],
            "errors": {"404": "Gone"},
            "answer": "json",
            "at": "/r",
        }
    },
    {"http": {"get": "/", "pages": {"cursor": "c", "at": "/n", "items": "/i", "limit": 2}}},
    {
        "command": {
            "argv": ["a", "{x}", {"flag": "-f", "value": "{l}"}],
            "stdin": "{*}",
            "cwd": "{x}",
            "env": {"E": "{x}"},
            "errors": {"1": "Gone"},
            "limit": "1kB",
        }
    },
    {"sql": {"statement": "SELECT :x, :y", "bind": {"y": ["{l}"]}, "errors": {"conflict": "Gone"}}},
    {"file": {"write": "{x}", "content": "{x}", "errors": {"exists": "Gone"}}},
    {"file": {"list": "{x}", "pattern": "{l}"}},
    {"python": {"call": "a.b:c", "context": True}},
    {"proxy": {"backend": "other", "tool": "t"}},
]
JUNK: Any = [
    None,
    -1,
    "",
    "{",
    "{*}{l}",
    "{\x1b[31m}\u202e\x07\x00",
    "{settings.key}{settings.nope}{nope}",
    "'; :x /* {x}",
    ["{x}", {"{x}": []}],
    {"value": {"get": "{x}"}},
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value but the root."""
    members: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        members = [*cast("dict[str, Any]", value).items()]
    elif isinstance(value, list):
        members = [*enumerate(cast("list[Any]", value))]
    for key, member in members:
        yield (*path, key)
        yield from places(member, (*path, key))


def put(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """A copy of a JSON value with something else in one place."""
    changed = copy.deepcopy(value)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = junk
    return changed


def spec(backends: Any, run: Any) -> str:
    operation = {"description": "O.", "params": PARAMS, "returns": {"type": "array"}, "run": run}
    return json.dumps(
        {
            "automcp": 1,
            "name": "shop",
            "version": "1",
            "settings": SETTINGS,
            "errors": ERRORS,
            "backends": backends,
            "groups": {"g": {"description": "G.", "operations": {"o": operation}}},
        }
    )


def said(text: str) -> str:
    """What is said about a spec, which may be anything."""

    def read(path: str) -> Source:
        raise FileNotFoundError(path)

    report = Report()
    try:
        json.dumps(dump(analyse(Source("spec.json", text), read, report)))
    except Rejected:
        assert report.failed
    return render_all(report)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_nothing_crashes(junk: Any) -> None:
    texts = [spec(put(BACKENDS, path, junk), RUNS[0]) for path in places(BACKENDS)]
    texts += [spec(BACKENDS, put(run, path, junk)) for run in RUNS for path in places(run)]
    # As a name, too.
    texts += [spec({**BACKENDS, str(junk): BACKENDS["docs"]}, {str(junk): RUNS[0]["http"]})]
    assert len(texts) > 100
    for text in texts:
        found = said(text)
        assert not set(found) & {"\x1b", "\x07", "\x00", "\u202e"}
