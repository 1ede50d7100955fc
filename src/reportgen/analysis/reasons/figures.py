"""
Figures: why a count, a sum or a share of counts is not there.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.shape import LOW_RELIABILITY, MISSING, NOT_APPLICABLE, SUPPRESSED

COUNTED = {"employment": "jobs", "businesses": "local units"}  # table → what it counts
STATE_WORDS = {
    LOW_RELIABILITY: "of low reliability",
    NOT_APPLICABLE: "not applicable",
    MISSING: "missing",
    SUPPRESSED: "suppressed",
}
CODE_WORDS = {2: "division", 3: "group", 4: "class", 5: "subclass"}  # digits of an industry code → its level
MOST_NAMED = 3  # areas that a sentence names before it counts them


def given(table: str, state: int) -> str:
    """Of what a table counts, how it stands: `Jobs are suppressed`."""
    return f"{COUNTED[table].capitalize()} are {STATE_WORDS[state]}"


def industries(table: str, state: int, count: int, of: int, kind: str, place: str) -> str:
    """
    Some of the industries behind a sum have no figure, or a poor one.
    Args:
        count, of: how many industries, of how many that are added up.
        kind: what all of them are, in the plural.
        place: area and year.

    >>> industries("employment", SUPPRESSED, 1, 4, "industries of Publishing", "Bath, 2023")
    'Jobs are suppressed for 1 of the 4 industries of Publishing (Bath, 2023).'
    >>> industries("employment", MISSING, 1, 1, "industries of Crafts", "Bath, 2023")
    'Jobs are missing for the one industry of Crafts (Bath, 2023).'
    """
    if of == 1:
        which = f"the one {kind.replace('industries', 'industry', 1)}"
    elif count == of:
        which = f"all {of} {kind}"
    else:
        which = f"{count} of the {of} {kind}"
    return f"{given(table, state)} for {which} ({place})."


def total(table: str, state: int, place: str) -> str:
    """The area's own total over all industries has no figure, or a poor one."""
    return f"{given(table, state)} for all industries together ({place})."


def no_rows(table: str, place: str) -> str:
    """The table does not cover the area in this year."""
    return f"The release has no figures on {COUNTED[table]} ({place})."


def too_coarse(table: str, name: str, codes: Sequence[str]) -> str:
    """
    The table has only industries that hold more than the definition does.

    >>> too_coarse("employment", "Architecture", ["71"])
    'The release gives jobs only for division 71 as a whole, which holds more than Architecture.'
    """
    listed = ", ".join(f"{CODE_WORDS[len(code)]} {code}" for code in codes)
    return f"The release gives {COUNTED[table]} only for {listed} as a whole, which holds more than {name}."


def not_all_there(table: str, name: str, entries: Sequence[str]) -> str:
    """
    The table lacks some industries of a group that creative industries are compared with.

    >>> not_all_there("employment", "KIBS", ["63", "69"])
    'The release has no figures on jobs in 63 and 69, which KIBS takes in.'
    """
    listed = " and ".join(filter(None, [", ".join(entries[:-1]), entries[-1]]))
    return f"The release has no figures on {COUNTED[table]} in {listed}, which {name} takes in."


def all_waived(table: str, name: str) -> str:
    """The release waives, by name, every industry of the definition."""
    return f"The release has no figures on {COUNTED[table]} in any industry of {name}."


def areas(table: str, state: int, names: Sequence[str], of: int, place: str) -> str:
    """
    Some of the areas that are added up to one have no figure, or a poor one.
    Args:
        names: those areas; of: how many are added up.

    >>> areas("employment", MISSING, ["Northern Ireland"], 2, "United Kingdom, 2023")
    'Jobs are missing for Northern Ireland, 1 of the 2 areas added up (United Kingdom, 2023).'
    """
    if of == 1:
        return f"{given(table, state)} for {names[0]}, the one area that it is made of ({place})."
    named = f"{' and '.join(names)}, " if len(names) <= MOST_NAMED else ""
    return f"{given(table, state)} for {named}{len(names)} of the {of} areas added up ({place})."


def no_members(place: str) -> str:
    """An area is to be added up, and nothing belongs to it."""
    return f"No area of the release belongs to it ({place})."


def no_total(table: str, place: str) -> str:
    """A share would divide by zero: the area has none in any industry."""
    return f"There are no {COUNTED[table]} in any industry to take a share of ({place})."


def no_base(table: str, year: str) -> str:
    """A quotient would divide by zero: the whole has none in this sub-sector."""
    return f"The whole that places are compared with has no {COUNTED[table]} in this sub-sector ({year})."


def is_whole(place: str) -> str:
    """
    What others are held against, or lie in, is no place among others.

    >>> is_whole("Great Britain, 2024")
    'It is a whole that places are compared with or lie in, and no place among others (Great Britain, 2024).'
    """
    return f"It is a whole that places are compared with or lie in, and no place among others ({place})."


def outside(place: str) -> str:
    """
    The area is no part of the whole, so there is no whole without it.

    >>> outside("Belfast, 2024")
    'It lies outside Great Britain, which is already without it (Belfast, 2024).'
    """
    return f"It lies outside Great Britain, which is already without it ({place})."


def nowhere_else(table: str, place: str) -> str:
    """
    A quotient against the rest would divide by zero.

    >>> nowhere_else("employment", "Bath, 2024")
    'No jobs of this sub-sector are left in Great Britain outside of it (Bath, 2024).'
    """
    return f"No {COUNTED[table]} of this sub-sector are left in Great Britain outside of it ({place})."


def nothing_to_draw_on(table: str, place: str) -> str:
    """
    Areas of a level tell what is usual among them; here none of them has any.

    >>> nothing_to_draw_on("businesses", "Bath, 2024")
    'No area of its level is known to have local units in this sub-sector (Bath, 2024).'
    """
    return f"No area of its level is known to have {COUNTED[table]} in this sub-sector ({place})."


def no_sizes(place: str) -> str:
    """Nothing is known of the sizes of establishments, not even how many there are."""
    return f"It is not known how many establishments there are, or how large ({place})."


def one_establishment(place: str) -> str:
    """
    One establishment lies somewhere, so that it is in one place tells nothing.

    >>> one_establishment("Great Britain, 2024")
    'All of it counts as one establishment, which has to lie in one place (Great Britain, 2024).'
    """
    return f"All of it counts as one establishment, which has to lie in one place ({place})."


def not_shared_out(place: str) -> str:
    """The area's figures are its own, or sums of areas; they were not shared out between areas by weights."""
    return f"No figures of authorities were shared out to it by weights ({place})."


def of_an_authority(table: str, state: int, place: str) -> str:
    """
    An area's total rests on that of an authority which has no figure, or a poor one.

    >>> of_an_authority("employment", SUPPRESSED, "Bath, 2023")
    'Jobs are suppressed for an authority that lies in it, whole or in part (Bath, 2023).'
    """
    return f"{given(table, state)} for an authority that lies in it, whole or in part ({place})."


def assumed_sizes(basis: str) -> str:
    """
    Without size bands, how lumpy a sub-sector is has to be assumed.
    Args:
        basis: `units` or `jobs`, what is known instead.

    >>> assumed_sizes("jobs")
    'Assumed, as the release has no local units by size band: from the number of jobs.'
    """
    known = {"units": "local units", "jobs": "jobs"}[basis]
    return f"Assumed, as the release has no local units by size band: from the number of {known}."


def begins_at_nought(place: str) -> str:
    """How wide an interval is, as a ratio of its ends, would divide by zero."""
    return f"The interval of the quotient begins at nought, so that its ends have no ratio ({place})."
