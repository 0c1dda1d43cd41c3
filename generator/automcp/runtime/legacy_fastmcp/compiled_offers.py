"""The prompts and resources of a server that a compiled package answers: plain functions, which nothing decorates any more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import mcp.types as types
from fastmcp.prompts import PromptResult
from fastmcp.prompts.base import Prompt, PromptArgument
from fastmcp.resources import Resource, ResourceResult, ResourceTemplate
from fastmcp.resources.function_resource import FunctionResource
from fastmcp.resources.template import FunctionResourceTemplate
from fastmcp.server.dependencies import fastmcp_request_ctx
from pydantic import PrivateAttr

from .prompts import FunctionPrompt

Call = Callable[[Callable[..., Any]], Awaitable[Any]]


def common(listed: dict[str, Any]) -> dict[str, Any]:
    """The members that everything has that a server lists."""
    meta = dict(listed.get("_meta") or {})
    own = cast("dict[str, Any]", meta.pop("_fastmcp", None) or meta.pop("fastmcp", None) or {})
    return {
        "name": listed["name"],
        "title": listed.get("title"),
        "description": listed.get("description"),
        "icons": [types.Icon.model_validate(one) for one in listed.get("icons") or ()] or None,
        "tags": set(own.get("tags", ())),
        "meta": meta or None,
    }


class Calling:
    """A request on its way through the package, and back for its function to be called as fastmcp called it."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.result: Any = None
        self.raised: Exception | None = None

    async def call_function(self, function: Callable[..., Any]) -> dict[str, Any]:
        """Call the function; what comes of it is kept as it is."""
        try:
            self.result = await self._call(function)
        except Exception as error:
            self.raised = error
        return {"content": []}

    async def through(self, package: Any, method: str, params: dict[str, Any]) -> Any:
        """What the package answers, and what came of the function. Raises what the function raises."""
        asked = fastmcp_request_ctx.get(None)
        answer = await package.answer_asked(method, params, asked, self)
        if self.raised is not None:
            raise self.raised
        return answer


class CompiledPrompt(Prompt):
    """A prompt, listed as the package lists it."""

    _package: Any = PrivateAttr()

    @classmethod
    def of(cls, package: Any, listed: dict[str, Any]) -> CompiledPrompt:
        """The prompt that a package lists."""
        arguments = [PromptArgument(**one) for one in listed.get("arguments") or ()]
        made = cls(**common(listed), arguments=arguments)
        made._package = package
        return made

    async def render(self, arguments: dict[str, Any] | None = None) -> PromptResult:
        """Let the package fill it in. Raises what the function raises."""

        async def fill(function: Callable[..., Any]) -> PromptResult:
            known = {word: getattr(self, word) for word in ("name", "description", "meta")}
            found: PromptResult = await FunctionPrompt.from_function(function, **known).render(
                arguments
            )
            return found

        calling = Calling(fill)
        params = {"name": self.name, "arguments": arguments or {}}
        await calling.through(self._package, "prompts/get", params)
        return cast("PromptResult", calling.result)


class CompiledResource(Resource):
    """A resource, listed as the package lists it."""

    _package: Any = PrivateAttr()
    _key: str = PrivateAttr()

    @classmethod
    def of(cls, package: Any, listed: dict[str, Any]) -> CompiledResource:
        """The resource that a package lists."""
        made = cls(**common(listed), uri=listed["uri"], mime_type=listed["mimeType"])
        made._package, made._key = package, listed["uri"]
        return made

    async def read(self) -> Any:
        """Let the package read it. Raises what the function raises."""

        async def read(function: Callable[..., Any]) -> Any:
            return await FunctionResource.from_function(function, uri=self._key).read()

        calling = Calling(read)
        await calling.through(self._package, "resources/read", {"uri": self._key})
        return calling.result


class CompiledTemplate(ResourceTemplate):
    """A family of resources, listed as the package lists it."""

    _package: Any = PrivateAttr()

    @classmethod
    def of(cls, package: Any, listed: dict[str, Any]) -> CompiledTemplate:
        """The family that a package lists."""
        made = cls(
            **common(listed),
            uri_template=listed["uriTemplate"],
            mime_type=listed["mimeType"],
            parameters={},
        )
        made._package = package
        return made

    async def _read(self, uri: str, params: dict[str, Any]) -> ResourceResult:
        async def read(function: Callable[..., Any]) -> ResourceResult:
            made = FunctionResourceTemplate.from_function(
                function, self.uri_template, mime_type=self.mime_type, meta=self.meta
            )
            return made.convert_result(await made.read(params))

        calling = Calling(read)
        await calling.through(self._package, "resources/read", {"uri": uri})
        return cast("ResourceResult", calling.result)

    async def create_resource(self, uri: str, params: dict[str, Any]) -> Resource:
        """One of the family."""

        async def read() -> ResourceResult:
            return await self._read(uri, params)

        words = {word: getattr(self, word) for word in ("name", "description", "mime_type", "tags", "meta", "title", "icons")}  # fmt: skip
        return Resource.from_function(fn=read, uri=uri, **words)
