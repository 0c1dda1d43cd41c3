"""Compares what a server lists with what its project allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .ir.model import Service
from .project import Budget
from .targets.weight import ListWeight, ToolWeight
from .text.report import Diagnostic, Label
from .text.source import Span

_NAMED = 5
"""So many of the largest tools are named."""


def overruns(listed: ListWeight, budget: Budget, service: Service) -> Iterator[Diagnostic]:
    """A finding (`AM540`, `AM541`) for the list, and for each tool, that takes more than it may."""
    if budget.list is not None and listed.tokens > budget.list:
        largest = ", ".join(f"`{one.name}` {one.tokens:,}" for one in listed.largest(_NAMED))
        yield Diagnostic(
            "AM540",
            f"the list of tools takes about {listed.tokens:,} tokens, and its budget is {budget.list:,}",
            _at(budget.places, "list"),
            help=f'the largest: {largest}; `tools = "search"` lets tools be searched for instead',
        )
    if budget.tool is None:
        return
    paths = {
        operation.tool: f"groups.{group.name.text}.operations.{operation.name.text}"
        for group in service.groups
        for operation in group.operations
    }
    for one in listed.tools:
        # Those that stand for all others (`tools = "search"`) are nobody's to shorten.
        if one.tokens > budget.tool and one.name in paths:
            yield _heavy(one, budget, service.places.get(paths[one.name]))


def _heavy(tool: ToolWeight, budget: Budget, place: Span | None) -> Diagnostic:
    allowed = _at(budget.places, "tool")
    return Diagnostic(
        "AM541",
        f"the tool `{tool.name}` takes about {tool.tokens:,} tokens, and its budget is {budget.tool:,}",
        Label(place) if place else allowed,
        (allowed,) if place and allowed else (),
        "shorten descriptions, or what its schemas mention; `structured: false` publishes no output schema",
    )


def _at(places: Mapping[str, Span], key: str) -> Label | None:
    return Label(places[key]) if key in places else None
