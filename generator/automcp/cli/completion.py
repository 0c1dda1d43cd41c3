"""`automcp completion`."""

from __future__ import annotations

import click

from . import COMPLETION_VARIABLE


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a completion script for your shell.

    \b
    bash:  automcp completion bash >> ~/.bashrc
    zsh:   automcp completion zsh >> ~/.zshrc
    fish:  automcp completion fish > ~/.config/fish/completions/automcp.fish
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None
    click.echo(script(ctx.find_root().command, {}, "automcp", COMPLETION_VARIABLE).source())
