"""
The recipes in `examples/`: each that the shared public data are enough for is imported and read back, or is refused
with the sentence that says why. Totals are those of the index of the shared data, unless another source is named.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.classification import load
from reportgen.errors import DataError
from reportgen.release.importing import import_release
from reportgen.release.recipe import read_recipe
from reportgen.release.sources.kinds import extract
from reportgen.resources import bundled
from tests.release.conftest import read_folder


def test_every_example_says_what_it_needs(root: Path) -> None:
    """Each recipe reads; beside it a README names every raw file that does not lie there, and the licence of them."""
    recipes = sorted((root / "examples").glob("*/recipe.toml"))
    assert len(recipes) >= 4
    for recipe in recipes:
        told = (recipe.parent / "README.md").read_text(encoding="utf-8")
        files = {file for table in read_recipe(recipe).tables for file in table.files}
        fetched = [file for file in sorted(files) if not (recipe.parent / file).is_file()]
        assert [] == [file for file in fetched if file not in told], recipe
        assert not fetched or "Open Government Licence" in told


@pytest.mark.golden
def test_scotland_by_subclasses(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """Jobs in all industries and in the 31 creative classes; what was recognised and passed over is said."""
    report = import_release(root / "examples/scotland/recipe.toml", shared_data, tmp_path / "scotland-2019")
    release = read_folder(report.folder)
    jobs = release.employment.set_index("sic")["jobs"]
    creative = load(bundled().classification, release.info.classification).whole.entries
    assert 2_601_890 == jobs.sum()
    assert (31, 80_380) == (len(creative), jobs[jobs.index.str.startswith(creative)].sum())
    assert ["K02000001", "S92000003"] == release.packs()
    file = "nomis_NM_189_1_bres2019_scotland_sic5_raw.csv"
    assert (
        f"{file}: recognised as nomis",
        f"{file}: 729 of 2,187 rows taken",
        f"{file}: not in UTF-8: read as Windows-1252",
        f"{file}: 1,458 rows with another employment status than Employment passed over",
    ) == report.notes


@pytest.mark.golden
def test_great_britain_by_divisions(root: Path, shared_data: Path) -> None:
    """Jobs of its eleven regions, as Nomis adds them up."""
    recipe = read_recipe(root / "examples/gb-regions/recipe.toml")
    (table,) = (table for table in recipe.tables if table.table == "employment")
    found, problems = extract(shared_data / table.files[0], table)
    assert [] == problems
    assert found is not None
    assert 29_547_000 == sum(map(int, found.columns["jobs"][found.columns["sic"] == "all"]))
    assert set(table.areas.values()) == set(found.columns["area"])


def test_creative_industries_cannot_be_computed_from_divisions(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """The import of the regions is refused, and nothing is left behind."""
    with pytest.raises(DataError) as refused:
        import_release(root / "examples/gb-regions/recipe.toml", shared_data, tmp_path / "gb-regions-2015")
    assert """\
error[too-coarse]: no creative sub-sector can be computed from divisions
  nomis_gui_bres2015_region_sic2_with_flags.csv   of the divisions, 32, 62, 70, 71, 73, 74, 85 and 91 hold other \
classes besides creative ones
  why: creative industries are classes: division 62 holds 6201 and 6202, which are, and 6203 and 6209, which are not
  fix: fetch jobs by class (4 digits) or subclass (5 digits); on Nomis that is the type of industry
1 problem · nothing was written · exit code 4""" == refused.value.as_text()
    assert [] == list(tmp_path.iterdir())


@pytest.mark.golden
def test_the_nuts_2_areas_with_what_industries_buy(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """Two tables of one workbook: 105 industries, total output of £3,824,433 million."""
    report = import_release(root / "examples/nuts2/recipe.toml", shared_data, tmp_path / "nuts2-2018")
    release = read_folder(report.folder)
    assert release.input_output is not None
    assert release.input_output_totals is not None
    assert (105, 3_824_433) == (len(release.input_output_totals), release.input_output_totals["output_million"].sum())
    assert 105 * 105 == len(release.input_output)
    assert set(release.input_output["buyer"]) == set(release.input_output_totals["industry"])
    assert "ons_uk_ioat_2019_ixi_nasu1719in.xlsx!IOT: recognised as ons-input-output" in report.notes
