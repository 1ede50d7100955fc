"""
Reasons: whole sentences for what stands in the way of a number. Each says what, why and where, so that it holds
wherever the number is used. Takes words and counts, gives sentences; decides nothing.
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
    return f"{_given(table, state)} for {which} ({place})."


def total(table: str, state: int, place: str) -> str:
    """The area's own total over all industries has no figure, or a poor one."""
    return f"{_given(table, state)} for all industries together ({place})."


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
        return f"{_given(table, state)} for {names[0]}, the one area that it is made of ({place})."
    named = f"{' and '.join(names)}, " if len(names) <= MOST_NAMED else ""
    return f"{_given(table, state)} for {named}{len(names)} of the {of} areas added up ({place})."


def no_members(place: str) -> str:
    """An area is to be added up, and nothing belongs to it."""
    return f"No area of the release belongs to it ({place})."


def no_total(table: str, place: str) -> str:
    """A share would divide by zero: the area has none in any industry."""
    return f"There are no {COUNTED[table]} in any industry to take a share of ({place})."


def no_base(table: str, year: str) -> str:
    """A quotient would divide by zero: the whole has none in this sub-sector."""
    return f"The whole that places are compared with has no {COUNTED[table]} in this sub-sector ({year})."


def no_start(table: str, place: str) -> str:
    """
    Growth would divide by zero.

    >>> no_start("employment", "Bath, 2015")
    'There are no jobs to grow from (Bath, 2015).'
    """
    return f"There are no {COUNTED[table]} to grow from ({place})."


def one_year(year: str) -> str:
    """
    A change needs two years.

    >>> one_year("2024")
    'The release has no year but 2024, so no change can be told.'
    """
    return f"The release has no year but {year}, so no change can be told."


def no_hotspot(place: str) -> str:
    """Only hotspots have a rank among hotspots."""
    return f"Not a hotspot, so without a rank among them ({place})."


def without_london(place: str) -> str:
    """A local area that counts as London, where London is left out."""
    return f"It counts as London, which is left out here ({place})."


def no_london_group() -> str:
    """What leaves London out has to know which local areas that means."""
    return "No group of areas says which of them count as London."


def no_it() -> str:
    """What leaves IT out has nothing to leave out."""
    return "Creative industries, as they are counted here, have no IT to leave out."


def no_rule(place: str) -> str:
    """Every variant of the hotspot rules has too many unknown figures of an area."""
    return f"No variant of the rules has an answer ({place})."


def none_anywhere(table: str, year: str) -> str:
    """
    There is nothing to rank by.

    >>> none_anywhere("businesses", "2023")
    'No local area has creative local units to rank it by (2023).'
    """
    return f"No local area has creative {COUNTED[table]} to rank it by ({year})."


def no_answers(place: str) -> str:
    """A group whose local areas all have too many unknown figures for the rule."""
    return f"The rule's answer is not known for any local area here ({place})."


def no_local_areas(place: str) -> str:
    """A group without local areas has no hotspots to count."""
    return f"The release has no local areas here ({place})."


def no_quotients(table: str, place: str) -> str:
    """All sub-sectors of an area are unknown, so that none can be said to lie on a side."""
    return f"No sub-sector has a known location quotient of {COUNTED[table]} ({place})."


def not_shared_out(place: str) -> str:
    """The area's figures are its own, or sums of areas; they were not shared out between areas by weights."""
    return f"No figures of authorities were shared out to it by weights ({place})."


def of_an_authority(table: str, state: int, place: str) -> str:
    """
    An area's total rests on that of an authority which has no figure, or a poor one.

    >>> of_an_authority("employment", SUPPRESSED, "Bath, 2023")
    'Jobs are suppressed for an authority that lies in it, whole or in part (Bath, 2023).'
    """
    return f"{_given(table, state)} for an authority that lies in it, whole or in part ({place})."


def _given(table: str, state: int) -> str:
    return f"{COUNTED[table].capitalize()} are {STATE_WORDS[state]}"
