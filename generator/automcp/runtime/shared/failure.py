"""How a failed call looks on the wire, and back: an error result with one text and one record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from .model import Json, to_json
from .violation import Violation

INVALID_ARGUMENTS = "InvalidArguments"
INTERNAL_ERROR = "InternalError"
TIMEOUT = "Timeout"
NOT_IMPLEMENTED = "NotImplemented"
BACKEND_FAILED = "BackendFailed"


class DeclaredError(Exception):
    """A failure that the spec declares. Handlers raise it, and callers get the same class.

    Attributes:
        name: Its name in the spec and on the wire.
        retryable: Whether the same call may succeed later, whatever its effect.
        message: What happened, for people and models.
        data: What the spec says that it carries; `None` if nothing.
    """

    name: ClassVar[str]
    retryable: ClassVar[bool] = False
    message: str
    data: Any

    def __init__(self, message: str, data: object = None) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


class BackendError(Exception):
    """What an operation works with failed: an API, a command, a database, a file, another server.

    Unlike the server's own failures it is told to the caller, so it must hold none of the server's secrets.
    Others have a say in the text: control characters become spaces, and it ends after `MESSAGE_LIMIT` characters.

    Attributes:
        message: What happened, for people and models.
        retryable: Whether the same call may succeed later, whatever its effect.
    """

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        self.message = plain_line(message)
        self.retryable = retryable
        super().__init__(self.message)


class PassedOn(BackendError):
    """Another server's error result, for the caller to see as it is.

    Attributes:
        result: The result on the wire.
    """

    def __init__(self, message: str, result: Mapping[str, Json]) -> None:
        super().__init__(message)
        self.result = result


class ArgumentError(Exception):
    """An argument fits its schema, and still what an operation works with cannot be handed it.

    Attributes:
        name: The argument's, or its place in the value: `filter.color`.
        problem: Reads on from there: `must not be empty in a path`.
    """

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem}")
        self.name = name
        self.problem = problem


MESSAGE_LIMIT = 1000


def plain_line(text: str, limit: int = MESSAGE_LIMIT) -> str:
    """`text` on one line: without control and formatting characters, and shortened to `limit` characters."""
    visible = "".join(one if one.isprintable() else " " for one in text[: 4 * limit])
    line = " ".join(visible.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call failed.

    Attributes:
        name: A declared error's, or one of the constants of this module.
        data: What a declared error carries.
        retryable: Whether the same call may succeed later.
        reference: Finds the server's log entry of a failure whose reason is not told.
        details: What is wrong with the arguments.
        passed: The error result of another server that says it all.
    """

    name: str
    message: str
    data: Json = None
    retryable: bool = False
    reference: str | None = None
    details: tuple[Violation, ...] = ()
    passed: Mapping[str, Json] | None = None

    @classmethod
    def of(cls, error: DeclaredError) -> Failure:
        """What to send for `error`. Raises what `to_json` raises if it is no JSON."""
        message = cast("str", to_json(error.message))
        return cls(error.name, message, to_json(error.data), error.retryable)


def to_wire(failure: Failure) -> tuple[str, dict[str, Json]]:
    """The text block and the structured content that tell of `failure`."""
    error: dict[str, Json] = {"name": failure.name, "message": failure.message}
    if failure.data is not None:
        error["data"] = failure.data
    if failure.retryable:
        error["retryable"] = True
    if failure.reference is not None:
        error["reference"] = failure.reference
    if failure.details:
        error["details"] = [{"path": at.path, "message": at.message} for at in failure.details]
    return _text(failure), {"error": error}


def from_wire(structured: object) -> Failure | None:
    """The failure in an error result's structured content; `None` if it is none of ours.

    Nothing in it is trusted: what has the wrong type is left out.
    """
    error = _members(_members(structured).get("error"))
    name, message, reference = error.get("name"), error.get("message"), error.get("reference")
    if not isinstance(name, str) or not isinstance(message, str):
        return None
    return Failure(
        name,
        message,
        cast("Json", error.get("data")),
        error.get("retryable") is True,
        reference if isinstance(reference, str) else None,
        tuple(_violations(error.get("details"))),
    )


def _text(failure: Failure) -> str:
    lines = [f"{failure.name}: {failure.message}" if failure.message else failure.name]
    if failure.data is not None:
        lines.append(json.dumps(failure.data, ensure_ascii=False, separators=(",", ":")))
    if failure.reference is not None:
        lines.append(f"Reference: {failure.reference}")
    lines += [f"- {violation}" for violation in failure.details]
    return "\n".join(lines)


def _members(value: object) -> Mapping[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _violations(details: object) -> Iterator[Violation]:
    for detail in cast("list[object]", details) if isinstance(details, list) else []:
        path, message = _members(detail).get("path"), _members(detail).get("message")
        if isinstance(path, str) and isinstance(message, str):
            yield Violation(path, message)
