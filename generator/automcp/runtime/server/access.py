"""Who may see and use what. To everybody else it does not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self, cast

from ..shared.surface import Surface
from .request import Caller, Wire


@dataclass(frozen=True, slots=True)
class Policy:
    """What a caller has to be. An empty list of those who may lets everybody through."""

    scopes: frozenset[str]
    allow_clients: frozenset[str]
    deny_clients: frozenset[str]
    allow_subjects: frozenset[str]
    deny_subjects: frozenset[str]

    @classmethod
    def of(cls, said: Wire) -> Self:
        """The policy that a surface holds."""

        def names(key: str) -> frozenset[str]:
            return frozenset(cast("Sequence[str]", said.get(key) or ()))

        return cls(
            names("scopes"),
            names("allowClients"),
            names("denyClients"),
            names("allowSubjects"),
            names("denySubjects"),
        )

    def admits(self, caller: Caller) -> bool:
        """Whether the caller may. What is denied stays so, whoever is allowed besides."""
        subject = caller.subject
        return (
            self.scopes <= caller.scopes
            and caller.client not in self.deny_clients
            and subject not in self.deny_subjects
            and (not self.allow_clients or caller.client in self.allow_clients)
            and (not self.allow_subjects or subject in self.allow_subjects)
        )


class Access:
    """The policies of one kind of things, by name."""

    def __init__(self, surface: Surface, kind: str) -> None:
        said = cast("Mapping[str, list[Wire]]", surface.section("policies").get(kind) or {})
        self._policies = {
            name: tuple(Policy.of(one) for one in each) for name, each in said.items()
        }

    def admits(self, name: str, caller: Caller | None) -> bool:
        """Whether the caller may see and use it.

        Nobody in particular is the one who started the server, over stdin and stdout: the spec has policies
        only together with authentication, which HTTP asks of everybody.
        """
        policies = self._policies.get(name)
        if not policies or caller is None:
            return True
        return all(policy.admits(caller) for policy in policies)

    def admitted(self, items: Sequence[Wire], key: str, caller: Caller | None) -> list[Wire]:
        """Those that the caller may see; `key` holds their names."""
        if not self._policies or caller is None:
            return list(items)
        return [one for one in items if self.admits(cast("str", one[key]), caller)]
