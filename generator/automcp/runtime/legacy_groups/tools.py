"""Operations as tools: what is told of them, and how they are called."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import anyio
from mcp import MCPError
from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.mcpserver.utilities.func_metadata import FuncMetadata, func_metadata
from mcp.types import CallToolResult, Tool
from pydantic import ValidationError

from .answers import answer, failure
from .context import OperationContext, annotations_of, context_parameter

logger = logging.getLogger(__name__)

TIMED_OUT = "Operation timed out"


@dataclass(frozen=True)
class OperationTool:
    """An operation, as it is listed and called.

    Attributes:
        group: The group that it belongs to.
        parameters: The JSON Schema of its arguments.
        metadata: What reads arguments where the operation has no schema of its own.
        timeout: Seconds that a call has; `None` for as many as it takes.
        mask: Whether callers are told only that an operation failed, and under which reference to find it.
    """

    group: Any
    name: str
    operation: Any
    parameters: dict[str, Any]
    metadata: FuncMetadata | None
    timeout: float | None
    mask: bool

    @classmethod
    def of(
        cls, group: Any, name: str, operation: Any, *, timeout: float | None, mask: bool
    ) -> OperationTool:
        """Look at an operation."""
        metadata = None if getattr(operation, "schema", None) else _metadata(operation)
        parameters = _parameters(operation, metadata)
        return cls(group, name, operation, parameters, metadata, timeout, mask)

    def listed(self) -> Tool:
        """What clients are told."""
        policy = self._policy
        return Tool(
            name=self.name,
            description=getattr(self.operation, "doc", None) or "",
            input_schema=self.parameters,
            _meta={"automcp/policy": policy} if policy else None,
        )

    def shown(self) -> bool:
        """Whether who asks is told of it. Where nobody is known, everybody is."""
        token = get_access_token()
        return token is None or self._needs <= {*token.scopes}

    def allowed(self) -> bool:
        """Whether who asks may use it. Where nobody is known, everybody may, unless it wants to know."""
        if get_access_token() is None:
            return not getattr(self.operation, "permissions", ())
        return self.shown()

    @property
    def _policy(self) -> str | None:
        return getattr(self.operation, "policy", None)

    @property
    def _needs(self) -> frozenset[str]:
        """The permissions that callers need."""
        policy = (self._policy,) if self._policy else ()
        return frozenset([*policy, *getattr(self.operation, "permissions", ())])

    async def call(self, arguments: dict[str, Any], context: Any) -> CallToolResult:
        """Run the operation. Whatever goes wrong is told in the result.

        Raises:
            MCPError: The operation answers with a protocol error.
        """
        if not self.allowed():
            needed = ", ".join(sorted(self._needs))
            return failure(f"Error: {self.name} needs the permission {needed}")
        given = OperationContext(context)
        try:
            with anyio.move_on_after(self.timeout) as limit:
                result = answer(await self.operation(**self._arguments(arguments, given)))
                await given.settled()
                return result
        except MCPError:
            raise
        except (Exception, SystemExit) as error:
            await given.settled()
            return self._failed(error)
        assert limit.cancelled_caught
        return failure(TIMED_OUT)

    def _arguments(self, arguments: dict[str, Any], context: OperationContext) -> dict[str, Any]:
        # A caller cannot send a context.
        read = {key: value for key, value in arguments.items() if key != "ctx" or self._has_ctx}
        if self.metadata is not None:
            read = {**self._further(read), **self.metadata.validate_arguments(read)}
        if getattr(self.operation, "requires_context", False):
            read["ctx"] = context
        return read

    @property
    def _has_ctx(self) -> bool:
        return "ctx" in self.parameters.get("properties", {})

    def _further(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments that only `**kwargs` takes."""
        if not self.parameters.get("additionalProperties"):
            return {}
        known = self.parameters.get("properties", {})
        return {key: value for key, value in arguments.items() if key not in known}

    def _failed(self, error: BaseException) -> CallToolResult:
        if isinstance(error, asyncio.TimeoutError):
            return failure(TIMED_OUT)
        if isinstance(error, ValidationError) and self._judges(error):
            return failure(f"Error: {_complaints(error)}")
        reference = uuid4().hex[:12]
        logger.error("%s failed (reference %s)", self.name, reference, exc_info=error)
        if self.mask:
            return failure(f"Error: the operation failed (reference {reference})")
        return failure(f"Error: {error}")

    def _judges(self, error: ValidationError) -> bool:
        """Whether an error is about what the caller sent, and not the operation's own."""
        schema = getattr(self.operation, "schema", None)
        if schema is None and self.metadata is not None:
            schema = self.metadata.arg_model
        return schema is not None and error.title == getattr(schema, "__name__", None)


def _metadata(operation: Callable[..., Any]) -> FuncMetadata | None:
    """What reads the arguments of an operation by its signature; `None` where they cannot be described."""
    function = inspect.unwrap(operation)
    takes = context_parameter(function)
    hints = annotations_of(function)
    parameters = [*inspect.signature(function).parameters.values()]
    others = parameters if inspect.ismethod(function) else parameters[1:]
    kept = [
        one.replace(annotation=_readable(hints.get(one.name, inspect.Parameter.empty)))
        for one in others
        if one.name != takes and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
    ]

    def arguments() -> None: ...

    arguments.__name__ = function.__name__
    vars(arguments)["__signature__"] = inspect.Signature(kept)
    try:
        return func_metadata(arguments, structured_output=False)
    except Exception as error:
        # Types may be such that no schema says them.
        logger.warning("the arguments of %s cannot be described: %s", operation.__name__, error)
        return None


def _readable(hint: Any) -> Any:
    """An annotation; anything for one that names what only type checkers see."""
    return Any if isinstance(hint, str) else hint


def _parameters(operation: Any, metadata: FuncMetadata | None) -> dict[str, Any]:
    schema = getattr(operation, "schema", None)
    if schema is not None:
        found: dict[str, Any] = schema.model_json_schema()
        if found.get("type", "object") != "object":
            raise ValueError(f"the schema of {operation.op_name!r} describes no object")
        # A model that refers to itself says only that; the protocol wants the type said.
        return {"type": "object", **found} if "type" not in found else found
    if metadata is None:
        return {"type": "object", "additionalProperties": True}
    open_ended = any(
        one.kind == one.VAR_KEYWORD for one in inspect.signature(operation).parameters.values()
    )
    derived = metadata.arg_model.model_json_schema(by_alias=True)
    return {**derived, "additionalProperties": True} if open_ended else derived


def _complaints(error: ValidationError) -> str:
    """What is wrong with arguments: which field, and why."""
    told = [
        f"{'.'.join(map(str, one['loc'])) or 'arguments'}: {one['msg']}" for one in error.errors()
    ]
    return f"invalid arguments: {'; '.join(told)}"
