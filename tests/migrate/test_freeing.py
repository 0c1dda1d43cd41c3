"""Servers whose tools are all compiled: without a server object where it has nothing left to do, and why not elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from automcp.cli.generate import command as generate
from automcp.migrate.carry import Carried, carry
from automcp.migrate.survey import survey
from click.testing import CliRunner

from .projects import project, run, snapshot

MANIFEST = """\
[project]
name = "tea-shop"
version = "2.0"
dependencies = ["mcp>=1.2"]
[project.scripts]
tea = "tea.server:main"
"""
HIGH = '''\
"""Sells tea."""
import json
import logging
from typing import Annotated

from mcp.server.fastmcp import Context, FastMCP, Image
from pydantic import Field

log = logging.getLogger(__name__)

# The server.
mcp = FastMCP(
    "Tea Shop",
    instructions="Sells " "tea.",  # what it does
    dependencies=["pydantic"],
)

SOLD: list[str] = []


@mcp.tool(description="What tea costs.")
def price(tea: Annotated[str, Field(description="Which")]) -> str:
    # As it was.
    return tea


@mcp.tool()
def picture() -> Image:
    """A picture."""
    return Image(data=json.dumps([]).encode(), format="png")


def main() -> None:
    """Serve."""
    log.info("starting")
    mcp.run(transport="stdio")


if __name__ == "__main__":
    main()
'''
HIGH_AFTER = '''\
"""Sells tea."""
import json
import logging
from typing import Annotated

from mcp.server.mcpserver import Image
from pydantic import Field

log = logging.getLogger(__name__)

SOLD: list[str] = []


def price(tea: Annotated[str, Field(description="Which")]) -> str:
    # As it was.
    return tea


def picture() -> Image:
    """A picture."""
    return Image(data=json.dumps([]).encode(), format="png")


def main() -> None:
    """Serve."""
    log.info("starting")
    from tea.tea_shop_server import build_server

    build_server().run(transport="stdio")


if __name__ == "__main__":
    main()
'''
LOW = """\
import asyncio
import sys

import mcp.server.stdio
import mcp.types as types
from mcp.server import NotificationOptions, Server
from mcp.server.models import InitializationOptions

server = Server("tea")


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return [types.Tool(name="price", description="Costs.", inputSchema={"type": "object", "properties": {}})]


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[types.TextContent | types.EmbeddedResource]:
    if name == "price":
        return [types.TextContent(type="text", text="1")]
    raise ValueError(f"Unknown tool: {name}")


async def serve():
    async with mcp.server.stdio.stdio_server() as (read, write):
        print("serving", file=sys.stderr)
        await server.run(
            read,
            write,
            InitializationOptions(
                server_name="teas",
                server_version="0.5",
                capabilities=server.get_capabilities(NotificationOptions(), {}),
            ),
        )


def main():
    asyncio.run(serve())


if __name__ == "__main__":
    main()
"""
LOW_AFTER = """\
import asyncio
import sys

import mcp.types as types


async def price(arguments: dict) -> list[types.TextContent | types.EmbeddedResource]:
    return [types.TextContent(type="text", text="1")]


async def serve():
    from tea.tea_shop_server import build_server

    print("serving", file=sys.stderr)
    await build_server().run_stdio_async()


def main():
    asyncio.run(serve())


if __name__ == "__main__":
    main()
