"""`git` becomes an MCP server by a spec alone; callers say what they want, and never what is run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import anyio
from mcp import StdioServerParameters

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from compile import compile_here

HERE = compile_here(__file__)

from repository_client import (  # the package exists only now
    InvalidArguments,
    NoSuchRevision,
    RepositoryClient,
)


def main() -> None:
    assert not (HERE / "server" / "src" / "repository_server" / "handlers").exists()
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder)
        git(repository, "init", "--quiet", "--initial-branch=main")
        git(repository, "config", "user.name", "Ada")
        git(repository, "config", "user.email", "ada@example.com")
        (repository / "tea.txt").write_text("green\n", "utf-8")
        git(repository, "add", ".")
        git(repository, "commit", "--quiet", "--message", "Buy tea")
        anyio.run(use, repository)


async def use(repository: Path) -> None:
    async with RepositoryClient(server(repository)) as client:
        assert await client.history.log() == ["Buy tea"]
        (repository / "tea.txt").write_text("grün\n", "utf-8")
        await client.work.commit("Say it in German\n\n$(rm -rf .) is no command here")
        assert await client.history.log(limit=1) == ["Say it in German"]
        assert await client.history.log(author="Bob") == []
        assert await client.history.count() == 2
        say("typed answers", "lines are a list of texts, a number is a number")

        assert await client.history.show("tea.txt") == "grün"
        assert await client.history.show("tea.txt", revision="HEAD~1") == "green"
        try:
            await client.history.show("coffee.txt")
        except NoSuchRevision as error:
            say("declared errors", f"{type(error).__name__} is the exit code 128")
        else:
            raise AssertionError("there is no coffee")

        taken = repository / "taken"
        try:
            await client.history.log(author=f"--output={taken}")
        except InvalidArguments as error:
            (wrong,) = error.violations
            say("no options", str(wrong))
        else:
            raise AssertionError("nobody is called like an option")
        assert await client.history.log(paths=[f"--output={taken}"]) == []
        assert not taken.exists()
        say("paths", "behind `--` a value is a value, whatever it looks like")
    assert "$(rm -rf .)" in git(repository, "log", "-1", "--format=%b")


def server(repository: Path) -> StdioServerParameters:
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE / "server" / "src"),
        "REPOSITORY_FOLDER": str(repository),
    }
    return StdioServerParameters(
        command=sys.executable, args=["-m", "repository_server"], env=environment
    )


def git(repository: Path, *words: str) -> str:
    command = ["git", "-C", str(repository), *words]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def say(what: str, how: str) -> None:
    print(f"{what:16} {how}")


if __name__ == "__main__":
    main()
