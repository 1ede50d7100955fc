"""Claims: the rule that makes a verdict, the register as a file, and which findings a test takes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import area_groups
from reportgen.analysis.findings import COLUMNS, Findings
from reportgen.assessment.claims import (
    FILE,
    Claim,
    Register,
    Side,
    Source,
    Test,
    assess,
    read_register,
    together,
    verdict,
)
from reportgen.errors import ConfigurationError
from reportgen.resources import bundled
from tests.analysis.conftest import read_table

SIDES = st.sampled_from([1, 0, -1, None])
MANY = st.lists(SIDES, max_size=9)
BETTER = ("not supported", "weaker", "holds")

VERDICTS = """
    main | further     | verdict
      1  |             | holds
      1  | ?, ?        | holds
      1  | 1, 1, 0     | holds
      1  | 1, 0        | weaker
      1  | 0, 0        | weaker
      1  | 1, 1, 1, -1 | weaker
      1  | -1, -1      | weaker
      0  | 1, 1, 0     | weaker
      0  | 1, ?        | weaker
      0  | 1, 0        | not supported
      0  | 1, 1, -1    | not supported
      0  |             | not supported
     -1  | 1, 1, 1     | not supported
     -1  | -1          | not supported
      ?  | 1, 1, 1     | cannot be tested
      ?  |             | cannot be tested
"""


def side(word: str) -> Side | None:
    return None if word == "?" else int(word)  # type: ignore[return-value]


@pytest.mark.parametrize("row", read_table(VERDICTS), ids=lambda row: f"{row['main']} and {row['further'] or 'none'}")
def test_the_main_test_decides_and_the_others_may_weaken_it(row) -> None:
    further = [side(word.strip()) for word in row["further"].split(",") if word.strip()]
    assert row["verdict"] == verdict(side(row["main"]), further)


@given(SIDES, st.data())
def test_neither_the_order_of_further_tests_matters_nor_those_that_are_not_known(main, data) -> None:
    further = data.draw(MANY)
    mixed = data.draw(st.permutations([*further, None, None]))
    assert verdict(main, further) == verdict(main, mixed)


@given(SIDES.filter(lambda one: one is not None), MANY, st.integers(0, 8))
def test_a_test_that_comes_nearer_to_the_claim_never_makes_the_verdict_worse(main, further, place) -> None:
    before = BETTER.index(verdict(main, further))
    if main < 1:
        assert before <= BETTER.index(verdict(main + 1, further))
    if place < len(further) and further[place] in (-1, 0):
        nearer = [*further[:place], further[place] + 1, *further[place + 1 :]]
        assert before <= BETTER.index(verdict(main, nearer))


@given(SIDES, MANY)
def test_a_claim_and_its_opposite_are_never_both_upheld(main, further) -> None:
    opposite = verdict(main and -main, [each and -each for each in further])
    upheld = {"holds", "weaker"}
    assert not (verdict(main, further) in upheld and opposite in upheld)


@given(SIDES, MANY)
def test_a_verdict_is_upheld_only_with_a_test_on_the_claims_side_and_a_main_one_that_is_not_against_it(
    main, further
) -> None:
    told = verdict(main, further)
    assert ("cannot be tested" == told) == (main is None)
    assert told != "holds" or (main == 1 and -1 not in further)
    assert told != "weaker" or (main in (0, 1) and 1 in [main, *further])


@given(SIDES, MANY)
def test_nothing_is_confirmed_or_refuted_on_illustrative_data(main, further) -> None:
    told = verdict(main, further, illustrative=True)
    assert told == ("cannot be tested" if main is None else "by construction")


@given(MANY)
def test_sides_told_together_mirror_themselves(sides) -> None:
    told = together(sides)
    assert (told and -told) == together([each and -each for each in sides])
    assert told == together([*sides, *sides])
    assert (told is None) == (not [each for each in sides if each is not None])


# Which findings a test takes


def findings_of(table: str) -> Findings:
    """Findings of one claim out of a table of its sides, with a statistic of the same value each."""
    rows = []
    for row in read_table(table):
        key = {"area": row["area"], "sub_sector": "all", "year": row["year"], "other": row["other"]}
        number = {"value": side(row["side"]), "status": "missing" if row["side"] == "?" else "ok"}
        number |= {
            "low": None,
            "high": None,
            "reason": "No table." if row["side"] == "?" else "",
            "source": "employment",
        }
        name = f"faster-than-the-economy.growth-difference.{row['variant']}"
        rows.append({**key, **number, "indicator": "claim-side", "variant": name})
        rows.append({**key, **number, "indicator": "growth-difference", "variant": row["variant"]})
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": float, "low": float, "high": float})
    frame = frame.astype(dict.fromkeys(("area", "indicator", "sub_sector", "year", "other", "variant"), "category"))
    parts = {
        name: frame[frame["indicator"] == id]
        for name, id in (("claims", "claim-side"), ("growth", "growth-difference"))
    }
    return Findings(parts, {"employment": ("2024",)})


GROWTH = """
    area | year | other | variant | side
    GB   | 2023 | 2018  | jobs    | -1
    GB   | 2024 | 2018  | jobs    |  1
    GB   | 2024 | 2019  | jobs    |  0
    GB   | 2024 | 2019  | units   |  ?
    N    | 2024 | 2019  | jobs    |  1
    S    | 2024 | 2019  | jobs    |  1
    W    | 2024 | 2019  | jobs    |  0
    E    | 2024 | 2019  | jobs    |  ?
