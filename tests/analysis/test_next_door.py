"""Next door: hotspots beside an area, islands, neighbours that nobody can tell of, and regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.findings import analyse as analyse_release
from reportgen.analysis.next_door import beside
from reportgen.analysis.shape import MISSING, Standing
from reportgen.analysis.spatial import Links
from reportgen.settings import HotspotRule, Settings
from tests.analysis.conftest import Found, make_classification, make_release

HEAD = "area | crafts | publishing | rest"
WHOLES = ("Great Britain | 20000 | 20000 | 900000", "London | 1000 | 1000 | 90000")
PAIRS = [("Bath", "Bristol"), ("Bath", "Wells"), ("Bristol", "Wells"), ("Wells", "Exeter"), ("Ayr", "Exeter")]
HOT, COLD = "3000 | 3000 | 10000", "0 | 0 | 10000"
TOWNS = {"Bath": COLD, "Bristol": HOT, "Wells": COLD, "Exeter": HOT, "Ayr": COLD, "Mull": COLD}


def look_at(towns: Mapping[str, str], pairs: Sequence[tuple[str, str]] | None = PAIRS) -> Found:
    release = make_release("\n".join([HEAD, *WHOLES, *(f"{town} | {jobs}" for town, jobs in towns.items())]))
    if pairs is not None:
        both = sorted([*pairs, *((other, one) for one, other in pairs)])
        release = replace(release, neighbours=pd.DataFrame(both, columns=["area", "neighbour"]).astype("category"))
    settings = Settings(hotspot=HotspotRule(rule="reportgen", sub_sectors=2))
    return Found(analyse_release(release, make_classification(release), settings))


@pytest.fixture(scope="module")
def found() -> Found:
    return look_at(TOWNS)


def spots(found: Found) -> list[str]:
    rows = found.findings.rows("hotspot")
    return rows.loc[rows["value"] == 1, "area"].astype(str).tolist()


def test_the_hotspots_that_an_area_touches_are_counted(found: Found) -> None:
    """Not itself: Bristol touches two places that are none."""
    assert ["Bristol", "Exeter"] == spots(found)
    counts = {town: found(town, "neighbouring-hotspots")[0] for town in ("Bath", "Bristol", "Wells", "Exeter", "Ayr")}
    assert {"Bath": 1.0, "Bristol": 0.0, "Wells": 2.0, "Exeter": 0.0, "Ayr": 1.0} == counts


def test_each_neighbour_has_its_answer(found: Found) -> None:
    rows = found.findings.rows("neighbouring-hotspot", area="Wells")
    assert {"Bath": 0.0, "Bristol": 1.0, "Exeter": 1.0} == dict(zip(rows["other"], rows["value"], strict=True))


def test_the_answers_add_up_to_the_count(found: Found) -> None:
    rows = found.findings.rows("neighbouring-hotspot")
    sums = rows.groupby("area", observed=True)["value"].sum()
    for town in ("Bath", "Bristol", "Wells", "Exeter", "Ayr"):
        assert sums[town] == found(town, "neighbouring-hotspots")[0]


def test_an_island_has_nothing_next_door(found: Found) -> None:
    """Which is not the same as none of its neighbours being a hotspot."""
    assert (None, "not-applicable") == found("Mull", "neighbouring-hotspots")
    assert "It touches no other area (Mull, 2023)." == found.why("Mull", "neighbouring-hotspots")
    assert (None, "not-applicable") == found("Mull", "neighbouring-hotspot")


def test_only_local_areas_are_looked_at(found: Found) -> None:
    assert (None, "not-applicable") == found("London", "neighbouring-hotspots")
    assert "It is no local area, and only those are looked at (London, 2023)." == found.why(
        "London", "neighbouring-hotspots"
    )


def test_a_neighbour_that_nobody_can_tell_of_leaves_the_count_open() -> None:
    """Wells touches one hotspot and a place whose figures are suppressed: there may be more, and it is marked."""
    found = look_at({**TOWNS, "Exeter": "[c] | [c] | 10000"})
    assert (1.0, "low-reliability") == found("Wells", "neighbouring-hotspots")
    assert "It is not known of every area that it touches whether that is a hotspot (Wells, 2023)." == found.why(
        "Wells", "neighbouring-hotspots"
    )
    assert (None, "missing") == found("Ayr", "neighbouring-hotspots")
    assert (None, "suppressed") == found("Ayr", "neighbouring-hotspot", other="Exeter")


def test_a_poor_figure_next_door_marks_the_count() -> None:
    found = look_at({**TOWNS, "Bristol": "3000 [u] | 3000 | 10000"})
    assert (1.0, "low-reliability") == found("Bath", "neighbouring-hotspots")
    assert "An area that it touches has a figure of low reliability (Bath, 2023)." == found.why(
        "Bath", "neighbouring-hotspots"
    )


def test_without_a_table_of_neighbours_it_is_missing() -> None:
    found = look_at(TOWNS, None)
    for indicator in ("neighbouring-hotspots", "neighbouring-hotspot"):
        assert (None, "missing") == found("Bath", indicator)
        assert "The release has no neighbours table." == found.why("Bath", indicator)


PLACES = st.integers(2, 8).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.booleans(), min_size=size, max_size=size),
        st.lists(st.booleans(), min_size=size, max_size=size),
        st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda of: of[0] < of[1])),
    )
)


@given(PLACES)
def test_counts_are_those_of_each_neighbour_asked_in_turn(places) -> None:
    size, yes, known, pairs = places
    both = sorted([*pairs, *((two, one) for one, two in pairs)])
    links = Links(*(np.array([pair[at] for pair in both], dtype=np.intp) for at in (0, 1)))
    state = np.where(known, 0, MISSING).astype(np.int8)
    found = beside(links, np.array(yes, dtype=float), Standing(state, np.full(size, "", dtype=object)))
    for area in range(size):
        near = [two for one, two in both if one == area]
        assert found.touching[area] == len(near)
        assert found.known[area] == sum(known[two] for two in near)
        assert found.spots[area] == sum(known[two] and yes[two] for two in near)
