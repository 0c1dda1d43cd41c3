"""What a client reads and lists without a group, by the protocol's own names: `DirectReads`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from ..shared.content import ResourceLink
from . import received
from .changes import Interest
from .config import ClientConfig
from .connection import Connection
from .exchange import Exchange
from .listening import Changes
from .operation import Offer, PromptOffer, ResourceOffer
from .reading import ReadingGroup
from .resources import (
    Completion,
    Prompt,
    PromptInfo,
    PromptRef,
    ResourceContents,
    ResourceFamily,
    TemplateRef,
)

T = TypeVar("T")


class DirectReads(ABC):
    """The part of a client that reads. Its requests do no harm, so they are tried again as a group's are."""

    config: ClientConfig
    exchange: Exchange

    @property
    @abstractmethod
    def reads(self) -> ReadingGroup:
        """The group that makes these requests; `with_options` gives them others."""

    async def read_resource(self, uri: str) -> tuple[ResourceContents, ...]:
        """What the resource at an address holds. Raises `NotFound`, or another `ClientError`."""
        return await self.reads.read_parts(_Address("read_resource", uri=uri))

    async def prompt(self, name: str, arguments: Mapping[str, object] | None = None) -> Prompt:
        """A prompt, filled in. Raises `NotFound`, or another `ClientError`."""
        return await self.reads.fill_prompt(PromptOffer("prompt", prompt=name), arguments)

    async def complete(
        self,
        ref: PromptRef | TemplateRef,
        argument: str,
        value: str = "",
        context: Mapping[str, object] | None = None,
    ) -> Completion:
        """What an argument may go on to.

        Args:
            value: What is there of it so far.
            context: Arguments that are known already.

        Raises:
            ClientError: See `errors`.
        """
        of = (
            PromptOffer("complete", prompt=ref.name)
            if isinstance(ref, PromptRef)
            else _Address("complete", uri=ref.uri_template)
        )
        return await self.reads.complete_value(of, argument, value, context)

    async def list_resources(self) -> list[ResourceLink]:
        """All resources that the server lists, in its order. Raises `ClientError`."""
        found = await self._listed("list_resources", Connection.resources)
        return [received.link(one) for one in found]

    async def list_resource_templates(self) -> list[ResourceFamily]:
        """All resource templates that the server lists, in its order. Raises `ClientError`."""
        found = await self._listed("list_resource_templates", Connection.templates)
        return [received.family(one) for one in found]

    async def list_prompts(self) -> list[PromptInfo]:
        """All prompts that the server lists, in its order. Raises `ClientError`."""
        found = await self._listed("list_prompts", Connection.prompts)
        return [received.prompt_info(one) for one in found]

    def listen(
        self,
        *,
        tools: bool = False,
        prompts: bool = False,
        resources: bool = False,
        uris: Sequence[str] = (),
    ) -> AbstractAsyncContextManager[Changes]:
        """Hear of changes for as long as it is entered.

            async with client.listen(tools=True, uris=["file:///a"]) as changes:
                async for change in changes: ...

        Args:
            tools, prompts, resources: Whether to hear that the list of them changed.
            uris: The resources to hear of when what they hold changes.

        Raises:
            ValueError: There is nothing to listen to.
            ClientError: On entering: the server cannot be reached, or does not agree.
        """
        if isinstance(uris, str):
            raise TypeError("uris is a sequence of addresses, not one address")
        interest = Interest(tools=tools, prompts=prompts, resources=resources, uris=tuple(uris))
        if interest == Interest():
            raise ValueError("say what to listen to: tools, prompts, resources, or uris")
        return self.exchange.listen(interest, self.config.timeout)

    async def _listed(
        self, name: str, fetch: Callable[[Connection], Awaitable[Sequence[T]]]
    ) -> Sequence[T]:
        return await self.reads.fetch_any(Offer(name), {}, fetch)


class _Address(ResourceOffer[object]):
    """A resource by an address that is none of a template, whatever it looks like."""

    def at(self, variables: Mapping[str, object] | None = None) -> str:
        return self.uri
