"""`automcp import openapi`: where the spec goes, what is said, and what is not read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from automcp.cli.group import automcp as main
from click.testing import CliRunner, Result

ROOT = Path(__file__).parents[2]
DOCUMENT = """\
openapi: 3.0.3
info: {title: Clock, version: 1.0.0}
servers: [{url: "https://clock.example.com"}]
paths:
  /time:
    get:
      operationId: getTime
      tags: [time]
      responses: {"200": {description: The time., content: {application/json: {schema: {$ref: "#/components/schemas/Time"}}}}}
    delete: {operationId: stopTime, tags: [time], responses: {"204": {description: It stands.}}}
components:
  schemas: {Time: {type: object, properties: {now: {type: string}}}}
"""
SPEC = """\
automcp: 1
name: clock
version: 1.0.0

settings:
  base_url: {type: string, default: https://clock.example.com, description: Where the API is.}

backends:
  api:
    http: {url: "{settings.base_url}"}

schemas:
  Time:
    type: object
    properties:
      now: {type: string}

groups:
  time:
    operations:
      get:
        description: GET /time
        returns: {$ref: "#/schemas/Time"}
        effect: reads
        run:
          http: {get: /time}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document; the tests run there."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "clock.yaml").write_text(DOCUMENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["import", "openapi", *arguments], input=stdin)


def test_the_spec_goes_to_stdout_and_the_rest_to_stderr() -> None:
    result = run("docs/clock.yaml", "--exclude", "DELETE")
    assert (result.exit_code, result.stdout) == (0, SPEC)
    assert result.stderr.startswith(
        "1 operation in 1 group, 1 left out; the list of tools: about 1 kB"
    )


def test_a_file_is_written_whole_and_not_replaced_unless_told() -> None:
    out = Path("specs/clock.yaml")
    arguments = ("docs/clock.yaml", "--include", "GET", "--out", str(out))
    result = run(*arguments)
    assert (result.exit_code, result.stdout, out.read_text()) == (0, "", SPEC)
    assert "wrote specs/clock.yaml" in result.stderr
    assert "unchanged: specs/clock.yaml" in run(*arguments).stderr
    out.write_text("mine")
    refused = run(*arguments)
    assert (refused.exit_code, out.read_text()) == (1, "mine")
    assert "AM509" in refused.stderr
    assert run(*arguments, "--force").exit_code == 0
    assert out.read_text() == SPEC
    assert [path.name for path in out.parent.iterdir()] == ["clock.yaml"]


def test_standard_input() -> None:
    assert run("-", "--include", "getTime", stdin=DOCUMENT).stdout == SPEC
    assert run("-", "--include", "getTime", stdin="\ufeff" + DOCUMENT).stdout == SPEC


def test_standard_input_that_is_no_text() -> None:
    result = run("-", stdin=b"\xff\xfe\x00")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "AM522" in result.stderr


def test_json() -> None:
    result = run("docs/clock.yaml", "--include", "tag:time", "--exclude", "DELETE", "--json")
    said = json.loads(result.stdout)
    assert (said["ok"], said["operations"], said["skipped"], said["groups"]) == (True, 1, 1, 1)
    assert said["spec"] == SPEC
    assert said["findings"] == []
    assert set(said["tools"]) == {"bytes", "input_bytes", "tokens"}
    assert result.stderr == ""


def test_json_tells_every_loss_by_itself() -> None:
    Path("docs/clock.yaml").write_text(
        DOCUMENT.replace(
            "responses: {", "callbacks: {a: {}, b: {}, c: {}, d: {}}\n      responses: {", 1
        )
    )
    said = json.loads(run("docs/clock.yaml", "--json").stdout)
    assert [one["code"] for one in said["findings"]] == ["AM626"] * 4
    assert {one["line"] for one in said["findings"]} == {9}
    assert "4 times: callbacks are left out" in run("docs/clock.yaml").stderr


def test_names() -> None:
    assert "name: watch\n" in run("docs/clock.yaml", "--as", "watch").stdout
    result = run("docs/clock.yaml", "--as", "my watch")
    assert result.exit_code == 2
    assert "a letter, then" in result.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [("openapi: 3.0.0\npaths: {", "AM003"), ("{}", "AM601"), ("", "AM601")],
)
def test_what_cannot_be_imported(text: str, code: str) -> None:
    Path("docs/clock.yaml").write_text(text)
    result = run("docs/clock.yaml", "--out", "spec.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert code in result.stderr
    assert not Path("spec.yaml").exists()


@pytest.mark.parametrize(
    ("file", "stdin", "said"),
    [
        (
            "https://me:s3cret@example.com/openapi.json?key=s3cret",
            None,
            "https://example.com is on the network",
        ),
        ("-", "  \n", "nothing came on standard input"),
    ],
)
def test_what_is_no_file(file: str, stdin: str | None, said: str) -> None:
    result = run(file, stdin=stdin)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert "AM522" in result.stderr
    assert "s3cret" not in result.stderr


def test_json_of_what_cannot_be_imported() -> None:
    result = run("docs/nowhere.yaml", "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["ok"], said["spec"]) == (1, False, None)
    assert [one["code"] for one in said["findings"]] == ["AM522"]


def test_the_last_lines_count_what_was_lost() -> None:
    document = Path("docs/clock.yaml")
    links = "".join(f"L{n}: {{operationId: x}}, " for n in range(9))
    text = document.read_text().replace(
        "description: The time.", f"description: The time., links: {{{links}}}", 1
    )
    document.write_text(text)
    few = run("docs/clock.yaml").stderr
    assert "9 times: links of responses are left out" in few
    assert "AM626 9" in few.splitlines()[-2]
    assert "`--verbose` shows each, `automcp explain AM626`" in few.splitlines()[-2]
    every = run("docs/clock.yaml", "--verbose").stderr
    assert every.count("note[AM626]") == 9
    assert "--verbose" not in every


def test_a_device_is_no_file_to_write_to() -> None:
    if Path("/dev/full").exists():
        result = run("docs/clock.yaml", "--out", "/dev/full", "--force")
        assert result.exit_code == 1
        assert "AM509" in result.stderr


def test_a_document_that_is_not_there() -> None:
    result = run("docs/watch.yaml")
    assert result.exit_code == 1
    assert "AM522" in result.stderr


def _refer_to(path: str) -> None:
    Path("docs/clock.yaml").write_text(DOCUMENT.replace("#/components/schemas/Time", path))


def test_files_are_read_below_the_folder_of_the_document() -> None:
    Path("time.yaml").write_text("type: integer")
    _refer_to("../time.yaml")
    assert "leads out of the document's folder" in run("docs/clock.yaml").stderr
    assert "time: {type: integer}" in run("docs/clock.yaml", "--root", ".").stdout


def test_links_lead_out_of_the_folder_as_well(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.yaml"
    secret.write_text("type: integer")
    (folder / "docs" / "link.yaml").symlink_to(secret)
    _refer_to("link.yaml")
    result = run("docs/clock.yaml")
    assert "a link leads out" in result.stderr
    assert "integer" not in result.stdout


def test_overlays() -> None:
    Path("overlay.yaml").write_text(
        "overlay: 1.0.0\ninfo: {}\nactions: [{target: $.paths.*.delete, remove: true}]"
    )
    assert run("docs/clock.yaml", "--overlay", "overlay.yaml").stdout == SPEC


def test_the_command_is_there_without_what_it_needs() -> None:
    """Help is quick: nothing that reads documents is imported for it."""
    code = "import sys; from automcp.cli.group import automcp; automcp(['import', 'openapi', '--help'], standalone_mode=False); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(ran.stdout.split("\n")[-2].split())
    assert not loaded & {"automcp.importers.openapi", "jsonschema_rs", "yaml", "jsonpath"}
    assert "automcp import openapi api.yaml --out shop.yaml" in ran.stdout
