"""Reads a configuration, and says what is wrong with it and where."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, cast

import yaml
from pydantic import ValidationError

from ..runtime.legacy_groups.configuration import model_of, parsed
from ..runtime.legacy_groups.types import GroupConfig, ServiceConfig
from ..spec.document import Node
from ..spec.load import load
from ..text.report import Diagnostic, Label, Level, Report
from ..text.source import Source, Span
from ..text.suggest import did_you_mean, nearest

_LIMITS = ("AM005", "AM006")
_NOTES = ("_", "x-")
_READ_ELSEWHERE = frozenset({"auth_required", "auth_config"})
"""Keys of groups that other releases read."""


@dataclass(frozen=True)
class Configured:
    """A configuration, and where its members stand.

    Attributes:
        config: What it says.
        node: Its text as a tree of nodes with places.
    """

    config: ServiceConfig | GroupConfig
    node: Node

    def at(self, *steps: str, text: str = "") -> Label:
        """The place of a member, or of the nearest one around it that is there."""
        return Label(_span(self.node, steps), text)

    def key(self, *steps: str) -> Label:
        """The place of a member's key."""
        return Label(_key_span(self.node, steps))

    def groups(self) -> Iterator[tuple[tuple[str, ...], str | None, GroupConfig]]:
        """Each group: where it stands, which class it is, and what it says."""
        if isinstance(self.config, GroupConfig):
            yield (), self.config.class_path, self.config
            return
        for key, group in self.config.groups.items():
            yield ("groups", key), group.class_path or key, group


def read(source: Source, report: Report) -> Configured:
    """Read a configuration.

    Raises:
        Rejected: It is not to be used; the report says why.
    """
    suffix = PurePath(source.name).suffix
    attempt = Report()
    node = load(source, attempt)
    # What else a spec must not say is no matter here; keys that stand twice are, and so are sizes and nesting.
    for found in attempt:
        if found.code in _LIMITS:
            report.add(found)
    report.settle()
    try:
        said = parsed(source.text, suffix)
    except (ValueError, yaml.YAMLError, json.JSONDecodeError, RecursionError) as error:
        _unreadable(error, source, attempt, report)
        said = {}
    report.settle()
    if not isinstance(said, dict):
        report.add(Diagnostic("AM701", "a configuration is a mapping", Label(node.span)))
        report.settle()
    members = cast("dict[str, Any]", said)
    _refuse_spec(members, source, node, report)
    configured = Configured(_validated(members, suffix, node, report), node)
    report.settle()
    _look_for_unknown(members, configured, report)
    _look_for_twins(configured, report)
    report.settle()
    return configured


def _refuse_spec(said: dict[str, Any], source: Source, node: Node, report: Report) -> None:
    """Nothing, unless a file is written for the compiler. Raises `Rejected` then."""
    if "automcp" not in said:
        return
    message = "this is a spec, and no configuration of service groups"
    help = (
        f"`automcp generate {source.name}` compiles it, and `automcp run` starts what comes of it"
    )
    report.add(Diagnostic("AM701", message, Label(_key_span(node, ["automcp"])), help=help))
    report.settle()


def is_configuration(text: str, suffix: str) -> bool:
    """Whether a file is about service groups, and no spec."""
    try:
        said = parsed(text, suffix)
    except (ValueError, yaml.YAMLError, RecursionError):
        return False
    if not isinstance(said, dict) or "automcp" in said or "name" not in said:
        return False
    members = cast("dict[str, Any]", said)
    if model_of(members, suffix) is GroupConfig:
        return True
    groups = members.get("groups")
    return isinstance(groups, dict) and all(
        ":" in str(key) or (isinstance(group, dict) and "class_path" in group)
        for key, group in cast("dict[object, object]", groups).items()
    )


def _unreadable(error: Exception, source: Source, attempt: Report, report: Report) -> None:
    told = [found for found in attempt if found.level is Level.ERROR]
    for found in told:
        report.add(found)
    if not told:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        report.add(
            Diagnostic(
                "AM701",
                f"the file cannot be read as a configuration: {first}",
                Label(Span(source, 0, 0)),
                help="write YAML in a file `.yaml` or `.yml`, or JSON in a file `.json`",
            )
        )


