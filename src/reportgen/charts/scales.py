"""
Scales: where the labelled values of an axis lie, on scales of round numbers and on those that double from step to step.
"""

from __future__ import annotations

import math

_FRACTIONS = {1 / 2: "½", 1 / 4: "¼", 1 / 8: "⅛", 1 / 16: "0.06"}


def round_step(rough: float, short: float = 0.999) -> float:
    """
    The round number (1, 2, 2.5 or 5 times a power of ten) nearest above a step; one just below it, by the factor
    `short`, does too.

    >>> round_step(0.7), round_step(21.0), round_step(21.0, 0.8)
    (1.0, 25.0, 20.0)
    """
    unit = 10.0 ** math.floor(math.log10(rough))
    return next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough * short)


def doublings(low: float, high: float, most: int) -> list[float]:
    """
    Powers of two on a scale, every second where there are more than `most`.

    >>> doublings(0.45, 2.3, 6)
    [0.5, 1.0, 2.0]
    """
    powers = range(math.ceil(math.log2(low)), math.floor(math.log2(high)) + 1)
    every = 1 if len(powers) <= most else 2
    return [2.0**power for power in powers if power % every == 0]


def along(value: float, low: float, high: float) -> float:
    """
    How far along a doubling scale a value lies, from 0 to 1; one beyond it at its end.

    >>> along(1, 0.5, 2), along(9, 0.5, 2)
    (0.5, 1.0)
    """
    return math.log(min(max(value, low), high) / low) / math.log(high / low)


def times(value: float) -> str:
    """
    A step of a doubling scale.

    >>> times(0.5), times(1 / 16), times(4.0)
    ('½', '0.06', '4')
    """
    return _FRACTIONS.get(value, f"{value:g}")
