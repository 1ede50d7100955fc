"""Lookups of changed codes and of weights, and how they are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import Problem
from reportgen.release.lookups import Recoding, Weights, read_recoding, read_weights
from reportgen.release.recipe import Crosswalk, Recode

RECODE = Recode("codes.csv", old="LADCD", new="LADCD_ACTIVE", name="LADNM_ACTIVE", tables=("employment",))
CROSSWALK = Crosswalk("weights.csv", "LAD", "TTWA", "share", size="", name="TTWANM", tables=("employment",))
CODES = """LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE
E1,Bath,E1,Bath
E2,Wells,E9,Mendip
E3,Frome,E9,Mendip
E9,Mendip,E9,Mendip
"""
WEIGHTS = """LAD,TTWA,share,TTWANM
E1,T1,1.0,Bath
E2,T1,0.333,Bath
E2,T2,0.333,Wells
E2,T3,0.333,Frome
E2,T4,0.0,Street
"""


def codes(path: Path, text: str) -> tuple[Recoding | None, list[Problem]]:
    path.write_text(text, encoding="utf-8")
    return read_recoding(path, RECODE)


def weights(path: Path, text: str) -> tuple[Weights | None, list[Problem]]:
    path.write_text(text, encoding="utf-8")
    return read_weights(path, CROSSWALK, None)


def test_changed_codes(tmp_path: Path) -> None:
    """Each code with the one it has now, and the names of these, once each."""
    found, problems = codes(tmp_path / "codes.csv", CODES)
    assert found is not None
    assert [] == problems
    assert {"E1": "E1", "E2": "E9", "E3": "E9", "E9": "E9"} == found.new
    assert [("E1", "Bath", 2), ("E9", "Mendip", 3)] == [(each.code, each.name, each.row) for each in found.names]


def test_weights(tmp_path: Path) -> None:
    """A weight of 0 is no part; thirds to three decimals are near enough to 1, and are thirds again."""
    found, problems = weights(tmp_path / "weights.csv", WEIGHTS)
    assert found is not None
    assert [] == problems
    assert {"E1": {"T1": 1.0}, "E2": dict.fromkeys(("T1", "T2", "T3"), 1 / 3)} == found.areas
    assert {"E2"} == found.split


def test_weights_that_do_not_add_up(tmp_path: Path) -> None:
    found, [problem] = weights(tmp_path / "weights.csv", WEIGHTS.replace("E2,T3,0.333", "E2,T3,0.233"))
    assert found is None
    assert (
        """\
error[weights-not-one]: the weights of an authority do not add up to 1
  weights.csv:3:3   E2: 0.899 over 4 areas
  why: some of its counts would be lost or doubled
  fix: correct them; a weight is the part of the authority that lies in the area, not of the area
