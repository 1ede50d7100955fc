"""
Nearest: what somebody probably meant. A miss offers its neighbours.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """
    The known words most like a word, best first, whatever their case; none if nothing is much like it.

    >>> nearest("supressed", ["missing", "suppressed"])
    ['suppressed']
    """
    by_folded = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(word.strip().casefold(), list(by_folded), n=most, cutoff=0.6)
    return [by_folded[each] for each in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """
    The question that ends a fix, with a blank before it; empty if nothing is much like the word.

    >>> did_you_mean("Bristle", ["Bath", "Bristol"])
    ' (did you mean Bristol?)'
    """
    found = nearest(word, known, most=1)
    return f" (did you mean {found[0]}?)" if found else ""
