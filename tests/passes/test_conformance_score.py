"""How the results of the conformance suite become a score, and a score a list of what is missed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal

import pytest
import yaml

from examples.conformance.scoring.conformance import client_score, server_score
from examples.conformance.scoring.figures import CLIENT, SERVER, Figure, Part, Report, missed
from examples.conformance.scoring.inspector import Inspection, inspect_score
from examples.conformance.scoring.processes import SuiteError, run, started
from examples.conformance.scoring.servers import serving
from examples.conformance.scoring.suites import Suites
from examples.conformance.scoring.verdict import (
    Check,
    Counts,
    Outcome,
    Requirements,
    Score,
    Tally,
    Verdict,
    add_up,
    judge,
)

Status = Literal["SUCCESS", "FAILURE", "SKIPPED", "WARNING", "INFO"]

PASSED = Verdict("passed", Counts(passed=2))
FAILED = Verdict("failed", Counts(passed=1, failed=1), failures=("a: no",))
SKIPPED = Verdict("skipped", Counts(skipped=1), skips=("b: not here",))
TASKS = Tally(9, 10)
HALF_SKIPPED = Verdict("passed", Counts(passed=1, skipped=1), skips=("c: not here",))


def _checks(*rows: tuple[str, Status]) -> list[Check]:
    return [Check(id=name, status=status, description=f"about {name}") for name, status in rows]


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        pytest.param([("own", "SUCCESS")], "passed", id="one success"),
        pytest.param([("own", "WARNING")], "passed", id="only a warning"),
        pytest.param([("a", "SUCCESS"), ("b", "FAILURE")], "failed", id="one of two"),
        pytest.param([("a", "SUCCESS"), ("b", "SKIPPED")], "passed", id="partly skipped"),
        pytest.param([("a", "SKIPPED"), ("b", "SKIPPED")], "skipped", id="all skipped"),
        pytest.param(
            [("a", "SKIPPED"), ("wire-schema-valid", "SUCCESS")], "skipped", id="only the wire"
        ),
        pytest.param(
            [("a", "SUCCESS"), ("wire-schema-valid", "FAILURE")], "failed", id="a bad wire"
        ),
        pytest.param([("wire-schema-valid", "SUCCESS")], "failed", id="nothing of its own"),
        pytest.param([("a", "INFO")], "failed", id="only information"),
        pytest.param([], "failed", id="nothing"),
    ],
)
def test_a_scenario_passes_only_by_a_check_of_its_own(
    rows: list[tuple[str, Status]], outcome: Outcome
) -> None:
    assert judge(_checks(*rows)).outcome == outcome


def test_a_verdict_counts_and_quotes() -> None:
    checks = [
        *_checks(("a", "SUCCESS"), ("b", "SKIPPED"), ("c", "WARNING"), ("d", "FAILURE")),
        Check(id="e", status="FAILURE", description="unused", errorMessage="got\n  " + "x" * 999),
    ]
    verdict = judge(checks)
    assert verdict.counts == Counts(passed=1, failed=2, skipped=1, warned=1)
    assert verdict.skips == ("b: about b",)
    assert verdict.failures[0] == "d: about d"
    assert verdict.failures[1].startswith("e: got xxx")
    assert len(verdict.failures[1]) == 300


def test_a_score_names_what_did_not_pass() -> None:
    verdicts = {
        "good": PASSED,
        "bad": FAILED,
        "skip": SKIPPED,
        "half": HALF_SKIPPED,
        "tasks-good": PASSED,
        "tasks-skip": SKIPPED,
        "extra": FAILED,
    }
    scored = ["good", "bad", "skip", "half", "absent"]
    score = add_up(verdicts, scored, ["tasks-good", "tasks-skip", "extra"], ["good"])
    assert score == Score(
        scored=Tally(2, 5),
        checks=Counts(passed=4, failed=1, skipped=2),
        failed={"bad": ("a: no",), "absent": ("no result was written",)},
        skipped={"skip": ("b: not here",), "half": ("c: not here",)},
        unscored_failed={"extra": ("a: no",)},
        tasks=Tally(1, 2),
        passed_alone=("good",),
    )


def _score(passed: int, of: int, *, tasks: Tally = TASKS, skipped: int = 0) -> Score:
    return Score(
        scored=Tally(passed, of),
        checks=Counts(passed=of, skipped=skipped),
        failed={f"scenario-{number}": (f"why {number}",) for number in range(of - passed)},
        skipped={"partly": ("not here",)} if skipped else {},
        unscored_failed={"tasks-lifecycle": ("no task",), "auth/dpop": ("no proof",)},
        tasks=tasks,
    )


@pytest.mark.parametrize(
    ("figure", "score", "words"),
    [
        (Figure(2), _score(2, 2), []),
        (Figure(2), _score(2, 2, skipped=1), []),
        (Figure(2, tasks=9), _score(2, 2), []),
        (
            Figure(2, may_skip=False),
            _score(2, 2, skipped=1),
            ["1 skipped checks, not 0\n    partly: not here"],
        ),
        (Figure(2), _score(1, 2), ["1/2 scored scenarios, not 2/2\n    scenario-0: why 0"]),
        # A suite with fewer scenarios, all of them passed, is another suite.
        (Figure(2), _score(1, 1), ["1/1 scored scenarios, not 2/2"]),
        (
            Figure(2, tasks=9),
            _score(2, 2, tasks=Tally(8, 10)),
            ["8/10 tasks scenarios, not 9\n    tasks-lifecycle: no task"],
        ),
    ],
)
def test_a_figure_tells_what_a_score_misses(figure: Figure, score: Score, words: list[str]) -> None:
    assert list(figure.missed(score)) == words


def test_long_lists_are_cut() -> None:
    (words,) = Figure(9).missed(_score(2, 9))
    assert words.endswith("scenario-4: why 4\n    and 2 more")


def _reached() -> Report:
    return Report(
        server={
            dialect: Part({era: _score(f.scored, f.scored) for era, f in eras.items()}, None, 1)
            for dialect, eras in SERVER.items()
        },
        client=Part({era: _score(f.scored, f.scored) for era, f in CLIENT.items()}, None, 1),
        inspector=Part({"2025-11-25": Inspection({"tools/list": 3}, ())}, None, 1),
    )


def test_nothing_is_missed_when_all_is_reached_or_nothing_was_asked_for() -> None:
    assert missed(_reached()) == []
    assert missed(Report()) == []


def test_every_part_is_looked_at() -> None:
    report = _reached()
    report.server["mcp1"] = Part({}, "it ended before it answered", 1)
    report.client = Part({"2025-11-25": _score(17, 18)}, None, 1)
    report.inspector = Part({"2026-07-28": Inspection({}, ("tools/list: empty",))}, None, 1)
    assert missed(report) == [
        "server mcp1: it ended before it answered",
        "client at 2025-11-25: 17/18 scored scenarios, not 18/18\n    scenario-0: why 0",
        "client at 2026-07-28: was not scored",
        "inspector at 2026-07-28: tools/list: empty",
    ]


REQUIREMENTS = {
    "server": ["steady", "loaded", "broken"],
    "client": ["auth/steady", "auth/loaded"],
    "not_scored": [
        {"scenario": "tasks-loaded", "leg": "server", "reason": "extension", "note": "words"},
        {"scenario": "auth/dpop", "leg": "client", "reason": "extension"},
    ],
}

# Stands in for Node: what is "loaded" passes only alone, and what is "broken" never does.
SUITE = """
import json, sys, pathlib, yaml
script, leg, *words = sys.argv[1:]
options = dict(zip(words[::2], words[1::2]))
alone = words[words.index("--scenario") + 1] if "--scenario" in words else None
out = pathlib.Path(words[words.index("--output-dir") + 1])
listed = yaml.safe_load(pathlib.Path(script).with_name("listed.yaml").read_text())
names = listed[leg] + [entry["scenario"] for entry in listed["not_scored"] if entry["leg"] == leg]
for name in [alone] if alone else names:
    good = "broken" not in name and (alone or "loaded" not in name)
    prefix = "server-" if leg == "server" else ""
    folder = out / f"{prefix}{name}-2026-01-02T03-04-05-006Z"
    folder.mkdir(parents=True)
    check = {"id": "own", "status": "SUCCESS" if good else "FAILURE", "description": "wrong"}
    (folder / "checks.json").write_text(json.dumps([check]))
    (folder / "stderr.txt").write_text("" if good else "first\\nValueError: no\\n\\n")
