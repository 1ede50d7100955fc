"""
Coarseness: whether any creative sub-sector at all can be computed from the industries of the table of jobs.
Where only some cannot, they are missing, each with its reason; where none can, a pack would have nothing to say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reportgen.classification import Classification, digits, match
from reportgen.errors import Problem
from reportgen.release.checks.book import Book
from reportgen.release.checks.industries import DEFINING, codes_of

CLASS = 4  # digits
WORDS = {2: ("division", "divisions"), 3: ("group", "groups"), CLASS: ("class", "classes")}


def check_coarseness(book: Book) -> list[Problem]:
    """The check of this module."""
    sheet = book.sheets.get(DEFINING)
    if sheet is None or book.info is None or book.classification is None:
        return []
    codes = codes_of(sheet)
    found = [match(each, codes, book.info.absent_codes) for each in book.classification.creative]
    coarser = sorted({code for each in found for code in each.coarser})
    if not coarser or any(each.codes and not each.coarser for each in found):
        return []
    one, many = _called(coarser, 0), _called(coarser, 1)
    mixed = {code: parts for code in coarser if (parts := _parts(book.classification, code))[1]}
    if mixed:
        code = max(mixed, key=lambda code: min(map(len, mixed[code])))  # the first that holds the most of both
        creative, others = (_listed(part) for part in mixed[code])
        why = f"creative industries are classes: {one} {code} holds {creative}, which are, and {others}, which are not"
        detail = f"of the {many}, {_listed(list(mixed))} hold other classes besides creative ones"
    else:
        why, detail = f"sub-sectors are made of classes, and these {many} hold several of them", _listed(coarser)
    fix = "fetch jobs by class (4 digits) or subclass (5 digits); on Nomis that is the type of industry"
    what = f"no creative sub-sector can be computed from {many}"
    return [sheet.problem("too-coarse", what, why, fix, detail=detail)]


def _called(codes: Sequence[str], number: int) -> str:
    """What industries are called that have so many digits; `industries` if they differ."""
    lengths = {len(code) for code in codes}
    return WORDS[lengths.pop()][number] if len(lengths) == 1 else ("industry", "industries")[number]


def _parts(classification: Classification, code: str) -> tuple[list[str], list[str]]:
    """The classes of an industry that are creative, and those that are not."""
    entries = tuple(digits(entry) for entry in classification.whole.entries)
    classes = sorted(each for each in classification.names if each.startswith(code) and len(each) == CLASS)
    return [each for each in classes if each.startswith(entries)], [
        each for each in classes if not each.startswith(entries)
    ]


def _listed(words: Collection[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last