"""
AREAS = {"nation": ["UK"], "britain": ["GB"], "regions": ["N", "S", "W", "E"]}


def assessed(main: Test, *further: Test):
    claim = Claim(
        "growth", "faster-than-the-economy", "They grow.", Source("A", "A, B", 2010), "Growth.", main, further
    )
    [found] = assess(Register((claim,)), findings_of(GROWTH), AREAS, illustrative=False)
    return found


@pytest.mark.parametrize(
    ("period", "taken", "told"),
    [("latest", "2019-2024", 0), ("longest", "2018-2024", 1), ("2018-2023", "2018-2023", -1)],
)
def test_a_test_takes_the_period_that_it_asks_for(period, taken, told) -> None:
    main = assessed(Test("growth-difference", "jobs", "britain", period=period)).main
    assert (taken, told) == (main.period, main.side)
    assert [f"GB/growth-difference/all/{taken[5:]}/{taken[:4]}/jobs"] == [fact.id for fact in main.statistics]


def test_every_earlier_period_is_a_test_of_its_own() -> None:
    main = Test("growth-difference", "jobs", "britain")
    others = assessed(main, Test("growth-difference", "jobs", "britain", "jobs", period="earlier")).others
    assert [("jobs", "2018-2023", -1), ("jobs", "2018-2024", 1)] == [
        (one.called, one.period, one.side) for one in others
    ]


def test_years_that_the_release_lacks_cannot_be_tested() -> None:
    found = assessed(Test("growth-difference", "jobs", "britain", period="1997-2007"))
    assert ("cannot be tested", "1997-2007", ()) == (found.verdict, found.main.period, found.main.statistics)


def test_a_side_that_is_not_known_says_why() -> None:
    found = assessed(Test("growth-difference", "units", "britain"))
    assert ("cannot be tested", "No table.") == (found.verdict, found.main.reason)


def test_regions_are_told_together() -> None:
    """Two of the three that are known lie on the claim's side, and none on the other."""
    found = assessed(Test("growth-difference", "jobs", "regions"))
    assert "holds" == found.verdict
    assert [2, 1, 0, 1] == [found.main.count(one) for one in (1, 0, -1, None)]


# The file


def test_the_published_hotspots_of_the_register_are_the_areas_of_their_group() -> None:
    register = read_register(bundled().root / FILE)
    group = area_groups.load(bundled()).groups["hotspots-2010"]
    assert sorted(group.areas) == sorted(code for place in register.hotspots for code in place.areas)
    assert 10 == len(register.hotspots)


SOURCE = """
[sources.ours]
short = "A and others"
full = "A, B and C, What we said"
year = 2010
"""
GOOD = """
[[claim]]
id = "faster"
findings = "faster-than-the-economy"
said = "They grow 5 times as fast."
source = "ours"
tested = "Growth of jobs, creative less all."
main = { indicator = "growth-difference", variant = "jobs", where = "britain" }
sensitivity = [{ called = "local units", indicator = "growth-difference", variant = "units", where = "britain" }]
"""


