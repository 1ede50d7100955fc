"""
Counts recoded and shared out: small tables of authorities E1, E2, … become tables of areas T1, T2, …
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from reportgen.errors import DataError
from reportgen.release.crosswalk import Moved, move
from reportgen.release.importing import import_release
from reportgen.release.lookups import Recoding, Weights
from reportgen.release.recipe import Crosswalk, Recipe, Recode
from reportgen.release.sources.extract import Extract
from reportgen.release.tables import BY_NAME
from tests.release.conftest import read_folder
from tests.support import INFO, as_rows

RECODE, CROSSWALK = (
    Recode("codes.csv", "", "", "", ("employment",)),
    Crosswalk("w.csv", "", "", "", "", "", ("employment",)),
)
Share = Callable[..., Moved]


def extract(table: str, text: str, file: str = "jobs.csv") -> Extract:
    """A raw file whose columns stand in the order of the table."""
    header, *rows = as_rows(table, text)
    fields = [dict(zip(header, row, strict=True)) for row in rows]
    columns = {name: np.array([each.get(name, "") for each in fields], dtype=object) for name in BY_NAME[table].header}
    positions = {name: number for number, name in enumerate(BY_NAME[table].header, start=1)}
    return Extract(file, columns, np.arange(len(rows), dtype=np.intp) + 2, positions, {})


def share(
    *texts: str,
    codes: Mapping[str, str] | None = None,
    weights: Mapping[str, Mapping[str, float]] | None = None,
    kept: tuple[str, ...] = (),
) -> Moved:
    """Recode and share out the jobs of one raw file or more."""
    files = [extract("employment", text, f"jobs{number or ''}.csv") for number, text in enumerate(texts)]
    recipe = Recipe(
        path=Path("recipe.toml"),
        info=INFO,
        tables=(),
        local_areas=None,
        shapes=None,
        recode=RECODE if codes is not None else None,
        crosswalk=CROSSWALK if weights is not None else None,
    )
    recoding = None if codes is None else Recoding("codes.csv", codes, ())
    parts = None if weights is None else Weights("w.csv", weights, ())
    return move(recipe, {"employment": files}, recoding, parts, set(kept))


def rows(moved: Moved) -> list[str]:
    """`2023 T1 5911 30` or `2023 T1 5911 suppressed`."""
    columns = [np.concatenate([each.columns[name] for each in moved.tables["employment"]]) for name in HEADER]
    return [" ".join(filter(None, row)) for row in zip(*columns, strict=True)]


HEADER = BY_NAME["employment"].header


def refusal(*texts: str, **how: object) -> str:
    with pytest.raises(DataError) as refused:
        share(*texts, **how)  # type: ignore[arg-type]
    return refused.value.as_text()


def test_codes_that_become_one_are_added_up() -> None:
    """In the years in which the old codes have rows; in others the new one stands as it is."""
    moved = share(
        """
        year | area | 5911 | 47
        2022 | E1   |   10 | 100
        2022 | E2   |   20 | 200
        2022 | E3   |    5 |  50
        2023 | E9   |   35 | 300
        2023 | E3   |    5 |  50
        """,
        codes={"E1": "E9", "E2": "E9", "E3": "E3", "E9": "E9"},
    )
    assert [
        *("2022 E3 5911 5", "2022 E3 47 50", "2023 E3 5911 5", "2023 E3 47 50"),
        *("2022 E9 5911 30", "2022 E9 47 300", "2023 E9 5911 35", "2023 E9 47 300"),
    ] == rows(moved)
    assert ["E1 → E9 (employment, 2022)", "E2 → E9 (employment, 2022)"] == moved.recoded


def test_the_worst_part_of_a_sum_decides() -> None:
    """Suppressed before missing before good; what is not there is missing, and nothing becomes 0."""
    moved = share(
        """
        year | area | 5911 | 6201   | 7311   | 69  | 47 | all
        2023 | E1   | [c]  | [x]    | 5 [u]  | 10  | 0  | 50
        2023 | E2   | [x]  | 10     | 10     |     | 0  | 60
        """,
        codes={"E1": "E9", "E2": "E9"},
    )
    assert [
        *("2023 E9 5911 suppressed", "2023 E9 6201 missing", "2023 E9 7311 15 low-reliability"),
        *("2023 E9 69 missing", "2023 E9 47 0", "2023 E9 all 110"),
    ] == rows(moved)


def test_counts_are_shared_out_by_weights() -> None:
    """Rounded to whole numbers once, at the end: halves to the even one."""
    moved = share(
        """
        year | area | 5911 |   47
        2023 | E1   |  100 | 1000
        2023 | E2   |    5 |   15
        """,
        weights={"E1": {"T1": 1.0}, "E2": {"T1": 0.1, "T2": 0.9}},
    )
    assert ["2023 T1 5911 100", "2023 T1 47 1002", "2023 T2 5911 4", "2023 T2 47 14"] == rows(moved)
    assert ["E2"] == moved.split


def test_a_withheld_part_withholds_every_area_that_it_goes_to() -> None:
    moved = share(
        """
        year | area | 5911 | 47  | all
        2023 | E1   | 100  | 500 | 600
        2023 | E2   | [c]  | 300 | 310
        """,
        weights={"E1": {"T1": 1.0}, "E2": {"T1": 0.5, "T2": 0.5}},
    )
    assert [
        *("2023 T1 5911 suppressed", "2023 T1 47 650", "2023 T1 all 755"),
        *("2023 T2 5911 suppressed", "2023 T2 47 150", "2023 T2 all 155"),
    ] == rows(moved)


def test_an_authority_without_rows_leaves_its_areas_missing() -> None:
    """A border area where one country alone has figures is not shown too small; areas beyond have no rows."""
    moved = share(
        """
        year | area | 5911 | 47
        2023 | E1   | 100  | 500
        """,
        weights={"E1": {"T1": 0.6, "T2": 0.4}, "S1": {"T2": 0.5, "T3": 0.5}},
    )
    assert ["2023 T1 5911 60", "2023 T1 47 300", "2023 T2 5911 missing", "2023 T2 47 missing"] == rows(moved)


def test_who_has_no_total_of_its_own_brings_the_sum_of_its_industries() -> None:
    """Else one authority's row `all` would stand for the area, or the area would have no total at all."""
    moved = share(
        """
        year | area | 5911 | 47  | all
        2023 | E1   | [c]  | 500 | 620
        2023 | E2   | 20   | 300 |
        """,
        weights={"E1": {"T1": 1.0}, "E2": {"T1": 0.5, "T2": 0.5}},
    )
    assert ["2023 T1 all 780", "2023 T2 all 160"] == [row for row in rows(moved) if " all" in row]


