"""
Places: why a comparison between areas is not there: hotspots, profiles, groups, neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.reasons.figures import MOST_NAMED, start, state_word, things
from reportgen.analysis.reasons.written import say


def too_few_areas(table: str, count: int, place: str) -> str:
    """
    How an industry is spread over areas takes two of them.

    >>> too_few_areas("employment", 1, "Great Britain, 2024")
    'Jobs are known for 1 local area, and how they are spread takes two (Great Britain, 2024).'
    """
    which = ("too_few_areas.none", "too_few_areas.one", "too_few_areas.other")[min(count, 2)]
    return say(which, Things=start(table), count=count, place=place)


def nothing_spread(table: str, place: str) -> str:
    """
    All local areas are known, and there is nothing in them, or all of it in one.

    >>> nothing_spread("employment", "Great Britain, 2024")
    'There are no jobs that could be spread over several local areas (Great Britain, 2024).'
    """
    return say("nothing_spread", things=things(table), place=place)


def much_left_out(table: str, count: int, place: str) -> str:
    """
    What rests on the areas that are known leaves out too much.

    >>> much_left_out("employment", 3, "Great Britain, 2024")
    'Jobs are not known for 3 local areas, which hold more than a twentieth of all (Great Britain, 2024).'
    """
    which = "much_left_out.one" if count == 1 else "much_left_out.other"
    return say(which, Things=start(table), count=count, place=place)


def no_profile(table: str, place: str) -> str:
    """
    Shares of sub-sectors would divide by zero.

    >>> no_profile("employment", "Bath, 2023")
    'There are no creative jobs whose sub-sectors could be told apart (Bath, 2023).'
    """
    return say("no_profile", things=things(table), place=place)


def no_profiles(place: str) -> str:
    """A mean over local areas of which none has a profile, or of which there are none."""
    return say("no_profiles", place=place)


def averaged(table: str, state: int, names: Sequence[str], of: int, place: str) -> str:
    """
    Some of the areas that a mean is taken over have no figure, or a poor one.
    Args:
        names: those areas; of: how many there are.

    >>> from reportgen.analysis.shape import MISSING
    >>> averaged("employment", MISSING, ["Belfast"], 3, "United Kingdom, 2023")
    'Creative jobs are missing for Belfast, 1 of the 3 areas that the mean is taken over (United Kingdom, 2023).'
    """
    which = "averaged.only" if of == 1 else "averaged.named" if len(names) <= MOST_NAMED else "averaged.counted"
    words = {"things": things(table), "state": state_word(state), "names": " and ".join(names)}
    return say(which, **words, count=len(names), of=of, place=place)


def noisy_profile(count: int, least: int, place: str) -> str:
    """
    The shares of a small area's sub-sectors are noisy, so that it is not compared with others.

    >>> noisy_profile(20, 50, "Bath, 2023")
    'It has 20 creative local units, and with fewer than 50 its profile is too noisy to compare (Bath, 2023).'
    """
    which = "noisy_profile.one" if count == 1 else "noisy_profile.other"
    return say(which, count=count, least=least, place=place)


def few_peers(count: int, year: str) -> str:
    """
    An area has fewer peers than are listed.

    >>> few_peers(1, "2023")
    'Only 1 other local area has a profile that can be compared (2023).'
    """
    return say("few_peers.one" if count == 1 else "few_peers.other", count=count, year=year)


def no_city(least: int, place: str) -> str:
    """
    A local area is too small to be compared as a city.

    >>> no_city(75_000, "Bath, 2023")
    'With fewer than 75,000 jobs in all industries it is not compared as a city (Bath, 2023).'
    """
    return say("no_city", least=least, place=place)


def nothing_to_join(year: str) -> str:
    """A tree has at least two leaves."""
    return say("nothing_to_join", year=year)


def no_group(group: str) -> str:
    """
    What compares groups of areas finds one of them undefined.

    >>> no_group("north")
    'No group of areas is called north (data/groups.toml).'
    """
    return say("no_group", group=group)


def shared_members(one: str, other: str) -> str:
    """Groups that share areas cannot be compared."""
    return say("shared_members", one=one, other=other)


def no_cities(least: int, year: str) -> str:
    """
    No area is too small to be a city, as areas are so large that each has a city and more in it.

    >>> no_cities(75_000, "2018")
    'Each area of the groups compared has at least 75,000 jobs, too large to tell cities from other places (2018).'
    """
    return say("no_cities", least=least, year=year)


def few_cities(count: int, least: int, group: str, needed: int, year: str) -> str:
    """
    A group has too few cities for a test.

    >>> few_cities(2, 75_000, "London", 3, "2023")
    'London has 2 cities with at least 75,000 jobs, and a test needs 3 (2023).'
    """
    which = "few_cities.one" if count == 1 else "few_cities.other"
    return say(which, count=count, least=least, group=group, needed=needed, year=year)


def cities_left_out(names: Sequence[str], year: str) -> str:
    """
    Some areas take no part in a test because their figures are not known.

    >>> cities_left_out(["Leeds", "York"], "2023")
    'Left out, as their figures are not known: Leeds and York (2023).'
    """
    few = "cities_left_out.one" if len(names) == 1 else "cities_left_out.named"
    which = few if len(names) <= MOST_NAMED else "cities_left_out.counted"
    return say(which, names=" and ".join(names), count=len(names), year=year)


def no_differences(year: str) -> str:
    """A test statistic would divide by zero."""
    return say("no_differences", year=year)


def few_areas(used: int, of: int, least: int) -> str:
    """
    A number over areas would rest on too few.

    >>> few_areas(7, 40, 10)
    'Areas that have the figures that this rests on: 7 of 40; fewer than 10 tell nothing.'
    """
    return say("few_areas", used=used, of=of, least=least)


def few_beside(beside: int, elsewhere: int, least: int) -> str:
    """
    Two kinds of areas are compared, and of one there are too few.

    >>> few_beside(4, 30, 10)
    'Of the areas with known figures 4 lie beside a hotspot and 30 do not; fewer than 10 of either tell nothing.'
    """
    one = "few_beside.one.one" if elsewhere == 1 else "few_beside.one.other"
    other = "few_beside.other.one" if elsewhere == 1 else "few_beside.other.other"
    return say(one if beside == 1 else other, beside=beside, elsewhere=elsewhere, least=least)


def all_alike(used: int) -> str:
    """A comparison of areas would divide by a spread of zero."""
    return say("all_alike", used=used)


def poor_areas(poor: int, used: int) -> str:
    """
    A number over areas rests on some that have poor figures.

    >>> poor_areas(1, 210)
    'Of the 210 areas that this rests on, 1 has a figure of low reliability.'
    """
    return say("poor_areas.one" if poor == 1 else "poor_areas.other", poor=poor, used=used)


def no_industries(group: str) -> str:
    """The version of the definitions lacks a group of industries that creative industries are compared with."""
    return say("no_industries", group=group)


def no_areas_of(name: str) -> str:
    """Local areas are to be left out, and it is not said which, or the release has none of them."""
    return say("no_areas_of", name=name)


def no_table(name: str) -> str:
    """
    The release lacks a table that a finding rests on.

    >>> no_table("innovation")
    'The release has no innovation table.'
    """
    return say("no_table", name=name)


def touches_none(place: str) -> str:
    """An island among areas has nothing beside it to be compared with."""
    return say("touches_none", place=place)


def neighbours_unknown(place: str) -> str:
    """All areas beside one have no figure."""
    return say("neighbours_unknown", place=place)


def neighbours_poor(place: str) -> str:
    """A comparison of an area with those beside it rests on a poor figure."""
    return say("neighbours_poor", place=place)


def no_hotspot(place: str) -> str:
    """Only hotspots have a rank among hotspots."""
    return say("no_hotspot", place=place)


def without_london(place: str) -> str:
    """A local area that counts as London, where London is left out."""
    return say("without_london", place=place)


def no_london_group() -> str:
    """What leaves London out has to know which local areas that means."""
    return say("no_london_group")


def no_it() -> str:
    """What leaves IT out has nothing to leave out."""
    return say("no_it")


def no_rule(place: str) -> str:
    """Every variant of the hotspot rules has too many unknown figures of an area."""
    return say("no_rule", place=place)


def none_anywhere(table: str, year: str) -> str:
    """
    There is nothing to rank by.

    >>> none_anywhere("businesses", "2023")
    'No local area has creative local units to rank it by (2023).'
    """
    return say("none_anywhere", things=things(table), year=year)


def no_answers(place: str) -> str:
    """A group whose local areas all have too many unknown figures for the rule."""
    return say("no_answers", place=place)


def no_local_areas(place: str) -> str:
    """A group without local areas has no hotspots to count."""
    return say("no_local_areas", place=place)


def no_quotients(table: str, place: str) -> str:
    """All sub-sectors of an area are unknown, so that none can be said to lie on a side."""
    return say("no_quotients", things=things(table), place=place)


def neighbours_open(place: str) -> str:
    """A count of hotspots beside an area that may be higher: of some of its neighbours the answer is not known."""
    return say("neighbours_open", place=place)


def not_local(place: str) -> str:
    """
    What is told of local areas alone, asked of a region or a country.

    >>> not_local("Wales, 2023")
    'It is no local area, and only those are looked at (Wales, 2023).'
    """
    return say("not_local", place=place)


def few_alike(least: int, place: str) -> str:
    """
    An area is held against the middle one of its level, and there are too few of them.

    >>> few_alike(3, "Wales, 2023")
    'Fewer than 3 areas of its level have the figure that it is held against (Wales, 2023).'
    """
    return say("few_alike", least=least, place=place)
