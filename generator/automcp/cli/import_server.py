"""`automcp import server`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from .reaching import reach_options

if TYPE_CHECKING:
    from ..importers.server.capture import Captured
    from ..importers.server.dial import Reach
    from ..ir.model import Service
    from ..text.report import Report


@click.command("server")
@click.argument("name", required=False)
@click.option("--command", "words", metavar="'PROGRAM …'", help="Start this server, and speak to it on its stdin and stdout.")  # fmt: skip
@click.option("--url", help="Speak to the server at this URL (Streamable HTTP).")
@click.option("--config", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take the server NAME, or the only one, of this .mcp.json, or of another client's configuration.")  # fmt: skip
@reach_options
@click.option("--as", "service", metavar="NAME", help="What to call the service (default: as the server calls itself).")  # fmt: skip
@click.option("--proxy", is_flag=True, help="Let the spec pass every call on to the server, so that it can be compiled and published again.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=30.0, show_default=True, help="Seconds that the server has for all of its answers.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write (default: stdout).")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a file that says something else.")
@click.option("--verbose", is_flag=True, help="Show each loss, however many there are of a kind.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    words: str | None,
    url: str | None,
    config: Path | None,
    variables: tuple[str, ...],
    headers: tuple[str, ...],
    service: str | None,
    proxy: bool,
    timeout: float,
    out: Path | None,
    force: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Turn a running MCP server into a spec.

    The server is asked what it offers, and nothing of it is called. Compile the spec with the target `client`
    alone, and you have a typed client for a server that is not yours.

    \b
    automcp import server --command 'uvx mcp-server-git' --out git.yaml
    automcp import server --url http://localhost:8000/mcp
    automcp import server --config .mcp.json github --proxy
    """
    from ..importers.server.compare import differences
    from ..importers.server.compose import compose
    from ..importers.server.passing import passed
    from ..importers.server.sieve import sieved
    from ..text.report import Rejected
    from .imported import finish, refuse
    from .reaching import reach_of

    if sum(one is not None for one in (words, url, config)) != 1:
        raise click.UsageError("say which server: --command, --url, or --config FILE [NAME]")
    if name is not None and config is None:
        raise click.UsageError("NAME is the name of a server in --config")
    try:
        reach = reach_of(name, words, url, config, variables, headers)
        captured = _captured(reach, timeout)
    except Rejected as rejected:
        refuse(ctx, rejected, as_json=as_json)
    through = passed(reach) if proxy else None
    captured = sieved(captured, lambda some: _refused(compose(some, through=through).spec))
    imported = compose(captured, through=through, name=service)
    compiled = _compiled(imported.spec)
    facts = _facts(imported.spec, compiled)
    finish(
        ctx,
        imported.spec,
        [*imported.losses, *differences(captured, _advertised(compiled))],
        out=out,
        force=force,
        as_json=as_json,
        facts=facts,
        summary=_summary(facts),
        verbose=verbose,
    )


def _captured(reach: Reach, timeout: float) -> Captured:
    """What a server lists. Raises `Rejected`, `AM660` or `AM661`, where it cannot be asked, or does not answer."""
    from ..importers.server.capture import CannotCapture, capture
    from .reaching import reject

    try:
        return capture(reach, timeout)
    except CannotCapture as error:
        first, *said = str(error).splitlines()
        help = "\n".join(filter(None, (error.help, *said))) or None
        reject("AM661" if error.reached else "AM660", f"{_place(reach)}: {first}", help)


def _place(reach: Reach) -> str:
    """Which server it is, without what may be secret."""
    from ..importers.server.dial import Url, origin
    from ..text.report import quoted

    if not isinstance(reach, Url):
        return f"the server {quoted(shlex.join(reach.words))}"
    return f"the server at {quoted(origin(reach.url))}"


_OFFERS = {"operations": "tool", "prompts": "prompt", "resources": "resource"}


def _facts(spec: Mapping[str, Any], compiled: Service | None) -> dict[str, Any]:
    """What `--json` says of a spec, and how large its list of tools is."""
    from ..targets.weight import weight

    found: dict[str, Any] = {
        f"{kind}s": sum(len(group.get(key, ())) for group in spec["groups"].values())
        for key, kind in _OFFERS.items()
    }
    if compiled is not None:
        listed = weight(compiled, {})
        found["tools_list"] = {"bytes": listed.bytes, "tokens": listed.tokens}
    return found


def _summary(facts: Mapping[str, Any]) -> str:
    from .changes import size_text

    kinds = ", ".join(
        f"{facts[f'{kind}s']:,} {kind if facts[f'{kind}s'] == 1 else f'{kind}s'}"
        for kind in _OFFERS.values()
    )
    listed = facts.get("tools_list")
    if listed is None:
        return kinds
    size, tokens = size_text(listed["bytes"]), listed["tokens"]
    return f"{kinds}; the list of tools: {size}, about {tokens:,} tokens"


def _refused(spec: Mapping[str, Any]) -> str | None:
    """Why a spec does not compile; nothing if it does."""
    from ..text.report import Rejected, Report

    try:
        _analysed(spec, Report())
    except Rejected as rejected:
        return next(found.message for found in rejected.report if found.level == "error")
    return None


def _compiled(spec: Mapping[str, Any]) -> Service | None:
    """What a spec means; nothing if it has errors, which are told later."""
    from ..text.report import Rejected, Report

    try:
        return _analysed(spec, Report())
    except Rejected:
        return None


def _advertised(compiled: Service | None) -> list[dict[str, Any]]:
    """The tools that a compiled server lists."""
    from ..targets.surface import surface

    return [] if compiled is None else cast("list[dict[str, Any]]", surface(compiled)["tools"])


def _analysed(spec: Mapping[str, Any], report: Report) -> Service:
    from ..pipeline import analyse
    from ..project import read_file
    from ..spec.dump import dump
    from ..text.source import Source

    return analyse(Source("spec.yaml", dump(spec)), read_file, report)
