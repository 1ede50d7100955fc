"""
Economy: why a rate of the innovation survey, or a figure of the supply chain, is not there.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.reasons.figures import state_word, things
from reportgen.analysis.reasons.written import listed, say


def no_survey(place: str) -> str:
    """
    The release has no answers to the innovation survey, or none of this area, group and wave.

    >>> no_survey("Wales, creative industries, 2021-2023")
    'The release has no figures on innovation (Wales, creative industries, 2021-2023).'
    """
    return say("no_survey", place=place)


def surveyed(state: int, place: str) -> str:
    """
    The survey itself gives no rate, or a poor one.

    >>> from reportgen.analysis.shape import SUPPRESSED
    >>> surveyed(SUPPRESSED, "Wales, creative industries, 2021-2023")
    'The rate of innovation is suppressed (Wales, creative industries, 2021-2023).'
    """
    return say("surveyed", state=state_word(state), place=place)


def few_answers(fewest: int, place: str) -> str:
    """
    A rate that rests on too few businesses to be shown: our own decision, not that of the survey.

    >>> few_answers(30, "Wales, creative industries, 2021-2023")
    'Fewer than 30 businesses answered, too few for a rate (Wales, creative industries, 2021-2023).'
    """
    return say("few_answers", fewest=fewest, place=place)


def answers_not_told(place: str) -> str:
    """A rate without the number of businesses behind it: nobody knows how good it is."""
    return say("answers_not_told", place=place)


def none_innovates(place: str) -> str:
    """A ratio of rates would divide by zero."""
    return say("none_innovates", place=place)


def no_purchases() -> str:
    """The release has no input-output table, or only half of it."""
    return say("no_purchases")


def purchases_not_told(count: int, of: int) -> str:
    """
    Purchases or output are not given for some of the industries that a number rests on.

    >>> purchases_not_told(1, 105)
    'The input-output table lacks a figure on purchases or output for 1 of the 105 industries.'
    """
    return say("purchases_not_told", count=count, of=of)


def no_suppliers(classification: str, suppliers: str) -> str:
    """
    Nobody said which industries are the suppliers.

    >>> no_suppliers("ours", "creative")
    'The classification ours names no suppliers that are creative.'
    """
    return say("no_suppliers", classification=classification, suppliers=suppliers)


def suppliers_not_there(codes: Sequence[str]) -> str:
    """
    The table lacks industries that supply creative inputs: the share would be too low.

    >>> suppliers_not_there(["R90", "R91"])
    'The input-output table has no industries R90 and R91, from which creative inputs come.'
    """
    which = "suppliers_not_there.one" if len(codes) == 1 else "suppliers_not_there.other"
    return say(which, codes=listed(codes))


def no_output(industry: str) -> str:
    """A share of output would divide by zero."""
    return say("no_output", industry=industry)


def not_productive() -> str:
    """The Leontief inverse has no meaning: to make a pound's worth takes more than a pound's worth."""
    return say("not_productive")


def jobs_left_out(count: int, of: int, place: str) -> str:
    """The mix of industries of an area leaves out some, because their jobs are not known."""
    return say("jobs_left_out", count=count, of=of, place=place)


def few_jobs_found(place: str) -> str:
    """The industries that can be found in the input-output table hold too few of the area's jobs."""
    return say("few_jobs_found", place=place)


def nothing_found(place: str) -> str:
    """No job of an area is in an industry that can be found in the input-output table."""
    return say("nothing_found", place=place)


def no_interval() -> str:
    """What a claim is tested by has no interval, and no test of its own."""
    return say("no_interval")


def not_testable() -> str:
    """A claim about firms, or about chances, that is shown beside what can be worked out and not decided."""
    return say("not_testable")


def not_covered(regions: Sequence[str], place: str) -> str:
    """
    The table of universities has none of a whole region, so that nobody knows whether there are any.

    >>> not_covered(["Northern Ireland"], "Belfast, 2024")
    'The release names no university in Northern Ireland, which it is not taken to cover (Belfast, 2024).'
    >>> not_covered(["Wales", "Northern Ireland"], "United Kingdom, 2024")
    'The release names no university in 2 regions, which it is not taken to cover (United Kingdom, 2024).'
    """
    which = "not_covered.one" if len(regions) == 1 else "not_covered.other"
    return say(which, region=regions[0], count=len(regions), place=place)


def measure_not_told(measure: str) -> str:
    """
    The table of universities has no row of a measure.

    >>> measure_not_told("graduates-computing")
    'The release has no figures on graduates-computing.'
    """
    return say("measure_not_told", measure=measure)


def no_graduates() -> str:
    """A share of all graduates would divide by zero."""
    return say("no_graduates")


def no_jobs_beside(table: str, place: str) -> str:
    """
    Graduates are held against jobs of which an area has none.

    >>> no_jobs_beside("employment", "Bath, 2023")
    'There are no jobs in the sub-sector to hold graduates against (Bath, 2023).'
    """
    return say("no_jobs_beside", things=things(table), place=place)


def it_not_counted() -> str:
    """What is about IT has nothing to speak of where it is left out."""
    return say("it_not_counted")


def few_buyers(place: str) -> str:
    """An area has jobs in fewer industries than are named as its biggest buyers."""
    return say("few_buyers", place=place)


def no_other_industry(place: str) -> str:
    """All known jobs of an area are in creative suppliers."""
    return f"No known job is in an industry other than the creative suppliers ({place})."


def nothing_bought(year: str) -> str:
    """A ratio to the country's exposure would divide by zero."""
    return say("nothing_bought", year=year)
