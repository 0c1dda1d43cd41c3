"""The same spec gives the same bytes: anywhere, in any locale, from YAML or JSON, however its keys are ordered.

The order of groups, operations, params, properties, settings, errors and schemas is the spec's, and
so it is the order of what is generated. The order of the keys inside one declaration is not.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import automcp
import pytest
import yaml

from ..golden.cases import FOLDER

pytestmark = pytest.mark.slow
SPECS = ("shop", "awkward_names", "errors_with_data")
NAMED = frozenset(
    {
        *("groups", "operations", "params", "settings", "errors", "schemas"),
        *("properties", "patternProperties", "$defs"),
    }
)
"""Keys whose members are named by the author, in an order that is kept."""
AS_WRITTEN = frozenset({"default", "const", "enum", "examples"})
"""Keys that hold values, not declarations."""


def generate(
    folder: Path,
    spec: str,
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Compile the spec in `folder` as a process of its own; every file by path, and then the lock."""
    command = [sys.executable, "-m", "automcp", "generate", str(folder / spec)]
    path = str(Path(automcp.__file__).parents[1])
    env = {**os.environ, "PYTHONPATH": path, **(environment or {})}
    ran = subprocess.run(command, cwd=cwd or folder, env=env, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")
    made = (path for path in folder.rglob("*") if path.is_file() and path.name != spec)
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in made}


def text_of(name: str) -> str:
    return (FOLDER / name / "spec.yaml").read_text("utf-8")


def laid(folder: Path, name: str, text: str) -> Path:
    folder.mkdir()
    (folder / name).write_text(text, "utf-8", newline="\n")
    return folder


@pytest.fixture(scope="module", params=SPECS)
def spec(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def first(spec: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What the others are compared with."""
    folder = laid(tmp_path_factory.mktemp("first") / "project", "spec.yaml", text_of(spec))
    return generate(folder, "spec.yaml", environment={"PYTHONHASHSEED": "0"})


ENVIRONMENTS = {
    "another hash seed": {"PYTHONHASHSEED": "4711"},
    "ASCII locale": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    # Where it is not installed it means C; its `i` without a dot is what it is here for.
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "a narrow terminal": {"COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
}


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS.keys())
def test_environment(
    spec: str, first: Mapping[str, str], tmp_path: Path, environment: Mapping[str, str]
) -> None:
    folder = laid(tmp_path / "project", "spec.yaml", text_of(spec))
    assert generate(folder, "spec.yaml", environment=environment) == first


def test_folder(spec: str, first: Mapping[str, str], tmp_path: Path) -> None:
    folder = laid(tmp_path / "a folder with another name", "spec.yaml", text_of(spec))
    elsewhere = laid(tmp_path / "elsewhere", "ruff.toml", "line-length = 40\n")
    assert generate(folder, "spec.yaml", cwd=elsewhere) == first


def test_a_formatter_that_is_set_up_otherwise(
    spec: str, first: Mapping[str, str], tmp_path: Path
) -> None:
    folder = laid(
        tmp_path / "project", "ruff.toml", 'line-length = 40\nformat.quote-style = "single"\n'
    )
    (folder / "spec.yaml").write_text(text_of(spec), "utf-8", newline="\n")
    made = generate(folder, "spec.yaml")
    del made["ruff.toml"]
    assert made == first


@pytest.mark.parametrize("change", ["line ends", "byte order mark", "comments"])
def test_text(spec: str, first: Mapping[str, str], tmp_path: Path, change: str) -> None:
    text = text_of(spec)
    match change:
        case "line ends":
            text = text.replace("\n", "\r\n")
        case "byte order mark":
            text = "\ufeff" + text
        case _:
            text = f"# Of no importance.\n\n{text}\n# The end."
    folder = laid(tmp_path / "project", "spec.yaml", text)
    assert generate(folder, "spec.yaml") == first


def test_json(spec: str, first: Mapping[str, str], tmp_path: Path) -> None:
    document = json.dumps(yaml.safe_load(text_of(spec)), ensure_ascii=False)
    made = generate(laid(tmp_path / "project", "spec.json", document), "spec.json")
    # The files say what they were compiled from, and so the lock has other hashes.
    made = {path: text.replace("spec.json", "spec.yaml") for path, text in made.items()}
    assert _without_lock(made) == _without_lock(first)


@pytest.mark.parametrize("seed", range(3))
def test_order_of_keys(spec: str, first: Mapping[str, str], tmp_path: Path, seed: int) -> None:
    document = yaml.safe_load(text_of(spec))
    other = shuffled(document, random.Random(seed))
    assert json.dumps(other) != json.dumps(document)
    text = yaml.safe_dump(other, sort_keys=False, allow_unicode=True)
    made = generate(laid(tmp_path / "project", "spec.yaml", text), "spec.yaml")
    assert made == first


def shuffled(value: object, chance: random.Random, key: str = "") -> object:
    """`value` with the keys of each declaration in another order."""
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return items if key in AS_WRITTEN else [shuffled(item, chance) for item in items]
    if not isinstance(value, dict) or key in AS_WRITTEN:
        return cast("object", value)
    members = list(cast("dict[str, Any]", value).items())
    if key in NAMED:
        # The names are the author's, so that none of them says what its member means.
        return {name: shuffled(member, chance) for name, member in members}
    chance.shuffle(members)
    return {name: shuffled(member, chance, name) for name, member in members}


def _without_lock(files: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if path != "automcp.lock"}
