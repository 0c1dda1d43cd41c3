"""A group's resources, prompts and completions: `ReadingGroup`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar, cast

from mcp.shared.exceptions import MCPError
from mcp_types import PromptReference, ResourceTemplateReference
from pydantic import ValidationError

from ..shared.model import Json
from ..shared.schema import Schema
from . import received
from .answer import error_of, first_problem, summary, violations
from .calling import CallingGroup
from .connection import Connection
from .errors import ClientError, InvalidAnswer, InvalidArguments
from .following import followed
from .operation import Offer, PromptOffer, ResourceOffer
from .resources import Completion, Prompt, ResourceContents
from .safe import redacted
from .wording import words_of

T = TypeVar("T")


class ReadingGroup(CallingGroup):
    """What a group reads. Reading does no harm, so what fails in a way that may pass is tried again."""

    async def read_parts(
        self, offer: ResourceOffer[object], variables: Mapping[str, object] | None = None
    ) -> tuple[ResourceContents, ...]:
        """What a resource holds, in all its parts.

        Args:
            variables: The values of the template's variables; those that are `None` are left out.

        Raises:
            NotFound: There is no such resource.
            DeclaredError: The resource's own errors, as their classes.
            ClientError: Anything else that can go wrong, see `errors`.
        """
        try:
            uri = offer.at(variables)
        except TypeError as error:
            raise InvalidArguments(f"no address can be made: {error}") from error
        result = await self.fetch_any(
            offer, {"uri": uri}, lambda connection: connection.read_resource(uri)
        )
        return received.contents(result)

    async def read_text(
        self, offer: ResourceOffer[object], variables: Mapping[str, object] | None = None
    ) -> str:
        """The text that a resource holds. Raises as `read_parts`, and `InvalidAnswer` if it is none."""
        body = _only(await self.read_parts(offer, variables)).body
        if isinstance(body, bytes):
            raise InvalidAnswer(f"the resource {offer.name!r} holds bytes, no text")
        return body

    async def read_bytes(
        self, offer: ResourceOffer[object], variables: Mapping[str, object] | None = None
    ) -> bytes:
        """The bytes that a resource holds, of a text those in UTF-8. Raises as `read_parts`."""
        body = _only(await self.read_parts(offer, variables)).body
        return body.encode() if isinstance(body, str) else body

    async def read_json(
        self, offer: ResourceOffer[T], variables: Mapping[str, object] | None = None
    ) -> T:
        """The JSON that a resource holds, checked against its schema, as the offer's type.

        Raises:
            ClientError: As `read_parts`, and `InvalidAnswer` if it does not fit.
        """
        text = await self.read_text(offer, variables)
        try:
            value = cast("Json", json.loads(text, parse_constant=_refuse))
        except (ValueError, RecursionError) as error:
            raise InvalidAnswer(f"the resource {offer.name!r} holds no JSON") from error
        schema = self.client.surface.section("reads").get(offer.uri)
        found = violations(Schema(schema), value) if isinstance(schema, dict) else ()
        if found:
            raise InvalidAnswer(
                f"the resource {offer.name!r} does not fit its schema: {summary(found)}"
            )
        try:
            return offer.decode(value)
        except ValidationError as error:
            problem = first_problem(error, value)
            raise InvalidAnswer(f"the resource {offer.name!r} does not fit: {problem}") from error

    async def fill_prompt(
        self, offer: PromptOffer, arguments: Mapping[str, object] | None = None
    ) -> Prompt:
        """A prompt, filled in.

        Args:
            arguments: Texts, numbers or truth values; those that are `None` or `UNSET` are left out.

        Raises:
            NotFound: There is no such prompt.
            InvalidArguments: An argument is no text; nothing was sent.
            DeclaredError: The prompt's own errors, as their classes.
            ClientError: Anything else that can go wrong, see `errors`.
        """
        sent = _words(arguments)
        known = {"prompt": offer.prompt, "arguments": redacted(sent)}
        result = await self.fetch_any(
            offer, known, lambda connection: connection.fill_prompt(offer.prompt, sent)
        )
        return received.prompt(result)

    async def complete_value(
        self,
        offer: ResourceOffer[object] | PromptOffer,
        argument: str,
        value: str = "",
        others: Mapping[str, object] | None = None,
    ) -> Completion:
        """What an argument of a prompt, or a variable of a resource's template, may go on to.

        Args:
            value: What is there of it so far.
            others: Arguments that are known already.

        Raises:
            ClientError: See `errors`.
        """
        of: PromptReference | ResourceTemplateReference = (
            PromptReference(name=offer.prompt)
            if isinstance(offer, PromptOffer)
            else ResourceTemplateReference(uri=offer.uri)
        )
        known = _words(others) or None
        result = await self.fetch_any(
            offer,
            {"argument": argument},
            lambda connection: connection.complete(of, argument, value, known),
        )
        return received.completion(result)

    async def fetch_any(
        self,
        offer: Offer,
        known: Mapping[str, object],
        fetch: Callable[[Connection], Awaitable[T]],
    ) -> T:
        """Make a request that changes nothing, as often as it takes.

        Args:
            offer: What it is for.
            known: What hooks and errors tell of it.

        Raises:
            ClientError: See `errors`.
        """

        async def translated(connection: Connection) -> T:
            try:
                return await fetch(connection)
            except MCPError as error:
                told = error_of(error, offer)
                if told is None:
                    raise
                raise told from error

        options = self._options
        timeout = options.timeout or offer.timeout or self.config.timeout
        clock = self.client.clock
        started = clock()
        try:
            self._began(offer.name, known)
            value, attempts = await followed(
                self.client.tracker,
                options.track,
                options.progress,
                lambda _: self._retried(
                    offer.name,
                    lambda: self.client.exchange.ask(translated, timeout, True),
                    lambda answer: answer,
                ),
            )
        except BaseException as error:
            if isinstance(error, ClientError):
                error.context = {
                    "group": self.name,
                    "operation": offer.name,
                    **known,
                    **error.context,
                }
            self._failed(offer.name, error, clock() - started)
            raise
        self._succeeded(offer.name, attempts, clock() - started)
        return value


def _words(values: Mapping[str, object] | None) -> dict[str, str]:
    try:
        return words_of(values or {})
    except TypeError as error:
        raise InvalidArguments(f"invalid arguments: {error}") from error


def _only(contents: tuple[ResourceContents, ...]) -> ResourceContents:
    if len(contents) != 1:
        raise InvalidAnswer(f"the resource has {len(contents)} parts instead of one")
    return contents[0]


def _refuse(constant: str) -> Json:
    raise ValueError(f"{constant} is no JSON")