"""


def files(server: str, **more: str) -> dict[str, str | bytes]:
    return {"pyproject.toml": MANIFEST, "tea/__init__.py": "", "tea/server.py": server, **more}


def made(folder: Path, server: str, **more: str) -> Carried:
    return carry(survey(project(folder, files(server, **more))), modern=True)


def texts(carried: Carried) -> str:
    return "\n".join(text for path, text in carried.files.items() if "_server/" not in path)


@pytest.mark.parametrize(("before", "after"), [(HIGH, HIGH_AFTER), (LOW, LOW_AFTER)])
def test_nothing_of_the_old_sdk_is_left(tmp_path: Path, before: str, after: str) -> None:
    project(tmp_path / "legacy", files(before))
    out = tmp_path / "out"
    done = run(tmp_path / "legacy", "--out", out)
    assert done.exit_code == 0, done.output
    assert "nothing of the old SDK is left" in done.output
    assert (out / "tea" / "server.py").read_text() == after
    assert not list(out.rglob("legacy_mcp"))
    written = snapshot(out)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(out)
        checked = CliRunner().invoke(generate, ["--check"])
    assert checked.exit_code == 0, checked.output
    again = run(tmp_path / "legacy", "--out", out)
    assert again.exit_code == 0, again.output
    assert snapshot(out) == written


def test_the_spec_says_as_what_callers_know_the_server(tmp_path: Path) -> None:
    spec = made(tmp_path / "high", HIGH).files["spec.yaml"]
    assert "instructions: Sells tea.\nserver: {as: mcp1, name: Tea Shop}\n" in spec
    assert 'run: {python: "tea.server:price"}' in spec or "python: tea.server:price" in spec
    low = made(tmp_path / "low", LOW).files["spec.yaml"]
    assert "server: {as: mcp1_lowlevel, name: teas, version: 0.5}" in low or 'version: "0.5"' in low
    rest = LOW.replace(
        '    raise ValueError(f"Unknown', '    print(name)\n    raise ValueError(f"Unknown'
    )
    carried = made(tmp_path / "rest", rest)
    assert "unknown: tea.server:call_tool" in carried.files["spec.yaml"]
    assert "\n\nasync def call_tool(name: str, arguments: dict)" in carried.files["tea/server.py"]


def test_a_run_that_shares_its_line_is_one_of_the_compiled_server(tmp_path: Path) -> None:
    before = HIGH.replace(
        '    """Serve."""\n    log.info("starting")\n    mcp.run(transport="stdio")',
        "    pass; mcp.run()",
    )
    carried = made(tmp_path, before)
    said = texts(carried)
    assert "    pass; from tea.tea_shop_server import build_server; build_server().run()\n" in said


def test_what_it_takes_is_in_the_requirements(tmp_path: Path) -> None:
    manifest = made(tmp_path / "legacy", HIGH).files["pyproject.toml"]
    assert "mcp<3,>=2.3" in manifest
    assert "jsonschema-rs" in manifest
    assert "legacy_mcp" not in manifest


def test_tools_in_files_that_import_the_server(tmp_path: Path) -> None:
    carried = made(
        tmp_path / "legacy",
        "from tea.app import mcp\nfrom tea import tools  # noqa: F401\n\ndef main():\n    mcp.run()\n",
        **{
            "tea/app.py": 'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("tea")\n',
            "tea/tools.py": 'from .app import mcp\n\n@mcp.tool()\ndef price() -> int:\n    """Costs."""\n    return 1\n',
        },
    )
    assert not carried.adapters
    assert carried.files["tea/app.py"] == ""
    assert carried.files["tea/tools.py"].startswith("def price()")
    assert carried.files["tea/server.py"] == (
        "from tea.tea_shop_server import build_server\nfrom tea import tools  # noqa: F401\n\n"
        "def main():\n    build_server().run()\n"
    )


def test_functions_that_registered_and_do_nothing_now_go(tmp_path: Path) -> None:
    carried = made(
        tmp_path / "legacy",
        "from mcp.server.fastmcp import FastMCP\nfrom tea.tools import register\n\n"
        'mcp = FastMCP("tea")\nregister(mcp)\n\n\ndef main():\n    mcp.run()\n',
        **{
            "tea/tools.py": "from mcp.server.fastmcp import FastMCP\n\n\ndef register(mcp: FastMCP) -> None:\n"
            '    @mcp.tool()\n    def price() -> int:\n        """Costs."""\n        return 1\n'
        },
    )
    assert carried.modern is not None
    assert carried.modern.held == ()
    assert "register" not in texts(carried)
    assert "build_server().run()" in carried.files["tea/server.py"]


def test_another_server_of_the_project_keeps_the_adapter(tmp_path: Path) -> None:
    web = (
        'from mcp.server.fastmcp import FastMCP\n\napp = FastMCP("web")\napp.run(transport="sse")\n'
    )
    project(tmp_path / "legacy", files(HIGH, **{"web/server.py": web}))
    done = run(tmp_path / "legacy", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "needs nothing of the old SDK; `web/server.py` still does" in done.output
    assert list((tmp_path / "out").rglob("legacy_mcp"))
    assert "legacy_mcp" not in (tmp_path / "out/tea/server.py").read_text()


def test_all_is_carried_if_that_is_wanted(tmp_path: Path) -> None:
    project(tmp_path / "legacy", files(HIGH))
    done = run(tmp_path / "legacy", "--out", tmp_path / "out", "--keep")
    assert done.exit_code == 0, done.output
    assert "mcp = FastMCP(" in (tmp_path / "out/tea/server.py").read_text()


STAYS = [
    (HIGH, 'log.info("starting")', "mcp.settings.port = 1", "mcp.settings", "the project uses `mcp.settings`"),
    (HIGH, 'transport="stdio"', 'transport="sse"', '"""Sells', "it is served over HTTP alone"),
    (HIGH, '"Tea Shop",', "__import__('os').name,", "__import__", "its `name` is worked out when it starts"),
    (HIGH, 'dependencies=["pydantic"]', "lifespan=None", "lifespan=", "its constructor is told `lifespan`"),
    (HIGH, 'dependencies=["pydantic"]', 'log_level="LOUD"', "log_level", "its `log_level` is none"),
    (HIGH, "SOLD: list[str] = []", '__all__ = ["mcp"]', "__all__", "`__all__` offers it"),
    (HIGH, "SOLD: list[str] = []", 'APP = "tea.server:mcp"', "APP", "the server is named in a text"),
    (HIGH, "SOLD: list[str] = []", "def build_server(): ...", "mcp.run", "`build_server` is the project's own there"),
    (HIGH, "SOLD: list[str] = []", "SERVERS = [mcp]", "SERVERS", "the project uses `mcp`"),
    (HIGH, "SOLD: list[str] = []", 'NAMED = "tea.server.mcp"', "NAMED", "the server is named in a text"),
    (HIGH, "SOLD: list[str] = []", '@mcp.custom_route("/a", ["GET"])\ndef b(): ...', "@mcp.custom", "the project uses `mcp.custom_route`"),
    (HIGH.replace("price(tea:", "price(ctx: Context, tea:"), "    # As it was.", "    ctx.session", "def price", "it asks something else of its `Context`: `ctx.session`"),
    (HIGH, "log = ", 'logging.basicConfig(filename="/dev/stdout")\nlog = ', '"""Sells', "logging goes to stdout"),
    (LOW, "Options(), {}", "Options(tools_changed=True), {}", "server.get_cap", "it declares that its lists may change"),
    (LOW, "mcp.server.stdio.stdio_server()", "streams()", "streams()", "it is run over something else than stdio"),
    (LOW, ", file=sys.stderr", "", "async with", "what runs beside it cannot be followed"),
    (LOW, "async def serve", "@server.list_prompts()\nasync def prompts(): ...\n\nasync def serve", "@server.list_prompts", "the project uses `server.list_prompts`"),
    (LOW, 'text="1")', "text=types.LATEST_PROTOCOL_VERSION)", "text=types", "`types.LATEST_PROTOCOL_VERSION` of the old SDK is used"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new", "at", "reason"), STAYS)
def test_where_it_stays_the_place_and_the_reason_are_said(
    tmp_path: Path, text: str, old: str, new: str, at: str, reason: str
) -> None:
    assert old in text
    text = text.replace(old, new, 1)
    line = next(number for number, said in enumerate(text.splitlines(), 1) if at in said)
    project(tmp_path / "legacy", files(text))
    done = run(tmp_path / "legacy", "--out", tmp_path / "out", "--json")
    modern = json.loads(done.stdout)["modernised"]
    ((found, said),) = [(one["line"], one["reason"]) for one in modern["not_alone"]]
    assert not modern["alone"]
    assert (found, reason in said) == (line, True), said
    assert list((tmp_path / "out").rglob("legacy_mcp"))
    page = (tmp_path / "out" / "MIGRATION.md").read_text()
    assert "## Why the server object stays" in page
    assert f"| `tea/server.py:{line}` |" in page


def test_contexts_that_are_only_told_something_are_those_of_today(tmp_path: Path) -> None:
    text = HIGH.replace("price(tea:", "price(ctx: Context, tea:").replace(
        "    # As it was.",
        "    told(1, to=ctx)\n    ctx.info(tea)\n    ctx.report_progress(1, total=2)",
    )
    text = text.replace(
        "SOLD: list", "def told(n, to=None):\n    if to:\n        to.error('e')\n\nSOLD: list"
    )
    carried = made(tmp_path / "legacy", text)
    assert carried.modern is not None
    assert carried.modern.held == ()
    assert "from mcp.server.mcpserver import Context, Image\n" in carried.files["tea/server.py"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dockerfile", 'FROM python\nCMD ["mcp", "run", "tea/server.py"]\n'),
        ("run.sh", "#!/bin/sh\nuv run mcp dev tea/server.py\n"),
        ("compose.yaml", "services:\n  command: fastmcp run server.py:mcp\n"),
    ],
)
def test_files_that_start_it_by_its_object_keep_it(tmp_path: Path, name: str, text: str) -> None:
    carried = made(tmp_path / "legacy", HIGH, **{name: text})
    assert carried.modern is not None
    assert [(one.source, one.line) for one in carried.modern.held] == [(name, 2)]
    harmless = made(tmp_path / "other", HIGH, **{name: "mcp\npip install mcp; tea run\n"})
    assert harmless.modern is not None
    assert harmless.modern.held == ()


