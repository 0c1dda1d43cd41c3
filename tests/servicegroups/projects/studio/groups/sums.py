"""A group whose operations need nothing of the protocol."""

import asyncio
import os
from typing import Any, ClassVar

from automcp import ServiceGroup, operation
from automcp.types import ExecutionResponse
from mcp.types import TextContent
from pydantic import BaseModel, Field

print("imported")


class Pair(BaseModel):
    """Two numbers."""

    x: float
    y: float = Field(1.0, description="The second")


class Sum(BaseModel):
    total: float
    parts: list[float]


class SumGroup(ServiceGroup):
    """Adds numbers."""

    made: ClassVar[int] = 0

    def __init__(self) -> None:
        # Its parent's is not called.
        SumGroup.made += 1

    @operation(schema=Pair)
    async def add(self, pair: Pair) -> Sum:
        """Add two numbers.

        Both are taken as they are.
        """
        return Sum(total=pair.x + pair.y, parts=[pair.x, pair.y])

    @operation(schema=Pair, name="product", policy="sums.write")
    async def multiply(self, pair: Pair) -> float:
        """Multiply two numbers."""
        return pair.x * pair.y

    @operation()
    async def repeat(self, word: str, times: int = 2) -> str:
        """Say a word several times."""
        return " ".join([word] * times)

    @operation()
    def plainly(self, number: int) -> int:
        """Not async."""
        return number + 1

    @operation()
    async def anything(self, **given: Any) -> dict[str, Any]:
        """Whatever comes."""
        return given

    @operation()
    async def sleepy(self, seconds: float = 60.0) -> str:
        """Take a while."""
        await asyncio.sleep(seconds)
        return "awake"

    @operation()
    async def noisy(self) -> str:
        """Print where the protocol is spoken."""
        print("noise", flush=True)
        os.write(1, b"more noise\n")
        return "quiet"

    @operation()
    async def broken(self) -> str:
        """Fail."""
        raise RuntimeError("the abacus is bent")

    @operation()
    async def leaves(self) -> str:
        """End the process, or try to."""
        raise SystemExit(3)

    @operation()
    async def told(self) -> ExecutionResponse:
        """Answer as the first examples did."""
        return ExecutionResponse(content=TextContent(type="text", text="told"))

    @operation()
    async def settings(self) -> str:
        """What the configuration says."""
        return f"{self.config.name}: {self.config.config}"
