"""Operations that the spec binds, in a project of someone who wrote handlers before."""

from __future__ import annotations

from pathlib import Path

import pytest
from automcp.cli.group import automcp as main
from click.testing import CliRunner, Result

SPEC = """\
automcp: 1
name: clock
version: 1.0.0
groups:
  time:
    description: Time.
    operations:
      now: {description: The time., returns: {type: string}, effect: reads}
      zone: {description: The zone., returns: {type: string}, effect: reads}
"""
RUN = "effect: reads, run: {command: {argv: [date]}}}"
HANDLER = Path("server/src/clock_server/handlers/time.py")


def generate(*words: str) -> Result:
    return CliRunner().invoke(main, ["generate", "clock.yaml", "--target", "server", *words])


@pytest.fixture
def bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project whose handlers were seeded before the spec said what `now` does."""
    monkeypatch.chdir(tmp_path)
    Path("clock.yaml").write_text(SPEC, "utf-8")
    assert generate().exit_code == 0
    first, _, last = SPEC.partition("effect: reads}")
    Path("clock.yaml").write_text(first + RUN + last, "utf-8")


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize("words", [(), ("--stubs",)])
def test_a_class_of_yours_that_does_not_inherit_is_warned_of(words: tuple[str, ...]) -> None:
    before = HANDLER.read_text("utf-8")
    ran = generate(*words)
    assert ran.exit_code == 0
    assert "warning[AM530]: `Time` in `server/src/clock_server/handlers/time.py`" in ran.stderr
    assert (
        "write `from ..bindings.time import BoundTime` and `class Time(BoundTime):`" in ran.stderr
    )
    assert HANDLER.read_text("utf-8") == before


@pytest.mark.usefixtures("bound")
def test_no_stub_is_asked_for_what_the_spec_says() -> None:
    mine = "from ..bindings.time import BoundTime\n\n\nclass Time(BoundTime):\n    pass\n"
    HANDLER.write_text(mine, "utf-8")
    told = generate().stderr
    assert "has no `Time.zone` yet" in told
    assert "inherit" not in told
    generate("--stubs")
    stubbed = HANDLER.read_text("utf-8")
    assert "async def zone(self, context: Context) -> str:" in stubbed
    assert "now" not in stubbed
    assert "AM530" not in generate().stderr
