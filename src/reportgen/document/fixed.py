"""
Fixed: texts that hold a number and are no fact: a year, a code, the name of a source. On a page they carry the reason
why no fact stands behind them; everywhere else they are texts like any other.
"""

from __future__ import annotations

from markupsafe import Markup


class Fixed(str):
    """A text with its reason, one of `FIXED` in pack/numbers.py. A template that prints it prints its mark, too."""

    __slots__ = ("reason",)
    reason: str

    def __html__(self) -> Markup:
        return Markup('<span data-fixed="{}">{}</span>').format(self.reason, str(self))


def fixed(text: str, reason: str) -> Fixed:
    """A text that stands for itself, for a reason of `FIXED`."""
    found = Fixed(text)
    found.reason = reason
    return found


def dated(text: str) -> Fixed:
    """
    A year or a period, as pages print it.

    >>> Markup("since {}").format(dated("2019")), dated("2019") == "2019"
    (Markup('since <span data-fixed="date">2019</span>'), True)
    """
    return fixed(text, "date")
