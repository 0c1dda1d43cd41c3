"""The module that starts a server which was a script before."""

from __future__ import annotations

import ast
from itertools import chain, count
from pathlib import PurePosixPath

from .entry import Entry, Script, guard
from .survey import Project, Source
from .taken import first_taken

MODULE = "start_server"
_OTHERWISE = "start_mcp_server"
_WRITTEN = "written by `automcp migrate`, and yours."

_SCRIPT = '''"""Starts the server as `python {path}` does; written by `automcp migrate`, and yours."""

import runpy
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("{first}"){rest}


def main() -> None:
    """Run the script as the main program."""
    sys.argv[0] = str(SCRIPT)
    sys.path.insert(0, str(SCRIPT.parent))
    runpy.run_path(str(SCRIPT), run_name="__main__")
'''

_OBJECT = (
    _SCRIPT.replace("`python {path}`", "`mcp run {path}`")
    .replace("Run the script as the main program.", "Run the server in the script.")
    .replace('run_name="__main__")', 'run_name=SCRIPT.stem)["{object}"].run()')
)

_OVER_STDIO = """    # The script serves HTTP; clients that start this command speak to its stdin and stdout.
    os.environ.setdefault("LEGACY_MCP_TRANSPORT", "stdio")
"""

_PACKAGE = '''"""Starts the server as `python -m {module}` does; written by `automcp migrate`, and yours."""

import runpy


def main() -> None:
    """Run the package as the main program."""
    runpy.run_module("{module}", run_name="__main__", alter_sys=True)
'''


def started(entry: Entry, name: str, *, regular: bool) -> tuple[tuple[str, str], str | None]:
    """The console script of an entry, and the text of the module `start_server` if it needs one.

    Args:
        name: What the command is called if it has no name yet.
        regular: Whether the entry is imported by one name wherever it is started.
    """
    if isinstance(entry, Script):
        return (entry.name, entry.target), None
    source = entry.source
    if entry.object is not None and regular:
        return (name, f"{source.module}:{entry.object}.run"), None
    function = _function(guard(source))
    remote = serves_http_alone(source)
    if function is not None and regular and not remote:
        return (name, f"{source.module}:{function}"), None
    if entry.module:
        return (name, f"{MODULE}:main"), _as_it_serves(_PACKAGE.format(module=entry.module), remote)
    first, *rest = PurePosixPath(source.path).parts
    joined = f".joinpath({', '.join(map(repr, rest))})" if rest else ""
    text = (_SCRIPT if entry.object is None else _OBJECT).format(
        path=source.path, first=first, rest=joined.replace("'", '"'), object=entry.object
    )
    return (name, f"{MODULE}:main"), _as_it_serves(text, remote)


def module_for(project: Project, text: str) -> str:
    """What the module that starts a server is called: a name that the project has for nothing else."""
    names = chain((MODULE, _OTHERWISE), (f"{_OTHERWISE}_{number}" for number in count(2)))
    return next(name for name in names if _may_be(project, name, text))


def _may_be(project: Project, name: str, text: str) -> bool:
    there = project.sources.get(f"{name}.py")
    if there is not None:
        return there.text == text
    return first_taken(project, (name, f"{name}.py")) is None


def is_launcher(text: str) -> bool:
    """Whether a text is that of a module which a migration wrote to start a server."""
    return _WRITTEN in text.partition("\n")[0]


def _as_it_serves(text: str, remote: bool) -> str:
    """The text of the module, which chooses stdio where the server would serve HTTP."""
    if not remote:
        return text
    opened = "def main() -> None:\n"
    first = text[text.index(opened) + len(opened) :].splitlines(keepends=True)[0]
    return text.replace(first, first + _OVER_STDIO).replace(
        "import runpy", "import os\nimport runpy"
    )


def serves_http_alone(source: Source) -> bool:
    """Whether all runs of a server in a source name a transport, and none of them stdio."""
    named = [
        word.value.value
        for node in source.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        for word in node.keywords
        if word.arg == "transport" and isinstance(word.value, ast.Constant)
    ]
    return bool(named) and "stdio" not in named


def _function(block: ast.If | None) -> str | None:
    """The function that a block calls without arguments, and nothing else."""
    if block is None or len(block.body) != 1 or not isinstance(block.body[0], ast.Expr):
        return None
    call = block.body[0].value
    plain = isinstance(call, ast.Call) and not call.args and not call.keywords
    if isinstance(call, ast.Call) and plain and isinstance(call.func, ast.Name):
        return call.func.id
    return None
