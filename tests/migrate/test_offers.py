"""Prompts and resources of legacy servers become plain functions of a compiled package; what leaves a doubt stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from automcp.importers.server.capture import Captured
from automcp.migrate.carry import carry
from automcp.migrate.entry import find_entry
from automcp.migrate.modernise import Modernised, modernise
from automcp.migrate.survey import survey

from .projects import project

HEAD = """
from mcp.server.fastmcp import Context, FastMCP
from mcp.server.fastmcp.prompts.base import UserMessage
from pydantic import Field

mcp = FastMCP("library")
"""
RUN = """

if __name__ == "__main__":
    mcp.run()
"""
REQUIREMENTS = "mcp[cli]>=1.9,<2\n"


def read(folder: Path, text: str, **words: Any) -> Modernised:
    """A server of one file, read."""
    captured = words.pop("captured", None)
    files = {"server.py": HEAD + text + RUN, "requirements.txt": words.pop("needs", REQUIREMENTS)}
    found = survey(project(folder, files))
    return modernise(found, find_entry(found), captured, lambda _: "library_server", **words)


def listed(found: Modernised) -> dict[str, dict[str, Any]]:
    return {one.known_as: dict(one.listed) for one in found.offers}


def stays(folder: Path, text: str, **words: Any) -> str:
    """Why the only thing that is registered stays."""
    found = read(folder, text, **words)
    assert not found.offers and not found.texts
    return found.left[0].reason


def test_prompts_are_listed_as_they_were(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '''
@mcp.prompt()
def review(code: str, tone: str = "kind", depth: int = Field(2, description="How deep")) -> str:
    """Review code."""
    return code

@mcp.prompt("asked", description="Ask.")
async def ask(ctx: Context) -> list[UserMessage]:
    return [UserMessage("?")]
''',
    )
    assert listed(found) == {
        "prompts review": {
            "name": "review",
            "description": "Review code.",
            "arguments": [
                {"name": "code", "required": True},
                {"name": "tone", "required": False},
                {"name": "depth", "description": "How deep", "required": False},
            ],
        },
        "prompts asked": {"name": "asked", "description": "Ask.", "arguments": []},
    }
    assert [(one.function, one.context) for one in found.offers] == [
        ("server:review", None),
        ("server:ask", "ctx"),
    ]
    text = found.texts["server.py"]
    assert "@mcp.prompt" not in text
    assert 'mcp = FastMCP("library", compiled="library_server")' in text


def test_resources_are_listed_as_they_were(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '''
@mcp.resource("books://all")
def every() -> list[str]:
    """All books."""
    return []

@mcp.resource("books://{isbn}/page/{number}", name="A page", mime_type="text/markdown")
def page(isbn: str, number: int, ctx: Context) -> str:
    return isbn

@mcp.resource(uri="HTTP://Example.com", title="T", description="D", mime_type="application/json")
async def site():
    return {}
''',
    )
    assert listed(found) == {
        "resources books://all": {
            "uri": "books://all",
            "name": "every",
            "description": "All books.",
            "mimeType": "text/plain",
        },
        "templates books://{isbn}/page/{number}": {
            "uriTemplate": "books://{isbn}/page/{number}",
            "name": "A page",
            "description": "",
            "mimeType": "text/markdown",
        },
        "resources http://example.com/": {
            "uri": "http://example.com/",
            "name": "site",
            "title": "T",
            "description": "D",
            "mimeType": "application/json",
        },
    }


def test_resources_were_called_by_their_address_before_1_9(tmp_path: Path) -> None:
    text = '@mcp.resource("books://all")\ndef every() -> str:\n    """All."""\n    return ""\n'
    (one,) = read(tmp_path, text, needs="mcp==1.8.0\n").offers
    assert one.listed == {"uri": "books://all", "name": "books://all", "mimeType": "text/plain"}


FASTMCP = (
    "from fastmcp import Context, FastMCP\nfrom pydantic import Field\n\nmcp = FastMCP('library')\n"
)
NOTED = "Provide as a JSON string matching the following schema: "


def read_fastmcp(folder: Path, text: str, release: str = "2.14.7") -> Modernised:
    """A server of fastmcp of one file, read."""
    files = {"server.py": FASTMCP + text + RUN, "requirements.txt": f"fastmcp=={release}\n"}
    found = survey(project(folder, files))
    return modernise(found, find_entry(found), None, lambda _: "library_server")


def test_fastmcp_says_what_callers_send_of_arguments_that_are_no_texts(tmp_path: Path) -> None:
    found = read_fastmcp(
        tmp_path,
        '''
@mcp.prompt
def review(code: str, depth: int = Field(2, description="How deep"), tags: list[str] = []) -> str:
    """Review code.

    Well.
    """
    return code

@mcp.prompt("asked", tags={"b", "a"}, meta={"x": 1})
def ask(ctx: Context, whatever): ...
''',
    )
    assert listed(found)["prompts review"] == {
        "name": "review",
        "description": "Review code.\n\nWell.",
        "arguments": [
            {"name": "code", "required": True},
            {
                "name": "depth",
                "description": f'How deep\n\n{NOTED}{{"type":"integer"}}',
                "required": False,
            },
            {
                "name": "tags",
                "description": f'{NOTED}{{"items":{{"type":"string"}},"type":"array"}}',
                "required": False,
            },
        ],
        "_meta": {"_fastmcp": {"tags": []}},
    }
    assert listed(found)["prompts asked"] == {
        "name": "asked",
        "arguments": [{"name": "whatever", "required": True}],
        "_meta": {"x": 1, "_fastmcp": {"tags": ["a", "b"]}},
    }
    assert {one.flavour for one in found.offers} == {"fastmcp2"}


def test_resources_of_fastmcp(tmp_path: Path) -> None:
    found = read_fastmcp(
        tmp_path,
        '''
@mcp.resource("books://all", mime_type="text/markdown")
def every() -> str:
    """All books."""

@mcp.resource(uri="books://{path*}/page/{number}")
def page(path: str, number: int, size: int = 3, ctx: Context = None): ...
''',
        "3.4.2",
    )
    assert listed(found) == {
        "resources books://all": {
            "uri": "books://all",
            "name": "every",
            "description": "All books.",
            "mimeType": "text/markdown",
            "_meta": {"fastmcp": {"tags": []}},
        },
        "templates books://{path*}/page/{number}": {
            "uriTemplate": "books://{path*}/page/{number}",
            "name": "page",
            "mimeType": "text/plain",
            "_meta": {"fastmcp": {"tags": []}},
        },
    }


@pytest.mark.parametrize(
    ("release", "text", "reason"),
    [
        ("2.8.1", "@mcp.prompt\ndef f(): ...", "its release"),
        ("2.14.7", "@mcp.prompt\ndef f(): ...\n\nprint(f)", "used elsewhere"),
        ("2.14.7", "@mcp.prompt(enabled=False)\ndef f(): ...", "`enabled`"),
        ("2.14.7", "@mcp.prompt(description='')\ndef f(): ...", "is empty"),
        ("2.14.7", "@mcp.prompt\ndef f(a: 'list[int]'): ...", "is a text when the server runs"),
        ("2.14.7", "@mcp.resource('a://b', annotations={})\ndef f(): ...", "`annotations`"),
        ("2.14.7", "@mcp.resource('a://b')\ndef f(ctx: Context): ...", "not the variables"),
        ("2.14.7", "@mcp.resource('a://{b}')\ndef f(b, c): ...", "not the variables"),
        ("2.14.7", "@mcp.resource('a://{b}{?c}')\ndef f(b, c=1): ...", "that a spec can say"),
        ("3.4.2", "@mcp.prompt(version='2')\ndef f(): ...", "`version`"),
        ("3.4.2", "@mcp.resource\ndef f(): ...", "not called"),
    ],
)  # fmt: skip
def test_what_leaves_a_doubt_stays_with_fastmcp_too(
    tmp_path: Path, release: str, text: str, reason: str
) -> None:
    found = read_fastmcp(tmp_path, text, release)
    assert not found.offers and not found.texts
    assert reason in found.left[0].reason


def test_functions_that_others_register_move_out_of_them(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
def register(server):
    print("registering")

    @server.prompt()
    def ask(topic: str) -> str:
        return topic

    @server.resource("books://{isbn}")
    def book(isbn: str) -> str:
        return isbn

register(mcp)
""",
    )
    assert [one.function for one in found.offers] == ["server:ask", "server:book"]
    assert "\ndef ask(topic: str) -> str:" in found.texts["server.py"]


