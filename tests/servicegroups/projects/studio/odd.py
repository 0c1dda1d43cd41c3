"""Groups that cannot be served."""

from automcp import ServiceGroup, operation


def function() -> None:
    """No class."""


class Unwilling(ServiceGroup):
    def __init__(self) -> None:
        raise OSError("no disk")

    @operation()
    async def never(self) -> str:
        return ""


class Twins(ServiceGroup):
    @operation(name="same")
    async def one(self) -> str:
        return ""

    @operation(name="same")
    async def two(self) -> str:
        return ""


class Idle(ServiceGroup):
    """Without operations."""
