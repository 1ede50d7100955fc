"""
Group tests: whether the cities of two groups of areas differ in their profiles, in how much they vary, in how alike
they are among themselves, and in how diversified they are; each against chance, by permutation. The latest year alone.
Takes profiles, gives rows. A p-value here says how often shuffled labels do as well; none is adjusted for how many
tests there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.permutation import PERMUTATIONS
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    OK,
    Booleans,
    Floats,
    Indicator,
    Standing,
    places_on,
    plain,
    stack,
    tidy,
)
from reportgen.analysis.similarity import cities, jensen_shannon
from reportgen.analysis.specialisation import Profiles, effective_sub_sectors, profiles
from reportgen.analysis.two_groups import (
    mean_difference,
    mean_within,
    permanova,
    permdisp,
    permutation_test,
    to_centroid,
)
from reportgen.classification import CREATIVE

FEWEST = 3  # cities that a group must have

# Groups of data/groups.toml: the one, and those that it is held against.
COMPARISONS = (
    *(
        (south, other)
        for south in ("wider-south", "wider-south-without-london")
        for other in ("north-and-midlands", "north-and-midlands-without-manchester", "north", "midlands")
    ),
    ("north", "midlands"),
)


# What `compare` gives, in its order, and whether the second group is the one that it is about.
TESTS = (
    ("permanova", False),
    ("permdisp", False),
    ("within-group-distance", False),
    ("within-group-distance", True),
    ("effective-sub-sectors-difference", False),
)


def compare(distance: Floats, effective: Floats, labels: Booleans) -> tuple[Floats, Floats]:
    """
    The tests of two groups, in the order of `TESTS`.
    Args:
        distance: cities × cities, between their profiles; effective: cities, their effective number of sub-sectors.
        labels: cities, True in the first group.
    Returns: the statistics, NaN where there is none, and their p-values.
    """
    squares = np.square(distance)
    spread = to_centroid(squares, labels)

    def against_chance(drawn: Booleans) -> Floats:
        difference = np.abs(mean_difference(effective, drawn))
        return np.stack(
            [permanova(squares, drawn), permdisp(spread, drawn), *-mean_within(distance, drawn), difference]
        )

    statistics, p = permutation_test(against_chance, labels)
    signs = np.array([1.0, 1.0, -1.0, -1.0, np.sign(mean_difference(effective, labels[None])[0])])
    return statistics * signs, p


class Group(NamedTuple):
    """The cities of a group, as places among the areas of the cells, and how it stands that they are these."""

    places: list[int]
    state: int
    reason: str


class Row(NamedTuple):
    """One row to be: what stands in `other` and `variant`, the value, and how it stands."""

    other: str
    variant: str
    value: float
    state: int
    reason: str


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family, all about the national area: `other` is a group or two, joined by `|`, and the variant has
    the measure and from how many jobs on an area is a city: `jobs.75000`.
    """
    names = dict.fromkeys(name for pair in COMPARISONS for name in pair)
    members = {name: inputs.members(name) if name in inputs.groups.groups else None for name in names}
    frames = []
    for measure, table in (("jobs", inputs.jobs), ("units", inputs.units)):
        of = profiles(inputs, table)
        found: dict[str, list[Row]] = {indicator.id: [] for indicator in INDICATORS}
        for least in dict.fromkeys((inputs.groups.cities.jobs, *inputs.groups.cities.varied)):
            for indicator, rows in _rows(inputs, of, members, f"{measure}.{least}", least).items():
                found[indicator] += rows
        source = ";".join(dict.fromkeys([inputs.jobs.table, table.table]))
        for indicator, rows in found.items():
            states = np.array([row.state for row in rows], dtype=np.int8)[None, None]
            sentences = np.array([row.reason for row in rows], dtype=object)[None, None]
            numbers = plain(np.array([row.value for row in rows])[None, None], Standing(states, sentences))
            times = [(of.cells.years[0], row.other) for row in rows]
            frame = tidy(indicator, [inputs.release.info.national], [CREATIVE], times, numbers, source)
            frames.append(frame.assign(variant=pd.Categorical([row.variant for row in rows])))
    order = [indicator.id for indicator in INDICATORS]
    frames.sort(key=lambda frame: order.index(str(frame["indicator"].cat.categories[0])))
    return stack(frames)


