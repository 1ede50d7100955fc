"""
Expression: a formula in symbols, as `(x_ri / T_r) / (X_i / T)`: worked out, and written with its numbers.
Knows +, −, ·, /, powers and brackets; no indicators.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Mapping

from reportgen.facts.format import MINUS

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
WRITTEN = {" ** ": "^", "*": "·", "-": MINUS}
SYMBOL = re.compile(r"[^\W\d]\w*")


def reckon(expression: str, numbers: Mapping[str, float | None]) -> float | None:
    """
    What an expression gives; None where a number is not known, or it divides by nought.

    >>> reckon("(x_k / x_0) ** (1 / k) - 1", {"x_0": 100.0, "x_k": 121.0, "k": 2.0})
    0.10000000000000009
    >>> reckon("x / T", {"x": None, "T": 5.0}), reckon("x / T", {"x": 1.0, "T": 0.0})
    (None, None)
    """
    known = {symbol: number for symbol, number in numbers.items() if number is not None}
    if not symbols(expression) <= known.keys():
        return None
    try:
        return _value(ast.parse(expression, mode="eval").body, known)
    except ZeroDivisionError:
        return None


def symbols(expression: str) -> set[str]:
    """
    The symbols of an expression.

    >>> sorted(symbols("(x_k / x_0) ** (1 / k) - 1"))
    ['k', 'x_0', 'x_k']
    """
    return set(SYMBOL.findall(expression))


def written(expression: str, texts: Mapping[str, str] | None = None) -> str:
    """
    An expression as people write it, with texts in the places of its symbols if they are given.

    >>> written("(x_k / x_0) ** (1 / k) - 1")
    '(x_k / x_0)^(1 / k) − 1'
    >>> written("x_ri - T_r * s", {"x_ri": "85", "T_r": "1,234", "s": "0.5"})
    '85 − 1,234 · 0.5'
    """
    for operator_, sign in WRITTEN.items():
        expression = expression.replace(operator_, sign)
    return expression if texts is None else SYMBOL.sub(lambda found: texts[found[0]], expression)


def _value(node: ast.expr, numbers: Mapping[str, float]) -> float:
    if isinstance(node, ast.BinOp):
        found: float = OPERATORS[type(node.op)](_value(node.left, numbers), _value(node.right, numbers))
        return found
    if isinstance(node, ast.Name):
        return numbers[node.id]
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return float(node.value)
    raise ValueError(f"an expression cannot hold {ast.unparse(node)}")
