"""Which configuration a server is tried with that loads its classes by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from automcp.migrate.configurations import configuration_of
from automcp.migrate.entry import find_entry
from automcp.migrate.survey import survey

CLI = """\
import sys
from mcp.server.fastmcp import FastMCP
def main():
    FastMCP(sys.argv[1]).run()
if __name__ == '__main__':
    main()
"""
GROUP = {"name": "g", "class_path": "groups.plain:Plain"}


def found(folder: Path, files: dict[str, str], cli: str = CLI) -> str | None:
    classes = {
        "groups/plain.py": "import json\nclass Plain: ...\n",
        "groups/needy.py": "import torch\nclass Needy: ...\n",
    }
    for name, text in {"cli.py": cli, **classes, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    project = survey(folder)
    return configuration_of(project, find_entry(project))


def test_a_group_and_a_service_are_found(tmp_path: Path) -> None:
    assert found(tmp_path / "1", {"config/a.json": json.dumps(GROUP)}) == "config/a.json"
    service = "groups:\n  'groups.plain:Plain': {name: g}\n"
    assert found(tmp_path / "2", {"b.yaml": service, "package.json": "{}"}) == "b.yaml"


def test_of_several_the_one_that_needs_least(tmp_path: Path) -> None:
    needy = {**GROUP, "class_path": "groups.needy:Needy"}
    files = {"a.json": json.dumps(needy), "b.json": json.dumps(GROUP), "c.json": json.dumps(GROUP)}
    assert found(tmp_path, files) == "b.json"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"class_path": 3}',
        '{"class_path": "groups.plain:Other"}',
        '{"class_path": "elsewhere:Plain"}',
        '{"groups": {"groups.plain:Plain": {}, "elsewhere:Plain": {}}}',
        '{"groups": {"groups.plain:Plain": 1, "b": null}}',
        "[" * 5000,
    ],
)
def test_what_names_no_class_of_the_project_is_none(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, {"a.json": text, "b.yaml": text}) is None


def test_a_server_that_asks_for_nothing_needs_none(tmp_path: Path) -> None:
    cli = CLI.replace("sys.argv[1]", "'a'")
    assert found(tmp_path, {"a.json": json.dumps(GROUP)}, cli) is None
