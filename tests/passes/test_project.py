"""Which spec and which targets a path means, and what is wrong with a project file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from automcp.project import Project, find_project, parse_project
from automcp.text.report import Rejected
from automcp.text.source import Source

SPEC = "# a comment\nautomcp: 1\nname: shop\n"


def _parse(text: str) -> Project:
    return parse_project(Source("automcp.toml", text), Path("/project"))


def _findings(run: Callable[[], object]) -> list[tuple[str, str, int]]:
    """Code, text at the place, and line of each finding."""
    with pytest.raises(Rejected) as caught:
        run()
    found: list[tuple[str, str, int]] = []
    for finding in caught.value.report:
        span = finding.at.span if finding.at else None
        line = span.source.position(span.start)[0] if span else 0
        found.append((finding.code, span.text if span else "", line))
    return found


def test_everything_that_a_project_file_says() -> None:
    project = _parse(
        'spec = "shop.yaml"\n[targets.server]\nout = "a/b/"\nsdk = "mcp2"\n[targets.ir]\nout = "."\n'
    )
    assert project.spec == Path("/project/shop.yaml")
    assert [(job.target, job.out, dict(job.options)) for job in project.jobs] == [
        ("server", "a/b", {"sdk": "mcp2"}),
        ("ir", ".", {}),
    ]
    assert project.jobs[0].places["sdk"].text == "sdk"


def test_one_word_lets_tools_be_searched_for() -> None:
    jobs = _parse('spec = "s.yaml"\ntools = "search"\n').jobs
    assert [job.options.get("tools") for job in jobs] == ["search", None, "search"]


def test_a_target_without_out_gets_a_folder_of_its_name() -> None:
    assert _parse('spec = "s.yaml"\n[targets]\nserver = {}\n').jobs[0].out == "server"


def test_without_targets_there_are_three() -> None:
    jobs = _parse('spec = "s.yaml"\n').jobs
    assert [(job.target, job.out) for job in jobs] == [
        ("server", "server"),
        ("client", "client"),
        ("tests", "tests"),
    ]


@pytest.mark.parametrize(
    ("text", "sdks"),
    [
        ("", [None, None, None]),
        ('sdk = "mcp1"\n', ["mcp1", None, "mcp1"]),
        (
            '[targets.server]\nsdk = "mcp1"\n[targets.client]\n[targets.tests]\n',
            ["mcp1", None, "mcp1"],
        ),
        (
            'sdk = "mcp2"\n[targets.server]\nsdk = "mcp1"\n[targets.client]\n[targets.tests]\n',
            ["mcp1", None, "mcp1"],
        ),
        (
            'sdk = "mcp2"\n[targets.server]\n[targets.client]\n[targets.tests]\nsdk = "fastmcp4"\n',
            ["mcp2", None, "fastmcp4"],
        ),
    ],
)
def test_one_word_moves_server_and_tests(text: str, sdks: list[str | None]) -> None:
    jobs = _parse(f'spec = "s.yaml"\n{text}').jobs
    assert [job.options.get("sdk") for job in jobs] == sdks
    assert all(job.places["sdk"].text == "sdk" for job in jobs if "sdk" in job.options)


BAD = [
    ("spce = 1\n", [("AM520", "spce", 1)]),
    ("# spec\n\nspec = 1\n", [("AM520", "spec", 3)]),
    ('spec = "s"\n[target.server]\nout = "x"\n', [("AM520", "target", 2)]),
    ('spec = "s"\n[targets]\nserver = "x"\n', [("AM520", "server", 3)]),
    ('spec = "s"\ntargets = 3\n', [("AM520", "targets", 2)]),
    ('spec = "s"\n[targets.server]\nout = 3\n', [("AM520", "out", 3)]),
    ('spec = "s"\n[targets.a]\nout = "x"\n[targets.b]\nout = "../x"\n', [("AM521", "out", 5)]),
    ('spec = "s"\n[targets.a]\nout = "/x"\n[targets.b]\nout = "a/../b"\n', [("AM521", "out", 3), ("AM521", "out", 5)]),
    ('spec = "s"\n[targets.a]\nout = ""\n', [("AM521", "out", 3)]),
    ('spec = "s"\n[targets.a]\nout = "C:\\\\x"\n', [("AM521", "out", 3)]),
    ('spec = "s"\nspec = "t"\n', [("AM520", "\n", 2)]),
    ("spec = [", [("AM520", "", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_what_is_wrong_and_where(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert _findings(lambda: _parse(text)) == expected


def test_a_misspelt_key_gets_a_suggestion() -> None:
    with pytest.raises(Rejected) as caught:
        _parse("spce = 1\n")
    assert [finding.help for finding in caught.value.report] == ["did you mean `spec`?"]


def test_narrowing_to_a_target_remembers_the_others() -> None:
    project = _parse('spec = "s.yaml"\n').narrowed(["client"])
    assert [job.target for job in project.jobs] == ["client"]
    assert project.others == ("server", "tests")
    assert _findings(lambda: _parse('spec = "s"\n').narrowed(["clinet"])) == [("AM524", "", 0)]


def test_moving_takes_the_lock_along() -> None:
    project = _parse('spec = "s.yaml"\n').moved(Path("/elsewhere"))
    assert (project.root, project.spec) == (Path("/elsewhere"), Path("/project/s.yaml"))


def test_a_folder_with_one_spec(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SPEC)
    (tmp_path / "other.yaml").write_text("schemas: {}\nx:\n  automcp: 1\n")
    (tmp_path / "other.json").write_text('{"x": {"automcp": 1}}')
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe")
    assert find_project(tmp_path).spec == tmp_path / "shop.yaml"


def test_a_json_spec(tmp_path: Path) -> None:
    (tmp_path / "shop.json").write_text('\ufeff{"automcp": 1}', encoding="utf-8")
    assert find_project(tmp_path).spec == tmp_path / "shop.json"


def test_a_folder_with_no_spec_or_two(tmp_path: Path) -> None:
    assert _findings(lambda: find_project(tmp_path)) == [("AM522", "", 0)]
    (tmp_path / "a.yaml").write_text(SPEC)
    (tmp_path / "b.yml").write_text(SPEC)
    assert _findings(lambda: find_project(tmp_path)) == [("AM523", "", 0)]
    assert find_project(tmp_path / "b.yml").spec == tmp_path / "b.yml"


def test_a_spec_belongs_to_the_project_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "automcp.toml").write_text('spec = "a.yaml"\n[targets.client]\n')
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SPEC)
    assert [job.target for job in find_project(tmp_path / "a.yaml").jobs] == ["client"]
    assert len(find_project(tmp_path / "b.yaml").jobs) == 3


def test_nothing_there(tmp_path: Path) -> None:
    assert _findings(lambda: find_project(tmp_path / "no.yaml")) == [("AM522", "", 0)]
    assert _findings(lambda: find_project(tmp_path / "automcp.toml")) == [("AM522", "", 0)]
