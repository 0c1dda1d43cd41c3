"""Calls what awkward-names offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
    given,
)
from .models import ContextModel, ModelModel, Str

_SURFACE = Surface.beside(__file__)

_IMPORT_FROM = Operation[ModelModel](
    "from", tool="import_from", returns=ModelModel, repeatable=False
)

_IMPORT_CALL = Operation[ContextModel](
    "call", tool="import_call", returns=ContextModel, repeatable=False
)


class Import(ErrorHandlingGroup):
    """A keyword."""

    async def from_(
        self,
        from_: str,
        class_: str,
        self_: str,
        context_: str,
        handlers_: str,
        model_config: str,
        camel_case: int = 1,
        größe: float | None = None,
        list: list[Str] | None = None,
    ) -> ModelModel:
        """Another.

        Args:
            from_: A keyword.
        """
        return await self.call(
            _IMPORT_FROM,
            {
                "from": from_,
                "class": class_,
                "self": self_,
                "context": context_,
                "handlers": handlers_,
                "model_config": model_config,
                "camelCase": camel_case,
                "größe": given(größe),
                "list": given(list),
            },
        )

    async def call_(self, context_: ContextModel) -> ContextModel:
        """The name of what the client's groups do inside."""
        return await self.call(_IMPORT_CALL, {"context": context_})


_BUILD_SERVER_CLOSE = Operation[None]("close", tool="build_server_close", repeatable=False)


class BuildServer(ErrorHandlingGroup):
    """A name in the compiled module."""

    async def close(self) -> None:
        """A name in the client's runtime."""
        await self.call(_BUILD_SERVER_CLOSE)


class AwkwardNamesClient(AutoMCPClient):
    """A typed client of awkward-names."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "awkward-names",
            config,
            server=server,
            surface=_SURFACE,
            hooks=hooks,
            callbacks=callbacks,
        )
        self.import_ = self.add_group(Import(self, "import", (_IMPORT_FROM, _IMPORT_CALL)))
        self.build_server = self.add_group(
            BuildServer(self, "build_server", (_BUILD_SERVER_CLOSE,))
        )
