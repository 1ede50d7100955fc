"""
Years: why a change, a projection or a year's figure is not there.
"""

from __future__ import annotations

from reportgen.analysis.reasons.figures import things
from reportgen.analysis.reasons.written import say


def no_start(table: str, place: str) -> str:
    """
    Growth would divide by zero.

    >>> no_start("employment", "Bath, 2015")
    'There are no jobs to grow from (Bath, 2015).'
    >>> no_start("gva", "United Kingdom, 2015")
    'There is no gross value added to grow from (United Kingdom, 2015).'
    """
    return say("no_start.gva" if table == "gva" else "no_start.counted", things=things(table), place=place)


def one_year(year: str) -> str:
    """
    A change needs two years.

    >>> one_year("2024")
    'The release has no year but 2024, so no change can be told.'
    """
    return say("one_year", year=year)


def jump(code: str, before: float, after: float, year: str, area: str) -> str:
    """
    One cell of a table makes a good part of a sum, and changed by more than is likely.

    >>> jump("6201", 200, 1900, "2020", "Bath")
    'Jobs in 6201 went from 200 to 1,900 between 2019 and 2020 (Bath).'
    """
    from_to = {"before": f"{before:,.0f}", "after": f"{after:,.0f}", "earlier": str(int(year) - 1)}
    return say("jump", code=code, **from_to, year=year, area=area)


def short_series(table: str, years: int, least: int, place: str) -> str:
    """
    A projection needs some years to learn from.

    >>> short_series("employment", 3, 5, "Bath")
    'The release has 3 years of jobs; a projection is made from 5 or more (Bath).'
    """
    which = "short_series.one" if years == 1 else "short_series.other"
    return say(which, years=years, things=things(table), least=least, place=place)


def empty_year(table: str, place: str) -> str:
    """A growth factor from or to nothing has no logarithm."""
    return say("empty_year", things=things(table), place=place)


def no_window(table: str, span: int) -> str:
    """
    A promise for some years is held against windows of so many years.

    >>> no_window("employment", 5)
    'The release has no two years of jobs that lie 5 years apart.'
    """
    return say("no_window", things=things(table), span=span)


def no_test(place: str) -> str:
    """No earlier projection can be held against what came."""
    return say("no_test", place=place)


def no_figures(table: str) -> str:
    """The release lacks a whole table."""
    return say("no_figures", things=things(table))


def no_year_before(year: str) -> str:
    """
    What changed since the year before.

    >>> no_year_before("2015")
    'The release has no figures of the year before 2015.'
    """
    return say("no_year_before", year=year)


def few_changes(table: str, number: int, least: int) -> str:
    """
    How far chance moves counts is told from many changes, or not at all.

    >>> few_changes("employment", 4, 20)
    'Only 4 yearly changes of jobs in local areas are known; a dispersion is told from 20 or more.'
    """
    which = "few_changes.one" if number == 1 else "few_changes.other"
    return say(which, number=number, things=things(table), least=least)


def no_gva(year: str) -> str:
    """
    The table of gross value added is absent, or lacks a row.

    >>> no_gva("2023")
    'The release has no figures on gross value added here (2023).'
    """
    return say("no_gva", year=year)


def negative_gva(year: str) -> str:
    """
    Subsidies can be more than what is made; of such a value no rate of growth can be told.

    >>> negative_gva("2023")
    'Gross value added is below zero, so it has no rate of growth (2023).'
    """
    return say("negative_gva", year=year)


def other_years(last: str, first: str) -> str:
    """
    A claim is about growth from one year to another, and growth is told to the latest year alone.

    >>> other_years("2007", "1997")
    'The claim is about growth from 1997 to 2007; the release does not end in 2007 and reach back to 1997.'
    """
    return say("other_years", first=first, last=last)
