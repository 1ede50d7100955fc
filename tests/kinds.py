"""
The kinds of problem that the source can report, found in its syntax trees.
A kind is what is handed on as `kind`, together with `what`, `why` or `fix`, to a class or function of ours.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

KIND = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORDS = {"what", "why", "fix"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def kinds_of(source: Path) -> dict[str, set[str]]:
    """Kind → the modules that report it. Raises: ValueError: a kind is put together where nobody can read it off."""
    trees = {path.relative_to(source).as_posix(): ast.parse(path.read_text("utf-8")) for path in source.rglob("*.py")}
    takers = {name: place for tree in trees.values() for name, place in _takers(tree)}
    found: dict[str, set[str]] = {}
    for module, tree in trees.items():
        for kind in _reported(module, tree, takers):
            found.setdefault(kind, set()).add(module)
    return found


def _takers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Classes and functions that take a `kind` with words about it, and as which argument."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, Function):
            names = [each.arg for each in (*node.args.posonlyargs, *node.args.args) if each.arg not in ("self", "cls")]
        elif isinstance(node, ast.ClassDef):
            fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
            names = [each.target.id for each in fields if isinstance(each.target, ast.Name)]
        if "kind" in names and WORDS & set(names) and not any(map(_looks_up, ast.walk(node))):
            yield node.name, names.index("kind")  # type: ignore[attr-defined]


def _looks_up(node: ast.AST) -> bool:
    """Whether the words about a kind are taken from a table of all kinds."""
    return isinstance(node, ast.Subscript) and getattr(node.slice, "id", "") == "kind"


def _reported(module: str, tree: ast.Module, takers: dict[str, int]) -> Iterator[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    tables = {
        name: _keys(node.value) for node in tree.body for name in _names(node) if isinstance(node.value, ast.Dict)
    }
    for function in functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                keyword = [each.value for each in node.keywords if each.arg == "kind"]
                if name in takers and (keyword or len(node.args) > takers[name]):
                    given = keyword[0] if keyword else node.args[takers[name]]
                    yield from _read_off(module, function, given)
            elif _looks_up(node):
                yield from tables.get(getattr(node.value, "id", ""), [])  # type: ignore[attr-defined]
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and _is_problem(node.value):
                yield from _constants(node.value.elts[0])  # kind, what, why, fix


def _read_off(module: str, function: Function, given: ast.expr) -> set[str]:
    """The kinds that an argument can be: a text, one of two, or what its name was given in this function."""
    if isinstance(given, ast.Name):
        if given.id in {each.arg for each in function.args.args}:
            return set()  # handed through: its callers say it
        given_as = [found for node in ast.walk(function) for found in _values_for(node, given.id)]
        kinds = {kind for value in given_as for kind in _constants(value)}
        if given_as and (kinds or all(isinstance(value, ast.Name | ast.Call) for value in given_as)):
            return kinds  # from a function that returns kind and words: its own `return` says it
    kinds = set(_constants(given))
    if not kinds:
        raise ValueError(f"{module}:{given.lineno}: write the kind of a problem out, so that it can be looked up")
    return kinds


def _values_for(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """What a name is assigned, also as one of several names on the left."""
    if isinstance(node, ast.For | ast.comprehension):
        targets, value = [node.target], node.iter
    elif isinstance(node, ast.Assign):
        targets, value = node.targets, node.value
    else:
        return
    for target in targets:
        if isinstance(target, ast.Name) and target.id == name:
            yield value
        elif isinstance(target, ast.Tuple):
            index = next(
                (i for i, each in enumerate(target.elts) if isinstance(each, ast.Name) and each.id == name), None
            )
            if index is not None:
                yield value.elts[index] if isinstance(value, ast.Tuple) and isinstance(node, ast.Assign) else value


def _is_problem(returned: ast.Tuple) -> bool:
    """Whether four things that a function returns are kind, what, why and fix: the second is a sentence."""
    return len(returned.elts) == 4 and _is_sentence(returned.elts[1])


def _names(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _keys(node: ast.Dict) -> list[str]:
    """The kinds of a table of words about them: kind → (why, fix); not those of a table of anything else."""
    pairs = zip(node.keys, node.values, strict=True)
    return [
        key.value
        for key, words in pairs
        if isinstance(key, ast.Constant) and isinstance(words, ast.Tuple) and all(map(_is_sentence, words.elts))
    ]


def _is_sentence(node: ast.expr) -> bool:
    """Whether a text has several words: what is said of a kind, unlike a name."""
    return any(" " in str(each.value) for each in ast.walk(node) if isinstance(each, ast.Constant))


def _constants(node: ast.expr) -> list[str]:
    """The texts in an expression that can be kinds; not those that are compared, or parts of longer ones."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and KIND.fullmatch(node.value) else []
    if isinstance(node, ast.Compare | ast.JoinedStr):
        return []
    return [kind for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) for kind in _constants(child)]
