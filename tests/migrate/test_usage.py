"""Which release of fastmcp a project ran with, told by its pin, and by what its sources name."""

from __future__ import annotations

from pathlib import Path

import pytest
from automcp.migrate.survey import survey
from automcp.migrate.usage import last_release, spoken

LAST = {
    "from fastmcp import FastMCP\nmcp = FastMCP('a')\n": None,
    "from fastmcp import FastMCP\nmcp = FastMCP('a', dependencies=['x'])\n": (2, 13),
    "from fastmcp import FastMCP\nmcp = FastMCP('a', port=1, cache_expiration_seconds=0)\n": (
        2,
        10,
    ),
    "from fastmcp import FastMCP\n@FastMCP('a').tool(enabled=False)\ndef f(): ...\n": (2, 14),
    "from fastmcp.server.auth.providers.bearer import BearerAuthProvider\n": (2, 13),
    "import fastmcp.utilities.mcp_config\n": (2, 14),
    # Fastmcp 3 had it there, too.
    "from fastmcp.tools.tool import FunctionTool\n": None,
    "from fastmcp import Image\n": (2, 13),
    "from fastmcp import FastMCP\nFastMCP('a').mount('b', FastMCP('b'))\n": (2, 13),
    "from fastmcp import FastMCP\ndef f(app): app.mount('/mcp', FastMCP('b').http_app())\n": None,
    "from fastmcp import FastMCP\nFastMCP('a').mount(FastMCP('b'), 'b')\n": None,
    # A decorator of the project's own takes what words it likes.
    "import fastmcp\ndef tool(enabled): ...\ntool(enabled=True)\n": None,
    "from fastmcp.tools import Tool\nTool.from_function(len, enabled=True)\n": (2, 14),
    "from fastmcp.prompts.manager import PromptManager\n": (1, 0),
    # Not what only happens under some transport, or is only tried.
    "from fastmcp import FastMCP\nasync def f(app: FastMCP): await app.run_sse_async()\n": None,
    "import fastmcp\ntry:\n    from fastmcp import Image\nexcept ImportError: pass\n": None,
    # Of mcp 1, which has these words and methods, too.
    "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('a', dependencies=['x'])\n": None,
}


@pytest.mark.parametrize("text", LAST)
def test_the_last_release_that_has_what_a_source_names(text: str, tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(text, "utf-8")
    assert spoken(survey(tmp_path)) == LAST[text]


PINNED = {
    "fastmcp": (2, 13),
    "fastmcp>=3,<4": (2, 13),
    "fastmcp==2.7.0": (2, 7),
    "fastmcp<3": (2, 13),
    "fastmcp==0.4.1": (0, 4),
    "fastmcp==2.14.5": (2, 14),
    "fastmcp~=2.10.0": (2, 10),
    "fastmcp>=0.1,<1": (0, 4),
}


@pytest.mark.parametrize("pin", PINNED)
def test_the_older_of_pin_and_usage_is_told(pin: str, tmp_path: Path) -> None:
    text = "from fastmcp import FastMCP\nmcp = FastMCP('a', dependencies=[])\n"
    (tmp_path / "server.py").write_text(text, "utf-8")
    assert last_release(survey(tmp_path), [pin], "fastmcp") == PINNED[pin]


MAJOR = {
    "fastmcp==2.*": (2, 14),
    "fastmcp~=2.14": (2, 14),
    "fastmcp<2": (1, 0),
    "fastmcp~=3.0": None,
}


@pytest.mark.parametrize("pin", MAJOR)
def test_a_pin_to_a_major_release_means_its_last(pin: str, tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text("import fastmcp\n", "utf-8")
    assert last_release(survey(tmp_path), [pin], "fastmcp") == MAJOR[pin]


SERVED = """
from fastmcp import FastMCP
mcp = FastMCP("a")
def main(port: int, web: bool) -> None:
    {line}
    mcp.run()
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("mcp.settings.port = port", (2, 14)),
        ("if web: mcp.settings.port = port", None),
        ("port = mcp.name", None),
        ("print(mcp._tool_manager)", (2, 14)),
        ("mcp.add_tool(main, name='a')", (2, 6)),
        ("mcp.add_tool(main)", None),
    ],
)
def test_what_a_server_is_asked_for_on_its_way_tells_the_release(
    line: str, found: tuple[int, int] | None, tmp_path: Path
) -> None:
    (tmp_path / "server.py").write_text(SERVED.format(line=line), "utf-8")
    assert spoken(survey(tmp_path)) == found
