"""Imports are led to the adapters, and no other byte of a source changes."""

from __future__ import annotations

import ast

import pytest
from automcp.migrate.rewrite import rewritten

TABLE = {
    "from mcp.server.fastmcp import FastMCP, Context\n": "from app.legacy_mcp.fastmcp import FastMCP, Context\n",
    "from mcp.server import Server  # the server\n": "from app.legacy_mcp.server import Server  # the server\n",
    "import mcp.types as types\n": "import app.legacy_mcp.types as types\n",
    "from mcp import types, ClientSession\n": "from app.legacy_mcp import types, ClientSession\n",
    "from  mcp.shared.exceptions   import (\n    McpError,\n)\n": (
        "from  app.legacy_mcp.errors   import (\n    McpError,\n)\n"
    ),
    "def f():\n    from mcp.types import Tool; return Tool\n": (
        "def f():\n    from app.legacy_mcp.types import Tool; return Tool\n"
    ),
    "é = 1; import mcp.types as t, os\n": "é = 1; import app.legacy_mcp.types as t, os\n",
    "import mcp\nmcp.types.Tool\n": "import app.legacy_mcp as mcp\nmcp.types.Tool\n",
    "import mcp.server.stdio\nmcp.server.Server('a')\n": (
        "import app.legacy_mcp as mcp\nmcp.server.Server('a')\n"
    ),
    "from mcp.types \\\n    import Tool\n": "from app.legacy_mcp.types \\\n    import Tool\n",
    "from mcp.types\\\r\n import Tool\r\n": "from app.legacy_mcp.types\\\r\n import Tool\r\n",
    "from fastmcp import FastMCP\n": "from app.legacy_fastmcp import FastMCP\n",
    "import fastmcp\n": "import app.legacy_fastmcp as fastmcp\n",
    "from fastmcp.tools.tool import ToolResult\n": (
        "from app.legacy_fastmcp.tools import ToolResult\n"
    ),
}

SAME = [
    "from mcp.server.stdio import stdio_server\n",
    "import mcp.server.stdio\nasync def f():\n    mcp.server.stdio.stdio_server()\n",
    "from .mcp.server import Server\n",
    "from fastmcp.exceptions import ToolError\n",
    "import mcp_tools.types as types\n",
    "text = 'from mcp.server import Server'\r\n# import mcp.types as types\r\n",
]


@pytest.mark.parametrize("before", TABLE)
def test_imports_are_led_to_the_adapter(before: str) -> None:
    assert rewritten(before, ast.parse(before), "app") == TABLE[before]


@pytest.mark.parametrize("before", SAME)
def test_everything_else_stays(before: str) -> None:
    assert rewritten(before, ast.parse(before), "app") == before


def test_adapters_may_lie_outside_of_any_package() -> None:
    text = "import mcp.types as types\nfrom mcp import McpError\n"
    assert rewritten(text, ast.parse(text), "") == (
        "import legacy_mcp.types as types\nfrom legacy_mcp import McpError\n"
    )
