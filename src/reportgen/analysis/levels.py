"""
Levels: areas that are sums of areas, for the levels that a release lists in `derive_levels`; no other level is ever
added up. Takes cells, gives cells; a sum of rounded parts carries the rounding of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter

import numpy as np

from reportgen.analysis import reasons
from reportgen.analysis.cells import Cells
from reportgen.analysis.shape import MISSING, Reasons, Standing, States
from reportgen.analysis.uncertainty import Rounding
from reportgen.release.model import Release


def add_up(cells: Cells, release: Release) -> Cells:
    """
    The cells with every area of a derived level as the sum of its direct members, lowest areas first.
    A sum with a suppressed part is suppressed, else with a missing part missing, and so on down STATES.
    Members lie in their group whole, and none is counted twice: a release with others is not read.
    """
    members = _members(release)
    value, (variance, shift) = cells.value.copy(), (of.copy() for of in cells.rounding)
    state, reason = cells.standing.state.copy(), cells.standing.reason.copy()
    for group in _lowest_first(members):
        here, parts = cells.areas.index(group), [cells.areas.index(member) for member in members[group]]
        for of in (value, variance, shift):
            of[here] = of[parts].sum(axis=0)
        state[here] = state[parts].max(axis=0) if parts else MISSING
        reason[here] = _explain(cells, release, group, members[group], state[here], state[parts])
    standing = Standing(state, reason)
    value, variance, shift = (np.where(standing.has_value, of, np.nan) for of in (value, variance, shift))
    return replace(cells, value=value, rounding=Rounding(variance, shift), standing=standing)


def above(release: Release) -> dict[str, list[str]]:
    """Each area → the areas of derived levels that it is added up to, be it through others."""
    members, found = _members(release), dict[str, list[str]]()
    for group in reversed(_lowest_first(members)):
        for member in members[group]:
            found[member] = list(dict.fromkeys([*found.get(member, ()), group, *found.get(group, ())]))
    return found


def _members(release: Release) -> dict[str, list[str]]:
    """Each area of a derived level → its direct members."""
    derived = release.areas.index[release.areas["level"].isin(release.info.derive_levels)]
    return {str(group): release.members(str(group))["area"].tolist() for group in derived}


def _lowest_first(members: Mapping[str, Sequence[str]]) -> list[str]:
    """The groups in an order in which each comes after its members."""
    return [area for area in TopologicalSorter(members).static_order() if area in members]


def _explain(cells: Cells, release: Release, group: str, parts: Sequence[str], state: States, of: States) -> Reasons:
    """The sentences for one group, groups of industries × years; `state` is its own, `of` that of its parts."""
    sentences = np.full(state.shape, "", dtype=object)
    for industry, year in np.argwhere(state > 0):
        place, worst = f"{release.name_of(group)}, {cells.years[year]}", int(state[industry, year])
        blamed = [release.name_of(part) for part, its in zip(parts, of[:, industry, year], strict=True) if its == worst]
        sentences[industry, year] = (
            reasons.areas(cells.table, worst, blamed, len(parts), place) if parts else reasons.no_members(place)
        )
    return sentences
