"""OpenAPI documents as strangers have them: imported, compiled, installed, started, and every operation called.

The API behind the server is made of the same document, by other code: it checks each request, and answers by its schemas.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import pytest
import yaml
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from ..runtime.http.scripted_api import ScriptedApi, serving
from .documented_api import Documented
from .test_install import Installed, build, install, run_here

pytestmark = [pytest.mark.slow, pytest.mark.anyio]
DOCUMENTS = Path(__file__).with_name("documents")
KEY = "k-123456"

TYPED = """
import inspect
import json
import os
import sys
import typing

sys.modules["automcp"] = None

import anyio
from mcp import StdioServerParameters
from pydantic import TypeAdapter


def given(method, schema, arguments):
    hints = typing.get_type_hints(method)
    required = schema.get("required", [])
    keys = sorted(schema.get("properties", {}), key=lambda key: key not in required)
    names = list(inspect.signature(method).parameters)
    assert len(names) == len(keys), (names, keys)
    return {
        name: TypeAdapter(hints[name]).validate_python(arguments[key])
        for name, key in zip(names, keys)
        if key in arguments
    }


def plain(value):
    return TypeAdapter(typing.Any).dump_python(value, mode="json", by_alias=True, exclude_unset=True)


async def main(package, script, calls):
    client = next(kind for name, kind in vars(package).items() if name == sys.argv[2])
    said = []
    server = StdioServerParameters(command=script, env=dict(os.environ))
    async with client(server, {"verify": "strict"}) as service:
        for call in calls:
            method = getattr(getattr(service, call["group"]), call["method"])
            said.append(plain(await method(**given(method, call["schema"], call["arguments"]))))
    print(json.dumps(said))


package = __import__(sys.argv[1])
anyio.run(main, package, sys.argv[3], json.load(sys.stdin))
"""
"""Calls the methods of the compiled client with values of their types, and prints what they gave."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a document.

    Attributes:
        cases: The generated tests' arguments that each tool accepts.
    """

    document: dict[str, Any]
    spec: dict[str, Any]
    cases: dict[str, list[dict[str, Any]]]
    installed: Installed

    @property
    def script(self) -> str:
        return str(self.installed.scripts / f"{self.spec['name']}-server")

    def environment(self, api: ScriptedApi) -> dict[str, str]:
        prefix = self.spec["name"].upper().replace("-", "_")
        own = {f"{prefix}_BASE_URL": f"{api.url}/v1", f"{prefix}_API_KEY": KEY}
        return {**self.installed.environment, **own, "NO_PROXY": "127.0.0.1"}


@pytest.fixture(scope="module", params=sorted(path.stem for path in DOCUMENTS.glob("*.yaml")))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """All that a user does: import, check, generate, build, install."""
    folder = tmp_path_factory.mktemp("documented")
    document = DOCUMENTS / f"{request.param}.yaml"
    spec = folder / "project" / "spec.yaml"
    spec.parent.mkdir()
    run_here("automcp", "import", "openapi", str(document), "--out", str(spec))
    run_here("automcp", "check", str(spec))
    run_here("automcp", "generate", str(spec))
    cases: dict[str, list[dict[str, Any]]] = {}
    told = json.loads((spec.parent / "tests" / "cases.json").read_text("utf-8"))
    for case in told["constraints"]:
        if isinstance(case.get("accepted"), dict):
            cases.setdefault(case["tool"], []).append(case["accepted"])
    wheels = build([spec.parent / "server", spec.parent / "client"], folder / "wheels")
    said: Any = yaml.safe_load(document.read_text("utf-8"))
    return Made(said, yaml.safe_load(spec.read_text("utf-8")), cases, install(wheels, folder))


async def listed(made: Made, environment: dict[str, str]) -> dict[str, Any]:
    """The input schemas of the tools, in both eras of the protocol."""
    found: list[dict[str, Any]] = []
    for mode in ("auto", "legacy"):
        started = StdioServerParameters(command=made.script, env=environment)
        async with Client(stdio_client(started), mode=mode) as client:
            tools = (await client.list_tools()).tools
            found.append({tool.name: tool.input_schema for tool in tools})
    assert found[0] == found[1]
    return found[0]


async def test_every_operation_is_called_as_the_document_says(made: Made) -> None:
    api = Documented(made.document)
    async with serving(api) as backend:
        environment = made.environment(backend)
        schemas = await listed(made, environment)
        assert len(schemas) == len(list(api.operations()))
        called = dict.fromkeys(schemas, 0)
        started = StdioServerParameters(command=made.script, env=environment)
        async with Client(stdio_client(started)) as client:
            for tool in schemas:
                for arguments in made.cases[tool]:
                    before = {label: len(values) for label, values in api.answered.items()}
                    result: Any = await client.call_tool(tool, arguments)
                    assert not result.is_error, (tool, arguments, result.content)
                    (label,) = [one for one in api.answered if len(api.answered[one]) > before.get(one, 0)]  # fmt: skip
                    value = result.structured_content
                    wanted = api.answered[label][-1]
                    assert value in (wanted, {"result": wanted}), (tool, arguments)
                    called[tool] += 1
    assert api.wrong == []
    assert min(called.values()) > 0
    assert {asked.header("X-Api-Key") for asked in backend.asked} == {KEY}


async def test_typed_calls_send_and_give_what_is_meant(made: Made) -> None:
    api = Documented(made.document)
    async with serving(api) as backend:
        environment = made.environment(backend)
        schemas = await listed(made, environment)
        calls = [
            {"group": group, "method": method_of(name), "schema": schemas[tool], "arguments": arguments}
            for group, each in made.spec["groups"].items()
            for name in each["operations"]
            for tool in [f"{group}_{name}"]
            for arguments in made.cases[tool]
        ]  # fmt: skip
        said = await typed(made, environment, calls)
    assert api.wrong == []
    assert len(said) == len(calls) == len(backend.asked)
    values = {json.dumps(one) for each in api.answered.values() for one in each}
    assert {json.dumps(one) for one in said} <= values


def method_of(name: str) -> str:
    """What an operation is called in Python: the names that would hide something of it end in `_`."""
    return f"{name}_" if name in ("list",) else name


async def typed(made: Made, environment: dict[str, str], calls: list[Any]) -> list[Any]:
    """What the typed client gave for each call; it runs where nothing of this checkout is."""
    package = f"{made.spec['name'].replace('-', '_')}_client"
    client = "".join(word.capitalize() for word in made.spec["name"].split("-")) + "Client"
    words = ("-c", TYPED, package, client, made.script)
    ran = await anyio.run_process(
        [str(made.installed.scripts / "python"), *words],
        input=json.dumps(calls).encode(),
        env=environment,
        cwd=made.installed.elsewhere,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    said: list[Any] = json.loads(ran.stdout)
    return said


def test_the_generated_tests_pass(made: Made) -> None:
    project = next(iter(made.installed.wheels)).parents[1] / "project"
    paths = [str(project / kind / "src") for kind in ("server", "client")]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(project / "tests")],
        env={**made.installed.environment, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
