"""What an operation gives back: its successful responses."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .documents import Documents, Located, Unresolved
from .losses import Losses
from .lowering import Lowering
from .media import (
    OTHER_ANSWERS,
    UNREAD_SCHEMAS,
    Kind,
    bare,
    is_media_type,
    is_sequence,
    listed,
    preferred,
    says_text,
    schema_of,
)
from .nullable import or_null
from .reading import Json, is_object, items, member, members, said
from .swagger import is_swagger, response

_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")
_BLOCKS = {"image": "image", "audio": "audio"}


@dataclass(frozen=True, slots=True)
class Responses:
    """The responses of an operation by status, ranges as `4XX`."""

    good: tuple[tuple[str, Located], ...]
    bad: tuple[tuple[str, Located], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a spec says about the answers of an operation.

    Attributes:
        said: The members of the operation: `returns`, `content`.
        http: The members of `run.http`: `answer`, and headers to ask for a media type.
    """

    said: Json
    http: Json


def responses(documents: Documents, operation: Located, losses: Losses) -> Responses:
    """The responses of an operation; `default` is a good one where no other is."""
    found: dict[str, Located] = {}
    for status, (key, node) in members(member(operation.node, "responses")).items():
        if status.startswith("x-"):
            continue
        if not _STATUS.fullmatch(status.upper().replace("DEFAULT", "default")):
            losses.warn("AM602", f"{status!r} is no status, and is left out", key)
            continue
        try:
            one = documents.follow(operation.at(node))
        except Unresolved as problem:
            losses.warn("AM603", f"{problem}: the response is left out", node, problem.help)
            continue
        if is_swagger(documents.root.root):
            one = response(documents, one, operation, failed=not status.startswith("2"))
        found[status if status == "default" else status.upper()] = one
    good = [status for status in found if status.startswith("2")]
    bad = [status for status in found if status.startswith(("4", "5"))]
    if "default" in found:
        (bad if good or any(one.startswith(("1", "3")) for one in found) else good).append(
            "default"
        )
    for status in [status for status in found if status.startswith(("1", "3"))]:
        message = f"what {status} says is left out"
        kind = "responses that are neither success nor failure are left out"
        losses.note("AM623", message, found[status].node, kind=kind)
    # A range counts where no status of its own does.
    good.sort(key=lambda status: (status == "default", status.endswith("XX"), status))
    return Responses(
        tuple((status, found[status]) for status in good),
        tuple((status, found[status]) for status in bad),
    )


def answer(good: Sequence[tuple[str, Located]], method: str, lowering: Lowering) -> Answer:
    """What comes back when all went well."""
    if method == "head":
        return Answer({}, {})
    chosen: list[tuple[str, Kind, Located]] = []
    empty = False
    for _, one in good:
        content = one.inner("content")
        choices = [] if content is None else preferred(lowering.documents, content)
        if not choices:
            empty = True
            continue
        chosen.append(choices[0])
        if len(choices) > 1:
            message = f"asked for as `{choices[0][0]}`; the API can answer in {listed(name for name, _, _ in choices[1:])}, too"
            lowering.losses.note("AM622", message, one.node, kind=OTHER_ANSWERS)
    if not chosen:
        return Answer({}, {})
    name, kind, first = chosen[0]
    same = [one for one in chosen if one[1] == kind]
    if len(same) < len(chosen):
        message = f"answers that are not `{name}` are left out"
        lowering.losses.note("AM623", message, good[0][1].node)
    if kind in ("json", "form", "multipart"):
        drafts = [_lowered(content, lowering) for _, _, content in same]
        # What returns a text is read as text, if nothing else is said.
        texts = empty is False and any(_is_text(content, lowering) for _, _, content in same)
        http = {**_asking(name), **({"answer": "json"} if texts else {})}
        return Answer({"returns": _united(drafts, empty=empty)}, http)
    return _raw(name, kind, first, lowering, empty=empty)


def _is_text(content: Located, lowering: Lowering) -> bool:
    """Whether JSON is surely a text."""
    schema = schema_of(content)
    try:
        node = None if schema is None else lowering.documents.follow(schema).node
    except Unresolved:
        return False
    values = [item.value for item in items(member(node, "enum"))]
    is_listed = bool(values) and all(isinstance(value, str) for value in values)
    return said(node, "type") == "string" or is_listed


def _lowered(content: Located, lowering: Lowering) -> Json:
    schema = schema_of(content)
    return {} if schema is None else lowering.lower(schema, "out")


def _united(drafts: list[Json], *, empty: bool) -> Json:
    """Any of several answers; `null` where a response has no body."""
    distinct = list({json.dumps(one, default=repr): one for one in drafts}.values())
    whole: Json = distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
    return or_null(whole) if empty and is_object(whole) and whole else whole


def _raw(name: str, kind: Kind, content: Located, lowering: Lowering, *, empty: bool) -> Answer:
    """An answer that is no JSON."""
    _tell_schema(name, content, lowering)
    main = bare(name).partition("/")[0]
    asking = _asking(name)
    if kind == "text":
        if is_sequence(name):
            message = f"an answer in `{name}` is read to its end, and given as text"
            lowering.losses.note("AM622", message, content.node)
        returns: Json = {"type": "string"}
        if empty:
            return Answer({"returns": or_null(returns)}, {"answer": "text", **asking})
        return Answer({"returns": returns}, asking)
    if main in _BLOCKS:
        return Answer({"content": [_BLOCKS[main]]}, asking)
    returns = {"type": "string", "contentEncoding": "base64"}
    named = {} if "*" in name else {"contentMediaType": bare(name)}
    return Answer({"returns": {**returns, **named}}, {"answer": "bytes", **asking})


def _tell_schema(name: str, content: Located, lowering: Lowering) -> None:
    """Tell that a schema says more of an answer than that it is text, or bytes."""
    schema = schema_of(content)
    if schema is not None and not says_text(lowering.documents, schema):
        message = f"an answer in `{name}` is given as it is: its schema is left out"
        lowering.losses.note("AM622", message, schema.node, kind=UNREAD_SCHEMAS)


def _asking(name: str) -> Json:
    """The header that asks for a media type, unless it goes without saying."""
    named = bare(name)
    if named == "application/json" or not is_media_type(name.strip()):
        return {}
    return {"headers": {"Accept": name.strip()}}