def test_statements_that_register_go(tmp_path: Path) -> None:
    text = 'def ask() -> str:\n    return ""\n\nmcp.prompt(name="a")(ask)\nmcp.resource("a://b")(ask)\n'
    found = read(tmp_path, text)
    assert list(listed(found)) == ["prompts a", "resources a://b"]
    assert "mcp.prompt(" not in found.texts["server.py"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("@mcp.prompt(name=print())\ndef f() -> str: ...", "print"),
        ("@mcp.prompt('a', 'b')\ndef f() -> str: ...", "by place"),
        ("@mcp.prompt(tags={'a'})\ndef f() -> str: ...", "`tags`"),
        ("@mcp.prompt()\ndef f(*args): ...", "`*args`"),
        ("@mcp.prompt()\ndef f(a=print()): ...", "default of `a`"),
        ("@mcp.prompt()\ndef f(a: str = Field(alias='b')): ...", "another name"),
        ("@mcp.resource('a://{b}')\ndef f(c: str): ...", "not the variables"),
        ("@mcp.resource('a://b')\ndef f(ctx: Context): ...", "not the variables"),
        ("@mcp.resource('a://{b')\ndef f(b: str): ...", "not the variables"),
        ("@mcp.resource('a://{b}/{b}')\ndef f(b: str): ...", "no template"),
        ("@mcp.resource('/a/{b}')\ndef f(b: str): ...", "cannot say its address"),
        ("@mcp.resource('nowhere')\ndef f(): ...", "no URL"),
        ("@mcp.resource()\ndef f(): ...", "its address"),
        ("@mcp.resource('a://b')\n@print\ndef f(): ...", "print"),
        ("@print\n@mcp.resource('a://b')\ndef f(): ...", "above the one"),
        ("mcp.add_prompt(print())", "by a call"),
        ("import os\nif os.name:\n    @mcp.prompt()\n    def f(): ...", "under a condition"),
        ("@mcp.prompt()\ndef f(): ...\nmcp._prompt_manager.get_prompt('f')", "looks at prompts"),
        ("@mcp.prompt()\ndef f(): ...\nprint(mcp.list_prompts())", "while modules are loaded"),
        ("@mcp.prompt()\ndef f(): ...\nFastMCP.prompt = print", "is replaced"),
    ],
)  # fmt: skip
def test_what_leaves_a_doubt_stays(tmp_path: Path, text: str, reason: str) -> None:
    assert reason in stays(tmp_path, text)


