"""Builds nodes from the events of a YAML parser, without its guesses about what scalars mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, cast

import yaml

from ...text.report import Diagnostic, Label, Report, quoted
from ...text.source import Source, Span
from ..document import Node, Scalar
from . import limits
from .collect import add_member
from .scalars import NotJson, resolve_plain
from .trouble import explain

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# YAML 1.1 parsers end a line at U+0085, U+2028 and U+2029, 1.2 parsers do not: a file should mean one thing.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    _CORE + "null": (type(None),),
    _CORE + "bool": (bool,),
    _CORE + "int": (int,),
    _CORE + "float": (float, int),
}


def read_yaml(source: Source, report: Report, scale: int = 1) -> Node | None:
    """Read one YAML document; `None` after a finding that nothing can be read behind."""
    shift = 1 if source.text.startswith("\ufeff") else 0
    bad = _FORBIDDEN.search(source.text, shift)
    if bad is not None:
        report.add(_forbidden(source, bad))
        return None
    builder = _Builder(source, report, shift, scale * limits.NODES)
    try:
        # Events instead of PyYAML's nodes: its composer recurses, and forgets where an alias stood.
        for event in _events(source.text[shift:]):
            builder.take(event)
    except _Stopped as stopped:
        report.add(stopped.diagnostic)
        return builder.root if stopped.diagnostic.code == "AM011" else None
    except yaml.MarkedYAMLError as error:
        report.add(explain(source, error, shift))
        return None
    if builder.root is None:
        text = "a spec starts with `automcp: 1` and a `name`"
        place = Label(Span(source, 0, 0))
        report.add(Diagnostic("AM012", "the file holds nothing but comments", place, help=text))
    return builder.root


class _Stopped(Exception):
    """Reading on would be unsafe or pointless."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class _Sized:
    """A node, how many nodes it stands for with aliases expanded, and how deep it is."""

    node: Node
    weight: int
    height: int


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: int
    anchor: str | None
    is_map: bool
    is_flow: bool
    items: list[Node] = field(default_factory=list[Node])
    members: dict[str, tuple[Node, Node]] = field(default_factory=dict[str, tuple[Node, Node]])
    key: Node | None = None
    end: int = 0
    weight: int = 1
    height: int = 0