def test_a_name_that_no_spec_can_say_keeps_the_server(tmp_path: Path) -> None:
    carried = made(tmp_path / "legacy", HIGH.replace('"Tea Shop"', '" "'))
    assert carried.modern is not None
    assert carried.modern.compiled is not None
    (reason,) = [one.reason for one in carried.modern.held]
    assert "the compiler refuses it" in reason


def test_what_the_constructor_did_to_logging_stays(tmp_path: Path) -> None:
    text = HIGH.replace('dependencies=["pydantic"]', 'log_level="ERROR"')
    said = made(tmp_path / "legacy", text).files["tea/server.py"]
    assert '# The server.\nlogging.basicConfig(level="ERROR", format="%(message)s")\n\nSOLD' in said
    usual = HIGH.replace('dependencies=["pydantic"]', 'log_level="INFO"')
    assert "basicConfig" not in made(tmp_path / "usual", usual).files["tea/server.py"]


def test_words_about_http_are_told_where_it_is_run(tmp_path: Path) -> None:
    text = HIGH.replace('dependencies=["pydantic"]', 'port=int(json.loads("1")), host="h"')
    by_choice = text.replace('transport="stdio"', 'transport=json.loads("2")')
    run_by = made(tmp_path / "legacy", by_choice).files["tea/server.py"]
    assert "run(transport=json.loads('2')" in run_by.replace('"2"', "'2'")
    assert """, port=int(json.loads('1')), host='h')""" in run_by
    assert "port=int" not in made(tmp_path / "stdio", text).files["tea/server.py"]


