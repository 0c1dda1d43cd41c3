"""Compares nodes with the spec format, and reports every difference at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from ...text.names import Name
from ...text.report import Diagnostic, Fix, Label, Report, quoted
from ...text.source import Span
from ...text.suggest import nearest
from ..document import Node
from . import shapes
from .durations import seconds
from .format import PART, SPEC, VERSION
from .vocabulary import ERROR_NAME, NAME, VARIABLE

_YES_NO = {
    "yes": "true",
    "on": "true",
    "true": "true",
    "no": "false",
    "off": "false",
    "false": "false",
}
_LIST = "write `[a, b]`, or each item behind `- ` on a line of its own"
_MAPPING = "write `key: value` lines below the key, or `{key: value}`"
_TYPES = ("array", "boolean", "integer", "number", "object", "string")


def check_spec(node: Node, report: Report) -> None:
    """Report where the root of a spec differs from the format."""
    _check_file(node, SPEC, report)


def check_part(node: Node, report: Report) -> None:
    """Report where an included file differs from the format."""
    _check_file(node, PART, report)


def _check_file(node: Node, record: shapes.Record, report: Report) -> None:
    version = node.value.get("automcp") if isinstance(node.value, Mapping) else None
    if version is not None and not _is_supported(version[1]):
        # Whatever else looks wrong may be right in the format that the file is written in.
        _Check(report, version[0].span, "").version(version[1])
        return
    start = node.span.start
    place = Span(node.span.source, start, min(start + 1, node.span.end))
    if isinstance(node.value, Mapping) and node.value:
        place = next(iter(node.value.values()))[0].span
    _check(node, record, report, place, "")


def _is_supported(node: Node) -> bool:
    return type(node.value) is int and node.value == VERSION


def _check(node: Node, shape: shapes.Shape, report: Report, key: Span, name: str) -> None:
    """`key` is where the nearest key stands, and `name` what it says."""
    check = _Check(report, key, name)
    match shape:
        case shapes.Text():
            check.text(node, shape)
        case shapes.Flag():
            check.flag(node)
        case shapes.FlagOrTexts():
            if isinstance(node.value, tuple):
                check.list_of(node, shapes.ListOf(shapes.Text()))
            elif not isinstance(node.value, bool):
                check.wrong_kind(node, "true, false or a list of texts")
        case shapes.Number():
            check.number(node, shape)
        case shapes.Choice():
            check.choice(node, shape)
        case shapes.FormatVersion():
            check.version(node)
        case shapes.Duration():
            check.duration(node)
        case shapes.JsonSchema():
            if not isinstance(node.value, (Mapping, bool)):
                check.no_schema(node)
        case shapes.AnyMapping():
            if not isinstance(node.value, Mapping):
                check.wrong_kind(node, "a mapping")
        case shapes.ListOf():
            check.list_of(node, shape)
        case shapes.MapOf():
            check.map_of(node, shape)
        case shapes.Record():
            check.record(node, shape)
        case shapes.NameOr():
            inner = shape.record if isinstance(node.value, Mapping) else shape.name
            _check(node, inner, report, key, name)
        case shapes.Anything():
            pass


class _Check:
    """One value's checks: a method for each kind of shape."""

    def __init__(self, report: Report, key: Span, name: str) -> None:
        self._report = report
        self._key = key
        self._name = name

    def text(self, node: Node, shape: shapes.Text) -> None:
        value = node.value
        if isinstance(value, str):
            if shape.pattern is not None:
                self.name(value, node.span, shape.pattern)
            elif not shape.empty and not value.strip():
                self._add("AM109", f"{quoted(self._name)} must not be empty", self._place(node))
        elif isinstance(value, (bool, int, float)):
            written = json.dumps(node.span.text, ensure_ascii=False)
            fix = Fix(node.span, written, "put it in quotes")
            self.wrong_kind(node, "text", help=f"put it in quotes: {written}", fix=fix)
        else:
            self.wrong_kind(node, "text", help="put one text behind the key")

    def flag(self, node: Node) -> None:
        if isinstance(node.value, bool):
            return
        meant = _YES_NO.get(node.value.lower()) if isinstance(node.value, str) else None
        help = f"write `{meant}`" if meant else "write `true` or `false`"
        fix = Fix(node.span, meant, f"write {meant}") if meant else None
        self.wrong_kind(node, "true or false", help=help, fix=fix)

    def number(self, node: Node, shape: shapes.Number) -> None:
        value = node.value
        kinds = int if shape.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            self.wrong_kind(node, "a whole number" if shape.whole else "a number")
        elif not shape.minimum <= value <= shape.maximum:
            message = f"{quoted(self._name)} goes from {shape.minimum:g} to {shape.maximum:g}"
            self._add("AM110", message, self._place(node))

    def choice(self, node: Node, shape: shapes.Choice) -> None:
        if not isinstance(node.value, str):
            self.wrong_kind(node, "text", help=f"one of: {', '.join(shape.options)}")
        elif node.value not in shape.options:
            message = f"{quoted(node.value)} is nothing that {quoted(self._name)} can be"
            meant = nearest(node.value, shape.options)
            fix = None if meant is None else Fix(node.span, meant, f"write {meant}")
            help = _meant(meant) + f"one of: {', '.join(shape.options)}"
            self._add("AM104", message, self._place(node), help, fix)

    def version(self, node: Node) -> None:
        if not _is_supported(node):
            message = f"this compiler knows no format {quoted(node.span.text)}"
            help = f"write `automcp: {VERSION}`, or use a newer compiler"
            self._add("AM105", message, self._place(node), help)

    def duration(self, node: Node) -> None:
        if not isinstance(node.value, (str, int, float)) or isinstance(node.value, bool):
            self.wrong_kind(node, "a time", help="such as `10s`, `500ms`, `2m`, or seconds")
        elif seconds(node.value) is None:
            message = f"{quoted(node.span.text)} is no time to wait"
            help = "a positive number with `ms`, `s`, `m` or `h` behind it, or seconds without"
            self._add("AM107", message, self._place(node), help)

    def list_of(self, node: Node, shape: shapes.ListOf) -> None:
        if isinstance(node.value, tuple):
            for item in node.value:
                _check(item, shape.item, self._report, item.span, self._name)
        elif isinstance(node.value, str) and node.span.text:
            written = f"[{node.span.text}]"
            fix = Fix(node.span, written, "make it a list")
            self.wrong_kind(node, "a list", help=f"write `{written}`", fix=fix)
        else:
            self.wrong_kind(node, "a list", help=_LIST)

    def map_of(self, node: Node, shape: shapes.MapOf) -> None:
        if not isinstance(node.value, Mapping):
            self.wrong_kind(node, "a mapping", help=_MAPPING)
            return
        for name, (key, value) in node.value.items():
            if shape.names is not None:
                self.name(name, key.span, shape.names)
            _check(value, shape.value, self._report, key.span, name)

    def record(self, node: Node, shape: shapes.Record) -> None:
        if shape.is_boolean and isinstance(node.value, bool):
            return
        if not isinstance(node.value, Mapping):
            if shape.is_schema:
                self.no_schema(node)
            else:
                self.wrong_kind(node, "a mapping", help=_MAPPING)
            return
        meant = [] if shape.is_schema else self._unknown_keys(node.value, shape)
        missing = [
            field.key
            for field in shape
            if field.required and field.key not in node.value and field.key not in meant
        ]
        of = f"the {shape.name} {quoted(self._name)}" if self._name else f"the {shape.name}"
        for absent in missing:
            help = f"add `{absent}`: {shape[absent].description}"
            self._add("AM102", f'{of} has no "{absent}"', self._key, help)
        self._exclusive_keys(node.value, shape)
        for name, (key, value) in node.value.items():
            if name in shape.keys:
                _check(value, shape[name].shape, self._report, key.span, name)

    def name(self, name: str, span: Span, pattern: shapes.Pattern) -> None:
        if re.fullmatch(pattern.regex, name):
            return
        parsed = Name.parse(name)
        forms = {ERROR_NAME: parsed.pascal, VARIABLE: parsed.constant}
        offer = forms.get(pattern, parsed.snake)
        help = f"a name has to be {pattern.meaning}"
        if re.fullmatch(pattern.regex, offer):
            help += f"; such as {quoted(offer)}"
        place = span if span.end > span.start else self._key
        self._add("AM106", f"{quoted(name)} cannot be a name here", place, help)

    def no_schema(self, node: Node) -> None:
        help, fix = "write `{}` for any value", None
        if isinstance(node.value, str) and re.fullmatch(NAME.regex, node.value):
            written = f'{{$ref: "#/schemas/{node.value}"}}'
            if node.value in _TYPES:
                written = f"{{type: {node.value}}}"
                fix = Fix(node.span, written, f"write {written}")
            help = f"write `{written}`"
        self.wrong_kind(node, "a JSON Schema", help=help, fix=fix)

    def wrong_kind(
        self, node: Node, expected: str, *, help: str | None = None, fix: Fix | None = None
    ) -> None:
        of = f" for {quoted(self._name)}" if self._name else ""
        message = f"expected {expected}{of}, got {_kind(node)}"
        self._add("AM101", message, self._place(node), help, fix)

    def _unknown_keys(
        self, members: Mapping[str, tuple[Node, Node]], shape: shapes.Record
    ) -> list[str]:
        """Report unknown keys; returns the keys that were probably meant."""
        found: list[str] = []
        free = [key for key in shape.keys if key not in members]
        for name, (key, _) in members.items():
            if name in shape.keys:
                continue
            meant = nearest(name, free)
            fix = None if meant is None else Fix(key.span, meant, f"write {meant}")
            help = _meant(meant) + f"the keys of the {shape.name}: {', '.join(shape.keys)}"
            self._add("AM103", f"unknown key {quoted(name)}", key.span, help, fix)
            found.extend([meant] if meant is not None else [])
        return found

    def _exclusive_keys(
        self, members: Mapping[str, tuple[Node, Node]], shape: shapes.Record
    ) -> None:
        for pair in shape.exclusive:
            if all(key in members for key in pair):
                first, second = sorted(
                    (members[key][0] for key in pair), key=lambda node: node.span.start
                )
                message = f'"{pair[0]}" and "{pair[1]}" cannot stand together'
                also = (Label(first.span, "the other one"),)
                place = Label(second.span)
                self._report.add(Diagnostic("AM108", message, place, also, "leave one of them out"))

    def _place(self, node: Node) -> Span:
        """Where the value stands; its key, if it is empty or a block of many lines."""
        if node.span.end == node.span.start:
            return self._key
        if isinstance(node.value, Mapping) and self._name:
            return self._key
        return node.span

    def _add(
        self, code: str, message: str, span: Span, help: str | None = None, fix: Fix | None = None
    ) -> None:
        self._report.add(Diagnostic(code, message, Label(span), help=help, fix=fix))


def _meant(word: str | None) -> str:
    return "" if word is None else f"did you mean `{word}`?\n"


def _kind(node: Node) -> str:
    match node.value:
        case None:
            return "nothing"
        case bool():
            return "a flag"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case tuple():
            return "a list"
        case _:
            return "a mapping"
