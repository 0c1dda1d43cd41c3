"""What a spec says of a server that was asked what it offers."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.importers.server.capture import Captured
from automcp.importers.server.compare import differences
from automcp.importers.server.compose import Imported, compose
from automcp.importers.server.dial import CannotReach, Command, Url, configured
from automcp.importers.server.naming import laid_out
from automcp.importers.server.passing import passed
from automcp.ir.bindings import ProxyCall, ProxyPrompt, ProxyRead
from automcp.ir.model import Service
from automcp.pipeline import analyse
from automcp.spec.dump import dump
from automcp.targets.python.groups import has_seeds, is_seeded
from automcp.targets.surface import surface
from automcp.text.report import Report
from automcp.text.source import Source

OPEN = {
    "type": "object",
    "properties": {"a": {"type": "string", "title": "A"}},
    "title": "xArguments",
}


def tool(name: str, schema: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "inputSchema": schema or {"type": "object"}, **more}


def captured(*tools: dict[str, Any], **more: Any) -> Captured:
    said: dict[str, Any] = {
        "server": {"name": "mcp-server-x", "version": "1.2"},
        "instructions": None,
        "capabilities": {},
        "tools": tools,
        "resources": (),
        "templates": (),
        "prompts": (),
    }
    return Captured(**{**said, **more})


def compiled(imported: Imported) -> Service:
    def read(path: str) -> Source:
        raise FileNotFoundError(path)

    return analyse(Source("spec.yaml", dump(imported.spec)), read, Report())


def lost(imported: Imported) -> list[str]:
    return [one.code for one in imported.losses]


@pytest.mark.parametrize(
    ("names", "naming", "groups"),
    [
        (["git_log", "git_add", "git_show"], None, {"git": ["log", "add", "show"]}),
        (["a_x", "a_y", "b_x", "b_y"], None, {"a": ["x", "y"], "b": ["x", "y"]}),
        (["a.x", "b.y"], "{group}.{operation}", {"a": ["x"], "b": ["y"]}),
        (["a-x", "a-y"], "{group}-{operation}", {"a": ["x", "y"]}),
        # What is done stands in front, and no group.
        (["read_file", "read_files"], "{operation}", {"s": ["read_file", "read_files"]}),
        # Each would be a group of its own.
        (["alpha_x", "beta_y"], "{operation}", {"s": ["alpha_x", "beta_y"]}),
        (["fetch"], "{operation}", {"s": ["fetch"]}),
        (["1st", "café"], "{operation}", {"s": ["x1st", "caf"]}),
        ([], "{operation}", {}),
    ],
)
def test_groups_are_found(
    names: list[str], naming: str | None, groups: dict[str, list[str]]
) -> None:
    layout = laid_out({"tools": names}, "s")
    found: dict[str, list[str]] = {}
    for one in layout.placed["tools"]:
        found.setdefault(one.group, []).append(one.name)
    assert (layout.naming, found) == (naming, groups)


def test_names_that_python_could_not_tell_apart_get_numbers() -> None:
    layout = laid_out({"tools": ["get-it", "get_it", "getIt"], "prompts": ["get_it"]}, "s")
    assert [one.name for one in layout.placed["tools"]] == ["get-it", "get_it_tool", "getIt_tool_2"]
    assert [one.name for one in layout.placed["prompts"]] == ["get_it_prompt"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object"},
        {"type": "object", "properties": {}, "additionalProperties": False},
        OPEN,
        {**OPEN, "required": ["a"], "additionalProperties": False},
        {
            "type": "object",
            "properties": {
                "a": {"type": "string"},
                "b": {"type": "integer", "default": 1},
                "c": {},
            },
            "required": ["a"],
            "additionalProperties": False,
        },
        # Required in another order, and with a default.
        {
            "type": "object",
            "properties": {"a": {"type": "string", "default": "x"}, "b": {"type": "string"}},
            "required": ["b", "a"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"optional": {"optional": True}},
            "additionalProperties": False,
        },
        {"type": "object", "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {
            "type": "object",
            "properties": {"n": {"$ref": "#/$defs/Node"}},
            "$defs": {"Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}},
        },
        {
            "type": "object",
            "properties": {"n": {"$ref": "#/$defs/a%20b"}},
            "$defs": {"a b": {"type": "string"}},
        },
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {"n": {"$ref": "#/$defs/N"}},
            "$defs": {"N": {"type": "string"}},
        },
        {
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"$ref": "#/properties/a"}},
        },
    ],
)
def test_schemas_go_out_as_they_came_in(schema: dict[str, Any]) -> None:
    asked = captured(tool("g_one", schema), tool("g_two", schema, outputSchema=schema))
    imported = compose(asked)
    advertised: Any = surface(compiled(imported))["tools"]
    assert [one["inputSchema"] for one in advertised] == [schema, schema]
    assert advertised[1]["outputSchema"] == schema
    assert not list(differences(asked, advertised))


def with_definitions(**definitions: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name.lower(): {"$ref": f"#/$defs/{name}"} for name in definitions},
        "$defs": definitions,
    }


TO_C = {"type": "array", "items": {"$ref": "#/$defs/C"}}


@pytest.mark.parametrize(
    ("documents", "shared"),
    [
        # What all say the same, and of what some say otherwise the first, or what most say.
        ([{"A": {"type": "string"}, "B": TO_C, "C": {}}, {"A": {"type": "integer"}, "B": TO_C, "C": {}}], {"A": "string", "B": "array", "C": None}),
        ([{"A": {"type": "string"}}, {"A": {"type": "integer"}}, {"A": {"type": "integer"}}], {"A": "integer"}),
        # What leads to another schema is another schema, though its words are the same.
        ([{"B": TO_C, "C": {"type": "string"}}, {"C": {"type": "null"}}, {"C": {"type": "null"}}], {"C": "null"}),
        ([{"B": TO_C, "C": {"type": "string"}}, {"B": TO_C, "C": {"type": "null"}}, {"C": {"type": "null"}}], {"C": "null"}),
        # Names that no spec has stay where they are, with what leads to them.
        ([{"a.b": {}, "A": {"$ref": "#/$defs/a.b"}}] * 2, {}),
    ],
)  # fmt: skip
def test_definitions_that_say_the_same_are_shared(
    documents: list[dict[str, Any]], shared: dict[str, str | None]
) -> None:
    schemas = [with_definitions(**each) for each in documents]
    tools = [tool(f"g_{at}", each) for at, each in enumerate(schemas)]
    asked = captured(*tools)
    imported = compose(asked)
    found = imported.spec.get("schemas", {})
    assert {name: one.get("type") for name, one in found.items()} == shared
    advertised: Any = surface(compiled(imported))["tools"]
    assert [one["inputSchema"] for one in advertised] == schemas
    assert not list(differences(asked, advertised))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("mcp-server-git", "git"),
        ("K8s MCP Server", "k8s"),
        ("Fantasy Premier League", "fantasy-premier-league"),
        ("mcp_server", "server"),
        ("../..", "server"),
    ],
)
def test_services_are_called_as_servers_call_themselves(said: str, name: str) -> None:
    imported = compose(captured(tool("a"), server={"name": said, "version": "1"}))
    assert imported.spec["name"] == name


def test_a_default_that_its_schema_refuses_stays() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string", "default": None}},
        "additionalProperties": False,
    }
    asked = captured(tool("one", schema))
    imported = compose(asked)
    advertised: Any = surface(compiled(imported))["tools"]
    assert advertised[0]["inputSchema"] == schema
    assert lost(imported) == []


def test_groups_that_python_could_not_tell_apart_are_one() -> None:
    imported = compose(captured(tool("a_x"), tool("a_y"), prompts=({"name": "A_z"},)))
    (group,) = imported.spec["groups"].values()
    assert list(group["operations"]) == ["x", "y"]
    assert group["prompts"] == {"z": {"wire_name": "A_z"}}
    compiled(imported)


@pytest.mark.parametrize(
    ("schema", "returns"),
    [
        ({"type": "integer"}, {"type": "integer"}),
        ({"type": "array", "items": {}}, {"type": "array", "items": {}}),
    ],
)
def test_wrapped_answers_are_unwrapped(schema: dict[str, Any], returns: dict[str, Any]) -> None:
    out = {"type": "object", "properties": {"result": schema}, "required": ["result"]}
    imported = compose(captured(tool("g_one", outputSchema=out)))
    assert imported.spec["groups"]["x"]["operations"]["g_one"]["returns"] == returns
    advertised: Any = surface(compiled(imported))["tools"]
    assert advertised[0]["outputSchema"] == out


def test_an_object_was_never_wrapped() -> None:
    out = {"type": "object", "properties": {"result": {"type": "object"}}, "required": ["result"]}
    imported = compose(captured(tool("g_one", outputSchema=out)))
    advertised: Any = surface(compiled(imported))["tools"]
    assert advertised[0]["outputSchema"] == out


@pytest.mark.parametrize(
    ("hints", "said"),
    [
        (None, {"effect": "destroys"}),
        ({"readOnlyHint": True}, {"effect": "reads"}),
        ({"destructiveHint": False}, {}),
        ({"destructiveHint": False, "idempotentHint": True}, {"idempotent": True}),
        ({"readOnlyHint": True, "openWorldHint": False}, {"effect": "reads", "open_world": False}),
        ({"title": "It"}, {"title": "It", "effect": "destroys"}),
    ],
)
def test_hints(hints: dict[str, Any] | None, said: dict[str, Any]) -> None:
    imported = compose(captured(tool("it", annotations=hints)))
    operation = imported.spec["groups"]["x"]["operations"]["it"]
    assert {key: one for key, one in operation.items() if key not in ("content", "input")} == said


def test_the_other_offers() -> None:
    imported = compose(
        captured(
            tool(
                "find",
                _meta={"tags": ["a"], "com.example/x": 1},
                execution={"taskSupport": "optional"},
            ),
            resources=(
                {"name": "All pages", "uri": "x://all", "mimeType": "image/png", "size": 3},
                {"name": "All pages", "uri": "x://more", "annotations": {"priority": 0.5}},
            ),
            templates=({"name": "page", "uriTemplate": "x://p/{id}"},),
            prompts=(
                {"name": "sum", "arguments": [{"name": "a", "required": True}, {"name": "b"}]},
            ),
            capabilities={"completions": {}},
        )
    )
    service = compiled(imported)
    assert [(one.key, one.uri, one.content) for one in service.resources] == [
        ("All pages", "x://all", "bytes"),
        ("All pages 2", "x://more", "text"),
        ("page", "x://p/{id}", "text"),
    ]
    assert [(one.key, one.required) for one in service.prompts[0].arguments] == [
        ("a", True),
        ("b", False),
    ]
    (found,) = service.operations
    assert (found.task, found.card.tags, found.card.meta) == (
        "optional",
        ("a",),
        {"com.example/x": 1},
    )
    assert lost(imported) == ["AM654", "AM653"]


RESOURCE = {"name": "all", "uri": "x://all"}
TEMPLATE = {"name": "page", "uriTemplate": "x://p/{id}{?a.b,c}"}
PROMPT = {"name": "sum up", "arguments": [{"name": "a", "required": True}, {"name": "b"}]}


def proxied(**more: Any) -> Imported:
    asked = captured(
        tool("find"), resources=(RESOURCE,), templates=(TEMPLATE,), prompts=(PROMPT,), **more
    )
    return compose(asked, through=passed(Command(("run",), {})))


@pytest.mark.parametrize("completes", [False, True])
def test_everything_is_passed_on(completes: bool) -> None:
    imported = proxied(capabilities={"completions": {}} if completes else {})
    service = compiled(imported)
    (group,) = service.groups
    assert group.runs == (
        ProxyCall("upstream", "find"),
        ProxyRead("upstream", "x://all"),
        ProxyRead("upstream", "x://p/{id}{?a.b,c}"),
        ProxyPrompt("upstream", "sum up"),
    )
    assert not is_seeded(service, group) and not has_seeds(service)
    # Nobody knows what it completes, so it is always asked; the format has no names with points.
    by = "handler" if completes else None
    variables = {one.key: one.completion for one in service.resources[1].variables}
    assert variables == {"id": by, "a.b": None, "c": by}
    assert [one.completion for one in service.prompts[0].arguments] == [by, by]
    assert lost(imported) == []


def test_arguments_of_prompts_may_be_called_anything() -> None:
    names = ["file-path", "file_path", "a b", "1", "class", "context", "é", 'x"{}', ""]
    asked = captured(prompts=({"name": "p", "arguments": [{"name": one} for one in names]},))
    imported = compose(asked, through=passed(Command(("run",), {})))
    assert [one.key for one in compiled(imported).prompts[0].arguments] == names


def test_addresses_that_are_none_are_left_out() -> None:
    uris = ["x://{", "file:///a b", "noscheme", "", "x://ok"]
    templates = ["x://{file-path}", "x://{ok}"]
    imported = compose(
        captured(
            resources=[{"name": one, "uri": one} for one in uris],
            templates=[{"name": one, "uriTemplate": one} for one in templates],
        )
    )
    assert [one.uri for one in compiled(imported).resources] == ["x://ok", "x://{ok}"]
    assert set(lost(imported)) == {"AM657"}
    assert len(imported.losses) == 5


def test_changes_are_not_passed_on() -> None:
    assert lost(proxied(capabilities={"resources": {"subscribe": True}})) == ["AM656"]
    assert lost(compose(captured(capabilities={"resources": {"subscribe": True}}))) == []


def test_what_cannot_be_told_apart_or_called_is_lost_by_name() -> None:
    imported = compose(captured(tool("a"), tool("a"), tool("../../x"), tool("\x1b[31m"), tool("")))
    assert lost(imported) == ["AM651", "AM652", "AM652", "AM652"]
    assert [one.tool for one in compiled(imported).operations] == ["a"]


def test_hostile_texts_stay_texts() -> None:
    text = '{{x}} """ \\ \x1b[2J \u202e # : - |\n---\n...'
    asked = captured(
        tool(
            "a", {"type": "object", "properties": {text: {"description": text}}}, description=text
        ),
        server={"name": text, "version": text, "title": text},
        instructions=text,
    )
    service = compiled(compose(asked))
    assert service.operations[0].description == text
    assert service.instructions == text


def test_a_configuration_names_servers() -> None:
    text = """{"mcpServers": {
        "local": {"command": "${HOME}/run", "args": ["${X:-y}"], "env": {"KEY": "${SECRET}"}},
        "remote": {"type": "http", "url": "https://example.com/mcp", "headers": {"Authorization": "Bearer ${SECRET}"}}
    }}"""
    environment = {"HOME": "/home/me", "SECRET": "s"}
    assert configured(text, "local", environment) == Command(("/home/me/run", "y"), {"KEY": "s"})
    assert configured(text, "remote", environment) == Url(
        "https://example.com/mcp", {"Authorization": "Bearer s"}
    )


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("{", "a", "no JSON"),
        ("[]", "a", 'has no server "a"'),
        ('{"mcpServers": {"b": {}}}', "a", 'has no server "a"'),
        ('{"mcpServers": {"a": {}}}', "a", "neither"),
        ('{"mcpServers": {"a": {"command": 1}}}', "a", "has to be a text"),
        ('{"mcpServers": {"a": {"command": "x", "args": "y"}}}', "a", "has to be a list"),
        ('{"mcpServers": {"a": {"command": "${NOT_SET}"}}}', "a", "NOT_SET is not set"),
    ],
)
def test_configurations_that_say_nothing(text: str, name: str, why: str) -> None:
    with pytest.raises(CannotReach, match=why):
        configured(text, name, {"A": "b"})


def test_secrets_become_settings() -> None:
    found = passed(Command(("run", "{x}"), {"API_KEY": "s3cret"}))
    assert found.backend == {
        "mcp": {"command": ["run", "{{x}}"], "env": {"API_KEY": "{settings.api_key}"}}
    }
    assert found.settings == {"api_key": {"type": "string", "secret": True, "env": "API_KEY"}}
    assert "s3cret" not in str(passed(Url("https://example.com", {"Authorization": "s3cret"})))
