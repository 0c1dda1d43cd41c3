"""Groups: each with its operations, resources and prompts."""

from __future__ import annotations

from collections.abc import Mapping

from ..ir.model import Group
from ..ir.offers import Question
from ..spec.document import GroupDecl
from ..text.names import Name
from ..text.report import Report
from .access import Policies
from .bindings import Bindings
from .cards import text
from .errors import Errors
from .library import Library
from .names import WireNames
from .operations import Operations
from .prompts import Prompts
from .resources import Resources


class Groups:
    """Resolves what groups hold, with what they all share."""

    def __init__(
        self,
        library: Library,
        errors: Errors,
        questions: Mapping[str, Question],
        policies: Policies,
        bindings: Bindings,
        names: WireNames,
        report: Report,
    ) -> None:
        self._library = library
        self._errors = errors
        self._questions = questions
        self._policies = policies
        self._bindings = bindings
        self._names = names
        self._report = report

    def resolve(self, declared: tuple[GroupDecl, ...]) -> tuple[Group, ...]:
        """All groups in the spec's order."""
        pages = {
            f"{group.name.value}.{one.name.value}": one.uri.value
            for group in declared
            for one in group.resources
        }
        operations = Operations(
            self._library,
            self._errors,
            self._questions,
            self._policies,
            self._bindings,
            pages,
            self._report,
        )
        backends = self._bindings.backends
        resources = Resources(self._library, self._errors, self._policies, backends, self._report)
        prompts = Prompts(self._errors, self._questions, self._policies, backends, self._report)
        return tuple(self._group(one, operations, resources, prompts) for one in declared)

    def _group(
        self, group: GroupDecl, operations: Operations, resources: Resources, prompts: Prompts
    ) -> Group:
        name = group.name.value
        return Group(
            name=Name.parse(name),
            title=text(group.title),
            description=text(group.description),
            operations=tuple(
                operations.operation(group, one, self._names.tools[name, one.name.value])
                for one in group.operations
            ),
            resources=tuple(
                resources.resource(group, one, self._names.resources[name, one.name.value])
                for one in group.resources
            ),
            prompts=tuple(
                prompts.prompt(group, one, self._names.prompts[name, one.name.value])
                for one in group.prompts
            ),
        )
