"""
Years: checks that what release.toml says of years is about years that its tables have.
"""

from __future__ import annotations

from reportgen.errors import Problem
from reportgen.release.checks.book import Book
from reportgen.release.info import DATED, FILE


def check_years(book: Book) -> list[Problem]:
    """Provisional years that no table has, and breaks in a year that their table does not have."""
    if book.info is None:
        return []
    years = {name: _years(book, name) for name in DATED if name in book.sheets}
    every = set().union(*years.values())
    problems = [
        _problem("provisional_years names a year that no table has", f'"{year}"')
        for year in book.info.provisional_years
        if years and year not in every
    ]
    for number, each in enumerate(book.info.breaks, start=1):
        for table in each.tables:
            if table in years and str(each.year) not in years[table]:
                what = f"breaks[{number}] names a year that {table} does not have"
                problems.append(_problem(what, f"year = {each.year}"))
    return problems


def _years(book: Book, table: str) -> set[str]:
    column = book.sheets[table].columns["year"]
    return {text for text, count in zip(column.values, column.counts(), strict=True) if count}


def _problem(what: str, detail: str) -> Problem:
    why, fix = "no number would carry the mark that is meant for it", "correct the year, or take it out"
    return Problem("year-without-rows", what, why, fix, file=FILE, detail=detail)
