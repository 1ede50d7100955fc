"""
Figures: why a count, a sum or a share of counts is not there.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.reasons.written import listed, say
from reportgen.release.tables import STATES

MOST_NAMED = 3  # areas that a sentence names before it counts them
PART, CREATIVE, TOTAL, BUNDLES = "part", "creative", "total", "bundles"  # industries that are added up


def things(table: str) -> str:
    """
    What a table counts, within a sentence.

    >>> things("businesses")
    'local units'
    """
    return say(f"words.things.{table}")


def start(table: str) -> str:
    """The same at the start of a sentence."""
    return say(f"words.Things.{table}")


def state_word(state: int) -> str:
    """How a figure stands that is not ok: `of low reliability`."""
    return say(f"words.state.{STATES[state]}")


def standing(table: str, state: int) -> dict[str, str]:
    """What a table counts, at the start of a sentence, and how it stands."""
    return {"Things": start(table), "state": state_word(state)}


def industries(table: str, state: int, count: int, of: int, which: str, place: str, name: str = "") -> str:
    """
    Some of the industries behind a sum have no figure, or a poor one.
    Args:
        count, of: how many industries, of how many that are added up.
        which: those of a part of creative industries, of all of these, of the total; or bundles of industries.
        place: area and year; name: of the part.

    >>> from reportgen.analysis.shape import MISSING, SUPPRESSED
    >>> industries("employment", SUPPRESSED, 1, 4, PART, "Bath, 2023", "Publishing")
    'Jobs are suppressed for 1 of the 4 industries of Publishing (Bath, 2023).'
    >>> industries("employment", MISSING, 1, 1, PART, "Bath, 2023", "Crafts")
    'Jobs are missing for the one industry of Crafts (Bath, 2023).'
    """
    how_many = "one" if of == 1 else "all" if count == of else "some"
    words = {**standing(table, state), "name": name, "place": place}
    return say(f"industries.{which}.{how_many}", **words, count=count, of=of)


def total(table: str, state: int, place: str) -> str:
    """The area's own total over all industries has no figure, or a poor one."""
    return say("total", **standing(table, state), place=place)


def no_rows(table: str, place: str) -> str:
    """The table does not cover the area in this year."""
    return say("no_rows", things=things(table), place=place)


def too_coarse(table: str, name: str, codes: Sequence[str]) -> str:
    """
    The table has only industries that hold more than the definition does.

    >>> too_coarse("employment", "Architecture", ["71"])
    'The release gives jobs only for division 71 as a whole, which holds more than Architecture.'
    """
    words = ", ".join(say(f"words.code.{len(code)}", code=code) for code in codes)
    return say("too_coarse", things=things(table), codes=words, name=name)


def not_all_there(table: str, name: str, entries: Sequence[str]) -> str:
    """
    The table lacks some industries of a group that creative industries are compared with.

    >>> not_all_there("employment", "KIBS", ["63", "69"])
    'The release has no figures on jobs in 63 and 69, which KIBS takes in.'
    """
    return say("not_all_there", things=things(table), codes=listed(entries), name=name)


def all_waived(table: str, name: str) -> str:
    """The release waives, by name, every industry of the definition."""
    return say("all_waived", things=things(table), name=name)


def areas(table: str, state: int, names: Sequence[str], of: int, place: str) -> str:
    """
    Some of the areas that are added up to one have no figure, or a poor one.
    Args:
        names: those areas; of: how many are added up.

    >>> from reportgen.analysis.shape import MISSING
    >>> areas("employment", MISSING, ["Northern Ireland"], 2, "United Kingdom, 2023")
    'Jobs are missing for Northern Ireland, 1 of the 2 areas that make it up (United Kingdom, 2023).'
    """
    if of == 1:
        which = "areas.itself" if place.startswith(f"{names[0]}, ") else "areas.only"  # a region of a single area
    else:
        which = "areas.named" if len(names) <= MOST_NAMED else "areas.counted"
    return say(which, **standing(table, state), names=" and ".join(names), count=len(names), of=of, place=place)


def no_members(place: str) -> str:
    """An area is to be added up, and nothing belongs to it."""
    return say("no_members", place=place)


def no_total(table: str, place: str) -> str:
    """A share would divide by zero: the area has none in any industry."""
    return say("no_total", things=things(table), place=place)


def no_base(table: str, year: str) -> str:
    """A quotient would divide by zero: the whole has none in this sub-sector."""
    return say("no_base", things=things(table), year=year)


def is_whole(place: str) -> str:
    """
    What others are held against, or lie in, is no place among others.

    >>> is_whole("Great Britain, 2024")
    'It is a whole that places are compared with or lie in, and no place among others (Great Britain, 2024).'
    """
    return say("is_whole", place=place)


def outside(place: str) -> str:
    """
    The area is no part of the whole, so there is no whole without it.

    >>> outside("Belfast, 2024")
    'It lies outside Great Britain, which is already without it (Belfast, 2024).'
    """
    return say("outside", place=place)


def nowhere_else(table: str, place: str) -> str:
    """
    A quotient against the rest would divide by zero.

    >>> nowhere_else("employment", "Bath, 2024")
    'No jobs of this sub-sector are left in Great Britain outside of it (Bath, 2024).'
    """
    return say("nowhere_else", things=things(table), place=place)


def nothing_to_draw_on(table: str, place: str) -> str:
    """
    Areas of a level tell what is usual among them; here none of them has any.

    >>> nothing_to_draw_on("businesses", "Bath, 2024")
    'No area of its level is known to have local units in this sub-sector (Bath, 2024).'
    """
    return say("nothing_to_draw_on", things=things(table), place=place)


def no_sizes(place: str) -> str:
    """Nothing is known of the sizes of establishments, not even how many there are."""
    return say("no_sizes", place=place)


def one_establishment(place: str) -> str:
    """
    One establishment lies somewhere, so that it is in one place tells nothing.

    >>> one_establishment("Great Britain, 2024")
    'All of it counts as one establishment, which has to lie in one place (Great Britain, 2024).'
    """
    return say("one_establishment", place=place)


def not_shared_out(place: str) -> str:
    """The area's figures are its own, or sums of areas; they were not shared out between areas by weights."""
    return say("not_shared_out", place=place)


def of_an_authority(table: str, state: int, place: str) -> str:
    """
    An area's total rests on that of an authority which has no figure, or a poor one.

    >>> from reportgen.analysis.shape import SUPPRESSED
    >>> of_an_authority("employment", SUPPRESSED, "Bath, 2023")
    'Jobs are suppressed for an authority that lies in it, whole or in part (Bath, 2023).'
    """
    return say("of_an_authority", **standing(table, state), place=place)


def assumed_sizes(basis: str) -> str:
    """
    Without size bands, how lumpy a sub-sector is has to be assumed.
    Args:
        basis: `units` or `jobs`, what is known instead.

    >>> assumed_sizes("jobs")
    'Assumed, as the release has no local units by size band: from the number of jobs.'
    """
    return say("assumed_sizes.units" if basis == "units" else "assumed_sizes.jobs")


def begins_at_nought(place: str) -> str:
    """How wide an interval is, as a ratio of its ends, would divide by zero."""
    return say("begins_at_nought", place=place)
