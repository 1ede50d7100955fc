"""
Diagnosis: what is wrong with a text that its column does not allow, and how to mend it.
Takes one column and one text, gives words; finds nothing itself (`columns.py` does) and knows no rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from reportgen.nearest import did_you_mean
from reportgen.release.spreadsheet import before_date, in_powers_of_ten
from reportgen.release.tables import Column, Kind, Status

# How others write that a cell has no number, and the status that says so here.
MARKS: Mapping[str, Status] = {
    **dict.fromkeys(("*", "**", "c", "[c]", "s", "..c", "suppressed"), Status.SUPPRESSED),
    **dict.fromkeys(("x", "[x]", "..", ".", "-", ":", "na", "n/a", "nan", "null", "none", "missing"), Status.MISSING),
    **dict.fromkeys(("z", "[z]"), Status.NOT_APPLICABLE),
}
LARGEST = 1e15  # of a number, and more digits than that a count cannot have: floats hold those up to it exactly
THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
DECIMAL_COMMA = re.compile(r"[+-]?[0-9]{1,3}(\.?[0-9]{3})*,[0-9]+")
AS_TEXT = "from the source, and keep the column as text in a spreadsheet"
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


class Diagnosis(NamedTuple):
    """The words of a problem, without its place."""

    kind: str
    what: str
    why: str
    fix: str


def diagnose(column: Column, text: str) -> Diagnosis:
    """What is wrong with a text that a column does not allow."""
    if not text.strip() and not column.blank:
        return _empty(column)
    if not text.strip():
        why = "a field is taken as it is written"
        return Diagnosis("stray-space", f"{column.name} holds nothing but spaces", why, "leave it empty")
    if column.kind is Kind.SIC:
        return _sic(text)
    if column.kind is Kind.STATUS:
        return _choice(column, text, "unknown-status", "a cell without a known status could pass for a good one")
    if column.kind is Kind.CHOICE:
        return _choice(column, text, "unknown-choice", f"only these words have a meaning in {column.name}")
    if column.kind is Kind.YEAR:
        return _year(column, text)
    return _number(column, text)


def _empty(column: Column) -> Diagnosis:
    why, fix = "the row cannot be placed without it", f"write the {column.name}, or delete the row"
    if column.kind in (Kind.NUMBER, Kind.SHARE, Kind.COUNT):
        why, fix = "an empty cell is not 0, and this table has no cells without a value", "write the value, 0 included"
    return Diagnosis("empty-field", f"{column.name} is empty", why, fix)


def _year(column: Column, text: str) -> Diagnosis:
    fix = "write 4 digits"
    if not re.search("[0-9]", text):
        fix = "delete the row if it is a note or a total; else write 4 digits"
    return Diagnosis("not-a-year", f"{column.name} is not a year", "the row has no place in time", fix)


def _sic(text: str) -> Diagnosis:
    why, fix = (
        "the industry could not be told",
        "write the 2 to 5 digits of SIC 2007 without dots, or all for the total",
    )
    bare, date = text.strip().replace(".", ""), before_date(text)
    if in_powers_of_ten(text):
        fix = f"a spreadsheet wrote it in powers of ten: write the code anew {AS_TEXT}"
    elif date is not None:
        fix = f"a spreadsheet made a date of it: write the code anew ({date[0]:02}{date[1]:02}?) {AS_TEXT}"
    elif re.fullmatch("[0-9]{2,5}", bare):
        fix = f"write {bare}"
    elif re.fullmatch("[0-9]", bare):
        fix = f"write 0{bare} if a leading zero was lost; keep the column as text in a spreadsheet"
    elif bare.casefold() in ("total", "all", "column total"):
        fix = "write all, in small letters, for the total over all industries"
    return Diagnosis("unknown-sic", "sic is not an industry code", why, fix)


def _choice(column: Column, text: str, kind: str, why: str) -> Diagnosis:
    words = [word for word in column.choices if word not in ("", Status.OK)]
    fix = f"write one of {', '.join(words)}{did_you_mean(text, words)}"
    date = before_date(text)
    if date is not None:
        meant = [word for word in words if word in (f"{date[0]}-{date[1]}", f"{date[1]}-{date[0]}")]
        fix = f"a spreadsheet made a date of it: write it anew ({meant[0]}?) {AS_TEXT}" if meant else fix
    if column.kind is Kind.STATUS:
        mark = MARKS.get(text.strip().casefold())
        fix = f"{fix}; leave it empty where the value is good" if mark is None else f"write {mark}"
    return Diagnosis(kind, f"{column.name} is none of the known words", why, fix)


def _number(column: Column, text: str) -> Diagnosis:
    kind, called = ("not-a-count", "a count") if column.kind is Kind.COUNT else ("not-a-number", "a number")
    kind, called = ("not-a-share", "a share") if column.kind is Kind.SHARE else (kind, called)
    what = f"{column.name} is not {called}"
    why = f"{called} that must be guessed at could be wrong by any factor"
    bare = text.strip()
    mark = MARKS.get(bare.casefold())
    if mark is not None:
        nil = "; write 0 if it means none at all" if bare == "-" else ""
        return Diagnosis(kind, what, "a mark is not a number", f"leave it empty and write {mark} in status{nil}")
    if NUMBER.fullmatch(bare):
        return _out_of_bounds(column, text, float(bare))
    if THOUSANDS.fullmatch(bare):
        return Diagnosis(kind, what, why, f"write {bare.replace(',', '')}, without separators of thousands")
    if DECIMAL_COMMA.fullmatch(bare):
        return _decimal_comma(column, kind, what, bare)
    if column.kind is Kind.SHARE and re.fullmatch(r"[0-9.]+ ?%", bare):
        return Diagnosis(kind, what, why, "write per cent as a share: 12.5 % is 0.125")
    return Diagnosis(kind, what, why, "write it in digits only: no unit, no currency, no separators, no words")


def _decimal_comma(column: Column, kind: str, what: str, bare: str) -> Diagnosis:
    number = bare.replace(".", "").replace(",", ".")
    fix = f"write {number}, with a decimal point and without separators of thousands"
    if column.kind is Kind.COUNT:
        fix = f"it reads as {number}, and a count has no decimals: correct it from the source"
    return Diagnosis(kind, what, "it has a decimal comma, which separates thousands or fields elsewhere", fix)


def _out_of_bounds(column: Column, text: str, value: float) -> Diagnosis:
    """A text that is a number, but not one that the column takes."""
    name, counts = column.name, column.kind is Kind.COUNT
    if text != text.strip():
        why = "a field is taken as it is written"
        return Diagnosis("stray-space", f"{name} has spaces around its number", why, f"write {text.strip()}")
    if value in (float("inf"), float("-inf")):
        return Diagnosis(
            "out-of-range", f"{name} is beyond any number", "nothing can be computed from it", "correct it"
        )
    if counts and "e" in text.casefold():
        why = "a spreadsheet wrote it in powers of ten and may have dropped its last digits"
        meant = f"; {value:.0f}?" if value < LARGEST else ""
        return Diagnosis("not-a-count", f"{name} is not written in full", why, f"write it from the source{meant}")
    if value < 0 and (counts or column.kind is Kind.SHARE):
        fix = "correct it; where it stands for a cell without a value, leave it empty and say so in status"
        return Diagnosis("negative-value", f"{name} is less than 0", "it would be taken off every sum", fix)
    if counts and "." in text:
        why = "there are no parts of one, and a stray decimal point must not go unnoticed"
        fix = f"write {value:.0f}" if value == int(value) else "correct it; a rounded count is a whole number too"
        return Diagnosis("fractional-count", f"{name} has decimals", why, fix)
    if counts:
        why = "counts are written in digits only, at most 15"
        return Diagnosis("not-a-count", f"{name} is not a count", why, f"write {value:.0f}, if that can be")
    if abs(value) > LARGEST:
        why = "no figure of places or industries is as large, and sums with it would be wrong"
        return Diagnosis("out-of-range", f"{name} is larger than any true value", why, "correct it")
    low, high = (0, 1) if column.kind is Kind.SHARE else (column.minimum, column.maximum)
    at_least = "any number" if low is None else f"at least {low:g}"
    bounds = f"{low:g} to {high:g}" if low is not None and high is not None else at_least
    fix = "write per cent as a share: 12.5 % is 0.125" if column.kind is Kind.SHARE else "correct it"
    return Diagnosis("out-of-range", f"{name} lies outside {bounds}", "no true value lies there", fix)
