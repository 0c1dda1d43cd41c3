"""What operations are called: groups after tags, operations after what they do there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...text.names import python_name
from ...text.report import quoted
from .losses import Losses
from .operations import Found
from .reading import member, text_of, texts
from .words import latin, shortened, singular, snake_words, without

_MOST_TOOL = 64
_MOST_GROUP = 32
_VERBS = {
    "get": "get",
    "head": "check",
    "post": "create",
    "put": "replace",
    "patch": "update",
    "delete": "delete",
    "options": "options",
    "trace": "trace",
    "query": "query",
}
_ACTS = frozenset(
    [
        *_VERBS,
        *_VERBS.values(),
        "add",
        "cancel",
        "describe",
        "fetch",
        "find",
        "list",
        "read",
        "remove",
        "retrieve",
        "search",
        "send",
        "set",
        "show",
    ]
)
"""What an operation may well do in all of its names; any other word that all have is the service's."""
_TECHNICAL = re.compile(r"api|rest|v[0-9][0-9a-z.]*|[0-9.]+", re.IGNORECASE)
_CONTROLLER = re.compile(r"^\w*?[a-z]Controller[_.](?=\w)")
_NOISE = frozenset(
    [
        "description",
        "http",
        "official",
        "openapi",
        "public",
        "restful",
        "spec",
        "specification",
        "swagger",
        "the",
    ]
)
"""Words of titles that say nothing of the service."""
_MOST_WORDS = 4
_OTHER = "api"
_NO_TAGS = frozenset(("default",))
"""What tools write where somebody should have said a tag."""
_VERSION = re.compile(r"v[0-9]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """An operation, and what it is called.

    Attributes:
        tag: The tag that its group is called after; empty if it is called after the path.
    """

    found: Found
    group: str
    name: str
    tag: str


def placed(
    operations: Sequence[Found], title: str, losses: Losses, takes: Callable[[Found], bool]
) -> list[Placed]:
    """Name all operations; no two of a group have one name, in the spec or in Python.

    A name is made of what stands at the operation alone, so that no other operation changes it, unless both had the same.

    Args:
        title: That of the API.
        takes: Which of them are wanted. What they are called does not depend on it.
    """
    service = service_words(title)
    groups = [_group(one, service) for one in operations]
    full = [_own(_words(one), service) for one in operations]
    names = [
        _without_group(words, group) or _verb(one)
        for one, (group, _), words in zip(operations, groups, full, strict=True)
    ]
    short = Counter(zip(groups, names, strict=True))
    chosen = [
        words if short[group, words] == 1 else whole
        for group, words, whole in zip(groups, names, full, strict=True)
    ]
    taken: dict[tuple[str, str], int] = {}
    result: list[Placed] = []
    for one, (group, tag), words in zip(operations, groups, chosen, strict=True):
        name = _free(shortened(words, _MOST_TOOL - len(group) - 1), group, taken)
        if takes(one):
            _tell(one, group, words, name, losses)
            result.append(Placed(one, group, name, tag))
    return result


def _without_group(words: tuple[str, ...], group: str) -> tuple[str, ...]:
    """Without what the group says already, unless a digit would come first: no name starts with one."""
    stutter = snake_words(group)
    rest = without(words, stutter)
    if (
        rest == words[-len(rest) :]
        and rest[1:]
        and without(rest[1:], stutter) == rest[1 + len(stutter) :]
    ):
        # `Orders_placeOrder`: the class in front, and behind the verb what it is about.
        rest = rest[:1] + rest[1 + len(stutter) :]
    return words if rest and rest[0][0].isdigit() else rest


def _tell(one: Found, group: str, words: tuple[str, ...], name: str, losses: Losses) -> None:
    if name == "_".join(words):
        return
    if len(f"{group}_{'_'.join(words)}") > _MOST_TOOL:
        message = f"{quoted('_'.join(words))} is called `{group}.{name}`: tools' names have room for 64 letters"
        losses.note("AM620", message, one.node, kind="names are too long for tools")
    else:
        message = f"another operation has that name: this one is called `{group}.{name}`"
        losses.note("AM620", message, one.node, kind="operations have one name")


def _free(name: str, group: str, taken: dict[tuple[str, str], int]) -> str:
    """The name, or with a number behind it, that is free in its group; `taken` counts how often each was asked for."""
    stem, free = name, name
    while (group, python_name(free)) in taken:
        number = taken[group, python_name(stem)] = taken[group, python_name(stem)] + 1
        room = _MOST_TOOL - len(group) - 1 - len(f"_{number}")
        free = f"{stem[:room].rstrip('_')}_{number}"
    taken[group, python_name(free)] = 1
    return free


def _group(one: Found, service: frozenset[str]) -> tuple[str, str]:
    """What the group of an operation is called: as the first tag that is not the service, or as the path begins."""
    for tag in texts(member(one.node, "tags")):
        words = snake_words(tag)
        if words and not all(word in _NO_TAGS or singular(word) in service for word in words):
            return _named(words), tag
    segments = [part for part in _segments(one.path) if not part.startswith("{")]
    words = next((found for part in segments if (found := snake_words(part))), (_OTHER,))
    return _named(words), ""


def _named(words: tuple[str, ...]) -> str:
    return shortened(words, _MOST_GROUP).rstrip("_")


def _segments(path: str) -> list[str]:
    """The parts of a path, without those in front that only say which API it is."""
    parts = [part for part in path.partition("?")[0].split("/") if part]
    while len(parts) > 1 and _TECHNICAL.fullmatch(parts[0]):
        parts = parts[1:]
    return parts


def _words(one: Found) -> tuple[str, ...]:
    """The words of the operation's id, or else of what its method does with its path."""
    identifier = text_of(member(one.node, "operationId")) or ""
    # FastAPI: the function's name, the path and the method.
    tail = re.sub(r"\W", "_", one.path) + "_" + one.method
    if identifier.endswith(tail) and len(identifier) > len(tail):
        identifier = identifier.removesuffix(tail)
    # NestJS: the class and the function.
    identifier = _CONTROLLER.sub("", identifier)
    return snake_words(identifier) or _from_path(one)


def _from_path(one: Found) -> tuple[str, ...]:
    parts = _segments(one.path)
    words: list[str] = []
    for at, part in enumerate(parts):
        if part.startswith("{"):
            continue
        found = snake_words(part)
        is_one = at + 1 < len(parts) and parts[at + 1].startswith("{")
        last = at + 1 == len(parts)
        if found and (is_one or (last and one.method == "post")):
            found = (*found[:-1], singular(found[-1]))
        words += found
    (verb, *_) = _verb(one)
    if one.method == "get" and parts and not parts[-1].startswith("{") and _is_plural(parts[-1]):
        verb = "list"
    return (verb, *words)


def _verb(one: Found) -> tuple[str, ...]:
    return (_VERBS.get(one.method) or "_".join(snake_words(one.method)) or "request",)


def _is_plural(part: str) -> bool:
    words = snake_words(part)
    return bool(words) and singular(words[-1]) != words[-1]


def _own(words: tuple[str, ...], service: frozenset[str]) -> tuple[str, ...]:
    """Without the first words if they only say which service it is, as its title does, or which version."""
    left = set(service)
    while len(words) > 1 and not words[1][0].isdigit():
        first = singular(words[0])
        if not _VERSION.fullmatch(first) and (words[0] in _ACTS or first not in left):
            break
        left.discard(first)
        words = words[1:]
    return words


def service_words(title: str) -> frozenset[str]:
    """The words that say which service it is, in the singular."""
    return frozenset(singular(word) for word in _title_words(title))


def service_name(title: str) -> str:
    """What a service is called after its title: without the words that all titles have in them."""
    found = _title_words(title)
    while found and not found[0][0].isalpha():
        found = found[1:]
    return "-".join(found[:_MOST_WORDS])[:64].strip("-") or "service"


def _title_words(title: str) -> list[str]:
    """The words of a title, but for those that all titles have in them."""
    said = re.sub(r"(?<=\w)['’]s\b", "", title)
    words = [word.lower() for word in re.findall(r"[A-Za-z0-9]+", latin(said))]
    kept = [word for word in words if word not in _NOISE and not _TECHNICAL.fullmatch(word)]
    return kept or words