def test_tests_that_use_the_server_keep_it(tmp_path: Path) -> None:
    test = "from tea.server import mcp\n\n\ndef test_it():\n    assert mcp.name\n"
    carried = made(tmp_path / "legacy", HIGH, **{"tests/test_it.py": test})
    assert carried.modern is not None
    assert [(one.source, one.line) for one in carried.modern.held] == [("tests/test_it.py", 5)]


APP = """\
import asyncio

from mcp.server.fastmcp import Context, FastMCP

mcp = FastMCP("tea")


@mcp.tool()
def price(tea: str) -> str:
    return tea
"""
RUNS = "\nif __name__ == '__main__':\n    mcp.run()\n"


@pytest.mark.parametrize(
    ("other", "place"),
    [
        ("from app import Context\n", ("app.py", 3)),
        ("import app\n\nContext = app.Context\n", ("app.py", 3)),
        ("from app import *\n", ("other.py", 1)),
    ],
)
def test_what_others_take_of_the_old_sdk_from_a_source_keeps_the_object(
    other: str, place: tuple[str, int], tmp_path: Path
) -> None:
    files = {
        "app.py": APP,
        "other.py": other,
        "server.py": f"import other\nfrom app import mcp\n{RUNS}",
    }
    carried = carry(survey(project(tmp_path / "legacy", files)), modern=True)
    assert carried.modern is not None and carried.modern.compiled is not None
    assert carried.modern.freed is None
    assert place in [(one.source, one.line) for one in carried.modern.held]


def test_types_of_today_are_made_by_their_own_names(tmp_path: Path) -> None:
    files = {
        "server.py": """\
import asyncio

import mcp.types as types
from mcp.server import Server
from mcp.server.stdio import stdio_server

server = Server("shop")


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return [types.Tool(name="tea", inputSchema={"type": "object"})]


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[types.TextContent]:
    if name == "tea":
        return [types.ImageContent(type="image", data="", mimeType="image/png")]
    raise ValueError(f"Unknown tool: {name}")


async def main():
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


if __name__ == "__main__":
    asyncio.run(main())
""",
        "tests/test_server.py": "from server import list_tools\n",
    }
    done = carry(survey(project(tmp_path / "shop", files)), modern=True)
    text = done.files["server.py"]
    assert 'types.Tool(name="tea", input_schema={"type": "object"})' in text
    assert 'types.ImageContent(type="image", data="", mime_type="image/png")' in text
    assert "legacy_mcp" not in text
