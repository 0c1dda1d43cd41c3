"""Everything that the generated tests try, as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache

from ...ir.bindings import PythonCall
from ...ir.model import Group, Operation, Service
from ...ir.values import Absent, ErrorType, Example, Json
from ..cases import NoSample, Seen, boundaries, sample
from ..cases.schemas import Root
from .offers import offer_errors, said_by_the_spec, unknown

Case = dict[str, Json]


def cases(service: Service) -> Case:
    """The document `cases.json`."""
    seen: Seen = dict.fromkeys((schema.key for schema in service.schemas), 0)
    raised = {error.key: tuple(raising(error)) for error in service.errors}
    constraints: list[Json] = []
    errors: list[Json] = []
    examples: list[Json] = []
    for group in service.groups:
        for operation in filter(_reachable, group.operations):
            tried = _tried(group, operation, seen, raised)
            for found, new in zip((constraints, errors, examples), tried, strict=True):
                found += new
        for request, error in offer_errors(group):
            errors += [{**request, **said} for said in raised[error.key]]
    return {
        "environment": _environment(service),
        "constraints": constraints,
        "errors": errors,
        "examples": examples,
        "said": list(said_by_the_spec(service)),
        "unknown": list(unknown(service)),
    }


def raising(error: ErrorType) -> Iterator[Case]:
    """How the error is raised; nothing if no data can be made up for it."""
    case: Case = {"error": error.key}
    if error.published is not None:
        root = Root(error.published)
        try:
            case["data"] = sample(root, root.document)
        except NoSample:
            return
    yield case


def _reachable(operation: Operation) -> bool:
    """Whether any client may call it, and gets its answer at once."""
    return not operation.needs and operation.task != "required"


def _is_at_hand(operation: Operation) -> bool:
    """Whether code alone answers it: what an API or a command says may differ where the tests run."""
    return operation.run is None or isinstance(operation.run, PythonCall)


def _tried(
    group: Group, operation: Operation, seen: Seen, raised: Mapping[str, tuple[Case, ...]]
) -> tuple[list[Json], list[Json], list[Json]]:
    """Constraints, errors and examples of an operation.

    Args:
        seen: What other operations show of the schemas that this one shares with them.
        raised: How each error is raised, by its key.
    """
    place: Case = {
        "tool": operation.tool,
        "group": group.name.text,
        "operation": operation.name.text,
    }
    taken = next((json.dumps(dict(one.arguments)) for one in operation.examples), None)
    schema = json.dumps(operation.input.published)
    start, tried = (
        _shown(schema, taken) if "$defs" not in schema else _mostly_shown(schema, taken, seen)
    )
    constraints: list[Json] = [{**place, **case} for case in tried]
    call: Case = {
        **place,
        "method": "tools/call",
        "params": {"name": operation.tool, "arguments": start},
    }
    errors: list[Json] = [
        {"of": operation.tool, **call, **said}
        for error in operation.errors
        for said in raised[error.key]
    ]
    shown = operation.examples if _is_at_hand(operation) else ()
    examples: list[Json] = [{**place, **_example(operation, one)} for one in shown]
    return constraints, errors, examples


# Many operations take the same, such as an `id` and nothing else.
@lru_cache(maxsize=256)
def _shown(schema: str, example: str | None) -> tuple[Json, tuple[Case, ...]]:
    """The same, where nothing is shared with others."""
    return _mostly_shown(schema, example, {})


def _mostly_shown(schema: str, example: str | None, seen: Seen) -> tuple[Json, tuple[Case, ...]]:
    """Arguments that an input accepts, and each of its constraints from both sides.

    The arguments are an example's, else made up; `None` if neither can be.
    """
    root = Root(json.loads(schema))
    start: Json = None
    with suppress(NoSample):
        start = sample(root, root.document) if example is None else json.loads(example)
    return start, () if start is None else tuple(_constraints(root, start, seen))


def _constraints(root: Root, start: Json, seen: Seen) -> Iterator[Case]:
    for boundary in boundaries(root, start, seen):
        case: Case = {"constraint": boundary.constraint, "refused": boundary.refused}
        if boundary.accepted is not None:
            case["accepted"] = boundary.accepted
        yield case


def _example(operation: Operation, example: Example) -> Case:
    case: Case = {"name": example.name, "arguments": dict(example.arguments)}
    if not isinstance(example.returns, Absent):
        case["returns"] = example.returns
        if operation.output and operation.output.published is not None:
            wrapped: Json = {"result": example.returns}
            case["structured"] = wrapped if operation.output.wrapped else example.returns
    if example.error is not None:
        case["error"] = example.error
    if not isinstance(example.error_data, Absent):
        case["data"] = example.error_data
    return case


def _environment(service: Service) -> Case:
    """A value for each variable that the server cannot start without."""
    found: Case = {}
    for setting in service.settings:
        if setting.optional or not isinstance(setting.default, Absent):
            continue
        root = Root(setting.schema)
        try:
            value = sample(root, setting.schema)
        except NoSample:
            continue
        found[setting.env] = value if isinstance(value, str) else json.dumps(value)
    return found
