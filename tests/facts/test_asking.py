"""An id leaves out what goes without saying; one that is not there is an error that teaches."""

from __future__ import annotations

import pytest

from reportgen.errors import ConfigurationError
from reportgen.facts.asking import Asking, Whose
from tests.releases import thin

BATH, SOUTH_WEST, LONDON, BRITAIN = "E30000165", "E12000009", "E12000007", "K03000001"


@pytest.fixture(scope="module")
def asking() -> Asking:
    """The pack of Bath, in the tiny release, which has the years 2022 and 2023."""
    work = thin("few tables")
    whose = Whose(
        subject=BATH,
        areas={"benchmark": BRITAIN, "region": SOUTH_WEST},
        peers=[LONDON, SOUTH_WEST],
        sub_sectors=[part.id for part in work.classification.creative],
        preferred=["2022", SOUTH_WEST, "jobs"],
        names=dict(work.release.areas["name"]),
    )
    return Asking(work.findings, whose)


@pytest.mark.parametrize(
    ("id", "meant"),
    [
        ("creative-jobs", f"{BATH}/creative-jobs/all/2023/-/-"),
        ("jobs", f"{BATH}/jobs/-/2023/-/-"),
        ("-/creative-jobs/crafts/2022", f"{BATH}/creative-jobs/crafts/2022/-/-"),
        ("benchmark/creative-jobs", f"{BRITAIN}/creative-jobs/all/2023/-/-"),
        (f"{LONDON}/location-quotient/publishing", f"{LONDON}/location-quotient/publishing/2023/-/-"),
        ("creative-jobs-growth", f"{BATH}/creative-jobs-growth/all/2023/2022/-"),
        ("location-quotient-rank", f"{BATH}/location-quotient-rank/all/2023/{SOUTH_WEST}/-"),
        ("sub-sectors-above", f"{BATH}/sub-sectors-above/all/2023/-/jobs"),
        ("sub-sectors-above/all/-/-/units", f"{BATH}/sub-sectors-above/all/2023/-/units"),
        (f"{BATH}/creative-jobs/all/2023/-/-", f"{BATH}/creative-jobs/all/2023/-/-"),
    ],
)
def test_what_an_id_leaves_out_is_filled_in(asking: Asking, id: str, meant: str) -> None:
    """The pack's own area, all creative work, the latest year, what packs compare with; a whole id means itself."""
    assert meant == asking.one(id).id


@pytest.mark.parametrize(
    ("id", "along", "first", "last", "count"),
    [
        ("*/location-quotient/all", "area", LONDON, SOUTH_WEST, 2),
        ("location-quotient/*", "sub_sector", "advertising-and-marketing", "music-performing-and-visual-arts", 9),
        ("creative-jobs/all/*", "year", "2022", "2023", 2),
        ("region/creative-jobs/all/*", "year", "2022", "2023", 2),
        ("creative-jobs-index/all/*", "year", "2022", "2023", 2),
    ],
)
def test_a_star_asks_for_several(asking: Asking, id: str, along: str, first: str, last: str, count: int) -> None:
    """Peers, sub-sectors or years, each in its order."""
    series = asking.many(id)
    place = {"area": 0, "sub_sector": 2, "year": 3}[along]
    words = [fact.key[place] for fact in series.facts]
    assert (along, first, last, count) == (series.along, words[0], words[-1], len(words))


@pytest.mark.parametrize(
    ("id", "what", "fix"),
    [
        (
            "creative-job",
            "names no indicator: creative-job",
            "take an indicator from dictionary.csv, which `reportgen analyse` writes (did you mean creative-jobs?)",
        ),
        (
            "region/creative-job",
            "names no indicator: creative-job",
            "take an indicator from dictionary.csv, which `reportgen analyse` writes (did you mean creative-jobs?)",
        ),
        (
            "Bath/creative-jobs",
            "names no area: Bath",
            f"write the code of an area, benchmark or region, or nothing for the pack's own (did you mean {BATH}?)",
        ),
        (
            "location-quotient/craft",
            "names no sub-sector: craft",
            "write one that is there (did you mean crafts?)",
        ),
        ("creative-jobs/all/1999", "names no year: 1999", "write one that is there (there are 2022, 2023)"),
        ("region/hotspot", "is not measured for South West", None),
        ("creative-jobs/*", "names several facts", "ask for one area, sub-sector and year"),
        ("creative-jobs/all/2023/-/-/-/-", "has 8 parts", "write at most 6"),
    ],
)
def test_an_id_that_is_not_there_is_told_with_what_is(asking: Asking, id: str, what: str, fix: str | None) -> None:
    with pytest.raises(ConfigurationError) as caught:
        asking.one(id)
    [problem] = caught.value.problems
    assert f"the id {id!r} {what}" == problem.what
    assert problem.fix == (fix or 'put the section into fewer packs (packs = ["local"]), or ask for another indicator')


@pytest.mark.parametrize(
    ("id", "what"),
    [
        ("creative-jobs/all", "does not say what differs"),
        ("*/creative-jobs/*", "does not say what differs"),
        ("creative-jobs/all/2023/*", "does not say what differs"),
        ("creative-jobs-share/*", "has no sub-sector to choose from"),
    ],
)
def test_a_chart_or_table_needs_one_star_that_means_something(asking: Asking, id: str, what: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        asking.many(id)
    assert f"the id {id!r} {what}" == caught.value.problems[0].what
