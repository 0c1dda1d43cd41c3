"""The names of one module of bound methods: what it imports, and what it has to call otherwise."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Mapping

from ...python.annotations import names_in
from ...python.imports import homes, joined
from ...python.naming import free_name


class Scope:
    """Collects what the bodies of a module mention.

    Args:
        taken: The names that mean something else in it: parameters of its methods, its own classes, the
            service's types.
        types: The names of the service's types.
    """

    def __init__(self, taken: Iterable[str], types: Container[str]) -> None:
        self._taken = set(taken)
        self._types = types
        self._names: dict[tuple[str, str], str] = {}
        self._plain: dict[str, set[str]] = {}
        self.aliases: dict[str, str] = {}

    def imports(self, statements: Iterable[str]) -> Mapping[str, set[str]]:
        """Names by module, seen from the package itself; `name as other` where it is called otherwise.

        Args:
            statements: All that mention what `use` gave: some of it may not have been needed.
        """
        needed = _names(statements)
        used: dict[str, set[str]] = {}
        for (module, name), spelled in self._names.items():
            if spelled not in needed:
                continue
            used.setdefault(module, set()).add(name if spelled == name else f"{name} as {spelled}")
        return joined(self._plain, used)

    def use(self, module: str, name: str) -> str:
        """Import `name`; what it is called here.

        Args:
            module: As seen from the package: `._runtime.bound.reading`, or absolute.
        """
        key = (module, name)
        if key not in self._names:
            spelled = free_name(name, self._taken)
            self._taken.add(spelled)
            self._names[key] = spelled
        return self._names[key]

    def local(self, name: str) -> str:
        """A name for a variable of a method, `name` if nothing else has it."""
        return free_name(name, self._taken)

    def mention(self, annotation: str) -> None:
        """Import what an annotation mentions."""
        self._plain = joined(self._plain, homes(names_in(annotation), self._types))

    def kind(self, annotation: str, parameters: Container[str]) -> str:
        """An annotation as a value in a method's body, where its parameters hide names of the module."""
        self.mention(annotation)
        if not any(name in parameters for name in names_in(annotation)):
            return annotation
        known = {said: name for name, said in self.aliases.items()}
        name = known.get(annotation) or free_name("Answer", self._taken)
        self._taken.add(name)
        self.aliases[name] = annotation
        self._plain = joined(self._plain, {"typing": {"TypeAlias"}})
        return name


def _names(statements: Iterable[str]) -> set[str]:
    tree = ast.parse("\n".join(statements))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
