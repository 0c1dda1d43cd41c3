"""Puts the server's questions to the program's callbacks, and gives the answers to the SDK."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar, cast

from mcp.client.session import ClientRequestContext
from mcp_types import (
    INTERNAL_ERROR,
    CreateMessageRequest,
    CreateMessageRequestParams,
    CreateMessageResult,
    CreateMessageResultWithTools,
    ElicitCompleteNotification,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitRequestParams,
    ElicitResult,
    ErrorData,
    InputRequest,
    InputResponse,
    ListRootsRequest,
    ListRootsResult,
    LoggingMessageNotificationParams,
    PromptListChangedNotification,
    ResourceListChangedNotification,
    ResourceUpdatedNotification,
    SamplingCapability,
    SamplingToolsCapability,
    ToolListChangedNotification,
)
from pydantic import BaseModel, ValidationError

from ..shared.model import Json
from ..shared.path import spell, walked
from . import sampling
from .changes import Change, PromptsChanged, ResourcesChanged, ResourceUpdated, ToolsChanged
from .errors import CannotAnswer
from .forms import filled
from .patience import Patience
from .questions import (
    Answered,
    Answering,
    Callbacks,
    FormQuestion,
    LogLevel,
    LogMessage,
    Root,
    UrlQuestion,
)

logger = logging.getLogger(__name__)

T = TypeVar("T")
_ModelT = TypeVar("_ModelT", bound=BaseModel)


class Respondent:
    """The program's callbacks as the SDK wants them, for one connection.

    Attributes:
        patience: What the callbacks that answer stop while they do; `None` if there are none.
    """

    def __init__(self, callbacks: Callbacks) -> None:
        self._callbacks = callbacks
        asked = callbacks.elicit or callbacks.sample or callbacks.roots
        self.patience = Patience() if asked else None

    @property
    def abilities(self) -> dict[str, Any]:
        """The arguments of the SDK's client that make it answer, and declare what it can."""
        given = self._callbacks
        able = SamplingCapability(tools=SamplingToolsCapability()) if given.sample_tools else None
        return {
            "elicitation_callback": self._elicited if given.elicit else None,
            "sampling_callback": self._sampled if given.sample else None,
            "sampling_capabilities": able,
            "list_roots_callback": self._listed if given.roots else None,
            "logging_callback": self._logged if given.log else None,
            "log_level": given.log_level if given.log else None,
        }

    @property
    def log_level(self) -> LogLevel | None:
        """The least severe messages that the program wants to hear of; `None` if none."""
        return self._callbacks.log_level if self._callbacks.log else None

    async def answer(self, request: InputRequest) -> InputResponse:
        """The program's answer to a question.

        Raises:
            CannotAnswer: No callback answers it, or not as it has to be answered.
            Exception: What the callback raises.
        """
        match request:
            case ElicitRequest(params=params):
                return await self._elicit(params)
            case CreateMessageRequest(params=params):
                return await self._sample(params)
            case ListRootsRequest():
                return await self._roots()

    async def hear(self, message: object) -> None:
        """Tell the program of a notification that it wants to know of."""
        if self._callbacks.changed is not None and (change := change_of(message)) is not None:
            await _awaited(self._callbacks.changed(change))
        if self._callbacks.visited is not None and isinstance(message, ElicitCompleteNotification):
            await _awaited(self._callbacks.visited(message.params.elicitation_id))

    async def _elicit(self, params: ElicitRequestParams) -> ElicitResult:
        ask = self._callbacks.elicit
        if ask is None:
            raise CannotAnswer("the server asks for an elicitation, and no callback answers it")
        if not isinstance(params, ElicitRequestFormParams):
            question = UrlQuestion(params.message, params.url, params.elicitation_id)
            return ElicitResult(action=(await self._given(partial(ask, question))).action)
        form = FormQuestion(params.message, cast("dict[str, Json]", params.requested_schema))
        answered: Answered = await self._given(partial(ask, form))
        if answered.action != "accept":
            return ElicitResult(action=answered.action)
        content = filled(form, answered.content)
        return _read(ElicitResult, {"action": "accept", "content": content})

    async def _sample(
        self, params: CreateMessageRequestParams
    ) -> CreateMessageResult | CreateMessageResultWithTools:
        ask = self._callbacks.sample
        if ask is None:
            raise CannotAnswer("the server asks for a sample, and no callback answers it")
        try:
            question = sampling.question(_wire(params))
        except ValueError as error:
            raise CannotAnswer(f"the server asks the model what it cannot read: {error}") from error
        said = sampling.answer(await self._given(partial(ask, question)))
        content = said["content"]
        if isinstance(content, dict) and content["type"] in ("text", "image", "audio"):
            return _read(CreateMessageResult, said)
        return _read(CreateMessageResultWithTools, said)

    async def _roots(self) -> ListRootsResult:
        list_roots = self._callbacks.roots
        if list_roots is None:
            raise CannotAnswer("the server asks for the roots, and no callback answers it")
        roots: Sequence[Root] = await self._given(list_roots)
        told: list[Json] = [
            {"uri": root.uri} if root.name is None else {"uri": root.uri, "name": root.name}
            for root in roots
        ]
        return _read(ListRootsResult, {"roots": told})

    async def _given(self, answer: Callable[[], Answering[T]]) -> T:
        assert self.patience is not None
        with self.patience.answering():
            return await _awaited(answer())

    async def _elicited(
        self, context: ClientRequestContext, params: ElicitRequestParams
    ) -> ElicitResult | ErrorData:
        return await _or_refusal(self._elicit(params))

    async def _sampled(
        self, context: ClientRequestContext, params: CreateMessageRequestParams
    ) -> CreateMessageResult | CreateMessageResultWithTools | ErrorData:
        return await _or_refusal(self._sample(params))

    async def _listed(self, context: ClientRequestContext) -> ListRootsResult | ErrorData:
        return await _or_refusal(self._roots())

    async def _logged(self, params: LoggingMessageNotificationParams) -> None:
        if self._callbacks.log is not None:
            await _awaited(
                self._callbacks.log(LogMessage(params.level, params.data, params.logger))
            )


def change_of(message: object) -> Change | None:
    """The change that a notification tells of; `None` if it tells of none."""
    match message:
        case ToolListChangedNotification():
            return ToolsChanged()
        case PromptListChangedNotification():
            return PromptsChanged()
        case ResourceListChangedNotification():
            return ResourcesChanged()
        case ResourceUpdatedNotification(params=params):
            return ResourceUpdated(params.uri)
        case _:
            return None


async def _awaited(answer: Answering[T]) -> T:
    return cast("T", await answer if inspect.isawaitable(answer) else answer)


async def _or_refusal(answer: Awaitable[T]) -> T | ErrorData:
    """The answer to a request of its own; the server is not told why there is none."""
    try:
        return await answer
    except Exception:
        logger.exception("a question of the server has no answer")
        return ErrorData(code=INTERNAL_ERROR, message="The client has no answer.")


def _read(kind: type[_ModelT], wire: dict[str, Json]) -> _ModelT:
    try:
        return kind.model_validate(wire, by_name=False)
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        place = spell(walked(problem["loc"], wire)) or "it"
        raise CannotAnswer(
            f"the protocol cannot say the answer: {place}: {problem['msg']}"
        ) from error


def _wire(params: BaseModel) -> dict[str, Json]:
    return cast("dict[str, Json]", params.model_dump(mode="json", by_alias=True, exclude_none=True))
