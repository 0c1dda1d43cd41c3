"""Handlers of the import_ group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import ContextModel, ModelModel, Str


class Import:
    """A keyword."""

    async def from_(
        self,
        from_: str,
        class_: str,
        self_: str,
        context_: str,
        handlers_: str,
        model_config: str,
        camel_case: int,
        größe: float | None,
        list: list[Str] | None,
        context: Context,
    ) -> ModelModel:
        """Another."""
        raise NotImplementedError

    async def call_(self, context_: ContextModel, context: Context) -> ContextModel:
        """The name of what the client's groups do inside."""
        raise NotImplementedError
