"""How the answer to a request is read."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from ...ir.bindings import HttpPages
from ...spec.bindings import HttpDecl
from ...text.report import Label
from .promise import Promise

Answer: TypeAlias = Literal["json", "text", "bytes", "none"]

_PAGES = 10
_BLOCKS = ("text", "image", "audio", "resource")


def answer_of(declared: HttpDecl, promise: Promise) -> Answer:
    """What the spec says, or what the operation's answer can be made of."""
    # A part of an answer has no type of its own that could say what else it is.
    promise.can_hold("an HTTP request", ("text",) if declared.at else _BLOCKS)
    answer = _said(declared, promise)
    if declared.at is not None and declared.at.value and answer != "json":
        message = f"an answer that is read as {answer} has no parts"
        help = "only JSON has: write `answer: json`, or leave `at` out"
        promise.shared.add("AM237", message, declared.at.span, help)
    return answer


def _said(declared: HttpDecl, promise: Promise) -> Answer:
    said = declared.answer
    if said is None:
        return _fitting(declared, promise)
    if said.value in ("text", "bytes"):
        promise.has_room_for(said, "string")
    elif said.value == "json":
        promise.has_room_for(said)
    elif said.value == "none":
        promise.has_no_answer(said)
    return cast("Answer", said.value)


def _fitting(declared: HttpDecl, promise: Promise) -> Answer:
    if promise.nothing or declared.verb.value == "head":
        promise.has_no_answer(declared.verb)
        return "none"
    if declared.at is not None or declared.pages is not None:
        return "json"
    if promise.kinds is None:
        return "text" if promise.content == ("text",) else "bytes"
    # JSON that is only a text is rarer than a text.
    return "text" if promise.surely("string") else "json"


def pages_of(declared: HttpDecl, promise: Promise) -> HttpPages | None:
    """How further pages are fetched."""
    said = declared.pages
    if said is None:
        return None
    shared = promise.shared
    promise.has_room_for(said.by, "array")
    if declared.at is not None and said.items is not None:
        message = "where the list is in each page is said twice"
        also = (Label(said.items.span, "here, too"),)
        shared.add("AM237", message, declared.at.span, "leave one of them out", also)
    if declared.answer is not None and declared.answer.value != "json":
        shared.add("AM238", "only pages of JSON can be put together", declared.answer.span)
    items = said.items or declared.at
    return HttpPages(
        by=cast("Literal['link', 'cursor', 'page', 'offset']", said.by.value),
        parameter=said.parameter.value if said.parameter else None,
        at=said.at.value if said.at else None,
        items=items.value if items else "",
        limit=said.limit.value if said.limit else _PAGES,
    )
