"""A typed client for `mcp-server-git`, a server that somebody else wrote: made from the running server, then used.

The server runs in an environment of its own. `git.yaml` is what it said of itself; this asks it again.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import anyio

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from compile import compile_here
from environments import python_with

HERE = compile_here(__file__)

from git_client import Block, GitClient, Text  # the package exists only now

OFFICIAL = "mcp-server-git==2026.10.19"
SERVER = (str(python_with(OFFICIAL)), "-m", "mcp_server_git")


def main() -> None:
    ask_again()
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder)
        git(repository, "init", "--quiet", "--initial-branch=main")
        git(repository, "config", "user.name", "An example")
        git(repository, "config", "user.email", "example@example.com")
        anyio.run(use, repository)


def ask_again() -> None:
    """The spec is what the server says of itself: importing it once more changes nothing."""
    words = [sys.executable, "-m", "automcp", "import", "server", "--command", shlex.join(SERVER)]
    ran = subprocess.run(
        [*words, "--out", str(HERE / "git.yaml")], check=True, capture_output=True, encoding="utf-8"
    )
    assert "unchanged: " in ran.stderr, ran.stderr
    print(f"git.yaml is what {OFFICIAL} says of itself")


async def use(repository: Path) -> None:
    """Work with a repository through typed methods: arguments are checked before they are sent."""
    where = str(repository)
    (repository / "hello.txt").write_text("hello\n", "utf-8")
    async with GitClient(SERVER, {"verify": "strict"}) as client:
        assert "hello.txt" in said(await client.git.status(repo_path=where))
        await client.git.add(repo_path=where, files=["hello.txt"])
        await client.git.commit(repo_path=where, message="Say hello")
        log = said(await client.git.log(repo_path=where, max_count=1))
        assert "Say hello" in log
        await client.git.create_branch(repo_path=where, branch_name="later")
        assert "later" in said(await client.git.branch(repo_path=where, branch_type="local"))
    assert git(repository, "log", "--format=%s") == "Say hello\n"
    print("added, committed and branched through typed methods")


def said(blocks: tuple[Block, ...]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Text))


def git(repository: Path, *words: str) -> str:
    command = ["git", "-C", str(repository), *words]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    main()
