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
from .elsewhere import other_format
from .format import PART, SPEC, VERSION
from .keys import did_you_mean, wrong_keys
from .sizes import size
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
_SIZE = "a whole number of bytes, or one with `kB`, `MB` or `GB` behind it, such as `10MB`"
_TYPES = ("array", "boolean", "integer", "number", "object", "string")


def check_spec(node: Node, report: Report) -> None:
    """Report where the root of a spec differs from the format."""
    other = other_format(node)
    if other is not None:
        # What of it happens to be no spec is no news.
        report.add(other)
        return
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
        case shapes.Scalar():
            check.scalar(node)
        case shapes.Number():
            check.number(node, shape)
        case shapes.Choice():
            check.choice(node, shape)
        case shapes.FormatVersion():
            check.version(node)
        case shapes.Duration():
            check.duration(node)
        case shapes.Size():
            check.size(node)
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
        case shapes.Either():
            _check(node, _chosen(node, shape), report, key, name)
        case shapes.Anything():
            pass


def _chosen(node: Node, shape: shapes.Either) -> shapes.Shape:
    kind = tuple if isinstance(shape.long, shapes.ListOf) else Mapping
    return shape.long if isinstance(node.value, kind) else shape.short


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

    def scalar(self, node: Node) -> None:
        if node.value is None or isinstance(node.value, (tuple, Mapping)):
            self.wrong_kind(node, "a text, a number or a flag")

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
            help = did_you_mean(meant) + f"one of: {', '.join(shape.options)}"
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

    def size(self, node: Node) -> None:
        if not isinstance(node.value, (str, int, float)) or isinstance(node.value, bool):
            self.wrong_kind(node, "a size", help=_SIZE)
        elif size(node.value) is None:
            message = f"{quoted(node.span.text)} is no size"
            self._add("AM111", message, self._place(node), _SIZE)

    def list_of(self, node: Node, shape: shapes.ListOf) -> None:
        if isinstance(node.value, tuple):
            if not node.value and not shape.empty:
                self._add("AM109", f"{quoted(self._name)} must not be empty", self._place(node))
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
        for finding in wrong_keys(node.value, shape, self._name, self._key):
            self._report.add(finding)
        for name, (key, value) in node.value.items():
            if name in shape.known:
                _check(value, shape[name].shape, self._report, key.span, name)

    def name(self, name: str, span: Span, pattern: shapes.Pattern) -> None:
        if re.fullmatch(pattern.regex, name):
            return
        help = f"a {pattern.noun} has to be {pattern.meaning}"
        if pattern.noun == "name":
            parsed = Name.parse(name)
            forms = {ERROR_NAME: parsed.pascal, VARIABLE: parsed.constant}
            offer = forms.get(pattern, parsed.snake)
            help += f"; such as {quoted(offer)}" if re.fullmatch(pattern.regex, offer) else ""
        place = span if span.end > span.start else self._key
        self._add("AM106", f"{quoted(name)} cannot be a {pattern.noun} here", place, help)

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
