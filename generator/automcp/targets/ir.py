"""The `ir` target: the service itself as JSON, which is what every target sees."""

from __future__ import annotations

from collections.abc import Mapping

from ..ir.dump import dump
from ..ir.model import Service
from ..output.files import File, Files
from . import refuse_options
from .printing import printed


def emit(service: Service, options: Mapping[str, object]) -> Files:
    """One file, `<name>.ir.json`. It takes no options."""
    refuse_options("ir", options)
    return Files([File(f"{service.name.kebab}.ir.json", printed(dump(service)))])
