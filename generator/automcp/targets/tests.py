"""The `tests` target: the spec's own promises as tests of the compiled server and client."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..ir.model import Absent, Example, Json, Operation, Service
from ..output.files import File, Files, Owner
from . import refuse_options
from .cases import NoSample, boundaries, sample
from .cases.schemas import Root
from .layout import Row, laid_out
from .python.module import header
from .surface import printed, surface


@dataclass(frozen=True, slots=True)
class TestsView:
    """What the templates of this target may mention.

    Attributes:
        contract: The docstring of `test_contract.py`.
        examples: The docstring of `test_examples.py`.
    """

    contract: str
    examples: str
    server: str
    client: str
    client_class: str
    settings: bool


def emit(service: Service, options: Mapping[str, object]) -> Files:
    """Tests of both packages: one file against stand-ins for the handlers, one against yours. It takes no options."""
    refuse_options("tests", options)
    view = TestsView(
        contract=header(
            service, "What the spec promises, tried in memory with stand-ins for the handlers."
        ),
        examples=header(
            service, "The spec's examples, called through the compiled client with your handlers."
        ),
        server=f"{service.name.snake}_server",
        client=f"{service.name.snake}_client",
        client_class=f"{service.name.pascal}Client",
        settings=bool(service.settings),
    )
    rows = (
        Row("conftest.py", "tests/conftest.py.jinja", view, Owner.SEEDED),
        Row("test_contract.py", "tests/test_contract.py.jinja", view),
        Row("test_examples.py", "tests/test_examples.py.jinja", view),
    )
    data = (
        File("surface.json", printed(surface(service)["tools"])),
        File("cases.json", printed(_cases(service))),
    )
    return Files.merge((laid_out(rows), Files(data)))


def _cases(service: Service) -> Json:
    """Everything that the tests try, as data."""
    constraints: list[Json] = []
    errors: list[Json] = []
    examples: list[Json] = []
    for group in service.groups:
        for operation in group.operations:
            place: dict[str, Json] = {
                "tool": operation.tool,
                "group": group.name.text,
                "operation": operation.name.text,
            }
            root = Root(operation.input.published)
            start = _arguments(root, operation)
            constraints += [{**place, **case} for case in _constraints(root, start)]
            errors += [{**place, **case} for case in _errors(operation, start)]
            examples += [{**place, **_example(example)} for example in operation.examples]
    return {
        "environment": _environment(service),
        "constraints": constraints,
        "errors": errors,
        "examples": examples,
    }


def _arguments(root: Root, operation: Operation) -> Json:
    """Arguments that the operation accepts: an example's, else made up; `None` if neither can be."""
    for example in operation.examples:
        return dict(example.arguments)
    try:
        return sample(root, root.document)
    except NoSample:
        return None


def _constraints(root: Root, start: Json) -> Iterator[dict[str, Json]]:
    if start is None:
        return
    for boundary in boundaries(root, start):
        case: dict[str, Json] = {"constraint": boundary.constraint, "refused": boundary.refused}
        if boundary.accepted is not None:
            case["accepted"] = boundary.accepted
        yield case


def _errors(operation: Operation, start: Json) -> Iterator[dict[str, Json]]:
    for error in operation.errors:
        case: dict[str, Json] = {"error": error.key, "arguments": start}
        if error.published is not None:
            root = Root(error.published)
            try:
                case["data"] = sample(root, root.document)
            except NoSample:
                continue
        yield case


def _example(example: Example) -> dict[str, Json]:
    case: dict[str, Json] = {"name": example.name, "arguments": dict(example.arguments)}
    if not isinstance(example.returns, Absent):
        case["returns"] = example.returns
    if example.error is not None:
        case["error"] = example.error
    if not isinstance(example.error_data, Absent):
        case["data"] = example.error_data
    return case


def _environment(service: Service) -> dict[str, Json]:
    """A value for each variable that the server cannot start without."""
    found: dict[str, Json] = {}
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
