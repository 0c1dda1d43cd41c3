"""Names and texts of a spec stay data: thousands of hostile specs, and what was generated read back."""

from __future__ import annotations

import ast
import io
import json
import tempfile
import tokenize
import tomllib
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

import anyio
import pytest
from automcp import Files, Rejected, Service
from automcp.text.render import render
from hypothesis import Phase, given, settings
from mcp import Client

from .compiled import emit, imported, lay_out, service
from .hostile import MARK, specs
from .routes import Echo

pytestmark = pytest.mark.slow
# What moves the cursor, ends a line for some readers, or turns the direction of writing.
UNSEEN = {
    *map(chr, range(32)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
} - {"\n"}
USED = [
    "os",
    "field",
    "classmethod",
    "property",
    "dataclass",
    "from_environment",
    "environ",
    "settings",
    "state",
    "server",
    "client",
    "errors",
    "models",
    "contract",
    "handlers",
    "chosen",
    "build_server",
    "self",
    "cls",
    "context",
    "arguments",
    "typing",
    "pydantic",
    "call",
    "surface",
    "operation",
    "operations",
    "main",
    "lifespan",
    "name",
    "title",
    "version",
    "given",
    "absent",
    "value",
    "values",
    "list",
    "type",
    "print",
    "super",
    "config",
    "hooks",
    "callbacks",
    "answer",
    "any",
    "execute",
    "outcome",
    "breaker",
    "groups",
    "tracker",
    "metrics",
    "send",
    "sleep",
    "clock",
    "init",
    "import",
    "async",
]
CLASSES = [
    "Any",
    "Literal",
    "Model",
    "Field",
    "Annotated",
    "Protocol",
    "TypeAlias",
    "Answer",
    "Context",
    "Handlers",
    "App",
    "Operation",
    "Surface",
    "Settings",
    "State",
    "Iterator",
    "Mapping",
    "Unset",
    "Target",
    "ClientConfig",
    "Hooks",
    "Callbacks",
    "CompiledServer",
    "Exception",
    "ConnectionError",
    "ServerClient",
    "ServerHandlers",
    "AnyHandlers",
    "List",
    "Optional",
    "Union",
    "BaseModel",
    "str",
    "int",
    "None",
    "True",
]
ERRORS = ("ValueError", "TimeoutError", "DeclaredError", "ClientError", "ToolError", "Declared")
# The same specs in every run; one that fails is shown as it was found.
RUN = settings(deadline=None, derandomize=True, database=None, phases=[Phase.generate])


def test_hostile_specs_stay_data() -> None:
    seen: Counter[str] = Counter()

    @settings(RUN, max_examples=2_000)
    @given(specs())
    def check(spec: dict[str, Any]) -> None:
        try:
            compiled = service(json.dumps(spec))
        except Rejected as rejected:
            seen["refused"] += 1
            check_diagnostics(rejected)
        else:
            seen["compiled"] += 1
            check_files(emit(compiled, ["server", "client", "tests"]))

    check()
    # A run in which nearly everything is refused would show nothing.
    assert seen["compiled"] > 250, seen
    assert seen["refused"] > 200, seen


def test_hostile_specs_become_packages_that_work() -> None:
    seen: Counter[str] = Counter()

    @settings(RUN, max_examples=60)
    @given(specs(hostile=False))
    def check(spec: dict[str, Any]) -> None:
        try:
            compiled = service(json.dumps(spec))
        except Rejected:
            seen["refused"] += 1
            return
        seen["compiled"] += 1
        with tempfile.TemporaryDirectory() as folder:
            lay_out(emit(compiled), Path(folder))
            check_packages(compiled, Path(folder))

    check()
    assert seen["compiled"] > 20, seen


def test_names_that_the_generated_code_uses_itself(tmp_path: Path) -> None:
    text = {"type": "string", "default": "x"}
    operation = {"params": dict.fromkeys(USED, text), "returns": True, "errors": list(ERRORS)}
    plain = {**operation, "params": {}}
    spec = {
        "automcp": 1,
        "name": "server",
        "version": "1",
        "settings": dict.fromkeys(USED, text),
        "errors": {name: {"description": "It failed."} for name in ERRORS},
        "schemas": {
            name: {"type": "object", "properties": dict.fromkeys(USED, text)} for name in CLASSES
        },
        "groups": {name: {"operations": {name: operation}} for name in USED}
        | {"everything": {"operations": dict.fromkeys(USED, plain)}},
    }
    compiled = service(json.dumps(spec))
    lay_out(emit(compiled), tmp_path)
    check_packages(compiled, tmp_path)


def check_diagnostics(rejected: Rejected) -> None:
    for found in rejected.report:
        shown = render(found, colour=False)
        assert not UNSEEN & set(shown), shown


def check_files(files: Files) -> None:
    for file in files:
        parts = PurePosixPath(file.path).parts
        assert ".." not in parts and not file.path.startswith("/"), file.path
        assert not set(file.path) & {*UNSEEN, "\\", ":", "\n"}, file.path
        if "_runtime" in parts:
            continue
        assert not UNSEEN & set(file.text), file.path
        if file.path.endswith(".py"):
            check_python(file.path, file.text)
        elif file.path.endswith(".json"):
            json.loads(file.text)
        elif file.path.endswith(".toml"):
            tomllib.loads(file.text)


def check_python(path: str, text: str) -> None:
    """It parses, and what is hostile stands in it only inside of string literals and as names."""
    for node in ast.walk(ast.parse(text, path)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                assert name not in (MARK, "system"), path
            case ast.Import(names=names):
                allowed = {"os"} if path.endswith("settings.py") else set[str]()
                assert not {alias.name for alias in names} & {"os"} - allowed, path
            case ast.Expr(value=ast.Name(id=name) | ast.Attribute(attr=name)):
                raise AssertionError(f"{path}: a statement {name}")
            case _:
                pass
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        assert token.type != tokenize.COMMENT or MARK not in token.string, path


def check_packages(compiled: Service, folder: Path) -> None:
    """The server lists what was compiled, and the client accepts it as what it was compiled for."""
    stem = compiled.name.snake
    with imported(folder, f"{stem}_server", f"{stem}_client") as (server, client):
        built = server.build_server(Echo())
        kind = getattr(client, f"{compiled.name.pascal}Client")

        async def compare() -> None:
            async with Client(built) as plain:
                listed = (await plain.list_tools()).tools
            for tool, wanted in zip(listed, compiled.operations, strict=True):
                assert tool.name == wanted.tool
                assert tool.description == wanted.description
                assert tool.input_schema == wanted.input.published
                assert wanted.output is not None
                assert tool.output_schema == wanted.output.published
            async with kind(built, {"verify": "strict"}):
                pass

        anyio.run(compare)