def _cities_of(inputs: Inputs, of: Profiles, name: str, members: Sequence[str] | None, standing: Standing) -> Group:
    """
    The cities of a group that have a profile. Those whose figures are not known are left out and named; where too few
    are left because of them, the group stands as they do.
    Args:
        members: of the group; None: there is no such group.
        standing: of the local areas as cities.
    """
    if members is None:
        return Group([], MISSING, reasons.no_group(name))
    rows = places_on(inputs.local, members)
    states, sentences = standing.state[:, 0, 0], standing.reason[:, 0, 0]
    places = places_on(of.cells.areas, [inputs.local[row] for row in rows if states[row] <= LOW_RELIABILITY])
    worst_first = sorted(rows, key=lambda row: -int(states[row]))
    unknown = [row for row in worst_first if states[row] > NOT_APPLICABLE]
    if unknown and len(places) < FEWEST:
        return Group(places, int(states[unknown[0]]), str(sentences[unknown[0]]))
    if unknown:
        names = [inputs.release.name_of(inputs.local[row]) for row in sorted(unknown)]
        return Group(places, LOW_RELIABILITY, reasons.cities_left_out(names, of.cells.years[0]))
    poor = [row for row in rows if states[row] == LOW_RELIABILITY]
    return Group(places, LOW_RELIABILITY, str(sentences[poor[0]])) if poor else Group(places, OK, "")


def _rows(
    inputs: Inputs, of: Profiles, members: Mapping[str, Sequence[str] | None], variant: str, least: int
) -> dict[str, list[Row]]:
    """Indicator → its rows, of one measure and one size of cities."""
    year, standing = of.cells.years[0], cities(inputs, of, least)
    groups = {name: _cities_of(inputs, of, name, areas, standing) for name, areas in members.items()}
    found: dict[str, list[Row]] = {indicator.id: [] for indicator in INDICATORS}
    told_apart = _some_are_small(inputs, members.values(), least)
    enough = {}
    for name, group in groups.items():
        if group.state <= LOW_RELIABILITY and not told_apart:
            group = Group(group.places, NOT_APPLICABLE, reasons.no_cities(least, year))
        number = float(len(group.places))
        found["group-cities"].append(Row(name, variant, number, group.state, group.reason))
        if group.state <= LOW_RELIABILITY and number < FEWEST:
            called = inputs.groups.groups[name].name
            sentence = reasons.few_cities(int(number), least, called, FEWEST, year)
            group = Group(group.places, NOT_APPLICABLE, sentence)
        enough[name] = group
        mean = np.nan
        if group.state <= LOW_RELIABILITY:
            mean = float(effective_sub_sectors(of.share[group.places]).mean())
        found["group-effective-sub-sectors"].append(Row(name, variant, mean, group.state, group.reason))
    known = sorted({place for group in enough.values() if group.state <= LOW_RELIABILITY for place in group.places})
    distance, effective = jensen_shannon(of.share[known, :, 0]), effective_sub_sectors(of.share[known])[:, 0, 0]
    for one, other in COMPARISONS:
        both = _together(one, other, enough)
        values, p = np.full((2, len(TESTS)), np.nan)
        if both.state <= LOW_RELIABILITY:
            here, labels = np.searchsorted(known, both.places), np.arange(len(both.places)) < len(enough[one].places)
            values, p = compare(distance[np.ix_(here, here)], effective[here], labels)
        for at, (indicator, turned) in enumerate(TESTS):
            state, sentence = both.state, both.reason
            if both.state <= LOW_RELIABILITY and np.isnan(values[at]):
                state, sentence = NOT_APPLICABLE, reasons.no_differences(year)
            key = f"{other}|{one}" if turned else f"{one}|{other}"
            found[indicator].append(Row(key, variant, values[at], state, sentence))
            found[f"{indicator}-p"].append(Row(key, variant, p[at], state, sentence))
    return found


def _some_are_small(inputs: Inputs, groups: Iterable[Sequence[str] | None], least: int) -> bool:
    """Whether any area of the groups is known to be too small to be a city: else size tells no cities from others."""
    jobs = inputs.jobs.only(inputs.local, [TOTAL], inputs.jobs.years[-1:]).value[:, 0, 0]
    rows = places_on(inputs.local, [area for members in groups for area in members or ()])
    return bool((jobs[rows] < least).any())


def _together(one: str, other: str, groups: Mapping[str, Group]) -> Group:
    """The cities of two groups, those of the first before those of the second, as the worse of the two stands."""
    first, second = groups[one], groups[other]
    worse = second if second.state > first.state else first
    if worse.state <= LOW_RELIABILITY and set(first.places) & set(second.places):
        return Group([], NOT_APPLICABLE, reasons.shared_members(one, other))
    return Group([*first.places, *second.places], worse.state, worse.reason)


_CITIES = (
    "Cities are local areas with at least as many jobs in all industries as the variant says; its first word is the "
    "measure, jobs or units. The two groups are named with it."
)
_P = f"How often shuffling the cities between the groups ({PERMUTATIONS} times) does as well; not adjusted for the "
_P += "number of tests."

