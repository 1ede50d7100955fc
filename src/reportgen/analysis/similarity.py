"""
Similarity: how alike the profiles of areas are: distances between regions, the nearest peers of each local area, and
the tree that joins the most alike, of regions and of cities. The latest year alone.
Takes profiles, gives rows. Profiles of small areas are noisy, and noise makes areas look unlike: those with few
creative local units take no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL
from reportgen.analysis.changes import base_year, dispersion_of
from reportgen.analysis.growth import difference, rates, times_of
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    NOT_APPLICABLE,
    Floats,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    mark,
    places_on,
    plain,
    stack,
    tidy,
    worst,
)
from reportgen.analysis.specialisation import Profiles, profiles
from reportgen.classification import CREATIVE

PEERS = 5  # areas named as the nearest

Places = npt.NDArray[np.intp]


class Peer(NamedTuple):
    """One peer of each local area: its place among these, −1 where there is none, and how far its profile is away."""

    place: Places
    distance: Numbers


def jensen_shannon(share: Floats) -> Floats:
    """
    Jensen–Shannon distance between any two profiles: √(h((p + q)/2) − (h(p) + h(q))/2), h the entropy in bits.
    It is a metric.
    Args:
        share: areas × sub-sectors, each area adding up to 1; none may be NaN.
    Returns: areas × areas, symmetric, 0 on the diagonal; 1 = not one sub-sector in common.
    Source: Lin (1991), Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37;
        Endres and Schindelin (2003), A new metric for probability distributions, the same 49.

    >>> jensen_shannon(np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])).round(4).tolist()
    [[0.0, 1.0, 0.5579], [1.0, 0.0, 0.5579], [0.5579, 0.5579, 0.0]]
    """
    mixed = np.zeros((len(share), len(share)))
    for part in share.T:  # one sub-sector at a time: areas × areas × sub-sectors would be large
        half = (part[:, None] + part[None, :]) / 2
        mixed -= half * np.log2(np.where(half > 0, half, 1.0))
    own = mixed.diagonal()
    found: Floats = np.sqrt(np.maximum(mixed - (own[:, None] + own[None, :]) / 2, 0.0))
    return found


def nearest(distance: Floats, number: int) -> Places:
    """
    Which areas are nearest to each, the nearest first; among equals, in their order.
    Args:
        distance: areas × areas.
    Returns: areas × number, places on the axis of areas; fewer columns where there are fewer others.

    >>> nearest(np.array([[0.0, 0.3, 0.1], [0.3, 0.0, 0.2], [0.1, 0.2, 0.0]]), 1).ravel().tolist()
    [2, 2, 0]
    """
    others = distance + np.diag(np.full(len(distance), np.inf))
    return np.argsort(others, axis=1, kind="stable")[:, : min(number, max(len(distance) - 1, 0))]


def cluster(distance: Floats) -> tuple[Places, Floats]:
    """
    The tree that joins the most alike first, by average linkage, its leaves in the order in which neighbours are most
    alike. Of the two directions of that order, the one that begins with the area that stands first.
    Args:
        distance: areas × areas, at least two areas.
    Returns: the leaves from one end to the other, and the heights at which each and the next are joined. The two
        together are the tree: join the lowest pair, then the next.
    Source: Sokal and Michener (1958), for average linkage (UPGMA); Bar-Joseph, Gifford and Jaakkola (2001), Fast
        optimal leaf ordering for hierarchical clustering, Bioinformatics 17.

    >>> leaves, heights = cluster(np.array([[0.0, 0.4, 0.1], [0.4, 0.0, 0.2], [0.1, 0.2, 0.0]]))
    >>> leaves.tolist(), heights.round(2).tolist()
    ([0, 2, 1], [0.1, 0.3])
    """
    pairs = squareform(distance, checks=False)
    tree = hierarchy.linkage(pairs, method="average", optimal_ordering=True)
    leaves = hierarchy.leaves_list(tree).astype(np.intp)
    if leaves[0] > leaves[-1]:
        leaves = leaves[::-1]
    heights: Floats = squareform(hierarchy.cophenet(tree))[leaves[:-1], leaves[1:]]
    return leaves, heights


def cities(inputs: Inputs, of: Profiles, least: int) -> Standing:
    """
    The standing of each local area as a city with a profile, local areas × 1 × 1: not applicable where it has fewer
    than `least` jobs in all industries, else that of its profile, or of its jobs where it is not known whether it has.
    """
    jobs = inputs.jobs.only(inputs.local, [TOTAL], inputs.jobs.years[-1:])
    small = mark(
        jobs.standing,
        jobs.value < least,
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.no_city(least, jobs.place(area, year)),
    )
    known = worst(small, _standing(of, inputs.local))
    is_small = jobs.value < least
    return Standing(
        np.where(is_small, small.state, known.state).astype(np.int8), np.where(is_small, small.reason, known.reason)
    )


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, for the latest year, jobs and local units."""
    release = inputs.release
    regions = release.at_level("regional")
    made: list[pd.DataFrame] = []
    for measure, table in (("jobs", inputs.jobs), ("units", inputs.units)):
        of = profiles(inputs, table)
        found = peers(inputs, of)
        made += [_between_regions(of, regions, measure), *_peers(inputs, of, found, measure)]
        if measure == "jobs":
            made += _growth_of_peers(inputs, found)
        for kind, areas, standing in (
            ("regions", regions, _standing(of, regions)),
            ("cities", inputs.local, cities(inputs, of, inputs.groups.cities.jobs)),
        ):
            source = ";".join(dict.fromkeys([inputs.jobs.table, table.table] if kind == "cities" else [table.table]))
            made += _tree(of, areas, standing, release.info.national, f"{measure}.{kind}", source)
    order = [indicator.id for indicator in INDICATORS]
    made = [frame for frame in made if len(frame)]  # a release may have no regions, or no local areas
    made.sort(key=lambda frame: order.index(str(frame["indicator"].cat.categories[0])))
    return stack(made)


