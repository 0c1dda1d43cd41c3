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
_MOST_IN_ONE = 20
"""Operations that still make a group if they are all that there is."""


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
    operations: Sequence[Found], losses: Losses, takes: Callable[[Found], bool]
) -> list[Placed]:
    """Name all operations; no two of a group have one name, in the spec or in Python.

    Args:
        takes: Which of them are wanted. What they are called does not depend on it.
    """
    groups = _groups(operations)
    full = [_words(one) for one in operations]
    full = _without_common(full)
    names = [
        _without_group(words, group) or (_VERBS[one.method],)
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
    rest = without(words, snake_words(group))
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


def _groups(operations: Sequence[Found]) -> list[tuple[str, str]]:
    """The group of each operation, and the tag that it is called after."""
    groups = [_group(one) for one in operations]
    if len({words for words, _ in groups}) == 1 and len(groups) > _MOST_IN_ONE:
        # A tag that everything has divides nothing.
        groups = [_group(one, by_tag=False) for one in operations]
    different = list(dict.fromkeys(words for words, _ in groups))
    own = dict(zip(different, _without_common(different), strict=True))
    return [(_named(own[words]), tag) for words, tag in groups]


def _group(one: Found, *, by_tag: bool = True) -> tuple[tuple[str, ...], str]:
    """After the first tag, or else after the first part of the path that says something."""
    for tag in texts(member(one.node, "tags")) if by_tag else ():
        words = snake_words(tag)
        if words:
            return words, tag
    segments = [part for part in _segments(one.path) if not part.startswith("{")]
    return next((found for part in segments if (found := snake_words(part))), (_OTHER,)), ""


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
    verb = _VERBS[one.method]
    if one.method == "get" and parts and not parts[-1].startswith("{") and _is_plural(parts[-1]):
        verb = "list"
    return (verb, *words)


def _is_plural(part: str) -> bool:
    words = snake_words(part)
    return bool(words) and singular(words[-1]) != words[-1]


def _without_common(all_words: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without the first words that all operations share, such as the service's name."""
    while len(all_words) > 1 and all(len(words) > 1 for words in all_words):
        if len({words[0] for words in all_words}) > 1 or all_words[0][0] in _ACTS:
            break
        if any(words[1][0].isdigit() for words in all_words):
            break
        all_words = [words[1:] for words in all_words]
    return all_words


def service_name(title: str) -> str:
    """What a service is called after its title: without the words that all titles have in them."""
    said = re.sub(r"(?<=\w)['’]s\b", "", title)
    words = [word.lower() for word in re.findall(r"[A-Za-z0-9]+", latin(said))]
    kept = [word for word in words if word not in _NOISE and not _TECHNICAL.fullmatch(word)]
    found = kept or words
    while found and not found[0][0].isalpha():
        found = found[1:]
    return "-".join(found[:_MOST_WORDS])[:64].strip("-") or "service"