"""


@pytest.fixture
def suites(tmp_path: Path) -> Suites:
    node = tmp_path / "node"
    node.write_text(f"#!{sys.executable}\n{SUITE}", "utf-8")
    node.chmod(0o755)
    found = Suites(node, tmp_path / "modules")
    listed = yaml.safe_dump(REQUIREMENTS)
    for path in (
        found.requirements("2025-11-25"),
        Path(found.conformance[1]).with_name("listed.yaml"),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(listed, "utf-8")
    return found


def test_the_suites_requirements_are_read() -> None:
    required = Requirements.model_validate(REQUIREMENTS)
    assert required.scored("server") == ["steady", "loaded", "broken"]
    assert required.unscored("server") == ["tasks-loaded"]
    assert required.unscored("client") == ["auth/dpop"]


def test_what_failed_is_run_again_by_itself(suites: Suites, tmp_path: Path) -> None:
    score = server_score(suites, "http://localhost/mcp", "2025-11-25", tmp_path / "out")
    assert score.scored == Tally(2, 3)
    assert score.passed_alone == ("loaded", "tasks-loaded")
    assert score.tasks == Tally(1, 1)
    assert list(score.failed) == ["broken"]


def test_a_client_is_run_by_its_quoted_command(suites: Suites, tmp_path: Path) -> None:
    score = client_score(suites, [sys.executable, "a client.py"], "2025-11-25", tmp_path / "out")
    assert score.scored == Tally(2, 2)
    assert score.passed_alone == ("auth/loaded",)
    with pytest.raises(SuiteError, match="nobody is not there"):
        client_score(suites, ["nobody"], "2025-11-25", tmp_path / "out")


def test_a_client_that_crashed_is_quoted(suites: Suites, tmp_path: Path) -> None:
    score = server_score(suites, "http://localhost/mcp", "2025-11-25", tmp_path / "out")
    assert score.failed["broken"] == ("its last words: ValueError: no", "own: wrong")


def test_a_suite_that_writes_nothing_is_no_score_of_zero(suites: Suites, tmp_path: Path) -> None:
    suites.node.write_text("#!/bin/sh\necho no such option >&2\nexit 1\n", "utf-8")
    with pytest.raises(SuiteError, match=r"no result(.|\n)*no such option"):
        server_score(suites, "http://localhost/mcp", "2025-11-25", tmp_path / "out")


# Stands in for Node: the Inspector, in front of a server that does little right.
INSPECTOR = """
import json, sys
method = sys.argv[sys.argv.index("--method") + 1]
if method == "initialize":
    result = {"protocolVersion": "2025-11-25"}
