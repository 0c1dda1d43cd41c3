"""The JSON Schema Test Suite (draft 2020-12, required part) through a compiled server.

Every case is judged as the suite says and comes back as it went, on every route that a schema can take
through a spec, or its schema is refused at compile time for a reason that has a code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from automcp import Rejected
from automcp.text.report import Level
from mcp import Client
from mcp_types import CallToolRequest, CallToolRequestParams, CallToolResult

from .compiled import emit, imported, lay_out, service
from .routes import ROUTES, Echo, arguments, complaint, routes_of, spec

pytestmark = pytest.mark.slow
CACHE = Path(__file__).parents[2] / ".cache" / "json-schema-suite"
# The source package of `jsonschema` carries the whole suite, so that no copy of it lies here.
CARRIER = "jsonschema==4.26.0"
REFUSALS = {
    "AM204": "it refers to another document by its URI, and nothing is ever fetched",
    "AM207": "its dialect has a metaschema of its own, which would have to be fetched",
}


@dataclass(frozen=True)
class Group:
    """A schema of the suite and the values to try it on."""

    name: str
    schema: Any
    tests: list[dict[str, Any]]


@pytest.fixture(scope="session")
def suite() -> Path:
    """The folder of the draft's required tests; downloaded once."""
    if given := os.environ.get("AUTOMCP_JSON_SCHEMA_SUITE"):
        return Path(given) / "tests" / "draft2020-12"
    if not list(CACHE.glob("*.tar.gz")):
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary"]
        command = [*download, "jsonschema", "--dest", str(CACHE), CARRIER]
        subprocess.run(command, check=True, capture_output=True)
    (archive,) = CACHE.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(CACHE, filter="data")
    (folder,) = CACHE.glob("jsonschema-*/json/tests/draft2020-12")
    return folder


def groups(suite: Path) -> Iterator[Group]:
    for path in sorted(suite.glob("*.json")):
        for index, group in enumerate(json.loads(path.read_text("utf-8"))):
            yield Group(f"{path.stem}_{index}", group["schema"], group["tests"])


def refusals(route: str, group: Group) -> set[str]:
    """The codes of the errors in a spec that has only this schema, on this route."""
    try:
        service(spec({route: {group.name: group.schema}}))
    except Rejected as rejected:
        return {found.code for found in rejected.report if found.level is Level.ERROR}
    return set()


async def test_every_case_is_judged_right_on_every_route(suite: Path, tmp_path: Path) -> None:
    found = {group.name: group for group in groups(suite)}
    taken: dict[str, dict[str, Any]] = {route: {} for route in ROUTES}
    refused: dict[str, set[str]] = defaultdict(set)
    for name, group in found.items():
        for route in routes_of(group.schema):
            codes = refusals(route, group)
            for code in codes:
                refused[code].add(name)
            if not codes:
                taken[route][name] = group.schema
    assert refused.keys() == REFUSALS.keys(), refused

    lay_out(emit(service(spec(taken)), ["server"]), tmp_path)
    wrong: list[str] = []
    right = 0
    with imported(tmp_path, "suite_server") as (package,):
        async with Client(package.build_server(Echo())) as client:
            for route, names in taken.items():
                for name in names:
                    for test in found[name].tests:
                        problem = await judged(client, route, name, test)
                        right += not problem
                        if problem:
                            wrong.append(f"{route} {name}: {test['description']}: {problem}")
    print(f"{right} right; refused: { {code: len(names) for code, names in refused.items()} }")
    assert not wrong, f"{len(wrong)} of {right + len(wrong)}:\n" + "\n".join(wrong)
    # A suite that is not there, or routes that are all refused, must not pass for one that is right.
    assert right > 3_600


async def judged(client: Client, route: str, name: str, test: dict[str, Any]) -> str | None:
    """What is wrong with the answer to a test."""
    sent = arguments(route, test["data"])
    if sent is None:
        return None
    # The plain request: `Client.call_tool` checks answers in its own way, which cannot read every pattern.
    params = CallToolRequestParams(name=f"{route}_{name}", arguments=sent)
    result = await client.session.send_request(CallToolRequest(params=params), CallToolResult)
    failed = bool(result.is_error)
    return complaint(route, test["data"], test["valid"], result.structured_content, failed)
