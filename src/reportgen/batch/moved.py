"""
Moved: the first thing that a pack prints otherwise than the one that stands there: a number, a mark of a figure, a
picture, a sentence. Reads the files beside a PDF; writes nothing.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Callable, Mapping

FACTS, DATA = "facts.csv", "data.csv"
ELSEWHERE = "a sentence or a heading"
_NAME = ("name", "indicator", "sub_sector", "year", "other", "variant")
_MARK = ("figure", "label", "indicator", "sub_sector", "year", "other", "variant")
_PLAIN = ("shown", "value")  # go without saying
NOTHING = "–"
_SHOWN = ("shown", "low", "high", "reason")
_DRAWN = ("value", "low", "high", "status")


def moved(read: Callable[[str], bytes], files: Mapping[str, bytes]) -> str:
    """
    What moved, as words for a list of reasons.
    Args:
        read: gives a file of the pack that stands there.
        files: relative path → bytes, of the pack as it is now.
    """
    there = {}
    for name in files:
        if not name.endswith(".pdf"):
            with contextlib.suppress(OSError):
                there[name] = read(name)
    if FACTS in there and (found := _first(there[FACTS], files[FACTS], ("id",), _NAME, _SHOWN)):
        return found
    if DATA in there and (found := _first(there[DATA], files[DATA], _MARK, _MARK, _DRAWN)):
        return found
    pictures = sorted(name for name in there if name.endswith(".svg") and there[name] != files[name])
    return pictures[0] if pictures else ELSEWHERE


def _first(
    before: bytes, now: bytes, key: tuple[str, ...], named: tuple[str, ...], shown: tuple[str, ...]
) -> str | None:
    """The first row of the new table that is not in the old one, or not as it was."""
    if before == now:
        return None
    old = {tuple(row.get(name, "") for name in key): row for row in _rows(before)}
    for row in _rows(now):
        was = old.pop(tuple(row.get(name, "") for name in key), None)
        if was is None:
            return f"{_words(row, named)}: {NOTHING} → {_words(row, shown[:1]) or NOTHING}"
        for name in shown:
            if was.get(name) != row.get(name):
                column = "" if name in _PLAIN else f", {name}"
                return f"{_words(row, named)}{column}: {was.get(name) or NOTHING} → {row.get(name) or NOTHING}"
    for gone in old.values():
        return f"{_words(gone, named)}: {_words(gone, shown[:1]) or NOTHING} → {NOTHING}"
    return None


def _words(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    return " ".join(value for name in names if (value := row.get(name, "")) not in ("", "-"))


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