def register_of(folder: Path, text: str) -> Register:
    path = folder / "claims.toml"
    path.write_text(text, encoding="utf-8")
    return read_register(path)


def test_a_register_of_ones_own_is_read(tmp_path: Path) -> None:
    """It may have claims alone, and what was said may hold numbers."""
    register = register_of(tmp_path, SOURCE + GOOD)
    assert [("faster", 2010, "local units")] == [
        (claim.id, claim.source.year, claim.sensitivity[0].called) for claim in register.claims
    ]
    assert () == register.hotspots
    assert Register() == register_of(tmp_path, "")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            'findings = "faster-than-the-economy"',
            'findings = "faster"',
            """\
error[unknown-claim]: claim faster.findings names no claim that findings are made for
  data/claims.toml   findings = "faster"
  why: a verdict rests on findings alone
""",
        ),
        (
            '{ indicator = "growth-difference", variant = "jobs"',
            '{ indicator = "growth", variant = "jobs"',
            """\
error[unknown-claim]: claim faster.main.indicator is none that faster-than-the-economy is tested by
  data/claims.toml   indicator = "growth"
  why: a verdict rests on findings alone
  fix: write one of growth-difference""",
        ),
        (
            "Growth of jobs, creative",
            "Growth over 5 years, creative",
            """\
error[typed-number]: claim faster.tested has a number in its text
  data/claims.toml   … Growth over 5 years, creative le …
  why: it would stay as it is when the data change
  fix: say it in words without the number; what was said may hold numbers""",
        ),
        (
            'called = "local units"',
            'called = "2 ways"',
            """\
error[typed-number]: claim faster, sensitivity 1.called has a number in its text
  data/claims.toml   … 2 ways …
  why: it would stay as it is when the data change
  fix: say it in words without the number; what was said may hold numbers""",
        ),
        (
            "creative less all.",
            "creative less all",
            """\
error[wrong-value]: claim faster.tested is no whole sentence
  data/claims.toml   Growth of jobs, creative less all
  why: packs print, name or compute with it
  fix: begin it with a capital letter and end it with a full stop""",
        ),
        (
            'source = "ours"',
            'source = "our"',
            """\
error[unknown-choice]: claim faster.source is none of the known words
  data/claims.toml   source = "our"
  why: packs print, name or compute with it
  fix: write one of ours (did you mean ours?)""",
        ),
        (
            'variant = "jobs", where = "britain"',
            'variant = "jobs", where = "britain", period = "newest"',
            """\
error[unknown-choice]: claim faster.main.period is no period
  data/claims.toml   period = "newest"
  why: packs print, name or compute with it
  fix: write one of latest, longest, earlier""",
        ),
        (
            'variant = "jobs", where = "britain"',
            'variant = "jobs", where = "britain", period = "earlier"',
            """\
error[wrong-value]: claim faster.main takes several periods
  data/claims.toml
  why: packs print, name or compute with it
  fix: let it take one: latest or longest""",
        ),
        (
            GOOD,
            GOOD + GOOD,
            """\
error[duplicate-key]: two claims have the id faster
  data/claims.toml
  why: packs print, name or compute with it
  fix: give each claim an id of its own""",
        ),
        (
            GOOD,
            GOOD + '[hotspots]\nsource = "ours"\nplaces = [{ name = "Bath", area = ["E1"] }]\n',
            """\
error[missing-key]: hotspots.places[1].areas is missing
  data/claims.toml
  why: packs print, name or compute with it
  fix: add areas = …, a list of texts in double quotes
error[unknown-key]: hotspots.places[1].area is no key of this file
""",
        ),
    ],
    ids=[
        *("findings", "indicator", "typed in tested", "typed in called", "no sentence", "source", "period"),
        *("several periods", "two of one id", "hotspots"),
    ],
)
def test_what_is_wrong_with_a_register_is_told(tmp_path: Path, before: str, after: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        register_of(tmp_path, (SOURCE + GOOD).replace(before, after, 1))
    assert "\n".join(problem.as_text() for problem in caught.value.problems).startswith(message)
