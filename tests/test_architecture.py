"""The rules that keep the code readable: who imports whom, who may touch the world, how long things get."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "automcp"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A part of the package (its first name below `automcp`) and the parts that it may import.
ALLOWED: dict[str, set[str]] = {
    "text": set(),
    "abreast": set(),
    "assets": set(),
    "cache": set(),
    "identity": {"assets", "version"},
    "runtime": set(),
    "ir": {"text", "runtime"},
    "spec": {"text", "assets"},
    "rules": {"spec", "text"},
    "resolve": {"spec", "ir", "text", "runtime"},
    "functions": {"ir", "resolve", "targets", "text"},
    "output": {"text", "cache", "identity"},
    "targets": {"ir", "text", "output", "assets", "cache", "identity", "runtime"},
    "importers": {"spec", "text", "runtime"},
    "migrate": {"importers", "output", "pipeline", "project", "runtime", "spec", "targets", "text"},
    "project": {"text", "output"},
    "version": set(),
    "scaffold": {"assets", "output", "text"},
    "budget": {"ir", "project", "targets", "text"},
    "pipeline": {
        "budget",
        "functions",
        "abreast",
        "spec",
        "rules",
        "resolve",
        "ir",
        "targets",
        "output",
        "text",
        "project",
        "version",
    },
    "servicegroups": {"runtime", "spec", "text"},
    # What projects of service groups import.
    "stand_ins": {"migrate"},
    "types": {"runtime", "stand_ins"},
    "group": {"runtime", "stand_ins"},
    "operation": {"runtime", "stand_ins"},
    "server": {"runtime", "stand_ins"},
    "manager": {"runtime", "stand_ins"},
    "utils": {"runtime", "stand_ins"},
    "__init__": {
        "pipeline",
        "text",
        "ir",
        "output",
        "targets",
        "types",
        "group",
        "operation",
        "server",
    },
    "__main__": {"cli"},
}
"""`cli` is not listed: it may import anything, and nothing but `__main__` imports it."""

# Calls that touch the world, and the modules that may make them.
WRITES = {
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "rmdir",
    "rename",
    "touch",
    "rmtree",
    "chmod",
}
MAY_WRITE = {
    "output/draft.py",
    "output/write.py",
    "output/single.py",
    "output/tidy.py",
    "scaffold.py",
    "cache/keep.py",
    "runtime/files/content.py",
    "runtime/files/place.py",
    "migrate/deliver.py",
    "migrate/environment.py",
    "migrate/in_place.py",
    "migrate/project.py",
    "migrate/show.py",
}
MAY_START = {
    "output/tidy.py",
    "cli/run.py",
    "cli/call.py",
    "cli/installing.py",
    "migrate/apart.py",
    "migrate/environment.py",
    "migrate/worktree.py",
    "runtime/command/process.py",
}
SPEAKS_AS_BEFORE = "runtime/legacy"
"""Adapters for what others wrote: their names are those of the SDKs that they stand for."""
FORMER_MODULES = {"utils.py"}
"""Modules that are called what existing projects import."""
FORBIDDEN_WORDS = ("manager", "helper", "processor")
FORBIDDEN_FILES = {"utils.py", "base.py", "core.py", "helpers.py", "common.py"}
MOST_LINES = 300
MOST_FUNCTION_LINES = 40


def _name(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def _part(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported_parts(module: Path, tree: ast.Module) -> Iterator[tuple[str, int]]:
    package = list(module.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            steps = (node.module or "").split(".") if node.module else []
            if node.level:
                above = package[: len(package) - (node.level - 1)]
                if node.level - 1 > len(package):
                    continue
                path = [*above, *steps]
                for alias in node.names:
                    yield (path or [alias.name])[0], node.lineno
            elif steps and steps[0] == "automcp":
                for alias in node.names:
                    yield (steps[1:] or [alias.name])[0], node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                steps = alias.name.split(".")
                if steps[0] == "automcp":
                    yield (steps[1:] or ["__init__"])[0], node.lineno


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_imports_point_one_way(module: Path) -> None:
    part = _part(module)
    tree = ast.parse(module.read_text("utf-8"))
    for imported, line in _imported_parts(module, tree):
        if imported == part or part == "cli":
            continue
        assert imported in ALLOWED[part], (
            f"{_name(module)}:{line}: {part} must not import {imported}"
        )


def test_targets_never_import_each_other() -> None:
    kinds = {"server", "client", "tests", "ir"}
    targets = PACKAGE / "targets"
    for kind in kinds:
        modules = [*targets.glob(f"{kind}.py"), *targets.glob(f"{kind}/*.py")]
        assert modules, kind
        for module in modules:
            level = len(module.relative_to(targets).parts)
            for node in ast.walk(ast.parse(module.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.level == level:
                    named = {
                        (node.module or "").split(".")[0],
                        *(alias.name for alias in node.names if not node.module),
                    }
                    assert not named & (kinds - {kind}), f"{module.name}:{node.lineno}"


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_only_the_rim_touches_the_world(module: Path) -> None:
    name = _name(module)
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if called in WRITES and name not in MAY_WRITE:
            pytest.fail(f"{name}:{node.lineno}: only {sorted(MAY_WRITE)} may call {called}")
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        if isinstance(owner, ast.Name) and owner.id == "subprocess" and name not in MAY_START:
            pytest.fail(f"{name}:{node.lineno}: only {sorted(MAY_START)} may start a process")


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_modules_and_functions_stay_small(module: Path) -> None:
    text = module.read_text("utf-8")
    assert text.count("\n") <= MOST_LINES, (
        f"{_name(module)} has {text.count(chr(10))} lines: look for the missing idea"
    )
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - _body_start(node) + 1
            assert lines <= MOST_FUNCTION_LINES, (
                f"{_name(module)}:{node.lineno}: {node.name} has {lines} lines"
            )


def _body_start(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The first line behind the docstring: explaining more must not cost."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (node.body[1] if documented and len(node.body) > 1 else first).lineno


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_names_say_something(module: Path) -> None:
    assert module.name not in FORBIDDEN_FILES or _name(module) in FORMER_MODULES
    if _name(module).startswith(SPEAKS_AS_BEFORE):
        return
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            assert not any(word in node.name.lower() for word in FORBIDDEN_WORDS), (
                f"{_name(module)}:{node.lineno}"
            )
            # What overrides a method of an SDK has its name.
            ours = "override" not in {ast.unparse(one) for one in node.decorator_list}
            assert not (ours and node.name.startswith("get_")), (
                f"{_name(module)}:{node.lineno}: {node.name}"
            )


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_every_module_says_what_it_holds(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8"))), (
        f"{_name(module)} has no docstring"
    )
