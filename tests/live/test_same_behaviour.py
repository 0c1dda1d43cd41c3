"""One spec, the same handlers, three SDKs: what goes over the wire is the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from .dialects import NEW, OLD, RUNS, Server, compiled, free_port, served

HERE = Path(__file__).parent / "behaviour"
CAPABILITIES: dict[str, Any] = {"elicitation": {}}

pytestmark = pytest.mark.slow


def _call(tool: str, **arguments: Any) -> tuple[str, dict[str, Any]]:
    return "tools/call", {"name": f"things_{tool}", "arguments": arguments}


def _read(uri: str) -> tuple[str, dict[str, Any]]:
    return "resources/read", {"uri": uri}


def _prompt(name: str, **arguments: str) -> tuple[str, dict[str, Any]]:
    return "prompts/get", {"name": f"things_{name}", "arguments": arguments}


def _complete(
    ref: dict[str, str], name: str, value: str, **others: str
) -> tuple[str, dict[str, Any]]:
    params: dict[str, Any] = {"ref": ref, "argument": {"name": name, "value": value}}
    return "completion/complete", {
        **params,
        **({"context": {"arguments": others}} if others else {}),
    }


NO_METHOD: tuple[str, dict[str, Any]] = ("no/such/method", {})
ONE = {"type": "ref/resource", "uri": "things://all/{id}{?unit}"}
ADVERT = {"type": "ref/prompt", "name": "things_advert"}
REQUESTS: list[tuple[str, dict[str, Any]]] = [
    ("tools/list", {}),
    ("tools/list", {"cursor": "nobody's"}),
    ("resources/list", {}),
    ("resources/templates/list", {}),
    ("prompts/list", {}),
    *(
        _call("find", id=name)
        for name in (
            *("x", "closed", "missing", "crash", "exit", "group", "protocol", "empty"),
            *("hang", "wrong", "nothing", "date"),
        )
    ),
    _call("find"),
    _call("find", id=""),
    _call("find", id=5),
    _call("find", id="x" * 21),
    _call("find", id="x", size=None, unit="inch"),
    _call("find", id="x", size="big"),
    _call("find", id="x", unti="cm"),
    *(_call(tool) for tool in ("list", "count", "plain", "drop", "blocking", "picture", "mixed")),
    _call("report"),
    _call("raw", b=1),
    _call("raw", b=1, a=2, c=[{"deep": None}]),
    _call("needy"),
    _call("greet"),
    _call("nothing"),
    ("tools/call", {"name": "things_count"}),
    ("tools/call", {"name": ""}),
    *map(_read, ("things://about", "things://icon", "things://all/a", "things://all/a?unit=cm")),
    *map(_read, ("things://all/missing", "things://all/nowhere", "things://all/crash")),
    *map(_read, ("things://all/a%2Fb", "things://all/..", "things://nothing", "other://x")),
    _read("things://all/" + "x" * 21),
    _prompt("advert", id="tea"),
    _prompt("advert", id="tea", tone="kind"),
    _prompt("advert", id="crash"),
    _prompt("advert"),
    _prompt("advert", id="tea", tune="kind"),
    _prompt("motto"),
    _prompt("nothing"),
    _complete(ONE, "id", "al"),
    _complete(ONE, "unit", "c"),
    _complete(ADVERT, "id", "t", tone="kind"),
    _complete(ADVERT, "id", "crash"),
    _complete(ADVERT, "tone", "k"),
    _complete({"type": "ref/prompt", "name": "nothing"}, "id", "t"),
    NO_METHOD,
]


def _answers(server: Server) -> dict[str, Any]:
    """All that a server says, by what it was asked; without what may differ from run to run."""
    said: dict[str, Any] = {"who": _plain(server.connect(CAPABILITIES))}
    for number, (method, params) in enumerate(REQUESTS, 10):
        prefix = "io.modelcontextprotocol"
        meta = (
            {"progressToken": "t", f"{prefix}/logLevel": "info"} if "report" in str(params) else {}
        )
        answers = server.ask(method, params, number=number, meta=meta)
        said[f"{method} {params}"] = [_plain(one) for one in answers]
    return said


def _plain(value: Any) -> Any:
    """The value without references of log entries, and without what the SDKs stamp on results."""
    if isinstance(value, str):
        return re.sub(r"\b[0-9a-f]{12}\b", "REFERENCE", value)
    if isinstance(value, list):
        return [_plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        members = cast("Mapping[str, Any]", value)
        return {key: _plain(one) for key, one in members.items() if key != "jsonrpc"}
    return value


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for dialect in dict.fromkeys(dialect for dialect, _ in RUNS):
        folder = tmp_path_factory.mktemp(dialect)
        package, python = compiled(HERE, "behaviour", dialect, folder)
        for _, revision in (run for run in RUNS if run[0] == dialect):
            port = free_port()
            command = [str(python), "-m", "behaviour_server", "--http", "--port", str(port)]
            environ = {"PYTHONPATH": str(package / "src"), "BEHAVIOUR_GREETING": "Hi"}
            with served(command, environ, port, revision) as server:
                found[dialect, revision] = _answers(server)
    return found


@pytest.mark.parametrize(
    ("dialect", "revision"), [run for run in RUNS if run[0] != "mcp2"], ids=lambda one: one
)
def test_every_sdk_says_the_same(
    answers: dict[tuple[str, str], dict[str, Any]], dialect: str, revision: str
) -> None:
    wanted, said = answers["mcp2", revision], answers[dialect, revision]
    different = {key: (wanted[key], said[key]) for key in wanted if wanted[key] != said[key]}
    assert not different


def test_both_revisions_get_the_same_results(
    answers: dict[tuple[str, str], dict[str, Any]],
) -> None:
    """What a revision adds to every result is left out."""
    older, newer = answers["mcp2", OLD], answers["mcp2", NEW]
    added = {"resultType", "ttlMs", "cacheScope", "_meta"}
    for key, said in older.items():
        if key in ("who",) or "report" in key or "mixed" in key or "'cursor'" in key:
            continue
        modern = newer[key][-1]
        if "result" in modern:
            kept = {name: one for name, one in modern["result"].items() if name not in added}
            assert kept == said[-1]["result"], key
        else:
            assert modern["error"] == said[-1]["error"], key


@pytest.mark.parametrize(
    ("asked", "code", "name"),
    [
        (_call("find", id="closed"), None, "Closed"),
        (_call("find", id="missing"), None, "Missing"),
        (_call("find", id="crash"), None, "InternalError"),
        (_call("find", id="exit"), None, "InternalError"),
        (_call("find", id="wrong"), None, "InternalError"),
        (_call("find", id="hang"), None, "Timeout"),
        (_call("find", id="empty"), None, "NotImplemented"),
        (_call("find", id=5), None, "InvalidArguments"),
        (_call("find", id="protocol"), -32050, None),
        (_call("nothing"), -32602, None),
        (_call("needy"), -32021, None),
        (_read("things://nothing"), -32602, None),
        (_read("things://all/missing"), -32000, None),
        (_read("things://all/crash"), -32603, None),
        (_prompt("nothing"), -32602, None),
        (_prompt("advert"), -32602, None),
        (_prompt("advert", id="crash"), -32603, None),
        (NO_METHOD, -32601, None),
    ],
)
def test_what_is_the_same_is_also_right(
    answers: dict[tuple[str, str], dict[str, Any]],
    asked: tuple[str, dict[str, Any]],
    code: int | None,
    name: str | None,
) -> None:
    method, params = asked
    for said in answers.values():
        answer = said[f"{method} {params}"][-1]
        if code is not None:
            assert answer["error"]["code"] == code
        else:
            assert answer["result"]["structuredContent"]["error"]["name"] == name


def test_nothing_tells_a_secret(answers: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert "hunter2" not in str(answers)
