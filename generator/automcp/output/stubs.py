"""Appends to a handler file what it lacks for the spec's operations, and changes no existing line."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from textwrap import dedent, indent
from typing import TypeAlias

from ..text.report import Diagnostic, Level
from .files import Files, Owner
from .plan import Action, Change, Plan, Wanted

_HANDLERS = "/handlers/"
_Method: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Stubbed:
    """A file with its stubs.

    Attributes:
        text: The whole file.
        missing: What was missing, such as `Orders.cancel`; empty if nothing was.
        problem: Why nobody can say what is missing: the file is no Python.
        apart: The classes that do not inherit from what they should: the class, its parent, the import of that.
    """

    text: str
    missing: tuple[str, ...]
    problem: str | None = None
    apart: tuple[tuple[str, str, str], ...] = ()


def plan_stubs(plan: Plan, wanted: Mapping[str, Wanted]) -> Plan:
    """The same plan, with the stubs that are missing appended to the handler files."""
    changes = [
        replace(
            change,
            action=Action.UPDATE,
            after=stubbed.text.encode(),
            reason=f"stubs for {', '.join(stubbed.missing)}",
        )
        if stubbed.missing
        else change
        for change, stubbed in _compared(plan, wanted)
    ]
    return Plan(tuple(changes))


def missing_stubs(plan: Plan, wanted: Mapping[str, Wanted]) -> Iterator[Diagnostic]:
    """A warning (`AM530`) for each handler file that lacks something."""
    for change, stubbed in _compared(plan, wanted):
        if stubbed.missing:
            yield Diagnostic(
                "AM530",
                f"`{change.path}` has no {', '.join(f'`{name}`' for name in stubbed.missing)} yet",
                help="the server does not start without it; `automcp generate --stubs` appends what is missing",
                level=Level.WARNING,
            )


def unreadable_handlers(plan: Plan, wanted: Mapping[str, Wanted]) -> Iterator[Diagnostic]:
    """A warning (`AM530`) for each handler file that is no Python, so that what it lacks cannot be told."""
    for change, stubbed in _compared(plan, wanted):
        if stubbed.problem:
            yield Diagnostic(
                "AM530",
                f"`{change.path}` cannot be compared with the spec: {stubbed.problem}",
                help="mend it; then what it lacks can be said, and `--stubs` appended",
                level=Level.WARNING,
            )


def handlers_apart(plan: Plan, wanted: Mapping[str, Wanted]) -> Iterator[Diagnostic]:
    """A warning (`AM530`) for each class of yours that lacks what the spec says its operations do (`run:`)."""
    for change, stubbed in _compared(plan, wanted):
        for name, parent, line in stubbed.apart:
            yield Diagnostic(
                "AM530",
                f"`{name}` in `{change.path}` does not inherit from `{parent}`, which holds what the spec says (`run:`)",
                help=f"write `{line}` and `class {name}({parent}):`; what is still defined below it replaces what "
                "the spec says",
                level=Level.WARNING,
            )


def _compared(plan: Plan, wanted: Mapping[str, Wanted]) -> Iterator[tuple[Change, Stubbed]]:
    seeds = Files.merge(want.files for want in wanted.values())
    for change in plan.changes:
        kept = change.owner is Owner.SEEDED and change.action is Action.LEAVE
        text = _text(change.before)
        if kept and text is not None and _HANDLERS in change.path and change.path in seeds:
            yield change, add_stubs(text, seeds[change.path].text)
        else:
            yield change, Stubbed("", ())


def _text(data: bytes | None) -> str | None:
    try:
        return data.decode() if data is not None else None
    except UnicodeDecodeError:
        return None


# Three questions are asked about every file of handlers, and to read a large one takes long.
@lru_cache(maxsize=256)
def add_stubs(mine: str, seed: str) -> Stubbed:
    """Add to `mine` the methods, the attributes set in `__init__`, and the imports that only `seed` has.

    Args:
        mine: A handler file as its owner left it. One that does not parse is left as it is.
        seed: The same file as it would be written today, with a method for every operation.
    """
    if mine == seed:
        return Stubbed(mine, ())
    try:
        tree = ast.parse(mine)
    except SyntaxError as error:
        return Stubbed(mine, (), f"line {error.lineno or 1}: {error.msg}")
    except (ValueError, RecursionError) as error:
        return Stubbed(mine, (), str(error))
    wanted = ast.parse(seed)
    apart = tuple(_apart(tree, wanted))
    insertions = list(_insertions(tree, wanted, seed))
    if not insertions:
        return Stubbed(mine, (), apart=apart)
    imports = list(_imports(tree, wanted, [insertion.text for insertion in insertions]))
    lines = mine.split("\n")
    # From the end, so that what is inserted moves nothing that is still to come, and two at one line keep their order.
    for insertion in sorted([*imports, *insertions[::-1]], key=lambda insertion: -insertion.line):
        lines[insertion.line : insertion.line] = insertion.text.split("\n")
    what = tuple(insertion.what for insertion in insertions)
    return Stubbed("\n".join(lines), what, apart=apart)


@dataclass(frozen=True, slots=True)
class _Insertion:
    """Text to go behind a line (counted from 1)."""

    line: int
    text: str
    what: str


def _insertions(mine: ast.Module, wanted: ast.Module, seed: str) -> Iterator[_Insertion]:
    own = {node.name: node for node in mine.body if isinstance(node, ast.ClassDef)}
    for template in wanted.body:
        if isinstance(template, ast.ClassDef) and (cls := own.get(template.name)):
            yield from _class_insertions(cls, template, seed)


def _apart(mine: ast.Module, wanted: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Classes without the parent that they would have today, unless the file uses it in another way."""
    # To walk a large file takes long, and most have no parents.
    if not any(isinstance(node, ast.ClassDef) and node.bases for node in wanted.body):
        return
    known = {node.id for node in ast.walk(mine) if isinstance(node, ast.Name)}
    known |= {node.attr for node in ast.walk(mine) if isinstance(node, ast.Attribute)}
    own = {node.name for node in mine.body if isinstance(node, ast.ClassDef)}
    imports = [node for node in wanted.body if isinstance(node, ast.ImportFrom)]
    for template in wanted.body:
        if not (isinstance(template, ast.ClassDef) and template.name in own):
            continue
        for parent in template.bases:
            if isinstance(parent, ast.Name) and parent.id not in known:
                line = next((one for one in imports if parent.id in _names(one)), None)
                yield template.name, parent.id, ast.unparse(line) if line else ""


