"""What code could import of `mcp` 1, and call there, is there for it; or it is said why not.

`api_of_mcp1.json` holds the names of the modules of ten releases, from 1.2 to 1.30, as they can be imported, with the
methods, fields and parameters of classes and functions; recorded by looking at each release with `inspect`.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from automcp.migrate.names import ADAPTERS, moved
from pydantic import BaseModel

API: dict[str, dict[str, dict[str, list[str]]]] = json.loads(
    Path(__file__).with_name("api_of_mcp1.json").read_text("utf-8")
)
_SESSIONS = "mcp 2 makes a session for each request, and reads messages itself"
_TASKS = "the experimental tasks of mcp 1 are no part of mcp 2, and nothing took their place"
_INSIDE = "a step of mcp 1's own work, which mcp 2 does elsewhere"
_WEBSOCKET = "mcp 2 has no WebSocket transport"
_TYPING = "says something to type checkers alone, about what legacy code does not make"
_AUTH = "validates what is registered; mcp 2 does so in its own way"
MISSING = {
    r"mcp\.(server|client)\.websocket": _WEBSOCKET,
    r"mcp\.server\.(streaming_asgi_transport|lowlevel\.func_inspection)": _INSIDE,
    r"mcp\.shared\.response_router|.*\.(ResponseRouter|add_response_router)": _TASKS,
    r".*\b([Ee]xperimental\w*|\w*TASK_METADATA_KEY|check_tasks_capability|TaskExecutionMode)": _TASKS,
    r".*\.(Base|Client|Server)Session\.(incoming_messages|send_\w+)(\(.*\))?": _SESSIONS,
    r".*\.ServerSession\.__init__.*": _SESSIONS,
    r".*\.RequestResponder\.\w+": _SESSIONS,
    r".*\.(CONTENT_TYPES|MAXIMUM_MESSAGE_SIZE|default_lifespan|lifespan(_wrapper)?)": _INSIDE,
    r".*\.(create_call_wrapper|validate_and_warn_tool_name)": _INSIDE,
    r"mcp\.server\.(validation|streamable_http|streamable_http_manager)\.[A-Z]\w+": _INSIDE,
    r"mcp\.types\.(AnyFunction|(Client|Server)\w+Type|MethodT|\w+ParamsT)": _TYPING,
    r".*\.(\w*PromptResult|\w+Content|ServerRequestResponder|AnyFunction)": _TYPING,
    r".*\.OAuthClientMetadata\.validate_\w+|.*\.ClientAuthenticator\.authenticate": _AUTH,
    r".*\.BearerAuthBackend\.__init__\(provider\)|.*bearer_auth\.OAuth\w+": _AUTH,
    r".*\.find_context_parameter\.\(\)\(fn\)": "its parameter has another name",
    r"mcp\.server\.auth\.routes\.modify_url_path": _AUTH,
    r"mcp\.types\.\w+Params\.task": _TASKS,
    r"mcp\.types\.\w+Request\.cursor": "a mistake of the first releases: it lies in `params`",
    r"mcp\.types\.ElicitRequestParams\.\w+": "a union in mcp 2 as it was in the last releases of mcp 1",
    r".*\.FileResource\.set_binary_from_mime_type": _INSIDE,
    r".*\.\w+Params\.Meta": "`_meta` is a dictionary in mcp 2; nothing that a server answers is made of it",
}
"""What is not there on purpose, by pattern, and why."""


def _homes(module: str) -> Any:
    """The module that code finds now."""
    found = moved(module, "") or module
    return import_module(re.sub(rf"^{ADAPTERS['mcp']}", "automcp.runtime.legacy", found))


def _lacking(module: str) -> Iterator[str]:
    try:
        home = _homes(module)
    except ModuleNotFoundError:
        yield module
        return
    for name, members in API[module].items():
        where = f"{module}.{name}"
        try:
            found = getattr(home, name)
        except AttributeError:
            yield where
            continue
        for member, words in members.items():
            yield from _member(where, found, member, words)


def _member(where: str, found: Any, member: str, words: list[str]) -> Iterator[str]:
    fields: Any = getattr(found, "model_fields", None) or getattr(found, "__dataclass_fields__", {})
    aliases = {getattr(one, "alias", None) for one in fields.values()}
    if member == "root" or member in aliases or member in fields:
        return
    function = found if member == "()" else getattr(found, member, None)
    if function is None and member not in getattr(found, "__annotations__", {}):
        yield f"{where}.{member}"
        return
    if not callable(function) or (member == "__init__" and issubclass(found, BaseModel)):
        return
    parameters = inspect.signature(function).parameters
    if not any(one.kind == one.VAR_KEYWORD for one in parameters.values()):
        yield from (f"{where}.{member}({word})" for word in words if word not in parameters)


@pytest.mark.parametrize("module", API)
def test_what_mcp_1_offered_is_there(module: str) -> None:
    unsaid = [
        one for one in _lacking(module) if not any(re.fullmatch(each, one) for each in MISSING)
    ]
    assert not unsaid


def test_nothing_is_said_to_be_missing_that_is_there() -> None:
    lacking = [one for module in API for one in _lacking(module)]
    unused = [each for each in MISSING if not any(re.fullmatch(each, one) for one in lacking)]
    assert not unused
