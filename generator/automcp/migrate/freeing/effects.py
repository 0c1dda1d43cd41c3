"""What loading a module does besides."""

from __future__ import annotations

import ast

from ..survey import Source


def logs_to_stdout(source: Source) -> bool:
    """Whether a source sets logging up for stdout, which the old SDK's server prevented by doing so first."""
    return any(
        isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("basicConfig")
        and "stdout" in ast.unparse(node)
        for node in source.nodes
    )


def is_pure(source: Source) -> bool:
    """Whether loading a module that makes the server does nothing else."""
    plain = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    calls = [
        node
        for one in source.tree.body
        if not isinstance(one, plain)
        for node in ast.walk(one)
        if isinstance(node, ast.Call)
    ]
    return len(calls) <= 1