"""
        == problem.as_text() + "\n"
    )


@pytest.mark.parametrize(("total", "refused"), [("0.339", True), ("0.338", False), ("0.330", False), ("0.328", True)])
def test_how_far_weights_may_miss_one(tmp_path: Path, total: str, refused: bool) -> None:
    """By 0.005: they are published to a few decimals."""
    assert refused == (weights(tmp_path / "w.csv", WEIGHTS.replace("E2,T3,0.333", f"E2,T3,{total}"))[0] is None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("E2,Wells,E1,Bath", "error[ambiguous-code]: one old code becomes two new ones\n  x.csv:6:3   E2: E9; E1\n"),
        ("E4,Street,E2,Wells", "error[recoded-twice]: a code becomes one that has changed itself\n  x.csv:6:3"),
        ("E4,Street,,", "error[empty-field]: to is empty\n  x.csv:6:3"),
        ("E4,Street,E9,Bath", "error[two-names]: one code has two names\n  x.csv:6:4   E9: Mendip; Bath\n"),
    ],
)
def test_changed_codes_that_are_not_in_order(tmp_path: Path, change: str, said: str) -> None:
    found, problems = codes(tmp_path / "x.csv", CODES + change)
    assert found is None
    assert said in "\n".join(problem.as_text() for problem in problems)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("E2,T3", "E2,T1", "error[duplicate-key]: two rows give the weight of one authority in one area\n  x.csv:5:1"),
        ("1.0", "100 %", "error[not-a-share]: weight is not a share\n  x.csv:2:3"),
        ("1.0", "-1.0", "error[negative-value]: weight is less than 0\n  x.csv:2:3"),
        ("1.0", "", "error[empty-field]: weight is empty\n  x.csv:2:3"),
        ("share", "part", 'error[missing-column]: there is no column "share"\n  x.csv:1\n'),
        (WEIGHTS.partition("\n")[2], "", "error[no-rows]: x.csv has a header and no rows\n"),
    ],
)
def test_weights_that_are_not_in_order(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in WEIGHTS
    found, problems = weights(tmp_path / "x.csv", WEIGHTS.replace(before, after, 1))
    assert found is None
    assert said in "\n".join(problem.as_text() for problem in problems)


def test_public_lookups(shared_data: Path) -> None:
    """Every code of an authority since 2011; 743 pairs of authority and travel-to-work area, 143 of 382 split a lot."""
    recode = Recode("", "LADCD", "LADCD_ACTIVE", "LADNM_ACTIVE", ())
    recoding, problems = read_recoding(shared_data / "la_all_codes.csv", recode)
    assert recoding is not None
    assert [] == problems
    assert (415, "E06000063") == (len(recoding.new), recoding.new["E07000028"])
    crosswalk = Crosswalk("", "LAD20CD", "TTWA11CD", "share_of_lad", "", "TTWA11NM", ())
    found, problems = read_weights(shared_data / "lad20_ttwa11_lsoa_weights.csv", crosswalk, recoding)
    assert found is not None
    assert [] == problems
    assert (743, 382, 228) == (sum(map(len, found.areas.values())), len(found.areas), len(found.names))
    assert 143 == sum(max(areas.values()) < 0.9 for areas in found.areas.values())


SIZES = """LAD,TTWA,people
E1,T1,30
E2,T1,10
E2,T2,30
E3,T2,60
"""


def sized(path: Path, text: str, new: dict[str, str]) -> tuple[Weights | None, list[Problem]]:
    path.write_text(text, encoding="utf-8")
    by_size = Crosswalk("weights.csv", "LAD", "TTWA", "", size="people", name="", tables=("employment",))
    return read_weights(path, by_size, Recoding("codes.csv", new, []))


def test_sizes_become_weights_of_the_authorities_that_are_there_now(tmp_path: Path) -> None:
    """E2 and E3 became E9, of whose 100 people 10 live in T1: weights alone could not say so."""
    found, problems = sized(tmp_path / "x.csv", SIZES, {"E1": "E1", "E2": "E9", "E3": "E9", "E9": "E9"})
    assert found is not None
    assert [] == problems
    assert {"E1": {"T1": 1.0}, "E9": {"T1": 0.1, "T2": 0.9}} == found.areas


def test_sizes_that_are_not_in_order(tmp_path: Path) -> None:
    """Each pair once, and something to share out by."""
    _, problems = sized(tmp_path / "x.csv", SIZES.replace("E1,T1,30", "E1,T1,0") + "E3,T2,1\n", {})
    assert [("duplicate-key", 6), ("weights-not-one", 2)] == [(problem.kind, problem.row) for problem in problems]


def test_public_weights_of_today_s_authorities(shared_data: Path) -> None:
    """Made of those of 2020 by their output areas: Buckinghamshire, which was four districts, in five areas."""
    recode = Recode("", "LADCD", "LADCD_ACTIVE", "", ())
    recoding, _ = read_recoding(shared_data / "la_all_codes.csv", recode)
    crosswalk = Crosswalk("", "LAD20CD", "TTWA11CD", "", "n_lsoa", "", ())
    found, problems = read_weights(shared_data / "lad20_ttwa11_lsoa_weights.csv", crosswalk, recoding)
    assert recoding is not None
    assert found is not None
    assert [] == problems
    assert set() == set(found.areas) - set(recoding.new.values())
    assert 5 == len(found.areas["E06000060"])
