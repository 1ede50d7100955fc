"""
Format: how a number stands on a page, in a cell and on an axis. The one place that rounds.
Takes numbers and gives text; knows units of measure, no indicators and no sentences.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence

from reportgen.release.tables import Status

MINUS = "\u2212"  # as wide as a digit, unlike the hyphen
NARROW = "\u202f"  # narrow no-break space before the per cent sign
EN_DASH = "–"
BOUNDS = ("under ", "over ")  # begin what is told as a bound: nearer to it than the digits can say
_YEARS = re.compile(r"(?<=\d)-(?=\d)")  # the hyphen between two years
_NUMBER = re.compile(r"[\u2212\d][\d,.]*")  # of a text that `number` made

MARKS = {
    Status.SUPPRESSED: "[c]",
    Status.MISSING: "[x]",
    Status.NOT_APPLICABLE: "[z]",
    Status.LOW_RELIABILITY: "[u]",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MOST_DIGITS = 15  # as many as a float can tell apart
COUNTS = (
    *("jobs", "local units", "graduates", "institutions"),
    *("areas", "sub-sectors", "industries", "cells", "projections"),
    *("claims", "recommendations"),
)
PLAIN = ("£ million", "number")  # "£" and "million" stand in the sentence, or in the head of the column
SHARES = ("share", "share a year")
POINTS = ("points", "points a year")  # differences of shares, 0 to 1 as these are
FAR = 100  # standard deviations: beyond it the number says nothing more
PARTS_OF_ONE = (*SHARES, *POINTS)  # said in hundredths


def number(value: float, unit: str, digits: int = 0, *, signed: bool = False, cell: bool = False) -> str:
    """
    A number as text, never rounded into a lie.
    Counts keep what the source can carry: hundreds from 10,000 on, tens from 1,000 on. Ratios and shares keep
    `digits` decimals (of a per cent for shares), and more where rounding would put them on the line they miss; from
    ten on fewer, so that three digits say how large they are. So do coefficients, whose line is 0. A probability is
    never rounded to nothing or to certainty. Standard deviations are counted up to a hundred. A difference of shares is
    in percentage points, in a cell and on an axis `pp`: 2 % of 40 % would be another number.

    >>> number(148_623, "jobs"), number(1_234, "jobs"), number(85, "jobs")
    ('148,600', '1,230', '85')
    >>> number(29.187, "ratio", 2), number(300.75, "ratio", 2), number(1.148, "share", 1)
    ('29.2', '301', '115\u202f%')
    >>> number(1.618, "ratio", 2), number(0.9996, "ratio", 2), number(0.0004, "share", 1), number(-0.013, "share", 1)
    ('1.62', '0.9996', 'under 0.1\u202f%', '\u22121.3\u202f%')
    >>> number(-0.0004, "coefficient", 2), number(0.9999, "probability", 3), number(0.0001, "probability", 3)
    ('\u22120.0004', 'over 0.999', 'under 0.001')
    >>> number(0.997, "share"), number(1.0, "share")
    ('over 99\u202f%', '100\u202f%')
    >>> number(9_928.0, "standard deviations", 1), number(9.42, "standard deviations", 1)
    ('over 100', '9.4')
    >>> number(0.0121, "points a year", 1), number(-0.4, "points", 1, cell=True)
    ('1.2\xa0percentage points', '\u221240.0\u202fpp')
    """
    if unit in COUNTS:
        rounded = _count(abs(value))
        return (_sign(value, signed) if rounded else "") + f"{rounded:,}"
    if unit == "share" and value < 1 and round(value * 100, digits) == 100:
        return f"over {100 - 10**-digits:.{digits}f}{NARROW}%"
    if unit in SHARES:
        vanishing = "more digits" if signed or value < 0 else "under"
        return _sign(value, signed) + _decimals(abs(value) * 100, digits, None, vanishing) + NARROW + "%"
    if unit in POINTS:
        called = f"{NARROW}pp" if cell else "\u00a0percentage points"
        return _sign(value, signed) + _decimals(abs(value) * 100, digits, None, "more digits") + called
    if unit in PLAIN:
        vanishing = "more digits" if signed or value < 0 else "under"
        return _sign(value, signed) + _decimals(abs(value), digits, None, vanishing)
    if unit == "standard deviations" and abs(value) > FAR:
        return f"over {FAR}" if value > 0 else f"under {MINUS}{FAR}"
    if unit in ("coefficient", "standard deviations"):
        return _sign(value, signed) + _decimals(abs(value), digits, line=1.0, vanishing="more digits")
    if unit == "probability":
        return _probability(value, digits)
    if unit == "ratio":
        return _sign(value, signed) + _decimals(abs(value), digits, line=1.0)
    return _sign(value, signed) + f"{abs(value):,.{digits}f}"


def printed(
    value: float | None, low: float | None, high: float | None, unit: str, digits: int = 0
) -> tuple[float | None, float | None, float | None]:
    """
    A number and the ends of its interval as `cell` and `interval` print them, for files and charts: nothing moves in
    them that does not move on the page. A number that is told as a bound (`under 0.1 %`) is that bound, or the end of
    its interval that lies nearer: none becomes 0 but one that is printed as 0.

    >>> printed(148_623.0, 143_912.0, 153_310.0, "jobs"), printed(0.02949, None, None, "share", 1)
    ((148600.0, 143900.0, 153300.0), (0.029, None, None))
    >>> printed(0.9996, 0.61, 1.4142, "ratio", 2), printed(-0.0004, None, None, "coefficient", 2)
    ((0.9996, 0.61, 1.41), (-0.0004, None, None))
    >>> printed(0.0004, None, None, "share", 1)[0], printed(0.0003, 0.0002, 0.0004, "share", 1)
    (0.001, (0.0004, 0.0002, 0.0004))
    """
    shown = _digits_of_ends(low or 0.0, high or 0.0, unit, digits)
    first, last = (None if end is None else _read(_end(end, unit, shown), unit) for end in (low, high))
    if value is None:
        return None, first, last
    text = number(value, unit, digits, cell=True)
    said = _read(text, unit)
    if text.startswith(BOUNDS):
        said = max(said if last is None else min(said, last), said if first is None else first)
    return said, first, last


def coarse(value: float, low: float, high: float) -> str:
    """
    A count no finer than a tenth of the size that its interval is of, to either side: that of 1,742,107 within
    1,594,000 to 1,903,000 is in tens of thousands.

    >>> coarse(1_742_107, 1_594_000, 1_903_000), coarse(77, 36, 164), coarse(5, 5, 5)
    ('1,740,000', '77', '5')
    """
    half = (high - low) / 2
    step = 10 ** max(math.floor(math.log10(half)) - 1, 0) if half > 0 else 1
    return f"{_count(math.floor(abs(value) / step + 0.5) * step):,}"


def exact(value: float) -> str:
    """
    A number with all its digits, up to ten: as it stands in a formula that someone is to work out again.

    >>> exact(148_623.0), exact(1.6183940120001), exact(-0.5)
    ('148,623', '1.618394012', '\u22120.5')
    """
    return (MINUS if value < 0 else "") + f"{abs(value):,.10g}"


def interval(low: float, high: float, unit: str, digits: int = 0, *, cell: bool = False) -> str:
    """
    A range as text: `143,900 to 153,300` in a sentence, `1.44–1.81` in a cell; one number where both ends read alike.
    Shares beyond 100 % are said without decimals, at both ends. It leaves percentage points to the number that it
    stands beside, as it does jobs.

    >>> interval(1.441, 1.812, "ratio", 2, cell=True), interval(-0.02, 0.01, "share", 1, cell=True)
    ('1.44–1.81', '\u22122.0 to 1.0\u202f%')
    >>> interval(143_912, 153_310, "jobs"), interval(5, 5, "jobs"), interval(-0.069, 0.148, "points", 1)
    ('143,900 to 153,300', '5', '\u22126.9 to 14.8')
    """
    digits = _digits_of_ends(low, high, unit, digits)
    first, last = _end(low, unit, digits), _end(high, unit, digits)
    if first == last:
        return first
    if unit in SHARES:
        first = first.removesuffix(NARROW + "%")
    dashed = cell and low >= 0
    return f"{first}{EN_DASH}{last}" if dashed else f"{first} to {last}"


def cell(value: float | None, status: Status, unit: str, digits: int = 0) -> str:
    """A number in a table cell: its mark where there is none, number and mark where it is of low reliability."""
    if value is None:
        return MARKS[status]
    mark = f" {MARKS[status]}" if status is Status.LOW_RELIABILITY else ""
    return number(value, unit, digits, cell=True) + mark


def date(day: datetime.date) -> str:
    """
    A date in a sentence, in English whatever the machine's locale.

    >>> date(datetime.date(2025, 12, 1))
    '1\xa0December 2025'
    """
    return f"{day.day}\u00a0{MONTHS[day.month - 1]} {day.year}"


def period(text: str) -> str:
    """
    A stretch of years, such as a survey wave, as pages print it.

    >>> period("2021-2023"), period("2024")
    ('2021–2023', '2024')
    """
    return _YEARS.sub(EN_DASH, text)


def listed(words: Sequence[str]) -> str:
    """
    A list in a sentence; a comma before `and` where a name has an `and` of its own, semicolons where it has commas.

    >>> listed(["Bath"]), listed(["Bath", "Bristol"]), listed(["Bath", "Bristol", "Ayr"])
    ('Bath', 'Bath and Bristol', 'Bath, Bristol and Ayr')
    >>> listed(["London", "Slough and Heathrow"])
    'London, and Slough and Heathrow'
    """
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return f"{'; '.join(words[:-1])}; and {words[-1]}"
    if any(" and " in word for word in words):
        return f"{', '.join(words[:-1])}, and {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _digits_of_ends(low: float, high: float, unit: str, digits: int) -> int:
    """None for both ends of a range of shares that runs beyond 100 %."""
    return 0 if unit in SHARES and max(abs(low), abs(high)) > 1 else digits


def _read(text: str, unit: str) -> float:
    """The number that stands in a text of `number`, or in an end of a range; hundredths as parts of one."""
    found = _NUMBER.search(text)
    assert found is not None
    plain = found[0].replace(",", "").replace(MINUS, "-")
    return float(plain + ("e-2" if unit in PARTS_OF_ONE else "")) + 0.0  # no minus before a nought


def _end(value: float, unit: str, digits: int) -> str:
    """An end of a range: with more digits where it would vanish, as `under 0.1 %` and `over 99 %` are no ends."""
    text = number(value, unit, digits, cell=True)
    while text.startswith(BOUNDS) and digits < MOST_DIGITS:
        digits += 1
        text = number(value, unit, digits, cell=True)
    return text.removesuffix(f"{NARROW}pp")


def _sign(value: float, signed: bool) -> str:
    if value < 0:
        return MINUS
    return "+" if signed and value > 0 else ""


def _count(value: float) -> int:
    step = 100 if value >= 10_000 else 10 if value >= 1_000 else 1
    return math.floor(value / step + 0.5) * step


def _probability(value: float, digits: int) -> str:
    """A number from 0 to 1 that reads 0 or 1 only where it is."""
    if value < 1 and float(f"{value:.{digits}f}") == 1:
        return f"over {1 - 10**-digits:.{digits}f}"
    return "1" if value == 1 else _decimals(value, digits, None)


def _decimals(value: float, digits: int, line: float | None, vanishing: str = "under") -> str:
    """Decimals of a number from 0: more where it would be rounded onto the line, `under` where it would vanish."""
    if value == 0:
        return "0"
    if value >= 10:
        digits = min(digits, max(0, 2 - math.floor(math.log10(value))))
    text = f"{value:,.{digits}f}"
    if float(text.replace(",", "")) == 0 and vanishing == "under":
        return f"under {10**-digits:.{digits}f}"
    forbidden = (0.0, line)
    while value not in forbidden and float(text.replace(",", "")) in forbidden and digits < MOST_DIGITS:
        digits += 1
        text = f"{value:,.{digits}f}"
    return text
