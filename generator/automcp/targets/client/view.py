"""What the templates of the `client` target are filled with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ir.model import Service
from ..python.calls import CallGroup, call_groups
from ..python.errors import ErrorClass, error_classes
from ..python.models import Types
from ..python.module import title_of
from ..python.naming import client_class
from ..python.text import docstring, markdown, prose, quoted


@dataclass(frozen=True, slots=True)
class ClientView:
    """What the templates may mention.

    Attributes:
        header: The docstring of the module.
        imports: The import lines of the module.
        exports: The sorted `__all__` of the module.
    """

    title: str
    header: str
    imports: str
    exports: tuple[str, ...]
    package: str
    project: str
    server: str
    version: str
    description: str
    markdown: str
    name: str
    client: str
    client_doc: str
    groups: tuple[CallGroup, ...]
    errors: tuple[ErrorClass, ...]


def view_of(service: Service, types: Types) -> ClientView:
    """The view of a service, but for what differs from module to module."""
    title = title_of(service)
    said = service.description or f"A typed client of {title}."
    return ClientView(
        title=title,
        header="",
        imports="",
        exports=(),
        package=f"{service.name.snake}_client",
        project=f"{service.name.kebab}-client",
        server=f"{service.name.kebab}-server",
        version=quoted(prose(service.version)),
        description=quoted(prose(said)),
        markdown=markdown(said),
        name=quoted(service.key),
        client=client_class(service),
        client_doc=docstring(said, 4),
        groups=call_groups(service, types),
        errors=tuple(error_classes(service, types)),
    )
