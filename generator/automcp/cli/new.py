"""`automcp new`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--defaults", is_flag=True, help="Ask nothing; take the default answers.")
@click.option("--data", metavar="NAME=VALUE", multiple=True, help="An answer: name, title or description (repeatable).")  # fmt: skip
@click.option("--template", metavar="SOURCE", help="A template for copier, such as a git URL, instead of the packaged one.")  # fmt: skip
@click.option("--no-generate", is_flag=True, help="Do not compile the new spec yet.")
def command(
    folder: Path, defaults: bool, data: tuple[str, ...], template: str | None, no_generate: bool
) -> None:
    """Start a project that works: a spec, handlers, tests, CI.

    FOLDER must be new or empty. Its name is the service's name, unless you say otherwise.

    \b
    automcp new shop
    automcp new shop --defaults
    automcp new shop --defaults --data title="The shop" --data description="Sells tea."
    """
    from ..project import shown
    from ..scaffold import start_project

    answers = _answers(data)
    if not (defaults or sys.stdin.isatty()):
        raise click.UsageError("there is no terminal to ask on: use --defaults, and --data")
    start_project(
        folder,
        answers,
        defaults=defaults,
        template=template,
        finish=_nothing if no_generate else _generate,
    )
    steps = [f"cd {shown(folder)}", *(["automcp generate"] if no_generate else [])]
    steps += [
        'automcp call notes_add text="Buy milk"',
        "pip install --group dev --editable ./server --editable ./client    # with pip 25.1 or newer",
        "pytest",
    ]
    click.echo("\n  ".join(["A new project. Next:\n", *steps]), err=True)


def _answers(words: tuple[str, ...]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise click.UsageError(f"--data needs NAME=VALUE: {word!r}")
        if name not in ("name", "title", "description"):
            raise click.UsageError(f"--data {name}: it is name, title or description")
        answers[name] = value
    return answers


def _nothing(folder: Path) -> None:
    """Leaves the spec uncompiled."""


def _generate(folder: Path) -> None:
    from ..output.write import write
    from ..pipeline import generate, plan
    from ..project import find_project, read_file, read_source
    from ..text.report import Report

    report = Report()
    project = find_project(folder)
    compiled = generate(project, read_source(project.spec), read_file, report)
    write(project.root, plan(project, compiled.wanted, report))
