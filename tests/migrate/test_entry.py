"""Which of a project's scripts starts its server, and by which names its modules are imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from automcp.migrate.carry import carry
from automcp.migrate.entry import File, NoServer, Script, find_entry
from automcp.migrate.survey import survey

SERVER = """\
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("a")
@mcp.tool()
def one() -> str: return ""
def main(): mcp.run()
"""


def _write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def _manifest(**scripts: str) -> str:
    lines = [f'{name.replace("_", "-")} = "{target}"' for name, target in scripts.items()]
    return "\n".join(['[project]\nname = "a"\nversion = "1"\n[project.scripts]', *lines])


def test_a_script_in_the_package_of_the_server_does_not_start_it_for_that(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        {
            "a/__init__.py": "from .server import main\n",
            "a/server.py": SERVER,
            "a/once.py": "from .work import work\ndef main(): work()\n",
            "a/work.py": "def work(tool=None): return tool.tool.tool\n",
            "pyproject.toml": _manifest(once="a.once:main", serve="a:main"),
        },
    )
    entry = find_entry(survey(folder))
    assert isinstance(entry, Script) and entry.name == "serve"


def test_of_two_functions_beside_each_other_the_one_that_serves(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        {
            "a.py": SERVER + "def serve(): main()\ndef setup(): print('set up')\n",
            "pyproject.toml": _manifest(a_setup="a:setup", a="a:serve"),
        },
    )
    entry = find_entry(survey(folder))
    assert isinstance(entry, Script) and entry.name == "a"


def test_src_is_a_package_only_where_something_says_so(tmp_path: Path) -> None:
    files = {"src/__init__.py": "", "src/a/__init__.py": "", "src/a/server.py": SERVER}
    plain = _write(tmp_path / "1", {**files, "pyproject.toml": _manifest(a="a.server:main")})
    carried = carry(survey(plain))
    assert carried.script == ("a", "a.server:main")
    assert "from a.legacy_mcp.fastmcp import" in carried.files["src/a/server.py"]
    said = _write(tmp_path / "2", {**files, "pyproject.toml": _manifest(a="src.a.server:main")})
    carried = carry(survey(said))
    assert carried.script == ("a", "src.a.server:main")
    assert "from src.a.legacy_mcp.fastmcp import" in carried.files["src/a/server.py"]
    imported = _write(
        tmp_path / "3", {**files, "main.py": "from src.a.server import main\nmain()\n"}
    )
    assert survey(imported).by_module["src.a.server"].root == "."


def test_a_file_that_imports_relative_to_its_package_is_run_as_a_module(tmp_path: Path) -> None:
    relative = (
        "from .tools import mcp\nif __name__ == '__main__':\n    print('up')\n    mcp.run()\n"
    )
    folder = _write(
        tmp_path,
        {
            "a/__init__.py": "",
            "a/types.py": "",
            "a/cli.py": relative,
            "a/tools.py": SERVER,
            "wrapper.py": "import mcp\n",
            "pyproject.toml": '[project]\nname = "a"\nversion = "1"\n',
        },
    )
    entry = find_entry(survey(folder))
    assert isinstance(entry, File) and entry.module == "a.cli"
    carried = carry(survey(folder))
    assert carried.script == ("a", "start_server:main")
    assert 'run_module("a.cli"' in carried.files["start_server.py"]
    # A loose script uses the adapter, too: it lies where both find it.
    assert "legacy_mcp/lowlevel.py" in carried.files
    assert "from legacy_mcp.fastmcp import FastMCP" in carried.files["a/tools.py"]


def test_a_file_of_a_package_that_is_imported_finds_an_adapter_beside_the_package(
    tmp_path: Path,
) -> None:
    folder = _write(
        tmp_path,
        {
            "a/__init__.py": "",
            "a/cli.py": SERVER + "if __name__ == '__main__':\n    main()\n",
            "wrapper.py": "import mcp\n",
            "pyproject.toml": '[project]\nname = "a"\nversion = "1"\n',
        },
    )
    carried = carry(survey(folder))
    assert carried.script == ("a", "a.cli:main")
    assert "legacy_mcp/lowlevel.py" in carried.files


def test_a_script_of_the_projects_name_that_starts_nothing_any_more_is_replaced(
    tmp_path: Path,
) -> None:
    folder = _write(
        tmp_path,
        {
            "b/__init__.py": "",
            "b/cli.py": SERVER + "if __name__ == '__main__':\n    main()\n",
            "pyproject.toml": _manifest(a="former.cli:main", other="b.cli:main [cli]"),
        },
    )
    carried = carry(survey(folder))
    assert carried.script == ("other", "b.cli:main")
    assert 'other = "b.cli:main [cli]"\na = "former.cli:main"' in carried.files["pyproject.toml"]
    (folder / "pyproject.toml").write_text(_manifest(a="former.cli:main"), "utf-8")
    carried = carry(survey(folder))
    assert carried.script == ("a", "b.cli:main")
    assert 'a = "b.cli:main"' in carried.files["pyproject.toml"]


@pytest.mark.parametrize("library", ["automcp", "khivemcp"])
def test_groups_without_a_server_of_their_own_are_told_what_runs_them(
    tmp_path: Path, library: str
) -> None:
    text = f"from {library} import ServiceGroup, operation\n"
    folder = _write(tmp_path, {"groups.py": text, "service.yaml": "name: a\ngroups: {}\n"})
    with pytest.raises(NoServer, match="`automcp serve CONFIG` runs"):
        find_entry(survey(folder))
    _write(tmp_path, {f"{library}/__init__.py": ""})
    with pytest.raises(NoServer) as caught:
        find_entry(survey(folder))
    assert "automcp serve" not in str(caught.value)


OBJECT = SERVER.replace("def main(): mcp.run()\n", "")


def test_a_server_that_mcp_run_runs_is_found(tmp_path: Path) -> None:
    flat = _write(tmp_path / "1", {"server.py": OBJECT, "requirements.txt": "mcp<2\n"})
    assert carry(survey(flat)).script == ("1", "server:mcp.run")
    typed = "from typing import Any\n" + OBJECT.replace("mcp = ", "mcp: Any = ")
    deep = _write(tmp_path / "2", {"code/server.py": typed, "requirements.txt": "mcp<2\n"})
    carried = carry(survey(deep))
    assert carried.script == ("2", "start_server:main")
    assert '["mcp"].run()' in carried.files["start_server.py"]


def test_a_file_that_runs_the_server_at_once_is_found(tmp_path: Path) -> None:
    folder = _write(tmp_path, {"serve.py": OBJECT + "mcp.run()\n", "requirements.txt": "mcp\n"})
    carried = carry(survey(folder))
    assert carried.script[1] == "start_server:main"
    assert '"__main__"' in carried.files["start_server.py"]


def test_a_package_that_is_run_comes_before_a_file_in_it(tmp_path: Path) -> None:
    guarded = SERVER + "if __name__ == '__main__':\n    main()\n"
    folder = _write(
        tmp_path,
        {
            "src/a/__init__.py": "",
            "src/a/__main__.py": "from a.cli import run\nrun()\n",
            "src/a/cli.py": "from . import server\ndef run(): server.main()\n",
            "src/a/server.py": guarded,
            "requirements.txt": "mcp\n",
        },
    )
    assert find_entry(survey(folder)).source.path == "src/a/__main__.py"


def test_words_that_were_taken_once_tell_the_release(tmp_path: Path) -> None:
    text = SERVER.replace('FastMCP("a")', 'FastMCP("a", description="b")')
    folder = _write(tmp_path / "1", {"a.py": text, "pyproject.toml": _manifest(a="a:main")})
    assert "MCP: tuple[int, ...] = (1, 11)" in carry(survey(folder)).files["legacy_mcp/before.py"]
    later = _write(tmp_path / "3", {"a.py": text, "requirements.txt": "mcp>=1.12\n"})
    assert "= (1, 30)" in carry(survey(later)).files["legacy_mcp/before.py"]
    left = _write(tmp_path / "4", {"a.py": SERVER, "build/lib/a.py": text, "requirements.txt": ""})
    assert "= (1, 30)" in carry(survey(left)).files["legacy_mcp/before.py"]
    known = _write(tmp_path / "2", {"a.py": SERVER, "pyproject.toml": _manifest(a="a:main")})
    assert "= (1, 30)" in carry(survey(known)).files["legacy_mcp/before.py"]


def test_folders_that_sources_cannot_name_are_no_place_for_the_adapter(tmp_path: Path) -> None:
    files = {
        "src/tea-shop/__init__.py": "from .server import main\n",
        "src/tea-shop/server.py": SERVER,
    }
    folder = _write(tmp_path, {**files, "pyproject.toml": _manifest(tea="tea-shop:main")})
    carried = carry(survey(folder))
    assert "from legacy_mcp.fastmcp import" in carried.files["src/tea-shop/server.py"]
    assert "src/legacy_mcp/before.py" in carried.files


def test_the_adapter_lies_in_the_package_of_a_script_that_has_no_init(tmp_path: Path) -> None:
    files = {"src/acme/tea/server.py": SERVER}
    files["pyproject.toml"] = _manifest(tea="acme.tea.server:main")
    project = survey(_write(tmp_path, files))
    kept = carry(project).files
    assert "from acme.tea.legacy_mcp.fastmcp import" in kept["src/acme/tea/server.py"]
    assert "src/acme/tea/legacy_mcp/before.py" in kept
    assert "src/acme/tea/a_server/server.py" in carry(project, modern=True).files


def test_a_script_that_serves_by_a_method_of_the_project_comes_before_a_larger_one(
    tmp_path: Path,
) -> None:
    folder = _write(
        tmp_path,
        {
            "a/__init__.py": "",
            "a/server.py": SERVER
            + "class Host:\n    async def serve_stdio(self): await mcp.run_stdio_async()\n",
            "a/main.py": "import asyncio\nfrom .server import Host\ndef main(): asyncio.run(Host().serve_stdio())\n",
            "a/more.py": "from .server import mcp\n@mcp.tool()\ndef more(): ...\n",
            "a/cli.py": "from . import more\nfrom .main import main as serving\ndef main(): serving()\n",
            "pyproject.toml": "[project]\nname = 'a'\nversion = '1'\ndependencies = ['mcp']\n"
            "[project.scripts]\nb = 'a.cli:main'\na = 'a.main:main'\n",
        },
    )
    found = find_entry(survey(folder))
    assert isinstance(found, Script)
    assert found.name == "a"


def test_a_file_that_only_tries_the_server_does_not_start_it(tmp_path: Path) -> None:
    trial = "from server import one\nif __name__ == '__main__':\n    print(one())\n"
    files = {"server.py": OBJECT, "attempt.py": trial, "requirements.txt": "mcp<2\n"}
    assert carry(survey(_write(tmp_path / "1", files))).script == ("1", "server:mcp.run")
    made = "class App:\n    def start(self): pass\nif __name__ == '__main__':\n    App().start()\n"
    alone = _write(tmp_path / "2", {"app.py": "import mcp.types\n" + made, "requirements.txt": ""})
    assert find_entry(survey(alone)).source.path == "app.py"


def test_a_script_that_uses_the_functions_of_a_server_does_not_start_it(tmp_path: Path) -> None:
    started = "if __name__ == '__main__':\n    serve(mcp)\n"
    probe = "from server import one\nif __name__ == '__main__':\n    print(one())\n"
    files = {
        "attempt.py": probe,
        "server.py": "from serving import serve\n" + OBJECT + started,
        "serving.py": "def serve(server):\n    server.run()\n",
        "requirements.txt": "mcp<2\n",
    }
    assert find_entry(survey(_write(tmp_path, files))).source.path == "server.py"


def test_a_command_that_serves_comes_before_one_that_wants_another_word(tmp_path: Path) -> None:
    commands = "import typer\ncli = typer.Typer()\n" + "".join(
        f"@cli.command()\ndef {name}(): mcp.run(transport='{name}')\n" for name in ("stdio", "sse")
    )
    manifest = _manifest(a="a:cli", b="a:stdio")
    folder = _write(tmp_path, {"a.py": SERVER + commands, "pyproject.toml": manifest})
    found = find_entry(survey(folder))
    assert isinstance(found, Script)
    assert found.name == "b"


def test_a_file_beside_what_is_called_as_an_sdk_is_run_by_its_module(tmp_path: Path) -> None:
    started = (
        "from app.mcp import mcp\nif __name__ == '__main__':\n    mcp.run(show_banner=False)\n"
    )
    files = {
        "app/__init__.py": "",
        "app/main.py": started,
        "app/mcp/__init__.py": "from fastmcp import FastMCP\nmcp = FastMCP('a')\n",
        "requirements.txt": "fastmcp<4\n",
    }
    text = carry(survey(_write(tmp_path / "1", files))).files["start_server.py"]
    assert 'run_module("app.main"' in text
    apart = {path.replace("/mcp/", "/served/"): one for path, one in files.items()}
    apart["app/main.py"] = started.replace("app.mcp", "app.served")
    text = carry(survey(_write(tmp_path / "2", apart))).files["start_server.py"]
    assert "run_path(" in text


def test_a_command_whose_function_is_not_there_starts_nothing(tmp_path: Path) -> None:
    text = (
        SERVER.replace("def main(): mcp.run()\n", "")
        + "if __name__ == '__main__':\n    mcp.run()\n"
    )
    folder = _write(tmp_path / "1", {"a.py": text, "pyproject.toml": _manifest(a="a:main")})
    assert isinstance(find_entry(survey(folder)), File)
    given = text + "globals()['main'] = mcp.run\n"
    folder = _write(tmp_path / "2", {"a.py": given, "pyproject.toml": _manifest(a="a:main")})
    assert isinstance(find_entry(survey(folder)), Script)


def test_a_command_of_a_client_does_not_start_the_server_beside_it(tmp_path: Path) -> None:
    client = "from fastmcp import Client\ndef main(): Client('servers/tea.py')\n"
    served = SERVER + "if __name__ == '__main__':\n    main()\n"
    manifest = _manifest(a="client.cli:main")
    files = {"client/__init__.py": "", "client/cli.py": client, "pyproject.toml": manifest}
    beside = _write(tmp_path / "1", {**files, "servers/tea.py": served})
    assert find_entry(survey(beside)).source.path == "servers/tea.py"
    within = _write(tmp_path / "2", {**files, "client/tea.py": served})
    assert find_entry(survey(within)).source.path == "client/cli.py"
