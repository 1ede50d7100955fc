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


def no_start(table: str, place: str) -> str:
    """
    Growth would divide by zero.

    >>> no_start("employment", "Bath, 2015")
    'There are no jobs to grow from (Bath, 2015).'
    >>> no_start("gva", "United Kingdom, 2015")
    'There is no gross value added to grow from (United Kingdom, 2015).'
    """
    if table == "gva":
        return f"There is no gross value added to grow from ({place})."
    return f"There are no {COUNTED[table]} to grow from ({place})."


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


def one_year(year: str) -> str:
    """
    A change needs two years.

    >>> one_year("2024")
    'The release has no year but 2024, so no change can be told.'
    """
    return f"The release has no year but {year}, so no change can be told."


def jump(code: str, before: float, after: float, year: str, area: str) -> str:
    """
    One cell of a table makes a good part of a sum, and changed by more than is likely.

    >>> jump("6201", 200, 1900, "2020", "Bath")
    'Jobs in 6201 went from 200 to 1,900 between 2019 and 2020 (Bath).'
    """
    return f"Jobs in {code} went from {before:,.0f} to {after:,.0f} between {int(year) - 1} and {year} ({area})."


def short_series(table: str, years: int, least: int, place: str) -> str:
    """
    A projection needs some years to learn from.

    >>> short_series("employment", 3, 5, "Bath")
    'The release has 3 years of jobs, of at least 5 that a projection is made from (Bath).'
    """
    has = "1 year" if years == 1 else f"{years} years"
    return f"The release has {has} of {COUNTED[table]}, of at least {least} that a projection is made from ({place})."


def empty_year(table: str, place: str) -> str:
    """A growth factor from or to nothing has no logarithm."""
    return f"There were no {COUNTED[table]} in at least one year, so no growth can be carried on ({place})."


def no_window(table: str, span: int) -> str:
    """
    A promise for some years is held against windows of so many years.

    >>> no_window("employment", 5)
    'The release has no two years of jobs that lie 5 years apart.'
    """
    return f"The release has no two years of {COUNTED.get(table, 'gross value added')} that lie {span} years apart."


def no_test(place: str) -> str:
    """No earlier projection can be held against what came."""
    return f"No earlier projection can be held against what came ({place})."


def no_figures(table: str) -> str:
    """The release lacks a whole table."""
    return f"The release has no figures on {COUNTED.get(table, 'gross value added')}."


def no_year_before(year: str) -> str:
    """
    What changed since the year before.

    >>> no_year_before("2015")
    'The release has no figures of the year before 2015.'
    """
    return f"The release has no figures of the year before {year}."


def few_changes(table: str, number: int, least: int) -> str:
    """
    How far chance moves counts is told from many changes, or not at all.

    >>> few_changes("employment", 4, 20)
    'Only 4 yearly changes of jobs in local areas are known, of at least 20 that a dispersion is told from.'
    """
    changes = "1 yearly change" if number == 1 else f"{number} yearly changes"
    are = "is" if number == 1 else "are"
    return (
        f"Only {changes} of {COUNTED[table]} in local areas {are} known, of at least {least} that a dispersion is told "
        "from."
    )


def no_gva(year: str) -> str:
    """
    The table of gross value added is absent, or lacks a row.

    >>> no_gva("2023")
    'The release has no figures on gross value added here (2023).'
    """
    return f"The release has no figures on gross value added here ({year})."


def negative_gva(year: str) -> str:
    """
    Subsidies can be more than what is made; of such a value no rate of growth can be told.

    >>> negative_gva("2023")
    'Gross value added is below nought, so it has no rate of growth (2023).'
    """
    return f"Gross value added is below nought, so it has no rate of growth ({year})."


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


def no_survey(place: str) -> str:
    """
    The release has no answers to the innovation survey, or none of this area, group and wave.

    >>> no_survey("Wales, creative industries, 2021-2023")
    'The release has no figures on innovation (Wales, creative industries, 2021-2023).'
    """
    return f"The release has no figures on innovation ({place})."


