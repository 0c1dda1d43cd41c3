"""Projects whose tools become plain functions of a compiled package: what is written, and that it stays."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from automcp.cli.generate import command as generate
from automcp.cli.migrate import command
from automcp.migrate.carry import Carried, carry
from automcp.migrate.compiled.compiling import compile_plain
from automcp.migrate.compiled.place import place_for
from automcp.migrate.compiled.requiring import Added, flat, manifest_with
from automcp.migrate.modernise import Plain, Server
from automcp.migrate.survey import survey
from click.testing import CliRunner

SERVER = '''\
from mcp.server.fastmcp import FastMCP, Context

mcp = FastMCP("shop")
SOLD = []

@mcp.tool()
def price(tea: str, grams: int = 100) -> str:
    """What tea costs."""
    return tea * grams

@mcp.tool(annotations={"readOnlyHint": True})
async def sold(ctx: Context) -> list[str]:
    """What was sold."""
    return SOLD

def worked_out() -> str:
    return str(len(SOLD))

@mcp.tool(description=worked_out())
def count() -> int:
    return len(SOLD)

def main() -> None:
    mcp.run()

if __name__ == "__main__":
    main()
'''


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "tea-shop"
    package = folder / "src" / "tea_shop"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "server.py").write_text(SERVER, "utf-8")
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
        '[project]\nname = "tea-shop"\nversion = "2.0"\ndependencies = ["mcp<2"]\n'
        'requires-python = ">=3.10,<4"\n[project.scripts]\ntea = "tea_shop.server:main"\n',
        "utf-8",
    )
    return folder


def made(source: Path) -> Carried:
    return carry(survey(source), modern=True)


def test_what_is_understood_is_compiled_and_the_rest_stays(source: Path) -> None:
    carried = made(source)
    modern = carried.modern
    assert modern is not None
    assert modern.compiled is not None
    assert [one.name for one in modern.read.plain] == ["price", "sold"]
    assert [one.name for one in modern.read.left] == ["count"]
    assert modern.compiled.place.package == "tea_shop.tea_shop_server"
    text = carried.files["src/tea_shop/server.py"]
    assert 'FastMCP("shop", compiled="tea_shop.tea_shop_server")' in text
    assert text.count("@mcp.tool") == 1
    assert "src/tea_shop/tea_shop_server/server.py" in carried.files
    bound = carried.files["src/tea_shop/tea_shop_server/bindings/tea_shop.py"]
    assert "from tea_shop.server import price, sold" in bound


def test_functions_of_a_file_that_becomes_a_command_are_named_as_it_is_imported(
    source: Path,
) -> None:
    page = source / "pyproject.toml"
    page.write_text(page.read_text("utf-8").partition("[project.scripts]")[0], "utf-8")
    carried = made(source)
    assert carried.script == ("tea-shop", "tea_shop.server:main")
    assert "start_server.py" not in carried.files
    bound = carried.files["src/tea_shop/tea_shop_server/bindings/tea_shop.py"]
    assert "from tea_shop.server import price, sold" in bound


def test_the_project_says_what_the_package_needs(source: Path) -> None:
    said = made(source).files["pyproject.toml"]
    assert '"jsonschema-rs>=' in said
    assert 'requires-python = ">=3.11,<4"' in said
    assert '"tea_shop.tea_shop_server" = ["surface.json"]' in said


def test_without_the_option_all_of_it_is_carried(source: Path) -> None:
    carried = carry(survey(source))
    assert carried.modern is None
    assert not any("tea_shop_server" in path for path in carried.files)


def test_a_tool_that_has_to_stay_stays(source: Path) -> None:
    carried = carry(survey(source), modern=True, kept={"price": "it was listed otherwise"})
    assert carried.modern is not None
    assert [one.name for one in carried.modern.read.plain] == ["sold"]
    assert "it was listed otherwise" in [one.reason for one in carried.modern.read.left]


def test_the_result_is_up_to_date_and_migrating_again_changes_nothing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    words = [str(source), "--out", str(out), "--modernise"]
    first = CliRunner().invoke(command, [*words, "--json"])
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)["modernised"]
    assert told["package"] == "tea_shop.tea_shop_server"
    assert [one["reason"] for one in told["left"]]
    assert "Left to the adapter" in (out / "MIGRATION.md").read_text("utf-8")
    again = CliRunner().invoke(command, words)
    assert again.exit_code == 0
    assert "nothing changes" in again.stderr
    monkeypatch.chdir(out)
    checked = CliRunner().invoke(generate, ["--check"])
    assert checked.exit_code == 0, checked.output


def test_a_result_that_is_migrated_again_stays(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert (
        CliRunner().invoke(command, [str(source), "--out", str(out), "--modernise"]).exit_code == 0
    )
    again = carry(survey(out), modern=True)
    assert dict(again.files) == {}


@pytest.mark.parametrize(
    ("project", "taken", "package"),
    [
        ("weather", set[str](), "weather_server"),
        ("mcp-server-weather", set[str](), "weather_server"),
        ("weather", {"weather_server"}, "weather_tools_server"),
        ("weather", {"weather_server", "weather_tools_server"}, "weather_compiled_server"),
        ("1 2", set[str](), "x1_2_server"),
    ],
)
def test_a_package_has_a_name_of_its_own(project: str, taken: set[str], package: str) -> None:
    assert place_for(project, ".", "", taken).package == package
    assert place_for(project, "src/app", "app", taken).home == f"src/app/{package}"


def test_packages_that_are_listed_are_listed_with_the_new_ones() -> None:
    text = '[project]\nname = "a"\ndependencies = []\n[tool.setuptools]\npackages = ["a"]\n'
    said, changes = manifest_with(text, "mcp2", Added(["a.b", "a.b.c"], "a.b"))
    assert 'packages = ["a", "a.b", "a.b.c"]' in said
    assert [one.after for one in changes] == ["jsonschema-rs>=0.46"]


def test_another_build_backend_takes_files_along_untold() -> None:
    text = (
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "a"\ndependencies = ["jsonschema-rs"]\nrequires-python = ">=3.12"\n'
    )
    assert manifest_with(text, "mcp2", Added(["a.b"], "a.b")) == (text, [])


def test_what_lies_flat_is_said_to_setuptools() -> None:
    text = '[project]\nname = "a"\ndependencies = ["jsonschema-rs"]\nrequires-python = ">=3.12"\n'
    lying = flat(["server.py", "setup.py", "tools/a.py", "tools/b/c.py", "a_server/server.py"])
    said, _ = manifest_with(text, "mcp2", Added(["a_server"], "a_server", lying))
    told = tomllib.loads(said)["tool"]["setuptools"]
    assert told["py-modules"] == ["server"]
    assert told["packages"]["find"]["include"] == ["a_server", "a_server.*", "tools", "tools.*"]
    assert told["package-data"] == {"a_server": ["surface.json"]}


def test_what_cannot_be_read_is_carried(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a case that nobody thought of")

    monkeypatch.setattr("automcp.migrate.compiled.modern.modernise", broken)
    carried = made(source)
    assert carried.modern is not None
    assert carried.modern.compiled is None
    assert "KeyError" in carried.modern.read.left[0].reason
    assert carried.files["src/tea_shop/server.py"].count("@mcp.tool") == 3


def test_schemas_that_say_that_nothing_is_required_say_so_still() -> None:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {},
        "required": [],
        "additionalProperties": False,
    }
    tool: dict[str, Any] = {"name": "all", "description": "", "inputSchema": schema}
    server = Server("app", "mcp", "app.py")
    plain = Plain(server, "app:all_", tool, None, "mcp1", "app.py", 1)
    compiled = compile_plain([plain], place_for("app", ".", "", ()), "1.0")
    assert compiled.unlike == {}
    listed = json.loads(compiled.files["app_server/surface.json"])["tools"][0]
    assert listed["inputSchema"] == schema
    assert listed["description"] == ""
    assert "annotations" not in listed
