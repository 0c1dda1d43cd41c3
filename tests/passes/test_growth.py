"""Twice the spec is twice the work: counted in calls, as times depend on the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from types import FrameType

from automcp.ir.dump import dump
from automcp.pipeline import analyse
from automcp.targets import find
from automcp.text.render import render_all
from automcp.text.report import Report
from automcp.text.source import Source

PER_GROUP = 5


def spec(many: int) -> str:
    """A spec of so many operations, schemas and errors, that lead to each other in small circles."""
    lines = ["automcp: 1", "name: sample", "version: 1.0.0"]
    lines += ["backends: {api: {http: {url: 'https://a.example'}}}", "schemas:"]
    for at in range(many):
        near = at - at % PER_GROUP + (at + 1) % PER_GROUP
        lines += [
            f"  Thing{at}:",
            "    type: object",
            "    properties:",
            f"      next: {{$ref: '#/schemas/Thing{near}'}}",
            f"      code: {{$ref: '#/schemas/Code{at}'}}",
            f"      amount{at}: {{type: integer, minimum: 1}}",
            f"  Code{at}: {{type: string, minLength: 1}}",
        ]
    lines.append("errors:")
    lines += [f"  Failed{at}: {{description: It failed.}}" for at in range(many)]
    lines.append("groups:")
    for at in range(many):
        if at % PER_GROUP == 0:
            lines += [f"  group{at}:", "    operations:"]
        lines += [
            f"      action{at}:",
            "        effect: reads",
            "        params:",
            f"          key{at}: {{type: string, minLength: 1}}",
            f"          thing: {{$ref: '#/schemas/Thing{at}'}}",
            f"          kind: {{enum: [a, b{at}]}}",
            f"        returns: {{type: array, items: {{$ref: '#/schemas/Thing{at}'}}}}",
            f"        errors: [Failed{at}]",
        ]
        if at % 2:
            http = f"{{post: '/{at}/{{key{at}}}', query: {{a: '{{kind}}'}}, body: '{{thing}}'}}"
            lines.append(f"        run: {{http: {http}}}")
    # What is found out about one size must not help with the next.
    return (
        "\n".join(lines).replace("Thing", f"Thing{many}of").replace("amount", f"amount{many}of")
        + "\n"
    )


def calls_of(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def compile_all(text: str) -> None:
    """Every pass between the disk and the disk."""
    report = Report()
    service = analyse(Source("spec.yaml", text), _none, report)
    for target in ("server", "client", "tests", "ir"):
        find(target).emit(service, {})
    dump(service)
    render_all(report)


def _none(path: str) -> Source:
    raise FileNotFoundError(path)


def test_work_grows_with_the_spec_and_no_faster() -> None:
    compile_all(
        spec(PER_GROUP)
    )  # what is imported, and compiled of the templates, counts for nobody
    counts = [calls_of(lambda many=many: compile_all(spec(many))) for many in (20, 40, 80, 160)]
    added = [after - before for before, after in pairwise(counts)]
    assert all(more < 2.1 * less for less, more in pairwise(added)), counts
