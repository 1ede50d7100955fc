"""An area of one's own (a combined authority, a corridor, a LEP) is told by what lies in it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reportgen.pack.written import Written
from reportgen.release.model import Level
from tests.releases import Analysed, tiny
from tests.support import AREAS, BUSINESSES, EMPLOYMENT, INFO, as_geojson, square

LEVELS = {
    **INFO.levels,
    "corridor": Level("corridor", "corridor", "corridors", "custom"),
    "lep": Level("lep", "local enterprise partnership", "local enterprise partnerships", "custom"),
}
INFO_WITH_THEM = {"levels": LEVELS, "derive_levels": ("corridor",)}
WITH_THEM = f"""{AREAS.rstrip()}
    m4    | The M4     | corridor | K02000001 | |
    south | The South  | corridor | K02000001 | |
    lep   | A LEP      | lep      | E12000009 | |
"""
MEMBERSHIP = """
    area      | group     | share
    E30000180 | m4        | 1
    E30000234 | m4        | 1
    E12000007 | south     | 1
    E12000009 | south     | 1
    E30000165 | lep       | 1
    E30000180 | lep       | 0.3
    E30000165 | E12000009 | 0.9
    E30000180 | E12000009 | 1
    E30000234 | E12000007 | 1
"""
SHAPES = {
    "E12000007": square(-0.6, 51.2, 0.9),
    "E12000009": square(-3.5, 50.6, 1.4),
    "E30000234": square(-0.4, 51.3, 0.6),
    "E30000180": square(-2.8, 51.45, 0.3),
    "E30000165": square(-2.5, 51.2, 0.2),
}
ROWS_OF_THE_LEP = "\n    2022 | lep | 500 | 1500 | 300 | 300 | 5000\n    2023 | lep | 600 | 1600 | 300 | 300 | 5000\n"


@pytest.fixture(scope="module")
def work() -> Analysed:
    """A release with a corridor over two regions, a group of regions, and a LEP with rows of its own."""
    return tiny(
        info=INFO_WITH_THEM,
        areas=WITH_THEM,
        membership=MEMBERSHIP,
        employment=EMPLOYMENT.rstrip() + ROWS_OF_THE_LEP,
        businesses=BUSINESSES.rstrip() + "\n    2023 | lep | all | 150 | 250 | 60 | 60 | 1200\n",
        boundaries=as_geojson(SHAPES),
    )


@pytest.fixture(scope="module")
def pack(work: Analysed) -> Callable[[str], Written]:
    """Their documents."""
    return work.written


def words(pack: Written, start: str, end: str) -> str:
    """The words of a page between two of its texts."""
    html = pack.html[pack.html.index(start) : pack.html.index(end, pack.html.index(start))]
    return " ".join(re.sub(r"<sup .*?</sup>|<[^>]+>", " ", html).split())


def test_its_numbers_are_the_sums_of_its_members(pack: Callable[[str], Written]) -> None:
    """London and Bristol: 13,000 and 1,400 jobs in 5911, 23,000 and 3,500, 10,000 and 700."""
    facts = {fact.id: fact for fact in pack("m4").facts}
    assert 13_000 + 1_400 + 23_000 + 3_500 + 10_000 + 700 == facts["m4/creative-jobs/all/2023/-/-"].value


def test_its_cover_says_what_it_is_made_of_and_where_it_lies(pack: Callable[[str], Written]) -> None:
    """It has no shape of its own: those of its members are highlighted."""
    cover = words(pack("m4"), '<p class="kind">', 'id="headlines"')
    assert "Corridor pack" in cover
    assert "The M4, m4 Made of Bristol and London, in London and the South West Data" in cover
    assert "Map of the United Kingdom with The M4 highlighted." in pack("m4").html


def test_its_hotspots_are_those_of_its_members(pack: Callable[[str], Written]) -> None:
    """A hotspot is a local area; a group of them has hotspots in it."""
    found = words(pack("m4"), "What we found", "How sure are we")
    assert "Of the 2 travel-to-work areas here, no other meets every part of the rule" in found


def test_its_members_stand_on_a_map_and_in_a_table(pack: Callable[[str], Written]) -> None:
    """Without a column for shares where each member lies in it whole."""
    page = words(pack("m4"), '<section class="areas', "</section>")
    assert "The M4 is made of 2 travel-to-work areas." in page
    assert "1 of 2 travel-to-work areas is a hotspot" in page
    assert "Share inside" not in page
    assert {"figures/headlines-map.svg", "figures/areas-map.svg"} <= set(pack("m4").files)


def test_a_member_that_lies_in_it_in_part_is_marked(pack: Callable[[str], Written]) -> None:
    """Only where the area has rows of its own."""
    page = words(pack("lep"), '<section class="areas', "</section>")
    assert "A LEP is made of 2 travel-to-work areas, in whole or in part." in page
    assert "Bristol * 30 " in page
    assert "* lies in part outside A LEP; its numbers are those of the whole area." in page
    assert "Made of all or parts of Bath and Bristol, in the South West" in words(
        pack("lep"), '<div class="facts">', "Data"
    )


def test_a_group_of_regions_lists_their_local_areas(pack: Callable[[str], Written]) -> None:
    page = words(pack("south"), '<section class="areas', "</section>")
    assert "The South is made of 3 travel-to-work areas, in whole or in part." in page
    assert "Bath * 90 " in page


def test_it_has_no_rank_as_nothing_ranks_it(pack: Callable[[str], Written]) -> None:
    assert 'id="standing"' not in pack("m4").html


@pytest.mark.parametrize("area", ["m4", *(pytest.param(area, marks=pytest.mark.slow) for area in ("south", "lep"))])
def test_its_pack_holds_what_every_pack_must(work: Analysed, area: str) -> None:
    assert [] == work.problems(work.pack(area))
