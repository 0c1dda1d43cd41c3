"""Sources may be newer than the Python that reads them."""

from __future__ import annotations

import ast

import pytest
from automcp.migrate.rewrite import rewritten
from automcp.migrate.syntax import parsed

IMPORTS = "from mcp.server import Server\n"
NEWER = {
    "quotes again": "x = f\"{', '.join(f'{r['a']}({r['b']!r:>{w['c']}})' for r in rows)}\"\n",
    "same quotes": 'x = f"{d["a"]}" + f"{d["b"]:{n["c"]}}"\n',
    "backslash": "x = f\"{'\\n'.join(lines)}\"\n",
    "lines": 'x = f"{\n    one(\n        1\n    )\n}"\n',
    "comment": 'x = f"""{\n  1  # "one" }\n}"""\n',
    "braces": 'x = f"{{" + rf"\\{d["a"]}" + f"}}"\n',
    "template": 'x = t"{d["a"]}"\n',
    "parameters": "def f[T: list[int]](x: T) -> T:\n    return x\nclass A[K, V = int]:\n    pass\n",
    "alias": "type Pair[T] = tuple[T, T]\ntype One = int\n",
    "exceptions": "try:\n    pass\nexcept KeyError, ValueError:\n    pass\n",
    "not ascii": "x = f\"é {d['ü']} {'è'.join(f'{r['à']}' for r in rows)}\"\n",
}


@pytest.mark.parametrize("newer", NEWER.values(), ids=NEWER)
def test_what_is_imported_does_not_hang_on_newer_syntax(newer: str) -> None:
    text = newer + IMPORTS
    tree = parsed(text)
    assert rewritten(text, tree, "app") == newer + IMPORTS.replace("mcp.", "app.legacy_mcp.")


@pytest.mark.parametrize("newer", NEWER.values(), ids=NEWER)
def test_functions_after_it_are_where_they_are(newer: str) -> None:
    found = parsed(newer + "async def main(): pass\n").body[-1]
    assert isinstance(found, ast.AsyncFunctionDef)
    assert found.lineno == newer.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["print 'a'\n", "def f(:\n    pass\n", 'x = f"{\n', "x = (f'{a}'\n"]
)
def test_what_is_no_python_is_refused(text: str) -> None:
    with pytest.raises(SyntaxError):
        parsed(text)
