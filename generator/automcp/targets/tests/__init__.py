"""The `tests` target: the spec's own promises as tests of the compiled server and client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Service
from ...ir.values import Json
from ...output.files import File, Files, Owner
from .. import refuse_options
from ..dialects import dialect_of
from ..layout import Row, laid_out
from ..printing import printed, printed_lists
from ..python.groups import has_seeds
from ..python.module import header
from ..searching import search_tools, searches
from ..surface import shared, surface
from .cases import cases

_OTHERS = {
    "resources/list": ("resources", "resources"),
    "resources/templates/list": ("templates", "resourceTemplates"),
    "prompts/list": ("prompts", "prompts"),
}
"""What is listed besides tools: its name in the surface, and in the method's result."""


@dataclass(frozen=True, slots=True)
class TestsView:
    """What the templates of this target may mention.

    Attributes:
        header: The docstring of the module.
        said: Whether the spec answers anything itself, without a handler.
        handlers: The module of the server's handlers, and `app` its class.
        backends: Whether the handlers work with backends.
    """

    header: str
    server: str
    client: str
    client_class: str
    settings: bool
    said: bool
    handlers: str
    app: str
    backends: bool


def emit(service: Service, options: Mapping[str, object]) -> Files:
    """Tests of both packages: against stand-ins for the handlers, and against yours.

    Args:
        options: `sdk`: the SDK that the server is compiled for. The client is tested only where it can be
            installed beside the server. `tools`: whether the server lists them, or searches.
    """
    refuse_options("tests", options, ("sdk", "tools"))
    tried = cases(service)
    with_client = dialect_of(options).beside_client
    rows = tuple(_rows(service, said=bool(tried["said"]), with_client=with_client))
    data = (
        File("surface.json", printed(shared(service, _listed(service, options)))),
        File("cases.json", printed_lists(tried)),
    )
    return Files.merge((laid_out(rows), Files(data)))


def _rows(service: Service, *, said: bool, with_client: bool) -> Iterator[Row[TestsView]]:
    seeds = has_seeds(service)

    def row(
        name: str, text: str, owner: Owner = Owner.GENERATED, when: bool = True
    ) -> Row[TestsView]:
        view = TestsView(
            header=header(service, text),
            server=f"{service.name.snake}_server",
            client=f"{service.name.snake}_client",
            client_class=f"{service.name.pascal}Client",
            settings=bool(service.settings),
            said=said,
            handlers="handlers" if seeds else "bindings",
            app="App" if seeds else "Bound",
            backends=bool(service.backends),
        )
        return Row(f"{name}.py", f"tests/{name}.py.jinja", view, owner, when)

    yield row("conftest", "", Owner.SEEDED)
    yield row(
        "test_contract", "What the spec promises, tried in memory with stand-ins for the handlers."
    )
    yield row("test_examples", "The spec's examples, tried with your handlers.")
    yield row(
        "test_client",
        "The compiled client, with a server of stand-ins and with your handlers.",
        when=with_client,
    )


def _listed(service: Service, options: Mapping[str, object]) -> dict[str, Json]:
    """What each list has to hold, item by item."""
    document = surface(service)
    others: list[Json] = [
        {"method": method, "member": member, "items": document[section]}
        for method, (section, member) in _OTHERS.items()
        if document.get(section)
    ]
    tools = search_tools(service) if searches(service, options) else document["tools"]
    return {"tools": tools, "others": others}
