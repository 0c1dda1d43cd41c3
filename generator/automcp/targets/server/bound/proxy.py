"""`run: proxy`: a tool of another MCP server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ....ir.backends import McpBackend, Template
from ....ir.bindings import ProxyCall
from ...python.text import quoted
from .method import Method
from .values import Values


def body(run: ProxyCall, method: Method) -> Iterator[str]:
    """Pass the arguments on, and hand over what came back."""
    operation = method.operation
    given = [quoted(run.tool), method.whole, "context"]
    if operation.repeatable:
        given.append("repeatable=True")
    call = f"await {method.backend(run.backend)}.call({', '.join(given)})"
    if operation.output is None and not operation.content:
        yield call
        return
    yield f"reply = {call}"
    if operation.output is None:
        yield "return reply.blocks"
        return
    member = ', "result"' if operation.output.wrapped else ""
    value = f"reply.read({method.kind(method.returns)}{member})"
    if not operation.content:
        yield f"return {value}"
        return
    result = method.use("._runtime.server.result", "Result")
    yield f"return {result}({value}, content=reply.blocks)"


def construct(backend: McpBackend, values: Values) -> Iterator[str]:
    """The arguments of an `McpServer`."""
    if backend.url is not None:
        yield f"url={values.text(backend.url)}"
    else:
        yield f"[{', '.join(map(values.text, backend.command))}]"
    yield f"name={quoted(values.service.key)}"
    if backend.folder is not None:
        yield f"folder={values.text(backend.folder)}"
    if backend.environment:
        yield f"environment={_mapping(backend.environment, values)}"
    if backend.headers:
        yield f"headers={_mapping(backend.headers, values)}"


def _mapping(said: Mapping[str, Template], values: Values) -> str:
    members = (f"{quoted(key)}: {values.text(one)}" for key, one in said.items())
    return f"{{{', '.join(members)}}}"
