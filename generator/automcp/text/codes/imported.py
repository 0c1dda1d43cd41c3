"""Codes of importers: what a spec does not say of what it was made from."""

from __future__ import annotations

from .explanation import Explanation

_SERVER = {
    "AM651": Explanation(
        "listed twice",
        "The server lists two things that nobody can tell apart: tools or prompts of one name, or resources of one "
        "address. The spec has the first one.",
        "",
        "",
    ),
    "AM652": Explanation(
        "a tool that cannot be called",
        "MCP wants names of tools to be 1 to 64 of the letters `A-Z a-z`, digits, `_`, `-` and `.`: hosts and models "
        "refuse others. Such a tool is left out.",
        "",
        "",
    ),
    "AM653": Explanation(
        "completions that nobody knows of",
        "The server can complete arguments of prompts, or variables of resource templates, but the protocol has no "
        "way to ask which. Write `complete: true` where you know of one.",
        "",
        "arguments: {city: {complete: true}}",
    ),
    "AM654": Explanation(
        "a name that several resources have",
        "Names of resources may be the same; those of a spec differ, so all but the first got a number.",
        "",
        "",
    ),
    "AM655": Explanation(
        "a schema that is said otherwise",
        "The compiled server would advertise another schema for this tool than the server that was imported. It "
        "accepts the same values, unless the schema leans on something that JSON Schema 2020-12 does not have.",
        "",
        "",
    ),
    "AM657": Explanation(
        "a resource that a spec cannot say the address of",
        "Addresses are URIs with a scheme, or URI templates (RFC 6570). The server lists something else, which clients "
        "may still read by its own words; it is left out.",
        "",
        "",
    ),
    "AM656": Explanation(
        "what is not passed on",
        "A server compiled with `--proxy` passes on what it is asked: calls with their progress, reading, prompts, "
        "completions. What the other server says unasked (changes, log messages) or asks (of users, of models) ends "
        "there.",
        "",
        "",
    ),
}
CODES = _SERVER
