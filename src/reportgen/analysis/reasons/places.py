"""
Places: why a comparison between areas is not there: hotspots, profiles, groups, neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.reasons.figures import COUNTED, MOST_NAMED, STATE_WORDS


def too_few_areas(table: str, count: int, place: str) -> str:
    """
    How an industry is spread over areas takes two of them.

    >>> too_few_areas("employment", 1, "Great Britain, 2024")
    'Jobs are known for 1 local area, and how they are spread takes two (Great Britain, 2024).'
    """
    areas = "no local area" if count == 0 else f"{count} local area{'s' if count > 1 else ''}"
    return f"{COUNTED[table].capitalize()} are known for {areas}, and how they are spread takes two ({place})."


def nothing_spread(table: str, place: str) -> str:
    """
    All local areas are known, and there is nothing in them, or all of it in one.

    >>> nothing_spread("employment", "Great Britain, 2024")
    'There are no jobs that could be spread over several local areas (Great Britain, 2024).'
    """
    return f"There are no {COUNTED[table]} that could be spread over several local areas ({place})."


def much_left_out(table: str, count: int, place: str) -> str:
    """
    What rests on the areas that are known leaves out too much.

    >>> much_left_out("employment", 3, "Great Britain, 2024")
    'Jobs are not known for 3 local areas, which hold more than a twentieth of all (Great Britain, 2024).'
    """
    areas = "1 local area, which holds" if count == 1 else f"{count} local areas, which hold"
    return f"{COUNTED[table].capitalize()} are not known for {areas} more than a twentieth of all ({place})."


def no_profile(table: str, place: str) -> str:
    """
    Shares of sub-sectors would divide by zero.

    >>> no_profile("employment", "Bath, 2023")
    'There are no creative jobs whose sub-sectors could be told apart (Bath, 2023).'
    """
    return f"There are no creative {COUNTED[table]} whose sub-sectors could be told apart ({place})."


def no_profiles(place: str) -> str:
    """A mean over local areas of which none has a profile, or of which there are none."""
    return f"No local area here has creative industries to take a mean of ({place})."


def averaged(table: str, state: int, names: Sequence[str], of: int, place: str) -> str:
    """
    Some of the areas that a mean is taken over have no figure, or a poor one.
    Args:
        names: those areas; of: how many there are.

    >>> from reportgen.analysis.shape import MISSING
    >>> averaged("employment", MISSING, ["Belfast"], 3, "United Kingdom, 2023")
    'Creative jobs are missing for Belfast, 1 of the 3 areas that the mean is taken over (United Kingdom, 2023).'
    """
    named = f"{' and '.join(names)}, " if len(names) <= MOST_NAMED else ""
    which = f"{named}{len(names)} of the {of} areas that the mean is taken over"
    return f"Creative {COUNTED[table]} are {STATE_WORDS[state]} for {which} ({place})."


def noisy_profile(count: int, least: int, place: str) -> str:
    """
    The shares of a small area's sub-sectors are noisy, so that it is not compared with others.

    >>> noisy_profile(20, 50, "Bath, 2023")
    'It has 20 creative local units, and with fewer than 50 its profile is too noisy to compare (Bath, 2023).'
    """
    which = f"It has {count} creative local units"
    return f"{which}, and with fewer than {least} its profile is too noisy to compare ({place})."


def few_peers(count: int, year: str) -> str:
    """
    An area has fewer peers than are listed.

    >>> few_peers(1, "2023")
    'Only 1 other local area has a profile that can be compared (2023).'
    """
    which = "other local area has" if count == 1 else "other local areas have"
    return f"Only {count} {which} a profile that can be compared ({year})."


def no_city(least: int, place: str) -> str:
    """
    A local area is too small to be compared as a city.

    >>> no_city(75_000, "Bath, 2023")
    'With fewer than 75,000 jobs in all industries it is not compared as a city (Bath, 2023).'
    """
    return f"With fewer than {least:,} jobs in all industries it is not compared as a city ({place})."


def nothing_to_join(year: str) -> str:
    """A tree has at least two leaves."""
    return f"Fewer than two areas have a known profile, so there is nothing to join ({year})."


def no_group(group: str) -> str:
    """
    What compares groups of areas finds one of them undefined.

    >>> no_group("north")
    'No group of areas is called north (data/groups.toml).'
    """
    return f"No group of areas is called {group} (data/groups.toml)."


def shared_members(one: str, other: str) -> str:
    """Groups that share areas cannot be compared."""
    return f"Some areas belong to both {one} and {other}, so that the two cannot be compared."


def few_cities(count: int, least: int, group: str, needed: int, year: str) -> str:
    """
    A group has too few cities for a test.

    >>> few_cities(2, 75_000, "London", 3, "2023")
    'London has 2 cities with at least 75,000 jobs, and a test needs 3 (2023).'
    """
    cities = "city" if count == 1 else "cities"
    return f"{group} has {count} {cities} with at least {least:,} jobs, and a test needs {needed} ({year})."


def cities_left_out(names: Sequence[str], year: str) -> str:
    """
    Some areas take no part in a test because their figures are not known.

    >>> cities_left_out(["Leeds", "York"], "2023")
    'Left out, as their figures are not known: Leeds and York (2023).'
    """
    named = " and ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} areas"
    return f"Left out, as {'its' if len(names) == 1 else 'their'} figures are not known: {named} ({year})."


def no_differences(year: str) -> str:
    """A test statistic would divide by zero."""
    return f"The cities of each group do not differ at all, so there is nothing to test against ({year})."


def few_areas(used: int, of: int, least: int) -> str:
    """
    A number over areas would rest on too few.

    >>> few_areas(7, 40, 10)
    'Only 7 of the 40 areas have the figures that this rests on; fewer than 10 tell nothing.'
    """
    has = "Only 1" if used == 1 else f"Only {used}" if used else "Not one"
    verb = "has" if used < 2 else "have"
    return f"{has} of the {of} areas {verb} the figures that this rests on; fewer than {least} tell nothing."


def few_beside(beside: int, elsewhere: int, least: int) -> str:
    """
    Two kinds of areas are compared, and of one there are too few.

    >>> few_beside(4, 30, 10)
    'Of the areas with known figures 4 lie beside a hotspot and 30 do not; fewer than 10 of either tell nothing.'
    """
    verb, others = ("lies" if beside == 1 else "lie"), ("does" if elsewhere == 1 else "do")
    return (
        f"Of the areas with known figures {beside} {verb} beside a hotspot and {elsewhere} {others} not; "
        f"fewer than {least} of either tell nothing."
    )


def all_alike(used: int) -> str:
    """A comparison of areas would divide by a spread of zero."""
    return f"A figure that this rests on is the same in all {used} areas, so that nothing can go with it."


def poor_areas(poor: int, used: int) -> str:
    """
    A number over areas rests on some that have poor figures.

    >>> poor_areas(1, 210)
    'Of the 210 areas that this rests on, 1 has a figure of low reliability.'
    """
    return (
        f"Of the {used} areas that this rests on, {poor} {'has' if poor == 1 else 'have'} a figure of low reliability."
    )


def no_industries(group: str) -> str:
    """The version of the definitions lacks a group of industries that creative industries are compared with."""
    return f"The classification has no group of industries {group}."


def no_areas_of(name: str) -> str:
    """Local areas are to be left out, and it is not said which, or the release has none of them."""
    return f"The release has no local areas that are known to belong to {name}."


def no_table(name: str) -> str:
    """
    The release lacks a table that a finding rests on.

    >>> no_table("innovation")
    'The release has no table innovation.'
    """
    return f"The release has no table {name}."


def touches_none(place: str) -> str:
    """An island among areas has nothing beside it to be compared with."""
    return f"It touches no other area ({place})."


def neighbours_unknown(place: str) -> str:
    """All areas beside one have no figure."""
    return f"No area that it touches has a figure ({place})."


def neighbours_poor(place: str) -> str:
    """A comparison of an area with those beside it rests on a poor figure."""
    return f"An area that it touches has a figure of low reliability ({place})."


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
    return f"No sub-sector has a location quotient of {COUNTED[table]} with a known interval ({place})."


def neighbours_open(place: str) -> str:
    """A count of hotspots beside an area that may be higher: of some of its neighbours the answer is not known."""
    return f"It is not known of every area that it touches whether that is a hotspot ({place})."


def not_local(place: str) -> str:
    """
    What is told of local areas alone, asked of a region or a country.

    >>> not_local("Wales, 2023")
    'It is no local area, and only those are looked at (Wales, 2023).'
    """
    return f"It is no local area, and only those are looked at ({place})."


def few_alike(least: int, place: str) -> str:
    """
    An area is held against the middle one of its level, and there are too few of them.

    >>> few_alike(3, "Wales, 2023")
    'Fewer than 3 areas of its level have the figure that it is held against (Wales, 2023).'
    """
    return f"Fewer than {least} areas of its level have the figure that it is held against ({place})."
