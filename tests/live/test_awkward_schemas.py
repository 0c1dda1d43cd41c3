"""Schemas that code generators get wrong: advertised word for word, judged right, values kept as they are.

All of them in one compiled spec, on every route that a schema can take through it; called by the SDK's own
client and by the compiled one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from automcp.ir.model import Service
from jsonschema import Draft202012Validator

from .awkward import CASES, Case
from .compiled import emit, imported, lay_out, service
from .routes import NAMED, ROUTES, Echo, arguments, complaint, routes_of, same, shown, spec
from .wire import Wire, served

pytestmark = pytest.mark.slow
DATA = ("const", "enum", "default", "examples", "units")
ROWS = [(route, case) for route in ROUTES for case in CASES if route in set(routes_of(case.schema))]


@pytest.fixture(scope="module")
def compiled() -> Service:
    cases = {
        route: {case.name: case.schema for at, case in ROWS if at == route} for route in ROUTES
    }
    files = {name: text for case in CASES for name, text in case.files.items()}
    return service(spec(cases), files=files)


@pytest.fixture(scope="module")
def folder(compiled: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server and the client lie."""
    made = tmp_path_factory.mktemp("suite")
    lay_out(emit(compiled), made)
    return made


@pytest.fixture(scope="module")
def wire(folder: Path) -> Iterator[Wire]:
    """To the running server."""
    with served(folder, "suite_server") as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verdicts_are_those_of_json_schema(case: Case) -> None:
    if not case.unjudged:
        Draft202012Validator.check_schema(case.schema)
        checker = Draft202012Validator.FORMAT_CHECKER
        judge = Draft202012Validator(case.schema, format_checker=checker)
        assert [value for value in case.valid if not fits(judge, value)] == []
        assert [value for value in case.invalid if fits(judge, value)] == []


def test_every_schema_is_advertised_word_for_word(compiled: Service) -> None:
    tools = {operation.tool: operation for operation in compiled.operations}
    for route, case in ROWS:
        if case.files:
            continue
        operation = tools[f"{route}_{case.name}"]
        output = operation.output.published if operation.output else None
        found, wanted = advertised(route, case, operation.input.published, output or {})
        # As text, because in Python `true` is 1; the order of keywords is the compiler's.
        texts = [json.dumps(schema, sort_keys=True) for schema in (found, wanted)]
        assert texts[0] == texts[1], f"{route} {case.name}"


def test_the_server_judges_as_json_schema_says_and_keeps_every_value(wire: Wire) -> None:
    wrong: list[str] = []
    for route, case in ROWS:
        for value, valid in verdicts(case):
            sent = arguments(route, value)
            if sent is None:
                continue
            answer, failed = wire.call(f"{route}_{case.name}", json.dumps(sent))
            problem = complaint(route, value, valid, answer, failed)
            if problem:
                wrong.append(f"{route} {case.name} {shown(value)}: {problem}")
    assert not wrong, "\n".join(wrong)


def test_the_server_lists_what_was_compiled(compiled: Service, wire: Wire) -> None:
    listed = {tool["name"]: tool for tool in wire.ask("tools/list", "{}")["tools"]}
    for operation in compiled.operations:
        tool = listed[operation.tool]
        assert members(tool["inputSchema"]) == members(operation.input.published)
        assert operation.output is not None
        assert members(tool["outputSchema"]) == members(operation.output.published)


@pytest.mark.parametrize("number", ["1e400", "-1e999"])
@pytest.mark.parametrize("place", ["%s", "[%s]", '{"a": [0, %s]}'])
@pytest.mark.parametrize("tool", ["params_root_empty", "params_numbers", "named_root_boolean"])
def test_no_handler_sees_a_number_beyond_all_others(
    wire: Wire, tool: str, place: str, number: str
) -> None:
    answer, failed = wire.call(tool, f'{{"value": {place % number}}}')
    assert failed
    assert answer["error"]["name"] == "InvalidArguments"
    assert answer["error"]["details"][0]["path"].startswith("value")


async def test_the_client_judges_the_same_and_keeps_every_value(folder: Path) -> None:
    wrong: list[str] = []
    with imported(folder, "suite_server", "suite_client") as (server, module):
        # Hundreds of failures in a row are what is asked for here, and no reason to stop.
        config = {"verify": "strict", "breaker_threshold": 100_000}
        async with module.SuiteClient(server.build_server(Echo()), config) as client:
            for route, case in ROWS:
                for value, valid in verdicts(case):
                    problem = await client_complaint(module, client, route, case.name, value, valid)
                    if problem:
                        wrong.append(f"{route} {case.name} {shown(value)}: {problem}")
    assert not wrong, "\n".join(wrong)


def fits(judge: Any, value: Any) -> bool:
    return bool(judge.is_valid(value))


def verdicts(case: Case) -> Iterator[tuple[Any, bool]]:
    yield from ((value, True) for value in case.valid)
    yield from ((value, False) for value in case.invalid)


def members(schema: Any) -> dict[str, str]:
    """The members of a schema as text. The SDK puts `$schema` and `type` at the root first."""
    return {key: json.dumps(value) for key, value in schema.items()}


async def client_complaint(
    module: ModuleType, client: Any, route: str, name: str, value: Any, valid: bool
) -> str | None:
    """What is wrong with what the compiled client makes of a value, by name and by method."""
    sent = arguments(route, value)
    if sent is None:
        return None
    group = client.groups[route]
    whole = {"arguments": sent} if route == "input" else sent
    to_json = sys.modules[f"{module.__name__}._runtime.shared.model"].to_json
    refusal = module.ServerFault if route == "returns" else module.InvalidArguments
    try:
        plain = (await group.execute(name, sent)).data
        # What is base64 is bytes to methods: see test_typed_clients.py.
        typed = plain if name == "content" else to_json(await getattr(group, name)(**whole))
    except module.ClientError as error:
        return None if isinstance(error, refusal) and not valid else f"raised {error!r}"
    if not valid:
        return f"taken, with the answer {shown(plain)}"
    kept = same(plain, value) and same(typed, value)
    return None if kept else f"came back as {shown(plain)} and {shown(typed)}"


def advertised(route: str, case: Case, taken: Any, given: Any) -> tuple[Any, Any]:
    """What a case's tool advertises, and what it has to be."""
    match route:
        case "params":
            return taken["properties"]["value"], rebased(case.schema, "#/properties/value")
        case "named":
            name = NAMED + case.name
            return taken["$defs"][name], rebased(case.schema, f"#/$defs/{name}")
        case "input":
            return taken, case.schema
        case _ if given.get("required") == ["result"] and "result" in given["properties"]:
            return given["properties"]["result"], rebased(case.schema, "#/properties/result")
        case _:
            # What is an object only by its `$ref` says so itself on the wire.
            return given, {
                "type": "object",
                **case.schema,
            } if "type" not in case.schema else case.schema


def rebased(schema: Any, at: str) -> Any:
    """The schema with what is relative to its root led to where it now stands."""
    if isinstance(schema, list):
        return [rebased(item, at) for item in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    found = cast("dict[str, Any]", schema)
    if isinstance(found.get("$id"), str):
        return found
    return {key: _member(key, value, at) for key, value in found.items()}


def _member(key: str, value: Any, at: str) -> Any:
    if key in ("$ref", "$dynamicRef") and isinstance(value, str):
        return at + value[1:] if value in ("", "#") or value.startswith("#/") else value
    return value if key in DATA else rebased(value, at)
