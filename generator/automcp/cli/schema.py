"""`automcp schema`."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the spec format, for editors.

    \b
    automcp schema > automcp.schema.json
    """
    from ..spec.schema import format_schema_text

    click.echo(format_schema_text(), nl=False)