def test_what_stays_comes_first_so_earlier_ones_stay_with_it(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
@mcp.prompt()
def first(): ...

@mcp.resource("a://first")
def alone(): ...

@mcp.prompt(name=print())
def second(): ...

@mcp.prompt()
def third(): ...

mcp.add_resource(print())

@mcp.resource("a://last")
def last(): ...
""",
    )
    assert list(listed(found)) == ["prompts third", "resources a://last"]
    assert [(one.name, one.reason) for one in found.left] == [
        ("first", "`second`, which stays, is registered after it"),
        ("alone", "another one, which stays, is registered after it"),
        ("second", found.left[2].reason),
        (None, "it is registered by a call"),
    ]


def test_those_of_one_name_stay(tmp_path: Path) -> None:
    text = "@mcp.prompt('a')\ndef f(): ...\n\n@mcp.prompt('a')\ndef g(): ...\n"
    assert "the same name" in stays(tmp_path, text)


def test_what_a_server_showed_counts(tmp_path: Path) -> None:
    text = "@mcp.prompt()\ndef f(): ...\n\n@mcp.prompt()\ndef g(): ...\n"
    shown: dict[str, Any] = {"name": "g", "description": "Computed.", "arguments": []}
    captured = Captured(
        server={},
        instructions=None,
        capabilities={},
        tools=(),
        resources=(),
        templates=(),
        prompts=(shown,),
        losses=(),
    )
    found = read(tmp_path, text, captured=captured)
    assert [(one.name, one.listed) for one in found.offers] == [("g", shown)]
    assert found.left[0].reason == "the legacy server did not list it"


def test_those_that_are_to_stay_do(tmp_path: Path) -> None:
    text = "@mcp.prompt()\ndef f(): ...\n"
    assert stays(tmp_path, text, kept={"prompts f": "it went wrong"}) == "it went wrong"


def test_a_spec_says_what_is_offered_and_what_answers(tmp_path: Path) -> None:
    text = '''
@mcp.tool()
def lend(isbn: str) -> str:
    """Lend."""
    return isbn

@mcp.prompt()
def ask(topic: str, tone: str = "kind") -> str:
    return topic

@mcp.resource("books://{isbn}", name="Any book")
def book(isbn: str) -> str:
    """A book."""
    return isbn
'''
    files = {"server.py": HEAD + text + RUN, "requirements.txt": REQUIREMENTS}
    carried = carry(survey(project(tmp_path / "library", files)), modern=True)
    assert carried.modern is not None and not carried.modern.read.left
    group = yaml.safe_load(carried.files["spec.yaml"])["groups"]["library"]
    assert group["prompts"] == {
        "ask": {
            "description": "",
            "arguments": {"topic": {}, "tone": {"optional": True}},
            "run": {"python": {"call": "server:ask", "as": "mcp1"}},
        }
    }
    assert group["resources"] == {
        "Any_book": {
            "wire_name": "Any book",
            "uri": "books://{isbn}",
            "description": "A book.",
            "mime": "text/plain",
            "run": {"python": {"call": "server:book", "as": "mcp1"}},
        }
    }


def test_they_are_listed_in_the_order_of_before(tmp_path: Path) -> None:
    names = ["tea_ask", "box_ask", "tea_tell", "box_tell"]
    prompts = "".join(f"@mcp.prompt()\ndef {name}(): ...\n\n" for name in names)
    addresses = ["a_a", "b_a", "a_b", "b_b"]
    templates = "".join(
        f"@mcp.resource('x://{{{name}}}')\ndef {name}({name}: str): ...\n\n" for name in addresses
    )
    tools = "@mcp.tool()\ndef tea_buy(): ...\n\n@mcp.tool()\ndef tea_sell(): ...\n"
    files = {"server.py": HEAD + prompts + templates + tools + RUN}
    carried = carry(survey(project(tmp_path / "library", files)), modern=True)
    surface = json.loads(carried.files["library_server/surface.json"])
    assert [one["name"] for one in surface["prompts"]] == names
    assert [one["name"] for one in surface["templates"]] == addresses
    assert [one["name"] for one in surface["tools"]] == ["tea_buy", "tea_sell"]


def test_prompts_alone_are_compiled_too(tmp_path: Path) -> None:
    files = {"server.py": HEAD + "@mcp.prompt()\ndef ask(): ...\n" + RUN}
    carried = carry(survey(project(tmp_path / "library", files)), modern=True)
    assert carried.modern is not None and carried.modern.compiled is not None
    assert "library_server/surface.json" in carried.files


def test_what_a_spec_cannot_say_stays(tmp_path: Path) -> None:
    text = "@mcp.prompt('a\\tb')\ndef f(): ...\n\n@mcp.tool()\ndef g() -> str: ...\n"
    files = {"server.py": HEAD + text + RUN}
    carried = carry(survey(project(tmp_path / "library", files)), modern=True)
    assert carried.modern is not None and carried.modern.compiled is not None
    assert [one.name for one in carried.modern.read.plain] == ["g"]
    (left,) = carried.modern.read.left
    assert left.name == "a\tb" and left.reason.startswith("the compiler refuses it: error[AM213]")


def test_those_that_are_never_compiled_are_named(tmp_path: Path) -> None:
    text = """
from mcp.server import Server

server = Server("low")

@server.list_prompts()
async def prompts(): ...

@server.get_prompt()
async def fill(name, arguments): ...

@server.read_resource()
async def read(uri): ...

class Other:
    def register(self):
        @self.mcp.prompt()
        def ask(): ...
"""
    found = read(tmp_path, text)
    assert not found.offers
    assert [(one.name, one.reason.partition(" ")[0]) for one in found.left if one.name] == [
        ("fill", "prompts"),
        ("read", "resources"),
        ("ask", "`self.mcp`"),
    ]