INDICATORS = (
    Indicator(
        "group-cities",
        name="Cities of a group",
        unit="areas",
        digits=0,
        definition="How many cities of a group of areas have a known profile. Cities are local "
        "areas with at least as many jobs in all industries as the variant says (jobs.75000); where no area of the "
        "groups has fewer, areas are too large to tell cities from other places, and there is no number.",
        formula="#{r in the group: T_r ≥ least number of jobs}",
        source="counted from the jobs in all industries",
        made_by=cities,
    ),
    Indicator(
        "group-effective-sub-sectors",
        name="Effective number of sub-sectors, mean of a group's cities",
        unit="number",
        digits=1,
        definition="The unweighted mean of the effective number of sub-sectors over the cities of a group; variants as "
        "for their number. No interval: the groups are compared by shuffling.",
        formula="Σ exp(h_r) / n over the n cities",
        source="mean of the effective number of sub-sectors: Jost (2006), Oikos 113",
        made_by=effective_sub_sectors,
    ),
    Indicator(
        "permanova",
        name="Difference of profiles between two groups of cities, pseudo-F",
        unit="number",
        digits=2,
        definition=f"How much more the profiles of cities differ between two groups than within them. {_CITIES}",
        formula="(SS_T − SS_W) / (SS_W / (N − 2)) of squared Jensen–Shannon distances",
        source="Anderson (2001), Austral Ecology 26",
        made_by=permanova,
    ),
    Indicator(
        "permanova-p",
        name="Difference of profiles between two groups of cities, p",
        unit="probability",
        digits=3,
        definition=f"{_P} Large spread in one group can make it small, too: see permdisp. {_CITIES}",
        formula="(1 + #{F* ≥ F}) / (1 + 999)",
        source="Anderson (2001), Austral Ecology 26; Phipson and Smyth (2010), SAGMB 9",
        made_by=permutation_test,
    ),
    Indicator(
        "permdisp",
        name="Difference of spread between two groups of cities, F",
        unit="number",
        digits=2,
        definition="How much the cities' distances to the centroid of their group differ between two groups, against "
        f"how much they differ within them. {_CITIES}",
        formula="F of an analysis of variance of z_r, z_r² = Σ_j d_rj²/n − Σ_{j<k} d_jk²/n² within the group",
        source="Anderson (2006), Biometrics 62",
        made_by=permdisp,
    ),
    Indicator(
        "permdisp-p",
        name="Difference of spread between two groups of cities, p",
        unit="probability",
        digits=3,
        definition=f"{_P} Shuffled are the distances to the centroids. {_CITIES}",
        formula="(1 + #{F* ≥ F}) / (1 + 999)",
        source="Anderson (2006), Biometrics 62; Phipson and Smyth (2010), SAGMB 9",
        made_by=permutation_test,
    ),
    Indicator(
        "within-group-distance",
        name="Mean distance between the cities of a group",
        unit="number",
        digits=3,
        definition=f"How unlike the cities of the first group named are among themselves, on average. {_CITIES}",
        formula="Σ_{r<q} d_rq / (n(n − 1)/2), Jensen–Shannon distances",
        source="Mielke, Berry and Johnson (1976), Communications in Statistics A5",
        made_by=mean_within,
    ),
    Indicator(
        "within-group-distance-p",
        name="Mean distance between the cities of a group, p",
        unit="probability",
        digits=3,
        definition=f"{_P} Small where the first group named is more alike than as many cities drawn from both groups "
        f"(one-sided). {_CITIES}",
        formula="(1 + #{d* ≤ d}) / (1 + 999)",
        source="Mielke, Berry and Johnson (1976), Communications in Statistics A5; Phipson and Smyth (2010), SAGMB 9",
        made_by=permutation_test,
    ),
    Indicator(
        "effective-sub-sectors-difference",
        name="Difference in the effective number of sub-sectors between two groups of cities",
        unit="number",
        digits=2,
        definition="The mean effective number of sub-sectors of the cities of the first group named, less that of the "
        f"second; positive = the first is more diversified. {_CITIES}",
        formula="Σ exp(h_r)/n over the first − Σ exp(h_r)/n over the second",
        source="Jost (2006), Oikos 113",
        made_by=mean_difference,
    ),
    Indicator(
        "effective-sub-sectors-difference-p",
        name="Difference in the effective number of sub-sectors between two groups of cities, p",
        unit="probability",
        digits=3,
        definition=f"{_P} Both directions count (two-sided). {_CITIES}",
        formula="(1 + #{|D*| ≥ |D|}) / (1 + 999)",
        source="Fisher (1935), The Design of Experiments, § 21; Phipson and Smyth (2010), SAGMB 9",
        made_by=permutation_test,
    ),
)
