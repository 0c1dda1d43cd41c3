"""All rules, in the order of their codes."""

from __future__ import annotations

from . import models, safety, texts
from .rule import Rule

__all__ = ["RULES", "Rule"]

RULES: tuple[Rule, ...] = (
    Rule("AM301", "An operation has a description.", texts.operations_say_what_they_do),
    Rule("AM302", "A group has a description.", texts.groups_say_what_they_are),
    Rule("AM303", "A parameter has a description.", texts.parameters_say_what_they_mean),
    Rule("AM304", "A description is no essay.", texts.descriptions_are_short),
    Rule("AM305", "What reads does not change anything.", safety.readers_do_not_change),
    Rule("AM306", "A secret has no default.", safety.secrets_have_no_default),
    Rule("AM307", "A type shows all of its schema.", models.models_show_everything),
    Rule("AM308", "A required property is declared.", models.required_names_are_declared),
    Rule("AM309", "Properties have different names in Python.", models.properties_differ_in_python),
    Rule("AM310", "A keyword is one of JSON Schema.", models.keywords_mean_something),
    Rule("AM315", "A command has a time limit.", safety.commands_end),
)
