"""Every text of a binding and of a backend stays data in what is compiled from it, whatever it says."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from automcp import Rejected

from ..passes.test_resolve_hostile import BACKENDS, PARAMS, RUNS, SETTINGS, places, put
from .compiled import emit, service
from .hostile import PAYLOADS
from .test_hostile_specs import check_diagnostics, check_files

pytestmark = pytest.mark.slow

MORE: Any = [
    {"file": {"list": "{x}", "pattern": "*.md"}},
    {"file": {"read": "a/{x}", "binary": True, "errors": {"missing": "Gone"}}},
    {"http": {"get": "/{x}", "query": {"q": "a{x}"}, "errors": {"4XX": "Gone"}}},
    {"http": {"put": "/a", "body": {"m": ["{x}", 1, "t"]}, "as": "application/merge-patch+json"}},
    {"http": {"put": "/a", "body": "a{x}", "as": "text"}},
    {"command": {"argv": ["a", "b"], "output": "text", "inherit": ["A"], "errors": {"default": "Gone"}}},
    {"sql": {"statement": "SELECT a\nFROM b -- :x\nWHERE c = :x", "rows": "many"}},
    {"proxy": "t"},
    {"python": "a.b:c.d"},
]  # fmt: skip


def spec(run: Any, backends: Any = BACKENDS, params: Any = PARAMS, errors: str = "Gone") -> str:
    (kind,) = run
    said = str(run[kind])
    returns: Any = {"type": "array"}
    if "'write'" in said:
        returns = None
    elif "'read'" in said or "'text'" in said:
        returns = {"type": "string"}
    operation = {"params": params, "effect": "writes", "run": run}
    return json.dumps(
        {
            "automcp": 1,
            "name": "shop",
            "version": "1",
            "settings": SETTINGS,
            "errors": {errors: {"description": "Gone."}},
            "backends": backends,
            "groups": {
                "g": {
                    "operations": {"o": {**operation, **({"returns": returns} if returns else {})}}
                }
            },
        }
    )


def payloads() -> Iterator[str]:
    for one in PAYLOADS:
        yield one
        if "{" in one or "}" in one:
            # As a template says it.
            yield one.replace("{", "{{").replace("}", "}}")


def renamed(value: Any, path: tuple[Any, ...], name: str) -> Any:
    """A copy of a JSON value with another key in one place."""
    changed = copy.deepcopy(value)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[name] = inner.pop(path[-1])
    return changed


def hostile() -> Iterator[str]:
    """Specs with one hostile text each, in a value or a key."""
    runs = [one for one in (*RUNS, *MORE) if _compiles(spec(one))]
    assert len(runs) > 12
    for payload in payloads():
        for run in runs:
            for path in places(run):
                yield spec(put(run, path, payload))
                # The key of a list is its number.
                if isinstance(path[-1], str) and len(path) > 2:
                    yield spec(renamed(run, path, payload))
        for path in places(BACKENDS):
            for run in runs[:1]:
                yield spec(run, put(BACKENDS, path, payload))
                if isinstance(path[-1], str):
                    yield spec(run, renamed(BACKENDS, path, payload))
        named = payload.replace("{", "{{").replace("}", "}}")
        for run in runs:
            # The parameter itself is called so.
            text = json.dumps(run).replace("{x}", json.dumps(f"{{{named}}}")[1:-1])
            yield spec(json.loads(text), params={payload: PARAMS["x"], "l": PARAMS["l"]})


def _compiles(text: str) -> bool:
    try:
        service(text)
    except Rejected:
        return False
    return True


def test_whatever_a_binding_says_stays_data() -> None:
    seen: Counter[str] = Counter()
    for text in dict.fromkeys(hostile()):
        try:
            compiled = service(text)
        except Rejected as rejected:
            seen["refused"] += 1
            check_diagnostics(rejected)
        else:
            seen["compiled"] += 1
            check_files(emit(compiled, ["server", "client"]))
    # A run in which nearly everything is refused would show nothing.
    assert seen["compiled"] > 1_000, seen
    assert seen["refused"] > 1_000, seen