def surveyed(state: int, place: str) -> str:
    """
    The survey itself gives no rate, or a poor one.

    >>> surveyed(SUPPRESSED, "Wales, creative industries, 2021-2023")
    'The rate of innovation is suppressed (Wales, creative industries, 2021-2023).'
    """
    return f"The rate of innovation is {STATE_WORDS[state]} ({place})."


def few_answers(fewest: int, place: str) -> str:
    """
    A rate that rests on too few businesses to be shown: our own decision, not that of the survey.

    >>> few_answers(30, "Wales, creative industries, 2021-2023")
    'Fewer than 30 businesses answered, too few for a rate (Wales, creative industries, 2021-2023).'
    """
    return f"Fewer than {fewest} businesses answered, too few for a rate ({place})."


def answers_not_told(place: str) -> str:
    """A rate without the number of businesses behind it: nobody knows how good it is."""
    return f"The release does not say how many businesses answered ({place})."


def none_innovates(place: str) -> str:
    """A ratio of rates would divide by zero."""
    return f"No business of the group compared with reports it, so there is no ratio to it ({place})."


def no_purchases() -> str:
    """The release has no input-output table, or only half of it."""
    return "The release has no figures on what industries buy from one another and on their output."


def purchases_not_told(count: int, of: int) -> str:
    """
    Purchases or output are not given for some of the industries that a number rests on.

    >>> purchases_not_told(1, 105)
    'The input-output table lacks a figure on purchases or output for 1 of the 105 industries.'
    """
    return f"The input-output table lacks a figure on purchases or output for {count} of the {of} industries."


def no_suppliers(classification: str, suppliers: str) -> str:
    """
    Nobody said which industries are the suppliers.

    >>> no_suppliers("ours", "creative")
    'The classification ours names no suppliers that are creative.'
    """
    return f"The classification {classification} names no suppliers that are {suppliers}."


def suppliers_not_there(codes: Sequence[str]) -> str:
    """
    The table lacks industries that supply creative inputs: the share would be too low.

    >>> suppliers_not_there(["R90", "R91"])
    'The input-output table has no industries R90 and R91, from which creative inputs come.'
    """
    if len(codes) == 1:
        return f"The input-output table has no industry {codes[0]}, from which creative inputs come."
    return (
        f"The input-output table has no industries {', '.join(codes[:-1])} and {codes[-1]}, "
        "from which creative inputs come."
    )


def no_output(industry: str) -> str:
    """A share of output would divide by zero."""
    return f"The industry has no output to take a share of ({industry})."


def not_productive() -> str:
    """The Leontief inverse has no meaning: to make a pound's worth takes more than a pound's worth."""
    return "Industries of the input-output table use up more than they make, so multipliers have no meaning."


def jobs_left_out(count: int, of: int, kind: str, place: str) -> str:
    """
    The mix of industries of an area leaves out some, because their jobs are not known.

    >>> jobs_left_out(2, 85, "industries", "Bath, 2023")
    'Jobs are not known in 2 of the 85 industries; these are left out (Bath, 2023).'
    """
    return f"Jobs are not known in {count} of the {of} {kind}; these are left out ({place})."


def few_jobs_found(place: str) -> str:
    """The industries that can be found in the input-output table hold too few of the area's jobs."""
    return f"Fewer than nine in ten jobs are in industries that are found in the input-output table ({place})."


def nothing_found(place: str) -> str:
    """No job of an area is in an industry that can be found in the input-output table."""
    return f"No known job is in an industry that is found in the input-output table ({place})."


def few_areas(used: int, of: int, least: int) -> str:
    """
    A number over areas would rest on too few.

    >>> few_areas(7, 40, 10)
    'Only 7 of the 40 areas have the figures that this rests on; fewer than 10 tell nothing.'
    """
    has = "Only 1" if used == 1 else f"Only {used}" if used else "None"
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


def _given(table: str, state: int) -> str:
    return f"{COUNTED[table].capitalize()} are {STATE_WORDS[state]}"
