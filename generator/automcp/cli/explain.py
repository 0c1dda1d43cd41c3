"""`automcp explain`."""

from __future__ import annotations

from textwrap import fill, indent

import click


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Tell more about a diagnostic code; without one, list them all.

    \b
    automcp explain AM203
    automcp explain
    """
    from ..text.codes import CODES
    from ..text.suggest import did_you_mean

    if code is None:
        for name, explanation in sorted(CODES.items()):
            click.echo(f"{name}  {explanation.title}")
        return
    found = CODES.get(code.upper())
    if found is None:
        hint = did_you_mean(code.upper(), CODES) or "`automcp explain` lists them"
        raise click.UsageError(f"no code {code!r}: {hint}")
    click.echo(f"{code.upper()}: {found.title}\n\n{fill(found.why, 88)}")
    for title, text in (("Wrong", found.bad), ("Right", found.good)):
        if text:
            click.echo(f"\n{title}:\n\n{indent(text.rstrip(), '    ')}")
