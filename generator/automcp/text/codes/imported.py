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
        "The compiled server would advertise another schema for this tool than the server that was imported: keywords in "
        "another order count for nothing, but `definitions` become `$defs`, and a `$schema` of another dialect goes. It "
        "accepts the same values, unless the schema leans on something that JSON Schema 2020-12 does not have. There is "
        "nothing to do, unless a client compares schemas by their text.",
        '"inputSchema": {"definitions": {"Day": {"type": "string"}}, …}',
        "schemas: {Day: {type: string}}",
    ),
    "AM658": Explanation(
        "a tool of which a spec cannot say all",
        "The schema of what a tool takes or gives is none that can be compiled: it names a type that JSON Schema does not "
        "have, or refers to what is not there. What can be said of it is said: each property whose own schema is sound, or "
        "that it takes an object. What compiles in no way is left out.",
        "",
        "",
    ),
    "AM659": Explanation(
        "what MCP does not allow in a list",
        "Something that the server lists is not what the protocol says it is: a name is a number, an icon has no address, "
        "a list is none. That part is left out; what cannot be without it is left out as a whole, and the rest is imported.",
        "",
        "",
    ),
    "AM660": Explanation(
        "the server cannot be reached",
        "There is no such program, it ended before it spoke, or nobody answers at the URL. What it said on stderr stands "
        "below the message. Start it by hand first, or try another `--command`, `--url` or `--header`.",
        "",
        "",
    ),
    "AM661": Explanation(
        "the server does not answer as MCP wants it",
        "It was reached, and then took longer than `--timeout`, ended, listed without end, or said what the protocol does "
        "not allow where nothing can be left out.",
        "",
        "",
    ),
    "AM662": Explanation(
        "the configuration does not say how to reach the server",
        "`--config FILE [NAME]` reads the `mcpServers` of a client such as Claude Code or Cursor. The file is no JSON, has no "
        "server of that name, or one without `command` and `url`; or an environment variable that it names is not set.",
        '{"mcpServers": {}}',
        '{"mcpServers": {"git": {"command": "uvx", "args": ["mcp-server-git"]}}}',
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
