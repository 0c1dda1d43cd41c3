"""Servers of the standalone fastmcp, migrated, beside what they showed and answered on the release that they were made for.

The facts were recorded with the releases themselves (`standalone/asked.py`); what differs is said here, and nothing else may.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial

from .dialects import ROOT, python_with
from .standalone.asked import HERE, answers

pytestmark = pytest.mark.slow

# What differs, and why.
_OTHER_WORDS_OF_PYDANTIC = {
    "lists_and_calls": {
        'prompts/get: {"name": "ask", "arguments": {"what": "w", "n": "zz"}}',
        'prompts/get: {"name": "plist", "arguments": {"items": "a"}}',
    },
    "of_3": {'prompts/get: {"name": "pm", "arguments": {"a": "x"}}'},
}
_OF_2 = {
    # What does not fit a template fails with other words.
    'resources/read: {"uri": "data://a/zz/tpl2"}',
    # A title that says what the name does.
    "tools/list: no_doc: inputSchema",
}
_CONTEXTS_BELONG_TO_THE_INNER_SERVER = {'tools/call: {"name": "ch_c-two", "arguments": {}}'}
_RESULTS_OF_THE_PROTOCOL_ARE_SENT_AS_THEY_ARE = {
    "tools/list: err_result: outputSchema",
    'tools/call: {"name": "err_result", "arguments": {}}',
}
_UNKNOWN_ANNOTATIONS_OF_RESOURCES = {"resources/list: rr: annotations"}
_JSON_WITHOUT_LINES = {
    'tools/call: {"name": "n", "arguments": {}}',
    'tools/call: {"name": "model", "arguments": {}}',
    'resources/read: {"uri": "data://q/t"}',
}
_PROMPTS_WITHOUT_DESCRIPTIONS = {'prompts/get: {"name": "ask", "arguments": {"what": "w"}}'}

KNOWN: dict[tuple[str, str], set[str]] = {
    ("lists_and_calls", "3.4"): _OTHER_WORDS_OF_PYDANTIC["lists_and_calls"],
    ("lists_and_calls", "2.14"): _OF_2,
    ("lists_and_calls", "2.12"): _OF_2,
    ("composition", "3.4"): set(),
    ("composition", "2.14"): _CONTEXTS_BELONG_TO_THE_INNER_SERVER,
    ("composition", "2.12"): _CONTEXTS_BELONG_TO_THE_INNER_SERVER,
    ("of_3", "3.4"): {
        *_OTHER_WORDS_OF_PYDANTIC["of_3"],
        *_RESULTS_OF_THE_PROTOCOL_ARE_SENT_AS_THEY_ARE,
        *_UNKNOWN_ANNOTATIONS_OF_RESOURCES,
    },
    ("of_0", "0.4"): _JSON_WITHOUT_LINES | _PROMPTS_WITHOUT_DESCRIPTIONS,
}


@pytest.mark.parametrize(("server", "release"), KNOWN, ids=str)
def test_a_migrated_server_answers_as_it_did(server: str, release: str, tmp_path: Path) -> None:
    python = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp")
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    text = (HERE / "servers" / f"{server}.py").read_text("utf-8")
    (source / "server.py").write_text(text, "utf-8")
    (source / "requirements.txt").write_text(f"fastmcp=={release}.*\n", "utf-8")
    migrate(source, out, Trial(install=False))
    command = [str(python), "-c", "from start_server import main; main()"]
    now = answers(command, server, {"PYTHONPATH": str(out)})
    before: dict[str, Any] = json.loads(
        (HERE / "facts" / f"{server}-{release}.json").read_text("utf-8")
    )
    differing = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    assert differing == KNOWN[server, release]
