"""Names and texts that mean something to Python, to templates or to shells arrive as they were said."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator
from importlib import import_module
from typing import Any

import pytest

from .compiled import emit, imported, lay_out, service

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(os.name != "posix", reason="commands of POSIX"),
]

ECHO = [sys.executable, "-c", "import json, sys; print(json.dumps(sys.argv[1:]))"]
TEXTS = [
    'quotes " and \' and """ and \\" and \\',
    "braces {} {settings.secret} {x} {{}} }{",
    "line\nbreak\ttab\r",
    "\\N{DIGIT ONE} \\x41 \\u0041 %s %(a)s $HOME `id` $(id)",
    "\u2028 \u202e bidi \x1b[31m \x7f",
    "日本語 🎉",
    "",
    " ",
    "#{1+1} {1+1} f'{1+1}'",
]
NAMES = [
    *("run", "read", "words", "any_words", "option", "any_option", "text", "given", "answer", "call"),
    *("list", "str", "int", "dict", "bool", "float", "print", "type", "object", "Any", "Literal"),
    *("self", "cls", "context", "arguments", "backends", "settings", "class", "from", "None", "await"),
    *("max-count", "X-Id", "ä", "a b", "a.b", '"', "'", "\\", "_", "__class__", "flag", "of"),
    *("UNSET", "Unset", "BoundEcho", "Context", "below", "revealed", "asyncio", "1st", "\u202e"),
]  # fmt: skip


def placeholder(name: str) -> str:
    return f"{{{name}}}"


def operation(params: dict[str, Any], argv: list[Any], **more: Any) -> dict[str, Any]:
    return {
        "params": params,
        "returns": {"type": "array", "items": {"type": "string"}},
        "effect": "reads",
        "run": {"command": {"argv": [*ECHO, *argv], "output": "json", **more}},
    }


def operations() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "texts": operation({}, [one.replace("{", "{{").replace("}", "}}") for one in TEXTS]),
        **{
            f"name{at}": operation(
                {name: text},
                ["--", placeholder(name), f"<{placeholder(name)}\\\"'>"],
            )
            for at, name in enumerate(NAMES)
        },
        **{
            f"option{at}": operation(
                {name: {**text, "optional": True}},
                [{"flag": "--it", "value": placeholder(name)}, f"={placeholder(name)}"],
            )
            for at, name in enumerate(NAMES)
        },
    }


def spec_of(found: dict[str, Any]) -> str:
    group = {"description": "Echoes.", "operations": found}
    return json.dumps({"automcp": 1, "name": "echo", "version": "1", "groups": {"echo": group}})


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Generator[Callable[..., Any]]:
    folder = tmp_path_factory.mktemp("echo")
    lay_out(emit(service(spec_of(operations())), ("server",)), folder)
    with imported(folder, "echo_server") as (package,):
        testing = import_module("echo_server._runtime.sdk.testing")

        async def asked(tool: str, arguments: dict[str, Any]) -> Any:
            async with testing.connect(package.build_server()) as connection:
                call = {"name": f"echo_{tool}", "arguments": arguments}
                result: Any = await connection.request("tools/call", call)
                said = result["structuredContent"]
                return said["error"] if result["isError"] else said["result"]

        yield asked


async def test_texts_of_the_spec(ask: Callable[..., Any]) -> None:
    assert await ask("texts", {}) == TEXTS


@pytest.mark.parametrize("at", range(len(NAMES)), ids=[ascii(name) for name in NAMES])
async def test_names_of_parameters(ask: Callable[..., Any], at: int) -> None:
    value = "-{0} {{}} \\ \" '"
    assert await ask(f"name{at}", {NAMES[at]: value}) == ["--", value, f"<{value}\\\"'>"]
    assert await ask(f"option{at}", {NAMES[at]: "v"}) == ["--it", "v", "=v"]
    assert await ask(f"option{at}", {}) == []
    refused = await ask(f"option{at}", {NAMES[at]: "-v"})
    assert refused["details"][0]["path"] == NAMES[at]