def _validated(
    said: dict[str, Any], suffix: str, node: Node, report: Report
) -> ServiceConfig | GroupConfig:
    model = model_of(said, suffix)
    try:
        return model.model_validate(said)
    except ValidationError as error:
        for one in error.errors():
            report.add(_complaint(one["type"], one["msg"], [str(s) for s in one["loc"]], node))
    report.settle()
    raise AssertionError("a finding was an error")


_KINDS: Mapping[str, str] = {
    "dict_type": "has to be a mapping",
    "list_type": "has to be a list",
    "model_type": "has to be a mapping",
    "string_too_short": "must not be empty",
    "string_type": "has to be text",
}
"""What is wrong, by pydantic's word for it."""


def _complaint(kind: str, message: str, steps: list[str], node: Node) -> Diagnostic:
    steps = [one for one in steps if one != "[key]"]
    if kind == "missing":
        return _missing(steps, node)
    told = _KINDS.get(kind, f"{message[:1].lower()}{message[1:]}")
    help = "write it in quotes" if kind == "string_type" else None
    return Diagnostic("AM701", f"`{'.'.join(steps)}` {told}", Label(_span(node, steps)), help=help)


def _missing(steps: list[str], node: Node) -> Diagnostic:
    """What to say of a key that is not there; or that it is misspelt, if one like it is."""
    around = node
    for step in steps[:-1]:
        around = _inside(around, step) or around
    there: Mapping[str, tuple[Node, Node]] = (
        around.value if isinstance(around.value, Mapping) else {}
    )
    wanted = [steps[-1], "class_path"] if steps == ["groups"] else steps[-1:]
    for key in there:
        near = nearest(key, wanted)
        if near is not None and near not in there:
            message = f"nothing reads the key `{key}`"
            return Diagnostic("AM701", message, Label(there[key][0].span), help=f"did you mean `{near}`?")  # fmt: skip
    help = None
    if steps == ["groups"]:
        help = "a service has `groups` by `module:Class`; one group alone says its `class_path`"
    elif len(steps) > 1:
        help = "it stands before the dot in the names of the group's tools"
    message = f"`{'.'.join(steps)}` is missing"
    return Diagnostic("AM701", message, Label(_span(node, steps)), help=help)


def _look_for_unknown(said: dict[str, Any], found: Configured, report: Report) -> None:
    _unknown(said, (), type(found.config).model_fields, found, report)
    if isinstance(found.config, ServiceConfig):
        for key, group in cast("dict[str, dict[str, Any]]", said["groups"]).items():
            _unknown(group, ("groups", key), GroupConfig.model_fields, found, report)


def _unknown(
    said: Mapping[str, Any],
    above: tuple[str, ...],
    known: Mapping[str, object],
    found: Configured,
    report: Report,
) -> None:
    for key in map(str, said):
        if key in known or key in _READ_ELSEWHERE or key.startswith(_NOTES):
            continue
        report.add(
            Diagnostic(
                "AM702",
                f"nothing reads the key `{key}`",
                Label(_key_span(found.node, [*above, key])),
                help=did_you_mean(key, known) or f"known are: {', '.join(known)}",
                level=Level.WARNING,
            )
        )


def _look_for_twins(found: Configured, report: Report) -> None:
    first: dict[str, Label] = {}
    for steps, _, group in found.groups():
        place = found.at(*steps, "name")
        if group.name in first:
            report.add(
                Diagnostic(
                    "AM706",
                    f"two groups are called `{group.name}`",
                    Label(place.span, "and again here"),
                    also=(Label(first[group.name].span, "first here"),),
                    help="give each a name of its own: tools are called `group.operation`",
                )
            )
        first.setdefault(group.name, place)


def _span(node: Node, steps: Sequence[str]) -> Span:
    for step in steps:
        inside = _inside(node, step)
        if inside is None:
            break
        node = inside
    # A whole mapping is too much to point at.
    start = node.span.start
    return node.span if isinstance(node.value, str) else Span(node.span.source, start, start)


def _inside(node: Node, step: str) -> Node | None:
    if isinstance(node.value, Mapping):
        members = node.value
        return members[step][1] if step in members else None
    listed: tuple[Node, ...] = node.value if isinstance(node.value, tuple) else ()
    return listed[int(step)] if step.isdecimal() and int(step) < len(listed) else None


def _key_span(node: Node, steps: Sequence[str]) -> Span:
    for step in steps[:-1]:
        node = _inside(node, step) or node
    pair = node.value.get(steps[-1]) if isinstance(node.value, Mapping) else None
    return pair[0].span if pair else node.span
