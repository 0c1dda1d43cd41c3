"""What existing projects import is where it was."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

NAMES = {
    "automcp": ["AutoMCPServer", "ServiceGroup", "operation", "types", "ServiceConfig", "GroupConfig", "ExecutionRequest", "ExecutionResponse", "ServiceRequest", "ServiceResponse"],
    "automcp.types": ["ServiceConfig", "GroupConfig", "ExecutionRequest", "ExecutionResponse", "ServiceRequest", "ServiceResponse"],
    "automcp.group": ["ServiceGroup"],
    "automcp.operation": ["operation"],
    "automcp.server": ["AutoMCPServer"],
    "automcp.manager": ["ServiceManager", "DEFAULT_TIMEOUT"],
    "automcp.utils": ["load_config"],
    "automcp.version": ["__version__"],
    "mcp.server.fastmcp": ["FastMCP", "Context", "Image", "Audio"],
    "mcp.server.fastmcp.server": ["FastMCP", "Context"],
    "mcp.server.fastmcp.exceptions": ["ToolError"],
    "mcp.types": ["TextContent", "ImageContent", "Tool"],
}  # fmt: skip


@pytest.mark.parametrize(("module", "names"), NAMES.items())
def test_names_are_where_they_were(module: str, names: list[str]) -> None:
    for name in names:
        assert getattr(import_module(module), name) is not None


@pytest.mark.parametrize(
    "lines",
    [
        "from automcp.operation import operation; from automcp import operation as same",
        "from automcp import operation as same; from automcp.operation import operation",
        "import automcp.operation; from automcp import operation as same; operation = same",
    ],
)
def test_the_decorator_is_one_however_it_is_imported(lines: str) -> None:
    program = f"{lines}\n@same(name='x')\nasync def f(self): ...\nassert f.op_name == 'x'\n"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_types_have_the_members_that_they_had() -> None:
    types = import_module("mcp.types")
    image = types.ImageContent(type="image", data="AAAA", mimeType="image/png")
    assert image.mimeType == image.mime_type == "image/png"
    assert isinstance(image, import_module("mcp_types").ImageContent)


def test_importing_the_compiler_does_not_touch_the_sdk() -> None:
    program = "import sys, automcp, automcp.cli; assert 'mcp' not in sys.modules; assert len(sys.meta_path) < 9"
    subprocess.run([sys.executable, "-c", program], check=True)
