"""
Outlines: the path of an SVG as the operators of a PDF. Straight lines, and circles made of two arcs: our pictures have
no others.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from reportgen.pack.engine.unknown import UnknownShapeError

KNOWN = 4096  # outlines kept a process: maps of a release draw the same ones again and again
_STEP = re.compile(r"([MLHVZmlhvz])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_LIST = re.compile(r"[-\d.,\s]*")
_ROUND = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
ARC = 4 * (math.sqrt(2) - 1) / 3  # of a radius: how far from a quarter's ends the handles of its curve are
DOT = 1 / math.sqrt(math.pi)  # the same, as the page engine draws a `circle`


class Outline(NamedTuple):
    """Operators without those that paint, and the box around its points: left, top, width, height."""

    drawn: str
    box: tuple[float, float, float, float]


def number(value: float) -> str:
    """
    A number as it stands in a PDF: hundredths of a px.

    >>> number(12.3456), number(-0.001), number(100.0)
    ('12.35', '0', '100')
    """
    return f"{round(value, 2) + 0.0:g}"


def numbers(text: str) -> list[float]:
    """
    The numbers of an attribute that has a list of them.
    Raises: UnknownShapeError: they have units or are written in another way than ours.
    """
    if not _LIST.fullmatch(text):
        raise UnknownShapeError(text)
    return [float(one) for one in _NUMBER.findall(text)]


@lru_cache(KNOWN)
def path(steps: str) -> Outline:
    """
    A path.
    Raises: UnknownShapeError: it has curves that are no whole circle, or cannot be read.
    """
    if whole := _ROUND.fullmatch(steps):
        return circle(float(whole[1]), ARC)
    drawn: list[str] = []
    across: list[float] = []
    down: list[float] = []
    x = y = end = 0.0
    start = (x, y)
    for step in _STEP.finditer(steps):
        letter, given = step[1], numbers(step[2])
        if step.start() != end or not (drawn or letter in "Mm"):
            raise UnknownShapeError(steps)
        end = step.end()
        if letter in "Zz":
            drawn.append("h")
            x, y = start
            continue
        operator = "m" if letter in "Mm" else "l"
        for right, below in _points(letter, given, x, y):
            x, y = (x + right, y + below) if letter.islower() else (right, below)
            drawn.append(f"{number(x)} {number(y)} {operator}")
            across.append(x)
            down.append(y)
            if operator == "m":
                start, operator = (x, y), "l"
    if end != len(steps) or not across:
        raise UnknownShapeError(steps)
    left, top = min(across), min(down)
    return Outline(" ".join(drawn), (left, top, max(across) - left, max(down) - top))


def _points(letter: str, given: list[float], x: float, y: float) -> list[tuple[float, float]]:
    """The points of one step, from the last one where its letter is small."""
    if letter in "hv":
        return [(one, 0.0) if letter == "h" else (0.0, one) for one in given]
    if letter in "HV":
        return [(one, y) if letter == "H" else (x, one) for one in given]
    if not given or len(given) % 2:
        raise UnknownShapeError(letter)
    return list(zip(given[::2], given[1::2], strict=True))


@lru_cache(KNOWN)
def circle(radius: float, handle: float = DOT) -> Outline:
    """A circle around 0, 0."""
    r, h = number(radius), number(radius * handle)
    right, left = f"{r} 0 m {r} {h} {h} {r} 0 {r} c -{h} {r} -{r} {h} -{r} 0 c", f"-{r} -{h} -{h} -{r} 0 -{r} c"
    drawn = f"{right} {left} {h} -{r} {r} -{h} {r} 0 c h"
    return Outline(drawn, (-radius, -radius, 2 * radius, 2 * radius))
