"""Prompts: their arguments, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from ..ir.offers import Prompt, PromptArgument, PromptMessage, Question
from ..spec.document import GroupDecl
from ..spec.offers import PromptDecl
from ..text.names import Name
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from .access import Policies
from .backends import Backends
from .bindings.offers import filler
from .cards import card, text
from .errors import Errors
from .questions import asked
from .resources import completion

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_-]*)\}")


@dataclass(frozen=True, slots=True)
class Prompts:
    """What all prompts share."""

    errors: Errors
    questions: Mapping[str, Question]
    policies: Policies
    backends: Backends
    report: Report

    def prompt(self, group: GroupDecl, declared: PromptDecl, key: str) -> Prompt:
        """One prompt; `key` is its name on the wire."""
        return Prompt(
            name=Name.parse(declared.name.value),
            key=key,
            card=card(declared.title, declared.description, declared.shown, group.tags),
            arguments=tuple(
                PromptArgument(
                    key=one.name.value,
                    description=text(one.description),
                    required=one.optional is None or not one.optional.value,
                    completion=completion(one.complete),
                )
                for one in declared.arguments
            ),
            messages=tuple(self._messages(declared)),
            asks=asked(declared.asks, self.questions, self.report),
            errors=self.errors.named(declared.errors),
            timeout=declared.timeout.value if declared.timeout else None,
            policies=self.policies.of_each(group.policy, declared.shown.policy),
            run=filler(declared, key, self.backends),
        )

    def _messages(self, declared: PromptDecl) -> Iterator[PromptMessage]:
        names = [one.name.value for one in declared.arguments]
        for one in declared.messages or ():
            for unknown in set(_PLACE.findall(one.text.value)) - set(names):
                message = f"the prompt has no argument {quoted(unknown)}"
                hint = did_you_mean(unknown, names)
                self.report.add(Diagnostic("AM228", message, Label(one.text.span), help=hint))
            role = cast("Literal['user', 'assistant']", text(one.role) or "user")
            yield PromptMessage(role, one.text.value)
