"""A compiled server and a hand-written `MCPServer` with the same tools answer alike, byte for byte."""

from __future__ import annotations

import sys
from collections.abc import Generator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .dialects import ROOT

sys.path.insert(0, str(ROOT / "examples"))

from benchmarks import handwritten, messages, service
from benchmarks.driving import converse
from benchmarks.servers import Program, Running, on_stdio

pytestmark = pytest.mark.slow

TOOL = "work_do_003"
FINE = messages.SMALL


def _call(arguments: object, tool: object = TOOL) -> tuple[str, Mapping[str, Any]]:
    return "tools/call", {"name": tool, "arguments": arguments}


SAME: dict[str, tuple[str, Mapping[str, Any]]] = {
    "valid": _call(FINE),
    "large": _call(messages.LARGE),
    "beyond ASCII": _call({**FINE, "title": 'ñ☃𝄞 \n"\\\u2028'}),
    "numbers": _call({**FINE, "ratio": 1e22, "count": 2**60}),
    "empty": _call({**FINE, "title": "", "tags": []}),
    "arguments in a list": _call([1]),
    "no name": ("tools/call", {"arguments": {}}),
    "a number for a name": _call({}, 5),
    "no params": ("tools/call", {}),
    "ping": ("ping", {}),
    "an unknown method": ("no/such", {}),
    "a bad cursor": ("tools/list", {"cursor": 5}),
    "no resources": ("resources/list", {}),
    "an unknown resource": ("resources/read", {"uri": "a://b"}),
    "no prompts": ("prompts/list", {}),
    "an unknown prompt": ("prompts/get", {"name": "x"}),
    "malformed _meta": ("tools/call", {"name": TOOL, "arguments": FINE, "_meta": 5}),
}

OTHERWISE: dict[str, tuple[str, Mapping[str, Any]]] = {
    # Says which argument is wrong and why, for a model to mend; no Python type names, no addresses.
    "missing arguments": _call({"title": "a"}),
    "a wrong type": _call({**FINE, "count": "many"}),
    # The published schema is the truth: what it does not allow is refused, what it allows stays as it is.
    "one too many": _call({**FINE, "zzz": 1}),
    "a whole number": _call({**FINE, "ratio": 1}),
    # -32602, as the specification says.
    "an unknown tool": _call({}, "nope"),
}


@pytest.fixture(scope="module", params=["2025-11-25", "2026-07-28"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Both]:
    folder = tmp_path_factory.mktemp("wire")
    here = Path(sys.executable)
    path = service.server_path(service.write(folder, 10))
    other = handwritten.write(folder, handwritten.mcpserver, 10)
    modern = request.param == "2026-07-28"
    with ExitStack() as stack:
        ours, theirs = (
            stack.enter_context(on_stdio(Program(here, one, module, ()), modern=modern))
            for one, module in ((path, service.MODULE), (other, handwritten.MODULE))
        )
        yield Both(ours, theirs, modern)


@dataclass(frozen=True)
class Both:
    """The compiled server and the other one, in one era."""

    ours: Running
    theirs: Running
    modern: bool

    def answers(self, asked: tuple[str, Mapping[str, Any]]) -> tuple[bytes, bytes]:
        method, params = asked
        # Malformed on purpose, where the case brings its own.
        envelope = self.modern and "_meta" not in params
        body = messages.request(7, method, params, modern=envelope)
        (ours,) = converse(self.ours.channels, [body], mark=b"")
        (theirs,) = converse(self.theirs.channels, [body], mark=b"")
        return ours, theirs


@pytest.mark.parametrize("case", SAME)
def test_answers_are_the_same(case: str, both: Both) -> None:
    ours, theirs = both.answers(SAME[case])
    assert ours == theirs


@pytest.mark.parametrize("case", OTHERWISE)
def test_some_differ_on_purpose(case: str, both: Both) -> None:
    ours, theirs = both.answers(OTHERWISE[case])
    assert ours != theirs
    assert (b'"code":-32602' in ours) == (case == "an unknown tool")
    assert b"pydantic" not in ours