def _names(line: ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name for alias in line.names}


def _class_insertions(cls: ast.ClassDef, template: ast.ClassDef, seed: str) -> Iterator[_Insertion]:
    known = set(_members(cls))
    for method in _methods(template):
        if method.name == "__init__":
            yield from _attributes(cls, method, seed)
        elif method.name not in known:
            text = indent(_source(method, seed), " " * cls.body[0].col_offset)
            yield _Insertion(_last_line(cls), f"\n{text}", f"{cls.name}.{method.name}")


def _attributes(cls: ast.ClassDef, template: _Method, seed: str) -> Iterator[_Insertion]:
    """The lines `self.x = ...` of the template's `__init__` for attributes that the class never sets."""
    init = next((method for method in _methods(cls) if method.name == "__init__"), None)
    if init is None:
        return
    known = {name for node in ast.walk(cls) for name in _set_attributes(node)} | set(_members(cls))
    for statement in template.body:
        for name in _set_attributes(statement):
            if name not in known:
                text = indent(_source(statement, seed), " " * init.body[0].col_offset)
                yield _Insertion(_last_line(init), text, f"{cls.name}.{name}")


def _set_attributes(node: ast.AST) -> Iterator[str]:
    targets: Iterable[ast.expr] = ()
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign):
        targets = (node.target,)
    for target in targets:
        if (
            isinstance(target, ast.Attribute)
            and isinstance(target.value, ast.Name)
            and target.value.id == "self"
        ):
            yield target.attr


def _members(cls: ast.ClassDef) -> Iterator[str]:
    """Every name that the class's own body binds."""
    for node in cls.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _methods(cls: ast.ClassDef) -> Iterator[_Method]:
    for node in cls.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _imports(mine: ast.Module, wanted: ast.Module, texts: Iterable[str]) -> Iterator[_Insertion]:
    """Import lines of the template for names that the new text mentions and the file does not bind."""
    mentioned = {
        node.id
        for text in texts
        for node in ast.walk(ast.parse(dedent(text)))
        if isinstance(node, ast.Name)
    }
    missing = mentioned - set(_bound(mine))
    # The last one first: of several at one line, each pushes the one before it down.
    for node in reversed(wanted.body):
        if isinstance(node, ast.ImportFrom):
            kept = [alias for alias in node.names if (alias.asname or alias.name) in missing]
            if kept:
                text = ast.unparse(ast.ImportFrom(node.module, kept, node.level))
                yield _Insertion(_import_line(mine, node), text, "")


def _bound(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _import_line(module: ast.Module, new: ast.ImportFrom) -> int:
    """The line behind which an import goes: in sorted order, else behind the docstring, or at the top."""
    imports = [node for node in module.body if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in imports:
        if isinstance(node, ast.ImportFrom) and _import_order(node) > _import_order(new):
            return node.lineno - 1
    if imports:
        return _last_line(imports[-1])
    return _last_line(module.body[0]) if ast.get_docstring(module) else 0


def _import_order(node: ast.ImportFrom) -> tuple[bool, bool, int, str]:
    """As ruff and isort do: future, absolute, then relative imports, the furthest first."""
    module = node.module or ""
    return module != "__future__", node.level > 0, -node.level, module


def _last_line(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def _source(node: ast.stmt, text: str) -> str:
    """The lines of a statement, decorators included, without their indent."""
    decorators = node.decorator_list if isinstance(node, _Method) else []
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return dedent("\n".join(text.split("\n")[first - 1 : node.end_lineno]))