class _Builder:
    """The collections that are open, and what is anchored so far."""

    def __init__(self, source: Source, report: Report, shift: int, most: int) -> None:
        self.root: Node | None = None
        self._source = source
        self._report = report
        self._shift = shift
        self._most = most
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Sized | None] = {}
        self._total = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.CollectionStartEvent():
                self._open(event)
            case yaml.CollectionEndEvent():
                self._close(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                span = self._span(event)
                message = "a second document starts here, but a spec is one"
                self._stop(
                    "AM011", message, span, "put it in a file of its own, and `include` that"
                )
            case _:
                pass

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        span = self._span(event)
        if event.style in ("|", ">"):
            span = Span(self._source, span.start, span.start + len(span.text.rstrip()))
        is_key = bool(self._stack) and self._stack[-1].is_map and self._stack[-1].key is None
        value = event.value if is_key else self._value(event, span)
        self._place(Node(value, span), event.anchor)

    def _value(self, event: yaml.ScalarEvent, span: Span) -> Scalar:
        text: str = event.value
        tag: str | None = event.tag
        if tag is None and not event.implicit[0]:
            return text
        if tag in ("!", _CORE + "str"):
            return text
        try:
            value = resolve_plain(text)
        except NotJson as problem:
            help = "put it in quotes if it is text"
            self._report.add(Diagnostic("AM009", str(problem), Label(span), help=help))
            return 0
        if tag is not None and type(value) not in _SCALAR_TAGS.get(tag, ()):
            self._refuse_tag(tag, span)
        return value

    def _alias(self, event: yaml.AliasEvent) -> None:
        span = self._span(event)
        name = event.anchor or ""
        if name not in self._anchors:
            help = f"anchor a value above with `&{name}`, or put the text in quotes"
            self._stop("AM010", f"nothing above is anchored as {quoted(name)}", span, help)
        known = self._anchors[name]
        if known is None:
            self._stop("AM010", "this alias stands for a value that it is a part of", span)
        if len(self._stack) + known.height > limits.DEPTH:
            self._stop("AM005", f"values are nested more than {limits.DEPTH} deep", span)
        value = known.node.value
        self._place(Node(value, span), None, known.weight, known.height, known.weight)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        start = self._span(event).start
        if len(self._stack) >= limits.DEPTH:
            span = Span(self._source, start, min(start + 1, len(self._source.text)))
            self._stop("AM005", f"values are nested more than {limits.DEPTH} deep", span)
        is_map = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, "!", _CORE + ("map" if is_map else "seq")):
            self._refuse_tag(event.tag or "", self._span(event))
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._stack.append(_Open(start, event.anchor, is_map, bool(event.flow_style)))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        done = self._stack.pop()
        stop = self._span(event).end
        # The end of a block is only seen at the next token, so it ends where its last part does.
        closed = done.is_flow and self._source.text[stop - 1] in "]}"
        span = Span(self._source, done.start, stop if closed else max(done.end, done.start))
        value = done.members if done.is_map else tuple(done.items)
        self._place(Node(value, span), done.anchor, done.weight, done.height + 1)

    def _place(
        self, node: Node, anchor: str | None, weight: int = 1, height: int = 0, new: int = 1
    ) -> None:
        """Put a finished node where it belongs. `new` is how many values come with it: those inside are counted."""
        if anchor is not None:
            self._anchors[anchor] = _Sized(node, weight, height)
        self._total += new
        if self._total > self._most:
            message = f"the file stands for more than {self._most} values"
            self._stop(
                "AM005", message, node.span, "use fewer aliases of aliases, or split the file"
            )
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        top.end = node.span.end
        top.weight += weight
        if height > top.height:
            top.height = height
        if not top.is_map:
            top.items.append(node)
        elif top.key is None:
            top.key = node
        else:
            self._add(top, top.key, node)
            top.key = None

    def _add(self, top: _Open, key: Node, value: Node) -> None:
        if isinstance(key.value, str):
            add_member(top.members, key, value, self._report)
            return
        help = "put it in quotes if it is text" if key.span.text.startswith(("{", "[")) else None
        self._report.add(Diagnostic("AM007", "a key has to be text", Label(key.span), help=help))

    def _refuse_tag(self, tag: str, span: Span) -> None:
        found = re.compile(r"![^\s,\[\]{}]*").search(self._source.text, span.start, span.end)
        place = span if found is None else Span(self._source, *found.span())
        known = tag.startswith(_CORE) and tag in (*_SCALAR_TAGS, _CORE + "map", _CORE + "seq")
        message = "the value does not fit its tag" if known else "tags have no meaning in a spec"
        self._report.add(Diagnostic("AM008", message, Label(place), help="leave the tag out"))

    def _span(self, event: yaml.Event) -> Span:
        first, last = event.start_mark, event.end_mark
        start = 0 if first is None else first.index + self._shift
        end = 0 if last is None else last.index + self._shift
        return Span(self._source, start, end if end > start else start)

    def _stop(self, code: str, message: str, span: Span, help: str | None = None) -> NoReturn:
        raise _Stopped(Diagnostic(code, message, Label(span), help=help))


def _events(text: str) -> Iterator[yaml.Event]:
    parse: Callable[..., Iterator[yaml.Event]] = cast(Any, yaml).parse
    return parse(text, Loader=_LOADER)


def _forbidden(source: Source, match: re.Match[str]) -> Diagnostic:
    point = ord(match.group())
    message = f"the character U+{point:04X} may not stand in a spec"
    help = f'in a text in double quotes, write it as "\\{f"x{point:02x}" if point < 256 else f"u{point:04x}"}"'
    if 0xD800 <= point < 0xE000:
        help = "the file is not valid UTF-8 there"
    return Diagnostic("AM002", message, Label(Span(source, *match.span())), help=help)
