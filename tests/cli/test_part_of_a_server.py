"""Projects whose compiled package is a part of another server (`layout = "package"`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from automcp.cli.group import automcp as main
from click.testing import CliRunner, Result

SPEC = """
automcp: 1
name: weather
version: 1.0.0
groups:
  weather:
    description: Weather.
    operations:
      slow: {{description: Waits., effect: reads, run: {{python: "{call}"}}}}
"""
SETTINGS = 'spec = "spec.yaml"\n[targets.server]\nout = "src/weather"\nlayout = "package"\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    package = tmp_path / "src" / "weather"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')\n", "utf-8")
    (package / "server.py").write_text("def slow(): ...\n", "utf-8")
    (tmp_path / "automcp.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


def run(project: Path, call: str, *words: str) -> Result:
    (project / "spec.yaml").write_text(SPEC.format(call=call), "utf-8")
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize("command", ["check", "generate"])
def test_functions_of_the_project_are_looked_at(project: Path, command: str) -> None:
    ran = run(project, "weather.server:slowly", command)
    assert ran.exit_code == 1
    assert 'error[AM224]: there is no "slowly" in the module "weather.server"' in ran.stderr
    assert "did you mean `slow`?" in ran.stderr
    assert run(project, "weather.server:slow", command).exit_code == 0


@pytest.mark.parametrize("module", ["weather.servr", "weather.servr.of", "weather.inner.servr"])
def test_a_module_that_its_package_does_not_have(project: Path, module: str) -> None:
    ran = run(project, f"{module}:slow", "check")
    assert ran.exit_code == 1
    assert f'error[AM224]: there is no module "{module}"' in ran.stderr
    assert str(Path("src", "weather", "__init__.py")) in ran.stderr


@pytest.mark.parametrize(
    "text",
    [
        "__path__ = __import__('pkgutil').extend_path(__path__, __name__)",
        "import sys\nsys.modules['weather.servr'] = sys",
        "def of(:",
    ],
)
def test_a_package_may_have_modules_elsewhere(project: Path, text: str) -> None:
    (project / "src/weather/__init__.py").write_text(text, "utf-8")
    assert run(project, "weather.servr:slow", "check").exit_code == 0


@pytest.mark.parametrize("name", ["servr.pyx", "servr.so", "servr.pyi"])
def test_modules_that_are_no_text_are_left_alone(project: Path, name: str) -> None:
    (project / "src/weather" / name).write_bytes(b"\xff\x00")
    assert run(project, "weather.servr:slow", "check").exit_code == 0


def test_modules_of_others_are_left_alone(project: Path) -> None:
    for module in ("wether.server", "weather_of_others", "xml.nothing"):
        assert run(project, f"{module}:slow", "check").exit_code == 0


def test_the_folder_of_the_project_file_is_looked_in(project: Path) -> None:
    (project / "prices.py").write_text("def of(): ...\n", "utf-8")
    ran = run(project, "prices:off", "check")
    assert 'there is no "off" in the module "prices"' in ran.stderr


@pytest.mark.parametrize("command", [["run"], ["run", "--http"], ["call", "weather_slow"]])
@pytest.mark.parametrize(
    ("pyproject", "script"),
    [
        ('[project]\nname = "weather"\n[project.scripts]\nweather-mcp = "weather.server:main"\n', "start `weather-mcp`;"),
        ('[tool.poetry.scripts]\na = "weather.server:main"\nb = "weather.server:main"\n', "start `a` or `b`;"),
        ("[project]\nscripts = 3\n", "start the project's own program;"),
        ("[project", "start the project's own program;"),
        (None, "start the project's own program;"),
    ],
)  # fmt: skip
def test_how_the_server_is_started_is_said(
    project: Path, command: list[str], pyproject: str | None, script: str
) -> None:
    if pyproject is not None:
        (project / "pyproject.toml").write_text(pyproject, "utf-8")
    assert run(project, "weather.server:slow", "generate").exit_code == 0
    ran = run(project, "weather.server:slow", *command)
    assert ran.exit_code == 1
    assert "AM528" in ran.stderr
    assert "is a part of another server" in ran.stderr
    assert str(Path("src", "weather")) in ran.stderr
    assert script in ran.stderr
    assert "automcp generate" not in ran.stderr


def test_names_of_scripts_cannot_speak_to_the_terminal(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project.scripts]\n"a\\u001b[2J" = "b:c"\n', "utf-8")
    ran = run(project, "weather.server:slow", "run")
    assert "AM528" in ran.stderr
    assert "\x1b" not in ran.stderr