def _standing(of: Profiles, areas: Sequence[str]) -> Standing:
    """The standing of the profiles of some areas, areas × 1 × 1."""
    return of.standing.at(places_on(of.cells.areas, areas))


def _distances(of: Profiles, areas: Sequence[str], standing: Standing) -> Floats:
    """Distances among those of the areas whose standing has a value; NaN from and to the others."""
    known = np.flatnonzero(standing.has_value)
    at = places_on(of.cells.areas, [areas[place] for place in known.tolist()])
    found = np.full((len(areas), len(areas)), np.nan)
    found[np.ix_(known, known)] = jensen_shannon(of.share[at, :, 0])
    return found


def _between_regions(of: Profiles, regions: Sequence[str], measure: str) -> pd.DataFrame:
    """Every region with every region, itself among them."""
    standing = _standing(of, regions)
    across = Standing(standing.state.swapaxes(0, 2), standing.reason.swapaxes(0, 2))
    numbers = plain(_distances(of, regions, standing)[:, None, :], worst(standing, across))
    times = [(of.cells.years[0], region) for region in regions]
    return tidy("profile-distance", regions, [CREATIVE], times, numbers, of.cells.table, measure)


def _comparable(inputs: Inputs, of: Profiles) -> Standing:
    """The standing of each local area's profile as one that is compared with others', local areas × 1 × 1."""
    least = inputs.settings.hotspot.creative_units
    units = inputs.units.only(inputs.local, [CREATIVE], inputs.units.years[-1:])
    return mark(
        worst(_standing(of, inputs.local), units.standing),
        units.value < least,
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.noisy_profile(int(units.value[area, 0, 0]), least, units.place(area, year)),
    )


