"""Groups of operations."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, cast

from mcp.types import TextContent
from pydantic import BaseModel

from .context import MockContext
from .requests import adapted, said_of
from .types import ExecutionRequest, ExecutionResponse

__all__ = ["MockContext", "ServiceGroup"]

Operation = Callable[..., Awaitable[Any]]


class _Registry:
    """The operations of a group by name: bound ones of an instance, plain ones of its class.

    Each instance has a mapping of its own, made when it is first asked for: also where a class does without its
    parent's `__init__`.
    """

    def __get__(self, instance: ServiceGroup | None, owner: type[ServiceGroup]) -> dict[str, Any]:
        if instance is None:
            return {name: getattr(owner, member) for member, name in declared(owner)}
        found = bound(instance)
        vars(instance)["registry"] = found
        return found


class ServiceGroup:
    """A group: its methods that are decorated with `operation` are what it offers.

    Attributes:
        registry: Its operations, by name.
        config: Its configuration, as the server sets it.
    """

    registry = _Registry()
    config: Any = None

    @property
    def _is_empty(self) -> bool:
        return not self.registry

    async def _execute(self, request: ExecutionRequest) -> ExecutionResponse:
        operation = self.registry.get(request.operation)
        if operation is None:
            return _failed(f"Unknown operation: {request.operation}")
        arguments = dict(request.arguments or {})
        if getattr(operation, "requires_context", False):
            arguments.setdefault("ctx", MockContext())
        try:
            result = await operation(**arguments)
        except Exception as error:
            return _failed(str(error))
        if isinstance(result, ExecutionResponse):
            return result
        return ExecutionResponse(content=TextContent(type="text", text=_text(result)))

    async def execute(self, request: ExecutionRequest) -> ExecutionResponse:
        """Run an operation outside of any server. What it raises becomes the response's `error`."""
        return await self._execute(request)


def declared(owner: type) -> Iterator[tuple[str, str]]:
    """The operations of a class: the names of their methods, and their own."""
    for member in dir(owner):
        found = inspect.getattr_static(owner, member)
        said = said_of(found)
        if said is not None:
            yield member, str(said["local_name"])
        elif getattr(found, "is_operation", False):
            yield member, str(found.op_name)


def bound(group: object) -> dict[str, Any]:
    """The operations of a group by name.

    Raises:
        ValueError: Two of them have the same name.
    """
    found: dict[str, Any] = {}
    members: dict[str, str] = {}
    for member, name in declared(type(group)):
        if name in found:
            raise ValueError(
                f"{type(group).__name__} has two operations called {name!r}: "
                f"{members[name]} and {member}"
            )
        members[name] = member
        method = getattr(group, member)
        found[name] = method if said_of(method) is None else adapted(method)
    return found


def operations(group: object) -> Mapping[str, Any]:
    """The operations of a group, also of one that is no `ServiceGroup`."""
    registry: object = getattr(group, "registry", None)
    return cast("dict[str, Any]", registry) if isinstance(registry, dict) else bound(group)


def _failed(message: str) -> ExecutionResponse:
    return ExecutionResponse(content=TextContent(type="text", text=message), error=message)


def _text(result: object) -> str:
    return result.model_dump_json() if isinstance(result, BaseModel) else str(result)
