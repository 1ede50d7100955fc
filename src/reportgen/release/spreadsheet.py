"""
Spreadsheet: traces of programs that take codes for dates or numbers, as `Mar-10` for 03.10 and `1E05` for 100000.
Takes one text, gives what may have stood there; knows no table.
"""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(?:([A-Za-z]{3})-([0-9]{1,4})|([0-9]{1,4})-([A-Za-z]{3}))")
_POWER = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")


def before_date(text: str) -> tuple[int, int] | None:
    """
    The two numbers that a spreadsheet made a date of, in the order in which the date shows them.

    >>> before_date("Mar-10"), before_date("19-Oct"), before_date("Bath")
    ((3, 10), (19, 10), None)
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    name, number = (found[1], found[2]) if found[1] else (found[4], found[3])
    if name.casefold() not in MONTHS:
        return None
    month = MONTHS.index(name.casefold()) + 1
    return (month, int(number)) if found[1] else (int(number), month)


def in_powers_of_ten(text: str) -> bool:
    """
    Whether digits with an E in them were taken for a number.

    >>> in_powers_of_ten("1E05"), in_powers_of_ten("1.00E+05"), in_powers_of_ten("E05")
    (True, True, False)
    """
    return _POWER.fullmatch(text.strip()) is not None
