"""Pins that exclude today's SDK are lifted; everything else that a project says of its needs stays."""

from __future__ import annotations

import tomllib

import pytest
from automcp.migrate.manifest import lack, manifest_of, requirements_of
from automcp.migrate.requirements import added, from_lines, lifted, release, unsaid

LIFTED = {
    "mcp==1.3.0": "mcp<3,>=2.3",
    "mcp[cli]>=1.6.0": "mcp[cli]<3,>=2.3",
    "mcp[cli,ws]~=1.8": "mcp[cli]<3,>=2.3",
    "fastmcp>=2.10.5,<2.14": "fastmcp<5,>=4.1",
    "pydantic>=2.10,<2.12": "pydantic>=2.10",
    "pydantic==2.11.*": "pydantic>=2.12.0",
    "uvicorn~=0.30.0; python_version > '3.8'": 'uvicorn>=0.31.1; python_version > "3.8"',
}
SAME = [
    "pydantic>=2.0.0",
    "pydantic~=2.12.5",
    "requests==2.31.0",
    "httpx>=0.27,<1",
    "-e .",
    "not a requirement !!",
    "jsonschema @ https://example.com/jsonschema.tar.gz",
]


@pytest.mark.parametrize("before", LIFTED)
def test_pins_that_exclude_the_target_are_lifted(before: str) -> None:
    assert lifted(before) == LIFTED[before]


@pytest.mark.parametrize("before", SAME)
def test_others_stay_as_they_are_written(before: str) -> None:
    assert lifted(before) == before


def test_pins_of_what_the_sdk_needs_in_turn_are_lifted() -> None:
    assert lifted("pydantic_core==2.33.1") == "pydantic_core"
    assert lifted("typing-inspection==0.4.0").startswith("typing-inspection>=0.4.")
    assert lifted("httpcore==1.0.7") == "httpcore>=1.0.9"
    assert lifted("requests==2.32.3") == "requests==2.32.3"


def test_what_is_said_is_dynamic_no_more() -> None:
    page = (
        '[project]\nname = "a"\ndynamic = ["version", "dependencies", "scripts"]\n'
        '[tool.setuptools.dynamic]\nversion = {attr = "a.V"}\ndependencies = {file = ["r.txt"]}\n'
        '[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["r.txt"]\n'
    )
    text, _ = manifest_of(
        page,
        ["mcp<2"],
        script=("a", "a:main"),
        fallback="b",
        lacking=lambda _: [],
        sdks=frozenset({"mcp"}),
    )
    said = tomllib.loads(text)
    assert said["project"]["dynamic"] == ["version"]
    assert said["tool"]["setuptools"]["dynamic"] == {"version": {"attr": "a.V"}}
    assert "requirements_txt" not in text


def test_what_the_old_sdk_brought_along_is_said() -> None:
    missing = added(
        ["mcp>=2.3,<3", "Pydantic>=2"],
        ["httpx", "pydantic", "dotenv", "os", "rich"],
        ["mcp"],
        ["rich"],
    )
    assert missing == ["python-dotenv>=1.0", "httpx>=0.27,<1"]


def test_what_libraries_use_without_saying_so_stays() -> None:
    assert unsaid(["mcp<2", "pydantic", "requests>=2"]) == set()
    assert unsaid(["mcp<2", "redditwarp>=1"]) == {"httpx"}


@pytest.mark.parametrize(
    ("declared", "sdk", "found"),
    [
        (["mcp==1.3.0"], "mcp", (1, 3)),
        (["mcp~=1.8.0"], "mcp", (1, 8)),
        (["mcp<1.10"], "mcp", (1, 9)),
        (["mcp>=1.2,<2"], "mcp", None),
        (["fastmcp<3"], "fastmcp", (2, 14)),
        (["fastmcp==2.7.0"], "fastmcp", (2, 7)),
        (["fastmcp==3.2.3"], "fastmcp", (3, 2, 3)),
        (["fastmcp==3.2"], "fastmcp", (3, 2, 4)),
        (["fastmcp~=3.2.0"], "fastmcp", (3, 2, 4)),
        (["fastmcp<3.3"], "fastmcp", (3, 2, 4)),
        (["fastmcp<2.3.4"], "fastmcp", (2, 3, 3)),
        (["mcp<1.9.4"], "mcp", (1, 9)),
        (["fastmcp"], "fastmcp", None),
        ([], "mcp", None),
    ],
)
def test_the_release_that_a_project_was_made_for(
    declared: list[str], sdk: str, found: tuple[int, ...] | None
) -> None:
    assert release(declared, sdk) == found


MANIFEST = """\
# Ours.
[project]
name = "shop"
version = "1.0"  # soon 2
requires-python = ">=3.8,<4"
dependencies = [
    "mcp>=1.2,<2",  # the SDK
    "requests",
]

[project.scripts]
shop-config = "shop.config:main"
shop = "shop.server:main"

[dependency-groups]
dev = ["mcp[cli]==1.9", {include-group = "test"}]
"""


def test_a_manifest_keeps_what_need_not_change() -> None:
    text, changes = manifest_of(
        MANIFEST,
        ["mcp>=1.2,<2", "requests"],
        script=("shop", "shop.server:main"),
        fallback="x",
        lacking=lack({"httpx"}, frozenset({"mcp"}), {"shop"}),
        sdks=frozenset({"mcp"}),
    )
    assert [(one.before, one.after) for one in changes] == [
        ("mcp>=1.2,<2", "mcp<3,>=2.3"),
        ("mcp[cli]==1.9", "mcp[cli]<3,>=2.3"),
        (None, "httpx>=0.27,<1"),
    ]
    assert "# Ours." in text
    assert '"mcp<3,>=2.3",  # the SDK' in text
    assert 'version = "1.0"  # soon 2' in text
    assert 'requires-python = ">=3.10,<4"' in text
    assert text.index("shop = ") < text.index("shop-config = ")
    assert '{include-group = "test"}' in text


def test_requirements_of_a_script_become_a_manifest() -> None:
    text, _ = manifest_of(
        None,
        from_lines("mcp==1.5.0  # pinned\n-r more.txt\nrequests>=2\n"),
        script=("tool", "server:main"),
        fallback="tool",
        lacking=lack(set(), frozenset({"mcp"}), set()),
        sdks=frozenset({"mcp"}),
    )
    assert 'dependencies = ["mcp<3,>=2.3", "requests>=2"]' in text
    assert 'tool = "server:main"' in text


def test_requirement_files_keep_comments_and_options() -> None:
    text = requirements_of(
        "# ours\n-i https://example.com\nmcp==1.5.0  # pinned\n",
        lack({"httpx"}, frozenset({"mcp"}), set()),
        frozenset({"mcp"}),
    )
    assert text == "# ours\n-i https://example.com\nmcp<3,>=2.3  # pinned\nhttpx>=0.27,<1\n"