elif method == "tools/list":
    result = {"tools": [{}, {}]}
elif method == "prompts/list":
    sys.exit("connection lost")
else:
    result = {"resources": [{}], "resourceTemplates": []}
found = {"toolName": "add", "findings": [{"severity": "error", "path": "a", "issue": "odd"}]}
strict = "--strict" in sys.argv
print(json.dumps({"result": result, **({"schemaFindings": [found]} if strict else {})}))
sys.exit(6 if strict else 0)
"""


def test_the_inspector_is_quoted(suites: Suites, tmp_path: Path) -> None:
    suites.node.write_text(f"#!{sys.executable}\n{INSPECTOR}", "utf-8")
    found = dict(inspect_score(suites, ["serve", "--stdio"], tmp_path / "out"))
    expected = (
        "tools/list: error: tool add at a: odd",
        "resources/templates/list: the list is empty",
        "prompts/list: connection lost",
    )
    assert found["2025-11-25"].findings == expected
    assert found["2025-11-25"].listed["tools/list"] == 2
    assert found["2026-07-28"].findings == ("2025-11-25 was spoken, not 2026-07-28", *expected)


def test_a_server_that_cannot_be_connected_to_is_a_finding(suites: Suites, tmp_path: Path) -> None:
    suites.node.write_text("#!/bin/sh\necho closed >&2\nexit 1\n", "utf-8")
    for _, inspection in inspect_score(suites, ["serve"], tmp_path / "out"):
        assert inspection == Inspection({}, ("it could not connect: closed",))


def test_a_server_that_dies_is_quoted(tmp_path: Path) -> None:
    serve = tmp_path / "serve"
    serve.write_text('#!/bin/sh\necho "no $1 here" >&2\nexit 3\n', "utf-8")
    serve.chmod(0o755)
    with (
        pytest.raises(SuiteError, match=r"exit code 3(.|\n)*no mcp2 here"),
        serving(serve, "mcp2", tmp_path / "log"),
    ):
        pytest.fail("it never answered")


def test_a_process_and_what_it_started_always_end(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = "trap '' INT TERM; sleep 60 & echo $!; wait"
    with started(["sh", "-c", script], log, grace=0.1) as process:
        while not (child := log.read_text("utf-8").strip()):
            time.sleep(0.01)
    assert process.returncode == -signal.SIGKILL
    until = time.monotonic() + 5
    while _is_running(child):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert run(["sh", "-c", "sleep 60"], log, limit=0.1) is None


def _is_running(process: str) -> bool:
    """A zombie, which nobody has waited for, is not."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", process], capture_output=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.strip().startswith(b"Z")