def test_the_share_that_rests_on_split_authorities_is_kept() -> None:
    """T1: half of E2's 320 jobs, of 780 in all; T2 rests on it wholly, T3 not at all; nobody works in T4."""
    moved = share(
        """
        year | area | 5911 | 47  | all
        2023 | E1   | [c]  | 500 | 620
        2023 | E2   | 20   | 300 |
        2023 | E3   | 1    | 0   |
        2023 | E4   | 0    | 0   |
        """,
        weights={"E1": {"T1": 1.0}, "E2": {"T1": 0.5, "T2": 0.5}, "E3": {"T3": 1.0}, "E4": {"T4": 1.0}},
    )
    assert [
        ("2023", "T1", "employment", "0.205128", ""),
        ("2023", "T2", "employment", "1", ""),
        ("2023", "T3", "employment", "0", ""),
        ("2023", "T4", "employment", "", "not-applicable"),
    ] == moved.shares


def test_a_share_of_a_withheld_total_is_withheld() -> None:
    moved = share(
        """
        year | area | 5911 | 47  | all
        2023 | E1   | 10   | [c] | [c]
        2023 | E2   | 20   | 300 | 320
        """,
        weights={"E1": {"T1": 1.0}, "E2": {"T1": 0.5, "T2": 0.5}},
    )
    assert [("2023", "T1", "employment", "", "suppressed"), ("2023", "T2", "employment", "1", "")] == moved.shares


def test_areas_of_the_recipe_stay_as_they_are() -> None:
    """Rows of a region are neither recoded nor shared out, and have no share."""
    moved = share(
        """
        year | area | 5911 | 47
        2023 | R1   |  105 | 515
        2023 | E1   |  100 | 500
        """,
        codes={"E1": "E9"},
        weights={"E9": {"T1": 1.0}},
        kept=("R1",),
    )
    assert ["2023 R1 5911 105", "2023 R1 47 515", "2023 T1 5911 100", "2023 T1 47 500"] == rows(moved)
    assert ["T1"] == [area for _, area, *_ in moved.shares]


def test_sharing_out_keeps_the_whole() -> None:
    """With weights that lose nothing to rounding, all areas together have what all authorities had."""
    text = """
        year | area | 5911 | 47
        2023 | E1   |  100 | 600
        2023 | E2   |   40 | 200
    """
    weights = {"E1": {"T1": 0.25, "T2": 0.75}, "E2": {"T2": 0.5, "T3": 0.5}}
    counts = [int(row.split()[-1]) for row in rows(share(text, weights=weights))]
    assert 100 + 600 + 40 + 200 == sum(counts)


def test_a_code_that_cannot_be_looked_up() -> None:
    """Told at the first row that has it; a code that is new itself needs no entry."""
    text = """
        year | area | 5911
        2023 | E9   |  100
        2023 | E8   |  100
    """
    assert """\
error[unknown-code]: a code has no entry among the changed codes
  jobs.csv:3:2   E8
  why: its counts would belong to no area
  fix: add it to codes.csv, also where it has not changed
1 problem · nothing was written · exit code 4""" == refusal(text, codes={"A1": "E9"})