def peers(inputs: Inputs, of: Profiles) -> list[Peer]:
    """The nearest peers of each local area, the nearest first."""
    standing = _comparable(inputs, of)
    known = np.flatnonzero(standing.has_value)
    distance = _distances(of, inputs.local, standing)
    found = known[nearest(distance[np.ix_(known, known)], PEERS)]
    ranked = []
    for rank in range(PEERS):
        value, place = np.full(standing.state.shape, np.nan), np.full(len(inputs.local), -1)
        if rank < found.shape[1]:
            place[known] = found[:, rank]
            value[known, 0, 0] = distance[known, place[known]]
            its = Standing(standing.state.copy(), standing.reason.copy())
            its.state[known], its.reason[known] = worst(standing.at(known), standing.at(place[known]))
        else:
            sentence = reasons.few_peers(len(known) - 1, of.cells.years[0])
            its = mark(standing, standing.has_value, NOT_APPLICABLE, partial(_always, sentence))
        ranked.append(Peer(place, plain(value, its)))
    return ranked


def _peers(inputs: Inputs, of: Profiles, found: Sequence[Peer], measure: str) -> list[pd.DataFrame]:
    """For each rank a frame with a row for each local area; `other` is the peer, empty where there is none."""
    times, source = [(of.cells.years[0], "")], "employment;businesses" if measure == "jobs" else of.cells.table
    frames = []
    for rank, peer in enumerate(found, start=1):
        rows = tidy("nearest-peer", inputs.local, [CREATIVE], times, peer.distance, source, f"{measure}.{rank}")
        frames.append(_with_peers(rows, inputs.local, peer.place))
    return frames


def _growth_of_peers(inputs: Inputs, found: Sequence[Peer]) -> list[pd.DataFrame]:
    """How much more each peer grew than each local area, `other` the peer; an area without peers has one row."""
    jobs = inputs.jobs.only(inputs.local, [CREATIVE])
    phi = dispersion_of(inputs, inputs.jobs.only(groups=[CREATIVE])).value
    since = [year for _, year in times_of(jobs)].index(base_year(jobs.years))
    grown = rates(jobs, inputs.release, phi).at(slice(None), slice(None), slice(since, since + 1))

    def rows(areas: Places, numbers: Numbers, peers: Places | None) -> pd.DataFrame:
        names, times = [inputs.local[area] for area in areas], [(jobs.years[-1], "")]
        made = tidy("peer-growth-difference", names, [CREATIVE], times, numbers, "employment;businesses")
        return made if peers is None else _with_peers(made, inputs.local, peers)

    alone = np.flatnonzero(found[0].place < 0)
    frames = [rows(alone, found[0].distance.at(alone), None)]
    for peer in found:
        here = np.flatnonzero(peer.place >= 0)
        beyond = difference(grown.at(peer.place[here]), grown.at(here))
        standing = worst(peer.distance.standing.at(here), beyond.standing)
        frames.append(rows(here, beyond._replace(standing=standing), peer.place[here]))
    return frames


def _with_peers(rows: pd.DataFrame, local: Sequence[str], peers: Places) -> pd.DataFrame:
    """The rows with the peer of each in `other`."""
    return rows.assign(other=pd.Categorical([local[at] if at >= 0 else "" for at in peers.tolist()]))


def _always(sentence: str, *_position: int) -> str:
    return sentence


def _tree(
    of: Profiles, areas: Sequence[str], standing: Standing, national: str, variant: str, source: str
) -> list[pd.DataFrame]:
    """
    The place of each area in the order of leaves; and a row for each join, between an area and the next in that order,
    or one for the national area where there is nothing to join.
    """
    year, known = of.cells.years[0], np.flatnonzero(standing.has_value)
    order = np.full(standing.state.shape, np.nan)
    if len(known) > 1:
        leaves, heights = cluster(_distances(of, areas, standing)[np.ix_(known, known)])
        along = known[leaves]
        order[along, 0, 0] = np.arange(1, len(along) + 1)
        left, right = along[:-1], along[1:]
        ends, others = [areas[place] for place in left], [areas[place] for place in right]
        joins = plain(heights[:, None, None], worst(standing.at(left), standing.at(right)))
    else:
        standing = _alone(standing, year)
        ends, others = [national], [""]
        joins = plain(np.full((1, 1, 1), np.nan), _alone(all_ok((1, 1, 1)), year))
    orders = tidy("cluster-order", areas, [CREATIVE], [(year, "")], plain(order, standing), source, variant)
    merges = tidy("cluster-merge", ends, [CREATIVE], [(year, "")], joins, source, variant)
    return [orders, merges.assign(other=pd.Categorical(others))]


