"""Groups of khivemcp: their operations take one `request`."""

from typing import Any

from khivemcp import ServiceGroup, operation
from khivemcp.decorators import operation as same
from khivemcp.types import ServiceGroup as Group
from pydantic import BaseModel

assert same is operation
assert Group is ServiceGroup


class Greeting(BaseModel):
    name: str
    times: int = 1


class GreeterGroup(ServiceGroup):
    """Greets."""

    running = False

    async def startup(self) -> None:
        self.running = True

    @operation(name="hello", description="Says hello.", schema=Greeting)
    async def say_hello(self, *, request: Greeting) -> dict[str, Any]:
        return {"message": " ".join([f"Hello, {request.name}!"] * request.times)}

    @operation(name="wave")
    async def wave_hand(self, *, request: Any = None) -> dict[str, Any]:
        """Wave."""
        return {"running": self.running, "style": self.group_config.get("style")}

    @operation(name="loose", schema=Greeting)
    async def loosely(self, request: dict) -> str:  # type: ignore[type-arg]
        """Its schema is said by the decorator alone."""
        return type(request).__name__

    @operation(auth=["greet"])
    async def secret(self, request: Any = None) -> str:
        """For who may."""
        return "psst"

    @operation()
    async def with_context(self, request: Greeting, ctx: Any = None) -> str:
        """Tells what it does."""
        await ctx.info(f"greeting {request.name}")
        return request.name