def test_an_authority_without_weights() -> None:
    """A miss offers its neighbour."""
    text = """
        year | area      | 5911
        2023 | E06000028 |  100
    """
    assert """\
error[no-weights]: an authority has no weights
  jobs.csv:2:2   E06000028
  why: its counts would belong to no area
  fix: add it to w.csv, or recode it before (did you mean E06000058?)
1 problem · nothing was written · exit code 4""" == refusal(text, weights={"E06000058": {"T1": 1.0}})


def test_old_and_new_codes_side_by_side() -> None:
    """The new one holds the old ones already."""
    text = """
        year | area | 5911
        2022 | E1   |  100
        2023 | E1   |  100
        2023 | E9   |  200
    """
    assert """\
error[double-counting]: an old code and the new one stand side by side
  jobs.csv:3:2   2023, E1, which became E9
  why: its counts would be counted twice
  fix: keep the rows of one of them in each year
""" in refusal(text, codes={"E1": "E9", "E9": "E9"})


def test_what_is_wrong_is_told_before_counts_are_moved() -> None:
    """Twice the same row would be added up and never seen again; no number could be shared out from a word."""
    one = """
        year | area | 5911
        2023 | E1   |  100
    """
    message = refusal(one, one, codes={"E1": "E9"})
    assert "error[duplicate-row]: a row of employment is there twice\n" in message
    assert "  jobs1.csv:2:1   2023, E1, 5911 (first in row 2 of jobs.csv)\n" in message
    assert '  jobs.csv:2:4   "1,000"\n' in refusal(one.replace("100", "1,000"), codes={"E1": "E9"})


def test_rows_know_where_they_come_from() -> None:
    """The file and the row of the first part that went in."""
    one = "year | area | 5911\n2023 | E1 | 100"
    two = "year | area | 5911\n2023 | E2 | 100\n2023 | E3 | 100"
    made = share(one, two, weights={"E1": {"T1": 1.0}, "E2": {"T1": 1.0}, "E3": {"T2": 1.0}}).tables["employment"]
    assert [("jobs.csv", ["T1"], [2]), ("jobs1.csv", ["T2"], [3])] == [
        (each.file, each.columns["area"].tolist(), each.records.tolist()) for each in made
    ]


def test_the_example(root: Path, tmp_path: Path) -> None:
    """It imports as it is; its README says what it shows."""
    report = import_release(root / "examples" / "crosswalk" / "recipe.toml", None, tmp_path / "made")
    assert ("A04", "A06") == report.shared_out
    assert ("A02 → A10 (employment, 2022)", "A03 → A10 (employment, 2022)") == report.recoded[:2]
    release = read_folder(report.folder)
    assert release.info.illustrative
    cells = release.employment.set_index(["year", "area", "sic"])
    raw = {
        (row["year"], row["authority"], row["sic"]): row["jobs"]
        for row in csv.DictReader((root / "examples" / "crosswalk" / "jobs.csv").open(encoding="utf-8"))
    }
    brack = [int(raw["2022", code, "5911"]) for code in ("A02", "A03")]
    assert round(sum(brack) + 0.4 * int(raw["2022", "A04", "5911"])) == cells.at[(2022, "T2", "5911"), "jobs"]
    assert "suppressed" == cells.at[(2023, "T3", "3212"), "status"]
    assert release.crosswalk is not None
    assert 20 == len(release.crosswalk)


def test_problems_of_what_was_made_are_told_of_the_raw_file(root: Path, tmp_path: Path) -> None:
    """Without names, the areas of the weights are none of the release: told at the first row that went into each."""
    shutil.copytree(root / "examples" / "crosswalk", tmp_path / "recipe")
    recipe = tmp_path / "recipe" / "recipe.toml"
    recipe.write_text(recipe.read_text(encoding="utf-8").replace('name = "area_name"\n', ""), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        import_release(recipe, None, tmp_path / "made")
    places = {problem.where for problem in refused.value.problems if problem.kind == "unknown-area"}
    assert {f"jobs.csv:{row}:2" for row in (2, 14, 50, 63, 87)} <= places


def test_real_weights_keep_the_jobs_of_great_britain(shared_data: Path) -> None:
    """1,000 jobs in each authority of the public weights: 228 areas with 382,000 jobs, but for rounding."""
    with (shared_data / "lad20_ttwa11_lsoa_weights.csv").open(encoding="utf-8-sig", newline="") as file:
        pairs = [(row["LAD20CD"], row["TTWA11CD"], float(row["share_of_lad"])) for row in csv.DictReader(file)]
    weights: dict[str, dict[str, float]] = {}
    for authority, area, weight in pairs:
        weights.setdefault(authority, {})[area] = weight
    lines = [f"2023 | {code} | 1000" for code in weights]
    moved = share("\n".join(["year | area | 47", *lines]), weights=weights)
    jobs = [int(row.split()[-1]) for row in rows(moved)]
    assert (228, 228) == (len(jobs), len(moved.shares))
    assert abs(sum(jobs) - 382_000) <= 228 / 2