def _alone(standing: Standing, year: str) -> Standing:
    return mark(standing, standing.has_value, NOT_APPLICABLE, partial(_always, reasons.nothing_to_join(year)))


INDICATORS = (
    Indicator(
        "profile-distance",
        name="Distance between profiles",
        unit="number",
        digits=2,
        definition="How unlike the shares of sub-sectors of two regions are (Jensen–Shannon distance, the square root "
        "of the divergence in bits): 0 = the same, 1 = no sub-sector in common. The second region is named with it. By "
        "jobs (variant jobs) and by local units (units). No interval; chance can only make areas look more unlike.",
        formula="√(h((p + q)/2) − (h(p) + h(q))/2), h(p) = −Σ p_i log₂ p_i",
        source="Lin (1991), IEEE Trans. Inf. Theory 37; Endres and Schindelin (2003), IEEE Trans. Inf. Theory 49",
        made_by=jensen_shannon,
    ),
    Indicator(
        "nearest-peer",
        name="Distance to the nearest peers",
        unit="number",
        digits=2,
        definition="The five local areas whose shares of sub-sectors are most like the area's: the value is the "
        "Jensen–Shannon distance from the peer named with it. The variant has the measure and the place among the "
        "five, jobs.1 to jobs.5 and units.1 to units.5. Profiles of small areas are noisy, so only areas with at least "
        "as many creative local units as the hotspot rule asks for take part. No interval: the order of peers that are "
        "about as near is chance.",
        formula="the five smallest distances, as for the distance between profiles",
        source="Lin (1991), IEEE Trans. Inf. Theory 37; Endres and Schindelin (2003), IEEE Trans. Inf. Theory 49",
        made_by=nearest,
    ),
    Indicator(
        "peer-growth-difference",
        name="Growth of a peer beyond the area's own",
        unit="points a year",
        digits=1,
        definition="How much more a year the creative jobs of one of the five nearest peers, by profiles of jobs, grew "
        "than the area's own; the peer is named with it. From five years before the latest year, or as many as the "
        "release has, to the latest. The interval takes the two rates as independent.",
        formula="d = g_s − g_r, peer s; 95 %: d − √((g_s − low_s)² + (high_r − g_r)²) to d + √((high_s − g_s)² + "
        "(g_r − low_r)²)",
        source="Zou and Donner 2008, Statistics in Medicine 27; growth: McCullagh and Nelder 1989, ch. 9.2",
        made_by=difference,
    ),
    Indicator(
        "cluster-order",
        name="Place in the order of likeness",
        unit="rank",
        digits=0,
        definition="Where an area stands when all are put in a row in which neighbours are alike: the leaves of a tree "
        "by average linkage of the Jensen–Shannon distances, in their best order. Neither end is better. Of regions "
        "(variants jobs.regions, units.regions) and of cities (jobs.cities, units.cities).",
        formula="1 to n along the optimal order of leaves",
        source="Sokal and Michener (1958) for average linkage; Bar-Joseph et al. (2001), Bioinformatics 17",
        made_by=cluster,
    ),
    Indicator(
        "cluster-merge",
        name="Distance at which neighbours are joined",
        unit="number",
        digits=2,
        definition="One row for each branch of the tree: the mean distance between the two clusters that are joined "
        "where an area and its next in the order of likeness meet. With that order the rows are the whole "
        "tree: join the lowest pair, then the next. Variants as for the place in the order.",
        formula="d(A, B) = Σ d(a, b), a in A, b in B, / (|A|·|B|)",
        source="Sokal and Michener (1958), A statistical method for evaluating systematic relationships",
        made_by=cluster,
    ),
)
